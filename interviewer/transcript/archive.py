"""The transcripts that there are: a listing that reads only the ends of each file."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from interviewer.transcript.store import ENDING, TranscriptError

_HEAD = 4096
"""Bytes that hold everything of a header that a listing shows."""

_TAIL = 65536
"""Bytes that hold the last events of a transcript."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One transcript as a listing shows it."""

    path: Path
    id: str
    persona: str
    persona_title: str
    created: datetime
    mode: str
    minutes: int
    seconds: float
    """On the interview clock."""
    closed: bool
    """The interviewer has said goodbye."""
    verdict: str | None
    """None until there is a scorecard."""
    share: float | None
    dollars: Decimal | None = None
    """US dollars that its calls cost, as far as prices were known; None if it made none, or has no scorecard."""

    @property
    def unfinished(self) -> bool:
        """Whether it can be resumed: not every word is said or not every answer is graded."""
        return self.verdict is None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that should be a transcript and cannot be listed."""

    path: Path
    problem: str


def listing(folder: Path) -> tuple[tuple[Entry, ...], tuple[Unreadable, ...]]:
    """All transcripts of a folder, unfinished ones first, then the latest first; and those unreadable."""
    entries: list[Entry] = []
    broken: list[Unreadable] = []
    try:
        paths = [Path(item.path) for item in os.scandir(folder) if item.name.endswith(ENDING) and item.is_file()]
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (Unreadable(folder, f"cannot be read: {error.strerror or error}"),)
    for path in sorted(paths):
        try:
            entries.append(read_entry(path))
        except TranscriptError as error:
            broken.append(Unreadable(path, str(error)))
    entries.sort(key=lambda entry: entry.created, reverse=True)
    entries.sort(key=lambda entry: not entry.unfinished)
    return tuple(entries), tuple(broken)


def read_entry(path: Path) -> Entry:
    """What a listing shows of one transcript.

    Raises:
        TranscriptError: the file cannot be read or is no transcript.
    """
    import pydantic_core

    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            tail = _last_lines(file)
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror or error}.") from None
    try:
        text = head.split(b"\n", 1)[0].decode("utf-8", "ignore")
        data = pydantic_core.from_json(text, allow_partial="trailing-strings")
        persona = data["persona"]
        end = _end(tail)
        return Entry(
            path=path,
            id=str(data["id"]),
            persona=str(persona["id"]),
            persona_title=str(persona["title"]),
            created=datetime.fromisoformat(data["created"]),
            mode=str(data["mode"]),
            minutes=int(data["minutes"]),
            seconds=end.clock,
            closed=end.closed,
            verdict=end.verdict,
            share=end.share,
            dollars=end.dollars,
        )
    except (ValueError, KeyError, TypeError, ArithmeticError):
        raise TranscriptError(f"{path}: this is not an interviewer transcript, or its header is damaged.") from None


def _last_lines(file: BinaryIO) -> bytes:
    """The end of the file from somewhere before its last whole line, however long that line is."""
    size = file.seek(0, os.SEEK_END)
    length = _TAIL
    while True:
        file.seek(max(0, size - length))
        tail = file.read()
        if length >= size or tail.count(b"\n") > 1:
            return tail
        length *= 4


@dataclass(slots=True)
class _End:
    clock: float = 0.0
    closed: bool = False
    verdict: str | None = None
    share: float | None = None
    dollars: Decimal | None = None


def _end(tail: bytes) -> _End:
    """What the last whole events tell."""
    end = _End()
    for line in tail.split(b"\n")[1:]:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if not isinstance(event, dict) or "seq" not in event:
            continue
        end.clock = max(end.clock, float(event.get("clock", 0.0)))
        if event.get("type") == "turn" and event.get("move", {}).get("kind") == "close":
            end.closed = True
        if event.get("type") == "finished":
            card = event["scorecard"]
            end.closed, end.verdict, end.share = True, str(card["verdict"]), card.get("share")
            end.dollars = Decimal(str(card["cost"]["dollars"])) if card.get("cost") else None
    return end


def find(folder: Path, name: str) -> Path:
    """The transcript that `name` means: a file, or an id or the beginning of one in `folder`.

    Raises:
        TranscriptError: nothing fits, or more than one does.
    """
    given = Path(name).expanduser()
    if given.is_file():
        return given
    exact = folder / f"{name}{ENDING}"
    if exact.is_file():
        return exact
    entries, _ = listing(folder)
    fitting = [entry for entry in entries if entry.id.startswith(name)]
    if len(fitting) == 1:
        return fitting[0].path
    if fitting:
        raise TranscriptError(f"{name}: fits {len(fitting)} transcripts: {', '.join(e.id for e in fitting[:5])}.")
    there = f" There are: {', '.join(entry.id for entry in entries[:5])}." if entries else ""
    raise TranscriptError(f"{name}: no such transcript in {folder}.{there}")


def latest_unfinished(folder: Path) -> Path:
    """The interview to go on with if none is named. Raises TranscriptError if there is none."""
    for entry in listing(folder)[0]:
        if entry.unfinished:
            return entry.path
    raise TranscriptError(f"There is no unfinished interview in {folder}.")


def latest_finished(folder: Path) -> Path:
    """The last interview that has a scorecard. Raises TranscriptError if there is none."""
    for entry in listing(folder)[0]:
        if not entry.unfinished:
            return entry.path
    raise TranscriptError(f"There is no finished interview in {folder}.")
