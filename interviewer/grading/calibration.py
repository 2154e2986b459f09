"""What was measured of a grader: how far its grades agree with those of people. Scorecards cite it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self, TypeAlias

from pydantic import AwareDatetime, Field

from interviewer.document import Document, Identifier, Line
from interviewer.grading.bootstrap import Figure
from interviewer.scorecard import Stamp

OVERALL: Final = "overall"
"""What figures of the whole answer are filed under."""
LEAST_ANSWERS: Final = 30
"""Below this nothing is recorded: an interval would say next to nothing."""
MOST_CITED: Final = 3
"""Records that one sentence cites."""

Cite: TypeAlias = Callable[[Stamp], Stamp]
"""Puts what was measured of a grader on its stamp."""


class Estimate(Document):
    """A figure with its 95 % interval."""

    value: float
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, figure: Figure) -> Self | None:
        """None for a figure that is not defined."""
        if figure.value is None:
            return None
        interval = figure.interval
        return cls(value=figure.value, low=interval.low if interval else None, high=interval.high if interval else None)


class Agreement(Document):
    """Every figure of one comparison. Those that are not defined are None."""

    answers: int = Field(ge=0, description="With a grade on both sides.")
    questions: int = Field(ge=0)
    scale: tuple[float, float] = Field(description="The lowest and the highest grade that people could give.")
    exact: Estimate | None = None
    within_one: Estimate | None = None
    pearson: Estimate | None = None
    spearman: Estimate | None = None
    kappa: Estimate | None = Field(default=None, description="With quadratic weights.")
    bias: Estimate | None = Field(default=None, description="In points of the scale; above zero: too generous.")
    people_kappa: Estimate | None = Field(default=None, description="Of one person with another.")
    people_pearson: Estimate | None = None
    ungraded: dict[str, int] = Field(
        default={}, description="Why answers that people graded have no grade -> how many."
    )


class Calibration(Document):
    """One measurement of one grader on one set of answers that people graded."""

    format: Literal[1] = 1
    graded_set: Line = Field(description="As the user calls it.")
    measured: AwareDatetime
    stamp: Stamp = Field(description="Whose grades were measured; what it cites itself does not matter.")
    rubrics: dict[Identifier, int] = Field(min_length=1, description="Id -> version of those it graded by.")
    figures: dict[Identifier, Agreement] = Field(min_length=1, description="`overall`, or a criterion -> figures.")

    @property
    def about(self) -> tuple[str, str]:
        """Whose grades these are, and by what: a later record of the same replaces this one for readers."""
        return key_of(self.stamp), " ".join(sorted(self.rubrics)) + "\n" + self.graded_set

    def told(self) -> str:
        """In one sentence without a full stop."""
        if OVERALL in self.figures:
            one = self.figures[OVERALL]
            figures = f"QWK {_estimate(one.kappa)}, Pearson {_estimate(one.pearson)}"
        else:
            one = next(iter(self.figures.values()))
            kappas = [of.kappa.value for of in self.figures.values() if of.kappa is not None]
            span = f"{_decimal(min(kappas))} to {_decimal(max(kappas))}" if kappas else "not defined"
            figures = f"QWK {span} by criterion"
        missing = sum(one.ungraded.values())
        answers = f"{one.answers:,} of {one.answers + missing:,}" if missing else f"{one.answers:,}"
        by = " and ".join(f"{name} {version}" for name, version in sorted(self.rubrics.items()))
        return (
            f"{figures} with people's grades on {answers} answers to {one.questions:,} questions "
            f"({self.graded_set}, rubric {by}, {self.measured:%Y-%m-%d})"
        )


def key_of(stamp: Stamp) -> str:
    """What tells a grader from any other that might grade in another way. What it cites is no part of that."""
    return stamp.model_dump_json(exclude={"calibration"})


@dataclass(frozen=True, slots=True)
class Calibrations:
    """Everything that was measured, the latest first."""

    records: Sequence[Calibration] = ()

    def of(self, stamp: Stamp) -> tuple[Calibration, ...]:
        """What was measured of this very grader: the latest for each set and rubric, the latest first."""
        key = key_of(stamp)
        latest: dict[tuple[str, str], Calibration] = {}
        for record in sorted(self.records, key=lambda one: one.measured, reverse=True):
            if key_of(record.stamp) == key:
                latest.setdefault(record.about, record)
        return tuple(latest.values())

    def cite(self, stamp: Stamp) -> Stamp:
        """The stamp with what was measured in place of what it says; unchanged if nothing was measured."""
        found = self.of(stamp)
        return stamp.model_copy(update={"calibration": sentence(found)}) if found else stamp


def sentence(records: Iterable[Calibration]) -> str:
    """What a stamp says. It is made before anybody knows by which rubric will be graded, so it names those measured."""
    found = tuple(records)
    more = f"; {len(found) - MOST_CITED} more are kept" if len(found) > MOST_CITED else ""
    told = "; ".join(one.told() for one in found[:MOST_CITED])
    return f"{told}{more}; this says little of other rubrics and of interviews"


def as_it_is(stamp: Stamp) -> Stamp:
    """Cites nothing beyond what the stamp says."""
    return stamp


def _estimate(one: Estimate | None) -> str:
    if one is None:
        return "not defined"
    interval = f" ({_decimal(one.low)} to {_decimal(one.high)})" if one.low is not None and one.high is not None else ""
    return f"{_decimal(one.value)}{interval}"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 0.995 else f"{value:.2f}"
