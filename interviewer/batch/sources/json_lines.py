"""JSON Lines: one object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from interviewer.batch.row import RowStatus
from interviewer.batch.sources.decoding import Encoding, lines
from interviewer.batch.sources.options import SourceError
from interviewer.batch.sources.record import LONGEST_RECORD, WANTED, Record, columns_of, record_of


class JsonLines:
    """One object on each line; empty lines are none. See `Form`."""

    def __init__(self, path: Path, name: str, encoding: Encoding) -> None:
        """Looks at the beginning of the file.

        Raises:
            SourceError: there is nothing in it, or none of the first lines is an object.
            OSError: it cannot be read.
        """
        self._path, self._name, self._encoding = path, name, encoding
        self.doubts: tuple[str, ...] = ()
        self.known: Mapping[str, str] = {}
        self.columns = columns_of(self.records())
        if not self.columns:
            first = next(self.records(), None)
            if first is None:
                raise SourceError(f"{name} is empty: there is no row in it.")
            raise SourceError(
                f"{name} has no object with named values in its first lines. {first.where}: {first.problem or WANTED}"
            )

    @property
    def recognised(self) -> str:
        return f"JSON Lines, {self._encoding.words}"

    def records(self) -> Iterator[Record]:
        start = f"{self._name}, line "
        for number, (line, whole) in enumerate(lines(self._path, self._encoding, LONGEST_RECORD), 1):
            where = f"{start}{number}"
            if not whole:
                yield Record(where, {}, "too-long", f"The line has more than {LONGEST_RECORD:,} characters.")
            elif line.strip("\ufeff \t\r\n\x1a\0"):
                yield _record(where, line)


def _record(where: str, line: str) -> Record:
    status: RowStatus = "unreadable"
    try:
        return record_of(where, json.loads(line.strip("\ufeff \t\r\n\x1a\0")))
    except json.JSONDecodeError as error:
        problem = f"The line is no JSON: {error.msg} at character {error.pos + 1}."
    except RecursionError:
        problem = "The line holds lists within lists without end. Write one flat object."
    except ValueError:
        problem = "The line holds a number with too many digits."
    return Record(where, {}, status, problem)
