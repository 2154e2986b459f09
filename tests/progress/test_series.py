"""A criterion over time compares like with like, and calls nothing an improvement."""

from __future__ import annotations

from typing import Any

import pytest

from interviewer.progress import words
from interviewer.progress.facts import Grader
from interviewer.progress.series import Series, all_series, weakest
from tests.progress.invented import OFFLINE, interview, measure


def one(*shares: float | None, **more: Any) -> Series:
    """The series of one criterion with these shares, day after day."""
    (found,) = all_series(interview(day, {"result": share}, **more) for day, share in enumerate(shares))
    return found


def test_best_latest_and_change_are_over_comparable_interviews() -> None:
    series = one(0.1, 0.8, None, 0.6)
    assert [point.share for point in series.comparable] == [0.1, 0.8, 0.6]
    assert series.offered == 4
    assert series.best.share == 0.8 and series.latest.share == 0.6
    assert series.change == pytest.approx(1.5)
    assert words.direction(series).startswith("1.5 levels up from the first to the latest of 3 comparable interviews")
    assert "Assessed in 3 of 4 interviews" in words.standing(series)


@pytest.mark.parametrize(
    "other",
    [
        measure(rubric_version=2),
        measure(graders=(OFFLINE.model_copy(update={"engine_version": "2"}),)),
        measure(graders=(Grader(engine="anthropic", engine_version="1", model="m", prompt_version="4"),)),
        measure(graders=(OFFLINE.model_copy(update={"samples": 3}),)),
        measure(panel=("even", "strict")),
        measure(coached=True),
    ],
)
def test_another_measure_is_shown_and_not_compared(other: Any) -> None:
    interviews = [interview(0, {"result": 1.0}, measured=other)]
    interviews += [interview(day, {"result": share}) for day, share in ((1, 0.2), (2, 0.3), (3, 0.4))]
    (series,) = all_series(interviews)
    assert [point.comparable for point in series.points] == [False, True, True, True]
    assert series.best.share == 0.4
    assert series.change == pytest.approx(0.6)
    assert words.spark(series.points, 9)[0] == words.NOT_COMPARABLE
    told = words.not_comparable(series) or ""
    assert told.startswith("1 interview is not comparable: ") and len(told) > 40


def test_fewer_than_three_say_that_it_is_too_early() -> None:
    for shares in ((0.1,), (0.1, 0.9), (0.1, None, 0.9)):
        series = one(*shares)
        assert series.change is None
        assert "too early" in words.direction(series) and "too early" in words.short_standing(series)


def test_a_change_that_is_no_more_than_the_usual_wobble_says_so() -> None:
    noisy = one(0.3, 0.7, 0.3, 0.5)
    assert words.direction(noisy).endswith("it moves 1.0 level anyway.")
    steady = one(0.2, 0.4, 0.6, 0.8)
    assert "anyway" not in words.direction(steady)
    assert words.direction(one(0.4, 0.8, 0.4)).startswith("No level moved")


def test_no_sentence_speaks_of_improvement() -> None:
    for series in (one(0.1, 0.9), one(0.1, 0.5, 0.9), one(0.9, 0.5, 0.1)):
        said = " ".join((words.standing(series), words.direction(series), words.short_standing(series)))
        assert "improv" not in said and "better" not in said and "worse" not in said


def test_branches_are_no_points_and_what_was_never_assessed_is_no_series() -> None:
    held, branch = interview(0, {"result": 0.3, "ownership": None}), interview(1, {"result": 0.9}, came="branch")
    (series,) = all_series([held, branch])
    assert series.criterion == "result" and series.latest.share == 0.3


def test_the_weakest_is_what_cost_most_lately() -> None:
    interviews = [interview(day, {"result": late, "ownership": 0.2}) for day, late in enumerate((0.0, 0.9, 0.9, 0.9))]
    assert [series.criterion for series in weakest(all_series(interviews))] == ["ownership"]


@pytest.mark.parametrize(
    ("share", "level"), [(0.0, "Absent"), (0.16, "Absent"), (0.5, "Weak"), (0.51, "Solid"), (1, "Strong")]
)
def test_a_level_is_the_nearest_one_and_the_lower_of_two(share: float, level: str) -> None:
    assert one(share).level(share) == level
