"""Text in lines of so many columns of a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from interviewer.text import sanitise


def cells(text: str) -> int:
    """How many columns of a terminal `text` takes, counted on the safe side."""
    if text.isascii():
        return len(text)
    taken = 0
    for character in text:
        if character == "\ufe0f":  # asks for the picture form, which is two columns wide
            taken += 1
        elif unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        else:
            taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return taken


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Lines of at most `width` columns; what is longer than a line is broken, line breaks are kept."""
    hanging = first if rest is None else rest
    lead = first
    for paragraph in sanitise(text).split("\n"):
        line = ""
        for word in _broken(paragraph.split(), max(1, width - max(cells(lead), cells(hanging)))):
            if line and cells(lead) + cells(line) + 1 + cells(word) > width:
                yield f"{lead}{line}".rstrip()
                lead, line = hanging, word
            else:
                line = f"{line} {word}" if line else word
        yield f"{lead}{line}".rstrip()
        lead = hanging


def _broken(words: Iterable[str], room: int) -> Iterator[str]:
    for word in words:
        piece, taken = "", 0
        for character in word:
            size = cells(character)
            if taken + size > room and piece:
                yield piece
                piece, taken = "", 0
            piece += character
            taken += size
        yield piece
