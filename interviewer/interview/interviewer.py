"""What an interviewer is: something that, given the state, reads the last answer, names a move and says it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from interviewer.interview.state import State
from interviewer.transcript.events import Move, Reading


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of what is being said, in order."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the turn that the reader of the log should know, such as a stand-in who took it."""

    kind: str
    text: str


TurnPart: TypeAlias = Reading | Move | Words | Remark
"""A turn comes in parts: first the reading (if there is an answer to react to), then the move, then words."""


class Interviewer(Protocol):
    """Plays the people across the table. Owns the words; which moves are legal is decided elsewhere."""

    @property
    def engine(self) -> str:
        """The engine's name, for the log."""

    def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        """One turn. `now` is the time on the interview clock in seconds."""

    def asks_back(self, state: State) -> bool:
        """Whether the unread answer is a question back and no answer. Used before coaching it."""
