"""How grades are distributed: overall, and for each criterion of a rubric."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from interviewer.batch.ledger import Result
from interviewer.batch.report.examples import Examples, length_of
from interviewer.batch.report.smallest import Smallest, by_chance
from interviewer.batch.report.values import BINS, CriterionFigures, LevelFigures, RubricFigures, Spread
from interviewer.grading.combine import share_of
from interviewer.rubric import Criterion, Rubric
from interviewer.scorecard import Grade, Rating

EXAMPLES: Final = 2
"""Answers shown for each level of each criterion."""

_EASY_TO_READ: Final = range(80, 600)
"""Characters of an answer that shows a level without taking long to read."""
_STILL_SHORT: Final = 1500


class RubricTally:
    """Counts what one rubric judged.

    Args:
        rubric: as it is in force.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.rubric: Final = rubric
        self._order = {level.id: place for place, level in enumerate(rubric.levels)}
        self._criteria = {one.id: _CriterionTally(rubric, one) for one in rubric.criteria}
        self._graded = self._rated = 0
        self._bins = [0] * BINS
        self._sum = self._squares = 0.0

    def steps(self, lowest: str | None, highest: str | None) -> int:
        """How many levels lie between two."""
        return self._order[highest] - self._order[lowest] if lowest and highest else 0

    def add(self, result: Result, grade: Grade, share: float | None) -> None:
        """Counts a row that was read by a grader; `share` is its overall grade."""
        if grade.status != "graded":
            return
        self._graded += 1
        if share is not None:
            self._rated += 1
            self._bins[min(BINS - 1, int(share * BINS + 1e-9))] += 1
            self._sum += share
            self._squares += share * share
        key = _readability(result) if result.copy_of is None else None
        for rating in grade.ratings:
            if (tally := self._criteria.get(rating.criterion)) is not None:
                tally.add(rating, result.place, key, self.steps(rating.lowest, rating.highest))
        for missing in self._criteria.keys() - {rating.criterion for rating in grade.ratings}:
            self._criteria[missing].not_assessed += 1

    def figures(self, examples: Examples) -> RubricFigures:
        """What was counted."""
        count = self._rated
        mean = self._sum / count if count else None
        variance = (self._squares - self._sum**2 / count) / (count - 1) if count > 1 else None
        return RubricFigures(
            rubric=self.rubric,
            graded=self._graded,
            rated=count,
            bins=tuple(self._bins),
            mean=mean,
            deviation=math.sqrt(max(0.0, variance)) if variance is not None else None,
            criteria=tuple(one.figures(examples) for one in self._criteria.values()),
        )


class _CriterionTally:
    def __init__(self, rubric: Rubric, criterion: Criterion) -> None:
        self._rubric = rubric
        self._criterion = criterion
        self._levels: Counter[str] = Counter()
        self._examples: dict[str, Smallest[int]] = {level.id: Smallest(EXAMPLES) for level in rubric.levels}
        self._by_several = False
        self._apart: Counter[int] = Counter()
        self._disputed = 0
        self.not_assessed = 0

    def add(self, rating: Rating, place: int, key: float | None, apart: int) -> None:
        self._disputed += rating.disputed
        if not rating.assessed:
            self.not_assessed += 1
            return
        self._levels[rating.level] += 1
        if rating.lowest is not None:
            self._by_several = True
            self._apart[min(apart, 2)] += 1
        if key is not None:
            self._examples[rating.level].offer(key + (0 if rating.evidence else 10), place)

    def figures(self, examples: Examples) -> CriterionFigures:
        count = self._levels.total()
        shares = {level.id: share_of(self._rubric, level.id) for level in self._rubric.levels}
        total = math.fsum(shares[level] * number for level, number in self._levels.items())
        return CriterionFigures(
            criterion=self._criterion,
            levels=tuple(
                LevelFigures(
                    level,
                    shares[level.id],
                    self._levels[level.id],
                    tuple(examples.of(place, self._criterion.id) for place in self._examples[level.id].items()),
                )
                for level in self._rubric.levels
            ),
            not_assessed=self.not_assessed,
            mean=total / count if count else None,
            spread=Spread(self._apart[0], self._apart[1], self._apart[2], self._disputed)
            if self._by_several or self._disputed
            else None,
        )


def _readability(result: Result) -> float:
    """Small for answers that are quickly read; by chance among those that are alike in this."""
    length = length_of(result)
    kind = 0 if length in _EASY_TO_READ else 1 if length <= _STILL_SHORT and length > 80 else 2 if length <= 80 else 3
    return kind + by_chance(result.place)
