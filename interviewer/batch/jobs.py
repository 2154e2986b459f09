"""Grading through a provider's batch service: half the price, within a day, and nobody has to wait beside it."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Protocol, TypeVar

from interviewer.batch.ledger import Claim, Failed, Job, Ledger, Marked
from interviewer.batch.marking import Papers, marked
from interviewer.grading.grader import GradingRequest
from interviewer.providers.batches import BatchItem, BatchLimits, BatchResult, BatchService, Intent, Unconfirmed
from interviewer.providers.chat import ChatRequest, ProviderError
from interviewer.providers.handover import fetched, hand_in
from interviewer.providers.retry import EFFECTS, PATIENCE, Effects, Patience, retrying
from interviewer.scorecard import Grade, Stamp

MOST_ITEMS: Final = 10_000
MOST_BYTES: Final = 50_000_000
"""Of one batch, where the service takes more: it is put together in memory."""
RECORDED_AT_ONCE: Final = 200
LOOKED_EVERY: Final = 30.0
"""Seconds between looks at batches that are under way."""


T = TypeVar("T")


class Grading(Protocol):
    """What is handed in for an answer, and what grade a result makes."""

    @property
    def service(self) -> BatchService: ...

    @property
    def stamp(self) -> Stamp: ...

    def asked(self, request: GradingRequest) -> ChatRequest | Grade: ...

    def most(self, call: ChatRequest) -> Decimal | None: ...

    def grade(self, request: GradingRequest, result: BatchResult) -> Grade: ...


@dataclass
class Report:
    """What was done, in counts of answers."""

    handed_in: int = 0
    graded: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    """Kind -> how many: they are free to be graded again."""
    waiting: int = 0
    """With the service still, when it was last looked at."""
    notes: list[str] = field(default_factory=list)
    """What the user should know, in sentences."""
    awaited: dict[str, str] = field(default_factory=dict)
    """Label of a batch that is not over -> what the user should know of it."""


class Post:
    """Hands batches in and collects them.

    Args:
        ledger: where everything is written down, before and after.
        grading: what is handed in, and what comes of it.
        tell: told in a sentence what happens.
        patience: of single calls to the service.
        effects: time and chance.
    """

    def __init__(
        self,
        ledger: Ledger,
        grading: Grading,
        tell: Callable[[str], None] = lambda _: None,
        patience: Patience = PATIENCE,
        effects: Effects = EFFECTS,
    ) -> None:
        self._ledger = ledger
        self._grading = grading
        self._service = grading.service
        self._papers = Papers(ledger)
        self._tell = tell
        self._patience = patience
        self._effects = effects
        self.report: Final = Report()

    # ---- Handing in ------------------------------------------------------------------------------------

    async def hand_in(self, limit: int | None = None, money: Decimal | None = None) -> None:
        """Hands in whatever is to be graded, after what was intended before and never known to be taken.

        Args:
            limit: answers, at most.
            money: US dollars that they may cost, at most; None for no limit.

        Raises:
            ProviderError: the service does not take it. What it took before is written down.
        """
        await asyncio.to_thread(self._ledger.begin)
        await self._settle_intended()
        left, money_left = limit, money
        while left is None or left > 0:
            claims = await asyncio.to_thread(self._ledger.claim, MOST_ITEMS if left is None else min(MOST_ITEMS, left))
            if not claims:
                return
            items, rest, spent = self._packed(claims, money_left)
            await asyncio.to_thread(self._ledger.give_back, rest)
            left = None if left is None else left - (len(claims) - len(rest))
            if not items:
                if rest:
                    self.report.notes.append("The cost limit leaves no room for more. Raise --max-cost to go on.")
                    return
                continue
            label = f"interviewer-{secrets.token_hex(12)}"
            kept = [claim for claim, _ in items]
            provider, model = self._service.provider, self._service.model
            job = await asyncio.to_thread(self._ledger.intend, label, provider, model, kept, spent)
            await self._send(job, [item for _, item in items])
            money_left = None if money_left is None else money_left - spent

    def _packed(
        self, claims: Sequence[Claim], money: Decimal | None
    ) -> tuple[list[tuple[Claim, BatchItem]], list[Claim], Decimal]:
        """As many claims as fit into one batch and into the money; the rest; the most that they cost.

        What needs no call is graded on the way.
        """
        limits = BatchLimits(min(MOST_ITEMS, self._service.limits.items), min(MOST_BYTES, self._service.limits.bytes))
        items: list[tuple[Claim, BatchItem]] = []
        by_rule: list[Marked | Failed] = []
        size, cost = 0, Decimal(0)
        for place, claim in enumerate(claims):
            asked = self._grading.asked(self._papers.request(claim))
            if isinstance(asked, Grade):
                by_rule.append(marked(claim, asked, self._grading.stamp))
                continue
            item = BatchItem(custom_id(claim), asked)
            more, dollars = self._service.size(item), self._grading.most(asked)
            if money is not None and dollars is None:
                raise ProviderError(
                    "cost-cap",
                    "The price of this model is not known, so the cost limit cannot be kept. Add it to models.yaml, "
                    "or call without a limit.",
                )
            full = items and (len(items) >= limits.items or size + more > limits.bytes)
            if full or (money is not None and cost + (dollars or 0) > money):
                self._record(by_rule)
                return items, list(claims[place:]), cost
            items.append((claim, item))
            size, cost = size + more, cost + (dollars or 0)
        self._record(by_rule)
        return items, [], cost

    async def _send(self, job: Job, items: Sequence[BatchItem]) -> None:
        """Hands one batch in and notes its id; where nobody knows whether it was taken, the intent stays."""
        intent = _intent(job, [item.custom_id for item in items])
        known = self._known()
        try:
            batch = await hand_in(
                self._service,
                items,
                intent,
                known,
                patience=self._patience,
                on_wait=self._waits,
                effects=self._effects,
            )
        except Unconfirmed as error:
            await asyncio.to_thread(self._ledger.tell, job.label, str(error))
            self.report.awaited[job.label] = str(error)
            return
        except ProviderError as error:
            await asyncio.to_thread(self._ledger.conclude, job.label, f"Not taken: {error}")
            raise
        await self._taken(job, batch)

    def _waits(self, _: int, seconds: float, error: ProviderError) -> None:
        self._tell(f"{error} Waiting {seconds:.0f} s before the next try.")

    async def _taken(self, job: Job, batch: str) -> None:
        await asyncio.to_thread(self._ledger.handed_in, job.label, batch)
        self.report.awaited.pop(job.label, None)
        self.report.handed_in += job.items
        self._tell(f"Handed in {job.items:,} answers: {self._service.provider} batch {batch}.")

    async def _settle_intended(self) -> None:
        for job in self._ledger.jobs():
            if job.state == "intended" and self._ours(job) and self._ledger.take_over(job.label):
                await self._settle(job)

    async def _settle(self, job: Job) -> None:
        """Finds out what became of a batch that was about to be handed in when nothing more was heard of it."""
        claims = await asyncio.to_thread(self._ledger.items, job.label)
        intent = _intent(job, [custom_id(claim) for claim in claims])
        found = await self._asked(lambda: self._service.find(intent, self._known()))
        if found.batch_id is not None:
            await self._taken(job, found.batch_id)
        elif found.state == "absent":  # it was never taken: its answers are free again
            self.report.awaited.pop(job.label, None)
            await asyncio.to_thread(self._ledger.conclude, job.label, "It was never taken.")
        else:
            await asyncio.to_thread(self._ledger.tell, job.label, found.why)
            self.report.awaited[job.label] = (
                f"Of {job.items:,} answers it is not known yet whether they were taken. {found.why}"
            )

    def _ours(self, job: Job) -> bool:
        return (job.provider, job.model) == (self._service.provider, self._service.model)

    def _known(self) -> list[str]:
        return [job.batch for job in self._ledger.jobs() if job.batch is not None]

    # ---- Collecting ------------------------------------------------------------------------------------

    async def collect(self, wait: bool) -> None:
        """Records the results of batches that are over.

        Args:
            wait: until all of them are, but for those of another provider or model.

        Raises:
            ProviderError: the service cannot be asked.
        """
        while True:
            await self._settle_intended()
            self.report.waiting = 0
            for job in self._ledger.jobs():
                await self._look(job)
            if not wait or not self.report.waiting:
                return
            await self._effects.sleep(LOOKED_EVERY)

    async def _look(self, job: Job) -> None:
        if job.state == "over":
            return
        if not self._ours(job):
            told = f"Batch {job.batch} is with" if job.batch else f"A batch of {job.items:,} answers was meant for"
            self.report.awaited[job.label] = (
                f"{told} {job.provider} ({job.model}): collect it with --engine {job.provider} "
                f"--grade-model {job.model}."
            )
            return
        if job.batch is None:
            self.report.waiting += job.items
            return
        status = await self._asked(lambda: self._service.status(job.batch or ""))
        if not status.over:
            self.report.waiting += job.items
            told = f"Batch {job.batch}: {status.done + status.failed:,} of {status.total or job.items:,} done."
            self._tell(told)
            await asyncio.to_thread(self._ledger.tell, job.label, told)
        elif status.state == "failed":
            why = str(status.problem) if status.problem else "The service refused it."
            self.report.notes.append(f"Batch {job.batch} failed as a whole, and nothing of it was graded. {why}")
            await asyncio.to_thread(self._ledger.conclude, job.label, why)
        else:
            await self._fetch(job, job.batch)

    async def _asked(self, call: Callable[[], Awaitable[T]]) -> T:
        return await retrying(call, patience=self._patience, on_wait=self._waits, effects=self._effects)

    async def _fetch(self, job: Job, batch: str) -> None:
        claims = {custom_id(claim): claim for claim in await asyncio.to_thread(self._ledger.items, job.label)}
        ready: list[Marked | Failed] = []
        before = self.report.graded
        results = fetched(
            self._service, batch, claims, patience=self._patience, on_wait=self._waits, effects=self._effects
        )
        async with aclosing(results):
            async for result in results:
                claim = claims[result.custom_id]
                grade = self._grading.grade(self._papers.request(claim), result)
                ready.append(marked(claim, grade, self._grading.stamp))
                if len(ready) >= RECORDED_AT_ONCE:
                    await asyncio.to_thread(self._record, ready)
                    ready = []
        await asyncio.to_thread(self._record, ready)
        told = f"Batch {batch}: {self.report.graded - before:,} of {job.items:,} graded."
        await asyncio.to_thread(self._ledger.conclude, job.label, told)
        self._tell(told)

    def _record(self, done: Sequence[Marked | Failed]) -> None:
        if done:
            self._ledger.record(done)
        for one in done:
            if isinstance(one, Failed):
                self.report.failures[one.kind] += 1
            else:
                self.report.graded += 1


def custom_id(claim: Claim) -> str:
    """What an answer is called within a batch."""
    return f"{claim.judge}-{claim.content}"


def _intent(job: Job, custom_ids: Sequence[str]) -> Intent:
    return Intent(job.label, frozenset(custom_ids), job.made)
