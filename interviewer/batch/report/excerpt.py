"""Cuts out of an answer what a rating rests on, with a little around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from interviewer.batch.report.values import Passage
from interviewer.batch.submissions.where import where_of
from interviewer.scorecard import Evidence

WHOLE: Final = 900
"""Characters up to which an answer is shown whole."""
AROUND: Final = 140
"""Characters shown before and after what a rating rests on, at most."""
LONGEST: Final = 600
"""Characters shown of one piece of evidence."""
MOST_PASSAGES: Final = 4
CUT: Final = " [\u2026] "


def passages_of(parts: Sequence[tuple[str, str]], evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """What is shown of an answer.

    Args:
        parts: what was handed in: name and text of each part.
        evidence: what the rating rests on; its `event` is the number of a part, from 1.
    """
    cited: dict[int, list[Evidence]] = {}
    for one in evidence:
        if 1 <= one.event <= len(parts) and parts[one.event - 1][1][one.start : one.end] == one.quote:
            cited.setdefault(one.event, []).append(one)
    if not cited:
        return (Passage(parts[0][0], _beginning(parts[0][1])),) if parts else ()
    return tuple(
        Passage(where_of(found[0], parts), _marked(parts[number - 1][1], [(one.start, one.end) for one in found]))
        for number, found in list(cited.items())[:MOST_PASSAGES]
    )


def _beginning(text: str) -> tuple[tuple[str, bool], ...]:
    if len(text) <= WHOLE:
        return ((text.strip(), False),)
    return ((text[: _word_end(text, LONGEST)].strip() + CUT.rstrip(), False),)


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text with these pieces marked; of a long one only what is around them."""
    short = len(text.strip()) <= WHOLE
    pieces: list[tuple[str, bool]] = []
    shown = 0  # up to where the text is told
    for start, end in _apart(spans)[:MOST_PASSAGES]:
        begin = shown if short else max(shown, _word_start(text, start - AROUND))
        if begin > shown:
            pieces.append((CUT.lstrip() if not pieces else CUT, False))
        stop = end if short else min(end, start + LONGEST)
        pieces += [(text[begin:start], False), (text[start:stop], True)]
        shown = end
        if stop < end:
            pieces.append((CUT.rstrip(), False))
    rest = len(text) if short else _word_end(text, shown + AROUND)
    pieces.append((text[shown:rest], False))
    if rest < len(text.rstrip()):
        pieces.append((CUT.rstrip(), False))
    return tuple(piece for piece in pieces if piece[0])


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, and those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _word_start(text: str, place: int) -> int:
    """The beginning of the first word at or after a place."""
    if place <= 0:
        return 0
    space = text.find(" ", place, place + 40)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    """The end of the last word before a place."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, place - 40), place)
    return space if space >= 0 else place
