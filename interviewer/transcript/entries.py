"""One transcript as a listing shows it, read from the two ends of its file."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from interviewer.transcript.events import TRANSCRIPT_SCHEMA, Branched, Origin
from interviewer.transcript.labels import BLANK, Label
from interviewer.transcript.reading.parsing import BEGINNING
from interviewer.transcript.store import TranscriptError, read_header

_HEAD = 4096
"""Bytes that hold everything of a header that a listing shows."""

_TAIL = 65536
"""Bytes that hold the last events of a transcript."""

_ORIGIN: TypeAdapter[Origin] = TypeAdapter(Origin)


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
    engine: str = ""
    """Who interviewed."""
    model: str | None = None
    origin: Origin | None = None
    """None for an interview held live from its first word."""
    sample: bool = False
    """It came with the program."""
    label: Label = BLANK

    @property
    def unfinished(self) -> bool:
        """Whether it can be resumed: not every word is said or not every answer is graded."""
        return self.verdict is None

    @property
    def title(self) -> str:
        """What it is called: what the user named it, else its persona."""
        return self.label.title or self.persona_title

    @property
    def parent(self) -> str | None:
        """The id of the transcript that it branches off, if it does."""
        return self.origin.parent if isinstance(self.origin, Branched) else None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that should be a transcript and cannot be listed."""

    path: Path
    problem: str


def read_entry(path: Path, label: Label = BLANK, *, sample: bool = False) -> Entry:
    """What a listing shows of one transcript.

    Raises:
        TranscriptError: the file cannot be read or is no transcript.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            head, tail = _ends(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror or error}.") from None
    try:
        return _entry(path, _head(head), _end(tail), label, sample)
    except (ValueError, KeyError, TypeError):
        # Not as this version writes it: an earlier one, by hand, or damaged. Read with care, or refused with reasons.
        data = read_header(path).model_dump(mode="json", exclude={"rubrics", "banks", "profile", "hashes"})
        return _entry(path, data, _end(tail), label, sample)


def _entry(path: Path, data: dict[str, Any], end: _End, label: Label, sample: bool) -> Entry:
    persona = data["persona"]
    origin = data.get("origin")
    model = data.get("model")
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
        engine=str(data["engine"]),
        model=None if model is None else str(model),
        origin=None if origin is None else _ORIGIN.validate_python(origin),
        sample=sample,
        label=label,
    )


def _ends(descriptor: int) -> tuple[bytes, bytes]:
    """The beginning of the first line, and the end of the file with at least one whole line, however long it is."""
    head = os.read(descriptor, _HEAD)
    size = os.lseek(descriptor, 0, os.SEEK_END)
    length = _TAIL
    while True:
        os.lseek(descriptor, max(0, size - length), os.SEEK_SET)
        tail = _read_all(descriptor, min(length, size))
        if length >= size or next(_from_the_last(tail), None) is not None:
            return head.split(b"\n", 1)[0], tail
        length *= 4


def _from_the_last(tail: bytes) -> Iterator[bytes]:
    """The whole lines of the end of a file, the last one first.

    The first piece is not one, being cut or the header; nor is what stands after the last line end.
    """
    end = tail.rfind(b"\n")
    while end > 0 and (start := tail.rfind(b"\n", 0, end)) >= 0:
        yield tail[start + 1 : end]
        end = start


def _read_all(descriptor: int, length: int) -> bytes:
    data = os.read(descriptor, length)
    while len(data) < length and (more := os.read(descriptor, length - len(data))):
        data += more
    return data


def _head(line: bytes) -> dict[str, Any]:
    import pydantic_core

    data = pydantic_core.from_json(line.decode("utf-8", "ignore"), allow_partial="trailing-strings")
    if not isinstance(data, dict) or data.get("type") != "header":
        raise ValueError("not a header")
    if data["schema_version"] > TRANSCRIPT_SCHEMA:
        raise ValueError("of a later version")
    return data


# ---- The end ---------------------------------------------------------------------------------------------------------

_CLOSES = b'"move":{"kind":"close"'
_COST = re.compile(rb'"cost":(null|\{[^{}]*\})\}\}\r?$|"seconds":[0-9.eE+-]+\}\}\r?$')
"""How the scorecard of a finished interview ends: with the cost, or without if it was written before there was one."""

_BEGINNING = 2048
"""Bytes that hold the verdict and the share of most scorecards."""

_ENDING = 512
"""Bytes that hold the cost of any scorecard."""


@dataclass(slots=True)
class _End:
    """What the last whole events tell."""

    clock: float = 0.0
    closed: bool = False
    verdict: str | None = None
    share: float | None = None
    dollars: Decimal | None = None


def _end(tail: bytes) -> _End:
    """Looks at the lines from the last on, and takes apart only what it must: scorecards are long."""
    end = _End()
    for line in _from_the_last(tail):
        try:
            begins = BEGINNING.match(line)
            if begins:
                clock, kind = float(begins[2]), begins[3]
                closes = kind == b"turn" and _CLOSES in line
            else:
                clock, kind, closes = _taken_apart(line)
            if not math.isfinite(clock):
                continue
            if kind == b"finished":
                card = _card(line)
                dollars = Decimal(str(card["cost"]["dollars"])) if card.get("cost") else None
                share = None if card.get("share") is None else float(card["share"])
                return _End(max(clock, end.clock), True, str(card["verdict"]), share, dollars)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
            continue  # a damaged line, which reading tells of
        end.clock = max(end.clock, clock)
        end.closed = end.closed or closes
    return end


def _taken_apart(line: bytes) -> tuple[float, bytes, bool]:
    """The clock of an event, its kind, and whether it says goodbye."""
    event = json.loads(line)
    closes = event["type"] == "turn" and event["move"]["kind"] == "close"
    return float(event["clock"]), str(event["type"]).encode(), closes


def _card(line: bytes) -> dict[str, Any]:
    """The scorecard of the last event; all of it only if what is shown does not stand at its ends."""
    import pydantic_core

    cost = _COST.search(line[-_ENDING:])
    if cost is not None:
        beginning = line[:_BEGINNING].decode("utf-8", "ignore")
        card = pydantic_core.from_json(beginning, allow_partial="trailing-strings").get("scorecard", {})
        if "assessed" in card:  # comes after what is wanted, so that is whole
            return {**card, "cost": json.loads(cost[1]) if cost[1] else None}
    found = json.loads(line)["scorecard"]
    return found if isinstance(found, dict) else {}
