"""What an interviewer is: something that, given the state, reads the last answer, names a move and says it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from interviewer.cost import Cost
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
    worded_by: str | None = None
    """The engine that finds the words from here on, if it is another."""


TurnPart: TypeAlias = Reading | Move | Words | Remark | Cost
"""A turn comes in parts: first the reading (if there is an answer to react to), then the move, then words.

Costs of calls come whenever they are known, and add up.
"""


class Interviewer(Protocol):
    """Plays the people across the table. Owns the words; which moves are legal is decided elsewhere."""

    @property
    def engine(self) -> str:
        """The engine's name, for the log."""

    def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        """One turn. `now` is the time on the interview clock in seconds."""

    def asks_back(self, state: State) -> bool:
        """Whether the unread answer is a question back and no answer. Used before coaching it."""
