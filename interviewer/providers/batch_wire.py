"""What the batch services of the providers share: one guarded call, results line by line, what a sentence says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from interviewer.providers.batches import BatchItem, BatchLimits, BatchResult, Unconfirmed
from interviewer.providers.chat import ChatRequest, ProviderError, Reply
from interviewer.providers.failures import beneath, failure, malformed, web_page
from interviewer.providers.service import Service, scrub
from interviewer.providers.wire import CONNECT, guarded

HANDING_IN: Final = 3600.0
"""Seconds that handing a batch in may take: hundreds of megabytes over a slow line."""
SILENT: Final = 600.0
"""Seconds that a service may be silent after a batch was sent, while it looks it through."""
SETTLED: Final = timedelta(minutes=2)
"""How long after an intent a batch that is not in the list may still turn up there."""
SKEW: Final = timedelta(hours=1)
"""How far the clock of this machine may be from the service's."""
LONGEST_LINE: Final = 32 * 1024 * 1024
"""Bytes in one line of results, at most."""

_NEVER_SENT: Final = frozenset({"ClientConnectorError", "ConnectionTimeoutError", "ClientProxyConnectionError"})
"""Exceptions beneath an SDK's that tell that there was no connection over which anything could have been sent."""
_REFUSED: Final = frozenset(range(300, 500)) - {408, 409}
"""Statuses that a service sends only if it has not begun."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """What a batch service has of the model that made it, so that an item and a single call are one and the same.

    Args:
        service: who is asked.
        client: the SDK's client, made when it is first needed.
        body: a request in the words of the protocol.
        reply: the reply in a response's body, which came under a request id. Raises ProviderError.
        headers: what each call says besides.
        longest: seconds that a short call may take in all.
        silent: seconds that the service may be silent after a batch was sent, while it looks it through.
    """

    service: Service
    client: Callable[[], Awaitable[Any]]
    body: Callable[[ChatRequest], Mapping[str, Any]]
    reply: Callable[[Mapping[str, Any], str | None], Reply]
    headers: Callable[[], Mapping[str, Any]]
    longest: float
    silent: float

    @property
    def timeout(self) -> Any:
        """The time limits of handing in, for an SDK's client."""
        import httpx2

        return httpx2.Timeout(self.silent, connect=min(CONNECT, self.silent))

    async def called(
        self, call: Callable[[Any], Awaitable[T]], batch_id: str | None = None, longest: float | None = None
    ) -> T:
        """What a call gives that creates no batch.

        Args:
            call: makes it, with the client.
            batch_id: the batch that it is about, for the sentence that there is none.
            longest: seconds that it may take in all; those of a short call if absent.

        Raises:
            ProviderError: it failed.
        """
        client = await self.client()
        problem: ProviderError | None = None
        try:
            made = await guarded(call(client), self.service, _from_now(longest or self.longest))
        except ProviderError as error:
            problem = error
        if problem is not None:
            raise unknown_batch(self.service, batch_id) if batch_id and problem.status == 404 else problem
        if isinstance(made, str):  # what an SDK makes of a page that is no JSON
            raise web_page(self.service)
        return made

    async def handed_in(self, call: Callable[[Any], Awaitable[Any]]) -> str:
        """The id of the batch that a call creates.

        Raises:
            Unconfirmed: nobody knows whether the call created one.
            ProviderError: it surely created none.
        """
        never_sent = False
        client = await self.client()

        async def watched() -> Any:
            nonlocal never_sent
            try:
                return await call(client)
            except Exception as error:
                never_sent = not _NEVER_SENT.isdisjoint(
                    cls.__name__ for each in beneath(error) for cls in type(each).__mro__
                )
                raise

        try:
            made = await guarded(watched(), self.service, _from_now(HANDING_IN))
        except ProviderError as error:
            problem = error
        else:
            batch_id = made.get("id") if isinstance(made, Mapping) else getattr(made, "id", None)
            if isinstance(batch_id, str) and batch_id:
                return batch_id
            problem = web_page(self.service) if isinstance(made, str) else malformed(self.service, "it has no id")
        surely_not = never_sent or problem.status in _REFUSED
        raise problem if surely_not else Unconfirmed.after(problem, self.service.named)

    async def lines(self, path: str, batch_id: str) -> AsyncGenerator[Mapping[str, Any], None]:
        """The JSON objects in a file of results, read as they come; what is none is left out.

        Only a line feed ends a line: a reply may hold other characters that Python would split at.

        Args:
            path: of the file, on the service.
            batch_id: the batch that it is of.

        Raises:
            ProviderError: there is no such file, or the transfer broke.
        """
        import httpx2

        options = {"headers": {"accept": "application/binary", **self.headers()}}
        response = await self.called(
            lambda client: client.get(path, cast_to=httpx2.Response, stream=True, stream_cls=None, options=options),
            batch_id,
        )
        try:
            if "text/html" in response.headers.get("content-type", ""):
                raise web_page(self.service)
            objects = _objects(response.aiter_bytes(), self.service)

            async def following() -> Mapping[str, Any] | None:
                return await anext(objects, None)

            while (made := await guarded(following(), self.service, _from_now(self.longest))) is not None:
                yield made
        finally:
            with suppress(Exception):
                await response.aclose()


