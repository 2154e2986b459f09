"""Which transcripts of a list are wanted, in what order, and which branches off which. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from interviewer.persona import Verdict
from interviewer.transcript.entries import Entry

Order = Literal["date", "persona", "length", "verdict", "share"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)

_BEST_FIRST: Final[Mapping[str | None, int]] = {
    "strong-yes": 0,
    "yes": 1,
    "no-decision": 2,
    "no": 3,
    "strong-no": 4,
}

_KEYS: Final[Mapping[Order, Callable[[Entry], Any]]] = {
    "date": lambda entry: 0,  # noqa: ARG005
    "persona": lambda entry: (entry.persona_title.casefold(), entry.persona),
    "length": lambda entry: -entry.seconds,
    "verdict": lambda entry: (_BEST_FIRST.get(entry.verdict, 5), -(entry.share or 0.0)),
    "share": lambda entry: -shown_share(entry),
}
"""What comes first in each order; where it is the same, the latest does."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a transcript must have to be shown; everything is, if nothing is asked for."""

    words: str = ""
    """Each must stand in its persona, title, tags, note or verdict, whatever the case of the letters."""
    tag: str | None = None
    persona: str | None = None
    """An id, or a part of the title."""
    verdict: Verdict | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A transcript in a tree of branches."""

    entry: Entry
    depth: int = 0
    gone: bool = False
    """It branches off a transcript that is no longer there."""


def shown_share(entry: Entry) -> float:
    """The share to be compared, -1 if there is none to be shown: without a decision it says nothing."""
    return -1.0 if entry.share is None or entry.verdict == "no-decision" else entry.share


def searched(entry: Entry) -> str:
    """The text that a search goes through."""
    label = entry.label
    verdict = "unfinished" if entry.verdict is None else entry.verdict.replace("-", " ")
    parts = (entry.persona_title, entry.persona, label.title, *(f"#{tag}" for tag in label.tags), label.note, verdict)
    return "\n".join(parts).casefold()


def select(entries: Iterable[Entry], wanted: Wanted, order: Order = "date") -> tuple[Entry, ...]:
    """Those wanted: unfinished ones first, then as `order` says."""
    words = wanted.words.casefold().split()
    persona = (wanted.persona or "").casefold()
    found = [
        entry
        for entry in entries
        if (not wanted.unfinished or entry.unfinished)
        and (wanted.verdict is None or entry.verdict == wanted.verdict)
        and (wanted.tag is None or wanted.tag in entry.label.tags)
        and (not persona or persona == entry.persona.casefold() or persona in entry.persona_title.casefold())
        and (not words or _has(searched(entry), words))
    ]
    found.sort(key=lambda entry: entry.created, reverse=True)
    found.sort(key=_KEYS[order])
    found.sort(key=lambda entry: not entry.unfinished)
    return tuple(found)


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def tree(shown: Sequence[Entry], known: Iterable[Entry]) -> tuple[Leaf, ...]:
    """The transcripts in their order, but each branch under the one that it branches off, by the moment it does.

    Args:
        shown: those to be put in a tree. A branch whose parent is not among them stands for itself.
        known: all that there are, which tells whether a parent is gone.
    """
    ids = {entry.id for entry in known}
    here = {entry.id for entry in shown}
    children: dict[str, list[Entry]] = {}
    roots: list[Entry] = []
    for entry in shown:
        if entry.parent in here and entry.parent != entry.id:
            children.setdefault(entry.parent or "", []).append(entry)
        else:
            roots.append(entry)
    leaves: list[Leaf] = []
    placed: set[int] = set()
    for root in (*roots, *shown):  # of branches that go round in a circle none is a root: the first becomes one
        waiting = [(root, 0)]
        while waiting:
            entry, depth = waiting.pop()
            if id(entry) in placed:
                continue
            placed.add(id(entry))
            leaves.append(Leaf(entry, depth, gone=entry.parent is not None and entry.parent not in ids))
            under = sorted(children.get(entry.id, ()), key=_moment, reverse=True)
            waiting += [(child, depth + 1) for child in under]
    return tuple(leaves)


def _moment(entry: Entry) -> tuple[int, Any]:
    answer = getattr(entry.origin, "answer", 0)
    return answer, entry.created
