"""Questions that are wanted are asked before all others, first to last, where they fit, and change nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from interviewer.engines.choose import offline
from interviewer.engines.offline.choice import choose, ranked_questions
from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State, apply, begin
from interviewer.library import Library
from interviewer.session import ChoiceError, Choices, prepare
from interviewer.transcript.events import Answer, Move, Reading, Turn
from tests import sample

AT = datetime(2026, 1, 2, tzinfo=UTC)


def asked(*wanted: str) -> list[str | None]:
    """The main questions of an interview by the offline engine, answered at once."""
    state = begin(sample.header(wanted=wanted))
    found = []
    now = 0.0
    while not state.closed:
        now += 20
        reading = Reading(answer=state.unread.seq, outcome="answered") if state.unread else None
        move = choose(state, legal_moves(state, now, reading), reading, now)
        state = apply(state, Turn(seq=state.seq + 1, clock=now, at=AT, reading=reading, move=move, text="Words."))
        found += [move.question] if move.kind == "ask" else []
        if state.floor == "candidate":
            text = f"Answer number {state.seq} with something to say about it."
            state = apply(state, Answer(seq=state.seq + 1, clock=now, at=AT, text=text))
        if state.planned.segment.purpose == "candidate-questions":
            break
    return found


def opened(*wanted: str) -> State:
    state = begin(sample.header(wanted=wanted))
    opening = Turn(seq=1, clock=0, at=AT, move=Move(kind="open", speaker="ana"), text="Hello.")
    return apply(state, opening)


def test_wanted_questions_come_first_in_their_order_and_then_the_others() -> None:
    found = asked("q9", "q4", "q7")
    assert found[:3] == ["q9", "q4", "q7"]
    assert len(found) == len(set(found)) > 3


def test_what_is_wanted_and_not_there_changes_nothing() -> None:
    assert asked("nothing", "of-the-kind") == asked()


def test_only_the_first_wanted_question_is_legal_and_it_leads_the_ranking() -> None:
    state = opened("gone", "q5", "q2")
    assert [move.question for move in legal_moves(state, 1.0)] == ["q5"]
    assert ranked_questions(state, 1)[0] == "q5"
    assert len(legal_moves(opened(), 1.0)) == 12


def test_a_question_of_no_bank_of_the_persona_is_refused_with_where_to_look(tmp_path: Path) -> None:
    library = Library.default()
    with pytest.raises(ChoiceError, match=r"no question mc-p-value.*interviewer questions"):
        prepare(library, Choices("seed-founder", wanted=("mc-p-value",)), offline(), tmp_path)
    header = prepare(library, Choices("seed-founder", wanted=("sf-mvp-01",)), offline(), tmp_path)
    assert header.wanted == ("sf-mvp-01",)
