"""Tables of lines: CSV, TSV and whatever else separates its cells by one character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from interviewer.batch.sources.cells import Cells, cells_of
from interviewer.batch.sources.decoding import Encoding, opened
from interviewer.batch.sources.dialect import dialect_of, separator_named
from interviewer.batch.sources.known_names import is_known
from interviewer.batch.sources.options import SourceError, SourceOptions
from interviewer.batch.sources.record import Record, beginning, column_names

_SAMPLE: Final = 256 * 1024
"""Characters from the beginning by which separator and quotes are recognised."""
_LOOKED_AT: Final = 20
"""Records by which is decided whether the first one is a header."""


class Table:
    """A table of lines. See `Form`."""

    def __init__(
        self, path: Path, name: str, encoding: Encoding, options: SourceOptions, *, tabs: bool = False
    ) -> None:
        """Looks at the beginning of the file; `tabs` if its ending says that they separate the cells.

        Raises:
            SourceError: there is nothing in it, its first line cannot be read, or the separator is none.
            OSError: it cannot be read.
        """
        self._path, self._name, self._encoding = path, name, encoding
        self.known: Mapping[str, str] = {}
        with opened(path, encoding) as file:
            sample = file.read(_SAMPLE)
        hint = _hint(sample)
        self._skip = 1 if hint else 0
        separator = separator_named(options.separator) if options.separator is not None else hint
        if separator is None and tabs and "\t" in sample.split("\n", 1)[0]:
            separator = "\t"
        told = sample.split("\n", 1)[-1] if hint else sample
        self.dialect = dialect_of(told, whole=len(sample) < _SAMPLE, separator=separator)
        first = beginning(self._cells(), _LOOKED_AT, lambda cells: sum(map(len, cells.values)))
        if not first:
            raise SourceError(f"{name} is empty: there is no row in it.")
        top = first[0]
        if top.status != "ok":
            raise SourceError(f"{name}, line {top.line} cannot be read, and the columns are named there. {top.problem}")
        below = [cells.values for cells in first[1:]]
        self._header = _is_header(top.values, below, options) if options.header is None else options.header
        self._guessed = options.header is None
        self.columns = column_names(top.values if self._header else [""] * len(top.values))

    @property
    def recognised(self) -> str:
        kind = "TSV" if self.dialect.separator == "\t" else "CSV"
        header = "first line names the columns" if self._header else "no header"
        return f"{kind}, {self._encoding.words}, {self.dialect.words}, {header}"

    @property
    def doubts(self) -> tuple[str, ...]:
        if not self._guessed or (self._header and any(is_known(name) for name in self.columns)):
            return ()
        if self._header:
            shown = ", ".join(f"`{name}`" for name in self.columns[:6])
            return (f"The first line is taken for the names of the columns ({shown}); --no-header grades it.",)
        return ("The first line is taken for a row; --header takes it for the names of the columns.",)

    def records(self) -> Iterator[Record]:
        columns, width = self.columns, len(self.columns)
        start = f"{self._name}, line "
        for cells in islice(self._cells(), 1 if self._header else 0, None):
            found = cells.values
            where = f"{start}{cells.line}"
            values = dict(zip(columns, found, strict=False))
            if cells.status != "ok":
                yield Record(where, values, cells.status, cells.problem)
            elif len(found) == width or (len(found) > width and not any(found[width:])):
                yield Record(where, values, note=cells.note)
            elif len(found) > 1 or found[0].strip(" \t\x1a"):  # else a line of blanks is as good as empty
                yield Record(where, values, "ragged", _ragged(len(found), width))

    def _cells(self) -> Iterator[Cells]:
        return cells_of(self._path, self._encoding, self.dialect, skip=self._skip)


def _ragged(there: int, wanted: int) -> str:
    cells = "1 cell" if there == 1 else f"{there} cells"
    columns = "1 column" if wanted == 1 else f"{wanted} columns"
    return f"The line has {cells} where the table has {columns}. Put a text that holds a separator in quotes."


def _is_header(top: Sequence[str], below: Sequence[Sequence[str]], options: SourceOptions) -> bool:
    """Whether the first record names the columns.

    It does if a flag or the table of usual names knows one of its cells. Else all cells must read like names, and
    below one of them must stand numbers, or texts that are much longer.
    """
    named = {name.casefold() for name in _columns_told(options)}
    if any(cell.strip().casefold() in named or is_known(cell) for cell in top):
        return True
    if len(set(top)) < len(top) or not all(_like_a_name(cell) for cell in top):
        return False
    for number, name in enumerate(top):
        column = [cells[number] for cells in below if len(cells) > number]
        lengths = [len(cell) for cell in column]
        if column and all(cell.strip().replace(".", "").isdecimal() for cell in column):
            return True
        if lengths and sum(lengths) > 3 * len(name) * len(lengths) and sum(lengths) > 40 * len(lengths):
            return True
    return False


def _columns_told(options: SourceOptions) -> Iterator[str]:
    given = (options.answer_column, options.id_column, options.question_column)
    yield from (name for name in (*given, options.question_id_column, options.reference_column) if name is not None)
    yield from (column for _, column in options.gold_columns)


def _like_a_name(cell: str) -> bool:
    cell = cell.strip()
    return 0 < len(cell) <= 40 and len(cell.split()) <= 3 and cell[0].isalpha() and cell[-1] not in ".!?,;:"


def _hint(sample: str) -> str | None:
    """The separator that a spreadsheet program wrote into a first line of its own: `sep=;`."""
    line = sample.split("\n", 1)[0].rstrip("\r")
    return line[4] if line[:4].casefold() == "sep=" and len(line) == 5 else None
