"""Finding a moment of an interview: by what was said, by the clock, by the number of an event. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from interviewer.replay.player import Player, at_clock, at_place
from interviewer.replay.reel import Reel
from interviewer.transcript.events import Answer, Event, Feedback, Finished, Notice, Turn

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})")
_EVENT = re.compile(r"#\s*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Hits:
    """Where words that were searched for stand."""

    query: str
    """Empty if nothing is searched for."""
    places: tuple[int, ...]

    def nearest(self, player: Player) -> int:
        """The first hit from where the player is, or the first of all after the last one."""
        index = bisect_left(self.places, player.position - 1)
        return self.places[index if index < len(self.places) else 0]

    def told(self, player: Player) -> str:
        """Which hit this is; empty if nothing is searched for."""
        if not self.query:
            return ""
        index = bisect_left(self.places, player.position - 1)
        at = index < len(self.places) and self.places[index] == player.position - 1
        count = f"{index + 1} of {len(self.places)}" if at else f"{len(self.places)} times"
        return f"\u201c{self.query}\u201d {count}, n for the next" if self.places else ""


def search(reel: Reel, query: str) -> Hits:
    """Everything shown that holds these words, capitals aside. Goes through the whole log.

    Raises:
        TranscriptError: the transcript changed while it was open.
    """
    pattern = re.compile(re.escape(query), re.IGNORECASE)
    return Hits(query, tuple(place for place, event in enumerate(reel.events) if pattern.search(text_of(event))))


def text_of(event: Event) -> str:
    """The words of an event as a replay shows them."""
    match event:
        case Turn() | Answer() | Notice():
            return event.text
        case Feedback():
            return "\n".join([*event.showed, *event.missed, event.better or ""])
        case Finished():
            return f"{event.scorecard.spoken}\n{event.scorecard.why}"
        case _:
            return ""


def seconds_of(text: str) -> float | None:
    """Seconds on the clock that `12:30` or `1:02:30` means; None if it is no time."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[3]) >= 60 or (found[1] and int(found[2]) >= 60):
        return None
    return int(found[1] or 0) * 3600.0 + int(found[2]) * 60.0 + int(found[3])


def moment_of(text: str, player: Player) -> Player | None:
    """The player at a time such as `12:30` or at an event such as `#45`; None if there is no such moment."""
    seconds = seconds_of(text)
    if seconds is not None:
        return at_clock(player, seconds)
    found = _EVENT.fullmatch(text.strip())
    place = player.timeline.place_of(int(found[1])) if found else None
    return None if place is None else at_place(player, place)
