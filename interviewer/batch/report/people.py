"""Keeps what is needed to compare grades with those of people: all of it, or a fair sample of very much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Final

from interviewer.batch.ledger import Gold, Result
from interviewer.batch.report.comparison import Pair, Pairs, Scale, compared
from interviewer.batch.report.examples import Examples
from interviewer.batch.report.smallest import Smallest, by_chance
from interviewer.batch.report.values import Comparison
from interviewer.batch.row import OVERALL
from interviewer.grading.combine import share_of
from interviewer.rubric import Rubric

MOST_PAIRS: Final = 20_000
"""Answers that are compared for each criterion; of more a sample by chance is."""
MOST_SCALES: Final = 4
"""Scales that are told of."""


class PeopleTally:
    """Collects grades that people gave beside those given here.

    Args:
        rubrics: id -> rubric in force.
    """

    def __init__(self, rubrics: Mapping[str, Rubric]) -> None:
        self._rubrics = rubrics
        self._kept: dict[tuple[str, str], _Kept] = {}
        self.not_compared: Counter[str] = Counter()
        """What people graded that is no criterion of the rubric."""

    def add(self, result: Result, status: str, share: float | None) -> None:
        """Takes in a row, whatever became of it.

        Args:
            result: the row.
            status: what became of it, in a word.
            share: its overall grade; None if it has none.
        """
        gold = result.gold
        if gold is None:
            return
        rubric = self._rubrics.get(result.grade.rubric) if result.grade is not None else self._only_rubric()
        if rubric is None:
            return
        for name, value in gold.grades.items():
            if name == OVERALL:
                given = share
            elif any(name == one.id for one in rubric.criteria):
                rating = result.grade.rating(name) if result.grade is not None else None
                given = share_of(rubric, rating.level) if rating is not None and rating.assessed else None
            else:
                self.not_compared[name] += 1
                continue
            kept = self._kept.setdefault((rubric.id, name), _Kept())
            why = "not-assessed" if status == "graded" else status
            kept.add(Pair(result.place, result.question or 0, given, value, gold.scale), why, gold, name)

    def _only_rubric(self) -> Rubric | None:
        """By which a row would have been judged that was not; None if that cannot be told."""
        return next(iter(self._rubrics.values())) if len(self._rubrics) == 1 else None

    def comparisons(self, examples: Examples) -> tuple[Comparison, ...]:
        """One for each thing that people graded: the whole answer first, then criteria in the order of the rubric."""
        return tuple(
            compared(rubric, name, kept.pairs(), examples)
            for rubric in self._rubrics.values()
            for name in (OVERALL, *(one.id for one in rubric.criteria))
            if (kept := self._kept.get((rubric.id, name))) is not None
        )


class _Kept:
    def __init__(self) -> None:
        self._both: Smallest[Pair] = Smallest(MOST_PAIRS)
        self._without: Smallest[Pair] = Smallest(MOST_PAIRS)
        self._people: Smallest[tuple[Pair, ...]] = Smallest(MOST_PAIRS)
        self._left_out: Counter[str] = Counter()
        self._named: list[Scale] = []
        self._seen: Scale | None = None
        self._most_people = 0

    def add(self, pair: Pair, why: str, gold: Gold, name: str) -> None:
        key = by_chance(pair.place)
        raters = gold.raters.get(name, ())
        if gold.scale is None:
            values = (pair.gold, *raters, *(self._seen or ()))
            self._seen = (min(values), max(values))
        elif gold.scale not in self._named and len(self._named) < MOST_SCALES:
            self._named.append(gold.scale)
        if pair.given is None:
            self._left_out[why] += 1
            self._without.offer(key, pair)
        else:
            self._both.offer(key, pair)
        if len(raters) > 1:
            self._most_people = max(self._most_people, len(raters))
            twos = (pair._replace(given=one, gold=other) for one, other in combinations(raters, 2))
            self._people.offer(key, tuple(twos))

    def pairs(self) -> Pairs:
        return Pairs(
            seen=self._seen,
            named=self._named,
            both=self._both.items(),
            offered=self._both.offered,
            without=self._without.items(),
            left_out=dict(self._left_out.most_common()),
            people=[two for twos in self._people.items() for two in twos],
            most_people=self._most_people,
        )
