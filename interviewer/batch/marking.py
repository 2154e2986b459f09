"""How answers that were claimed are graded: what every way of doing it has in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from interviewer.batch.asking import Asked
from interviewer.batch.intake import asked_of
from interviewer.batch.ledger import Claim, Failed, Ledger, Marked
from interviewer.grading.grader import Exchange, Grader, GradingRequest
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, Stamp

_QUESTIONS_KEPT = 2048
_RUBRICS_KEPT = 64


class Marking(Protocol):
    """A way of grading."""

    @property
    def at_once(self) -> int:
        """Answers that are best handed over together."""

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        """Grades what was claimed; one result for each, in any order. Never raises for what an answer holds."""

    async def close(self) -> None:
        """Lets go of what it holds."""


class Papers:
    """Puts what was claimed together with its question and rubric."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._asked = lru_cache(maxsize=_QUESTIONS_KEPT)(self._read)
        self._rubric = lru_cache(maxsize=_RUBRICS_KEPT)(self._read_rubric)

    def asked(self, question: int, judge: int) -> Asked:
        """A question under the rubric of its judge."""
        return self._asked(question, judge)

    def _read(self, question: int, judge: int) -> Asked:
        return asked_of(self._ledger.question_body(question), self._rubric(judge))

    def _read_rubric(self, judge: int) -> Rubric:
        """One object for all questions of a judge: graders keep what they make of a rubric by its identity."""
        return Rubric.model_validate_json(self._ledger.rubric_body(judge))

    def request(self, claim: Claim) -> GradingRequest:
        """What a grader is given."""
        return request_of(self.asked(claim.question, claim.judge), claim.parts)


def request_of(asked: Asked, parts: Sequence[tuple[str, str]]) -> GradingRequest:
    """What a grader is given: one exchange for each part, numbered from 1 as its evidence cites it."""
    return GradingRequest(
        thread=0,
        question=asked.question,
        rubric=asked.rubric,
        exchanges=tuple(
            Exchange(asked=asked.question.text, answer=text, event=place, part=name)
            for place, (name, text) in enumerate(parts, 1)
        ),
    )


def marked(claim: Claim, grade: Grade, stamp: Stamp) -> Marked | Failed:
    """A grade as the ledger keeps it. A failure is none.

    Args:
        claim: what was graded.
        grade: what came of it.
        stamp: the judge's.
    """
    if grade.status == "failed":
        return Failed(claim.judge, claim.content, grade.failure or "unknown", grade.note, grade.cost)
    left_out = {"cost", "stamp"} if grade.stamp == stamp else {"cost"}
    body = grade.model_dump_json(exclude=left_out, exclude_defaults=True)
    return Marked(claim.judge, claim.content, grade.status, body, grade.cost)


class GraderMarking:
    """Grades with a grader that is asked for one answer at a time.

    Args:
        grader: whom to ask.
        papers: what to ask about.
    """

    at_once = 1

    def __init__(self, grader: Grader, papers: Papers) -> None:
        self._grader = grader
        self._papers = papers

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        """Grades one after the other."""
        return [await self._marked(claim) for claim in claims]

    async def _marked(self, claim: Claim) -> Marked | Failed:
        request = self._papers.request(claim)
        try:
            return marked(claim, await self._grader.grade(request), self._grader.stamp)
        except Exception as error:  # whatever goes wrong with one answer is told of that one
            return Failed(claim.judge, claim.content, "fault", f"{type(error).__name__}: {error}")

    async def close(self) -> None:
        """The grader is not ours to close."""
