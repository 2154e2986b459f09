"""One criterion over several interviews, like only with like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import fmean

from interviewer.interview.results import STRONG_SHARE
from interviewer.progress.facts import CriterionFact, InterviewFacts, Measure

LEAST_TO_COMPARE = 3
"""Comparable interviews below which nothing is said about a direction."""

RECENT = 3
"""The latest comparable interviews, whose mean says where one stands."""

LOW = 0.5
"""Below this share of the scale a criterion counts as rated low: nearer to the bottom than to the top."""


@dataclass(frozen=True, slots=True)
class Point:
    """One criterion in one interview in which it was assessed."""

    interview: str
    created: datetime
    persona_title: str
    share: float
    """0 to 1."""
    measure: Measure
    comparable: bool
    """Made with the same measure as the latest."""


@dataclass(frozen=True, slots=True)
class Series:
    """One criterion over time. It has at least one point."""

    rubric: str
    rubric_title: str
    criterion: str
    title: str
    levels: tuple[str, ...]
    """Titles of the levels, lowest first, as the latest interview has them."""
    weight: float
    """Share of the latest interview's total."""
    practice: str | None
    points: tuple[Point, ...]
    """Earliest first."""
    offered: int
    """Interviews that could have assessed it, those that did not included."""

    @property
    def comparable(self) -> tuple[Point, ...]:
        """The points made with the measure of the latest one, earliest first."""
        return tuple(point for point in self.points if point.comparable)

    @property
    def latest(self) -> Point:
        return self.comparable[-1]

    @property
    def best(self) -> Point:
        """The highest comparable point; of equals the latest."""
        return max(self.comparable, key=lambda point: (point.share, point.created))

    @property
    def recent(self) -> float:
        """The mean of the latest comparable interviews, 0 to 1."""
        return fmean(point.share for point in self.comparable[-RECENT:])

    @property
    def low(self) -> int:
        """Comparable interviews in which it was rated low."""
        return sum(point.share < LOW for point in self.comparable)

    @property
    def weak(self) -> bool:
        """Whether the latest interviews leave something to work on."""
        return self.recent < STRONG_SHARE

    @property
    def cost(self) -> float:
        """Share of the total that the latest interviews did not get for it, 0 to 1."""
        return self.weight * (1 - self.recent)

    @property
    def change(self) -> float | None:
        """Levels from the first comparable interview to the latest; None while there are too few."""
        if len(self.comparable) < LEAST_TO_COMPARE:
            return None
        return (self.latest.share - self.comparable[0].share) * self.steps

    @property
    def wobble(self) -> float:
        """Levels that it moves from one comparable interview to the next, on average, up or down."""
        shares = [point.share for point in self.comparable]
        moves = [abs(after - before) * self.steps for before, after in pairwise(shares)]
        return fmean(moves) if moves else 0.0

    @property
    def steps(self) -> int:
        """Levels between the lowest and the highest."""
        return len(self.levels) - 1

    def level(self, share: float) -> str:
        """The title of the level nearest to a share; between two, the lower one."""
        nearest = min(range(len(self.levels)), key=lambda index: (abs(index - share * self.steps), index))
        return self.levels[nearest]


def all_series(interviews: Iterable[InterviewFacts]) -> tuple[Series, ...]:
    """Every criterion that was assessed at least once, the rubric met last first, in the order of its scorecard.

    Branches are left out: they begin with another interview's answers.
    """
    seen: dict[tuple[str, str], list[tuple[InterviewFacts, CriterionFact]]] = {}
    for interview in interviews:
        if interview.counts:
            for fact in interview.criteria:
                seen.setdefault((fact.rubric, fact.criterion), []).append((interview, fact))
    found = [_series(pairs) for pairs in seen.values() if any(fact.share is not None for _, fact in pairs)]
    last: dict[str, datetime] = {}
    for one in found:
        last[one.rubric] = max(one.points[-1].created, last.get(one.rubric, one.points[-1].created))
    return tuple(sorted(found, key=lambda one: last[one.rubric], reverse=True))


def _series(pairs: Sequence[tuple[InterviewFacts, CriterionFact]]) -> Series:
    assessed = [(interview, fact, fact.share) for interview, fact in pairs if fact.share is not None]
    last, latest, _ = assessed[-1]
    measure = last.measure(latest.rubric)
    return Series(
        rubric=latest.rubric,
        rubric_title=latest.rubric_title,
        criterion=latest.criterion,
        title=latest.title,
        levels=latest.levels,
        weight=latest.weight,
        practice=latest.practice,
        points=tuple(
            Point(
                interview=interview.id,
                created=interview.created,
                persona_title=interview.persona_title,
                share=share,
                measure=interview.measure(fact.rubric),
                comparable=interview.measure(fact.rubric) == measure,
            )
            for interview, fact, share in assessed
        ),
        offered=len(pairs),
    )


def weakest(series: Iterable[Series]) -> tuple[Series, ...]:
    """What leaves something to work on, first what cost most of the total."""
    return tuple(sorted((one for one in series if one.weak), key=lambda one: (-one.cost, one.recent)))
