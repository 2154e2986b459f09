"""A question that went badly comes up again after longer and longer times, as long as it goes well."""

from __future__ import annotations

from typing import Any

import pytest

from interviewer.progress.facts import QuestionFact
from interviewer.progress.schedule import INTERVALS, Review, reviews, weakness
from tests.progress.invented import interview, on, question

WEAK, GOOD = question(share=0.3), question(share=0.9)


def waiting(*answers: tuple[int, QuestionFact], **more: Any) -> Review | None:
    """Where a question stands after these answers on these days."""
    found = reviews(interview(day, None, asked, **more) for day, asked in answers)
    return found[0] if found else None


def test_good_answers_when_due_move_it_through_all_intervals_and_out() -> None:
    day, answers = 0, [(0, WEAK)]
    for step, interval in enumerate(INTERVALS):
        found = waiting(*answers)
        assert found is not None
        assert (found.step, found.due) == (step, on(day + interval))
        day += interval
        answers.append((day, GOOD))
    assert waiting(*answers) is None


def test_a_weak_answer_begins_anew() -> None:
    found = waiting((0, WEAK), (1, GOOD), (4, GOOD), (9, WEAK))
    assert found is not None
    assert (found.step, found.due, found.weak) == (0, on(10), 2)


def test_a_good_answer_before_it_is_due_changes_nothing() -> None:
    assert waiting((0, WEAK), (0, GOOD)) == waiting((0, WEAK))
    found = waiting((0, WEAK), (1, GOOD), (2, GOOD))
    assert found is not None and (found.step, found.due) == (1, on(4))


def test_a_late_good_answer_moves_it_one_step_from_the_day_it_was_given() -> None:
    found = waiting((0, WEAK), (20, GOOD))
    assert found is not None and (found.step, found.due) == (1, on(23))


def test_what_went_well_from_the_start_never_waits() -> None:
    assert waiting((0, GOOD), (5, GOOD)) is None


def test_a_branch_counts_only_from_where_it_goes_its_own_way() -> None:
    held = interview(0, None, WEAK)
    shared = WEAK.model_copy(update={"shared": True})
    assert reviews([held, interview(3, None, shared, came="branch")]) == reviews([held])
    (again,) = reviews([held, interview(3, None, GOOD, came="branch")])
    assert again.step == 1


@pytest.mark.parametrize(
    ("asked", "weak"),
    [
        (question(share=0.66), True),
        (question(share=0.67), False),
        (question(share=1.0, points=5, points_missed=3), True),
        (question(share=1.0, points=4, points_missed=2), False),
        (question(share=None, status="blank"), True),
        (question(share=None, status="off-topic"), True),
        (question(share=None, status="skipped", passed=True), True),
        (question(share=None, status="skipped"), None),
        (question(share=None, status="failed"), None),
        (question(share=None, status="refused"), None),
        (question(share=None), None),
    ],
)
def test_what_is_weak_and_what_says_nothing(asked: QuestionFact, weak: bool | None) -> None:
    said = weakness(asked)
    assert (said if said is None else bool(said)) == weak


def test_the_first_due_comes_first() -> None:
    held = [interview(0, None, question("well")), interview(3, None, question("b", 0.1), question("a", 0.1))]
    held.append(interview(1, None, question("c", 0.1)))
    assert [one.question for one in reviews(held)] == ["c", "a", "b"]
