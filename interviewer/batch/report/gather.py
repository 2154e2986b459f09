"""One pass over all results of a batch, in memory that does not grow with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from interviewer.batch.ledger import PENDING, Ledger, Result
from interviewer.batch.output import overall, status_of
from interviewer.batch.report.criteria import RubricTally
from interviewer.batch.report.examples import Examples
from interviewer.batch.report.people import PeopleTally
from interviewer.batch.report.questions import QuestionTally
from interviewer.batch.report.smallest import Smallest, by_chance
from interviewer.batch.report.values import Figures, StatusFigures
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, Stamp

FIRST: Final = 5
"""Rows that are named for each status."""
MOST_DISPUTED: Final = 10
_MOST_STAMPS: Final = 1000


def gather(ledger: Ledger, results: Iterable[Result]) -> Figures:
    """Everything that a report says, from what there is so far.

    Args:
        ledger: where it is.
        results: all of them, in the order of the source.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    tally = _Tally(ledger)
    for result in results:
        tally.add(result)
    return tally.figures()


class _Tally:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        present = (Rubric.model_validate_json(body) for body in ledger.present_rubrics())
        self._rubrics: Mapping[str, RubricTally] = {rubric.id: RubricTally(rubric) for rubric in present}
        self._statuses: dict[str, _Status] = {}
        self._failures: dict[str, _Status] = {}
        self._questions = QuestionTally()
        self._people = PeopleTally({name: one.rubric for name, one in self._rubrics.items()})
        self._stamps: Counter[Stamp] = Counter()
        self._disputed: Smallest[tuple[int, str]] = Smallest(MOST_DISPUTED)

    def add(self, result: Result) -> None:
        status = status_of(result)
        self._statuses.setdefault(status, _Status()).add(result)
        if result.failure is not None:
            self._failures.setdefault(result.failure, _Status()).add(result)
        grade = result.grade
        tally = self._rubrics.get(grade.rubric) if grade is not None else None
        if grade is None or tally is None:
            self._people.add(result, status, None)
            return
        share = overall(grade, tally.rubric).share
        if len(self._stamps) < _MOST_STAMPS or grade.stamp in self._stamps:
            self._stamps[grade.stamp] += 1
        if result.question is not None:
            self._questions.add(result.question, share)
        self._people.add(result, status, share)
        tally.add(result, grade, share)
        self._add_disputed(result, grade, tally)

    def _add_disputed(self, result: Result, grade: Grade, tally: RubricTally) -> None:
        if result.copy_of is not None:
            return
        for rating in grade.ratings:
            if rating.disputed:
                apart = tally.steps(rating.lowest, rating.highest)
                self._disputed.offer(by_chance(result.place) - apart, (result.place, rating.criterion))

    def figures(self) -> Figures:
        ledger = self._ledger
        examples = Examples(ledger, {name: one.rubric for name, one in self._rubrics.items()})
        return Figures(
            counts=ledger.counts(),
            cost=ledger.cost(),
            spent=ledger.spent(),
            statuses=_told(self._statuses),
            failures=_told(self._failures),
            rubrics=tuple(one.figures(examples) for one in self._rubrics.values()),
            questions=self._questions.figures(ledger),
            stamps=tuple(self._stamps.most_common()),
            disputed=tuple(examples.of(place, criterion) for place, criterion in self._disputed.items()),
            comparisons=self._people.comparisons(examples),
            not_compared=self._people.not_compared,
        )


class _Status:
    """Rows of one status."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []
        self.problem = ""

    def add(self, result: Result) -> None:
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(f"{result.id} ({result.found})")
            self.problem = self.problem or result.problem


def _told(statuses: Mapping[str, _Status]) -> tuple[StatusFigures, ...]:
    """`graded` first, then those with the most rows."""
    order = sorted(statuses.items(), key=lambda item: (item[0] != "graded", item[0] == PENDING, -item[1].count))
    return tuple(StatusFigures(name, one.count, tuple(one.first), one.problem) for name, one in order)
