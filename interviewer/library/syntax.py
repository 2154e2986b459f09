"""What PyYAML's complaints about syntax mean, in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from interviewer.library.faults import shown

if TYPE_CHECKING:
    import yaml

_QUOTED = re.compile(r"while scanning a (quoted|double-quoted|single-quoted) scalar")
_BREAK = re.compile(r"\r\n|\r|\n")

_MEANINGS = (
    (
        "mapping values are not allowed",
        "a colon followed by a blank is read as a second key on this line",
        "Put the text in quotes, or start a new line.",
    ),
    (
        "did not find expected node content",
        "a bracket is opened and nothing that can stand there follows",
        "Close the bracket, and put a text that begins with a sign in quotes.",
    ),
    (
        "did not find expected key",
        "the indentation fits neither the line above nor any before it, or text follows a closing quote",
        "Line it up with the key it belongs beside.",
    ),
    (
        "did not find expected '-' indicator",
        "the items of this list do not line up",
        "Begin every item with `-` in the same column.",
    ),
    (
        "block sequence entries are not allowed",
        "a list item (`-`) stands where none can begin",
        "Put the list on its own lines under its key.",
    ),
    (
        "expected <block end>",
        "the indentation fits neither the line above nor any before it",
        "Line it up with the key or the item it belongs beside.",
    ),
    (
        "undefined alias",
        "an alias (`*name`) is used before any anchor (`&name`) of that name",
        "Put a text that begins with `*` in quotes.",
    ),
    (
        "duplicate anchor",
        "the same anchor (`&name`) is set twice",
        "Give one of them another name.",
    ),
    (
        "expected a single document",
        "the file holds more than one document",
        "Remove the line with `---` and put the second in a file of its own.",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins an escape that YAML does not know",
        "Double the backslash, or use single quotes.",
    ),
    (
        "did not find URI escape octet",
        "a tag is malformed",
        "Put a text that begins with `!` in quotes.",
    ),
)


def in_plain_words(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """The line (from 1, possibly past the end), the problem and the fix for an error of PyYAML's."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    # Where something is reported as not closed, where it was opened is the line that helps.
    line = mark.line + 1 if mark is not None else 1
    opened = began.line + 1 if began is not None else line
    said = f"{context} {problem}"
    if _QUOTED.search(said) and ("end of stream" in said or "document indicator" in said):
        return opened, "a quote is opened here and never closed", "Close the quote."
    if "',' or ']'" in said or "',' or '}'" in said:
        fix = "Close the bracket, separate items by commas, and put texts with commas or colons in quotes."
        return opened, "the bracket opened here is not closed, or a comma is missing", fix
    if "could not find expected ':'" in said:
        fix = "Add the colon, or indent the text under its key."
        return opened, "a key without a colon, or a text that is not indented far enough", fix
    if "tab character that violates indentation" in said:
        return (line, *_bad_start("\t"))
    if "cannot start any token" in said:
        return (line, *_bad_start(_character(text, mark)))
    for sign, meaning, fix in _MEANINGS:
        if sign in said:
            return line, meaning, fix
    return (
        line,
        f"not valid YAML: {shown(said.strip())}",
        "Check the quotes and the indentation around this line.",
    )


def _character(text: str, mark: yaml.Mark | None) -> str:
    """The character at a mark; empty if the mark is past the end."""
    if mark is None:
        return ""
    lines = _BREAK.split(text)
    row = lines[mark.line] if mark.line < len(lines) else ""
    return row[mark.column : mark.column + 1]


def _bad_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return "a tab is used for indentation", "Use blanks."
    return f"a text cannot begin with `{shown(character)}` unless it is quoted", "Put the text in quotes."
