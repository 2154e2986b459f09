"""Looks at a file and says what it is, without writing anything."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.imports.captions import is_captions, read_captions
from interviewer.imports.parts import Part, parts
from interviewer.imports.remarks import Conversation, LeftOut
from interviewer.imports.roles import Candidate, NoCandidate, choose_candidate
from interviewer.imports.source import ImportFault, as_text, read_bytes
from interviewer.imports.written import read_written
from interviewer.text import one_line, sanitise
from interviewer.transcript.bundle import BUNDLE, Bundle, unpack
from interviewer.transcript.store import Transcript, read

LONGEST_REMARK = 200_000
"""Characters of one remark that are kept: the same as of an answer in a live interview."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of a file."""

    candidate: str | None = None
    speakers: tuple[str, ...] = ()
    """Only these names begin a remark; found by rule if empty."""
    all_main: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """An interview that was held elsewhere, as recognised."""

    path: Path
    conversation: Conversation
    candidate: Candidate
    parts: tuple[Part, ...]
    remark: str = ""
    """What has to be known of how the file was read."""


@dataclass(frozen=True, slots=True)
class Own:
    """A transcript or an export of our own."""

    path: Path
    transcript: Transcript
    bundle: Bundle
    exported: bool
    """It was a JSON export, not a log."""


def recognise(path: Path, wishes: Wishes = Wishes()) -> Held | Own:
    """What a file is.

    Raises:
        ImportFault: it cannot be imported.
        TranscriptError: it is a transcript or an export of ours that cannot be used.
    """
    data = read_bytes(path)
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb'\{\s*"type"\s*:\s*"header"', head):
        return Own(path, read(path), Bundle(data), exported=False)
    if head.startswith(b"{") and BUNDLE.encode() in head:
        return _export(path, data)
    return _held(path, data, wishes)


def _export(path: Path, data: bytes) -> Own:
    bundle = unpack(data.decode("utf-8", "replace"), str(path))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.jsonl"
        log.write_bytes(bundle.log)
        return Own(path, replace(read(log), path=path), bundle, exported=True)


def _held(path: Path, data: bytes, wishes: Wishes) -> Held:
    name = one_line(str(path))
    source = as_text(path, data)
    text = sanitise(source.text)
    if _is_json(text):
        raise ImportFault(f"{name}: is JSON, but neither a transcript nor an export of interviewer.")
    form = is_captions(text)
    conversation = read_captions(text, form) if form else read_written(text, wishes.speakers)
    conversation = _bounded(conversation)
    try:
        candidate = choose_candidate(conversation.remarks, wishes.candidate)
    except NoCandidate as fault:
        first = conversation.left_out[0].line if conversation.left_out else 1
        raise ImportFault(f"{name}:{first}: {fault}") from None
    found = parts(conversation.remarks, candidate.name, all_main=wishes.all_main)
    if not any(part.kind == "ask" for part in found):
        raise ImportFault(
            f"{name}: no question was found in what the others said to {candidate.name}. "
            "If somebody else is the candidate, name them with --candidate NAME."
        )
    return Held(path, conversation, candidate, found, source.remark)


def _bounded(conversation: Conversation) -> Conversation:
    """The conversation with no remark longer than an answer may be."""
    remarks, left_out = list(conversation.remarks), list(conversation.left_out)
    for place, remark in enumerate(remarks):
        if len(remark.text) > LONGEST_REMARK:
            remarks[place] = replace(remark, text=remark.text[:LONGEST_REMARK])
            left_out.append(LeftOut(remark.line, f"all after the first {LONGEST_REMARK:,} characters of a remark"))
    return replace(conversation, remarks=tuple(remarks), left_out=tuple(sorted(left_out, key=lambda one: one.line)))


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        first = text.lstrip().split("\n", 1)[0]
        return bool(re.match(r'\{\s*"[\w-]+"\s*:', first))
    return True
