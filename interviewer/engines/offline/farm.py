"""The offline grader in several processes: rules take time on a processor, and there is more than one of those."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, TypeAlias

from interviewer.batch.asking import Asked
from interviewer.batch.collecting import collect_seldom
from interviewer.batch.ledger import Claim, Failed, Marked
from interviewer.batch.marking import Papers, marked, request_of
from interviewer.engines.offline.grader import OfflineGrader, grade
from interviewer.scorecard import Stamp

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext  # the first is not on every system

AT_ONCE: Final = 32
"""Answers that go to a process together."""
HANDFULS: Final = 2
"""Handfuls that a process has: one to grade, and one to go on with."""

_KEPT: Final = 1024
"""Questions that a process remembers, at most."""

_HAS_ENDED: Final = "A process that was grading has ended. Give the command again."

Key: TypeAlias = tuple[int, int]
"""Numbers of a question and of its judge."""
Order: TypeAlias = tuple[bool, dict[Key, Asked], list[Claim]]
"""What goes to a process: whether to forget all questions, those that are new to it, and what to grade."""


class Farm:
    """Grades by rules in processes of its own, which end with this one whatever ends it.

    Args:
        papers: what is asked.
        processes: how many; as many as there are processors if not given.
    """

    at_once = AT_ONCE

    def __init__(self, papers: Papers, processes: int | None = None) -> None:
        self._hands = [_Hand(papers) for _ in range(processes or processors())]

    @property
    def workers(self) -> int:
        """Handfuls that keep all processes busy."""
        return HANDFULS * len(self._hands)

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        """Grades a handful in the process that has least to do.

        Raises:
            ChildProcessError: that process has ended, which is no fault of the answers.
        """
        return await min(self._hands, key=lambda hand: hand.busy).mark(claims)

    async def close(self) -> None:
        """Ends the processes."""
        for hand in self._hands:
            await asyncio.to_thread(hand.close)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _beginning() -> ForkServerContext | SpawnContext:
    """How processes begin: out of one that has read the grader already, whose memory they share, where there is such a
    way; else each by itself. A copy of this process would be neither: it has threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


class _Hand:
    """One process, and the way to it."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._known: set[Key] = set()
        self._waiting: deque[asyncio.Future[list[Marked | Failed]]] = deque()
        self._sending = asyncio.Lock()
        self._listener: threading.Thread | None = None
        context = _beginning()
        self._line, far = context.Pipe()
        self._process = context.Process(target=serve, args=(far,), daemon=True)
        self._process.start()
        far.close()  # the only other end is in the process now, so that either side sees the other die

    @property
    def busy(self) -> int:
        """Handfuls that it has."""
        return len(self._waiting)

    async def mark(self, claims: Sequence[Claim]) -> list[Marked | Failed]:
        loop = asyncio.get_running_loop()
        if self._listener is None:
            self._listener = threading.Thread(target=self._listen, args=(loop,), daemon=True)
            self._listener.start()
        result: asyncio.Future[list[Marked | Failed]] = loop.create_future()
        self._waiting.append(result)
        try:
            async with self._sending:  # in a thread: a process that is busy does not take long answers at once
                await asyncio.to_thread(self._send, claims)
            return await result
        finally:
            result.cancel()  # if nobody waits any more

    def _send(self, claims: Sequence[Claim]) -> None:
        try:
            self._line.send(self._order(claims))
        except OSError:
            raise ChildProcessError(_HAS_ENDED) from None

    def _order(self, claims: Sequence[Claim]) -> Order:
        wanted = {(claim.question, claim.judge) for claim in claims}
        forget = len(self._known | wanted) > _KEPT
        new = wanted if forget else wanted - self._known
        self._known = new | (set() if forget else self._known)
        return forget, {key: self._papers.asked(*key) for key in new}, list(claims)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Runs in a thread of its own for as long as there is somebody at either end."""
        with suppress(RuntimeError):  # the loop is over: nobody waits
            try:
                while True:
                    loop.call_soon_threadsafe(self._arrived, self._line.recv())
            except (EOFError, OSError):
                loop.call_soon_threadsafe(self._ended)

    def _arrived(self, done: list[Marked | Failed]) -> None:
        result = self._waiting.popleft()
        if not result.done():
            result.set_result(done)

    def _ended(self) -> None:
        for result in self._waiting:
            if not result.done():
                result.set_exception(ChildProcessError(_HAS_ENDED))
        self._waiting.clear()

    def close(self) -> None:
        self._process.kill()  # what it has is graded again: it was not recorded
        self._process.join()
        if self._listener is not None:
            self._listener.join()  # it has seen the end of the line
        self._line.close()


def serve(line: Connection) -> None:
    """What a process of the farm does until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began it decides when it ends
    stamp = OfflineGrader().stamp
    asked: dict[Key, Asked] = {}
    collect_seldom()
    with suppress(EOFError, OSError):
        while True:
            forget, new, claims = line.recv()
            if forget:
                asked.clear()
            asked.update(new)
            line.send([_graded(claim, asked[claim.question, claim.judge], stamp) for claim in claims])


def _graded(claim: Claim, asked: Asked, stamp: Stamp) -> Marked | Failed:
    """Whatever goes wrong with one answer is told of that one."""
    try:
        return marked(claim, grade(request_of(asked, claim.parts), stamp), stamp)
    except Exception as error:
        return Failed(claim.judge, claim.content, "fault", f"{type(error).__name__}: {error}")
