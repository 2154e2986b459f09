"""HTTP/1.1 on one connection, with the ways to break it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterator
from urllib.parse import parse_qsl

from tests.loopback.asked import Recorded


class GoneError(Exception):
    """The client went away."""


class Connection:
    """HTTP/1.1 on one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def request(self) -> Recorded | None:
        """The next request; None if the client went away."""
        try:
            head = await self._reader.readexactly(1)
            if not head.isalpha():  # no HTTP: someone begins to speak TLS
                self._writer.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")
                return None
            head += await self._reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _version = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
        }
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        path, _, query = target.partition("?")
        return Recorded(path, headers, body, method=method, query=dict(parse_qsl(query)))

    async def send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        """A whole answer."""
        self._writer.write(_head(status, kind, headers, f"content-length: {len(body)}") + body)
        await self._writer.drain()

    async def send_half(self, body: bytes) -> None:
        """The headers of a whole answer and half of its body."""
        self._writer.write(_head(200, "application/json", None, f"content-length: {len(body)}"))
        self._writer.write(body[: len(body) // 2])
        await self._writer.drain()

    async def begin_stream(
        self, headers: dict[str, str] | None = None, kind: str = "text/event-stream; charset=utf-8"
    ) -> None:
        """The headers of an answer that comes in chunks."""
        self._writer.write(_head(200, kind, headers, "transfer-encoding: chunked"))
        await self._writer.drain()

    async def chunk(self, raw: bytes) -> None:
        """A part of such an answer. Raises GoneError if nobody listens any more."""
        if self._reader.at_eof() or self._writer.is_closing():
            raise GoneError
        self._writer.write(b"%x\r\n%b\r\n" % (len(raw), raw))
        await self._writer.drain()

    async def event(self, name: str | None, data: str) -> None:
        """One server-sent event. Raises GoneError if nobody listens any more."""
        await self.chunk(((f"event: {name}\n" if name else "") + f"data: {data}\n\n").encode())

    async def end_stream(self) -> None:
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    async def until_gone(self) -> None:
        """Says nothing more until the client goes away."""
        await self._reader.read()
        raise GoneError

    def reset(self) -> None:
        """Resets the connection, as a crash or a firewall does."""
        raw: socket.socket | None = self._writer.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
        raise GoneError


def _head(status: int, kind: str, headers: dict[str, str] | None, length: str) -> bytes:
    more = "".join(f"{name}: {value}\r\n" for name, value in _pairs(headers))
    return f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\n{length}\r\n{more}\r\n".encode("latin-1")


def _pairs(headers: dict[str, str] | None) -> Iterator[tuple[str, str]]:
    return iter((headers or {}).items())
