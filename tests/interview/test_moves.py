"""What is legal next after what was said, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from interviewer.interview.moves import MOST_CANDIDATE_QUESTIONS, eligible_questions, legal_moves
from interviewer.persona import Persona
from interviewer.question import QuestionBank
from interviewer.transcript.events import Outcome
from tests import sample
from tests.interview.steps import Steps


def persona_with(moves: dict[str, Any] | None = None, panel: bool = False, **more: Any) -> Persona:
    base = sample.persona(panel=panel, **more)
    return base.model_copy(update={"moves": base.moves.model_copy(update=moves or {})})


def test_first_comes_the_greeting_by_the_lead_of_the_first_part() -> None:
    steps = Steps(persona=sample.persona(panel=True))
    assert [(move.kind, move.speaker) for move in steps.legal()] == [("open", "ana")]


def test_after_the_greeting_only_questions_of_this_part_may_be_asked() -> None:
    steps = Steps()
    steps.turn("open")
    assert steps.kinds() == {"ask"}
    assert {move.question for move in steps.legal()} == {f"q{number}" for number in range(12)}


def test_nothing_is_legal_while_the_candidate_has_the_floor() -> None:
    assert Steps().begun().legal() == ()


def test_a_question_is_never_asked_twice_nor_one_like_it() -> None:
    steps = Steps(persona=sample.persona(questions=3))
    steps.turn("open")
    steps.turn("ask", question="q3")
    assert "q3" not in {question.id for question in eligible_questions(steps.state)}
    bank = sample.bank(2).model_dump(by_alias=True)
    bank["questions"][1]["text"] = "Describe a payment outage that has shaped your work!"
    steps = Steps(banks=(QuestionBank.model_validate(bank),))
    steps.turn("open")
    steps.turn("ask", question="q0")
    assert eligible_questions(steps.state) == ()


@pytest.mark.parametrize(
    ("change", "left"),
    [({"topics": ["T-4"]}, {"q4"}), ({"formats": ["other"]}, set()), ({"rubric": "other"}, set())],
)
def test_a_part_asks_only_what_fits_it(change: dict[str, Any], left: set[str]) -> None:
    base = sample.persona()
    first = base.plan[0].model_copy(update=change)
    steps = Steps(persona=base.model_copy(update={"plan": (first, *base.plan[1:])}))
    steps.turn("open")
    assert {question.id for question in eligible_questions(steps.state)} == left
    assert steps.kinds() == ({"ask"} if left else {"next-segment"})


def test_an_answer_may_be_followed_up_or_left() -> None:
    steps = Steps().begun()
    steps.answer()
    assert steps.kinds("answered") == {"probe", "ask"}


def test_no_more_follow_ups_than_the_part_allows() -> None:
    steps = Steps(persona=sample.persona(follow_ups=2)).to_segment("main")
    steps.turn("ask")
    for _ in range(2):
        steps.answer()
        steps.turn("probe", "answered")
    steps.answer()
    assert "probe" not in steps.kinds("answered")


def test_a_gap_is_probed_once_and_not_after_it_was_closed() -> None:
    steps = Steps(persona=sample.persona(follow_ups=8)).to_segment("main")
    steps.turn("ask", question="q5")
    steps.answer()
    steps.turn("probe", "answered", gap="point:k5-cause")
    steps.answer()
    left = {move.gap for move in steps.legal("answered", closed=("point:k5-repair",)) if move.kind == "probe"}
    assert left == {"gap:g5"}


def test_a_twist_is_put_once() -> None:
    bank = sample.bank(2).model_dump(by_alias=True)
    bank["questions"][0]["twists"] = [
        {"id": "t", "kind": "flip-problem", "text": "Overnight the opposite is true.", "looks_for": "-", "cues": ["so"]}
    ]
    steps = Steps(persona=sample.persona(follow_ups=8), banks=(QuestionBank.model_validate(bank),))
    steps.turn("open")
    steps.turn("ask", question="q0")
    steps.answer()
    steps.turn("probe", "answered", gap="twist:t")
    steps.answer()
    assert "twist:t" not in {move.gap for move in steps.legal("answered")}


def test_a_gap_that_the_candidate_does_not_know_about_is_given_up() -> None:
    steps = Steps(persona=sample.persona(follow_ups=8)).to_segment("main")
    steps.turn("ask", question="q5")
    steps.answer()
    steps.turn("probe", "answered", gap="gap:g5")
    steps.answer("I don't know.")
    steps.turn("hint", "dont-know") if "hint" in steps.kinds("dont-know") else steps.turn("ask", "dont-know")
    thread = next(thread for thread in steps.state.threads if thread.question == "q5")
    assert "gap:g5" in thread.dead


@pytest.mark.parametrize("outcome", ["off-topic", "pasted-question", "keyword-list", "repeated", "blank"])
def test_what_is_no_answer_is_led_back_once(outcome: Outcome) -> None:
    steps = Steps().begun()
    steps.answer("bananas")
    assert steps.kinds(outcome) == {"redirect"}
    steps.turn("redirect", outcome)
    steps.answer("bananas again")
    assert "redirect" not in steps.kinds(outcome)
    assert steps.kinds(outcome) == {"ask"}


def test_not_knowing_gets_a_hint_or_the_next_question() -> None:
    steps = Steps().begun()
    steps.answer("I don't know.")
    assert steps.kinds("dont-know") == {"hint", "ask"}
    steps.turn("hint", "dont-know")
    steps.answer("Still no idea.")
    assert steps.kinds("dont-know") == {"ask"}


def test_not_knowing_a_detail_after_an_answer_gets_no_hint() -> None:
    steps = Steps().begun()
    steps.answer()
    steps.turn("probe", "answered")
    steps.answer("I can't recall.")
    assert "hint" not in steps.kinds("dont-know")


def test_a_question_back_is_answered_twice_and_no_more() -> None:
    steps = Steps().begun()
    for _ in range(2):
        steps.answer("What do you mean by that?")
        assert steps.kinds("clarifying-question") == {"clarify"}
        steps.turn("clarify", "clarifying-question")
    steps.answer("And what is work?")
    assert steps.kinds("clarifying-question") == {"ask"}


def test_a_question_about_the_company_is_answered_by_any_of_them() -> None:
    steps = Steps(persona=sample.persona(panel=True)).begun()
    steps.answer("How much runway do you have?")
    assert [(move.kind, move.speaker) for move in steps.legal("company-question")] == [
        ("answer", "ana"),
        ("answer", "ben"),
        ("answer", "cleo"),
    ]


def test_after_a_colleague_has_answered_the_lead_goes_on() -> None:
    who = persona_with({"interject": False}, panel=True)
    steps = Steps(persona=who).begun()
    steps.answer("How much runway do you have?")
    steps.turn("answer", "company-question", speaker="cleo")
    steps.answer()
    assert {move.speaker for move in steps.legal("answered")} == {"ana"}


def test_silence_is_kept_after_a_thin_answer_and_only_by_those_who_do_so() -> None:
    steps = Steps().begun()
    steps.answer("We fixed it.")
    assert "wait" in steps.kinds("answered")
    steps.turn("wait", "answered")
    steps.answer("I fixed it.")
    assert "wait" not in steps.kinds("answered")
    steps = Steps().begun()
    steps.answer()
    assert "wait" not in steps.kinds("answered"), "the answer was not thin"
    steps = Steps(persona=persona_with({"silence": False})).begun()
    steps.answer("We fixed it.")
    assert "wait" not in steps.kinds("answered")


def test_a_colleague_follows_up_only_on_panels_that_do_so() -> None:
    for interject, speakers in ((True, {"ana", "ben", "cleo"}), (False, {"ana"})):
        steps = Steps(persona=persona_with({"interject": interject}, panel=True)).begun()
        steps.answer()
        assert {move.speaker for move in steps.legal("answered") if move.kind == "probe"} == speakers
        assert {move.speaker for move in steps.legal("answered") if move.kind == "ask"} == {"ana"}


def test_the_lead_hands_over_and_the_colleague_takes_the_floor() -> None:
    steps = Steps(persona=sample.persona(panel=True)).begun()
    steps.control("skip")
    while "hand-over" not in steps.kinds():
        steps.turn("ask")
        steps.control("skip")
    move = steps.turn("hand-over")
    assert (move.speaker, move.segment) == ("ana", "main")
    assert steps.state.speaker == "ben"
    assert {move.speaker for move in steps.legal()} == {"ben"}


def test_whoever_leads_the_last_part_invites_the_candidates_questions() -> None:
    steps = Steps(persona=sample.persona(panel=True)).to_segment("yours")
    assert [(move.kind, move.speaker) for move in steps.legal()] == [("invite", "ana")]


def test_within_one_lead_the_next_part_needs_no_hand_over() -> None:
    steps = Steps().begun()
    steps.control("skip")
    while steps.kinds() == {"ask"}:
        steps.turn("ask")
        steps.control("skip")
    assert [(move.kind, move.segment) for move in steps.legal()] == [("next-segment", "main")]


def test_a_part_that_has_nothing_left_to_ask_is_not_begun() -> None:
    steps = Steps(banks=(sample.bank(1),)).begun()
    steps.answer()
    onward = [move for move in steps.legal("answered") if move.kind != "probe"]
    assert [(move.kind, move.segment) for move in onward] == [("invite", "yours")]


def test_the_candidate_is_invited_once_and_answered_up_to_a_cap() -> None:
    steps = Steps(minutes=60).to_segment("yours")
    assert steps.state.last is not None and steps.state.last.move.kind == "invite"
    for _ in range(MOST_CANDIDATE_QUESTIONS):
        steps.answer("How much runway?", seconds=1)
        steps.turn("answer", "company-question")
    steps.answer("And one more?", seconds=1)
    assert steps.kinds("company-question") == {"close"}


@pytest.mark.parametrize("outcome", ["no-questions", "blank", "dont-know"])
def test_nothing_to_ask_leads_to_the_goodbye(outcome: Outcome) -> None:
    steps = Steps().to_segment("yours")
    steps.invited()
    steps.answer("No.")
    assert steps.kinds(outcome) == {"close"}


def test_legal_moves_do_not_depend_on_when_they_are_asked_for() -> None:
    steps = Steps().begun()
    steps.answer()
    reading = steps.reading()
    first = legal_moves(steps.state, 100, reading)
    assert legal_moves(steps.state, 1800, reading) != first
    assert legal_moves(steps.state, 100, reading) == first
