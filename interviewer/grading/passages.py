"""The passages of what was handed in: what can be pointed at, in an answer or in a file.

A sentence is the unit of prose; in code, logs and tables it is the line. A Markdown file has both: its paragraphs and
list items are read sentence by sentence, its headings, tables and blocks of code line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal

from interviewer.text import sentences

Form = Literal["prose", "markdown", "lines"]
"""How a text is cut into passages."""

Kind = Literal["sentence", "heading", "row", "line"]
"""row: a line of a table. line: a line of code or of a log."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be pointed at, and where it stands: `text` is what lies between `start` and `end`."""

    number: int
    """From 1; in the form `lines` the number of the line."""
    start: int
    end: int
    text: str
    kind: Kind


_MARKDOWN: Final = frozenset((".md", ".markdown", ".mdown", ".rst", ".adoc", ".txt", ".text", ".ipynb"))
_LISTS: Final = re.compile(r"(?:requirements|constraints|environment|packages)[^/]*\.txt$", re.IGNORECASE)
_BARE: Final = frozenset(("readme", "notes", "report", "changelog", "authors"))

_FENCE: Final = re.compile(r"\s{0,3}(```+|~~~+)")
_ITEM: Final = re.compile(r"\s*(?:[-*+\u2022]|\d{1,3}[.)])\s")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s|\s*\*\*[^*]{1,80}\*\*:?\s*$")
_UNDERLINE: Final = re.compile(r"\s*(?:={3,}|-{3,}|~{3,})\s*$")
_CODE: Final = re.compile(r"(?: {4}|\t)\S")
_COLUMNS: Final = re.compile(r"\S(?: {2,}|\t+)\S.*\d|\|.*\|")


def form_of(part: str) -> Form:
    """How the text of a part is cut, by the name of its file; one without a name is an answer.

    A notebook is Markdown here, as it is read into it (see `batch/submissions/notebook.py`).
    """
    if not part:
        return "prose"
    path = PurePosixPath(part)
    if _LISTS.search(path.name):
        return "lines"
    if path.suffix.casefold() in _MARKDOWN or (not path.suffix and path.name.casefold() in _BARE):
        return "markdown"
    return "lines"


def passages(text: str, form: Form) -> tuple[Passage, ...]:
    """The passages of `text`, in order. What holds no letter and no figure is no passage."""
    if form == "prose":
        return tuple(Passage(one.number, one.start, one.end, one.text, "sentence") for one in sentences(text))
    if form == "lines":
        return tuple(_line(number, start, line) for number, start, line in _lines(text) if _says(line))
    return tuple(
        Passage(number, start, end, text[start:end], kind) for number, (kind, start, end) in enumerate(_marked(text), 1)
    )


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and content of each line."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, start, line
        start += len(line) + 1


def _says(line: str) -> bool:
    return any(character.isalnum() for character in line)


def _line(number: int, start: int, line: str) -> Passage:
    first, last = _trimmed(start, line)
    return Passage(number, first, last, line.strip(), "row" if _COLUMNS.search(line) else "line")


def _trimmed(start: int, line: str) -> tuple[int, int]:
    first = start + len(line) - len(line.lstrip())
    return first, first + len(line.strip())


def _marked(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Kind and offsets of the passages of Markdown."""
    paragraph: tuple[int, int] | None = None
    fence = ""
    blank = True  # or a line of code: what is indented after one is code too
    kind: Kind | None
    for _, start, given in _lines(text):
        line = given
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence, kind, line = "" if fence else mark[1], None, ""
        elif fence:
            kind = "row" if _COLUMNS.search(line) else "line"
        else:
            kind = _alone(line, after_blank=blank and paragraph is None)
        if paragraph is not None and (kind or not line.strip() or _ITEM.match(line) or _UNDERLINE.match(line)):
            if _UNDERLINE.match(line) and "\n" not in text[slice(*paragraph)]:
                yield "heading", *paragraph
            else:
                yield from _sentences(text, *paragraph)
            paragraph = None
        if kind and _says(line):
            yield kind, *_trimmed(start, line)
        elif not kind and _says(line):
            paragraph = (paragraph[0] if paragraph else start, start + len(line))
        blank = not line.strip() or (kind == "line" and not fence)
    if paragraph is not None:
        yield from _sentences(text, *paragraph)


def _alone(line: str, *, after_blank: bool) -> Kind | None:
    """What a line of Markdown is that is a passage by itself; None if it is part of a paragraph."""
    if _HEADING.match(line):
        return "heading"
    if _COLUMNS.search(line):
        return "row"
    return "line" if after_blank and _CODE.match(line) and not _ITEM.match(line) else None


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[Kind, int, int]]:
    for one in sentences(text[start:end]):
        yield "sentence", start + one.start, start + one.end
