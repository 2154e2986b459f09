"""Agreement figures against worked examples that others have published."""

from __future__ import annotations

import pytest

from interviewer.grading.agreement import exact, pearson, quadratic_weighted_kappa, spearman

MAMMOGRAMS = ((21, 12, 0, 0), (4, 17, 1, 0), (3, 9, 15, 2), (0, 0, 0, 1))
"""Two radiologists on 85 mammograms, four grades (Boyd and others 1982; worked in Stata's manual, `kap`)."""
COUPLES = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
"""91 married couples on a scale of four (Hout and others 1987; worked in R's package vcd, `Kappa`)."""

ANSCOMBE = (
    (
        (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5),
        (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68),
        0.818,
    ),
    (
        (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5),
        (9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74),
        0.691,
    ),
    (
        (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5),
        (7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73),
        0.991,
    ),
    (
        (8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8),
        (6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89),
        0.5,
    ),
)
"""Anscombe 1973: four sets with the same Pearson correlation; their rank correlations differ, the last has ten ties."""


def raters(table: tuple[tuple[int, ...], ...]) -> tuple[list[int], list[int]]:
    """Two sequences of ratings from a table of how often which met which."""
    cells = [
        (row, column) for row, counts in enumerate(table) for column, count in enumerate(counts) for _ in range(count)
    ]
    return [row for row, _ in cells], [column for _, column in cells]


def test_kappa_with_quadratic_weights() -> None:
    assert exact(*raters(MAMMOGRAMS)) == pytest.approx(0.6353, abs=5e-5)
    assert quadratic_weighted_kappa(*raters(MAMMOGRAMS)) == pytest.approx(0.6714, abs=5e-5)
    assert quadratic_weighted_kappa(*raters(COUPLES)) == pytest.approx(0.332, abs=5e-4)


@pytest.mark.parametrize(("first", "second", "ranked"), ANSCOMBE)
def test_correlations(first: tuple[float, ...], second: tuple[float, ...], ranked: float) -> None:
    assert pearson(first, second) == pytest.approx(0.816, abs=1e-3)
    assert spearman(first, second) == pytest.approx(ranked, abs=5e-4)
