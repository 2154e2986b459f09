"""What the candidate may do beside answering: hint, skip, pause, end, and in coach mode another try."""

from __future__ import annotations

import pytest

from interviewer.interview.moves import legal_controls
from interviewer.question import QuestionBank
from tests import sample
from tests.interview.steps import Steps


def test_a_skipped_question_leads_on_and_is_noted_as_skipped() -> None:
    steps = Steps().begun()
    steps.control("skip")
    assert steps.kinds() == {"ask"}
    steps.turn("ask")
    assert steps.state.threads[0].skipped
    assert steps.state.threads[0].ended


def test_skipping_after_an_answer_keeps_the_answer() -> None:
    steps = Steps().begun()
    steps.answer()
    steps.turn("probe", "answered")
    steps.control("skip")
    steps.turn("ask")
    assert not steps.state.threads[0].skipped
    assert len(steps.state.threads[0].answers) == 1


def test_a_hint_is_given_once_where_there_is_one() -> None:
    steps = Steps().begun()
    assert "hint" in legal_controls(steps.state)
    steps.control("hint")
    assert steps.kinds() == {"hint"}
    steps.turn("hint")
    assert "hint" not in legal_controls(steps.state)
    bank = sample.bank().model_dump(by_alias=True)
    for question in bank["questions"]:
        question["hint"] = None
    assert "hint" not in legal_controls(Steps(banks=(QuestionBank.model_validate(bank),)).begun().state)


def test_ending_leaves_only_the_goodbye() -> None:
    steps = Steps().begun()
    steps.control("end")
    assert steps.kinds() == {"close"}
    steps.turn("close")
    assert steps.state.closed
    assert legal_controls(steps.state) == frozenset()


def test_paused_there_is_only_going_on_or_ending() -> None:
    steps = Steps().begun()
    steps.control("pause")
    assert legal_controls(steps.state) == {"resume", "end"}
    assert steps.legal() == ()
    steps.control("end")
    assert steps.kinds() == {"close"}


def test_after_feedback_there_is_one_retry_per_answer() -> None:
    steps = Steps(mode="coach").begun()
    steps.answer()
    assert steps.state.floor == "coach"
    assert legal_controls(steps.state) == {"end", "pause"}
    steps.feedback()
    assert legal_controls(steps.state) == {"continue", "retry", "end", "pause"}
    steps.control("retry")
    steps.answer("Better.")
    steps.feedback()
    assert legal_controls(steps.state) == {"continue", "end", "pause"}
    assert [said.text for said in steps.state.threads[0].said] == ["Better."]


def test_a_pause_during_feedback_comes_back_to_it() -> None:
    steps = Steps(mode="coach").begun()
    steps.answer()
    steps.feedback()
    steps.control("pause")
    steps.control("resume")
    assert steps.state.floor == "feedback"
    assert "retry" in legal_controls(steps.state)


@pytest.mark.parametrize("instead", ["skip", "end"])
def test_a_retry_that_is_given_up_does_not_reach_the_next_answer(instead: str) -> None:
    steps = Steps(mode="coach").begun()
    steps.answer()
    steps.feedback()
    steps.control("retry")
    steps.control("skip" if instead == "skip" else "end")
    steps.turn("ask" if instead == "skip" else "close")
    assert steps.state.retry_of is None
    assert len(steps.state.threads[0].answers) == 1


def test_a_hint_before_the_second_try_keeps_it_a_second_try() -> None:
    steps = Steps(mode="coach").begun()
    steps.answer("First.")
    steps.feedback()
    steps.control("retry")
    steps.control("hint")
    steps.turn("hint")
    steps.answer("Second.")
    assert [said.text for said in steps.state.threads[0].said] == ["Second."]
