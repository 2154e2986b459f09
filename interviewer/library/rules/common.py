"""Rules that hold for more than one kind of file, and what rules are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from interviewer.library.faults import shown
from interviewer.library.near import suggestion
from interviewer.library.references import References
from interviewer.library.tree import Finding, Path, Value
from interviewer.text import sanitise

Rule: TypeAlias = Callable[[Value, References], Iterable[Finding]]
"""Looks at all that a file says and at the files it refers to; yields what is wrong. Never raises."""

SUM_TOLERANCE: Final = 1e-6

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_]+)\}")


def no_hidden_codes(top: Value, references: References) -> Iterator[Finding]:  # noqa: ARG001
    """No text holds, by way of an escape, what a terminal would act on."""
    for value in top.walk():
        written = value.node.value if value.node is not None else None
        if isinstance(written, str) and not written.isprintable() and sanitise(written) != written:
            yield Finding(value.path, "the text holds control codes or invisible characters", "Remove them.")


def duplicate_ids(things: Value, noun: str) -> Iterator[Finding]:
    """No two items of the list have the same id."""
    first: dict[str, int] = {}
    for item in things.items():
        name = item.at("id").text()
        if not name or item.node is None:
            continue
        if name in first:
            problem = f"the {noun} id `{shown(name)}` is used twice, first at line {first[name]}"
            yield Finding((*item.path, "id"), problem, "Give one of them another id.")
        else:
            first[name] = item.node.keys["id"]


def wordless(cues: Value) -> Iterator[Finding]:
    """Every phrase of the list holds a word that can be matched."""
    for text, cue in cues.texts():
        if text and not any(c.isalnum() for c in text):
            yield Finding(cue.path, f"the phrase `{shown(text)}` holds no word", "Write a word, or remove it.")


def placeholders(texts: Iterable[Value]) -> Iterator[Finding]:
    """None of the texts, said as they stand, holds a placeholder."""
    for value in texts:
        if (found := PLACEHOLDER.search(value.text() or "")) is not None:
            problem = f"the placeholder `{shown(found[0])}` is not filled in here and would be said as it stands"
            yield Finding(value.path, problem, "Write the words themselves.")


def names_one_of(value: Value, known: Iterable[str], which: str) -> Iterator[Finding]:
    """The text at this place, if there is one, is one of the known names."""
    if name := value.text():
        yield from known_name(name, value.path, known, which)


def known_name(name: str, path: Path, known: Iterable[str], which: str) -> Iterator[Finding]:
    """`name`, which stands at `path`, is one of the known names; `which` says of what, article first."""
    names = list(known)
    if name not in names:
        problem = f"`{shown(name)}` is not {which}"
        yield Finding(path, problem, suggestion(name, names, none="There is none; remove it."))


def sum_of(entries: Iterable[Value]) -> float | None:
    """The sum of numbers; None if one of them cannot be read and the sum is not known to exceed one."""
    total, whole = 0.0, True
    for entry in entries:
        number = entry.number()
        whole = whole and number is not None
        total += number or 0.0
    return total if whole or total > 1 + SUM_TOLERANCE else None


def ascending(values: Iterable[Value], problem: str, fix: str) -> Iterator[Finding]:
    """Every number is greater than the one before it. `problem` may hold {number} and {before}."""
    before: float | None = None
    for value in values:
        number = value.number()
        if number is None:
            continue
        if before is not None and number <= before:
            yield Finding(value.path, problem.format(number=f"{number:g}", before=f"{before:g}"), fix)
        before = number
