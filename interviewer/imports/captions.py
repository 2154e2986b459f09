"""Captions with speakers: WebVTT and SubRip."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.imports.remarks import Conversation, Form, LeftOut, Remark, merged

_TIMES = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
)
_ARROW = re.compile(r"-->")
_TIMES_LINE = re.compile(r"^\s*\d\S*\s*-->")
"""Meant as times, whether or not they can be read. Somebody may say an arrow, too."""
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z0-9.:][^>]*>")
_NAMED = re.compile(r"^\s*(?:>>+|[-\u2013\u2014])?\s*([^\W\d_][\w.'\u2019() -]{0,40}?)\s*:\s+(?=\S)")
_CHANGE = re.compile(r"^\s*>>+\s*")
_SOUND = re.compile(r"^[\[(\u266a].*[\])\u266a]$", re.DOTALL)
_ASIDES = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    start: float
    end: float
    lines: tuple[tuple[int, str], ...]


def is_captions(text: str) -> Form | None:
    """Which captions a text is, by how it begins; None if it is none."""
    if re.match(r"\s*WEBVTT(?:\s|$)", text):
        return "webvtt"
    head = text[:4000].split("\n")
    return "subrip" if any(_TIMES.match(line) for line in head[:12]) else None


def read_captions(text: str, form: Form) -> Conversation:
    """Every cue, given to who speaks in it. A cue without a name belongs to who spoke last."""
    left_out: list[LeftOut] = []
    remarks: list[Remark] = []
    speaker = ""
    for block in _blocks(text):
        cue = _cue(block, left_out)
        if cue is None:
            continue
        for line, name, said in _voices(cue):
            if name is not None:
                speaker = name
            if not said or _SOUND.match(said):
                if said:
                    left_out.append(LeftOut(line, "a sound or a note, not speech", said))
                continue
            if not speaker:
                left_out.append(LeftOut(line, "nobody is named as speaking", said))
                continue
            remarks.append(Remark(speaker, said, line, cue.start, cue.end))
    return Conversation(form, merged(remarks), tuple(left_out))


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines without an empty one between them, numbered. The times of another cue end a run, too."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if block and _TIMES_LINE.match(line) and (_is_aside(block) or _times_at(block) is not None):
            counted = [block.pop()] if len(block) > 1 and block[-1][1].strip().isdecimal() else []
            yield block
            block = counted
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_aside(block: list[tuple[int, str]]) -> bool:
    """Whether a block belongs to the file: its heading, a note, how it looks."""
    first = block[0][1].strip()
    return first.startswith("WEBVTT") or first.split()[0] in _ASIDES


def _times_at(block: list[tuple[int, str]]) -> int | None:
    """The place of the times in a block: its first lines may be a number or a name."""
    return next((place for place, (_, line) in enumerate(block[:3]) if _ARROW.search(line)), None)


def _cue(block: list[tuple[int, str]], left_out: list[LeftOut]) -> _Cue | None:
    """The cue that a block is. What it is otherwise is left out, said so where words may be lost by that."""
    if _is_aside(block):
        return None
    place = _times_at(block)
    if place is None:
        left_out.append(LeftOut(block[0][0], "a cue without times", " ".join(line.strip() for _, line in block)))
        return None
    number, line = block[place]
    times = _TIMES.match(line)
    if times is None:
        words = " ".join(line.strip() for _, line in block[place:])
        left_out.append(LeftOut(number, "the times of a cue cannot be read", words))
        return None
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    return _Cue(number, start, max(start, end), tuple(block[place + 1 :]))


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _voices(cue: _Cue) -> Iterator[tuple[int, str | None, str]]:
    """What is said in a cue, by whom: None where nobody is named anew."""
    for number, line in cue.lines:
        pieces = _VOICE.split(line)
        before = _plain(pieces[0])
        if before or len(pieces) == 1:
            named = _NAMED.match(before)
            name = named[1] if named else None
            yield number, name, _CHANGE.sub("", before[named.end() :] if named else before)
        for name, said in zip(pieces[1::2], pieces[2::2], strict=True):
            yield number, _plain(name), _plain(said)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
