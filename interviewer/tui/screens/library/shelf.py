"""What the library holds, as it is read from the medium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.transcript.archive import listing, samples
from interviewer.transcript.branches import BranchPoint, branch_point
from interviewer.transcript.entries import Entry, Unreadable
from interviewer.transcript.events import Branched
from interviewer.transcript.removal import deleted


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the library holds, as it was read."""

    entries: tuple[Entry, ...] = ()
    samples: tuple[Entry, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    points: Mapping[Path, BranchPoint] = field(default_factory=dict)
    """Where branches leave their parents."""
    deleted: int = 0
    """How many can be restored."""

    def find(self, transcript: str | None) -> Entry | None:
        """The transcript with this id, if it is there."""
        return next((entry for entry in (*self.entries, *self.samples) if entry.id == transcript), None)


def read_shelf(folder: Path) -> Shelf:
    """Reads everything. Takes as long as a listing, and a little more for every branch."""
    entries, unreadable = listing(folder)
    shipped = samples(folder)
    points: dict[Path, BranchPoint] = {}
    for entry in (*entries, *shipped):
        if isinstance(entry.origin, Branched) and (point := branch_point(entry.path, entry.origin)) is not None:
            points[entry.path] = point
    return Shelf(entries, shipped, unreadable, points, len(deleted(folder)[0]))
