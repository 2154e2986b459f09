"""A few of very many: those with the smallest keys, in bounded memory."""

from __future__ import annotations

import heapq
import zlib
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Smallest(Generic[Kept]):
    """Keeps those with the smallest keys. With keys by chance it is a fair sample; see `by_chance`.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[float, int, Kept]] = []
        self.offered = 0
        """How many there were in all."""

    def offer(self, key: float, item: Kept) -> None:
        """Keeps an item if its key is small enough; of equal keys the ones that came first."""
        entry = (-key, -self.offered, item)
        self.offered += 1
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, entry)
        elif entry > self._heap[0]:
            heapq.heapreplace(self._heap, entry)

    def items(self) -> list[Kept]:
        """What is kept, smallest key first."""
        return [item for _, _, item in sorted(self._heap, key=lambda entry: (-entry[0], -entry[1]))]


def by_chance(place: int) -> float:
    """A number from 0 up to 1 that has nothing to do with the place of a row but is always the same for it."""
    return zlib.crc32(b"%d" % place) / 2**32
