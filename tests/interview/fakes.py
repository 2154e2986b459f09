"""An interviewer and a grader that do as they are told, and a clock that stands until it is moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from interviewer.grading.grader import GradingRequest, grade_for, ungraded
from interviewer.interview.clock import Clock
from interviewer.interview.conductor import Conductor, Update, Wrote
from interviewer.interview.interviewer import TurnPart, Words
from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State
from interviewer.scorecard import Evidence, Grade, Rating, Stamp
from interviewer.text import sentences
from interviewer.transcript.events import Event, Header, Move, Noticed, Outcome, Reading
from interviewer.transcript.store import TranscriptError, TranscriptWriter
from tests import sample
from tests.interview.steps import gaps_of

STAMP = Stamp(engine="fake", engine_version="1", calibration="not calibrated")

PREFERRED = ("wait", "probe", "hint", "ask")
"""Kinds of moves that the fake interviewer makes while they are legal, the best first."""

ANSWER = "I rebuilt it alone and errors fell by nine percent."
MIXED = (ANSWER, "", "What do you mean?", "I don't know.", "We fixed it.", "I would say that cannot work.", ANSWER)
"""Answers of every kind that the fake interviewer tells apart."""


def outcome_of(text: str) -> Outcome:
    """What the fake interviewer takes an answer for."""
    plain = text.strip().casefold()
    if not plain:
        return "blank"
    if plain.endswith("?"):
        return "clarifying-question"
    if plain.startswith("i don't know"):
        return "dont-know"
    return "no-questions" if plain == "no." else "answered"


class FakeInterviewer:
    """Makes the first legal move of the preferred kinds, and says what it does."""

    engine = "fake"

    def __init__(self) -> None:
        self.illegal: Move | None = None
        """A move to try instead, once."""
        self.hold: asyncio.Event | None = None
        """Waited for after the first word of a turn."""

    async def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        reading = None
        if state.unread is not None and state.wish is None:
            thread, outcome = state.thread, outcome_of(state.unread.text)
            if state.planned.segment.purpose == "candidate-questions" and outcome == "clarifying-question":
                outcome = "company-question"
            found = gaps_of(state.question(thread.question)) if thread and outcome == "answered" else ()
            heard = next((one for one in sentences(state.unread.text) if "that cannot work" in one.text), None)
            noticed = (Noticed(flaw="flaw", sentence=heard.number),) if heard else ()
            closed = tuple(gap.id for gap in thread.open_gaps if "percent" in state.unread.text) if thread else ()
            reading = Reading(
                answer=state.unread.seq, outcome=outcome, closed_gaps=closed, open_gaps=found, noticed=noticed
            )
            yield reading
        if self.illegal is not None:
            move, self.illegal = self.illegal, None
            yield move
            return
        legal = legal_moves(state, now, reading)
        move = min(legal, key=lambda one: PREFERRED.index(one.kind) if one.kind in PREFERRED else len(PREFERRED))
        yield move
        yield Words(f"{move.kind} ")
        if self.hold is not None:
            await self.hold.wait()
        await asyncio.sleep(0)
        yield Words("said")

    def asks_back(self, state: State) -> bool:
        return state.unread is not None and outcome_of(state.unread.text) == "clarifying-question"


class FakeGrader:
    """Rates everything solid on the first sentence of the last answer; may fail or take its time."""

    stamp = STAMP

    def __init__(self, failing: bool = False, level: str = "solid") -> None:
        self.failing = failing
        self.level = level
        self.asked: list[GradingRequest] = []
        self.hold: asyncio.Event | None = None

    async def grade(self, request: GradingRequest) -> Grade:
        self.asked.append(request)
        if self.hold is not None:
            await self.hold.wait()
        if self.failing:
            raise RuntimeError("the grader broke")
        said = [one for one in request.exchanges if one.answer.strip()]
        if not said:
            return ungraded(request, "skipped" if request.skipped else "blank", "", self.stamp)
        first = sentences(said[-1].answer)[0]
        evidence = Evidence(
            event=said[-1].event, sentence=first.number, start=first.start, end=first.end, quote=first.text
        )
        ratings = tuple(
            Rating(criterion=one.id, evidence=(evidence,), reasoning="Said so.", level=self.level)
            for one in request.rubric.criteria
        )
        first_point = [point.id for point in request.question.key_points[:1]]
        return grade_for(request, "graded", self.stamp, ratings=ratings, covered=first_point)


class Time:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class BrokenWriter(TranscriptWriter):
    """A medium that refuses one type of event while it is told to."""

    refuses: str | None = None

    def append(self, event: Event) -> None:
        if event.type == self.refuses:
            raise TranscriptError("the disk is full")
        super().append(event)


class Table:
    """An interview about to begin, with everything around it at hand."""

    def __init__(self, folder: Path, header: Header | None = None) -> None:
        self.header = header or sample.header()
        self.interviewer = FakeInterviewer()
        self.grader = FakeGrader()
        self.time = Time()
        self.updates: list[Update] = []
        self.path = folder / f"{self.header.id}.jsonl"
        writer = BrokenWriter.create(self.path, self.header)
        assert isinstance(writer, BrokenWriter)
        self.writer = writer
        self.conductor = Conductor.start(
            self.writer, self.header, self.interviewer, self.grader, Clock(now=self.time), self.updates.append
        )

    @property
    def state(self) -> State:
        return self.conductor.state

    def floor(self) -> str:
        """Whose turn it is."""
        return self.state.floor

    @property
    def events(self) -> list[Event]:
        return [update.event for update in self.updates if isinstance(update, Wrote)]

    async def say(self, *answers: str, seconds: float = 20.0) -> None:
        for text in answers:
            self.time.seconds += seconds
            await self.conductor.answer(text)

    async def talk(self, answers: Sequence[str] = ("I rebuilt it and errors fell by nine percent.",)) -> None:
        """Answers in turn until the interview is closed, going on after feedback."""
        for place in range(200):
            if self.state.closed:
                return
            if self.state.floor == "feedback":
                await self.conductor.control("continue")
            elif self.state.planned.segment.purpose == "candidate-questions":
                await self.say("No.")
            else:
                await self.say(answers[place % len(answers)])
        raise AssertionError("the interview does not end")


def again(path: Path) -> tuple[Conductor, FakeGrader]:
    """The interview of a transcript, opened again."""
    writer, transcript = TranscriptWriter.reopen(path)
    grader = FakeGrader()
    return Conductor.resume(writer, transcript, FakeInterviewer(), grader, Time()), grader
