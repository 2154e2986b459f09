"""The state of an interview at any moment of its log, without folding everything before it each time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from interviewer.interview.salvage import misfit
from interviewer.interview.state import State, apply, begin
from interviewer.transcript.events import Event, Header

CLOSEST = 64
"""Events between two states that are kept, at least."""

MOST = 128
"""States that are kept, at most; so what they hold together grows no faster than the log."""


class States:
    """What the interview was after each number of its events.

    Args:
        header: of the interview.
        events: all of them. What contradicts those before it, in a damaged transcript, is left out.
    """

    def __init__(self, header: Header, events: Sequence[Event]) -> None:
        self._events = events
        self._spacing = max(CLOSEST, -(-len(events) // MOST))
        self._numbers = [0]
        self._states = [begin(header)]

    def at(self, number: int) -> State:
        """The state after the first `number` events: what the live interview had then.

        Raises:
            ValueError: there are not so many events.
        """
        if not 0 <= number <= len(self._events):
            raise ValueError(f"there are {len(self._events)} events, not {number}")
        kept = bisect_right(self._numbers, number) - 1
        state = self._states[kept]
        for place in range(self._numbers[kept], number):
            event = self._events[place]
            state = state if misfit(state, event) else apply(state, event)
            if place + 1 == self._numbers[-1] + self._spacing:
                self._numbers.append(place + 1)
                self._states.append(state)
        return state
