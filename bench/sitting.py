"""One interview of `bench.soak`: a candidate who does everything that one may do, and what is checked after it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bench.candidate import answer
from bench.tally import Tally
from interviewer.engines.choose import Engine
from interviewer.engines.llm import ABOUT, VERSION
from interviewer.engines.llm.grader import LanguageModelGrader
from interviewer.engines.llm.interviewer import LanguageModelInterviewer
from interviewer.engines.llm.steady import SteadyModel
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Conductor, Update, Wrote
from interviewer.interview.moves import legal_controls
from interviewer.interview.state import fold
from interviewer.library import Library
from interviewer.providers.anthropic import AnthropicModel
from interviewer.providers.chat import ChatModel
from interviewer.providers.meter import Meter, MeteredModel
from interviewer.providers.openai import CompatibleModel, OpenAIModel
from interviewer.providers.prices import load_prices
from interviewer.providers.retry import PATIENCE, Effects
from interviewer.providers.waits import Waits
from interviewer.session import Choices, prepare, resume, start
from interviewer.transcript.events import Action, Event, Graded, Notice, Turn
from interviewer.transcript.store import read
from tests.loopback import KEY, Loopback

SILENCE = 0.25
"""Real seconds without a byte after which a call has failed: all that a server that hangs costs."""

LONGEST_STEP = 60.0
"""Real seconds after which a step hangs."""

QUESTIONS = ("How much runway do you have?", "How is the team set up?", "No, that is all.")


class Defect(AssertionError):
    """Something that may not happen did."""


class CountedTime(SpokenTime):
    """A clock that only passes when it is told to."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally

    async def sleep(self, seconds: float) -> None:
        """Lets time pass without waiting."""
        self._tally.waits += 1
        self._seconds += seconds
        await asyncio.sleep(0)


def model_at(protocol: str, server: Loopback) -> ChatModel:
    """A client of the real SDK, with little patience for silence."""
    key = SecretStr(KEY)
    limits: dict[str, Any] = {"timeout": SILENCE, "longest": 20 * SILENCE}
    if protocol == "anthropic":
        return AnthropicModel(key, "claude-sonnet-5-5", server.url, **limits)
    if protocol == "openai":
        return OpenAIModel(key, "gpt-6.1-terra", server.v1, **limits)
    return CompatibleModel(server.v1, "gpt-6.1-terra", key, **limits)


def engine_at(protocol: str, server: Loopback, clock: CountedTime, chance: random.Random, tally: Tally) -> Engine:
    """The engine that the product would choose, with counted waits. Grading waits beside the conversation."""
    prices, meter, waits = load_prices(), Meter(), Waits(clock)
    beside = CountedTime(tally)
    model = model_at(protocol, server)
    turns = Effects(clock.sleep, clock, chance.random)
    grades = Effects(beside.sleep, beside, chance.random)
    return Engine(
        protocol,
        VERSION,
        model.model,
        LanguageModelInterviewer(
            SteadyModel(MeteredModel(model, meter, prices, "turn"), waits, "turn", PATIENCE, turns)
        ),
        LanguageModelGrader(SteadyModel(MeteredModel(model, meter, prices, "grade"), waits, "grade", PATIENCE, grades)),
        ABOUT,
        meter,
        (model,),
        waits,
    )


