"""One grade from replies that rate a single criterion each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interviewer.grading.grader import GradingRequest, grade_for, ungraded
from interviewer.grading.several import agreed, status_of
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Grade, Rating, Stamp


def assembled(request: GradingRequest, grades: Sequence[Grade], stamp: Stamp) -> Grade:
    """The grades of single criteria as one, in the order of the rubric's criteria.

    Status and key points are those that the replies agree on, by the rules of several graders. A criterion whose own
    call failed, or whose reply saw no answer where the others did, is not assessed and says why.
    """
    status = status_of([grade.status for grade in grades])
    if status != "graded":
        held = next((grade for grade in grades if grade.status == status), None)
        return ungraded(request, status, held.note if held else "", stamp, held.failure if held else None)
    pairs = zip(request.rubric.criteria, grades, strict=True)
    points = [point.id for point in request.question.key_points]
    return grade_for(
        request,
        "graded",
        stamp,
        ratings=tuple(grade.rating(one.id) or _without(one.id, grade) for one, grade in pairs),
        covered=agreed(points, [grade.covered for grade in grades if grade.status == "graded"]),
        note=_note(grades),
    )


def _without(criterion: str, grade: Grade) -> Rating:
    why = f": {grade.note}" if grade.note else "."
    return Rating(criterion=criterion, reasoning=f"Its own call came to {grade.status}{why}", level=NOT_ASSESSED)


def _note(grades: Sequence[Grade]) -> str:
    lost = Counter((grade.status, grade.note) for grade in grades if grade.status != "graded")
    return " ".join(
        f"{count} of {len(grades)} criteria: {status}{f': {why}' if why else '.'}"
        for (status, why), count in lost.items()
    )
