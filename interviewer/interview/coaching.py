"""Coach mode: what an answer showed, what it missed, and one better sentence to have said."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.grading.combine import share_of
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade

MOST_POINTS = 3
"""Points named on each side; more would not be taken in between two questions."""

LONGEST_QUOTE = 90
"""Characters of a quote in a note."""

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


def feedback_on(
    grade: Grade, question: Question, rubric: Rubric, answer: int, before: Grade | None = None
) -> CoachingNote:
    """The note on one answer, in plain words.

    Args:
        grade: the thread's grade with this answer in it.
        answer: sequence number of the answer; only what it said itself is quoted.
        before: the thread's grade without it, if it was not the first: what was told then is not told again.
    """
    better = question.better if before is None else None
    if grade.status != "graded":
        return CoachingNote((), (_NOTHING_TO_RATE.get(grade.status, grade.note or grade.status),), better)
    points = {point.id: point.point for point in question.key_points}
    known = set(before.covered) if before else set()
    showed = [points[point] for point in grade.covered if point in points and point not in known]
    for rating in grade.ratings:
        quote = next((evidence.quote for evidence in rating.evidence if evidence.event == answer), None)
        if quote and rating.assessed and share_of(rubric, rating.level) >= SHOWN:
            showed.append(f"{rubric.criterion(rating.criterion).title}: \u201c{_short(quote)}\u201d")
    missed = [points[point] for point in grade.missed if point in points]
    if not missed:
        missed = [
            rubric.criterion(rating.criterion).asks
            for rating in grade.ratings
            if rating.assessed and share_of(rubric, rating.level) < SHOWN
        ]
    most_missed = MOST_POINTS if before is None else 1
    return CoachingNote(tuple(showed[:MOST_POINTS]), tuple(missed[:most_missed]), better)


def _short(quote: str) -> str:
    """A quote cut at a word to a length that can be taken in."""
    flat = " ".join(quote.split())
    return flat if len(flat) <= LONGEST_QUOTE else flat[:LONGEST_QUOTE].rpartition(" ")[0] + " \u2026"
