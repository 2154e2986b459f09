"""From ratings to one result per criterion and one total: arithmetic, and nothing but what was assessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.combine import combine, decision_weight, nearest_level, share_of, total
from interviewer.rubric import NOT_ASSESSED, Level, Rubric
from interviewer.scorecard import Grade
from tests import sample
from tests.grading import made

EVEN = decision_weight(made.decision())
ANY_LEVEL = st.sampled_from((*sample.LEVELS, NOT_ASSESSED))
ANY_GRADES = st.lists(st.fixed_dictionaries({"result": ANY_LEVEL, "ownership": ANY_LEVEL}).map(made.grade), max_size=6)


def test_a_criterion_is_the_mean_over_the_answers_that_showed_it() -> None:
    grades = [made.grade({"result": level, "ownership": "weak"}) for level in ("strong", "weak", NOT_ASSESSED)]
    (first, second) = combine([sample.rubric()], grades, EVEN)
    assert first.share == pytest.approx((1 + 1 / 3) / 2)
    assert first.level == "solid"
    assert second.share == pytest.approx(1 / 3)


def test_what_was_not_assessed_never_counts_as_a_number() -> None:
    (first, second) = combine([sample.rubric()], [made.grade({"result": "strong", "ownership": NOT_ASSESSED})], EVEN)
    assert (second.share, second.level) == (None, NOT_ASSESSED)
    whole = total((first, second))
    assert whole.share == 1.0
    assert whole.assessed == pytest.approx(0.5)


def test_with_nothing_assessed_there_is_no_total() -> None:
    whole = total(combine([sample.rubric()], [], EVEN))
    assert (whole.share, whole.assessed) == (None, 0.0)


@pytest.mark.parametrize("status", ["blank", "off-topic", "no-attempt", "skipped", "refused", "failed"])
def test_an_answer_that_could_not_be_rated_changes_nothing(status: str) -> None:
    rated = made.grade({"result": "solid", "ownership": "solid"})
    unrated = Grade.model_validate(rated.model_dump() | {"status": status, "ratings": (), "thread": 9})
    assert combine([sample.rubric()], [rated, unrated], EVEN) == combine([sample.rubric()], [rated], EVEN)


def test_weights_come_from_the_rubric_and_its_share_in_the_decision() -> None:
    rubrics = [made.rubric({"result": 0.8, "ownership": 0.2}), made.rubric({"taste": 1.0}, "other")]
    weigh = decision_weight(made.decision(rubrics={"sample": 0.75, "other": 0.25}))
    weights = {one.criterion: one.weight for one in combine(rubrics, [], weigh)}
    assert weights == pytest.approx({"result": 0.6, "ownership": 0.15, "taste": 0.25})


def test_the_same_criterion_in_two_rubrics_is_weighed_in_each() -> None:
    rubrics = [made.rubric({"result": 0.8, "ownership": 0.2}), made.rubric({"result": 1.0}, "other")]
    weigh = decision_weight(made.decision(rubrics={"sample": 0.5, "other": 0.5}))
    results = combine(rubrics, [], weigh)
    assert [(one.rubric, one.criterion) for one in results] == [
        ("sample", "result"),
        ("sample", "ownership"),
        ("other", "result"),
    ]
    assert [one.weight for one in results] == pytest.approx([0.4, 0.1, 0.5])


def test_heavy_criteria_count_double() -> None:
    weigh = decision_weight(made.decision("gut", heavy=["result"]))
    weights = [one.weight for one in combine([sample.rubric()], [], weigh)]
    assert weights == pytest.approx([2 / 3, 1 / 3])


def test_what_a_person_cares_about_counts_more_for_that_person() -> None:
    weigh = decision_weight(made.decision(), {"result": 3.0})
    weights = [one.weight for one in combine([sample.rubric()], [], weigh)]
    assert weights == pytest.approx([0.75, 0.25])


def test_a_rubric_that_the_decision_does_not_count_is_left_out() -> None:
    rubrics = [sample.rubric(), made.rubric({"taste": 1.0}, "other")]
    assert {one.criterion for one in combine(rubrics, [], EVEN)} == {"result", "ownership"}


@pytest.mark.parametrize(("level", "failed"), [("absent", True), ("weak", False), ("solid", False)])
def test_a_gate_fails_below_its_level_and_not_at_it(level: str, failed: bool) -> None:
    gated = made.rubric({"result": 0.5, "ownership": 0.5}, result="weak")
    (first, second) = combine([gated], [made.grade({"result": level, "ownership": "absent"})], EVEN)
    assert first.gate_failed is failed
    assert second.gate_failed is False


def test_a_gate_needs_evidence_to_fail() -> None:
    gated = made.rubric({"result": 1.0}, result="weak")
    (first,) = combine([gated], [made.grade({"result": "absent"}, quotes=0)], EVEN)
    assert first.level == "absent"
    assert first.gate_failed is False


def test_a_gate_that_was_not_assessed_has_not_failed() -> None:
    gated = made.rubric({"result": 1.0}, result="strong")
    (first,) = combine([gated], [made.grade({"result": NOT_ASSESSED})], EVEN)
    assert first.gate_failed is False


def test_of_answers_that_differ_the_best_and_the_weakest_are_told() -> None:
    grades = [
        made.grade({"result": level, "ownership": "weak"}, thread=place)
        for place, level in enumerate(["weak", "strong"])
    ]
    (first, second) = combine([sample.rubric()], grades, EVEN)
    assert "(Strong): result was strong" in first.reasoning
    assert "(Weak): result was weak" in first.reasoning
    assert second.reasoning == "ownership was weak"


def test_no_quote_is_shown_twice_and_no_more_than_three() -> None:
    grades = [made.grade({"result": "solid", "ownership": "solid"}, quotes=4) for _ in range(5)]
    for one in combine([sample.rubric()], grades, EVEN):
        assert len(one.evidence) == len(set(one.evidence)) <= 3


def test_the_scale_may_be_uneven_and_begin_anywhere() -> None:
    uneven = sample.rubric().model_dump(by_alias=True) | {
        "levels": [
            Level(id=name, title=name, value=value).model_dump()
            for name, value in zip(sample.LEVELS, (1, 2, 6, 11), strict=True)
        ]
    }
    rubric = Rubric.model_validate(uneven)
    assert [share_of(rubric, level) for level in sample.LEVELS] == pytest.approx([0, 0.1, 0.5, 1])
    assert nearest_level(rubric, 0.29).id == "weak"
    assert nearest_level(rubric, 0.31).id == "solid"
    assert nearest_level(rubric, 0.75).id == "solid", "between two, the lower one"


@given(ANY_GRADES, st.floats(0.01, 5), st.sampled_from([(), ("result",)]))
def test_shares_and_weights_stay_between_nothing_and_all(
    grades: list[Grade], care: float, heavy: tuple[str, ...]
) -> None:
    results = combine([sample.rubric()], grades, decision_weight(made.decision(heavy=heavy), {"result": care}))
    assert sum(one.weight for one in results) == pytest.approx(1)
    assert all(one.share is None or 0 <= one.share <= 1 for one in results)
    whole = total(results)
    assert 0 <= whole.assessed <= 1
    assert (whole.share is None) == (whole.assessed == 0)
    if whole.share is not None:
        rated = [one.share for one in results if one.share is not None]
        assert min(rated) - 1e-9 <= whole.share <= max(rated) + 1e-9


@given(ANY_GRADES, st.randoms(use_true_random=False))
def test_the_order_of_grades_does_not_matter_for_the_total(grades: list[Grade], chance: object) -> None:
    shuffled = list(grades)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (combine([sample.rubric()], some, EVEN) for some in (grades, shuffled))
    assert made.shares(first) == pytest.approx(made.shares(second))
