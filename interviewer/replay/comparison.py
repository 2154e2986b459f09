"""Gradings of the same interview held against each other: what moved, by how much, and why it may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from interviewer.replay.moves import Moved, RatingChange, largest_first, move, rating_changes
from interviewer.replay.reasons import criterion_reasons, reasons
from interviewer.scorecard import CriterionResult
from interviewer.transcript.runs import GradingRun


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """One criterion over the whole interview, in two gradings."""

    rubric: str
    criterion: str
    title: str
    before: CriterionResult | None
    after: CriterionResult | None
    moved: Moved
    by: float | None
    """Of the scale, -1 to 1; None where one of the two has no share."""
    reasons: tuple[str, ...] = ()
    """What differs about this criterion itself: its wording, its scale, its weight."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """All that two gradings say of one question with its answers."""

    thread: int
    asked: str
    ratings: tuple[RatingChange, ...]

    @property
    def moved(self) -> tuple[RatingChange, ...]:
        """Those that both gradings asked for and that are not the same in both, the largest move first."""
        return largest_first(self.ratings)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two gradings of one interview."""

    before: GradingRun
    after: GradingRun
    criteria: tuple[CriterionChange, ...]
    answers: tuple[AnswerChange, ...]
    reasons: tuple[str, ...]
    """Everything that differs between the two and may be why; one sentence each."""

    @property
    def differs(self) -> bool:
        """Whether anything is not the same in both."""
        ratings = (rating.moved for answer in self.answers for rating in answer.ratings)
        return any(moved != "same" for moved in (*(one.moved for one in self.criteria), *ratings))

    @property
    def moved(self) -> tuple[CriterionChange, ...]:
        """Those that both gradings asked for and that are not the same in both, the largest move first."""
        return largest_first(self.criteria)


def compare(before: GradingRun, after: GradingRun) -> Comparison:
    """Holds two gradings of one transcript against each other."""
    plain = Comparison(before, after, tuple(_criteria(before, after)), tuple(_answers(before, after)), ())
    return replace(plain, reasons=reasons(before, after, still=not plain.differs))


def _criteria(before: GradingRun, after: GradingRun) -> Iterator[CriterionChange]:
    first = {(one.rubric, one.criterion): one for one in before.scorecard.criteria}
    second = {(one.rubric, one.criterion): one for one in after.scorecard.criteria}
    for key in dict.fromkeys((*first, *second)):
        old, new = first.get(key), second.get(key)
        one = new or old
        assert one is not None
        moved, by = move(old, new)
        yield CriterionChange(*key, one.title, old, new, moved, by, criterion_reasons(before, after, *key))


def _answers(before: GradingRun, after: GradingRun) -> Iterator[AnswerChange]:
    asked = {one.thread: one.asked for run in (before, after) for one in run.scorecard.answers}
    names = {person.id: person.name for run in (before, after) for person in run.jury.people}
    changes = rating_changes((before.rubrics, before.grades), (after.rubrics, after.grades), names)
    for thread, question in sorted(asked.items()):
        yield AnswerChange(thread, question, tuple(change for change in changes if change.thread == thread))


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion in any number of gradings; None where a grading did not ask for it."""

    rubric: str
    criterion: str
    title: str
    results: tuple[CriterionResult | None, ...]


def side_by_side(runs: Sequence[GradingRun]) -> tuple[Line, ...]:
    """Every criterion that any of these gradings has, in the order of the first that has it."""
    found = [{(one.rubric, one.criterion): one for one in run.scorecard.criteria} for run in runs]
    return tuple(
        Line(*key, _title(key, found), tuple(results.get(key) for results in found))
        for key in dict.fromkeys(key for results in found for key in results)
    )


def _title(key: tuple[str, str], found: Iterable[dict[tuple[str, str], CriterionResult]]) -> str:
    return next(results[key].title for results in reversed(list(found)) if key in results)
