"""Anthropic's Message Batches.

Limits, prices and the four ways in which an item can end: https://platform.claude.com/docs/en/build-with-claude/batch-processing
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from pydantic_core import to_json

from interviewer.providers.batch_wire import (
    CANCELLED,
    EXPIRED,
    UNSETTLED,
    Line,
    before,
    checked,
    not_run,
    result_of,
    settled,
    under_way,
)
from interviewer.providers.batches import BatchItem, BatchLimits, BatchResult, BatchState, BatchStatus, Found, Intent
from interviewer.providers.chat import ProviderError, Reply
from interviewer.providers.failures import malformed, refused
from interviewer.providers.wire import amount, inside, parsed

PATH: Final = "/v1/messages/batches"
_STATUSES: Final[Mapping[str, int]] = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "overloaded_error": 529,
}
"""Type of an error -> the status with which a single call would have ended."""
_OPENING, _CLOSING = b'{"requests":[', b"]}"


class AnthropicBatches:
    """The batch service behind a model of Anthropic's.

    It keeps no label, so a batch whose id was lost is told by when it was made, by how many items it has and, once
    it has ended, by the custom ids in its results.

    Args:
        line: what it has of the model that made it.
    """

    provider: Final = "anthropic"
    limits: Final = BatchLimits(100_000, 256_000_000 - len(_OPENING + _CLOSING))
    """100,000 requests or 256 MB, whichever comes first."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.model: Final = line.service.model

    def size(self, item: BatchItem) -> int:
        """Bytes that an item adds to its batch."""
        return len(self._written(item)) + 1

    async def submit(self, items: Sequence[BatchItem], label: str) -> str:  # noqa: ARG002
        """Hands a batch in; its id. The label is not kept. Raises ProviderError; Unconfirmed if it may be taken."""
        written = [self._written(item) for item in items]
        checked(items, [len(each) + 1 for each in written], self.limits, self._line.service)
        content = _OPENING + b",".join(written) + _CLOSING

        async def call(client: Any) -> Mapping[str, Any]:
            import httpx2

            response = await client.post(
                PATH, content=content, cast_to=httpx2.Response, options={"timeout": self._line.timeout}
            )
            return parsed(response, self._line.service)

        return await self._line.handed_in(call)

    async def find(self, intent: Intent, known: Collection[str] = ()) -> Found:
        """Looks for a batch whose id was lost.

        What is certain: a batch that has ended shows its custom ids. One that is under way shows only when it was
        made and how many items it has; as long as such a one may be it, that is unclear.
        """
        possible: list[str] = []
        for batch in await self._line.called(lambda client: _made_since(client, intent)):
            batch_id = inside(batch, "id")
            if not isinstance(batch_id, str) or batch_id in known or inside(batch, "archived_at") is not None:
                continue
            if sum(_counts(batch).values()) != len(intent.custom_ids):
                continue
            ended = inside(batch, "processing_status") == "ended"
            custom_id = await self._first_id(batch_id) if ended else None
            if custom_id is None:
                possible.append(batch_id)
            elif custom_id in intent.custom_ids:
                return Found("found", batch_id)
        if possible:
            return Found("unclear", why=_unclear(possible))
        if not settled(intent.at):
            return Found("unclear", why=UNSETTLED)
        return Found("absent")

    async def status(self, batch_id: str) -> BatchStatus:
        """How far a batch has come. Raises ProviderError."""
        batch = await self._batch(batch_id)
        counts = _counts(batch)
        state: BatchState = "ended"
        if inside(batch, "processing_status") != "ended":
            state = "under-way"
        elif counts["expired"]:
            state = "expired"
        elif counts["canceled"]:
            state = "cancelled"
        failed = counts["errored"] + counts["canceled"] + counts["expired"]
        return BatchStatus(state, counts["succeeded"], failed, sum(counts.values()))

    async def results(self, batch_id: str) -> AsyncGenerator[BatchResult, None]:
        """The results, one by one, in any order. Raises ProviderError."""
        if inside(await self._batch(batch_id), "processing_status") != "ended":
            raise under_way(self._line.service, batch_id)
        async with aclosing(self._line.lines(_results(batch_id), batch_id)) as lines:
            async for line in lines:
                custom_id, result = line.get("custom_id"), line.get("result")
                if isinstance(custom_id, str) and isinstance(result, Mapping):
                    yield result_of(custom_id, partial(self._outcome, result), self._line.service)

    def _written(self, item: BatchItem) -> bytes:
        return to_json({"custom_id": item.custom_id, "params": self._line.body(item.request)})

    async def _batch(self, batch_id: str) -> Any:
        batch = await self._line.called(lambda client: client.messages.batches.retrieve(batch_id), batch_id)
        if inside(batch, "processing_status") is None:
            raise malformed(self._line.service, "it is no batch")
        return batch

    async def _first_id(self, batch_id: str) -> str | None:
        """The custom id of any one result. The address in `results_url` is not followed: the key goes nowhere else."""
        async with aclosing(self.results(batch_id)) as results:
            async for result in results:
                return result.custom_id
        return None

    def _outcome(self, result: Mapping[str, Any]) -> Reply | ProviderError:
        service, kind = self._line.service, result.get("type")
        message, error = result.get("message"), result.get("error")
        if kind == "succeeded" and isinstance(message, Mapping):
            return self._line.reply(message, None)
        if kind == "errored" and isinstance(error, Mapping):
            return refused(_STATUSES.get(str(inside(error, "error", "type")), 500), error, {}, service)
        if kind == "expired":
            return not_run(service, EXPIRED)
        if kind == "canceled":
            return not_run(service, CANCELLED)
        return malformed(service, "there is no result in it")


def _unclear(batch_ids: Sequence[str]) -> str:
    return (
        f"Anthropic has taken a batch that may be it ({', '.join(batch_ids)}), and only its results tell. "
        "Look again when it has ended; until then it is not handed in again."
    )


def _results(batch_id: str) -> str:
    return f"{PATH}/{quote(batch_id, safe='')}/results"


async def _made_since(client: Any, intent: Intent) -> list[Any]:
    """The batches that are not surely older than an intent. They are listed latest first."""
    made: list[Any] = []
    async for batch in client.messages.batches.list(limit=100):
        if before(inside(batch, "created_at"), intent.at):
            break
        made.append(batch)
    return made


def _counts(batch: Any) -> dict[str, int]:
    kinds = ("processing", "succeeded", "errored", "canceled", "expired")
    return {kind: amount(inside(batch, "request_counts", kind)) for kind in kinds}
