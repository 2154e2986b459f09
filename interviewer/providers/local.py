"""Model servers on this machine, found by asking where they usually listen. Never asks anything but loopback."""

from __future__ import annotations

import io
import ipaddress
import json
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlsplit

USUAL: tuple[tuple[str, int], ...] = (("Ollama", 11434), ("LM Studio", 1234), ("llama.cpp", 8080), ("vLLM", 8000))
"""Kind of server and the port that it listens on unless told otherwise."""

TIMEOUT: Final = 0.25
"""Seconds that looking may take in all. Where nothing listens, loopback refuses at once."""

LARGEST: Final = 128 * 1024
"""Bytes of an answer. A longer one is not a list of models."""

LONGEST_NAME: Final = 200
"""Characters of a model's name."""


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server on this machine that listed its models."""

    kind: str
    """`Ollama`, `LM Studio`, `llama.cpp`, `vLLM` by where it listens; `server` at an address that was set."""
    base_url: str
    """With the `/v1` at its end."""
    models: tuple[str, ...]
    """All that it lists, in its order."""

    @property
    def host(self) -> str:
        """Address and port, for people to read."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def talkers(self) -> tuple[str, ...]:
        """Those that may be taken unasked: no embedding models, and none that the server runs elsewhere.

        Ollama marks what it passes on to its makers' machines by the end of the name: `gpt-oss:120b-cloud`.
        """
        return tuple(
            name for name in self.models if "embed" not in name.casefold() and not name.casefold().endswith("cloud")
        )


def with_path(base_url: str) -> str:
    """The address with the `/v1` at its end, if it has no path of its own. Raises ValueError if it is no address."""
    address = base_url.rstrip("/")
    return address if urlsplit(address).path else f"{address}/v1"


def on_this_machine(base_url: str) -> bool:
    """Whether the address is loopback: what goes there does not leave the machine by itself.

    So is `0.0.0.0`, which servers print as where they listen: whoever calls it calls this machine.
    """
    try:
        name = urlsplit(base_url).hostname or ""
        if name.removesuffix(".") == "localhost":
            return True
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def local_servers(base_url: str | None = None, timeout: float = TIMEOUT) -> tuple[LocalServer, ...]:
    """The servers that answer, asked all at once.

    Args:
        base_url: one more address to ask, first in the result; not asked if it is not plain HTTP on loopback.
        timeout: seconds for all of them together.
    """
    places = [(kind, f"http://127.0.0.1:{port}/v1") for kind, port in USUAL]
    if base_url is not None and base_url.startswith("http://") and on_this_machine(base_url):
        address = with_path(base_url)
        places = [("server", address), *(place for place in places if place[1] != address)]
    if not places:
        return ()
    from concurrent.futures import ThreadPoolExecutor

    ends = time.monotonic() + timeout
    with ThreadPoolExecutor(len(places), "looking") as pool:
        asked = [pool.submit(_ask, kind, address, ends) for kind, address in places]
        answers = [each.result() for each in asked]
    return tuple(server for server in answers if server is not None)


def _ask(kind: str, base_url: str, ends: float) -> LocalServer | None:
    """The server at this address, if it is one."""
    try:
        models = models_in(_answer(base_url, ends))
    except (OSError, ValueError):
        return None
    return None if models is None else LocalServer(kind, base_url, models)


def _answer(base_url: str, ends: float) -> bytes:
    """All that comes back within the time, or what had come when it was over. Raises OSError, ValueError."""
    parts = urlsplit(base_url)
    request = (
        f"GET {parts.path}/models HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nAccept: application/json\r\n"
        "User-Agent: interviewer\r\nConnection: close\r\n\r\n"
    )
    received = b""
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=_left(ends)) as connection:
        connection.sendall(request.encode("ascii"))
        try:
            while len(received) <= LARGEST:
                connection.settimeout(_left(ends))
                piece = connection.recv(65536)
                if not piece:
                    break
                received += piece
        except TimeoutError:
            pass  # a server that keeps the connection open may have said all there is
    return received


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Received:
    """Stands for a socket from which everything has come."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._data)


def models_in(received: bytes) -> tuple[str, ...] | None:
    """The models in an HTTP answer; None if it is anything but an OpenAI-style list of models."""
    if not received.startswith(b"HTTP/1.") or len(received) > LARGEST:
        return None
    from http.client import HTTPException, HTTPResponse  # costs time, and nearly always nothing has answered

    response = HTTPResponse(cast(socket.socket, _Received(received)))
    try:
        response.begin()
        body: Any = json.loads(response.read()) if response.status == 200 else None
    except (HTTPException, ValueError, RecursionError):
        return None
    listed = body.get("data") if isinstance(body, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return None
    names = [one.get("id") for one in listed]
    if not all(isinstance(name, str) for name in names):
        return None
    return tuple(_nameable(names))


def _nameable(names: Iterable[str]) -> Iterable[str]:
    """Names that can be shown on one line as they are."""
    return (name for name in names if name.strip() and name.isprintable() and len(name) <= LONGEST_NAME)
