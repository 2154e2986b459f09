"""Playing an interview back: where the play head is, and where it goes. Values and pure functions; nothing waits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from interviewer.replay.timeline import Timeline

SPEEDS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""How many seconds of the interview pass in one."""

LONGEST_SILENCE: Final = 4.0
"""Seconds of the interview that pass between two things said, at most, when pauses are shortened."""

Stop = Literal["turn", "part", "question", "follow-up", "weak"]
"""What one can go to: anything said, a new part, a main question, a follow-up, an answer worth trying again."""


@dataclass(frozen=True, slots=True)
class Player:
    """An interview being played."""

    timeline: Timeline
    position: int = 0
    """Events that have happened, 0 to all."""
    waited: float = 0.0
    """Seconds of the interview that have passed since the last of them, silences as they are played."""
    speed: float = 1.0
    playing: bool = False
    shortened: bool = False
    """Whether silences are cut to `LONGEST_SILENCE`."""

    @property
    def ended(self) -> bool:
        """Whether everything has happened."""
        return self.position >= len(self.timeline)

    @property
    def place(self) -> int | None:
        """Place of what was said last; None before anything was."""
        index = bisect_left(self.timeline.said, self.position)
        return self.timeline.said[index - 1] if index else None

    @property
    def clock(self) -> float:
        """Where the play head is, in seconds on the interview clock."""
        before, silence = _silence(self.timeline, self.position)
        played = self.played(silence)
        return before + silence * (min(1.0, self.waited / played) if played > 0 else 0.0)

    def played(self, silence: float) -> float:
        """How many seconds of the interview this many of silence count for."""
        return min(silence, LONGEST_SILENCE) if self.shortened else silence


def _silence(timeline: Timeline, position: int) -> tuple[float, float]:
    """The clock at the last event that has happened, and the seconds from there to the next."""
    before = timeline.clocks[position - 1] if position else 0.0
    return before, timeline.clocks[position] - before if position < len(timeline) else 0.0


def opened(timeline: Timeline) -> Player:
    """At the first words."""
    return Player(timeline, position=timeline.said[0] + 1 if timeline.said else len(timeline))


# ---- Time ------------------------------------------------------------------------------------------------------


def due(player: Player) -> float | None:
    """Seconds until the next event happens at this speed; None if there is none or nothing is playing."""
    if not player.playing or player.ended:
        return None
    _, silence = _silence(player.timeline, player.position)
    return max(0.0, player.played(silence) - player.waited) / player.speed


def passed(player: Player, seconds: float) -> Player:
    """After so many seconds of the viewer's time. Stops at the end."""
    if not player.playing:
        return player
    position, waited = player.position, player.waited + max(0.0, seconds) * player.speed
    while position < len(player.timeline):
        _, silence = _silence(player.timeline, position)
        played = player.played(silence)
        if waited < played:
            break
        position, waited = position + 1, waited - played
    if position >= len(player.timeline):
        return replace(player, position=position, waited=0.0, playing=False)
    return replace(player, position=position, waited=waited)


def toggled(player: Player) -> Player:
    """Plays if it stood still, and the other way round; at the end it begins anew."""
    if player.ended and not player.playing:
        player = replace(player, position=opened(player.timeline).position, waited=0.0)
    return replace(player, playing=not player.playing and len(player.timeline) > 0)


def faster(player: Player, steps: int) -> Player:
    """So many speeds faster, or slower if negative; the last one holds."""
    place = min(range(len(SPEEDS)), key=lambda one: abs(SPEEDS[one] - player.speed))
    return replace(player, speed=SPEEDS[max(0, min(len(SPEEDS) - 1, place + steps))])


def shortening(player: Player, shortened: bool) -> Player:
    """Silences shortened or not; the play head stays where it is."""
    _, silence = _silence(player.timeline, player.position)
    changed = replace(player, shortened=shortened)
    played = player.played(silence)
    return replace(changed, waited=player.waited / played * changed.played(silence) if played > 0 else 0.0)


# ---- Places ----------------------------------------------------------------------------------------------------


def stops(timeline: Timeline, kind: Stop) -> Sequence[int]:
    """The places of what one can go to, in order."""
    match kind:
        case "turn":
            return timeline.said
        case "part":
            return tuple(_first_said(timeline, part.place) for part in timeline.parts)
        case "question":
            return tuple(question.place for question in timeline.questions)
        case "follow-up":
            return tuple(follow_up.place for follow_up in timeline.follow_ups)
        case "weak":
            return tuple(question.stop for question in timeline.questions if question.weak)


def _first_said(timeline: Timeline, place: int) -> int:
    index = bisect_left(timeline.said, place)
    return timeline.said[min(index, len(timeline.said) - 1)] if timeline.said else place


def jumped(player: Player, places: Sequence[int], direction: int) -> Player:
    """At the next of these places (direction 1) or the one before (-1); unchanged if there is none."""
    here = player.position - 1
    if direction > 0:
        index = bisect_right(places, here)
        return at_place(player, places[index]) if index < len(places) else player
    index = bisect_left(places, here)
    return at_place(player, places[index - 1]) if index else player


def at_place(player: Player, place: int) -> Player:
    """Just after the event at this place."""
    return replace(player, position=max(0, min(place + 1, len(player.timeline))), waited=0.0)


def at_clock(player: Player, seconds: float) -> Player:
    """At this time of the interview, or at its end; always after the first event."""
    timeline, seconds = player.timeline, max(0.0, seconds)
    position = max(opened(timeline).position, timeline.at_clock(seconds))
    before, silence = _silence(timeline, position)
    share = min(1.0, max(0.0, seconds - before) / silence) if silence > 0 else 0.0
    return replace(player, position=position, waited=share * player.played(silence))
