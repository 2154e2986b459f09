"""The plan goes for what is weakest and what is due, says why, and only wants what can be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from interviewer.interview.moves import eligible_questions
from interviewer.interview.state import begin
from interviewer.library import Library
from interviewer.library.lookup import Place, built_in_folder
from interviewer.progress.extract import facts_of
from interviewer.progress.facts import InterviewFacts
from interviewer.progress.material import material as usable
from interviewer.progress.plan import MOST_CRITERIA, MOST_QUESTIONS, Material, NextSession, next_session
from interviewer.progress.schedule import reviews
from interviewer.progress.series import all_series
from interviewer.transcript.archive import samples_folder
from interviewer.transcript.store import read
from tests import sample
from tests.progress.invented import interview, material, on, question, report


def _with_probe(name: str, criterion: str) -> Material:
    """The sample material, in which one question follows up on one criterion."""
    bank = sample.bank()
    probe = {"criterion": criterion, "type": "quantify", "text": "How much of it?"}
    data = bank.model_dump(by_alias=True)
    next(one for one in data["questions"] if one["id"] == name)["probes"] = [probe]
    return replace(material(), banks={"sample-bank": type(bank).model_validate(data)})


def plan_of(interviews: list[InterviewFacts], there_is: Material, today: int = 30) -> NextSession | None:
    """The plan as of a day."""
    return next_session(interviews, all_series(interviews), reviews(interviews), there_is, on(today))


def test_the_weakest_criterion_is_gone_for_by_the_question_that_follows_up_on_it() -> None:
    interviews = [interview(day, {"result": 0.2, "ownership": 0.9}) for day in range(3)]
    plan = plan_of(interviews, _with_probe("q7", "result"))
    assert plan is not None
    assert (plan.persona, plan.criteria) == ("sample-persona", ("Result",))
    assert "q7" in plan.wanted
    assert plan.reasons[0].startswith("Result was rated low in 3 of 3 interviews. Asked about in ")
    assert "goes for Result" in plan.questions[plan.wanted.index("q7")].why


def test_what_is_due_is_asked_again_and_what_is_not_due_is_not() -> None:
    interviews = [
        interview(0, {"result": 0.9}, question("q3", 0.1)),
        interview(29, {"result": 0.9}, question("q4", 0.1)),
    ]
    plan = plan_of(interviews, material(), today=29)
    assert plan is not None
    assert plan.wanted == ("q3",)
    assert plan.questions[0].why == "due again: it reached 10% of the scale"
    assert plan.reasons == ("One question of this interview went badly before and is due again.",)


def test_nothing_weak_and_nothing_due_sends_to_whoever_was_not_met() -> None:
    other = sample.persona(id="other", title="Somebody else")
    plan = plan_of([interview(0, {"result": 0.9})], replace(material(), personas=(sample.persona(), other)))
    assert plan is not None
    assert (plan.persona, plan.wanted) == ("other", ())
    assert "Somebody else has not interviewed you yet" in plan.reasons[0]


def test_without_interviews_or_personas_there_is_no_plan() -> None:
    assert plan_of([], material()) is None
    assert plan_of([interview(0, {"result": 0.1})], Material(())) is None


def test_a_question_that_nobody_asks_any_more_is_neither_planned_nor_offered() -> None:
    found = report(interview(0, {"result": 0.9}, question("gone", 0.1), question("q2", 0.1)))
    assert found.plan is not None and found.plan.wanted == ("q2",)
    assert {one.question: found.asker(one) for one in found.due} == {"gone": None, "q2": "sample-persona"}


@pytest.fixture(scope="module")
def shipped() -> Material:
    """All personas, banks and rubrics that come with the program."""
    return usable(Library((Place("built in", built_in_folder()),)))


@pytest.mark.parametrize("path", sorted(samples_folder().glob("*.jsonl")), ids=lambda path: path.stem)
def test_over_real_interviews_everything_planned_can_be_asked(path: Path, shipped: Material) -> None:
    transcript = read(path)
    facts = facts_of(transcript.header, transcript.events)
    assert facts is not None
    tomorrow = datetime(2030, 1, 1).astimezone().date()
    plan = next_session([facts], all_series([facts]), reviews([facts]), shipped, tomorrow)
    assert plan is not None and plan.reasons
    assert plan.persona == facts.persona and len(plan.criteria) <= MOST_CRITERIA
    assert 0 < len(plan.wanted) <= MOST_QUESTIONS and len(set(plan.wanted)) == len(plan.wanted)
    assert all(one.why and one.segment for one in plan.questions)
    state = begin(transcript.header)
    eligible = {one.id for planned in state.plan.segments for one in eligible_questions(state, planned)}
    assert set(plan.wanted) <= eligible
