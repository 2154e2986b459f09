"""How many calls are under way at once: one at first, more while all goes well, fewer when the service says so.

The first goes alone. Then the rule is that of TCP: a few begin, and each reply allows one more call until the service
first pushes back, so the number doubles in the time of one call; from then on it grows by a twentieth in that time. A
push-back takes a fifth away, once for all the calls that were under way together, and nothing new begins before the
time that the service asked for.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Final

from interviewer.providers.around import AroundModel
from interviewer.providers.chat import ChatModel, ChatRequest, ErrorKind, Piece, ProviderError, Reply

FIRST: Final = 1
"""Calls that are under way at once in the beginning. The first goes alone: once it is answered, what all calls share is
in the provider's cache, and the others pay a tenth for it."""
THEN: Final = 8
"""Calls that are under way at once when the first is answered: few enough for the smallest account."""
CUT: Final = 0.8
GROWTH: Final = 0.05
LONGEST_HOLD: Final = 60.0
"""Seconds for which a service can hold all calls up, whatever it asks for."""

_PUSHED_BACK: Final[frozenset[ErrorKind]] = frozenset({"rate-limited", "overloaded"})


class Pace:
    """Lets calls begin.

    Args:
        most: calls under way at once, at most; at least 1.
        first: in the beginning; no more than `most`.
        clock: seconds, on a clock that never goes back.
    """

    def __init__(self, most: int, first: int = FIRST, clock: Callable[[], float] = time.monotonic) -> None:
        if most < 1:
            raise ValueError("at least one call has to be possible")
        self.most: Final = most
        self.under_way = 0
        self.push_backs = 0
        self._limit = float(min(first, most))
        self._doubling = True
        self._clock = clock
        self._cut_at = -1.0
        self._held_until = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> int:
        """Calls that may be under way now."""
        return int(self._limit)

    @property
    def held_for(self) -> float:
        """Seconds until anything new may begin; 0 if it may."""
        return max(0.0, self._held_until - self._clock())

    async def begin(self) -> float:
        """Waits until a call may begin; when it did. Every one has to be ended."""
        while self.under_way >= self.limit or self._held_until > self._clock():
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            self._set_alarm()
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._wake()  # it was somebody's turn, and not ours any more
                raise
        self.under_way += 1
        return self._clock()

    def end(self, began: float, problem: ProviderError | None = None) -> None:
        """A call came back.

        Args:
            began: what `begin` gave.
            problem: why it failed; None if it did not.
        """
        self.under_way -= 1
        if problem is None:
            more = self._limit + (1.0 if self._doubling else GROWTH)
            self._limit = min(float(self.most), max(more, THEN) if self._doubling else more)
        elif problem.kind in _PUSHED_BACK:
            self.push_backs += 1
            self._push_back(began, problem.retry_after)
        self._wake()

    def _push_back(self, began: float, asked: float | None) -> None:
        now = self._clock()
        if asked is not None:
            self._held_until = max(self._held_until, now + min(asked, LONGEST_HOLD))
        if began > self._cut_at:  # a call that began before the last cut tells nothing new
            self._limit = max(1.0, self._limit * CUT)
            self._doubling = False
            self._cut_at = now

    def _wake(self) -> None:
        free = self.limit - self.under_way
        if self._held_until > self._clock():
            self._set_alarm()
            return
        while free > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1

    def _set_alarm(self) -> None:
        """Has whoever waits looked at again when the hold ends."""
        left = self.held_for
        if left > 0 and (self._alarm is None or self._alarm.cancelled()):
            self._alarm = asyncio.get_running_loop().call_later(left, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._wake()


class PacedModel(AroundModel):
    """A model whose calls begin when the pace lets them.

    Args:
        model: whom to ask.
        pace: shared by all calls to the same service.
    """

    def __init__(self, model: ChatModel, pace: Pace) -> None:
        super().__init__(model)
        self._pace = pace

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError."""
        began, problem = await self._pace.begin(), None
        try:
            return await self._asked.complete(request)
        except ProviderError as error:
            problem = error
            raise
        finally:
            self._pace.end(began, problem)

    async def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The reply in pieces, then whole. Raises ProviderError."""
        began, problem = await self._pace.begin(), None
        try:
            async for piece in self._asked.stream(request):
                yield piece
        except ProviderError as error:
            problem = error
            raise
        finally:
            self._pace.end(began, problem)
