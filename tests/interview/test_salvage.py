"""What contradicts the events before it is left out and told, and everything that fits is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.results import build_scorecard
from interviewer.interview.salvage import fold_what_fits
from interviewer.interview.state import fold
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Change, Grade, Rating, Revote
from interviewer.transcript.damage import Damage, TranscriptError, told
from interviewer.transcript.events import Event, Graded, Header, Move, Revoted, Turn
from interviewer.transcript.reading import Transcript
from tests import sample
from tests.interview.fakes import MIXED, STAMP, Table
from tests.interview.steps import AT

ELSEWHERE = Path("one.jsonl")


def turn(**move: Any) -> Turn:
    return Turn(seq=99, clock=9.0, at=AT, move=Move(**({"speaker": "ana"} | move)), text="Said.")


def grade(**more: Any) -> Graded:
    ratings = (Rating(criterion="result", reasoning="Said so.", level="solid"),)
    whole = {"thread": 2, "question": "q0", "rubric": "sample", "rubric_version": 1, "status": "graded"}
    return Graded(seq=99, clock=9.0, at=AT, grade=Grade(**{**whole, "ratings": ratings, "stamp": STAMP, **more}))


def revote(person: str, criterion: str, level: str) -> Revoted:
    changes = {criterion: Change(level=level, reason="Heard more.")}
    return Revoted(seq=99, clock=9.0, at=AT, revote=Revote(person=person, changes=changes, stamp=STAMP))


def begun(header: Header, *more: Event) -> Transcript:
    """Opened, one question asked as event 2, then these."""
    events = (turn(kind="open"), turn(kind="ask", question="q0"), *more)
    numbered = tuple(event.model_copy(update={"seq": place}) for place, event in enumerate(events, 1))
    return Transcript(ELSEWHERE, header, numbered)


@pytest.fixture
async def talked(lay: Callable[..., Table]) -> Transcript:
    """An interview from its first word to its scorecard."""
    table = lay(persona=sample.persona(panel=True))
    await table.conductor.begin()
    await table.talk(MIXED)
    await table.conductor.finish()
    await table.conductor.stop()
    return Transcript(table.path, table.header, tuple(table.events))


def test_of_an_undamaged_interview_everything_fits(talked: Transcript) -> None:
    salvaged = fold_what_fits(talked)
    assert salvaged.events == talked.events
    assert salvaged.state == fold(talked.header, talked.events)
    assert salvaged.damage == ()


@settings(max_examples=40)
@given(data=st.data())
def test_whichever_events_are_lost_the_rest_folds_and_can_be_judged(data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(_LOG.events), max_size=30).map(tuple))
    salvaged = fold_what_fits(Transcript(ELSEWHERE, _LOG.header, kept))
    assert fold(_LOG.header, salvaged.events) == salvaged.state
    assert len(salvaged.events) + len(salvaged.damage) == len(kept)
    assert build_scorecard(salvaged.state).persona == _LOG.header.persona.id


_LOG = begun(
    sample.header(persona=sample.persona(panel=True)),
    turn(kind="next-segment", segment="main"),
    turn(kind="ask", question="q1"),
    turn(kind="invite", segment="yours"),
    turn(kind="close"),
    grade(),
    grade(thread=4, question="q1", person="ben"),
    revote("ben", "result", "weak"),
)


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (turn(kind="ask", question="gone"), "asks a question that the transcript does not have"),
        (turn(kind="next-segment", segment="gone"), "part of the interview that the plan does not have"),
        (turn(kind="hand-over"), "part of the interview that the plan does not have"),
        (turn(kind="invite", segment="gone"), "part of the interview that the plan does not have"),
        (turn(kind="wait", speaker="gone"), "spoken by somebody who is not in the interview"),
        (grade(thread=77), "grades a question that was not asked before it"),
        (grade(question="gone"), "grades a question that the transcript does not have"),
        (grade(rubric="gone"), "under a rubric that the transcript does not have"),
        (grade(person="gone"), "the grade of somebody who is not in the interview"),
        (grade(ratings=(Rating(criterion="gone", reasoning="r", level="solid"),)), "a level or a criterion"),
        (grade(ratings=(Rating(criterion="result", reasoning="r", level="gone"),)), "a level or a criterion"),
        (revote("gone", "result", "solid"), "the vote of somebody who is not in the interview"),
        (revote("ana", "gone", "solid"), "a level or a criterion that no rubric has"),
        (revote("ana", "result", "gone"), "a level or a criterion that no rubric has"),
    ],
)
def test_what_speaks_of_something_that_is_not_there_is_left_out_and_told(event: Event, problem: str) -> None:
    salvaged = fold_what_fits(begun(sample.header(), event, turn(kind="wait")))
    assert [one.seq for one in salvaged.events] == [1, 2, 4]
    (damage,) = salvaged.damage
    assert (damage.line, damage.kind, damage.lost) == (4, "misfit", True)
    assert damage.problem.startswith("event 3 ")
    assert problem in damage.problem
    assert problem in told(salvaged.damage)


def test_what_is_not_assessed_fits() -> None:
    ratings = (Rating(criterion="result", reasoning="Nothing said.", level=NOT_ASSESSED),)
    assert fold_what_fits(begun(sample.header(), grade(ratings=ratings))).damage == ()


def test_grades_and_questions_under_a_damaged_rubric_are_left_out() -> None:
    whole = sample.rubric()
    first = whole.criteria[0].model_copy(update={"anchors": {"weak": "Weak."}})
    broken = whole.model_copy(update={"criteria": (first, *whole.criteria[1:])})
    assert "rubric that is damaged" in told(fold_what_fits(begun(sample.header(rubrics=(broken,)), grade())).damage)
    salvaged = fold_what_fits(begun(sample.header(rubrics=(sample.rubric("other"),)), grade()))
    problems = [one.problem for one in salvaged.damage]
    assert problems == [
        "event 2 asks a question whose rubric the transcript does not have",
        "event 3 grades a question that was not asked before it",
    ]


def test_damage_of_the_file_is_told_with_the_rest_in_the_order_of_the_lines() -> None:
    read = begun(sample.header(), turn(kind="ask", question="gone"))
    torn = Damage(9, "the last line was cut off in the middle", "torn")
    salvaged = fold_what_fits(Transcript(ELSEWHERE, read.header, read.events, (torn,), elsewhere={3: 12}))
    assert [one.line for one in salvaged.damage] == [9, 12]


def test_a_header_whose_parts_nobody_leads_is_refused_with_a_sentence() -> None:
    persona = sample.persona()
    plan = (persona.plan[0].model_copy(update={"lead": "gone"}), *persona.plan[1:])
    with pytest.raises(
        TranscriptError, match=r"one\.jsonl:1: the header is damaged: the part 'story' is led by 'gone'"
    ):
        fold_what_fits(begun(sample.header(persona=persona.model_copy(update={"plan": plan}))))
