"""How far two raters agree: the usual figures, small enough to check by hand.

Every function takes two sequences of the same length, one entry per answer. Where a figure is not
defined (no pairs, or a rater who gives everyone the same) the result is None: an undefined agreement
is not a low one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def _paired(first: Sequence[float], second: Sequence[float]) -> int:
    if len(first) != len(second):
        raise ValueError(f"two raters need the same answers: {len(first)} and {len(second)}")
    return len(first)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def exact(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Share of pairs that are equal, 0 to 1."""
    count = _paired(first, second)
    return sum(a == b for a, b in zip(first, second, strict=True)) / count if count else None


def within_one(first: Sequence[float], second: Sequence[float], step: float = 1.0) -> float | None:
    """Share of pairs that are at most one `step` of the scale apart, 0 to 1."""
    count = _paired(first, second)
    near = sum(abs(a - b) <= step + 1e-9 for a, b in zip(first, second, strict=True))
    return near / count if count else None


def bias(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Mean of `first` minus `second`: above zero, the first rater is the more generous one."""
    count = _paired(first, second)
    return math.fsum(a - b for a, b in zip(first, second, strict=True)) / count if count else None


def pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's product-moment correlation, -1 to 1 (Pearson 1895)."""
    if _paired(first, second) < 2:
        return None
    mean_a, mean_b = _mean(first), _mean(second)
    together = math.fsum((a - mean_a) * (b - mean_b) for a, b in zip(first, second, strict=True))
    spread_a = math.fsum((a - mean_a) ** 2 for a in first)
    spread_b = math.fsum((b - mean_b) ** 2 for b in second)
    if spread_a <= 0 or spread_b <= 0:
        return None
    return max(-1.0, min(1.0, together / math.sqrt(spread_a) / math.sqrt(spread_b)))


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value from 1; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            found[place] = (start + end) / 2 + 1
        start = end + 1
    return found


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rank correlation, -1 to 1: Pearson's on ranks, so ties are handled (Spearman 1904)."""
    _paired(first, second)
    return pearson(ranks(first), ranks(second))


def quadratic_weighted_kappa(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Cohen's weighted kappa with squared differences as weights, at most 1; 0 is what chance gives.

    (Cohen 1968, "Weighted kappa".) With weights (a - b)^2 the table of categories is not needed: observed
    disagreement is the mean squared difference of pairs, chance disagreement that of all combinations.
    Values are those of the scale, so levels may be unevenly spaced.
    """
    count = _paired(first, second)
    if not count:
        return None
    mean_a, mean_b = _mean(first), _mean(second)
    observed = math.fsum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / count
    spread = math.fsum((a - mean_a) ** 2 for a in first) + math.fsum((b - mean_b) ** 2 for b in second)
    by_chance = spread / count + (mean_a - mean_b) ** 2
    return 1 - observed / by_chance if by_chance > 0 else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures for one pair of raters."""

    answers: int
    exact: float | None
    within_one: float | None
    pearson: float | None
    spearman: float | None
    kappa: float | None
    bias: float | None


def agreement(first: Sequence[float], second: Sequence[float], step: float = 1.0) -> Agreement:
    """Every figure at once; `first` is the rater under test, `second` the reference."""
    return Agreement(
        answers=_paired(first, second),
        exact=exact(first, second),
        within_one=within_one(first, second, step),
        pearson=pearson(first, second),
        spearman=spearman(first, second),
        kappa=quadratic_weighted_kappa(first, second),
        bias=bias(first, second),
    )
