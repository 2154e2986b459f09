"""When a question that went badly comes up again.

A simple schedule of expanding intervals, as flash-card boxes use it: the first review after a day, each later one
after about twice as long. It is not SM-2 and learns nothing about the person; every answer moves a question by the same
rule. Nothing is stored: where each question stands follows from the transcripts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from interviewer.interview.results import STRONG_SHARE
from interviewer.progress.days import day_of
from interviewer.progress.facts import InterviewFacts, QuestionFact

INTERVALS = (1, 3, 7, 16, 35)
"""Days until a question is due again, after the answer that put it there and after each good one since."""

MANY_MISSED = 0.5
"""Share of the key points above which so many were missed that the answer was weak."""


@dataclass(frozen=True, slots=True)
class Review:
    """A question that was answered weakly once and has not been answered well often enough since."""

    question: str
    text: str
    rubric: str
    persona: str
    """Who asked it last."""
    step: int
    """Which of the intervals it waits for, from 0."""
    answered: date
    """The day of the last answer to it."""
    due: date
    weak: int
    """How often it was answered weakly."""
    why: str
    """What was weak about it the last time that it was."""


def reviews(interviews: Iterable[InterviewFacts]) -> tuple[Review, ...]:
    """Every question that waits for a review, the first due first.

    A weak answer sends a question back to the first interval. A good one on the day it is due, or later, moves it on to
    the next; after the last it is done. A good one before that changes nothing: it does not show that it was kept. An
    answer given again in a branch counts like any other.
    """
    waiting: dict[str, Review] = {}
    for interview in sorted(interviews, key=lambda one: one.created):
        today = day_of(interview.created)
        for question in interview.questions:
            if question.shared or (why := weakness(question)) is None:
                continue
            earlier = waiting.get(question.question)
            if why:
                waiting[question.question] = Review(
                    question=question.question,
                    text=question.text,
                    rubric=question.rubric,
                    persona=interview.persona,
                    step=0,
                    answered=today,
                    due=today + timedelta(days=INTERVALS[0]),
                    weak=1 + (earlier.weak if earlier else 0),
                    why=why,
                )
            elif earlier and today >= earlier.due:
                moved = _moved_on(earlier, today)
                if moved is None:
                    del waiting[question.question]
                else:
                    waiting[question.question] = replace(moved, persona=interview.persona)
    return tuple(sorted(waiting.values(), key=lambda one: (one.due, -one.weak, one.question)))


def _moved_on(review: Review, today: date) -> Review | None:
    step = review.step + 1
    if step == len(INTERVALS):
        return None
    return replace(review, step=step, answered=today, due=today + timedelta(days=INTERVALS[step]))


def weakness(question: QuestionFact) -> str | None:
    """What was weak about an answer, in words; empty if nothing was, None if there was nothing to judge."""
    if question.status in {"failed", "refused"}:
        return None  # the grader's failure, not the candidate's
    if question.status == "skipped":
        return "you passed on it" if question.passed else None  # else the interview ended before an answer
    if question.status != "graded":
        return _STATUSES.get(question.status, "it could not be rated")
    if question.points and question.points_missed / question.points > MANY_MISSED:
        return f"{question.points_missed} of {question.points} key points were missing"
    if question.share is None:
        return None
    if question.share < STRONG_SHARE:
        return f"it reached {question.share:.0%} of the scale"
    return ""


_STATUSES = {
    "blank": "the answer was blank",
    "off-topic": "the answer was about something else",
    "no-attempt": "you did not try an answer",
    "pasted-question": "the question was said back",
    "keyword-list": "it was a list of terms",
    "repeated": "an earlier answer was repeated",
}
