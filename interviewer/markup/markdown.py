"""Markdown in which text from outside stays text: it is escaped where it enters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.text import one_line, sanitise

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|#$!{}])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")
_SELF_MADE_LINK = re.compile(r"(?<=[\w.+-])@(?=\w)|(?<=\w):(?=//)|(?<=\bwww)\.|(?<=\bmailto):|(?<=\bxmpp):", re.I)
"""Where some readers make a link of plain text."""


def escaped(text: str) -> str:
    """One line of text so that no reader of Markdown takes any of it for markup, HTML or a link."""
    line = _SPECIAL.sub(r"\\\1", one_line(text))
    line = _AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", line)
    # An empty comment cannot be seen, and a backslash would not keep readers from making a link.
    return _SELF_MADE_LINK.sub(lambda found: f"<!-- -->{found[0]}", line)


def quoted(text: str) -> Iterator[str]:
    """A text as a quotation, with its line breaks."""
    lines = sanitise(text).strip().split("\n")
    for place, line in enumerate(lines):
        follows = place + 1 < len(lines) and bool(lines[place + 1].strip()) and bool(line.strip())
        yield f"> {escaped(line)}{chr(92) if follows else ''}".rstrip()
