"""JSON and YAML files: a list of named values, or a document that holds one. Read piece by piece, whatever the size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO, TypeAlias

from interviewer.batch.sources.decoding import Encoding, opened
from interviewer.batch.sources.options import SourceError
from interviewer.batch.sources.record import WANTED, Record, columns_of, record_of

Items: TypeAlias = Iterator[tuple[int, object]]
"""The line and the value of each item of a list."""

Lists: TypeAlias = Iterator[tuple[str | None, Items]]
"""The lists of a document as they come, each with the key it stands under; None if it is the document itself."""


class Document:
    """A document that is one list, or a mapping in which one member is a list of named values. See `Form`."""

    def __init__(
        self, path: Path, name: str, encoding: Encoding, kind: str, lists: Callable[[TextIO, str], Lists]
    ) -> None:
        """Reads the whole file once, so that nothing is spent on one that breaks off.

        `kind` is what the format is called, `lists` reads a file of it.

        Raises:
            SourceError: the document is damaged, holds no list of named values, or several.
            OSError: it cannot be read.
        """
        self._path, self._name, self._encoding = path, name, encoding
        self._kind, self._lists = kind, lists
        self.known: Mapping[str, str] = {}
        self.doubts: tuple[str, ...] = ()
        with opened(path, encoding) as file:
            self._number, self._key = _the_list(name, lists(file, name))
        self.columns = columns_of(self.records())
        if not self.columns:
            raise SourceError(f"{name} holds no row that can be read: its first items are not named values. {WANTED}")

    @property
    def recognised(self) -> str:
        inside = "" if self._key is None else f", its list `{self._key}`"
        return f"{self._kind}, {self._encoding.words}{inside}"

    def records(self) -> Iterator[Record]:
        with opened(self._path, self._encoding) as file:
            for number, (_, items) in enumerate(self._lists(file, self._name)):
                if number == self._number:
                    for place, (line, value) in enumerate(items, 1):
                        yield record_of(f"{self._name}, line {line} (item {place})", value)
                    return


def _the_list(name: str, lists: Iterable[tuple[str | None, Items]]) -> tuple[int, str | None]:
    """Which list of a document holds the rows: its number and its key."""
    filled: list[tuple[int, str | None]] = []
    others = 0
    for number, (key, items) in enumerate(lists):
        size = objects = 0
        for _, value in items:
            size += 1
            objects += isinstance(value, dict)
        if objects:
            filled.append((number, key))
        others += size
    if len(filled) > 1:
        names = ", ".join(f"`{key}`" for _, key in filled)
        raise SourceError(
            f"{name} has several lists of named values ({names}). Put the one meant in a file of its own."
        )
    if not filled:
        why = "the items of its list are not named values" if others else "there is no list with anything in it"
        raise SourceError(f"{name} holds no row: {why}. {WANTED}")
    return filled[0]
