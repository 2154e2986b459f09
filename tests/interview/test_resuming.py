"""What could not be saved is done again, and an interview cut off at any moment goes on from there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.interview.conductor import Heard
from interviewer.interview.state import fold
from interviewer.transcript.events import Answer, Event
from interviewer.transcript.store import TranscriptError, read
from tests import sample
from tests.interview.fakes import ANSWER, MIXED, Table, again


async def test_an_answer_that_could_not_be_saved_can_be_given_again(table: Table) -> None:
    await table.conductor.begin()
    before = table.state
    table.writer.refuses = "answer"
    with pytest.raises(TranscriptError):
        await table.say(ANSWER)
    assert table.state == before
    table.writer.refuses = None
    await table.say(ANSWER)
    assert [said.text for said in table.state.threads[0].said] == [ANSWER]


async def test_a_pause_or_resume_that_could_not_be_saved_leaves_the_clock_as_it_was(table: Table) -> None:
    await table.conductor.begin()
    table.writer.refuses = "control"
    with pytest.raises(TranscriptError):
        await table.conductor.control("pause")
    assert table.conductor.clock.running
    table.writer.refuses = None
    await table.conductor.control("pause")
    table.writer.refuses = "control"
    with pytest.raises(TranscriptError):
        await table.conductor.control("resume")
    assert not table.conductor.clock.running
    assert table.state.paused


async def test_a_turn_that_could_not_be_saved_is_taken_again(table: Table) -> None:
    await table.conductor.begin()
    table.writer.refuses = "turn"
    with pytest.raises(TranscriptError):
        await table.say(ANSWER)
    assert table.floor() == "interviewer"
    table.writer.refuses = None
    await table.conductor.begin()
    assert table.floor() == "candidate"


async def test_a_grade_that_could_not_be_saved_is_made_again(table: Table) -> None:
    table.writer.refuses = "graded"
    await table.conductor.begin()
    await table.talk()
    with pytest.raises(TranscriptError):
        await table.conductor.finish()
    table.writer.refuses = None
    scorecard = await table.conductor.finish()
    assert {answer.status for answer in scorecard.answers} == {"graded"}
    await table.conductor.stop()


async def test_stopping_while_grades_are_made_leaves_them_for_later(table: Table) -> None:
    table.grader.hold = asyncio.Event()
    await table.conductor.begin()
    await table.talk()
    await table.conductor.stop()
    resumed, grader = again(table.path)
    await resumed.begin()
    scorecard = await resumed.finish()
    assert len(grader.asked) == len(scorecard.answers)
    await resumed.stop()


async def test_cancelled_in_the_middle_of_a_turn_the_interview_goes_on_from_there(table: Table) -> None:
    await table.conductor.begin()
    table.interviewer.hold = asyncio.Event()
    answering = asyncio.create_task(table.say(ANSWER))
    for _ in range(5):
        await asyncio.sleep(0)
    assert isinstance(table.updates[-1], Heard)
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    await table.conductor.stop()
    transcript = read(table.path)
    assert isinstance(transcript.events[-1], Answer)
    resumed, _ = again(table.path)
    assert resumed.state == fold(transcript.header, transcript.events)
    await resumed.begin()
    assert resumed.state.floor == "candidate"
    assert [said.text for said in resumed.state.threads[0].said] == [ANSWER]
    await resumed.stop()


async def test_cancelled_while_the_coach_looks_at_an_answer_it_is_looked_at_again(coached: Table) -> None:
    await coached.conductor.begin()
    coached.grader.hold = asyncio.Event()
    answering = asyncio.create_task(coached.say(ANSWER))
    for _ in range(5):
        await asyncio.sleep(0)
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    await coached.conductor.stop()
    resumed, _ = again(coached.path)
    await resumed.begin()
    assert resumed.state.floor == "feedback"
    await resumed.stop()


async def finish_off(path: Path) -> tuple[Event, ...]:
    """Resumes a transcript and brings it to its scorecard by ending it at once."""
    resumed, _ = again(path)
    await resumed.begin()
    if resumed.state.paused or not resumed.state.closed:
        await resumed.control("end")
    await resumed.finish()
    await resumed.stop()
    return read(path).events


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"mode": "coach"},
        {"persona": sample.persona(panel=True)},
        {"minutes": 10},
    ],
    ids=["alone", "coach", "panel", "shortest"],
)
async def test_from_every_moment_an_interview_can_be_resumed_and_finished(
    tmp_path: Path, lay: Callable[..., Table], header: dict[str, Any]
) -> None:
    table = lay(**header)
    await table.conductor.begin()
    await table.say(ANSWER)
    if table.floor() == "feedback":
        await table.conductor.control("retry")
        await table.say(ANSWER)
        await table.conductor.control("continue")
    await table.conductor.control("pause")
    await table.conductor.control("resume")
    await table.conductor.control("hint")
    table.conductor.save_draft("half")
    await table.conductor.control("skip")
    await table.talk(MIXED)
    await table.conductor.finish()
    await table.conductor.stop()
    raw = table.path.read_bytes()
    lines = raw.splitlines(keepends=True)
    whole = read(table.path)
    for count in range(1, len(lines) + 1):
        part = tmp_path / f"part-{count}.jsonl"
        part.write_bytes(b"".join(lines[:count]))
        kept = read(part)
        assert fold(kept.header, kept.events) == fold(whole.header, whole.events[: count - 1])
        events = await finish_off(part)
        assert events[: count - 1] == whole.events[: count - 1]
        clocks = [event.clock for event in events]
        assert clocks == sorted(clocks)
        assert fold(whole.header, events).scorecard is not None


async def test_resumed_the_clock_goes_on_from_where_it_was(table: Table) -> None:
    await table.conductor.begin()
    await table.say(ANSWER, seconds=200)
    await table.conductor.stop()
    resumed, _ = again(table.path)
    assert resumed.clock.elapsed() == 200
    assert not resumed.clock.running
    await resumed.begin()
    assert resumed.clock.running
    await resumed.stop()


async def test_resumed_in_a_pause_it_waits_to_be_taken_up(table: Table) -> None:
    await table.conductor.begin()
    await table.conductor.control("pause")
    await table.conductor.stop()
    resumed, _ = again(table.path)
    await resumed.begin()
    assert resumed.state.paused
    assert not resumed.clock.running
    await resumed.control("resume")
    assert resumed.clock.running
    await resumed.stop()
