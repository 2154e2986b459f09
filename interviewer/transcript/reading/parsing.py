"""One line of a transcript, understood: an event, a header, or what is wrong with it."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from interviewer.text import one_line
from interviewer.transcript.damage import Kind
from interviewer.transcript.events import EVENT, TRANSCRIPT_SCHEMA, Event, Header
from interviewer.transcript.reading.migrations import Around, Data, migrated_event, migrated_header

HIGHEST_SEQ = 10_000_000
"""A higher sequence number is damage, not a number that was counted up to."""

LONGEST_CLOCK = 1e8
"""Seconds, more than three years. More on the interview clock is damage, and would break what reckons with it."""

_TYPES = frozenset(kind.model_fields["type"].default for kind in get_args(get_args(Event)[0]))
_START = b'{"seq":'

BEGINNING = re.compile(rb'\{"seq":(\d+),"clock":([0-9.eE+-]+),"at":"[^"\\]*","type":"(\w+)"')
"""How every event begins that this program wrote: number, clock and type. What somebody said cannot look like it: it
comes later."""

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """A line, or a part of one, that is not simply an event."""

    kind: Kind
    problem: str
    seq: int | None = None
    """The sequence number that it has, if that can be read."""
    event: Event | None = None
    """What could be understood nevertheless."""
    whole: bool = True
    """False if it is no whole JSON value, as when it was cut off."""


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header with the version that it was written in."""

    header: Header
    data: Data
    version: int
    left_out: tuple[str, ...] = ()
    """Fields that this version does not know."""


class LaterVersion(Exception):
    """A header of a later format, which is its number in words."""


class BrokenHeader(Exception):
    """A header that does not hold what it should; the message says where."""


def pieces(line: bytes) -> list[bytes]:
    """A line, taken apart where further events begin in it because a line end was lost.

    `{"seq":` is how every event begins. It cannot stand inside a text, where quotes are escaped.
    """
    if line.find(_START, 1) < 0:
        return [line]
    first, *others = line.split(_START)
    return [*filter(None, [first]), *(_START + other for other in others)]


def parse_event(piece: bytes, version: int, around: Around) -> Event | Fault:
    """What a whole or damaged event of a transcript of format `version` says. Never raises."""
    with contextlib.suppress(ValidationError):  # what fails is looked at closely
        return _plausible(EVENT.validate_json(piece))
    try:
        data = from_json(piece)
    except ValueError:
        return Fault("unreadable", "it is damaged and cannot be read", whole=False)
    if not isinstance(data, dict):
        return Fault("unreadable", "this is no event")
    seq = data.get("seq")
    seq = seq if isinstance(seq, int) and 0 < seq <= HIGHEST_SEQ else None
    kind = data.get("type")
    if kind == "header":
        return Fault("header", "a second header, the first one holds")
    if isinstance(kind, str) and kind not in _TYPES:
        name = _shown(kind)
        return Fault("unknown", f"an event of type {name}, which a later version of interviewer may know", seq)
    return _validated(migrated_event(data, version, around), seq)


def parse_answer(piece: bytes) -> tuple[int, str] | None:
    """Sequence number and words of an answer, whatever version wrote it; None if it is something else."""
    if b'"type":"answer"' not in piece:
        return None
    try:
        data = from_json(piece)
    except ValueError:
        return None
    match data:
        case {"type": "answer", "seq": int(seq), "text": str(text)}:
            return seq, text
    return None


def parse_header(piece: bytes) -> FoundHeader | None:
    """The header that a line holds; None if it holds something else.

    Raises:
        LaterVersion: it is of a later format.
        BrokenHeader: it lacks something that it needs.
    """
    try:
        data = from_json(piece)
    except ValueError:
        return None
    if not isinstance(data, dict) or data.get("type") != "header":
        return None
    version = data.get("schema_version")
    if not isinstance(version, int) or version < 1:
        raise BrokenHeader("schema_version: it should be a number from 1")
    if version > TRANSCRIPT_SCHEMA:
        raise LaterVersion(str(version)[:_SHOWN])
    data = migrated_header(data, version)
    try:
        return FoundHeader(Header.model_validate(data), data, version)
    except ValidationError as error:
        left_out = _unknown_fields(error)
        if not left_out:
            raise BrokenHeader(_first_fault(error)) from None
    data = _without(data, left_out)
    try:
        header = Header.model_validate(data)
    except ValidationError as error:
        raise BrokenHeader(_first_fault(error)) from None
    return FoundHeader(header, data, version, tuple(_path(where) for where in left_out))


def _validated(data: Data, seq: int | None) -> Event | Fault:
    try:
        return _plausible(EVENT.validate_python(data))
    except ValidationError as error:
        problem = _first_fault(error)
        left_out = [where[1:] for where in _unknown_fields(error)]  # the first part is the type of the event
    if left_out:
        names = ", ".join(_path(where) for where in left_out)
        try:
            event = _plausible(EVENT.validate_python(_without(data, left_out)))
        except ValidationError as error:
            problem = _first_fault(error)
        else:
            if isinstance(event, Fault):
                return event
            return Fault(
                "field",
                f"shown without {names}, which a later version of interviewer may know",
                event.seq,
                event,
            )
    return Fault("unreadable", f"it is damaged at {problem}", seq)


def _plausible(event: Event) -> Event | Fault:
    if event.seq > HIGHEST_SEQ:
        return Fault("unreadable", "it is damaged at seq: a number that high cannot be right")
    if event.clock > LONGEST_CLOCK:
        return Fault("unreadable", "it is damaged at clock: a time that long cannot be right", event.seq)
    return event


def _unknown_fields(error: ValidationError) -> list[tuple[int | str, ...]]:
    """Where the fields stand that are not known, if that is all that is wrong; else nothing."""
    faults = _details(error)
    if any(fault["type"] != "extra_forbidden" for fault in faults):
        return []
    return [fault["loc"] for fault in faults]


def _without(data: Data, places: list[tuple[int | str, ...]]) -> Data:
    """`data` without the fields at these places."""
    for place in places:
        data = _without_one(data, place)
    return data


def _without_one(node: Any, place: tuple[int | str, ...]) -> Any:
    first, *rest = place
    if isinstance(node, list) and isinstance(first, int):
        return [_without_one(item, tuple(rest)) if index == first else item for index, item in enumerate(node)]
    if not isinstance(node, dict):
        return node
    if not rest:
        return {key: value for key, value in node.items() if key != first}
    if first in node:
        return {**node, first: _without_one(node[first], tuple(rest))}
    return _without_one(node, tuple(rest))  # the name of a union's member, which is no key


def _details(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_context=False, include_input=False)


def _first_fault(error: ValidationError) -> str:
    first = _details(error)[0]
    return f"{_path(first['loc'])}: {first['msg']}" if first["loc"] else first["msg"]


def _path(where: tuple[int | str, ...]) -> str:
    return ".".join(_shown(str(part)) for part in where)


def _shown(name: str) -> str:
    """A name out of the file, fit for a message."""
    name = one_line(name)
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}\u2026"
