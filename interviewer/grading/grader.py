"""What a grader is: something that rates one answer thread under one rubric and knows nothing else.

A grader sees the question, the answers and the rubric. It does not see what the interviewer said in
praise, other ratings, or who the candidate is.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Protocol

from pydantic import Field

from interviewer.cost import Cost
from interviewer.document import Document
from interviewer.persona import Person
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, GradeStatus, Rating, Stamp, Vote


class Exchange(Document):
    """One thing that was asked and what was answered."""

    asked: str
    gap: str | None = None
    answer: str
    event: int
    part: str = Field(default="", description="The file that `answer` is the text of, if files were handed in.")


class GradingRequest(Document):
    """Everything a grader may see."""

    thread: int
    question: Question
    rubric: Rubric
    exchanges: tuple[Exchange, ...]
    earlier: tuple[str, ...] = ()
    """Answers given earlier to other questions: an answer repeated word for word is no new evidence."""
    person: Person | None = None
    """The panel member who judges, with their own strictness; none for an interview with one person."""
    skipped: bool = False

    @property
    def is_submission(self) -> bool:
        """Whether files were handed in, and not answers given."""
        return bool(self.exchanges) and bool(self.exchanges[0].part)


class Grader(Protocol):
    """Rates answers."""

    @property
    def stamp(self) -> Stamp:
        """Who grades, exactly."""

    async def grade(self, request: GradingRequest) -> Grade:
        """Rates one thread. Never raises for what the candidate wrote; a failure is a status."""


def ungraded(
    request: GradingRequest, status: GradeStatus, note: str, stamp: Stamp, failure: str | None = None
) -> Grade:
    """A grade that holds no ratings, because there was nothing to rate, or nobody who could."""
    return grade_for(request, status, stamp, note=note, failure=failure)


def grade_for(
    request: GradingRequest,
    status: GradeStatus,
    stamp: Stamp,
    *,
    ratings: tuple[Rating, ...] = (),
    covered: Container[str] = (),
    note: str = "",
    failure: str | None = None,
    cost: Cost | None = None,
    votes: tuple[Vote, ...] = (),
) -> Grade:
    """The grade of what was asked for. Key points of the question that are not covered are missed.

    Args:
        request: what was graded.
        status: what came of it.
        stamp: who graded.
        ratings: of the rubric's criteria.
        covered: ids of key points that were touched; others in it do not count.
        note: what the reader should know.
        failure: its kind, if it failed.
        cost: of the calls it took.
        votes: of several graders.
    """
    points = [point.id for point in request.question.key_points]
    return Grade(
        thread=request.thread,
        question=request.question.id,
        rubric=request.rubric.id,
        rubric_version=request.rubric.version,
        person=request.person.id if request.person else None,
        status=status,
        ratings=ratings,
        covered=tuple(point for point in points if point in covered),
        missed=tuple(point for point in points if point not in covered),
        note=note,
        failure=failure,
        stamp=stamp,
        cost=cost,
        votes=votes,
    )