class Sitting:
    """One interview with a candidate who does everything that one may do."""

    def __init__(
        self, engine: Engine, clock: CountedTime, chance: random.Random, folder: Path, tally: Tally, most: int
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._chance = chance
        self._folder = folder
        self._tally = tally
        self._most = most
        self._acknowledged: list[Event] = []

    async def hold(self, library: Library, choices: Choices) -> None:
        """From the first word to the scorecard."""
        header = prepare(library, choices, self._engine, self._folder)
        conductor = start(header, self._folder, self._engine, self._hear, self._clock)
        await self._step(conductor.begin())
        while not conductor.state.closed:
            if self._chance.random() < 0.03:
                conductor = await self._leave(conductor)
            elif self._chance.random() < 0.03:
                conductor = await self._interrupt(conductor)
            else:
                await self._step(self._next(conductor))
        if self._chance.random() < 0.2:
            conductor = await self._leave(conductor)
        await self._step(conductor.finish())
        await conductor.stop()
        self._compare(conductor)
        if conductor.state.scorecard is None:
            raise Defect(f"{header.id}: no scorecard")
        self._count()
        conductor.path.unlink()

    def _hear(self, update: Update) -> None:
        if isinstance(update, Wrote):
            self._acknowledged.append(update.event)

    async def _step(self, doing: Awaitable[object]) -> None:
        """One step, which has to end."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(LONGEST_STEP):
                await doing
        except TimeoutError:
            raise Defect(f"a step took longer than {LONGEST_STEP:.0f} s") from None
        self._tally.slowest = max(self._tally.slowest, time.monotonic() - began)

    async def _next(self, conductor: Conductor) -> None:
        """What a candidate may do now; mostly, answering."""
        state, chance = conductor.state, self._chance
        if state.paused:
            await conductor.control("resume")
        elif state.floor in {"interviewer", "coach"}:  # a step was interrupted
            await conductor.begin()
        elif len(self._acknowledged) > self._most:
            await conductor.control("end")
        elif state.floor == "feedback":
            action: Action = "retry" if chance.random() < 0.3 and "retry" in legal_controls(state) else "continue"
            await conductor.control(action)
        elif chance.random() < 0.12 and (allowed := sorted(legal_controls(state) - {"end"})):
            await conductor.control(chance.choice(allowed))
        elif chance.random() < 0.004:
            await conductor.control("end")
        else:
            text = self._answer(conductor)
            self._clock.speak(text)
            if chance.random() < 0.1:
                conductor.save_draft(text[: len(text) // 2])
            await conductor.answer(text)

    def _answer(self, conductor: Conductor) -> str:
        if conductor.state.planned.segment.purpose == "candidate-questions":
            return QUESTIONS[min(conductor.state.candidate_questions, len(QUESTIONS) - 1)]
        return answer(self._chance)

    async def _leave(self, conductor: Conductor) -> Conductor:
        """Leaves the interview and comes back to it."""
        await conductor.stop()
        self._compare(conductor)
        self._tally.left += 1
        again, transcript = resume(conductor.path, self._engine, self._hear, self._clock)
        if transcript.damage:
            raise Defect(f"{conductor.path.name}: {transcript.damage[0].problem}")
        await self._step(again.begin())
        return again

    async def _interrupt(self, conductor: Conductor) -> Conductor:
        """Breaks off in the middle of a step, and leaves or goes on."""
        doing = asyncio.ensure_future(self._next(conductor))
        await asyncio.wait({doing}, timeout=self._chance.random() * 0.02)
        doing.cancel()
        with suppress(asyncio.CancelledError):
            await doing
        self._tally.cancelled += 1
        return await self._leave(conductor) if self._chance.random() < 0.5 else conductor

    def _compare(self, conductor: Conductor) -> None:
        """What is on the medium is what was acknowledged, and is the state that the loop had."""
        transcript = read(conductor.path)
        if transcript.damage:
            raise Defect(f"{conductor.path.name}: {transcript.damage[0].problem}")
        if list(transcript.events) != self._acknowledged:
            raise Defect(
                f"{conductor.path.name}: {len(self._acknowledged)} events were acknowledged, "
                f"and {len(transcript.events)} are there"
            )
        if fold(transcript.header, transcript.events) != conductor.state:
            raise Defect(f"{conductor.path.name}: the file says something else than the loop")

    def _count(self) -> None:
        tally = self._tally
        assert self._engine.meter is not None
        spent = self._engine.meter.spent()
        tally.calls, tally.cost = tally.calls + spent.calls, tally.cost + spent.cost
        tally.interviews, tally.events = tally.interviews + 1, tally.events + len(self._acknowledged)
        tally.seconds += self._clock()
        for event in self._acknowledged:
            if isinstance(event, Turn):
                tally.turns += 1
                tally.worded[event.worded_by] += 1
            elif isinstance(event, Notice):
                tally.notices[event.kind] += 1
            elif isinstance(event, Graded):
                tally.grades[event.grade.status] += 1
