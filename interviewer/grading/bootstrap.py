"""How sure figures of agreement are: confidence intervals by drawing whole questions again.

Answers to one question are alike: a grader that misreads the question misjudges all of them. So what is drawn, with
replacement, is questions with all their answers (the cluster bootstrap; Davison and Hinkley 1997, "Bootstrap Methods
and their Application", section 3.8), and the interval is between percentiles of what the draws give (Efron 1979).

Every figure follows from sums over answers. They are added up once for each question, so that a draw costs as much as
there are questions, however many answers there are.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from interviewer.grading.agreement import agreement, ranks

RESAMPLES: Final = 1000
SEED: Final = 1
COVERAGE: Final = 0.95
MOST_CLUSTERS: Final = 500
"""More questions than these are put together into so many groups, which are then drawn whole."""

_LEAST_DEFINED: Final = 0.9
"""Share of draws that have to have a figure for it to have an interval."""
_NOTHING: Final = 1e-12
"""A spread below this share of the size of the values is rounding, and counts as none."""

Figures: TypeAlias = "tuple[float | None, ...]"


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure would lie in `COVERAGE` of such samples of questions."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and how sure it is."""

    value: float | None
    """None if it is not defined, as a correlation with a rater who gives everyone the same."""
    interval: Interval | None
    """None if it cannot be told: of one question only, or where too many draws have no figure."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Agreement of two raters with intervals; the figures are those of `grading/agreement.py`."""

    answers: int
    clusters: int
    """Questions, as they were told apart."""
    exact: Figure
    within_one: Figure
    pearson: Figure
    spearman: Figure
    kappa: Figure
    bias: Figure


def measured(
    clusters: Sequence[Hashable],
    first: Sequence[float],
    second: Sequence[float],
    step: float = 1.0,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Measured:
    """Every figure of agreement with its interval. The same input always gives the same.

    Ranks are taken once, over all answers, and not again in each draw: what is left out is that ranks would shift a
    little with the questions drawn.

    Args:
        clusters: of each answer, the question it belongs to.
        first: what the rater under test gave.
        second: what the reference gave.
        step: how far apart two grades are that differ by one.
        resamples: how many draws.
        seed: of the draws.

    Raises:
        ValueError: the sequences are not equally long.
    """
    value = agreement(first, second, step)
    sums = _sums(clusters, first, second, step)
    found = intervals(list(sums.values()), _figures, resamples, seed)
    whole = (value.exact, value.within_one, value.pearson, value.spearman, value.kappa, value.bias)
    return Measured(value.answers, len(sums), *map(Figure, whole, found or (None,) * len(whole)))


def intervals(
    rows: Sequence[Sequence[float]],
    figures: Callable[[Sequence[float]], Figures],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[Interval | None, ...]:
    """Intervals of figures that follow from sums.

    Args:
        rows: for each cluster, its sums; as many in each.
        figures: the figures that follow from the sums of several clusters, always as many.
        resamples: how many draws.
        seed: of the draws.

    Returns:
        An interval for each figure; nothing at all without rows.
    """
    if not rows:
        return ()
    rows = _grouped(rows)
    drawing = random.Random(seed)
    drawn = [
        figures([math.fsum(column) for column in zip(*drawing.choices(rows, k=len(rows)), strict=True)])
        for _ in range(resamples if len(rows) > 1 else 0)
    ]
    return tuple(_interval(found, resamples) for found in zip(*drawn, strict=True)) or (None,) * len(figures(rows[0]))


def _grouped(rows: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
    if len(rows) <= MOST_CLUSTERS:
        return rows
    groups = (rows[place::MOST_CLUSTERS] for place in range(MOST_CLUSTERS))
    return [tuple(math.fsum(column) for column in zip(*group, strict=True)) for group in groups]


def _interval(found: Iterable[float | None], resamples: int) -> Interval | None:
    values = sorted(value for value in found if value is not None)
    if len(values) < max(2, _LEAST_DEFINED * resamples):
        return None
    outside = (1 - COVERAGE) / 2
    return Interval(_quantile(values, outside), _quantile(values, 1 - outside))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _sums(
    clusters: Sequence[Hashable], first: Sequence[float], second: Sequence[float], step: float
) -> dict[Hashable, list[float]]:
    """What every figure follows from, for each question: answers, equal ones, near ones, and moments of the grades
    and of their ranks."""
    middle, middle_rank = _mean([*first, *second]), (len(first) + 1) / 2  # moments about zero would cancel out
    found: dict[Hashable, list[float]] = {}
    for cluster, a, b, rank_a, rank_b in zip(clusters, first, second, ranks(first), ranks(second), strict=True):
        near = abs(a - b) <= step + 1e-9
        terms = (
            1.0,
            a == b,
            near,
            *_moments(a - middle, b - middle),
            *_moments(rank_a - middle_rank, rank_b - middle_rank),
        )
        kept = found.setdefault(cluster, [0.0] * len(terms))
        for place, term in enumerate(terms):
            kept[place] += term
    return found


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def _moments(a: float, b: float) -> tuple[float, float, float, float, float]:
    return a, b, a * a, b * b, a * b


def _figures(sums: Sequence[float]) -> Figures:
    count, equal, near = sums[:3]
    grades, ranked = sums[3:8], sums[8:13]
    return (
        equal / count,
        near / count,
        _correlation(count, grades),
        _correlation(count, ranked),
        _kappa(count, grades),
        (grades[0] - grades[1]) / count,
    )


def _correlation(count: float, moments: Sequence[float]) -> float | None:
    a, b, aa, bb, ab = moments
    spread_a, spread_b = _spread(count, a, aa), _spread(count, b, bb)
    if not spread_a or not spread_b:
        return None
    return max(-1.0, min(1.0, (ab - a * b / count) / math.sqrt(spread_a) / math.sqrt(spread_b)))


def _kappa(count: float, moments: Sequence[float]) -> float | None:
    a, b, aa, bb, ab = moments
    observed = (aa + bb - 2 * ab) / count
    by_chance = (_spread(count, a, aa) + _spread(count, b, bb)) / count + ((a - b) / count) ** 2
    return 1 - observed / by_chance if by_chance > 0 else None


def _spread(count: float, total: float, squares: float) -> float:
    """Sum of squared distances from the mean."""
    spread = squares - total * total / count
    return spread if spread > _NOTHING * squares else 0.0
