"""The loop: everything is on the medium before anything builds on it, whatever goes wrong around it."""

from __future__ import annotations

import asyncio

import pytest

from interviewer.interview.conductor import LONGEST_ANSWER, Conductor, Heard, IllegalStep, Speaking, Wrote
from interviewer.interview.state import fold
from interviewer.transcript.events import Finished, Move, Turn
from interviewer.transcript.store import TranscriptWriter, read
from tests.interview.fakes import ANSWER, MIXED, FakeGrader, Table


async def test_an_interview_runs_from_the_greeting_to_the_scorecard(table: Table) -> None:
    await table.conductor.begin()
    await table.talk(MIXED)
    scorecard = await table.conductor.finish()
    kinds = [event.move.kind for event in table.events if isinstance(event, Turn)]
    assert kinds[:2] == ["open", "ask"]
    assert kinds[-2:] == ["invite", "close"]
    assert scorecard.verdict == "yes"
    assert len(scorecard.answers) == len(table.state.threads)
    await table.conductor.stop()
    transcript = read(table.path)
    assert fold(transcript.header, transcript.events) == table.state


async def test_what_is_shown_comes_in_order_and_is_what_was_written(table: Table) -> None:
    await table.conductor.begin()
    said = ""
    for update in table.updates:
        match update:
            case Speaking():
                said = ""
            case Heard(text):
                said += text
            case Wrote(event) if isinstance(event, Turn):
                assert event.text == said.strip()
    assert [update.speaker.name for update in table.updates if isinstance(update, Speaking)] == ["Ana Ito"] * 2


async def test_nothing_is_told_before_it_is_on_the_medium(table: Table) -> None:
    written: list[int] = []

    def check(update: object) -> None:
        if isinstance(update, Wrote):
            written.append(read(table.path).events[-1].seq)
            assert written[-1] == update.event.seq

    table.conductor._listener = check
    await table.conductor.begin()
    await table.talk()
    await table.conductor.finish()
    assert written == list(range(1, len(written) + 1))


async def test_an_answer_out_of_turn_is_refused_and_changes_nothing(table: Table) -> None:
    with pytest.raises(IllegalStep):
        await table.conductor.answer(ANSWER)
    await table.conductor.begin()
    before = table.state
    await table.conductor.control("pause")
    with pytest.raises(IllegalStep, match="paused"):
        await table.conductor.answer(ANSWER)
    await table.conductor.control("resume")
    assert table.state.threads == before.threads
    await table.talk()
    with pytest.raises(IllegalStep):
        await table.conductor.answer(ANSWER)


async def test_of_two_answers_at_once_one_is_taken(table: Table) -> None:
    await table.conductor.begin()
    given = await asyncio.gather(
        table.conductor.answer("First."), table.conductor.answer("Second."), return_exceptions=True
    )
    assert [type(one) for one in given] == [type(None), IllegalStep]
    assert [said.text for said in table.state.threads[0].said] == ["First."]


async def test_a_control_out_of_place_is_refused(table: Table) -> None:
    await table.conductor.begin()
    for action in ("resume", "retry", "continue"):
        with pytest.raises(IllegalStep):
            await table.conductor.control(action)
    assert not any(event.type == "control" for event in table.events)


async def test_a_control_during_a_turn_waits_for_its_end(table: Table) -> None:
    table.interviewer.hold = asyncio.Event()
    beginning = asyncio.create_task(table.conductor.begin())
    pausing = asyncio.create_task(table.conductor.control("pause"))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not pausing.done()
    table.interviewer.hold.set()
    await asyncio.gather(beginning, pausing)
    assert [event.type for event in table.events].count("control") == 1
    assert table.state.paused
    await table.conductor.control("resume")
    assert table.floor() == "candidate"


async def test_an_illegal_move_is_not_shown_and_can_be_made_good(table: Table) -> None:
    await table.conductor.begin()
    shown = [update for update in table.updates if isinstance(update, Speaking | Heard)]
    table.interviewer.illegal = Move(kind="open", speaker="ana")
    with pytest.raises(IllegalStep, match="illegal move: open"):
        await table.say(ANSWER)
    assert [update for update in table.updates if isinstance(update, Speaking | Heard)] == shown
    assert table.state.unread is not None
    await table.conductor.begin()
    assert table.floor() == "candidate"
    assert [said.text for said in table.state.threads[0].said] == [ANSWER]


async def test_a_pause_stops_the_clock(table: Table) -> None:
    await table.conductor.begin()
    table.time.seconds = 30
    await table.conductor.control("pause")
    table.time.seconds = 5000
    assert table.conductor.clock.elapsed() == 30
    await table.conductor.control("resume")
    table.time.seconds = 5010
    assert table.conductor.clock.elapsed() == 40
    assert table.conductor.seconds_left() == 1800 - 40


async def test_ending_in_a_pause_says_goodbye_at_the_time_it_had(table: Table) -> None:
    await table.conductor.begin()
    await table.say(ANSWER)
    await table.conductor.control("pause")
    table.time.seconds = 9000
    await table.conductor.control("end")
    assert table.state.closed
    assert table.state.clock == 20
    assert (await table.conductor.finish()).seconds == 20


async def test_an_answer_that_is_too_long_is_cut_and_said_so(table: Table) -> None:
    await table.conductor.begin()
    await table.say("x" * (LONGEST_ANSWER + 1))
    (notice,) = (event for event in table.events if event.type == "notice")
    assert "200,000" in notice.text
    assert len(table.state.threads[0].said[0].text) == LONGEST_ANSWER


async def test_an_answer_is_cleaned_before_it_is_kept(table: Table) -> None:
    await table.conductor.begin()
    await table.say("\x1b]0;owned\x07I did\u202e it.\r\nAlone.")
    assert table.state.threads[0].said[0].text == "I did it.\nAlone."


async def test_a_draft_is_kept_until_the_answer_is_given(table: Table) -> None:
    await table.conductor.begin()
    table.conductor.save_draft("half an ans")
    table.conductor.save_draft("half an ans")
    assert [event.text for event in table.events if event.type == "draft"] == ["half an ans"]
    assert fold(table.header, read(table.path).events).draft == "half an ans"
    await table.say(ANSWER)
    assert table.state.draft == ""


async def test_finishing_twice_gives_one_scorecard(table: Table) -> None:
    await table.conductor.begin()
    with pytest.raises(IllegalStep, match="not over"):
        await table.conductor.finish()
    await table.talk()
    first, second = await asyncio.gather(table.conductor.finish(), table.conductor.finish())
    assert first == second == await table.conductor.finish()
    assert sum(isinstance(event, Finished) for event in table.events) == 1


async def test_what_could_not_be_graded_is_graded_when_the_interview_is_opened_again(table: Table) -> None:
    table.grader.failing = True
    await table.conductor.begin()
    await table.talk()
    first = await table.conductor.finish()
    await table.conductor.stop()
    for expected in (2, 2):  # once more to be graded, then nothing is left to do
        writer, transcript = TranscriptWriter.reopen(table.path)
        again = Conductor.resume(writer, transcript, table.interviewer, FakeGrader(), table.time)
        await again.begin()
        second = await again.finish()
        await again.stop()
        events = read(table.path).events
        assert [event.type for event in events].count("finished") == expected
        assert fold(table.header, events).scorecard == second
    assert {answer.status for answer in first.answers} == {"failed"}
    assert "failed" not in {answer.status for answer in second.answers}
    assert second.share is not None
