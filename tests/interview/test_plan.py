"""The minutes of an interview are spent as the persona planned, scaled to the time there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.plan import make_plan
from interviewer.library import Library
from tests import sample

BUILT_IN = ("seed-founder", "series-b-panel", "big-tech-bar-raiser")


def test_at_the_default_length_the_plan_is_as_written() -> None:
    persona = sample.persona()
    plan = make_plan(persona, 30)
    lengths = [(one.end - one.start) / 60 for one in plan.segments]
    assert lengths == pytest.approx([segment.minutes for segment in persona.plan])
    assert plan.seconds == 1800
    assert [one.questions for one in plan.segments] == [1, 3, 0, 0]


@given(st.integers(10, 60))
def test_segments_follow_one_another_and_fill_the_time(minutes: int) -> None:
    plan = make_plan(sample.persona(), minutes)
    assert plan.segments[0].start == 0
    for before, after in zip(plan.segments, plan.segments[1:], strict=False):
        assert before.start < before.end == after.start
    assert plan.segments[-1].end == pytest.approx(plan.seconds)


@given(st.integers(10, 60))
def test_the_candidates_time_and_the_closing_shrink_least(minutes: int) -> None:
    for one in make_plan(sample.persona(), minutes).segments:
        if one.segment.questions == 0:
            assert 0.6 - 1e-9 <= (one.end - one.start) / 60 / one.segment.minutes <= 1 + 1e-9
        else:
            assert one.questions >= 1
            assert one.most_questions > one.questions


def test_a_longer_interview_has_more_questions_and_no_longer_goodbye() -> None:
    short, long = make_plan(sample.persona(), 10), make_plan(sample.persona(), 60)
    assert sum(one.questions for one in short.segments) < sum(one.questions for one in long.segments)
    assert long.segments[-1].end - long.segments[-1].start == 120


def test_the_wrap_up_begins_when_the_last_questions_end() -> None:
    plan = make_plan(sample.persona(), 30)
    assert plan.wrap_up() == plan.segments[1].end == 23 * 60


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_persona_has_room_for_a_question_in_each_part_at_any_length(name: str) -> None:
    persona = Library.default().persona(name)
    for minutes in range(persona.minutes.shortest, persona.minutes.longest + 1):
        plan = make_plan(persona, minutes)
        assert plan.segments[-1].end == pytest.approx(plan.seconds)
        for one in plan.segments:
            assert one.end - one.start >= (150 if one.segment.questions else 30)
