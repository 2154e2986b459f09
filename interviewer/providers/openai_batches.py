"""OpenAI's Batch, over Responses.

Limits, prices, states and the files of results: https://developers.openai.com/api/docs/guides/batch
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import aclosing, suppress
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from pydantic_core import to_json

from interviewer.providers.batch_wire import (
    CANCELLED,
    EXPIRED,
    HANDING_IN,
    UNSETTLED,
    Line,
    before,
    checked,
    not_run,
    result_of,
    settled,
    under_way,
)
from interviewer.providers.batches import (
    LABEL,
    BatchItem,
    BatchLimits,
    BatchResult,
    BatchState,
    BatchStatus,
    Found,
    Intent,
    Unconfirmed,
)
from interviewer.providers.chat import ProviderError, Reply
from interviewer.providers.failures import malformed, refused, reported
from interviewer.providers.service import scrub
from interviewer.providers.wire import amount, each, inside, text_of

ENDPOINT: Final = "/v1/responses"
_STATES: Final[Mapping[str, BatchState]] = {
    "validating": "under-way",
    "in_progress": "under-way",
    "finalizing": "under-way",
    "cancelling": "under-way",
    "completed": "ended",
    "expired": "expired",
    "cancelled": "cancelled",
    "failed": "failed",
}
_NOT_RUN: Final[Mapping[str, str]] = {"batch_expired": EXPIRED, "batch_cancelled": CANCELLED}


class OpenAIBatches:
    """The batch service behind a model of OpenAI's.

    Args:
        line: what it has of the model that made it.
    """

    provider: Final = "openai"
    limits: Final = BatchLimits(50_000, 200_000_000)
    """50,000 requests and a file of 200 MB."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.model: Final = line.service.model

    def size(self, item: BatchItem) -> int:
        """Bytes that an item adds to its batch."""
        return len(self._written(item))

    async def submit(self, items: Sequence[BatchItem], label: str) -> str:
        """Hands a batch in; its id. Raises ProviderError; Unconfirmed if it may be taken.

        The file goes first. Nothing is begun or billed for a file alone, and the service deletes it after 30 days.
        """
        written = [self._written(item) for item in items]
        checked(items, [len(each) for each in written], self.limits, self._line.service)
        file = ("interviewer.jsonl", b"".join(written), "application/jsonl")
        uploaded = await self._line.called(
            lambda client: client.files.create(
                file=file, purpose="batch", extra_headers=self._line.headers(), timeout=self._line.timeout
            ),
            longest=HANDING_IN,
        )
        file_id = inside(uploaded, "id")
        if not isinstance(file_id, str):
            raise malformed(self._line.service, "the file that was sent has no id")
        try:
            return await self._line.handed_in(
                lambda client: client.batches.create(
                    input_file_id=file_id,
                    endpoint=ENDPOINT,
                    completion_window="24h",
                    metadata={LABEL: label},
                    extra_headers=self._line.headers(),
                    timeout=self._line.timeout,
                )
            )
        except Unconfirmed:
            raise
        except ProviderError:
            with suppress(ProviderError):  # what candidates wrote is not left lying there
                await self._line.called(lambda client: client.files.delete(file_id, extra_headers=self._line.headers()))
            raise

    async def find(self, intent: Intent, known: Collection[str] = ()) -> Found:
        """Looks for a batch whose id was lost, by the label that is kept with it."""
        found = await self._line.called(lambda client: _labelled(client, self._line, intent, known))
        if found is not None:
            return found
        if not settled(intent.at):
            return Found("unclear", why=UNSETTLED)
        return Found("absent")

    async def status(self, batch_id: str) -> BatchStatus:
        """How far a batch has come. Raises ProviderError."""
        batch = await self._batch(batch_id)
        counts = inside(batch, "request_counts")
        done, failed, total = (amount(inside(counts, name)) for name in ("completed", "failed", "total"))
        state = _STATES.get(inside(batch, "status"), "under-way")
        problem = self._problem(batch) if state == "failed" else None
        if state in {"expired", "cancelled"}:
            failed = max(failed, total - done)
        return BatchStatus(state, done, failed, total, problem)

    async def results(self, batch_id: str) -> AsyncGenerator[BatchResult, None]:
        """The results, one by one, in any order. Raises ProviderError; for a batch that failed, why it did."""
        batch = await self._batch(batch_id)
        state = _STATES.get(inside(batch, "status"), "under-way")
        if state == "under-way":
            raise under_way(self._line.service, batch_id)
        if state == "failed":
            raise self._problem(batch)
        for name in ("output_file_id", "error_file_id"):
            file_id = inside(batch, name)
            if not isinstance(file_id, str) or not file_id:
                continue
            async with aclosing(self._line.lines(f"/files/{quote(file_id, safe='')}/content", batch_id)) as lines:
                async for line in lines:
                    custom_id = line.get("custom_id")
                    if isinstance(custom_id, str):
                        yield result_of(custom_id, partial(self._outcome, line), self._line.service)

    def _written(self, item: BatchItem) -> bytes:
        body = self._line.body(item.request)
        return to_json({"custom_id": item.custom_id, "method": "POST", "url": ENDPOINT, "body": body}) + b"\n"

    async def _batch(self, batch_id: str) -> Any:
        batch = await self._line.called(
            lambda client: client.batches.retrieve(batch_id, extra_headers=self._line.headers()), batch_id
        )
        if not isinstance(inside(batch, "status"), str):
            raise malformed(self._line.service, "it is no batch")
        return batch

    def _problem(self, batch: Any) -> ProviderError:
        """Why a batch was refused as a whole. Only a full queue passes with time."""
        service = self._line.service
        faults = [
            (text_of(inside(fault, "code")), text_of(inside(fault, "message")), inside(fault, "line"))
            for fault in each(inside(batch, "errors", "data"))
        ]
        code, message, line = faults[0] if faults else ("", "it does not say why", None)
        said = scrub(message, service.key).rstrip(".")
        if "token_limit" in code:
            return ProviderError(
                "rate-limited",
                f"{service.name} has too much waiting in batches for this key: {said}. Hand this one in again later.",
            )
        known = reported({"error": {"type": "invalid_request_error", "code": code, "message": message}}, service)
        if known.kind != "bad-request":
            return known
        at = f" (line {line})" if isinstance(line, int) else ""
        return ProviderError(
            "bad-request",
            f"{service.name} refused the batch{at}: {said}. Nothing was billed. Grade without --via batch.",
        )

    def _outcome(self, line: Mapping[str, Any]) -> Reply | ProviderError:
        service, response, error = self._line.service, line.get("response"), line.get("error")
        if isinstance(response, Mapping):
            status, body = response.get("status_code"), response.get("body")
            if isinstance(status, int) and status >= 300:
                return refused(status, body, {}, service)
            if isinstance(body, Mapping):
                return self._line.reply(body, text_of(response.get("request_id")) or None)
        if isinstance(error, Mapping):
            why = _NOT_RUN.get(text_of(error.get("code")))
            return not_run(service, why) if why else reported({"error": error}, service)
        return malformed(service, "there is no result in it")


async def _labelled(client: Any, line: Line, intent: Intent, known: Collection[str]) -> Found | None:
    """The batch with the label of an intent. They are listed latest first."""
    async for batch in client.batches.list(limit=100, extra_headers=line.headers()):
        if before(inside(batch, "created_at"), intent.at):
            break
        batch_id = inside(batch, "id")
        if inside(batch, "metadata", LABEL) == intent.label and isinstance(batch_id, str) and batch_id not in known:
            return Found("found", batch_id)
    return None
