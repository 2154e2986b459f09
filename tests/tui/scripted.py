"""People who follow a script in the small interview, and the interview held with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from interviewer.grading.grader import GradingRequest
from interviewer.interview.clock import Clock
from interviewer.interview.conductor import Conductor, Update
from interviewer.interview.interviewer import TurnPart, Words
from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State
from interviewer.scorecard import Evidence, Grade, GradeStatus, Rating, Stamp
from interviewer.text import sentences
from interviewer.transcript.events import Gap, Move, Noticed, Outcome, Reading
from interviewer.transcript.store import TranscriptWriter, read
from interviewer.vocabulary import Mode
from tests.tui.tiny import LEVELS, Rule, header


class ScriptedInterviewer:
    """Takes the first legal move, probing the first answer of a thread, and says simple things.

    Args:
        delay: seconds before each word; 0 says everything at once.
        fails: how many turns fail before the next one works.
        outcome: what answers are understood as.
    """

    engine = "scripted"

    def __init__(self, delay: float = 0.0, outcome: Outcome = "answered") -> None:
        self.delay = delay
        self.outcome: Outcome = outcome
        self.fails = 0
        self.spoken: Callable[[Move], str] | None = None
        self.gate: asyncio.Event | None = None

    async def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the line went dead")
        reading = None
        if state.unread is not None and state.wish is None and state.thread is not None:
            gap = Gap(id=f"{state.thread.question}-n", source="typical", about="No number was given",
                      type="quantify", probe="Put a number on that for me, would you?")  # fmt: skip
            probed = bool(state.thread.probes)
            heard = next((one for one in sentences(state.unread.text) if "redo" in one.text), None)
            noticed = (Noticed(flaw="one-metric", sentence=heard.number),) if heard else ()
            reading = Reading(
                answer=state.unread.seq,
                outcome=self.outcome,
                closed_gaps=(gap.id,) if probed else (),
                open_gaps=() if probed else (gap,),
                noticed=noticed,
            )
            yield reading
        move = legal_moves(state, now, reading)[0]
        yield move
        if self.gate is not None:
            await self.gate.wait()
        for word in self._words(state, move, reading).split(" "):
            if self.delay:
                await asyncio.sleep(self.delay)
            yield Words(word + " ")

    def _words(self, state: State, move: Move, reading: Reading | None) -> str:
        if self.spoken is not None:
            return self.spoken(move)
        match move.kind:
            case "open":
                return "Hello Alex, good to see you. We have a quarter of an hour."
            case "ask":
                return state.question(move.question or "").text
            case "probe" if reading:
                return reading.open_gaps[0].probe
            case "hint" if state.thread:
                return state.question(state.thread.question).hint or "No hint."
            case "close":
                return "That is our time. You will hear from me today."
            case _:
                return f"Let us go on ({move.kind})."

    def asks_back(self, state: State) -> bool:
        return state.unread is not None and state.unread.text.endswith("?")


class ScriptedGrader:
    """Rates by length, quoting the first sentences; may wait, fail, or judge people differently."""

    stamp = Stamp(engine="scripted", engine_version="1", calibration="not calibrated")

    def __init__(self, status: GradeStatus = "graded") -> None:
        self.status: GradeStatus = status
        self.gate: asyncio.Event | None = None

    async def grade(self, request: GradingRequest) -> Grade:
        if self.gate is not None:
            await self.gate.wait()
        person = request.person.id if request.person else None
        status: GradeStatus = self.status if request.exchanges and not request.skipped else "skipped"
        ratings = tuple(self._rate(request, index) for index, _ in enumerate(request.rubric.criteria))
        return Grade(
            thread=request.thread,
            question=request.question.id,
            rubric=request.rubric.id,
            rubric_version=request.rubric.version,
            person=person,
            status=status,
            ratings=ratings if status == "graded" else (),
            covered=("point0",) if status == "graded" else (),
            missed=("point1",) if status == "graded" else ("point0", "point1"),
            stamp=self.stamp,
        )

    def _rate(self, request: GradingRequest, index: int) -> Rating:
        criterion = request.rubric.criteria[index]
        answer = request.exchanges[0] if request.exchanges else None
        found = sentences(answer.answer)[index : index + 1] if answer else ()
        evidence = tuple(
            Evidence(event=answer.event, sentence=one.number, start=one.start, end=one.end, quote=one.text)
            for one in found
            if answer
        )
        strict = 1 if request.person and request.person.id == "li" else 0
        level = LEVELS[max(0, 3 - index - strict)] if evidence else "not-assessed"
        said = "It is said plainly." if evidence else "Nothing was said about it."
        return Rating(criterion=criterion.id, evidence=evidence, reasoning=said, level=level)


class Seconds:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opener(
    folder: Path,
    interviewer: ScriptedInterviewer,
    grader: ScriptedGrader,
    mode: Mode = "realistic",
    rule: Rule = "gut",
    seconds: Seconds | None = None,
    questions: int = 2,
    *,
    asks: bool = False,
) -> Callable[[Callable[[Update], None]], Conductor]:
    """What a screen calls to open an interview: begins one, or goes on with the one in the folder."""

    def begin(listener: Callable[[Update], None]) -> Conductor:
        path = folder / "interview.jsonl"
        if path.exists():
            writer, transcript = TranscriptWriter.reopen(path)
            return Conductor.resume(writer, transcript, interviewer, grader, seconds, listener)
        first = header(mode, rule, questions, asks=asks)
        clock = Clock(now=seconds) if seconds else Clock()
        return Conductor.start(TranscriptWriter.create(path, first), first, interviewer, grader, clock, listener)

    return begin


ANSWERS = (
    "I would look at what people redo after the model answered. I would count those redone tickets every week, "
    "about 200 of them. I own that count myself.",
    "Of 200 tickets, 31 were redone in March.",
    "I pushed a change on a Friday. It cost us 4 hours and 1,200 wrong orders. I wrote the check that was missing.",
    "4 hours.",
)


async def finished(folder: Path, rule: Rule = "gut", answers: Sequence[str] = ANSWERS) -> State:
    """The state of an interview that was held and graded."""
    seconds = Seconds()
    conductor = opener(folder, ScriptedInterviewer(), ScriptedGrader(), rule=rule, seconds=seconds)(lambda _: None)
    await conductor.begin()
    for answer in answers:
        seconds.now += 75
        if conductor.state.floor == "candidate":
            await conductor.answer(answer)
    if not conductor.state.closed:
        await conductor.control("end")
    await conductor.finish()
    await conductor.stop()
    return conductor.state


def events_of(folder: Path) -> list[str]:
    """The kinds of events in the transcript, in order."""
    return [event.type for event in read(folder / "interview.jsonl").events]
