"""The loop: everything is on the medium before anything builds on it, whatever goes wrong around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.interview.conductor import LONGEST_ANSWER, Conductor, Heard, IllegalStep, Speaking, Wrote
from interviewer.interview.state import fold
from interviewer.transcript.events import Answer, Event, Finished, Graded, Move, Turn
from interviewer.transcript.store import TranscriptError, TranscriptWriter, read
from tests import sample
from tests.interview.fakes import FakeGrader, FakeInterviewer, Table, Time
from tests.interview.steps import LONG

ANSWER = "I rebuilt it alone and errors fell by nine percent."
MIXED = (ANSWER, "", "What do you mean?", "I don't know.", "We fixed it.", "I would say that cannot work.", ANSWER)


@pytest.fixture
def lay(tmp_path: Path) -> Iterator[Callable[..., Table]]:
    """Lays a table for an interview with this header; all are cleared at the end."""
    laid: list[Table] = []

    def lay(**header: Any) -> Table:
        laid.append(Table(tmp_path, sample.header(**header)))
        return laid[-1]

    yield lay
    for table in laid:
        table.writer.close()


@pytest.fixture
def table(lay: Callable[..., Table]) -> Table:
    return lay()


@pytest.fixture
def coached(lay: Callable[..., Table]) -> Table:
    return lay(mode="coach")


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


async def test_a_grader_that_breaks_costs_its_grades_and_not_the_interview(table: Table) -> None:
    table.grader.failing = True
    await table.conductor.begin()
    await table.talk()
    scorecard = await table.conductor.finish()
    assert scorecard.verdict == "no-decision"
    assert scorecard.share is None
    assert {answer.status for answer in scorecard.answers} == {"failed"}
    assert {grade.note for grade in table.state.grades} == {"RuntimeError: the grader broke"}


async def test_a_grader_that_breaks_in_coach_mode_says_so_and_goes_on(coached: Table) -> None:
    coached.grader.failing = True
    await coached.conductor.begin()
    await coached.say(ANSWER)
    assert coached.floor() == "feedback"
    feedback = next(event for event in coached.events if event.type == "feedback")
    assert "could not be graded" in feedback.missed[0]
    await coached.talk()
    assert (await coached.conductor.finish()).verdict == "no-decision"


async def test_grading_never_delays_the_conversation(table: Table) -> None:
    table.grader.hold = asyncio.Event()
    await table.conductor.begin()
    await table.talk()
    assert table.state.closed
    assert table.conductor.ungraded == len(table.state.threads)
    table.grader.hold.set()
    await table.conductor.finish()
    assert table.conductor.ungraded == 0


async def test_a_grade_that_arrives_in_the_middle_of_a_turn_disturbs_nothing(table: Table) -> None:
    table.grader.hold = asyncio.Event()
    await table.conductor.begin()
    while len(table.state.threads) < 2:
        await table.say(ANSWER)
    table.interviewer.hold = asyncio.Event()
    answering = asyncio.create_task(table.say(ANSWER))
    for _ in range(5):
        await asyncio.sleep(0)
    table.grader.hold.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert isinstance(table.events[-1], Graded)
    table.interviewer.hold.set()
    await answering
    assert [event.seq for event in table.events] == list(range(1, len(table.events) + 1))
    assert isinstance(table.events[-1], Turn)


async def test_each_panel_member_grades_every_thread_once(lay: Callable[..., Table]) -> None:
    table = lay(persona=sample.persona(panel=True))
    await table.conductor.begin()
    await table.talk()
    scorecard = await table.conductor.finish()
    graded = [(grade.thread, grade.person) for grade in table.state.grades]
    assert sorted(graded) == sorted(
        (thread.turn, person) for thread in table.state.threads for person in ("ana", "ben", "cleo")
    )
    assert [member.name for member in scorecard.members] == ["Ana Ito", "Ben Okoro", "Cleo Marsh"]


async def test_a_grader_sees_answers_and_no_questions_back(table: Table) -> None:
    await table.conductor.begin()
    await table.say("What do you mean?", LONG, "I don't know.")
    await table.conductor.control("end")
    await table.conductor.finish()
    first = table.grader.asked[0]
    assert [exchange.answer for exchange in first.exchanges] == [LONG, "I don't know."]
    assert first.exchanges[1].gap is not None


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


async def test_empty_answers_throughout_come_to_an_end_without_a_verdict(table: Table) -> None:
    await table.conductor.begin()
    await table.talk([""])
    scorecard = await table.conductor.finish()
    assert scorecard.verdict == "no-decision"
    assert {answer.status for answer in scorecard.answers} == {"blank"}


async def test_skipping_everything_comes_to_an_end_without_a_verdict(table: Table) -> None:
    await table.conductor.begin()
    while not table.state.closed:
        await table.conductor.control("skip")
    scorecard = await table.conductor.finish()
    assert scorecard.verdict == "no-decision"
    assert {answer.status for answer in scorecard.answers} == {"skipped"}


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


async def test_feedback_comes_after_each_answer_and_not_after_a_question_back(coached: Table) -> None:
    await coached.conductor.begin()
    await coached.say("What do you mean?")
    assert coached.floor() == "candidate"
    await coached.say(ANSWER)
    assert coached.floor() == "feedback"
    with pytest.raises(IllegalStep):
        await coached.conductor.answer(ANSWER)
    await coached.conductor.control("continue")
    assert coached.floor() == "candidate"
    assert [event.type for event in coached.events].count("feedback") == 1


async def test_a_second_try_takes_the_place_of_the_first(coached: Table) -> None:
    await coached.conductor.begin()
    await coached.say("We fixed it.")
    await coached.conductor.control("retry")
    await coached.say(ANSWER)
    with pytest.raises(IllegalStep, match="One retry"):
        await coached.conductor.control("retry")
    await coached.conductor.control("continue")
    assert [said.text for said in coached.state.threads[0].said] == [ANSWER]
    await coached.conductor.control("end")
    await coached.conductor.finish()
    final = [request for request in coached.grader.asked if request.thread == coached.state.threads[0].turn][-1]
    assert [exchange.answer for exchange in final.exchanges] == [ANSWER]


async def test_ending_instead_of_trying_again_keeps_the_first_try(coached: Table) -> None:
    await coached.conductor.begin()
    await coached.say(ANSWER)
    await coached.conductor.control("retry")
    await coached.conductor.control("end")
    scorecard = await coached.conductor.finish()
    assert [answer.status for answer in scorecard.answers] == ["graded"]


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


def again(path: Path) -> tuple[Conductor, FakeGrader]:
    """The interview of a transcript, opened again."""
    writer, transcript = TranscriptWriter.reopen(path)
    grader = FakeGrader()
    return Conductor.resume(writer, transcript, FakeInterviewer(), grader, Time()), grader


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
