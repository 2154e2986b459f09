"""Grades beside those of people: on one scale, with nothing left out in silence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from interviewer.agreement.as_data import as_data
from interviewer.agreement.compare import compare, compare_predictor
from interviewer.agreement.fitted import Line, fitted
from interviewer.agreement.items import Item, on_one_scale
from interviewer.agreement.scale import Scale, scale_of
from interviewer.grading.agreement import agreement, pearson
from interviewer.library import Library

FIVE = Scale(0, 5, known=True)


def items(given: Sequence[float | None], gold: Sequence[float], each: int = 2) -> list[Item]:
    """Answers of which every `each` are to the same question."""
    return [
        Item(f"q{place // each}", people, given=here)
        for place, (here, people) in enumerate(zip(given, gold, strict=True))
    ]


# ---- The scale ---------------------------------------------------------------------------------------------


def test_whole_grades_are_the_steps_of_a_short_scale_and_tenths_those_of_a_long_one() -> None:
    assert (FIVE.steps, FIVE.size) == (5, 1)
    assert [FIVE.step(grade) for grade in (0, 0.4, 2.5, 2.6, 5)] == [0, 0, 2, 3, 5]
    hundred = Scale(0, 100, known=True)
    assert (hundred.steps, hundred.step(73), hundred.name(7)) == (10, 7, "70")
    odd = Scale(1, 2.5, known=False)
    assert (odd.steps, odd.step(2.5), odd.at(1)) == (10, 10, 2.5)


def test_a_scale_that_is_not_named_is_what_was_seen() -> None:
    assert scale_of([(0, 5)], [1, 4]) == FIVE
    assert scale_of([None, (0, 5)], [1, 4]) == Scale(1, 4, known=False)
    assert scale_of([(0, 2)], [1, 4]) == Scale(1, 4, known=False)  # what it names cannot be right
    assert scale_of([(0, 5), (0, 2)], [1, 2]) is None


def test_grades_on_several_scales_are_compared_as_shares_of_each() -> None:
    mixed = [Item("q", 2, (1, 3), (0, 4)), Item("r", 5, (), (0, 10))]
    scale, found = on_one_scale(mixed)
    assert (scale.low, scale.high) == (0, 100)
    assert [(item.gold, item.raters) for item in found] == [(50, (25, 75)), (50, ())]


def test_a_criterion_without_a_scale_has_that_of_its_rubric_if_grades_fit() -> None:
    rubric = Library.default().rubric("ml-concepts")
    assert on_one_scale([Item("q", 1), Item("q", 2)], rubric)[0] == Scale(0, 3, known=False)
    assert on_one_scale([Item("q", 1), Item("q", 9)], rubric)[0] == Scale(1, 9, known=False)


# ---- A grader ----------------------------------------------------------------------------------------------


def test_figures_are_those_of_the_grades_on_the_scale() -> None:
    given, gold = [0.2, 0.5, 1.0, 0.0], [1.0, 3.5, 4.0, 0.0]
    found = compare("overall", items(given, gold), FIVE)
    plain = agreement([1, 2.5, 5, 0], gold)
    stepped = agreement([1, 2, 5, 0], [1, 3, 4, 0])
    figures = found.figures
    assert (figures.answers, figures.questions) == (4, 2)
    assert figures.pearson.value == plain.pearson
    assert figures.spearman.value == plain.spearman
    assert figures.bias.value == plain.bias
    assert figures.kappa.value == stepped.kappa
    assert (figures.exact.value, figures.within_one.value) == (0.5, 1.0)
    assert found.confusion[3] == (0, 0, 1, 0, 0, 0)
    assert found.confusion[4] == (0, 0, 0, 0, 0, 1)
    assert [(band.name, band.answers) for band in found.bands] == [("low", 2), ("high", 2)]
    assert (found.counted, found.people, found.ungraded) == (None, None, ())


def test_what_was_not_rated_is_told_and_counted_apart() -> None:
    found = compare(
        "overall",
        [
            *items([0.2, 0.8, 1.0], [1, 4, 5]),
            Item("q0", 0, state="blank"),
            Item("q1", 3, state="off-topic"),
            Item("q1", 5, state="failed"),
            Item("q1", 4, state="not-assessed"),
        ],
        FIVE,
    )
    assert found.figures.answers == 3
    assert found.figures.exact.value == 1
    assert found.counted is not None
    assert found.counted.answers == 5  # a failure says nothing of the answer, and neither does "not assessed"
    assert found.counted.exact.value == pytest.approx(4 / 5)
    assert {one.state: (one.count, one.gold_mean) for one in found.ungraded} == {
        "blank": (1, 0),
        "off-topic": (1, 3),
        "failed": (1, 5),
        "not-assessed": (1, 4),
    }


def test_several_people_are_compared_with_each_other_and_each_with_the_grader() -> None:
    graded = [
        Item("q", 3.5, (3, 4), given=0.8),
        Item("q", 5, (5, 5), given=0.8),
        Item("r", 1, (0, 2), given=None, state="blank"),
    ]
    found = compare("overall", graded, FIVE)
    assert found.people is not None
    assert found.people.answers == 3
    assert found.people.exact.value == pytest.approx(1 / 3)
    assert found.one_person is not None
    assert found.one_person.answers == 4
    assert found.one_person.exact.value == pytest.approx(1 / 4)
    three = compare("overall", [Item("q", 2, (1, 2, 3), given=0.4)], FIVE)
    assert three.people is not None
    assert three.people.answers == 3  # every two of three


def test_the_same_for_programs() -> None:
    data = as_data(compare("overall", items([0.2, 0.8, 1.0, 0.0], [1, 4, 5, 1]), FIVE))
    assert data["figures"]["exact"]["value"] == 0.75
    assert data["confusion"]["steps"] == [0, 1, 2, 3, 4, 5]
    assert data["person_against_person"] is None


# ---- A predictor -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["least-squares", "same-spread"])
def test_a_line_has_not_seen_the_question_that_it_grades(line: Line) -> None:
    questions = ["a"] * 3 + ["b"] * 3
    figures, gold = [1.0, 2, 3, 1, 2, 3], [2.0, 4, 6, 9, 8, 7]
    grades = fitted(questions, figures, gold, line)
    falling = -1 if line == "least-squares" else 1  # a line of the same spread never falls: a higher figure is better
    assert grades[:3] == pytest.approx([8 - falling, 8, 8 + falling] if falling > 0 else [9, 8, 7])
    assert grades[3:] == pytest.approx([2, 4, 6])


def test_a_predictor_is_correlated_as_it_is_and_graded_by_the_line() -> None:
    raw = [10.0, 20, 30, 40, 15, 25, 35, 45]
    gold = [0.0, 2, 3, 5, 1, 2, 4, 5]
    found = compare_predictor("overall", items(raw, gold, each=4), FIVE)
    assert found.figures.pearson.value == pearson(raw, gold)
    assert found.figures.exact.value is not None
    assert found.figures.exact.value >= 0.75
    assert found.unseen is not None
    assert found.unseen.value == pytest.approx(pearson(fitted(["a"] * 4 + ["b"] * 4, raw, gold, "least-squares"), gold))


def test_a_predictor_has_no_grades_where_there_is_one_question() -> None:
    found = compare_predictor("overall", items([1, 2, 3], [0, 1, 5], each=3), FIVE)
    assert found.figures.pearson.value is not None
    assert (found.figures.kappa.value, found.unseen, found.bands) == (None, None, ())
