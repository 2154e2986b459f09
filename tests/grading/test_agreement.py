"""Agreement figures against examples worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.agreement import (
    agreement,
    bias,
    exact,
    pearson,
    quadratic_weighted_kappa,
    ranks,
    spearman,
    within_one,
)

A = [1.0, 2.0, 3.0, 4.0, 4.0]
B = [1.0, 3.0, 3.0, 4.0, 2.0]


def test_shares_and_bias() -> None:
    assert exact(A, B) == pytest.approx(3 / 5)
    assert within_one(A, B) == pytest.approx(4 / 5)
    assert within_one([0.0, 0.5], [0.5, 1.5], step=0.5) == pytest.approx(1 / 2)
    assert bias(A, B) == pytest.approx((0 - 1 + 0 + 0 + 2) / 5)


def test_pearson_by_hand() -> None:
    # means 2.8 and 2.6; products 2.88 - 0.32 + 0.08 + 1.68 - 0.72 = 3.6; squares 6.8 and 5.2
    assert pearson(A, B) == pytest.approx(3.6 / math.sqrt(6.8 * 5.2))
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1.0)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)


def test_spearman_with_ties_by_hand() -> None:
    assert ranks(A) == [1.0, 2.0, 3.0, 4.5, 4.5]
    assert ranks(B) == [1.0, 3.5, 3.5, 5.0, 2.0]
    # of ranks: means 3; products 4 + -0.5 + 0 + 3 - 1.5 = 5; squares 9.5 and 9.5
    assert spearman(A, B) == pytest.approx(5 / 9.5)
    assert spearman([1, 2, 3, 4], [1, 4, 9, 16]) == pytest.approx(1.0)


def by_table(first: list[int], second: list[int], levels: int) -> float:
    """Quadratic weighted kappa the long way, with tables of observed and expected counts."""
    count = len(first)
    observed = expected = 0.0
    for i in range(levels):
        for j in range(levels):
            weight = (i - j) ** 2 / (levels - 1) ** 2
            both = sum(a == i and b == j for a, b in zip(first, second, strict=True))
            observed += weight * both
            expected += weight * first.count(i) * second.count(j) / count
    return 1 - observed / expected


def test_kappa_by_hand() -> None:
    # squared differences 0, 1, 0, 0, 4: mean 1; by chance 6.8/5 + 5.2/5 + 0.2 squared = 2.44
    assert quadratic_weighted_kappa(A, B) == pytest.approx(1 - 1 / 2.44)
    assert quadratic_weighted_kappa([0, 1, 2], [0, 1, 2]) == pytest.approx(1.0)
    # two raters, two categories, 20-5-10-15: Cohen's kappa .4, a common worked example
    first, second = [1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert quadratic_weighted_kappa(first, second) == pytest.approx(0.4)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40))
def test_kappa_is_that_of_the_tables(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    found = quadratic_weighted_kappa(first, second)
    if found is None:
        assert len({*first, *second}) == 1
    else:
        assert found == pytest.approx(by_table(first, second, 4), abs=1e-9)


def test_undefined_is_none_and_not_a_number() -> None:
    assert agreement([], []).pearson is None
    assert agreement([], []).exact is None
    assert pearson([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1, 2, 3], [5, 5, 5]) is None
    assert quadratic_weighted_kappa([2, 2], [2, 2]) is None
    with pytest.raises(ValueError, match="same answers"):
        pearson([1.0], [1.0, 2.0])


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=2, max_size=30))
def test_figures_stay_in_their_ranges(pairs: list[tuple[float, float]]) -> None:
    found = agreement([a for a, _ in pairs], [b for _, b in pairs])
    for figure in (found.pearson, found.spearman):
        assert figure is None or -1.0 <= figure <= 1.0
    assert found.kappa is None or found.kappa <= 1.0
