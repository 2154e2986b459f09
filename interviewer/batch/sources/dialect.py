"""Finds out how the cells of a table are separated and quoted, from the beginning of the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from interviewer.batch.sources.known_names import is_known
from interviewer.batch.sources.options import SourceError

NO_SEPARATOR: Final = "\x1f"
"""Stands for the separator of a table with one column: a character that no text should hold."""

_WORDS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", " ": "blanks"}
_SEPARATORS: Final = (",", "\t", ";", "|")
_NAMED: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_ENOUGH: Final = 0.5
"""Share of the records that must have as many cells as the first for a separator to be believed."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a table are written."""

    separator: str
    quote: str = '"'
    escape: str | None = None
    """What stands before a quote or separator that belongs to the text; None: quotes are doubled (RFC 4180)."""

    @property
    def words(self) -> str:
        """As said to people."""
        if self.separator == NO_SEPARATOR:
            said = "one column"
        else:
            said = f"separated by {_WORDS.get(self.separator) or f'`{self.separator}`'}"
        if self.quote != '"':
            said += f", quoted with {self.quote}"
        return said if self.escape is None else f"{said}, quotes escaped with {self.escape}"

    def reader(self, lines: Iterator[str], *, strict: bool = True) -> Iterator[list[str]]:
        """The records that the lines make. Raises csv.Error at broken quotes if `strict`."""
        return csv.reader(
            lines,
            delimiter=self.separator,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=self.escape is None,
            strict=strict,
        )


def separator_named(given: str) -> str:
    """The separator that a flag means. Raises SourceError for what cannot be one."""
    found = _NAMED.get(given.strip().casefold(), given)
    if len(found) != 1 or found in '"\r\n\0' or found.isalnum():
        raise SourceError(
            f"`{given[:20]!r}` cannot be a separator. Give one character that is no letter, digit or quote, or `tab`."
        )
    return found


def dialect_of(sample: str, *, whole: bool, separator: str | None = None) -> Dialect:
    """The dialect in which the sample reads best; `whole` says that it is all there is of the file.

    Every separator that splits the first record is tried with double quotes, then with single ones and with
    backslashes. Best is the one with which the most records have as many cells as the first and no quote is broken;
    among equals the one whose first record has more names that are known, then the more common one.
    """
    best, best_score = Dialect(separator or NO_SEPARATOR), (0.0, 0)
    for candidate in _candidates(sample, _SEPARATORS if separator is None else (separator,)):
        first, share = _fit(sample, candidate, whole=whole)
        names = sum(1 for cell in first if is_known(cell))
        believed = separator is not None or (len(first) > 1 and (share >= _ENOUGH or names > 0))
        if believed and (round(share, 2), names) > best_score:
            best, best_score = candidate, (round(share, 2), names)
    return best


def _candidates(sample: str, separators: Iterable[str]) -> Iterator[Dialect]:
    """The dialects that the sample may be written in, the more common ones first.

    Single quotes are thought of only where no cell begins with a double one: apostrophes are all over a text.
    """
    known = list(separators)
    yield from (Dialect(separator) for separator in known)
    for separator in known:
        begins = rf"(?m)(?:^|{re.escape(separator)})"
        if "'" in sample and not re.search(begins + '"', sample) and re.search(begins + "'", sample):
            yield Dialect(separator, quote="'")
    if "\\" in sample:
        yield from (Dialect(separator, escape="\\") for separator in known)


def _fit(sample: str, dialect: Dialect, *, whole: bool) -> tuple[list[str], float]:
    """The first record, and the share of all records that are as wide as it and have no broken quote."""
    reader = dialect.reader(iter(io.StringIO(sample, newline="")))
    widths: list[int] = []
    first: list[str] = []
    while True:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error:
            widths.append(-1)
            continue
        if record:
            first = first or record
            widths.append(len(record))
    if not whole and len(widths) > 1:
        widths.pop()  # the sample ends within it
    return first, widths.count(len(first)) / len(widths) if widths else 0.0
