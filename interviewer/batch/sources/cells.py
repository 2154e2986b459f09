"""Reads the records of a table so that a broken quote costs the line it stands in and nothing else."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interviewer.batch.row import RowStatus
from interviewer.batch.sources.decoding import Encoding, lines
from interviewer.batch.sources.dialect import Dialect
from interviewer.batch.sources.record import LONGEST_RECORD

_UNEVEN: Final = "Its quotes do not follow the rules of the format and were read as they stand."
_UNCLOSED: Final = "A quote is opened here and not closed where its cell ends. Close it, or double it if it is text."


@dataclass(frozen=True, slots=True)
class Cells:
    """One record of a table."""

    line: int
    """The line it begins at, counted from 1."""
    values: list[str]
    status: RowStatus = "ok"
    problem: str = ""
    note: str = ""


def cells_of(path: Path, encoding: Encoding, dialect: Dialect, *, skip: int = 0) -> Iterator[Cells]:
    """The records of a table after its first `skip` lines, empty lines left out.

    A record whose quotes break the rules is read again from its first line alone, as it stands; if its quote is not
    closed there, that line is unreadable. Either way the line after it begins a new record, so a stray quote never
    swallows what follows.
    """
    if csv.field_size_limit() < LONGEST_RECORD:  # of the whole process; ours is the bound on records
        csv.field_size_limit(LONGEST_RECORD)
    feed = _Feed(lines(path, encoding, LONGEST_RECORD), skip)
    reader = dialect.reader(feed)
    while True:
        feed.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except _TooLongError:
            yield Cells(feed.line, [], "too-long", f"The line has more than {LONGEST_RECORD:,} characters. Split it.")
            continue
        except (csv.Error, _RunawayError):
            yield _alone(feed, dialect)
            continue
        if values:
            yield Cells(feed.began, values)


def _alone(feed: _Feed, dialect: Dialect) -> Cells:
    """The first line of the record that failed, read by itself; the other lines are given back."""
    first = feed.keep_first()
    values = next(dialect.reader(iter([first]), strict=False), [])
    try:
        next(dialect.reader(iter([first])), None)
    except csv.Error as error:
        if "unexpected end" in str(error):  # its last cell is not closed; those before it are good
            return Cells(feed.began, values[:-1], "unreadable", _UNCLOSED)
    return Cells(feed.began, values, note=_UNEVEN)


class _TooLongError(Exception):
    """A line is longer than a whole record may be."""


class _RunawayError(Exception):
    """A record goes on and on, as it does after a quote that is never closed."""


class _Feed:
    """The lines that a csv.reader takes; those of the record that it is reading can be given back."""

    def __init__(self, source: Iterator[tuple[str, bool]], skip: int) -> None:
        self._source = source
        self._back: deque[str | None] = deque()
        self._taken: list[str] = []
        self._size = 0
        self.line = 0
        """The last line that was taken, counted from 1."""
        for _ in range(skip):
            next(source, None)
            self.line += 1
        self.began = self.line + 1

    def begin(self) -> None:
        """A new record begins with the next line."""
        self._taken.clear()
        self._size = 0
        self.began = self.line + 1

    def keep_first(self) -> str:
        """The first line of the record; the next one to be taken is the second."""
        first, *rest = self._taken
        self._back.extendleft(reversed(rest))
        self.line = self.began
        return first

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        text = self._back.popleft() if self._back else self._next()
        if text is None and self._taken:  # within quotes that were opened before: first that record is told
            self._back.appendleft(None)
            raise _RunawayError
        self.line += 1
        if text is None:
            raise _TooLongError
        self._taken.append(text)
        self._size += len(text)
        if self._size > LONGEST_RECORD:
            raise _RunawayError
        return text

    def _next(self) -> str | None:
        """The next line of the file; None if it is longer than a record may be."""
        text, whole = next(self._source)
        return text if whole else None
