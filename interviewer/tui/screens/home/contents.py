"""What the home screen shows, as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first frame does not wait for what reads files
    from interviewer.persona import Persona
    from interviewer.transcript.entries import Entry, Unreadable


@dataclass(frozen=True, slots=True)
class Damaged:
    """A persona file that cannot be used."""

    name: str
    problem: str
    fault: str


@dataclass(slots=True)
class Contents:
    """Everything that the home screen shows. None is what has not been read yet."""

    personas: tuple[Persona, ...] | None = None
    damaged: tuple[Damaged, ...] = ()
    entries: tuple[Entry, ...] | None = None
    unreadable: tuple[Unreadable, ...] = ()
    expanded: set[str] = field(default_factory=set)
