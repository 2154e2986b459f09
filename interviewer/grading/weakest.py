"""Which answer was the weakest, by its ratings."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.grading.combine import Weigh, share_of
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade


def weakest_answer(rubrics: Sequence[Rubric], grades: Sequence[Grade], weigh: Weigh) -> int | None:
    """The thread with the lowest weighted mean over everybody's ratings; the earlier of two; None if none was rated.

    An answer without ratings is not weak: nobody knows what it is.
    """
    shares: dict[int, list[tuple[float, float]]] = {}
    by_id = {rubric.id: rubric for rubric in rubrics}
    for grade in grades:
        rubric = by_id.get(grade.rubric)
        if grade.status != "graded" or rubric is None:
            continue
        for rating in grade.ratings:
            if rating.assessed:
                weight = weigh(rubric, rubric.criterion(rating.criterion))
                shares.setdefault(grade.thread, []).append((weight, share_of(rubric, rating.level)))
    means = {
        thread: sum(weight * share for weight, share in rated) / sum(weight for weight, _ in rated)
        for thread, rated in shares.items()
        if any(weight > 0 for weight, _ in rated)
    }
    return min(means, key=lambda thread: (means[thread], thread), default=None)
