"""A whole transcript as one JSON document, with its grading runs, from which the log comes back byte for byte."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from interviewer import __version__
from interviewer.transcript.damage import TranscriptError
from interviewer.transcript.events import EVENT, Event, Header

BUNDLE = "interviewer-export"
"""What the key `type` of such a document says."""

BUNDLE_SCHEMA = 1
"""Version of the document. A reader refuses a later one."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a document holds: two logs, as they stood on the medium."""

    log: bytes
    runs: bytes = b""


def as_log(header: Header, events: Iterable[Event]) -> bytes:
    """A transcript as it stands on the medium."""
    lines = [header.model_dump_json(by_alias=True).encode(), *(EVENT.dump_json(one, by_alias=True) for one in events)]
    return b"".join(line + b"\n" for line in lines)


def pack(bundle: Bundle) -> str:
    """The document, in ASCII.

    A line is a JSON object. One that would not come back the same from its object (it is torn, damaged or not UTF-8,
    or writes a number in another way) stands as `{"base64": ...}`.
    """
    header, *events = _objects(bundle.log)
    document = {
        "type": BUNDLE,
        "schema_version": BUNDLE_SCHEMA,
        "product_version": __version__,
        "header": header,
        "events": events,
        "runs": _objects(bundle.runs) if bundle.runs else [],
    }
    return json.dumps(document, indent=1)


def unpack(text: str, name: str) -> Bundle:
    """What was packed; `name` is what messages call the document.

    Raises:
        TranscriptError: it is no such document, or of a later version.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise TranscriptError(f"{name}: this is not whole JSON, so it is no export of interviewer.") from None
    if not isinstance(data, dict) or data.get("type") != BUNDLE:
        raise TranscriptError(f"{name}: this is JSON, but no export of interviewer.")
    version = data.get("schema_version")
    if not isinstance(version, int) or version > BUNDLE_SCHEMA:
        raise TranscriptError(
            f"{name}: written by a later version of interviewer (export {version!r}; this one reads up to "
            f"{BUNDLE_SCHEMA}). Upgrade interviewer to import it."
        )
    events, runs = data.get("events"), data.get("runs", [])
    if not isinstance(events, list) or not isinstance(runs, list) or "header" not in data:
        raise TranscriptError(f"{name}: the export is damaged: it has no header or no list of events.")
    return Bundle(_lines([data["header"], *events], name), _lines(runs, name))


def _objects(log: bytes) -> list[Any]:
    """The lines of a log. The part after the last line break, if there is any, is a torn line."""
    *whole, torn = log.split(b"\n")
    return [_object(line) for line in whole] + ([{"base64": _encoded(torn), "torn": True}] if torn else [])


def _object(line: bytes) -> Any:
    try:
        value = json.loads(line)
        if isinstance(value, dict) and "base64" not in value and _written(value) == line:
            return value
    except (ValueError, RecursionError):
        pass
    return {"base64": _encoded(line)}


def _lines(objects: list[Any], name: str) -> bytes:
    lines: list[bytes] = []
    for place, value in enumerate(objects):
        if not isinstance(value, dict):
            raise TranscriptError(f"{name}: the export is damaged: its line {place + 1} is no object.")
        if "base64" not in value:
            lines.append(_written(value) + b"\n")
            continue
        try:
            raw = base64.b64decode(str(value["base64"]), validate=True)
        except (binascii.Error, ValueError):
            raise TranscriptError(f"{name}: the export is damaged: its line {place + 1} cannot be decoded.") from None
        lines.append(raw if value.get("torn") else raw + b"\n")
    return b"".join(lines)


def _written(value: Any) -> bytes:
    """An object as the log writes it: compact, not escaped, keys in order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _encoded(line: bytes) -> str:
    return base64.b64encode(line).decode("ascii")
