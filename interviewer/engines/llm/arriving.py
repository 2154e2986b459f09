"""A turn while it arrives: the move as soon as it is known, then the words that are ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.engines.llm.leak import leaks
from interviewer.engines.llm.turn_reply import (
    MOST_WORDS,
    RECITED,
    Decided,
    IllegalTurn,
    check_words,
    decide,
    partial,
    whole,
)
from interviewer.interview.interviewer import TurnPart, Words
from interviewer.interview.state import State
from interviewer.text import sanitise

LONGEST = 20_000
"""Characters of a reply. No turn needs as many; a server that knows no limit of tokens may never end."""


class ArrivingTurn:
    """Takes the reply in pieces and gives the parts of the turn as they become certain.

    Every method raises IllegalTurn as soon as the reply cannot be used.
    """

    def __init__(self, state: State, now: float) -> None:
        self._state = state
        self._now = now
        self._text = ""
        self._told = ""
        self._decided: Decided | None = None
        self._full = False

    def take(self, piece: str) -> Iterator[TurnPart]:
        """What one more piece makes certain."""
        self._text += piece
        if len(self._text) > LONGEST:
            raise IllegalTurn("The reply went on and on. Be shorter.")
        arrived = {} if self._full else partial(self._text)
        if "say" not in arrived:
            return
        if self._decided is None:
            self._decided = decide(self._state, self._now, arrived)
        ready = _ready(str(arrived["say"]))
        if leaks(ready):
            raise IllegalTurn(RECITED)
        self._full = len(ready.split()) > MOST_WORDS
        if len(ready) > len(self._told) and not self._full:
            if not self._told:  # not before: a move without a word can still be asked for once more
                yield from self._decided.parts
            yield Words(ready[len(self._told) :])
            self._told = ready

    def end(self, text: str) -> Iterator[TurnPart]:
        """What is left once the reply is whole."""
        reply = whole(text)
        decided = self._decided or decide(self._state, self._now, reply)
        said = check_words(self._state, decided.move, str(reply.get("say", "")))
        if not self._told:
            yield from decided.parts
            yield Words(said)
        elif said.startswith(self._told.strip()) and len(said) > len(self._told):
            yield Words(said[len(self._told) :])


def _ready(said: str) -> str:
    """What of the words may be shown: clean, and without a last piece that may still change.

    Of the first word, what is there is shown at once, unless it could be the beginning of an escape sequence.
    """
    clean = " ".join(sanitise(said).split())
    if " " in clean:
        return clean.rpartition(" ")[0] + " "
    return clean if said.isprintable() else ""
