"""The offline interviewer: the same protocol that a language model meets, played by rules."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

from interviewer.engines.offline.choice import choose
from interviewer.engines.offline.reading import outcome_of, read_answer
from interviewer.engines.offline.wording import word
from interviewer.interview.interviewer import TurnPart, Words
from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State
from interviewer.interview.thread import ASIDE

_SECONDS_PER_WORD = 0.035
"""At pace 1. Faster than speech, slow enough to read along."""

_PIECE = re.compile(r"\S+\s*")


class OfflineInterviewer:
    """Plays a persona by rules.

    Args:
        pace: how slowly words appear; 0 is at once, 1 is easy reading.
    """

    def __init__(self, pace: float = 0.0) -> None:
        self._pace = pace

    @property
    def engine(self) -> str:
        return "offline"

    async def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        """One turn: reads the answer, names a legal move, says it."""
        reading = read_answer(state) if state.unread is not None and state.wish is None else None
        if reading is not None:
            yield reading
        move = choose(state, legal_moves(state, now, reading), reading, now)
        yield move
        text = word(state, move, reading, now)
        if self._pace <= 0:
            yield Words(text)
            return
        for piece in _PIECE.findall(text):
            yield Words(piece)
            await asyncio.sleep(self._pace * _SECONDS_PER_WORD)

    def asks_back(self, state: State) -> bool:
        """Whether the unread answer is a question back and no answer."""
        return state.unread is not None and outcome_of(state) in ASIDE
