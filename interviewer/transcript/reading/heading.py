"""Finds the header of a transcript, and tells what a file is that has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from interviewer.transcript.damage import TranscriptError
from interviewer.transcript.events import TRANSCRIPT_SCHEMA
from interviewer.transcript.reading.lines import BLANK, Encoding, FileLine, encoding_of, file_lines, foreign
from interviewer.transcript.reading.migrations import Around
from interviewer.transcript.reading.parsing import (
    BrokenHeader,
    Fault,
    FoundHeader,
    LaterVersion,
    parse_event,
    parse_header,
    pieces,
)

_EVENT = b'"seq":'

_TELLING = 1_000
"""Lines. If none of so many is part of a transcript, the file is none, however long it is."""


@dataclass(frozen=True, slots=True)
class Place:
    """The header that holds, and where it stands."""

    found: FoundHeader
    line: int
    piece: bytes
    encoding: Encoding


def find_header(path: Path, file: BinaryIO) -> Place:
    """The first header that is whole, which is the first line unless the file is damaged.

    Raises:
        TranscriptError: there is none, or it is of a later version.
    """
    head = file.read(64)
    if (other := foreign(head)) is not None:
        raise TranscriptError(f"{path}: this is {other}, not an interviewer transcript.")
    problem = ""
    ours = False
    for line in file_lines(file):
        ours = ours or (line.data is not None and _EVENT in line.data)
        if line.number > _TELLING and not ours:
            break
        for piece in _candidates(line):
            try:
                found = parse_header(piece)
            except LaterVersion as later:
                raise TranscriptError(
                    f"{path}:{line.number}: written by a later version of interviewer (format {later}; this one reads "
                    f"up to {TRANSCRIPT_SCHEMA}). Upgrade interviewer to open it."
                ) from None
            except BrokenHeader as broken:
                problem = problem or f"{path}:{line.number}: the header is damaged at {broken}"
                continue
            if found is not None:
                return Place(found, line.number, piece, encoding_of(head))
            if line.number == 1 and b'"type":"header"' in piece[:64]:
                cut = "cut off in the middle" if not line.ended else "damaged"
                problem = f"{path}:1: the header, without which nothing can be shown, is {cut}"
    whole = _whole_events(file) if ours else 0
    if whole and not problem:
        problem = f"{path}:1: the header, without which nothing can be shown, is lost"
    if problem:
        raise TranscriptError(f"{problem.removesuffix('.')}. {_still_whole(whole)}")
    raise TranscriptError(f"{path}:1: this is not an interviewer transcript (its first line is no header).")


def _candidates(line: FileLine) -> Iterator[bytes]:
    """The parts of a line that may be a header."""
    if line.data is not None and b'"header"' in line.data:
        for piece in pieces(line.data):
            yield piece.strip(BLANK)


def _still_whole(events: int) -> str:
    count = {0: "No event in it is whole", 1: "1 event in it is still whole"}.get(
        events, f"{events:,} events in it are still whole"
    )
    return f"{count}; restore the file, or its first line, from a copy."


def _whole_events(file: BinaryIO) -> int:
    """How many events can be read in a file without a header, whatever version wrote them."""
    return sum(
        not isinstance(parse_event(piece, 1, Around()), Fault)
        for line in file_lines(file)
        if line.data is not None and _EVENT in line.data
        for piece in pieces(line.data)
    )
