"""Numbers are found in digits and in words, and mean the same in both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.figures import figures, values_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9 percent", "9"),
        ("nine percent", "9"),
        ("12,500 users", "12500"),
        ("12.5 ms", "12.5"),
        ("3.5k requests", "3500"),
        ("$2M a year", "2000000"),
        ("two million", "2000000"),
        ("twenty-five people", "25"),
        ("two hundred and fifty thousand", "250000"),
        ("one million two hundred thousand and twelve", "1200012"),
        ("a hundred", "100"),
        ("three dozen", "36"),
        ("p99 latency", "99"),
        ("the 40th", "40"),
    ],
)
def test_a_number_is_read(text: str, value: str) -> None:
    assert Decimal(value) in values_in([text])


def test_numbers_side_by_side_stay_apart() -> None:
    assert [figure.text for figure in figures("from 9 to 2, two and three, nine of ten")] == [
        *("9", "2", "two", "three", "nine", "ten")
    ]


def test_what_may_be_five_or_five_million_is_both() -> None:
    assert values_in(["5m"]) == {Decimal(5), Decimal(5_000_000)}


def test_words_that_only_look_like_numbers_are_none() -> None:
    assert not list(figures("Often someone attends; a bone, eightfold tension, dozens of hundreds, the first."))


def test_only_words_up_to_ten_are_small() -> None:
    small = {figure.text: figure.small for figure in figures("ten, eleven, 3, two million")}
    assert small == {"ten": True, "eleven": False, "3": False, "two million": False}


@given(st.integers(0, 10**12))
def test_digits_with_and_without_groups_are_the_same(number: int) -> None:
    assert Decimal(number) in values_in([str(number)])
    assert Decimal(number) in values_in([f"{number:,}"])


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert figure.values
