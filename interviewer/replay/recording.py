"""A saved interview as everything here looks at it: the events that can be used, and the state they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewer.interview.salvage import fold_what_fits
from interviewer.interview.state import State
from interviewer.transcript.damage import Damage
from interviewer.transcript.events import Event, Header
from interviewer.transcript.store import read


@dataclass(frozen=True, slots=True)
class Recording:
    """A transcript with its state after the last event."""

    path: Path
    header: Header
    events: tuple[Event, ...]
    """Those that fit; any beginning of them folds."""
    state: State
    damage: tuple[Damage, ...] = ()


def recorded(path: Path) -> Recording:
    """The interview in this file, as far as it can be made out.

    Raises:
        TranscriptError: it cannot be read at all.
    """
    transcript = read(path)
    found = fold_what_fits(transcript)
    return Recording(path, transcript.header, found.events, found.state, found.damage)
