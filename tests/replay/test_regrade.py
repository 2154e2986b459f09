"""Grading recorded answers anew: by today's rubrics, by another persona, under one rubric, by any grader."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from interviewer.cost import Cost
from interviewer.engines.choose import offline
from interviewer.grading.grader import GradingRequest
from interviewer.grading.reveal import Reveal
from interviewer.interview.state import State
from interviewer.library import Library, NotFound
from interviewer.persona import Person
from interviewer.replay.gradings import gradings_of, original_run
from interviewer.replay.recording import recorded
from interviewer.replay.regrade import AT_ONCE, plan_regrading, regrade
from interviewer.scorecard import Change, Debrief, Grade, Revote, Scorecard
from interviewer.transcript.runs import append_run
from interviewer.transcript.store import TranscriptError
from tests import sample
from tests.interview.fakes import STAMP, FakeGrader, Table
from tests.replay.grading import Shelf, recording

SAMPLES = Path(__file__).parent.parent.parent / "transcripts"


async def test_the_same_grader_on_the_same_content_comes_to_what_the_interview_came_to(tmp_path: Path) -> None:
    for more in ({}, {"persona": sample.persona(panel=True)}):
        found = await recording(tmp_path / str(len(more)), **more)
        same = Shelf(found.header.persona, sample.rubric())
        run = await regrade(plan_regrading(found, same), FakeGrader())
        original = original_run(found)
        assert original is not None
        assert set(run.grades) == set(original.grades)
        assert run.scorecard == original.scorecard
        assert (run.jury, run.rubrics, run.transcript) == (original.jury, original.rubrics, found.header.id)
        assert (run.events, run.notes) == (len(found.events), ())


async def test_todays_versions_decide_and_what_is_gone_is_taken_from_the_transcript(tmp_path: Path) -> None:
    found = await recording(tmp_path)
    newer = sample.rubric().model_copy(update={"version": 5})
    only_rubric = Shelf(newer)
    planned = plan_regrading(found, only_rubric)
    assert {one.version for one in planned.rubrics} == {5}
    assert planned.persona == found.header.persona
    assert "no persona sample-persona any more" in planned.notes[0]
    nothing = plan_regrading(found, Shelf())
    assert nothing.rubrics == found.header.rubrics
    assert len(nothing.notes) == 2
    run = await regrade(planned, FakeGrader())
    assert {grade.rubric_version for grade in run.grades} == {5}
    assert run.notes == planned.notes


async def test_another_persona_brings_its_rule_its_people_and_its_rubrics(tmp_path: Path) -> None:
    found = await recording(tmp_path)
    decision = sample.persona(panel=True).decision.model_copy(update={"rubrics": {"one": 1.0, "two": 3.0}})
    panel = sample.persona(panel=True, id="panel").model_copy(update={"decision": decision})
    there = Shelf(panel, sample.rubric(), sample.rubric("one", ("first",)), sample.rubric("two", ("second",)))
    planned = plan_regrading(found, there, persona="panel")
    asked = planned.requests
    assert len(asked) == len(found.state.threads) * 2 * 3
    assert {request.rubric.id for request in asked} == {"one", "two"}
    assert {request.person and request.person.id for request in asked} == {"ana", "ben", "cleo"}
    run = await regrade(planned, FakeGrader())
    assert run.scorecard.rule == "panel"
    assert [member.person for member in run.scorecard.members] == ["ana", "ben", "cleo"]
    assert {one.criterion: one.weight for one in run.scorecard.criteria} == {"first": 0.25, "second": 0.75}
    assert {one.speaker for one in run.scorecard.answers} == {"Ana Ito"}


async def test_an_answer_whose_own_rubric_counts_is_judged_under_no_other(tmp_path: Path) -> None:
    found = await recording(tmp_path)
    decision = sample.persona().decision.model_copy(update={"rubrics": {"sample": 1.0, "one": 1.0}})
    other = sample.persona(id="other").model_copy(update={"decision": decision})
    there = Shelf(other, sample.rubric(), sample.rubric("one"))
    planned = plan_regrading(found, there, persona="other")
    assert {request.rubric.id for request in planned.requests} == {"sample"}
    assert {rubric.id for rubric in planned.rubrics} == {"sample", "one"}
    run = await regrade(planned, FakeGrader())
    assert {one.rubric for one in run.scorecard.criteria if one.share is None} == {"one"}


async def test_a_rubric_given_takes_the_place_of_all_others(tmp_path: Path) -> None:
    found = await recording(tmp_path)
    there = Shelf(found.header.persona, sample.rubric(), sample.rubric("courage", ("courage",)))
    planned = plan_regrading(found, there, rubric="courage")
    run = await regrade(planned, FakeGrader())
    assert {grade.rubric for grade in run.grades} == {"courage"}
    assert [one.criterion for one in run.scorecard.criteria] == ["courage"]
    assert run.scorecard.verdict == "yes"
    with pytest.raises(NotFound):
        plan_regrading(found, there, rubric="curage")


class Counting(FakeGrader):
    """Knows how many it was asked at once; every third fails, and each costs a call."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    async def grade(self, request: GradingRequest) -> Grade:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        if len(self.asked) % 3 == 2:
            self.asked.append(request)
            raise RuntimeError("away")
        grade = await super().grade(request)
        return grade.model_copy(update={"cost": Cost(calls=1, sent=10)})


