"""Which rows of a long table are held: those in sight and some around them, whatever there is in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

Row = TypeVar("Row")

AROUND: Final = 2
"""Screenfuls that are held before what is in sight, and after it."""


class PagedRows(Generic[Row]):
    """Rows by their index, of which a few are there.

    A row has a key that does not change, such as its place in a file; which index it has depends on the order.
    """

    def __init__(self) -> None:
        self.order: Sequence[int] = ()
        """The keys of all rows, from the first that is shown to the last."""
        self._held: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.order)

    def key(self, index: int) -> int | None:
        """The key of the row with this index, from 0; None if there is no such row."""
        return self.order[index] if 0 <= index < len(self.order) else None

    def row(self, index: int) -> Row | None:
        """The row with this index, from 0; None if it is not there yet."""
        return self._held.get(self.order[index]) if 0 <= index < len(self.order) else None

    def around(self, top: int, height: int) -> Sequence[int]:
        """The keys of what is to be held while `height` rows from `top` are in sight."""
        return self.order[max(0, top - AROUND * height) : max(0, top + (1 + AROUND) * height)]

    def lacks(self, top: int, height: int) -> bool:
        """Whether something that is in sight, or would be a screenful further on, is not there."""
        near = self.order[max(0, top - height) : max(0, top + 2 * height)]
        return any(key not in self._held for key in near)

    def take(self, rows: Iterable[tuple[int, Row]]) -> frozenset[int]:
        """Holds these, and nothing else; the keys of those that were not there, or are different now."""
        before, self._held = self._held, dict(rows)
        return frozenset(key for key, row in self._held.items() if before.get(key) != row)

    def index_of(self, key: int) -> int | None:
        """The index of a row; None if it is not shown."""
        try:
            return self.order.index(key)
        except ValueError:
            return None
