"""A transcript opened to be watched: its events stay on the medium and are read when they are wanted.

A long interview is many megabytes as objects, and a screen shows a page of it. So the file is gone through once, and
of each event only the place is kept. That needs a file in order: a damaged or an older one goes through the reader
that mends and migrates, and is held in memory.
"""

from __future__ import annotations

import json
import threading
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, overload

from pydantic import ValidationError

from interviewer.replay.timeline import Builder, Timeline
from interviewer.transcript.damage import Damage, TranscriptError
from interviewer.transcript.events import EVENT, TRANSCRIPT_SCHEMA, Event, Header
from interviewer.transcript.store import read

KEPT = 256
"""Events that are kept as objects once they were read: more than a page of any terminal."""

LONGEST_LINE = 16 * 2**20
"""Bytes of one line up to which it is taken for one of ours without a closer look."""


class EventsOnFile(Sequence[Event]):
    """The events of a transcript that is in order, each read when it is asked for, by any thread.

    Args:
        path: the transcript.
        starts: offset in bytes of each event, and after them the end of the last one.
    """

    def __init__(self, path: Path, starts: Sequence[int]) -> None:
        self._path = path
        self._starts = starts
        self._known: OrderedDict[int, Event] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[Event]:
        """All in one go, past what is kept."""
        with self._opened() as file:
            file.seek(self._starts[0])
            for place in range(len(self)):
                yield self._parsed(file.read(self._starts[place + 1] - self._starts[place]))

    @overload
    def __getitem__(self, place: int) -> Event: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, place: int | slice) -> Event | tuple[Event, ...]:
        """Raises TranscriptError if the file is no longer what it was."""
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        place = range(len(self))[place]
        with self._lock:
            if place not in self._known:
                with self._opened() as file:
                    file.seek(self._starts[place])
                    self._known[place] = self._parsed(file.read(self._starts[place + 1] - self._starts[place]))
                if len(self._known) > KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(place)
            return self._known[place]

    def _opened(self) -> BinaryIO:
        try:
            return self._path.open("rb")
        except OSError as error:
            raise TranscriptError(f"{self._path}: cannot be read: {error.strerror or error}.") from None

    def _parsed(self, line: bytes) -> Event:
        try:
            return EVENT.validate_json(line)
        except ValidationError:
            raise TranscriptError(f"{self._path}: was changed while it was open. Open it again.") from None


@dataclass(frozen=True, slots=True)
class Reel:
    """A transcript that can be played."""

    path: Path
    header: Header
    events: Sequence[Event] = field(repr=False)
    timeline: Timeline = field(repr=False)
    damage: tuple[Damage, ...] = ()


def open_reel(path: Path) -> Reel:
    """Opens any transcript, with whatever of a damaged one can be read.

    Raises:
        TranscriptError: the file cannot be read, is no transcript, or is of a later version.
    """
    in_order = _gone_through(path)
    if in_order is not None:
        return in_order
    transcript = read(path)
    builder = Builder(transcript.header)
    for event in transcript.events:
        builder.add(event)
    return Reel(path, transcript.header, transcript.events, builder.timeline(), transcript.damage)


def _gone_through(path: Path) -> Reel | None:
    """The reel if every line is an event of this version in its place; None if it takes more to read it."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            header = _header(file.readline(LONGEST_LINE))
            if header is None:
                return None
            builder, starts = Builder(header), array("Q", [file.tell()])
            while line := file.readline(LONGEST_LINE):
                event = EVENT.validate_json(line)
                if event.seq != len(starts) or not line.endswith(b"\n"):
                    return None
                builder.add(event)
                starts.append(starts[-1] + len(line))
    except (OSError, ValueError):  # the careful reader says what is wrong
        return None
    return Reel(path, header, EventsOnFile(path, starts), builder.timeline())


def _header(line: bytes) -> Header | None:
    """The header if it is of this version."""
    try:
        data = json.loads(line)
    except RecursionError:
        return None
    if not isinstance(data, dict) or data.get("schema_version") != TRANSCRIPT_SCHEMA or data.get("type") != "header":
        return None
    return Header.model_validate(data)
