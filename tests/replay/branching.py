"""Interviews that are held in no time, and held again from a branch with the same words at the same moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.interview.conductor import Conductor
from interviewer.interview.state import State
from interviewer.replay.branch import branch
from interviewer.transcript.events import Answer, Control, Draft, Event
from interviewer.transcript.store import TranscriptWriter, read
from tests.interview.fakes import FakeGrader, FakeInterviewer, Table, Time


@dataclass(frozen=True)
class Engine:
    """Who is said to go on."""

    name: str = "fake"
    version: str = "7"
    model: str | None = None


ENGINE = Engine()


async def held(table: Table, words: Sequence[str]) -> State:
    """Holds an interview to its end. A word that is a control is used as one where that is possible."""
    conductor = table.conductor
    await conductor.begin()
    for word in words:
        if conductor.state.closed:
            break
        if conductor.state.floor == "feedback":
            await conductor.control("retry" if word == "retry" and not conductor.state.retried else "continue")
        elif word in {"pause", "hint", "skip"}:
            await _steer(conductor, word)
        elif word == "draft":
            conductor.save_draft("half a thought")
        elif conductor.state.floor == "candidate":
            await table.say(word)
    while not conductor.state.closed:
        await conductor.control("continue" if conductor.state.floor == "feedback" else "end")
    await conductor.finish()
    await conductor.stop()
    return conductor.state


async def _steer(conductor: Conductor, word: str) -> None:
    from interviewer.interview.moves import legal_controls

    legal = legal_controls(conductor.state)
    if word == "pause" and "pause" in legal:
        await conductor.control("pause")
        await conductor.control("resume")
    elif word == "hint" and "hint" in legal:
        await conductor.control("hint")
    elif word == "skip" and "skip" in legal:
        await conductor.control("skip")


def resumed(path: Path) -> tuple[Conductor, Time]:
    """The interview of a transcript, opened to go on."""
    writer, transcript = TranscriptWriter.reopen(path)
    time = Time()
    return Conductor.resume(writer, transcript, FakeInterviewer(), FakeGrader(), time), time


async def again(path: Path, answer: int, folder: Path) -> tuple[Path, State]:
    """Branches off at an answer, then says and does what was said and done, when it was."""
    new = branch(path, answer, folder, ENGINE)
    conductor, time = resumed(new)
    await conductor.begin()
    for event in read(path).events:
        if event.seq >= answer and isinstance(event, Answer | Control | Draft):
            await _do(conductor, event, time)
    await conductor.finish()
    await conductor.stop()
    return new, conductor.state


async def _do(conductor: Conductor, event: Event, time: Time) -> None:
    time.seconds += max(0.0, event.clock - conductor.clock.elapsed())
    match event:
        case Answer():
            await conductor.answer(event.text)
        case Draft():
            conductor.save_draft(event.text)
        case Control(action="continue") if conductor.state.floor != "feedback":
            pass  # the loop's own: a question back is not coached
        case Control():
            await conductor.control(event.action)


def timeless(state: State, like: State) -> State:
    """The state as it would be with the header and the wall times of another."""
    last = state.last and like.last and state.last.model_copy(update={"at": like.last.at})
    unread = state.unread and like.unread and state.unread.model_copy(update={"at": like.unread.at})
    return replace(state, session=like.session, last=last, unread=unread)
