"""Who said what, and when: what every form of record comes down to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Form = Literal["questions-and-answers", "named-speakers", "webvtt", "subrip"]
"""What a file was read as. webvtt and subrip: captions."""

FORMS: dict[Form, str] = {
    "questions-and-answers": "questions and answers (Q:/A:, Interviewer:/Candidate:)",
    "named-speakers": "text with the names of the speakers",
    "webvtt": "WebVTT captions",
    "subrip": "SubRip captions",
}

Label = Literal["question", "asks", "new-part", "follow-up", "answer"]
"""What a record itself says that a remark is. question: a main one. asks: a question, of whichever kind. new-part: it
stands first under a heading or a rule, so that what it asks, if anything, is a main question."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What one speaker said without being interrupted."""

    speaker: str
    text: str
    line: int
    """Where it begins in the file, from 1."""
    start: float | None = None
    """Seconds from the beginning of the recording, where the record has times."""
    end: float | None = None
    label: Label | None = None
    """What the record itself says of it, by a number or a word; None where it only names the speaker."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines of a file that are in no remark, and why."""

    line: int
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A record as it was read: the remarks in order, and what is not among them."""

    form: Form
    remarks: tuple[Remark, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who said something, in the order of their first words."""
        return tuple(dict.fromkeys(remark.speaker for remark in self.remarks))


def merged(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """The remarks with those that one speaker made in a row as one. A labelled remark begins a new one."""
    found: list[Remark] = []
    for remark in remarks:
        if found and found[-1].speaker == remark.speaker and remark.label in {None, "answer"}:
            last = found[-1]
            joint = "\n" if "\n" in remark.text or "\n" in last.text else " "
            text = f"{last.text}{joint}{remark.text}".strip()
            found[-1] = replace(last, text=text, end=remark.end if remark.end is not None else last.end)
        else:
            found.append(remark)
    return tuple(found)
