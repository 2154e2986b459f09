"""A batch behind its screen: opened in the background, graded in the loop of the screens, written at the end."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Final

from interviewer.batch.ledger import Counts
from interviewer.batch.ledger.browsing import Orders, Pages
from interviewer.batch.plan import Plan
from interviewer.batch.run import Ended, Progress, Run
from interviewer.batch.writing import FILES, write
from interviewer.batch_session import Batch, Task
from interviewer.settings import Settings
from interviewer.tui.failures import sentence
from interviewer.tui.screens.batch.words import Calls, Standing

if TYPE_CHECKING:
    from interviewer.batch.marking import Marking

RATES: Final = 120
"""Seconds of which the rate is kept, one figure for each."""

GENTLE: Final = 5
"""How much processes that grade give way to others, on the scale of the system, 0 to 19."""


class Unwanted(Exception):
    """Nobody waits for the batch any more."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A batch that was read in and planned."""

    batch: Batch
    plan: Plan
    pages: Pages
    orders: Orders

    def close(self) -> None:
        """Lets go of everything."""
        self.pages.close()
        self.orders.close()
        self.batch.close()


def open_batch(task: Task, settings: Settings, tell: Callable[[str, str], None]) -> Opened:
    """Reads the source in and plans. Takes as long as the source is large: not for the thread of the screens.

    Args:
        task: what is to be graded.
        settings: which engine, and what it may cost.
        tell: told what was recognised and, now and then, what is being done; what it raises ends the opening and
            leaves no trace.

    Raises:
        TaskError, SourceError, LedgerError, EngineError, LibraryError: it cannot be begun; nothing was spent.
    """
    with contextlib.ExitStack() as held:
        batch = Batch(task, settings)
        held.callback(batch.close)
        recognised = batch.source.told()
        tell(recognised, "Reading …")
        batch.take_in(lambda rows: tell(recognised, f"Reading: {rows:,} rows"))
        tell(recognised, "Planning …")
        plan = batch.plan()
        pages = Pages(batch.ledger)
        held.callback(pages.close)
        orders = Orders(batch.ledger)
        held.pop_all()
    return Opened(batch, plan, pages, orders)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of carrying a plan out."""

    ended: Ended | None
    """How the run ended; None if there was nothing to grade, or it failed."""
    files: tuple[str, ...]
    """What was written."""
    problem: str
    """What went wrong first, as a sentence; empty if nothing did."""


class Work:
    """Grades a batch in one run or several, with one folder, one engine and one limit of money.

    Args:
        batch: what was opened.
        plan: what was planned.
        clock: seconds, on a clock that never goes back.
    """

    def __init__(self, batch: Batch, plan: Plan, clock: Callable[[], float] = time.monotonic) -> None:
        self.batch: Final = batch
        self.counts: Counts = plan.counts
        """As they were when the present run began, or when the last one ended."""
        self.to_do = plan.to_do
        self.spent = plan.spent
        """US dollars, as of the same moment."""
        self.rates: Final[deque[float]] = deque(maxlen=RATES)
        """Answers a second, in each of the last seconds of grading."""
        self._clock = clock
        self._sampled = (0.0, 0)
        self._run: Run | None = None

    # ---- Where it stands -------------------------------------------------------------------------------

    @property
    def progress(self) -> Progress | None:
        """Of the present run; None if there is none."""
        return self._run.progress if self._run is not None else None

    @property
    def paused(self) -> bool:
        """Whether the present run is paused."""
        return self.progress is not None and self.progress.paused

    @property
    def standing(self) -> Standing:
        """Where the batch stands."""
        pace, counts = self.batch.pace, self.counts
        calls = None if self.batch.decision.offline else Calls(pace.under_way, pace.limit, pace.held_for)
        failed = sum(counts.failures.values())
        return Standing(counts.unique, counts.graded, failed, self.to_do, self.spent, self.cap, self.progress, calls)

    @property
    def cap(self) -> Decimal | None:
        """US dollars that the folder may cost in all."""
        cap = self.batch.settings.max_cost
        return None if cap is None else Decimal(str(cap))

    def sample(self) -> None:
        """Takes down how fast it goes, once a second."""
        progress, now = self.progress, self._clock()
        if progress is None or progress.paused:
            self._sampled = (0.0, 0)
            return
        done = progress.graded + progress.failed
        since, before = self._sampled
        if not since or now - since >= 1:
            if since:
                self.rates.append((done - before) / (now - since))
            self._sampled = (now, done)

    # ---- Steering --------------------------------------------------------------------------------------

    def pause(self) -> None:
        """Begins nothing more until `resume`."""
        if self._run is not None:
            self._run.pause()

    def resume(self) -> None:
        """Goes on after a pause."""
        if self._run is not None:
            self._run.resume()

    def stop(self) -> None:
        """Lets what is under way finish, and begins nothing more."""
        if self._run is not None:
            self._run.stop("You stopped it.")

    async def carry_out(self, writing: Callable[[], None]) -> Outcome:
        """Grades what is left to be graded, and writes what came of it, even if grading failed.

        Args:
            writing: told when grading is over and files are written.
        """
        ended: Ended | None = None
        files: tuple[str, ...] = ()
        problem = ""
        try:
            if self.to_do:
                ended = await self._grade()
        except ChildProcessError as error:
            problem = str(error)
        except Exception as error:
            problem = sentence(error, "grading")
        writing()
        try:
            await asyncio.to_thread(write, self.batch.ledger, self.batch.out)
            files = FILES
        except OSError as error:
            problem = problem or f"{self.batch.task.out} cannot be written to: {error.strerror or error}."
        except Exception as error:
            problem = problem or sentence(error, "writing the grades")
        return Outcome(ended, files, problem)

    async def _grade(self) -> Ended:
        """Grades what is left to be graded. Cancelled, it gives up calls under way and records what has arrived.

        Raises:
            LedgerError: grades cannot be recorded.
            ChildProcessError, OSError: the processes that grade cannot be begun, or ended.
        """
        marking, workers = await asyncio.to_thread(self._marking)
        try:
            self._sampled = (0.0, 0)
            self._run = self.batch.run(marking, workers, lambda _: None)
            return await self._run.run()
        finally:
            await marking.close()
            await self._count()

    def _marking(self) -> tuple[Marking, int]:
        """The way of grading. Processes are begun with the error stream of the system: that of the screens is none,
        and what looks after processes insists on one."""
        with contextlib.redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
        marking = self.batch.marking()
        if hasattr(os, "setpriority"):
            for process in multiprocessing.active_children():  # keys are answered first, grading takes all the rest
                os.setpriority(os.PRIO_PROCESS, process.pid or 0, GENTLE)
        return marking

    async def _count(self) -> None:
        ledger = self.batch.ledger
        counts, spent = await asyncio.to_thread(lambda: (ledger.counts(), ledger.spent()))
        self.counts, self.spent, self._run = counts, spent.dollars, None
        self.to_do = self._limited(counts.missing - sum(counts.failures.values()))

    def _limited(self, number: int) -> int:
        limit = self.batch.task.limit
        return number if limit is None else min(number, limit)

    async def retry(self) -> None:
        """Has the next run try again what failed."""
        await asyncio.to_thread(self.batch.ledger.retry)
        self.to_do = self._limited(self.counts.missing)

    async def close(self) -> None:
        """Lets go of connections to models."""
        await self.batch.engine.close()
