"""What the protocols share: time limits, the course of a streamed call, reading what came without trust."""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final, Protocol, TypeVar

from pydantic_core import to_json

from interviewer.providers.chat import Piece, ProviderError, Reply, Usage
from interviewer.providers.failures import dropped, failure, malformed, timed_out, web_page
from interviewer.providers.service import Service

TIMEOUT: Final = 120.0
"""Seconds without a byte after which a call has failed."""
LONGEST: Final = 600.0
"""Seconds that a call may take in all."""
CONNECT: Final = 10.0
"""Seconds that connecting may take."""

TELLING: Final = tuple(
    f"X-Stainless-{what}" for what in ("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Async")
)
"""Headers in which both SDKs describe this machine in every call. Nobody needs them to answer, so they are left out."""

T = TypeVar("T")


class Opened(Protocol):
    """A stream of an SDK: events, and the HTTP response beneath."""

    @property
    def response(self) -> Any: ...

    def __anext__(self) -> Awaitable[Any]: ...

    async def close(self) -> None: ...


class Gathering(Protocol):
    """Puts a reply together from the events of a stream."""

    @property
    def usage(self) -> Usage | None:
        """What was billed so far, if the service said."""

    def add(self, event: Any) -> str:
        """Takes an event; the text that it adds. Raises ProviderError for one that reports a failure."""

    def reply(self, request_id: str | None) -> Reply | None:
        """The whole reply; None if its end has not come. Raises ProviderError."""


async def guarded(doing: Awaitable[T], service: Service, ends: float, usage: Usage | None = None) -> T:
    """What `doing` gives, within the time that is left.

    Args:
        doing: a call, or a part of one.
        service: who is called.
        ends: when it must be done, on the loop's clock.
        usage: what was billed so far.

    Raises:
        ProviderError: whatever went wrong. It carries no other exception, and so no headers.
    """
    try:
        async with asyncio.timeout_at(ends):
            return await doing
    except ProviderError as error:
        problem = error
    except TimeoutError:
        problem = timed_out(service)
    except Exception as error:
        problem = failure(error, service)
    problem.usage = problem.usage or usage
    raise problem


async def streamed(
    opening: Callable[[], Awaitable[Opened]], gathering: Gathering, service: Service, longest: float
) -> AsyncGenerator[Piece | Reply, None]:
    """The pieces of a reply, then the reply. Closing it ends the call.

    Args:
        opening: makes the call; awaited once.
        gathering: what the events are put together with.
        service: who is called.
        longest: seconds that all of it may take.

    Raises:
        ProviderError: the call failed, or ended before the reply did.
    """
    ends = asyncio.get_running_loop().time() + longest
    opened = await guarded(opening(), service, ends)
    try:
        headers = opened.response.headers
        if "text/html" in headers.get("content-type", ""):
            raise web_page(service)

        async def following() -> str | None:
            try:
                return gathering.add(await opened.__anext__())
            except StopAsyncIteration:
                return None

        while (text := await guarded(following(), service, ends, gathering.usage)) is not None:
            if text:
                yield Piece(text)

        async def ending() -> Reply:
            reply = gathering.reply(request_id_of(headers))
            if reply is None:
                raise dropped(service)
            return reply

        yield await guarded(ending(), service, ends, gathering.usage)
    finally:
        with suppress(Exception):
            await opened.close()


@functools.cache
def certificates() -> ssl.SSLContext:
    """The certificates that are trusted, read once for all clients."""
    import httpx2

    return httpx2.create_ssl_context()


async def posted(
    client: Any, service: Service, path: str, body: Mapping[str, Any], headers: Mapping[str, Any] | None = None
) -> Any:
    """The HTTP response to a call that is not streamed.

    Goes through the SDK's `post`, which authenticates, times and judges the status as `create` does, but
    neither walks through what is sent nor builds objects of what comes: that took more than all the rest. The whole
    address is given, for to put it together takes the SDK as long as to parse it three times; and a key for retries,
    which the SDK would make for every call and send with none.
    """
    import httpx2

    options = {"headers": headers or {}, "idempotency_key": ""}
    address, content = f"{service.address.rstrip('/')}{path}", to_json(body)
    return await client.post(address, content=content, cast_to=httpx2.Response, options=options)


def parsed(response: Any, service: Service) -> Mapping[str, Any]:
    """The JSON object in the body of an HTTP response.

    Raises:
        ProviderError: there is none.
    """
    if "text/html" in response.headers.get("content-type", ""):
        raise web_page(service)
    body = json.loads(response.content)
    if not isinstance(body, dict):
        raise malformed(service, "what came is not a JSON object")
    return body


def plain(event: Any) -> Mapping[str, Any]:
    """An object of an SDK as it came over the wire."""
    made = event.model_dump(mode="python", by_alias=True, warnings=False)
    return made if isinstance(made, dict) else {}


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """What the service calls this request."""
    return headers.get("request-id") or headers.get("x-request-id")


def inside(value: Any, *keys: str) -> Any:
    """What stands at a path of keys; None if anything on the way is missing or of another kind."""
    for key in keys:
        value = value.get(key) if isinstance(value, (dict, Mapping)) else getattr(value, key, None)
    return value


def each(value: Any) -> Iterator[Any]:
    """The items of a list; none if it is no list."""
    return iter(value if isinstance(value, (list, tuple)) else ())


def text_of(value: Any) -> str:
    """A text, or the texts of a list of parts; empty for anything else."""
    if isinstance(value, str):
        return value
    return "".join(text_of(inside(part, "text")) for part in each(value) if not isinstance(part, str))


def amount(value: Any) -> int:
    """A number of tokens; 0 for anything that is none."""
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else 0


def counted(sent: Any, cached: Any, written: Any, received: Any) -> Usage:
    """Tokens as services count them that count cached ones among those sent; parts larger than the whole are cut."""
    whole = amount(sent)
    read = min(amount(cached), whole)
    return Usage(whole, read, min(amount(written), whole - read), amount(received))
