"""Coach mode: what an answer showed, what it missed, and one better sentence to have said."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.grading.combine import share_of
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade

MOST_POINTS = 3
"""Points named on each side; more would not be taken in between two questions."""

SHOWN = 0.5
"""Share of the scale from which a criterion counts as shown."""

_NOTHING_TO_RATE = {
    "blank": "There was no answer to look at.",
    "off-topic": "The answer was about something other than the question.",
    "no-attempt": "No attempt yet. Saying how you would find out is worth more than passing.",
    "pasted-question": "The question came back as the answer.",
    "keyword-list": "Terms without a statement: say what you did or would do with them, and why.",
    "repeated": "This was said before, to another question.",
    "failed": "This answer could not be graded just now; it can be graded again later.",
    "refused": "The grader declined to rate this answer.",
}


@dataclass(frozen=True, slots=True)
class CoachingNote:
    """What is said after one answer."""

    showed: tuple[str, ...]
    missed: tuple[str, ...]
    better: str | None


def feedback_on(grade: Grade, question: Question, rubric: Rubric) -> CoachingNote:
    """The note for one grade, in plain words."""
    if grade.status != "graded":
        return CoachingNote((), (_NOTHING_TO_RATE.get(grade.status, grade.note or grade.status),), question.better)
    shown = [
        rubric.criterion(rating.criterion).title
        for rating in grade.ratings
        if rating.assessed and rating.evidence and share_of(rubric, rating.level) >= SHOWN
    ]
    points = {point.id: point.point for point in question.key_points}
    showed = [points[point] for point in grade.covered if point in points] + shown
    missed = [points[point] for point in grade.missed if point in points]
    if not missed:
        missed = [
            rubric.criterion(rating.criterion).asks
            for rating in grade.ratings
            if rating.assessed and share_of(rubric, rating.level) < SHOWN
        ]
    return CoachingNote(tuple(showed[:MOST_POINTS]), tuple(missed[:MOST_POINTS]), question.better)
