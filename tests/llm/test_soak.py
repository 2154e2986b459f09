"""A short soak, with every fault in reach. The long one is `python -m bench.soak`."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import get_args

from anthropic import AsyncAnthropic
from openai import AsyncOpenAI

from bench.mischief import FAULTS, Mischief
from bench.soak import PROTOCOLS, soak
from bench.tally import Tally
from interviewer.interview.conductor import Conductor
from interviewer.interview.state import Session, State
from interviewer.transcript.events import Header
from interviewer.transcript.store import TranscriptWriter
from tests.loopback.asked import Recorded
from tests.loopback.faults import Kind

OF_AN_INTERVIEW = {Conductor, State, Session, Header, TranscriptWriter, AsyncAnthropic, AsyncOpenAI}
"""None of these may be in memory when no interview is."""

NEXT = Recorded("/v1/messages", {}, None)


def files_in(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


async def test_interviews_over_a_failing_service_lose_nothing_and_leave_nothing_behind(tmp_path: Path) -> None:
    """What was acknowledged is on the medium and folds to the live state: the soak raises if not."""
    there_before = {id(one) for one in gc.get_objects()}
    tally, faults = await soak(100, tmp_path, seed=4, most=40)
    assert tally.turns >= 100 and tally.interviews >= 6
    assert set(tally.worded) > set(PROTOCOLS), "each model, and the stand-in"
    assert len(faults) > 15 and tally.notices["offline-turn"] and tally.grades["graded"]
    assert tally.left and tally.cancelled
    assert tally.unseen == []
    assert files_in(tmp_path) == []
    gc.collect()
    left = [one for one in gc.get_objects() if type(one) in OF_AN_INTERVIEW and id(one) not in there_before]
    assert left == []


def test_mischief_knows_every_fault_of_the_server_and_repeats_itself() -> None:
    assert {fault.kind for fault in FAULTS.values()} == set(get_args(Kind))
    first, second = Mischief(7), Mischief(7)
    assert [first(NEXT) for _ in range(500)] == [second(NEXT) for _ in range(500)]
    assert 50 < sum(first.done.values()) < 200


def test_growth_is_measured_from_the_end_of_the_warm_up() -> None:
    rounds = [(number, 100 + min(number, 20), 50.0) for number in range(100)]
    assert Tally(memory=rounds).growth(1) == 1.0
    assert Tally(memory=[*rounds, (100, 330, 50.0)]).growth(1) > 2
