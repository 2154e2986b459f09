"""Turns that cannot be used: how often a model is asked again, when it is cut short, and what is said of it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.engines.choose import offline
from interviewer.engines.llm.arriving import LONGEST
from interviewer.engines.llm.interviewer import LanguageModelInterviewer
from interviewer.interview.interviewer import Remark, Words
from interviewer.interview.state import State, fold
from interviewer.library import Library
from interviewer.providers.chat import ChatRequest, Piece, Reply, Stop, Usage
from interviewer.session import Choices, prepare

OPENS = (
    '{"answered": "answered", "closed_gaps": [], "open_gaps": [], "move": "open", "speaker": "joss", "say": "Hey, I\'m '
)
"""A legal first turn until somewhere in its words."""


class Speaking:
    """Says the same to everything, piece by piece, and counts."""

    provider, model = "openai", "m"

    def __init__(self, pieces: list[str], stop: Stop = "complete") -> None:
        self.pieces = pieces
        self.stop: Stop = stop
        self.calls = 0
        self.handed = 0

    async def stream(self, _: ChatRequest) -> AsyncIterator[Piece | Reply]:
        self.calls += 1
        for text in self.pieces:
            self.handed += 1
            yield Piece(text)
        yield Reply("".join(self.pieces), self.stop, Usage(), self.model)

    async def complete(self, _: ChatRequest) -> Reply:
        raise AssertionError("a turn is streamed")

    async def close(self) -> None:
        return


@pytest.fixture
def beginning(tmp_path: Path) -> State:
    return fold(prepare(Library.default(), Choices("seed-founder", seed=1), offline(), tmp_path), ())


async def turn(model: Speaking, state: State) -> tuple[list[str], str]:
    """The remarks of a turn, and its words."""
    parts = [part async for part in LanguageModelInterviewer(model).turn(state, 0.0)]
    said = "".join(part.text for part in parts if isinstance(part, Words))
    return [part.text for part in parts if isinstance(part, Remark)], said


async def test_a_refusal_is_not_asked_again(beginning: State) -> None:
    model = Speaking([], "refused")
    remarks, said = await turn(model, beginning)
    assert model.calls == 1
    assert remarks == ["The offline engine took this turn. The model declined to speak."]
    assert said


@pytest.mark.parametrize(
    "reply", ["", " \n", "{}", '{"move": "ask x"}', json.dumps({"move": "open", "say": "\u202e\x1b[2J"}), "[" * 9_000]
)
async def test_anything_else_is_asked_once_more_and_told_without_what_may_be_asked(
    beginning: State, reply: str
) -> None:
    model = Speaking([reply])
    remarks, said = await turn(model, beginning)
    assert model.calls == 2
    sentence = "What the model replied could not be used. If that goes on, choose another model."
    assert remarks == [f"The offline engine took this turn. {sentence}"]
    assert said


@pytest.mark.parametrize("begins", ["", '{"open_gaps": ["', OPENS])
async def test_a_reply_without_end_is_cut_soon(beginning: State, begins: str) -> None:
    model = Speaking([begins, *["word "] * 400_000])
    began = time.monotonic()
    remarks, said = await turn(model, beginning)
    assert time.monotonic() - began < 5
    assert model.handed <= 2 * (LONGEST / 5 + 2)
    assert len(remarks) == 1 and "could not be used" in remarks[0]
    assert 0 < len(said.split()) < 400
