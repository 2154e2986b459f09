"""Intervals of agreement: the same figures as without them, from whole questions, wide where questions differ."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from interviewer.grading.agreement import agreement
from interviewer.grading.bootstrap import MOST_CLUSTERS, Interval, intervals, measured

NAMES = ("exact", "within_one", "pearson", "spearman", "kappa", "bias")


def graded(questions: int, each: int, seed: int = 3) -> tuple[list[int], list[float], list[float]]:
    """Answers of several questions: how far the first rater is off depends on the question."""
    chance = random.Random(seed)
    clusters: list[int] = []
    first: list[float] = []
    second: list[float] = []
    for question in range(questions):
        off = chance.choice((-1, 0, 0, 1))
        for _ in range(each):
            level = chance.randrange(6)
            clusters.append(question)
            second.append(level)
            first.append(min(5, max(0, level + off + chance.choice((-1, 0, 0, 0, 1)))))
    return clusters, first, second


def test_the_figures_are_those_of_agreement_and_lie_within_their_intervals() -> None:
    clusters, first, second = graded(12, 20)
    found, plain = measured(clusters, first, second), agreement(first, second)
    assert (found.answers, found.clusters) == (240, 12)
    for name in NAMES:
        figure = getattr(found, name)
        assert figure.value == getattr(plain, name)
        assert figure.interval.low < figure.value < figure.interval.high, name


def test_a_draw_takes_questions_with_all_their_answers() -> None:
    """Against the plain way of doing it: answers put together again for each draw, every figure worked out anew."""
    clusters, first, second = graded(8, 10)
    found = measured(clusters, first, second, resamples=300, seed=5)
    drawing = random.Random(5)
    drawn = []
    for _ in range(300):
        places = [
            place
            for question in drawing.choices(range(8), k=8)
            for place, own in enumerate(clusters)
            if own == question
        ]
        drawn.append(agreement([first[place] for place in places], [second[place] for place in places]))
    for name in set(NAMES) - {"spearman"}:  # whose ranks are taken once
        values = sorted(getattr(one, name) for one in drawn)
        interval = getattr(found, name).interval
        assert interval.low == pytest.approx(values[7] + 0.475 * (values[8] - values[7]), abs=1e-9)
        assert interval.high == pytest.approx(values[291] + 0.525 * (values[292] - values[291]), abs=1e-9)


def test_answers_that_are_alike_within_a_question_make_an_interval_wider() -> None:
    clusters, first, second = graded(10, 40)
    by_question = measured(clusters, first, second).bias.interval
    by_answer = measured(range(len(first)), first, second).bias.interval
    assert by_question is not None
    assert by_answer is not None
    assert width(by_question) > 2 * width(by_answer)


def width(interval: Interval) -> float:
    return interval.high - interval.low


def test_nine_in_ten_intervals_hold_the_truth() -> None:
    """Of a mean whose truth is known, with 40 clusters; fewer would fall a little short."""
    chance, held = random.Random(11), 0
    for _ in range(120):
        rows = [(1.0, chance.gauss(0.3, 1)) for _ in range(40)]
        (interval,) = intervals(rows, lambda sums: (sums[1] / sums[0],), resamples=200)
        assert interval is not None
        held += interval.low <= 0.3 <= interval.high
    assert held >= 0.88 * 120


def test_what_is_not_defined_has_no_interval() -> None:
    one = measured(["q"] * 4, [1, 2, 3, 4], [1, 2, 3, 3])
    assert one.kappa.value is not None
    assert one.kappa.interval is None
    same = measured([1, 1, 2, 2, 3], [2, 2, 2, 2, 2], [1, 2, 3, 2, 1])
    assert (same.pearson.value, same.pearson.interval, same.spearman.interval) == (None, None, None)
    assert same.exact.interval is not None
    none = measured([], [], [])
    assert (none.answers, none.exact.value, none.exact.interval) == (0, None, None)


def test_raters_who_agree_on_everything_are_sure_to() -> None:
    found = measured([1, 1, 2, 2, 3], [100.1, 100.2, 100.1, 100.3, 100.2], [100.1, 100.2, 100.1, 100.3, 100.2])
    assert found.kappa.interval == Interval(1, 1)
    assert found.pearson.interval is not None
    assert found.pearson.interval.low == pytest.approx(1)


def test_the_same_answers_give_the_same_intervals() -> None:
    assert measured(*graded(6, 5)) == measured(*graded(6, 5))


def test_very_many_questions_are_drawn_in_groups() -> None:
    sizes: set[int] = set()

    def figures(sums: Sequence[float]) -> tuple[float, ...]:
        sizes.add(round(sums[0]))
        return (sums[1] / sums[0],)

    (interval,) = intervals([(1.0, place % 2) for place in range(MOST_CLUSTERS * 4)], figures, resamples=20)
    assert sizes == {MOST_CLUSTERS * 4}
    assert interval is not None


def test_raters_with_different_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="same answers"):
        measured([1], [1, 2], [1])
