"""The weakest answer is found by its ratings, never by the words about it."""

from __future__ import annotations

from interviewer.grading.combine import decision_weight
from interviewer.grading.weakest import weakest_answer
from interviewer.scorecard import Grade
from tests import sample
from tests.grading import made


def weakest(*grades: Grade, heavy: tuple[str, ...] = ()) -> int | None:
    return weakest_answer([sample.rubric()], grades, decision_weight(made.decision("gut", heavy=heavy)))


def rated(thread: int, result: str, ownership: str, person: str | None = None) -> Grade:
    return made.grade({"result": result, "ownership": ownership}, person, thread)


def test_the_lowest_mean_is_the_weakest_and_of_two_the_earlier() -> None:
    assert weakest(rated(2, "solid", "solid"), rated(5, "weak", "solid"), rated(9, "solid", "weak")) == 5


def test_what_weighs_more_counts_more() -> None:
    answers = (rated(2, "solid", "weak"), rated(5, "weak", "solid"))
    assert weakest(*answers) == 2
    assert weakest(*answers, heavy=("result",)) == 5


def test_all_members_of_a_panel_count() -> None:
    first = (rated(2, "strong", "strong", "ana"), rated(2, "absent", "absent", "ben"))
    assert weakest(*first, rated(5, "solid", "solid", "ana"), rated(5, "solid", "solid", "ben")) == 2


def test_what_could_not_be_rated_is_not_weak() -> None:
    blank = rated(2, "absent", "absent").model_copy(update={"status": "blank"})
    unknown = rated(3, "not-assessed", "not-assessed")
    foreign = made.grade({"result": "absent"}, thread=4, rubric="another")
    assert weakest(blank, unknown, foreign, rated(5, "strong", "strong")) == 5
    assert weakest(blank, unknown, foreign) is None
