"""What is wrong with a file that somebody wrote: where, what, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_SHOWN = 60


def shown(text: object) -> str:
    """`text` from a file as it may stand in a message: on one line, shortened, without control codes."""
    words = str(text)
    if len(words) > LONGEST_SHOWN:
        words = words[: LONGEST_SHOWN - 1] + "…"
    return printable(words)


def printable(text: str) -> str:
    """`text` with everything that is not a printable character written as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing that is wrong. Faults sort by file, then by line."""

    file: str
    """The file as the user named it."""
    line: int
    """The line, counted from 1; 1 if the fault is not on any one line."""
    where: str
    """The place in words, such as `criteria[depth].anchors`."""
    problem: str
    """What is wrong: a clause without a full stop."""
    fix: str
    """What to do about it: a sentence, full stop included. May be empty."""

    def __str__(self) -> str:
        return printable(f"{self.file}:{self.line}: {self.where}: {self.problem}. {self.fix}".rstrip())
