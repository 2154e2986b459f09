"""Whole interviews with a language model, over real HTTP and the real SDKs, on all three protocols."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from interviewer.cli import main
from interviewer.cost import money
from interviewer.engines.choose import KEYS, Engine, EngineError, choose
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Conductor, Update
from interviewer.interview.state import fold
from interviewer.library import Library
from interviewer.session import Choices, prepare, start
from interviewer.settings import Settings
from interviewer.transcript.archive import listing
from interviewer.transcript.events import Notice, Turn
from interviewer.transcript.store import read
from tests.llm.player import Player
from tests.loopback import KEY, Fault, Loopback

ENGINES = ("anthropic", "openai", "openai-compatible")
ANSWER = (
    "In {number} I rebuilt the matching service alone because it failed every Monday. "
    "It took {number} days, and errors fell from 9 to 2 percent against the old rules."
)


def engine_at(server: Loopback, name: str, folder: Path) -> Engine:
    model = "claude-sonnet-5-5" if name == "anthropic" else "gpt-6.1-terra"
    address = server.url if name == "anthropic" else server.v1
    settings = Settings(transcripts=folder, engine=name, base_url=address, turn_model=model)
    return choose(settings, environment={KEYS[name]: KEY, "INTERVIEWER_CONFIG_DIR": str(folder)})


def _ignore(_: Update) -> None:
    return None


def alike(number: int) -> str:
    """The same answer with another number."""
    return ANSWER.format(number=number)


async def hold(
    engine: Engine,
    folder: Path,
    persona: str = "seed-founder",
    answer: Callable[[int], str] = alike,
    most: int = 1000,
) -> Conductor:
    """An interview to its scorecard: the whole of it, or ended after so many answers."""
    spoken = SpokenTime()
    header = prepare(Library.default(), Choices(persona, seed=3), engine, folder)
    conductor = start(header, folder, engine, _ignore, spoken)
    await conductor.begin()
    number = 1
    while not conductor.state.closed:
        number += 1
        yours = conductor.state.planned.segment.purpose == "candidate-questions"
        ended = conductor.state.candidate_questions > 0
        text = ("No, that is all." if ended else "How much runway do you have?") if yours else answer(number)
        spoken.speak(text * 4)
        await conductor.answer(text)
        if number > most and not conductor.state.closed:
            await conductor.control("end")
    await conductor.finish()
    await conductor.stop()
    await engine.close()
    return conductor


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("persona", ["seed-founder", "series-b-panel", "big-tech-bar-raiser"])
async def test_a_whole_interview_is_held_and_graded_by_a_model(tmp_path: Path, engine: str, persona: str) -> None:
    async with Loopback(Player()) as server:
        conductor = await hold(engine_at(server, engine, tmp_path), tmp_path, persona)
    path = conductor.path
    transcript = read(path)
    state = fold(transcript.header, transcript.events)
    assert state.scorecard is not None
    assert state.scorecard == conductor.state.scorecard
    assert [event.text for event in transcript.events if isinstance(event, Notice)] == []
    turns = [event for event in transcript.events if isinstance(event, Turn)]
    assert {turn.worded_by for turn in turns} == {engine}
    assert any(turn.move.kind == "probe" for turn in turns)
    assert all(turn.cost and turn.cost.calls for turn in turns)
    assert all(grade.cost for grade in state.grades if grade.status == "graded")
    assert state.scorecard.cost is not None
    assert state.scorecard.cost.calls >= len(turns)
    assert state.scorecard.cost.calls == server.billed
    assert {stamp.engine for stamp in state.scorecard.stamps} == {engine}
    assert all(stamp.prompt_version for stamp in state.scorecard.stamps)
    assert all(result.evidence for result in state.scorecard.criteria if result.share)
    assert KEY not in path.read_text()
    (entry,), _ = listing(tmp_path)
    assert entry.dollars == state.scorecard.cost.dollars > 0


async def test_the_list_of_interviews_says_what_models_cost_in_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Loopback(Player()) as server:
        costs = [
            (await hold(engine_at(server, "anthropic", tmp_path), tmp_path, most=2)).state.cost.dollars
            for _ in range(2)
        ]
    assert main(["transcripts", "--transcripts", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert f"Language models in all: {money(sum(costs, Decimal(0)))} for 2 finished interviews." in printed


@pytest.mark.parametrize("engine", ENGINES)
async def test_when_the_service_fails_the_interview_goes_on_offline_and_says_so(tmp_path: Path, engine: str) -> None:
    async with Loopback(Player()) as server:
        server.fault_for = lambda _: Fault("status", status=401)
        conductor = await hold(engine_at(server, engine, tmp_path), tmp_path)
    path = conductor.path
    notices = [event for event in read(path).events if isinstance(event, Notice)]
    assert notices and {notice.kind for notice in notices} == {"offline-turn"}
    assert {event.worded_by for event in read(path).events if isinstance(event, Turn)} == {"offline"}
    assert conductor.state.scorecard is not None
    assert KEY not in path.read_text()


def test_an_engine_without_its_key_says_which_is_missing(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="ANTHROPIC_API_KEY"):
        choose(Settings(transcripts=tmp_path, engine="anthropic"), environment={})
    with pytest.raises(EngineError, match="--base-url"):
        choose(Settings(transcripts=tmp_path, engine="openai-compatible", turn_model="x"), environment={})
