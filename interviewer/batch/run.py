"""A run: a fixed number of workers that take what is to be graded from the ledger and put grades back."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from interviewer.batch.claiming import Claiming
from interviewer.batch.collecting import collect_seldom
from interviewer.batch.ledger import Claim, Failed, Ledger, LedgerError, Marked
from interviewer.batch.marking import Marking

CLAIMED_AHEAD: Final = 4
"""Claims taken together, in handfuls of a worker."""
LEAST_CLAIMED: Final = 64

GATHERED_FOR: Final = 0.1
"""Seconds for which grades are gathered before they are put on the medium together."""
MOST_UNRECORDED: Final = 2000
"""Grades that may wait to be recorded; workers wait beyond that."""

BETWEEN_TRIES: Final = 1.0
"""Seconds between tries to record: grades that were paid for are worth waiting for."""
TRIES: Final = 30
"""How often recording is tried again once somebody wants an end."""
MOST_TRIES: Final = 3600
"""How often at most, while nobody says anything: a disk may be made room on until then."""

STOPS_ALL: Final = frozenset({"authentication", "quota", "unknown-model", "cost-cap", "tls", "no-route"})
"""Kinds of failure that every other call would meet too."""
IN_A_ROW: Final = 40
"""Failures of one kind with no success between them, after which a run stops."""

_RATE_OVER: Final = 20.0
"""Seconds over which the present rate is measured."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands. Counts are of this run alone."""

    graded: int
    failed: int
    failures: dict[str, int]
    """Kind -> how many."""
    statuses: dict[str, int]
    """Status of the grades -> how many."""
    dollars: Decimal
    unpriced: int
    """Calls whose cost is not known."""
    seconds: float
    """Since the run began, without pauses."""
    rate: float
    """Answers a second, lately."""
    under_way: int
    paused: bool
    unrecorded: str = ""
    """Why grades cannot be put on the medium right now."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    progress: Progress
    stopped_by: str = ""
    """Why it ended before everything was graded, as a sentence; empty if there was nothing more to do."""


class Run:
    """Grades what is to be graded.

    Args:
        ledger: where it is taken from and recorded.
        marking: how.
        workers: how many answers, or hands full of answers, are graded at once.
        tell: told about five times a second, and at the end.
        limit: answers to be graded in this run, at most; None for all.
        clock: seconds, on a clock that never goes back.
    """

    def __init__(
        self,
        ledger: Ledger,
        marking: Marking,
        workers: int,
        tell: Callable[[Progress], None] = lambda _: None,
        limit: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger = ledger
        self._marking = marking
        self._workers = workers
        self._tell = tell
        self._clock = clock
        together = max(LEAST_CLAIMED, CLAIMED_AHEAD * marking.at_once, workers * marking.at_once)
        self._claiming = Claiming(ledger.claim, together, limit)
        self._untried: list[Claim | Failed] = []
        """Claimed and not graded: given back at the end."""
        self._unrecorded: list[Marked | Failed] = []
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._going = asyncio.Event()
        self._going.set()
        self._stopped_by = ""
        self._patient = True
        """Until somebody wants an end."""
        self._over = asyncio.Event()
        self._graded = 0
        self._failed = 0
        self._kinds: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._in_a_row: tuple[str, int] = ("", 0)
        self._dollars = Decimal(0)
        self._unpriced = 0
        self._under_way = 0
        self._trouble = ""
        self._began = 0.0
        self._paused_for = 0.0
        self._paused_since: float | None = None
        self._lately: deque[tuple[float, int]] = deque()

    # ---- Steering --------------------------------------------------------------------------------------

    def pause(self) -> None:
        """Begins nothing more until `resume`; what is under way is finished and recorded."""
        if self._paused_since is None:
            self._paused_since = self._clock()
            self._going.clear()

    def resume(self) -> None:
        """Goes on after a pause."""
        if self._paused_since is not None:
            self._paused_for += self._clock() - self._paused_since
            self._paused_since = None
            self._lately.clear()
            self._going.set()

    def stop(self, why: str) -> None:
        """Begins nothing more; what is under way is finished and recorded, then the run ends."""
        self._patient = False
        self._begin_nothing_more(why)

    def _begin_nothing_more(self, why: str) -> None:
        self._stopped_by = self._stopped_by or why
        self._going.set()

    @property
    def stopping(self) -> bool:
        """Whether it begins nothing more."""
        return bool(self._stopped_by)

    @property
    def progress(self) -> Progress:
        """Where the run stands."""
        now = self._clock()
        paused = now - self._paused_since if self._paused_since is not None else 0.0
        return Progress(
            graded=self._graded,
            failed=self._failed,
            failures=dict(self._kinds),
            statuses=dict(self._statuses),
            dollars=self._dollars,
            unpriced=self._unpriced,
            seconds=max(0.0, now - self._began - self._paused_for - paused) if self._began else 0.0,
            rate=self._rate(now),
            under_way=self._under_way,
            paused=self._paused_since is not None,
            unrecorded=self._trouble,
        )

    def _rate(self, now: float) -> float:
        while len(self._lately) > 1 and now - self._lately[0][0] > _RATE_OVER:
            self._lately.popleft()
        if not self._lately:
            return 0.0
        since, before = self._lately[0]
        return (self._graded + self._failed - before) / (now - since) if now > since else 0.0

    # ---- Running ---------------------------------------------------------------------------------------

    async def run(self) -> Ended:
        """Grades until nothing is left, or something ends it. However it ends, what was graded is recorded first.

        Raises:
            LedgerError: grades cannot be recorded and nobody waits any longer, or nothing can be claimed.
        """
        collect_seldom()
        self._began = self._clock()
        await asyncio.to_thread(self._ledger.begin)
        recorder = asyncio.create_task(self._record())
        teller = asyncio.create_task(self._keep_telling())
        workers = asyncio.gather(*(self._work() for _ in range(self._workers)))
        try:
            waited: set[asyncio.Future[Any]] = {workers, recorder}
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if recorder.done():  # it cannot go on, so there is no use in grading more
                recorder.result()
            await workers
        except asyncio.CancelledError:
            self._patient = False
            raise
        finally:
            workers.cancel()
            try:
                await self._let_end(workers)
                self._over.set()
                self._arrived.set()
                await self._let_end(recorder)
                recorder.result()
                untaken = asyncio.create_task(self._claiming.end())
                await self._let_end(untaken)
                await asyncio.to_thread(self._ledger.give_back, [*untaken.result(), *self._untried])
            finally:
                teller.cancel()
                self._tell(self.progress)
        return Ended(self.progress, self._stopped_by)

    async def _let_end(self, doing: asyncio.Future[Any]) -> None:
        """Waits until it has ended. To cancel that only says that somebody wants an end: it comes by itself."""
        while not doing.done():
            try:
                await asyncio.wait({doing})
            except asyncio.CancelledError:
                self._patient = False
        if not doing.cancelled():
            doing.exception()  # looked at here, or it would be complained about where nobody expects it

    async def _work(self) -> None:
        while claims := await self._next():
            self._under_way += len(claims)
            try:
                done = await self._marking.mark(claims)
            except BaseException:
                self._untried.extend(claims)
                raise
            finally:
                self._under_way -= len(claims)
            await self._put(done)

    async def _next(self) -> list[Claim]:
        """What a worker grades next; nothing at the end."""
        await self._going.wait()
        if self._stopped_by:
            return []
        claims = await self._claiming.take(self._marking.at_once)
        if self._stopped_by:
            self._untried.extend(claims)
            return []
        return claims

    async def _put(self, done: Sequence[Marked | Failed]) -> None:
        kept = []
        for one in done:
            if isinstance(one, Failed):
                self._heed(one)
                if one.kind == "cost-cap" and not (one.cost and one.cost.calls):  # nothing was tried: it stays
                    self._untried.append(one)
                    continue
            else:
                self._in_a_row = ("", 0)
            kept.append(one)
        self._unrecorded.extend(kept)
        self._arrived.set()
        if len(self._unrecorded) > MOST_UNRECORDED:
            self._room.clear()
        await self._room.wait()

    def _heed(self, failed: Failed) -> None:
        """Ends the run when all that follows would fail too."""
        kind, number = self._in_a_row
        self._in_a_row = (failed.kind, number + 1 if kind == failed.kind else 1)
        if failed.kind in STOPS_ALL:
            self._begin_nothing_more(failed.problem)
        elif self._in_a_row[1] >= IN_A_ROW:
            self._begin_nothing_more(f"{IN_A_ROW} answers in a row could not be graded. {failed.problem}")

    # ---- Recording -------------------------------------------------------------------------------------

    async def _record(self) -> None:
        while True:
            await self._arrived.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHERED_FOR):
                    await self._over.wait()
            self._arrived.clear()
            ready, self._unrecorded = self._unrecorded, []
            if ready:
                await self._recorded(ready)
            self._room.set()
            if self._over.is_set() and not self._unrecorded:
                return

    async def _recorded(self, ready: list[Marked | Failed]) -> None:
        tries = unanswered = 0
        while True:
            try:
                await asyncio.to_thread(self._ledger.record, ready)
                break
            except LedgerError as error:
                self._trouble = str(error)
                self._room.clear()  # workers end what they have in hand and begin nothing that could not be kept either
                if tries == TRIES or unanswered == MOST_TRIES:
                    lost = len(ready) + len(self._unrecorded)
                    raise LedgerError(f"{error} {lost:,} grades could not be recorded.") from None
                tries += not self._patient
                unanswered += 1
                await asyncio.sleep(BETWEEN_TRIES)
        self._trouble = ""
        for one in ready:
            if isinstance(one, Marked):
                self._graded += 1
                self._statuses[one.status] += 1
            else:
                self._failed += 1
                self._kinds[one.kind] += 1
            if one.cost is not None:
                self._dollars += one.cost.dollars
                self._unpriced += one.cost.unpriced
        if not self._lately:
            self._lately.append((self._began, 0))
        self._lately.append((self._clock(), self._graded + self._failed))

    async def _keep_telling(self) -> None:
        while True:
            await asyncio.sleep(0.2)
            self._tell(self.progress)
