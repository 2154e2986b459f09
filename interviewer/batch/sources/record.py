"""What every form of source gives: records, each with its place in words and its values by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol, TypeVar

from interviewer.batch.row import RowStatus
from interviewer.text import one_line

LONGEST_RECORD: Final = 4 * 1024 * 1024
"""Characters of one record, at most. What is longer is never held in memory as a whole."""

SAMPLE: Final = 200
"""Records from the beginning by which columns are recognised."""

_HELD: Final = 4 * 1024 * 1024
"""Characters of a sample, after which it is enough."""

WANTED: Final = 'A row is written as {"id": "a1", "answer": "..."}.'


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read, before anything is known of what its columns mean."""

    where: str
    values: Mapping[str, object]
    """Column -> text, number, truth value, list, mapping or None. Of a bad record: as far as it could be read."""
    status: RowStatus = "ok"
    problem: str = ""
    note: str = ""

    @property
    def size(self) -> int:
        """Characters of its texts."""
        return sum(len(value) for value in self.values.values() if isinstance(value, str))


class Form(Protocol):
    """A source, read in the way of its format."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: of the header, or those that the first records have."""

    @property
    def recognised(self) -> str:
        """What was found out about the format, as said to people: `CSV, UTF-8, separated by commas`."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """What was guessed and may be wrong, or was left out: sentences."""

    @property
    def known(self) -> Mapping[str, str]:
        """Role -> column, where the form itself says what a column is for."""

    def records(self) -> Iterator[Record]:
        """All records in order, from the beginning, with memory that does not grow with their number."""


def beginning(items: Iterable[Item], most: int, size: Callable[[Item], int]) -> list[Item]:
    """The first items, `most` of them, or fewer if they are so large that holding them would need much memory."""
    found: list[Item] = []
    held = 0
    for item in islice(items, most):
        found.append(item)
        held += size(item)
        if held > _HELD:
            break
    return found


def column_names(names: list[str]) -> tuple[str, ...]:
    """Names for columns: cleaned, none blank and none twice."""
    found: list[str] = []
    taken: set[str] = set()
    for number, given in enumerate(names, 1):
        name = base = one_line(given)[:200] or f"column {number}"
        again = 1
        while name in taken:
            again += 1
            name = f"{base} ({again})"
        taken.add(name)
        found.append(name)
    return tuple(found)


def columns_of(records: Iterator[Record]) -> tuple[str, ...]:
    """The names that the values of the first records have, in the order in which they first occur."""
    names: dict[str, None] = {}
    for _, record in zip(range(SAMPLE), records, strict=False):
        names.update(dict.fromkeys(record.values))
    return tuple(names)


def record_of(where: str, value: object) -> Record:
    """The record that a value of a JSON or YAML file makes: only a set of named values can be a row."""
    if isinstance(value, dict):
        return Record(where, value)
    return Record(where, {}, "wrong-shape", f"Here stands {kind_of(value)}. {WANTED}")


def kind_of(value: object) -> str:
    """What kind of value it is, as said to people."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list | tuple) else "a set of named values"
