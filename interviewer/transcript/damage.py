"""What can be wrong with a transcript: so much that nothing of it can be shown, or a line here and there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "torn",
    "unreadable",
    "unknown",
    "field",
    "conflict",
    "missing",
    "misfit",
    "header",
    "order",
    "repeated",
    "filler",
    "encoding",
]
"""torn: the last line was cut off. unreadable: a line that is no event. unknown: an event of a type that a later
version may know. field: the same of a field. conflict: an event with the number of one before it and other
content. missing: events that should be there. misfit: an event that contradicts those before it. header: a second.
order: a line in the wrong place. repeated: a line that is there twice. filler: zero bytes.
encoding: not UTF-8 alone."""


class TranscriptError(Exception):
    """A transcript cannot be read or written; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong with a transcript of which the rest can be read."""

    line: int
    """Number of the line in the file, from 1."""
    problem: str
    """What is wrong, in plain words that can follow `line 4:`."""
    kind: Kind = "unreadable"
    lost: bool = True
    """Whether something that was written can therefore not be shown."""


_MANY: dict[Kind, str] = {
    "torn": "{} lines are cut off",
    "unreadable": "{} lines cannot be read",
    "unknown": "{} events are of types that this version of interviewer does not know, a later one may",
    "field": "{} events have fields that this version of interviewer does not know, a later one may",
    "conflict": "{} lines have the number of another event, the first of each number holds",
    "missing": "events are missing in {} places",
    "misfit": "{} events contradict those before them",
    "header": "{} more headers, the first one holds",
    "order": "events stood in the wrong order in {} places",
    "repeated": "{} lines are there more than once",
    "filler": "{} lines hold zero bytes",
    "encoding": "{} encodings",
}


def told(damage: Iterable[Damage]) -> str:
    """All damage of a transcript in one sentence, for a screen or a terminal; empty if there is none.

    What cannot be shown comes first. One fault of its kind is told with its line, several are counted.
    """
    kinds: dict[Kind, list[Damage]] = {}
    for one in sorted(damage, key=lambda one: not one.lost):
        kinds.setdefault(one.kind, []).append(one)
    if not kinds:
        return ""
    parts = [
        f"line {group[0].line}: {group[0].problem}" if len(group) == 1 else _MANY[kind].format(f"{len(group):,}")
        for kind, group in kinds.items()
    ]
    lost = any(one.lost for group in kinds.values() for one in group)
    rest = "everything else is shown" if lost else "nothing is lost"
    return f"This transcript is damaged ({'; '.join(parts)}); {rest}."
