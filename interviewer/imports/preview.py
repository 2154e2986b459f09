"""What was recognised, in words, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from interviewer.imports.making import WORDS_A_MINUTE, timed
from interviewer.imports.recognise import Held, Own
from interviewer.imports.remarks import FORMS
from interviewer.text import one_line

MOST_SHOWN = 8
"""Lines left out that are shown one by one."""

_LONGEST = 60


def preview(found: Held | Own) -> tuple[str, ...]:
    """What a file was recognised as: lines of plain text."""
    return tuple(_own(found) if isinstance(found, Own) else _held(found))


def as_data(found: Held | Own) -> dict[str, Any]:
    """The same for programs."""
    if isinstance(found, Own):
        header = found.transcript.header
        return {
            "file": str(found.path),
            "form": "export" if found.exported else "transcript",
            "id": header.id,
            "persona": header.persona.id,
            "events": len(found.transcript.events),
            "runs": _runs(found),
            "damage": len(found.transcript.damage),
        }
    counted = Counter(part.kind for part in found.parts)
    return {
        "file": str(found.path),
        "form": found.conversation.form,
        "speakers": list(found.conversation.speakers),
        "candidate": found.candidate.name,
        "candidate_guessed": found.candidate.guessed,
        "questions": counted["ask"],
        "follow_ups": counted["probe"],
        "answers": counted["said"],
        "minutes": round(_minutes(found), 1),
        "minutes_estimated": not _has_times(found),
        "left_out": [{"line": one.line, "why": one.why} for one in found.conversation.left_out],
    }


def _own(found: Own) -> Iterator[str]:
    header = found.transcript.header
    yield f"{one_line(found.path.name)}: {'an export' if found.exported else 'a transcript'} of interviewer."
    yield f"  Interview   {one_line(header.persona.title)}, {header.created:%Y-%m-%d}, {header.id}"
    runs = _runs(found)
    with_runs = f", and {_count(runs, 'grading run')}" if runs else ""
    yield f"  Events      {len(found.transcript.events)}{with_runs}"
    for fault in found.transcript.damage[:MOST_SHOWN]:
        yield f"  Damaged     line {fault.line}: {one_line(fault.problem)}"
    if (more := len(found.transcript.damage) - MOST_SHOWN) > 0:
        yield f"  Damaged     {more} more"
    yield "  It is copied as it is, byte for byte."


def _held(found: Held) -> Iterator[str]:
    conversation = found.conversation
    counted = Counter(part.kind for part in found.parts)
    yield f"{one_line(found.path.name)}: {FORMS[conversation.form]}."
    if found.remark:
        yield f"  Note        {found.remark}"
    remarks = Counter(remark.speaker for remark in conversation.remarks)
    speakers = [f"{one_line(name)} ({_count(count, 'remark')})" for name, count in remarks.items()]
    yield f"  Speakers    {', '.join(speakers)}"
    another = " Someone else: --candidate NAME" if found.candidate.guessed else ""
    yield f"  Candidate   {one_line(found.candidate.name)} ({found.candidate.why}).{another}"
    yield (
        f"  Recognised  {_count(counted['ask'], 'question')}, {_count(counted['probe'], 'follow-up')}, "
        f"{_count(counted['said'], 'answer')}"
    )
    estimated = "" if _has_times(found) else f", estimated at {WORDS_A_MINUTE} words a minute"
    yield f"  Length      {_count(max(1, round(_minutes(found))), 'minute')}{estimated}"
    yield from _questions(found)
    yield from _left_out(found)


def _questions(found: Held) -> Iterator[str]:
    number = 0
    for part in found.parts:
        if part.kind == "ask":
            number += 1
            yield f"  {number:>3}. line {part.remark.line}: {_short(part.remark.text)}"
        elif part.kind == "probe":
            yield f"       line {part.remark.line}: follow-up ({part.why}): {_short(part.remark.text)}"
    if any(part.kind == "probe" and part.why != "labelled so" for part in found.parts):
        yield "  Should the follow-ups count as questions of their own: --all-main"


def _left_out(found: Held) -> Iterator[str]:
    left_out = found.conversation.left_out
    if not left_out:
        yield "  Left out    nothing"
    for one in left_out[:MOST_SHOWN]:
        what = f": {_short(one.text)}" if one.text else ""
        yield f"  Left out    line {one.line}, {one.why}{what}"
    if more := left_out[MOST_SHOWN:]:
        places = ", ".join(str(one.line) for one in more[:20])
        yield f"  Left out    {len(more)} more lines: {places}{', ...' if len(more) > 20 else ''}"


def _minutes(found: Held) -> float:
    return timed(found.parts)[-1].clock / 60


def _has_times(found: Held) -> bool:
    return any(remark.start is not None for remark in found.conversation.remarks)


def _runs(found: Own) -> int:
    return sum(1 for line in found.bundle.runs.splitlines() if line.strip())


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}\u2026"
