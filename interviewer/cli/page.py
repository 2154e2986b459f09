"""Plain pages of text for a terminal, a pipe or a file."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from interviewer.text import one_line, sanitise

if TYPE_CHECKING:
    from interviewer.library import LibraryError, Listing

WIDTH = 80
"""Columns of a page."""

CANNOT_BE_USED = 2
"""The exit code when what is asked for is not there or is broken."""


class Page:
    """Writes text from outside so that it is shown and nothing in it is acted on."""

    def __init__(self, out: TextIO | None = None, width: int = WIDTH) -> None:
        self.out = sys.stdout if out is None else out
        self.width = width

    def heading(self, text: str, mark: str = "=") -> None:
        """A line of its own, underlined."""
        line = one_line(text)
        self._write(line, mark * min(len(line), self.width))

    def space(self) -> None:
        """An empty line."""
        self._write("")

    def text(self, text: str, indent: int = 0) -> None:
        """Paragraphs; line breaks within them are kept."""
        for line in sanitise(text).split("\n"):
            self._wrapped(line, " " * indent, " " * indent)

    def entry(self, name: str, text: str, indent: int = 0, column: int = 0) -> None:
        """A name and what is said of it, which begins at `column` (after the name, if 0)."""
        lead = " " * indent + one_line(name)
        hanging = " " * (column or indent + 2)
        if column and len(lead) >= column:
            self._write(lead)
            lead = hanging
        self._wrapped(one_line(text), f"{lead:{column}}" if column else f"{lead}  ", hanging)

    def _wrapped(self, line: str, first: str, rest: str) -> None:
        wrapped = textwrap.wrap(line, self.width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
        self._write(*(wrapped or [first.rstrip()]))

    def _write(self, *lines: str) -> None:
        for line in lines:
            self.out.write(f"{line.rstrip()}\n")


def minutes(value: float) -> str:
    """A length of time in words."""
    return f"{value:g} minute" if value == 1 else f"{value:g} minutes"


def show_listings(title: str, listings: Sequence[Listing], as_json: bool) -> int:
    """Shows what there is of a kind; returns the exit code."""
    if as_json:
        write_json([_plain(listing) for listing in listings])
        return 0
    page = Page()
    page.heading(title)
    if not listings:
        page.text("There are none.")
    column = min(max((len(listing.id) for listing in listings), default=0) + 4, 30)
    for listing in listings:
        where = "" if listing.origin == "built in" else f" [{listing.origin}: {listing.path}]"
        said = f"cannot be used: {listing.fault}" if listing.fault else f"{listing.title}{where}"
        page.entry(listing.id, said, indent=2, column=column)
    return 0


def _plain(listing: Listing) -> dict[str, Any]:
    return {
        "kind": listing.kind,
        "id": listing.id,
        "title": listing.title,
        "origin": listing.origin,
        "path": str(listing.path),
        "fault": str(listing.fault) if listing.fault else None,
    }


def write_json(value: object) -> None:
    """Writes JSON in ASCII, so that nothing in it can be acted on by a terminal."""
    json.dump(value, sys.stdout, indent=2)
    sys.stdout.write("\n")


def complain(error: LibraryError) -> int:
    """Says why something cannot be shown, with all faults of a broken file; returns the exit code."""
    from interviewer.library import Broken

    page = Page(sys.stderr)
    if not isinstance(error, Broken):
        page.text(str(error))
        return CANNOT_BE_USED
    page.text(f"{error.path} cannot be used:")
    write_lines(error.faults, sys.stderr)
    return CANNOT_BE_USED


def write_lines(lines: Iterable[object], out: TextIO) -> None:
    """One line each, not wrapped: for messages that programs read too."""
    for line in lines:
        out.write(f"{one_line(str(line))}\n")
