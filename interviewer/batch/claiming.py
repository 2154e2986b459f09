"""Claims that are taken ahead of whoever works on them, so that nobody waits for the medium."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from interviewer.batch.ledger import Claim, LedgerError


class Claiming:
    """Hands claims out, and takes more when fewer are left than are taken together.

    Args:
        claim: takes up to so many; nothing if there is nothing more. Runs in a thread.
        together: how many are taken together, at least as many as are handed out together. Twice as many are held at
            most: few transactions, little held by one process, and enough to go on with while the medium is busy.
        limit: how many are taken in all, at most; None for all there are.
    """

    def __init__(self, claim: Callable[[int], Sequence[Claim]], together: int, limit: int | None) -> None:
        self._claim: Final = claim
        self._together: Final = together
        self._left = limit
        self._taken: deque[Claim] = deque()
        self._taking: asyncio.Task[None] | None = None
        self._scarce = False
        """The last look found nothing. What another process had claimed may still become free."""
        self._exhausted = False
        """The look that counts found nothing: it is made when nothing is left here either."""

    async def take(self, most: int) -> list[Claim]:
        """The next ones, `most` of them if there are so many; nothing at the end. Raises LedgerError."""
        while True:
            low = not self._taken or (len(self._taken) < self._together and not self._scarce)
            if low and self._taking is None and not self._exhausted:
                self._taking = asyncio.create_task(self._take_more())
            if len(self._taken) >= most or self._taking is None:
                return [self._taken.popleft() for _ in range(min(most, len(self._taken)))]
            await asyncio.shield(self._taking)  # whoever waits may be cancelled; what is being taken is not lost

    async def _take_more(self) -> None:
        last = not self._taken
        wanted = self._together if self._left is None else min(self._together, self._left)
        found = await asyncio.to_thread(self._claim, wanted) if wanted else ()
        if self._left is not None:
            self._left -= len(found)
        self._taken.extend(found)
        self._scarce = not found
        self._exhausted = last and not found
        self._taking = None  # not if it failed: then everybody who asks is told so

    async def end(self) -> Sequence[Claim]:
        """What was taken and handed to nobody, once nothing more is being taken."""
        if self._taking is not None:
            with suppress(LedgerError):
                await self._taking
        return tuple(self._taken)
