"""Which move, which question, which follow-up: repeatable by seed, and never the same interview twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.engines.offline.choice import choose
from interviewer.interview.state import fold
from interviewer.transcript.events import Move
from tests import sample
from tests.interview.steps import Steps
from tests.offline.interviews import BUILT_IN, interview, turns


@pytest.mark.parametrize("persona", BUILT_IN)
def test_the_same_seed_and_answers_give_the_same_words(persona: str) -> None:
    interview.cache_clear()
    first = [turn.text for turn in turns(interview(persona, 3, 3)[1])]
    interview.cache_clear()
    assert [turn.text for turn in turns(interview(persona, 3, 3)[1])] == first


@pytest.mark.parametrize("persona", BUILT_IN)
def test_drafts_and_grades_that_come_in_between_change_nothing_that_is_said(persona: str) -> None:
    alone = [turn.text for turn in turns(interview(persona, 4, 4)[1])]
    disturbed = interview(persona, 4, 4, drafts=True)[1]
    assert any(event.type == "draft" for event in disturbed)
    assert [turn.text for turn in turns(disturbed)] == alone


@pytest.mark.parametrize("persona", BUILT_IN)
def test_another_seed_gives_another_interview(persona: str) -> None:
    asked = {tuple(turn.move.question for turn in turns(interview(persona, seed, 1)[1])) for seed in range(4)}
    assert len(asked) == 4


@settings(max_examples=60)
@given(st.integers(0, 1000), st.sampled_from(["answered", "dont-know", "blank", "company-question"]))
def test_only_a_legal_move_is_ever_chosen(seed: int, outcome: str) -> None:
    steps = Steps(persona=sample.persona(panel=True), seed=seed).begun()
    steps.answer("We did it." if seed % 2 else "I did it because it was slow. " * 9)
    reading = steps.reading(outcome)  # type: ignore[arg-type]
    legal = steps.legal(outcome)  # type: ignore[arg-type]
    assert choose(steps.state, legal, reading, steps.now) in legal


def test_after_a_colleague_has_answered_a_follow_up_still_finds_its_speaker() -> None:
    base = sample.persona(panel=True)
    silent = base.model_copy(update={"moves": base.moves.model_copy(update={"interject": False, "silence": False})})
    steps = Steps(persona=silent).begun()
    steps.answer("How much runway do you have?")
    steps.turn("answer", "company-question", speaker="cleo")
    steps.answer()
    move = choose(steps.state, steps.legal(), steps.reading(), steps.now)
    assert (move.kind, move.speaker) == ("probe", "ana")


def test_questions_of_the_last_interviews_come_last() -> None:
    recent = tuple(f"q{number}" for number in range(10))
    for seed in range(20):
        steps = Steps(recent=recent, seed=seed)
        steps.turn("open")
        move = choose(steps.state, steps.legal(), None, 0)
        assert move.question in {"q10", "q11"}


def test_when_only_recent_questions_are_left_one_of_them_is_asked() -> None:
    steps = Steps(recent=tuple(f"q{number}" for number in range(12)))
    steps.turn("open")
    assert choose(steps.state, steps.legal(), None, 0).kind == "ask"


def test_whoever_knows_best_answers_the_candidate() -> None:
    base = sample.persona(panel=True)
    (fact,) = base.company.facts
    company = base.company.model_copy(update={"facts": (fact.model_copy(update={"person": "cleo"}),)})
    steps = Steps(persona=base.model_copy(update={"company": company})).to_segment("yours")
    steps.invited()
    steps.answer("How much runway do you have?")
    legal = steps.legal("company-question")
    assert choose(steps.state, legal, steps.reading("company-question"), steps.now).speaker == "cleo"
    steps.turn("answer", "company-question")
    steps.answer("What is your dog called?")
    unknown = choose(steps.state, steps.legal("company-question"), steps.reading("company-question"), steps.now)
    assert unknown == Move(kind="answer", speaker=steps.state.speaker)


@pytest.mark.parametrize("persona", BUILT_IN)
def test_follow_ups_go_for_different_kinds_of_gaps(persona: str) -> None:
    kinds = []
    for seed in range(4):
        header, events = interview(persona, seed, seed)
        kinds += [probed.gap.type for thread in fold(header, events).threads for probed in thread.probes]
    assert len(set(kinds)) >= 4
    assert max(kinds.count(kind) for kind in set(kinds)) <= 0.6 * len(kinds)


@pytest.mark.parametrize("persona", BUILT_IN)
def test_no_part_is_begun_only_to_be_left(persona: str) -> None:
    for seed in range(6):
        kinds = [turn.move.kind for turn in turns(interview(persona, seed, seed)[1])]
        after = {kinds[place + 1] for place, kind in enumerate(kinds) if kind in {"next-segment", "hand-over"}}
        assert after <= {"ask", "invite"}
