"""A sequence that never changes and yet grows cheaply: what an interview leaves behind, one thing after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar, overload

Item_co = TypeVar("Item_co", covariant=True)

CHUNK = 64
"""Items that are copied at most when one more is added."""


class Trail(Sequence[Item_co]):
    """Reads and compares like a tuple. Adding an item gives a new trail that shares all but the end with the old one.

    A tuple is copied whole for every item that is added, which over a long log takes time with its square.
    """

    __slots__ = ("_full", "_last")

    _full: tuple[tuple[Item_co, ...], ...]
    """Chunks of `CHUNK` items."""
    _last: tuple[Item_co, ...]
    """The rest; empty only if the trail is."""

    def __init__(self, items: Iterable[Item_co] = ()) -> None:
        every = tuple(items)
        whole = max(0, len(every) - 1) // CHUNK * CHUNK
        self._full = tuple(every[start : start + CHUNK] for start in range(0, whole, CHUNK))
        self._last = every[whole:]

    @classmethod
    def _of(cls, full: tuple[tuple[Item_co, ...], ...], last: tuple[Item_co, ...]) -> Trail[Item_co]:
        made = cls.__new__(cls)
        made._full, made._last = full, last
        return made

    def plus(self, *items: Item_co) -> Trail[Item_co]:  # type: ignore[misc]  # nothing is put into this one
        """This trail with more at its end."""
        full, last = self._full, self._last
        for item in items:
            if len(last) == CHUNK:
                full, last = (*full, last), ()
            last = (*last, item)
        return self._of(full, last)

    def ending(self, item: Item_co) -> Trail[Item_co]:  # type: ignore[misc]  # nothing is put into this one
        """This trail with another last item. Raises IndexError if it is empty."""
        if not self._last:
            raise IndexError("an empty trail has no last item")
        return self._of(self._full, (*self._last[:-1], item))

    def __len__(self) -> int:
        return len(self._full) * CHUNK + len(self._last)

    def __iter__(self) -> Iterator[Item_co]:
        return chain(chain.from_iterable(self._full), self._last)

    def __reversed__(self) -> Iterator[Item_co]:
        return chain(reversed(self._last), chain.from_iterable(reversed(chunk) for chunk in reversed(self._full)))

    @overload
    def __getitem__(self, place: int) -> Item_co: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item_co, ...]: ...
    def __getitem__(self, place: int | slice) -> Item_co | tuple[Item_co, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        chunk, within = divmod(range(len(self))[place], CHUNK)
        return self._full[chunk][within] if chunk < len(self._full) else self._last[within]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Trail):
            return (self._last, self._full) == (other._last, other._full)
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
