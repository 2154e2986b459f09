"""Grading beside the conversation, which never waits for it: one task for each thread and each who judges it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from interviewer.grading.grader import Grader, GradingRequest
from interviewer.interview.requests import graded, grading_request, judges
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.scorecard import Grade


class GradingBeside:
    """The gradings of one interview.

    Args:
        grader: who judges.
        keep: takes every grade as soon as it is there. What it raises ends that grading.
    """

    def __init__(self, grader: Grader, keep: Callable[[Grade], None]) -> None:
        self._grader = grader
        self._keep = keep
        self._tasks: dict[tuple[int, str | None], asyncio.Task[None]] = {}

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """The gradings that were begun, done or not; of those begun again the last."""
        return tuple(self._tasks.values())

    def begin(self, state: State, threads: Iterable[Thread]) -> None:
        """Begins to grade what neither has its grade nor is being graded.

        Args:
            state: where the interview stands, with the grades that are there.
            threads: those that are to be graded.
        """
        for thread in threads:
            for person in judges(state.persona):
                key = (thread.turn, person.id if person else None)
                done = any((one.thread, one.person) == key and one.status != "failed" for one in state.grades)
                if not done and (key not in self._tasks or _failed(self._tasks[key])):
                    self._tasks[key] = asyncio.create_task(self._grade(grading_request(state, thread, person)))

    async def _grade(self, request: GradingRequest) -> None:
        self._keep(await graded(self._grader, request))


def _failed(task: asyncio.Task[None]) -> bool:
    """Whether a grade was made and could not be written, or was given up, so that it has to be made again."""
    return task.done() and (task.cancelled() or task.exception() is not None)
