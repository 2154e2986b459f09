"""Waits before another try, where a user can see them and end them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from interviewer.providers.chat import ProviderError
from interviewer.providers.retry import GivenUp

Waiting = Literal["turn", "grade", "review"]
"""What waits: the conversation, a grade in the background, what is written after the last word."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait under way."""

    purpose: Waiting
    attempt: int
    """Which attempt failed, from 1."""
    until: float
    """On the monotonic clock, in seconds."""
    reason: str

    def seconds_left(self, now: float) -> float:
        """Never negative."""
        return max(0.0, self.until - now)


class Waits:
    """The waits of all calls of one engine.

    `listener` is told whenever one begins or ends, on the event loop that the call runs on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.listener: Callable[[], None] | None = None
        self._clock = clock
        self._under_way: dict[WaitingCall, Wait] = {}
        self._given_up = False
        self._ended = asyncio.Event()

    @property
    def under_way(self) -> tuple[Wait, ...]:
        """All waits."""
        return tuple(self._under_way.values())

    @property
    def current(self) -> Wait | None:
        """The one to show: the conversation's before a grade's, and the one that ends last."""
        order = {"turn": 2, "review": 1, "grade": 0}
        return max(self._under_way.values(), key=lambda wait: (order[wait.purpose], wait.until), default=None)

    def seconds_left(self) -> float:
        """Of the current wait; 0 if nothing waits."""
        return self.current.seconds_left(self._clock()) if self.current else 0.0

    def give_up(self) -> None:
        """Ends every wait that is under way: its call fails with what it waited for.

        From then on nothing waits until the service has answered again: each call is tried once.
        """
        if self._under_way:
            self._given_up = True
            self._ended.set()
            self._ended = asyncio.Event()

    def answered(self) -> None:
        """The service answered, so waiting for it makes sense again."""
        self._given_up = False

    def call(self, purpose: Waiting) -> WaitingCall:
        """What one call needs to wait here."""
        return WaitingCall(self, purpose)

    def _begin(self, call: WaitingCall, wait: Wait | None) -> None:
        if wait is None:
            self._under_way.pop(call, None)
        else:
            self._under_way[call] = wait
        if self.listener is not None:
            self.listener()


class WaitingCall:
    """The waits of one call, one after the other."""

    def __init__(self, waits: Waits, purpose: Waiting) -> None:
        self._waits = waits
        self._purpose = purpose

    def tell(self, attempt: int, seconds: float, error: ProviderError) -> None:
        """A wait begins."""
        until = self._waits._clock() + seconds
        self._waits._begin(self, Wait(self._purpose, attempt, until, str(error)))

    async def sleep(self, seconds: float, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Waits, unless the user gives up.

        Raises:
            GivenUp: they did, or had before.
        """
        if self._waits._given_up:
            self._waits._begin(self, None)
            raise GivenUp
        slept, ended = asyncio.ensure_future(sleep(seconds)), asyncio.ensure_future(self._waits._ended.wait())
        try:
            await asyncio.wait({slept, ended}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                raise GivenUp
        finally:
            slept.cancel()
            ended.cancel()
            self._waits._begin(self, None)
