"""What is legal next as time runs out, rule by rule."""

from __future__ import annotations

import pytest

from interviewer.interview.moves import seconds_left, segment_seconds_left
from tests import sample
from tests.interview.steps import Steps


def test_when_the_time_is_up_there_is_only_the_goodbye() -> None:
    steps = Steps().begun()
    steps.answer(seconds=1800)
    assert seconds_left(steps.state, steps.now) == 0
    assert steps.kinds("answered") == {"close"}


def test_no_follow_up_begins_in_the_last_moments_of_a_part() -> None:
    steps = Steps().to_segment("main")
    steps.turn("ask")
    steps.answer(seconds=steps.state.plan.wrap_up() - 31 - steps.now)
    assert "probe" in steps.kinds("answered")
    steps.now += 2
    assert "probe" not in steps.kinds("answered")


def test_no_question_begins_without_half_of_its_time() -> None:
    steps = Steps().to_segment("main")
    steps.turn("ask")
    steps.answer(seconds=steps.state.plan.wrap_up() - 121 - steps.now)
    assert "ask" in steps.kinds("answered")
    steps.now += 2
    assert steps.kinds("answered") == {"probe", "invite"}


def test_time_left_over_is_filled_with_more_questions() -> None:
    steps = Steps(persona=sample.persona(questions=2)).to_segment("main")
    for _ in range(4):
        steps.turn("ask")
        steps.answer(seconds=20)
    assert "ask" in steps.kinds("dont-know")


def test_one_very_long_answer_does_not_cost_a_later_part_its_questions() -> None:
    base = sample.persona()
    second = base.plan[1].model_copy(update={"minutes": 9.0})
    third = second.model_copy(update={"id": "third", "title": "Third"})
    steps = Steps(persona=base.model_copy(update={"plan": (base.plan[0], second, third, *base.plan[2:])})).begun()
    steps.answer(seconds=13 * 60)
    steps.turn("next-segment", "dont-know")
    left = segment_seconds_left(steps.state, steps.now)
    assert left == pytest.approx(5 * 60), "the ten minutes until the wrap-up are shared by both parts"


def test_a_part_for_which_no_time_is_left_is_not_begun() -> None:
    steps = Steps().begun()
    steps.answer(seconds=steps.state.plan.wrap_up() - 30)
    assert [(move.kind, move.segment) for move in steps.legal("answered")] == [("invite", "yours")]


def test_the_candidates_questions_end_in_time_for_the_goodbye() -> None:
    steps = Steps().to_segment("yours")
    steps.invited()
    steps.answer("How much runway?")
    steps.turn("answer", "company-question")
    steps.answer("And what else?", seconds=steps.state.plan.segments[-1].start - steps.now)
    assert steps.kinds("company-question") == {"close"}


def test_whoever_overran_may_still_ask_one_question_while_there_is_time_at_all() -> None:
    steps = Steps().begun()
    steps.answer(seconds=1800 - 46)
    steps.turn("invite", "dont-know", segment="yours")
    steps.answer("How much runway?", seconds=5)
    steps.turn("answer", "company-question")
    steps.answer("And what else?", seconds=5)
    assert steps.kinds("company-question") == {"close"}
    steps = Steps().begun()
    steps.answer(seconds=1800 - 44)
    assert "invite" not in steps.kinds("dont-know")