def checked(items: Sequence[BatchItem], sizes: Sequence[int], limits: BatchLimits, service: Service) -> None:
    """Raises ProviderError for what the service would refuse after all of it was sent."""
    if not items or len({item.custom_id for item in items}) != len(items):
        raise ValueError("a batch has items, and no two of one custom id")
    if len(items) > limits.items or sum(sizes) > limits.bytes:
        raise ProviderError(
            "too-long",
            f"{service.name} takes at most {limits.items:,} calls and {limits.bytes // 1_000_000} MB in one batch, "
            f"and this one has {len(items):,} and {-(-sum(sizes) // 1_000_000)} MB. Hand in fewer at a time.",
        )


def not_run(service: Service, why: str) -> ProviderError:
    """The service never began on an item."""
    return ProviderError(
        "not-run", f"{service.name} did not come to this one before {why}. Nothing was billed for it; hand it in again."
    )


UNSETTLED: Final = (
    "It was to be handed in just now, and the service's list may not show it yet. Look again in two minutes."
)
EXPIRED: Final = "the batch's time was up"
CANCELLED: Final = "the batch was cancelled"


def unknown_batch(service: Service, batch_id: str) -> ProviderError:
    """The service knows no such batch, or keeps it no longer."""
    return ProviderError(
        "bad-request",
        f"{service.name} has no batch {scrub(batch_id, service.key)!r} for this key, or keeps its results no longer. "
        f"Check that {service.key_from} is of the same project as when it was handed in.",
        status=404,
    )


def under_way(service: Service, batch_id: str) -> ProviderError:
    """There are no results yet."""
    return ProviderError(
        "bad-request",
        f"{service.name} still works on batch {scrub(batch_id, service.key)!r}. Collect its results when it has ended.",
    )


def moment(value: Any) -> datetime | None:
    """A time as the services write it: seconds since 1970, an ISO text, or what an SDK made of one; else None."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    return None


def before(made: Any, at: datetime) -> bool:
    """Whether a batch is surely older than an intent, from the time at which the service says it was made."""
    when = moment(made)
    return when is not None and when < at - SKEW


def settled(at: datetime) -> bool:
    """Whether an intent is old enough for its batch to be in the list, if it was taken."""
    return datetime.now(UTC) - at >= SETTLED


def result_of(custom_id: str, outcome: Callable[[], Reply | ProviderError], service: Service) -> BatchResult:
    """What became of an item.

    Args:
        custom_id: which one.
        outcome: reads it. May raise.
        service: who sent it.
    """
    try:
        made = outcome()
    except ProviderError as error:
        made = error
    except Exception as error:
        made = failure(error, service)
    if isinstance(made, Reply):
        return BatchResult(custom_id, made)
    return BatchResult(custom_id, error=made)


def _from_now(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


async def _objects(data: AsyncIterator[bytes], service: Service) -> AsyncGenerator[Mapping[str, Any], None]:
    rest = b""
    async for piece in data:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            if (made := _object(line)) is not None:
                yield made
        if len(rest) > LONGEST_LINE:
            raise malformed(service, "a line of the results has no end")
    if (made := _object(rest)) is not None:
        yield made


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        made = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return made if isinstance(made, dict) else None
