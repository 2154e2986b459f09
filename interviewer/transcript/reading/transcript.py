"""Reads transcripts, damaged ones too: everything that is whole is kept, put in order, and the rest is told."""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from interviewer.transcript.damage import Damage, Kind, TranscriptError
from interviewer.transcript.events import TRANSCRIPT_SCHEMA, Event, Header
from interviewer.transcript.reading.heading import Place, find_header
from interviewer.transcript.reading.lines import BLANK, Encoding, FileLine, file_lines, open_regular
from interviewer.transcript.reading.migrations import Around
from interviewer.transcript.reading.parsing import (
    Fault,
    parse_answer,
    parse_event,
    pieces,
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as read: its header, its events in order, and what could not be read."""

    path: Path
    header: Header
    events: tuple[Event, ...]
    damage: tuple[Damage, ...] = ()
    intact: int = 0
    """Length in bytes up to the end of the last whole line."""
    last: int = 0
    """The highest sequence number in it, that of events which cannot be shown included; 0 if there is none."""
    encoding: Encoding = "utf-8"
    elsewhere: Mapping[int, int] = field(default_factory=dict)
    """Sequence number -> line, of events that do not stand where they do in an undamaged file."""

    def line(self, seq: int) -> int:
        """The line of the file that event `seq` stands in."""
        return self.elsewhere.get(seq, seq + 1)


def read_header(path: Path) -> Header:
    """The header of a transcript, without reading its events.

    Raises:
        TranscriptError: the file cannot be read, is no transcript, or is of a later version.
    """
    with open_regular(path) as file:
        try:
            return find_header(path, file).found.header
        except OSError as error:
            raise _unreadable(path, error) from None


def read(path: Path) -> Transcript:
    """Reads a transcript, keeping every event that is whole.

    Events come in the order of their sequence numbers, each number once: the first that has it. Holds no
    more of the file in memory than one line besides the events.

    Raises:
        TranscriptError: the file cannot be read, is no transcript, or is of a later version.
    """
    with open_regular(path) as file, _not_collecting():
        try:
            place = find_header(path, file)
            log = _Log(place, _around(place, file))
            for line in file_lines(file):
                log.take(line)
        except OSError as error:
            raise _unreadable(path, error) from None
    return Transcript(
        path,
        place.found.header,
        log.in_order(),
        tuple(log.all_damage()),
        log.intact,
        max(log.numbers, default=0),
        place.encoding,
        log.elsewhere,
    )


@contextlib.contextmanager
def _not_collecting() -> Iterator[None]:
    """Does without the search for cycles among objects that are made to stay: it takes most of the time of a read."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _unreadable(path: Path, error: OSError) -> TranscriptError:
    return TranscriptError(f"{path}: cannot be read: {error.strerror or error}.")


def _around(place: Place, file: BinaryIO) -> Around:
    """What migrations look up. Nothing is migrated, and nothing read for it, if the format is the present one."""
    if place.found.version == TRANSCRIPT_SCHEMA:
        return Around()
    answers: dict[int, str] = {}
    for line in file_lines(file):
        for piece in pieces(line.data or b""):
            if (answer := parse_answer(piece)) is not None:
                answers.setdefault(*answer)
    return Around(place.found.data, answers)


@dataclass(slots=True)
class _Log:
    """Takes the lines of a file one after the other."""

    place: Place
    around: Around
    events: dict[int, Event] = field(default_factory=dict)
    damage: list[Damage] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    """Of all events that were seen, those that cannot be shown included."""
    elsewhere: dict[int, int] = field(default_factory=dict)
    nameless: Counter[int] = field(default_factory=Counter)
    """Event -> how many lines after it cannot be read and have no number: they explain numbers that are missing."""
    latest: int = 0
    """The event last taken."""
    intact: int = 0
    header_seen: bool = False

    def __post_init__(self) -> None:
        place, left_out = self.place, self.place.found.left_out
        if place.encoding != "utf-8":
            name = "UTF-8 with a byte order mark" if place.encoding == "utf-8-sig" else "UTF-16"
            self._note(1, "encoding", f"the file was saved again as {name}, and is read as that", lost=False)
        if place.line > 1:
            self._note(place.line, "order", "the header stands here instead of in the first line", lost=False)
        if left_out:
            names = ", ".join(left_out)
            self._note(place.line, "field", f"shown without {names}, which a later version of interviewer may know")

    def _note(self, line: int, kind: Kind, problem: str, *, lost: bool = True) -> None:
        self.damage.append(Damage(line, problem, kind, lost))

    def take(self, line: FileLine) -> None:
        """Takes in one line."""
        if line.data is None:
            self._note(line.number, "unreadable", "it is longer than any event can be, and was passed over")
            self.nameless[self.latest] += 1
            self.intact = line.end
            return
        data = line.data.strip(BLANK)
        if len(data) < len(line.data) and b"\x00" in line.data[:1] + line.data[-1:]:
            self._note(line.number, "filler", "zero bytes, as a power failure leaves them", lost=False)
        if not data:
            self.intact = line.end if line.ended else self.intact
            return
        readable = [self._take_piece(piece.strip(BLANK), line) for piece in pieces(data)]
        if line.ended or any(readable):
            self.intact = line.end

    def _take_piece(self, piece: bytes, line: FileLine) -> bool:
        """Whether it was a whole JSON value, whatever it says."""
        if self._is_header(piece, line):
            return True
        understood = parse_event(piece, self.place.found.version, self.around)
        if not isinstance(understood, Fault):
            self._keep(understood, line.number)
            return True
        if not understood.whole and not line.ended:
            self._note(line.number, "torn", "the last line was cut off in the middle")
        elif understood.event is None or understood.event.seq not in self.events:
            self._note(line.number, understood.kind, understood.problem)
        if understood.event is not None:
            self._keep(understood.event, line.number)
        elif understood.seq is not None:
            self.numbers.add(understood.seq)
        elif understood.kind != "header":
            self.nameless[self.latest] += 1
        return understood.whole

    def _is_header(self, piece: bytes, line: FileLine) -> bool:
        if piece != self.place.piece:
            return False
        if self.header_seen:
            self._note(line.number, "repeated", "the header once more", lost=False)
        self.header_seen = True
        return True

    def _keep(self, event: Event, line: int) -> None:
        seq = event.seq
        if (first := self.events.get(seq)) is not None:
            if first == event:
                self._note(line, "repeated", f"event {seq} once more", lost=False)
            else:
                self._note(line, "conflict", f"another event has its number {seq}, the first one holds")
            return
        self.events[seq] = event
        self.numbers.add(seq)
        if line != seq + 1:
            self.elsewhere[seq] = line
        if seq < self.latest:
            self._note(line, "order", f"event {seq} stands after event {self.latest}", lost=False)
        self.latest = seq

    def in_order(self) -> tuple[Event, ...]:
        """The events by their sequence numbers."""
        return tuple(self.events[seq] for seq in sorted(self.events))

    def all_damage(self) -> list[Damage]:
        """What was found on the way, and what is missing, in the order of the lines."""
        return sorted([*self.damage, *self._missing()], key=lambda one: one.line)

    def _missing(self) -> Iterator[Damage]:
        expected = 1
        for seq in sorted(self.numbers):
            if seq - expected > self.nameless[expected - 1]:
                gap = f"event {expected} is" if seq == expected + 1 else f"events {expected} to {seq - 1} are"
                yield Damage(self.elsewhere.get(seq, seq + 1), f"{gap} missing before it", "missing")
            expected = seq + 1
