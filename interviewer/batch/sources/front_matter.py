"""Front matter: lines of `name: value` that a text file may begin with."""

from __future__ import annotations

import re
from typing import Final

MOST_LINES: Final = 50
"""Lines of front matter, at most; a longer block is text."""

_LINE: Final = re.compile(r"(?P<name>[^\s:#'\"\[{&*!|>%@`-][^:]{0,59}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_STRUCTURE: Final = ("[", "{", "|", ">", "&", "*", "!")


def split(text: str) -> tuple[dict[str, str], str]:
    """The values that a text begins with, by name, and the text after them.

    Front matter stands between two lines of `---` at the very beginning and has one `name: value` on each line, the
    value in quotes or not; empty lines and comments are allowed. A block that holds anything else is part of the text.
    """
    lines = text.removeprefix("\ufeff").split("\n", MOST_LINES + 2)
    if lines[0].rstrip() != "---":
        return {}, text
    found: dict[str, str] = {}
    for number, given in enumerate(lines[1:], 1):
        line = given.rstrip()
        if line == "---":
            return (found, "\n".join(lines[number + 1 :]).lstrip("\r\n")) if found else ({}, text)
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        value = (match["value"] or "").strip() if match is not None else ""
        if match is None or value.startswith(_STRUCTURE) or match["name"] in found:
            return {}, text
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        found[match["name"]] = value[1:-1] if quoted else value
    return {}, text
