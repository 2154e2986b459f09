"""What there is to play with on this machine, and which of it `engine = "auto"` takes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from interviewer.providers.local import TIMEOUT, LocalServer, local_servers, with_path
from interviewer.settings import Settings

KEYS = {
    "anthropic": "ANTHROPIC_API_KEY",
    "openai": "OPENAI_API_KEY",
    "openai-compatible": "INTERVIEWER_API_KEY",
}
"""Engine -> the environment variable that holds its key."""

_BY_KEY = ("anthropic", "openai")
"""Engines that a key alone makes usable, the one that is taken first coming first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. Says of keys only that they are set."""

    keys: frozenset[str] = frozenset()
    """Engines whose key is set."""
    base_url: str | None = None
    """The address that is set, with the `/v1` at its end."""
    servers: tuple[LocalServer, ...] = ()
    """Servers on this machine that answered, the preferred one first."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The engine that is taken."""

    engine: str
    why: str
    """What was found, to follow "auto found": `ANTHROPIC_API_KEY`."""
    server: LocalServer | None = None
    """The server that was found, where one decided or answers at the address that is set."""


def key_in(environment: Mapping[str, str], engine: str) -> str:
    """The key of an engine; empty if none is set."""
    return environment.get(KEYS[engine], "").strip()


def pick(found: Found, model: str | None = None) -> Pick:
    """What is taken of what was found: an address that is set, then a key, then a local server, else offline.

    A key may lie in the environment for other programs; whoever sets an address means it.

    Args:
        found: what there is.
        model: the model that is set, if one is: of several servers the one that lists it is taken.
    """
    by_key = [engine for engine in _BY_KEY if engine in found.keys]
    if found.base_url:
        there = next((server for server in found.servers if server.base_url == found.base_url), None)
        unused = "".join(f"; {KEYS[engine]} is for --engine {engine}" for engine in by_key[:1])
        return Pick("openai-compatible", f"a base URL{unused}", there)
    if by_key:
        return Pick(by_key[0], KEYS[by_key[0]])
    able = [server for server in found.servers if server.talkers or model]
    if able:
        server = next((one for one in able if model in one.models), able[0])
        return Pick("openai-compatible", f"{server.kind} at {server.host}", server)
    return Pick("offline", "no key and no local server with a model")


def look(
    environment: Mapping[str, str], settings: Settings, timeout: float = TIMEOUT, *, everything: bool = False
) -> Found:
    """Looks at the environment, and asks the usual ports of this machine if that can matter. Asks nobody else.

    A base URL that is no address is taken as it is: whoever uses it says so.

    Args:
        environment: where keys are.
        settings: where a base URL may be.
        timeout: seconds that asking may take in all.
        everything: asks local servers even where a key or an address decides.
    """
    keys = frozenset(engine for engine in KEYS if key_in(environment, engine))
    base_url = settings.base_url or None
    with suppress(ValueError):
        base_url = with_path(base_url) if base_url else None
    decided = settings.turn_model if base_url else keys & set(_BY_KEY)
    servers = () if decided and not everything else local_servers(base_url, timeout)
    return Found(keys, base_url, servers)