async def test_at_most_so_many_at_once_and_what_fails_is_a_status(tmp_path: Path) -> None:
    found = await recording(tmp_path, persona=sample.persona(panel=True))
    grader, told = Counting(), list[tuple[int, int]]()
    planned = plan_regrading(found, Shelf(found.header.persona, sample.rubric()))
    run = await regrade(planned, grader, progress=lambda done, of: told.append((done, of)))
    asked = len(planned.requests)
    assert asked > AT_ONCE
    assert grader.most == AT_ONCE
    assert told == [(number, asked) for number in range(1, asked + 1)]
    failed = [grade for grade in run.grades if grade.status == "failed"]
    assert len(failed) == asked // 3
    assert all(not grade.ratings and "away" in grade.note for grade in failed)
    assert run.cost is not None
    assert run.cost.calls == asked - len(failed)
    assert run.scorecard.cost == run.cost


class Reviewer:
    """Moves one member's vote down where the panel is apart."""

    async def revote(self, shown: Reveal, person: Person) -> Revote:
        criterion = shown.movable(person.id)[0]
        level = shown.reachable(person.id, criterion)[0].id
        return Revote(person=person.id, changes={criterion: Change(level=level, reason="Fair.")}, stamp=STAMP)

    async def debrief(self, state: State, scorecard: Scorecard) -> Debrief:  # noqa: ARG002
        raise AssertionError("nobody asked for one")


class Strict(FakeGrader):
    """Rates as it is told to, but for one member."""

    async def grade(self, request: GradingRequest) -> Grade:
        self.level = "weak" if request.person and request.person.id == "ben" else "solid"
        return await super().grade(request)


async def test_a_panel_votes_again_where_somebody_speaks_for_it(tmp_path: Path) -> None:
    found = await recording(tmp_path, persona=sample.persona(panel=True))
    planned = plan_regrading(found, Shelf(found.header.persona, sample.rubric()))
    run = await regrade(planned, Strict(), Reviewer())
    assert {one.person for one in run.revotes} == {"ana", "ben", "cleo"}
    assert all(member.revoted_by == STAMP for member in run.scorecard.members)
    assert (await regrade(planned, Strict())).revotes == ()


async def test_the_original_is_run_0_and_later_ones_are_counted_up(tmp_path: Path) -> None:
    found = await recording(tmp_path)
    planned = plan_regrading(found, Shelf(found.header.persona, sample.rubric()))
    before = found.path.read_bytes()
    runs = [await regrade(planned, FakeGrader(level=level)) for level in ("weak", "strong")]
    for run in runs:
        append_run(tmp_path / "mine", run)
    numbered = gradings_of(found, tmp_path / "mine").all
    assert [(one.number, one.run.id) for one in numbered] == [(0, "original"), (1, runs[0].id), (2, runs[1].id)]
    assert found.path.read_bytes() == before


async def test_an_interview_without_an_answer_has_nothing_to_grade(tmp_path: Path) -> None:
    table = Table(tmp_path)
    await table.conductor.begin()
    await table.conductor.stop()
    found = recorded(table.path)
    with pytest.raises(TranscriptError, match="nothing was answered"):
        plan_regrading(found, Shelf(sample.persona(), sample.rubric()))
    assert original_run(found) is None


@pytest.mark.parametrize("persona", ["seed-founder", "series-b-panel"])
async def test_a_shipped_interview_is_judged_by_every_built_in_persona(persona: str) -> None:
    found = recorded(SAMPLES / "big-tech-bar-raiser-weak.jsonl")
    planned = plan_regrading(found, Library.default(), persona=persona)
    run = await regrade(planned, offline().grader)
    assert run.scorecard.persona == persona
    assert run.scorecard.share is not None
    assert len(run.scorecard.answers) == len(found.state.threads)
    quoted = {evidence.event for grade in run.grades for rating in grade.ratings for evidence in rating.evidence}
    assert quoted and quoted <= {said.answer for thread in found.state.threads for said in thread.said}
    assert type(run).model_validate_json(run.model_dump_json(by_alias=True)) == run
