"""What the providers' own batch services are asked and what comes back, the same for every provider.

A batch is handed in, worked on within a day, and fetched. It costs half of what single calls cost
(`Prices.batch_share`). Effects are in the modules beside this one; here are only values and the protocol. What is
safe to do again, and when, is in `handover.py`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol

from interviewer.providers.chat import ChatRequest, ProviderError, Reply

LABEL: Final = "interviewer-batch"
"""Name under which a label is kept in the metadata of a batch, where a service keeps any."""

BatchState = Literal["under-way", "ended", "expired", "failed", "cancelled"]
"""under-way: not over, being cancelled included. ended: every item has a result. expired, cancelled: over before
every item had its turn; there are results for those that had it. failed: refused as a whole, no item was begun."""


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One call of a batch.

    Args:
        custom_id: tells its result from the others'; 1 to 64 letters, digits, `-` and `_`, unique in its batch.
        request: what is asked.
    """

    custom_id: str
    request: ChatRequest


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """What one batch can hold. Both bounds are kept."""

    items: int
    bytes: int
    """Sum of the sizes of its items, as the service's `size` counts them."""


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """How far a batch has come."""

    state: BatchState
    done: int
    """Items with a reply. Anthropic counts only when the batch is over; until then it is 0."""
    failed: int
    """Items that will have none: refused, failed, or never begun. Counted as `done` is."""
    total: int
    """Items in all; 0 while the service has not counted them."""
    problem: ProviderError | None = None
    """Why it failed, with what to do; only with `failed`. Its `retryable` says whether to hand it in again later."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state != "under-way"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one item: a reply or an error, never both.

    An error of kind `not-run` means that the service never began on the item, and that it was not billed.
    """

    custom_id: str
    reply: Reply | None = None
    error: ProviderError | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """A batch that is about to be handed in, written down before it is, so that it can be found again.

    Args:
        label: unlike any other, at most 512 characters.
        custom_ids: of its items.
        at: when it was written down, with its time zone.
    """

    label: str
    custom_ids: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """Whether an intended batch was taken by the service.

    found: `batch_id` is its id. absent: the service has no such batch, and it is safe to hand it in. unclear: it
    may have one; handing it in again could be paid twice. `why` says what it waits for.
    """

    state: Literal["found", "absent", "unclear"]
    batch_id: str | None = None
    why: str = ""


class Unconfirmed(ProviderError):
    """A batch was sent and no answer came that can be read: the service may have taken it nevertheless.

    Never retryable: find out first (`BatchService.find`), or it may be paid twice.
    """

    @classmethod
    def after(cls, error: ProviderError, service: str) -> Unconfirmed:
        """What to say when handing a batch in ended with `error`."""
        return cls(
            error.kind,
            f"Nobody knows whether {service} took the batch: {str(error).split('. ')[0].rstrip('.')}. "
            "It is looked for before anything is handed in again.",
            error.retry_after,
            request_id=error.request_id,
            status=error.status,
        )

    @property
    def retryable(self) -> bool:
        """Never."""
        return False


class BatchService(Protocol):
    """A provider's batch service for one model. Shares the client of the model that made it.

    Nothing is retried here. What `submit` raises is safe to retry exactly if it says so (`retryable`).
    """

    @property
    def provider(self) -> str:
        """`anthropic` or `openai`."""

    @property
    def model(self) -> str:
        """The model's name, as asked for."""

    @property
    def limits(self) -> BatchLimits:
        """What one batch can hold."""

    def size(self, item: BatchItem) -> int:
        """Bytes that an item adds to its batch."""

    async def submit(self, items: Sequence[BatchItem], label: str) -> str:
        """Hands a batch in; its id.

        Args:
            items: within the limits, with custom ids that differ.
            label: unlike any other, at most 512 characters; kept with the batch where the service keeps any.

        Raises:
            Unconfirmed: the service may have taken it.
            ProviderError: it was surely not taken.
        """

    async def find(self, intent: Intent, known: Collection[str] = ()) -> Found:
        """Looks for a batch whose id was lost between handing it in and noting the id.

        Args:
            intent: what was written down before.
            known: ids of other batches, which it cannot be.

        Raises:
            ProviderError: it could not be looked for.
        """

    async def status(self, batch_id: str) -> BatchStatus:
        """How far a batch has come. Raises ProviderError."""

    def results(self, batch_id: str) -> AsyncGenerator[BatchResult, None]:
        """The results as the service has them, one by one, in any order; of an expired or cancelled batch too.

        A line that cannot be read is left out, so an item may be missing; a service that errs may send one twice.
        `handover.fetched` sees to both.

        Raises:
            ProviderError: the batch is not over, its results are kept no longer, or the transfer broke.
        """
