"""Text and Markdown in which every remark begins with who speaks: Q:/A:, roles, or names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from interviewer.imports.remarks import Conversation, Form, Label, LeftOut, Remark, merged

INTERVIEWER, CANDIDATE = "Interviewer", "Candidate"
"""What speakers are called where the record names only their part."""

_ASKS = "q|question|interviewer|hiring manager|recruiter|panel|panelist|panellist|moderator|host"
_ANSWERS = "a|answer|candidate|interviewee|applicant|response|me"
_FOLLOWS = "f|fu|follow[- ]?up|follow[- ]?up question|probe"
_ROLE = re.compile(
    rf"^(?:(?P<asks>{_ASKS})|(?P<answers>{_ANSWERS})|(?P<follows>{_FOLLOWS}))\s*[#.]?\s*(?P<number>\d{{1,3}}[a-z]?)?$",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"^(?:q|a|question|answer|interviewer|interviewee|candidate|follow[- ]?up)$")
"""Labels that mean a speaker even where they stand once."""


def _time(place: int) -> str:
    """A time of the recording, such as [00:12:03]; `place` tells its groups from those of another in one pattern."""
    return rf"[\[(]?(?:(?P<h{place}>\d{{1,2}}):)?(?P<m{place}>\d{{1,3}}):(?P<s{place}>\d{{2}})(?:[.,]\d+)?[\])]?"


_LABEL = re.compile(
    rf"^(?:{_time(1)}\s*[-\u2013|]?\s*)?"
    r"(?P<name>[^\W\d_][\w.'\u2019 &#/-]{0,48}?(?:\s*\([^)\d]{1,30}\))?)"
    rf"\s*(?:[-\u2013|,]?\s*{_time(2)})?\s*:(?!//)(?:\s+(?P<said>.*)|\s*)$"
)
_NAME_AND_TIME = re.compile(rf"^(?P<name>[^\W\d_][\w.'\u2019 &-]{{0,48}}?)\s+(?:[-\u2013|]\s*)?{_time(1)}$")
_SHORT = re.compile(r"^(?P<name>[QAqa]\s?\d{0,3})\s*[.)]\s+(?P<said>\S.*)$")
_BULLET = re.compile(r"^\s*(?:>\s*)*(?:[-*+\u2022]\s+|\d{1,3}[.)]\s+)?(?:>\s*)*")
_HEADING = re.compile(r"^\s*#{1,6}\s+(?P<title>.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3})(?!\w)")
_NOTE = re.compile(r"^[\[(][^\])]*[\])]$")
_NUMBERED_QUESTION = re.compile(r"^(?:question\s*)?#?\d{1,3}\s*[.):]\s*(?P<said>\S.*)$", re.IGNORECASE)
_MOST_WORDS = 5
"""Words of a name, at most."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that begins a remark."""

    name: str
    said: str
    at: float | None


def read_written(text: str, known: Collection[str] = ()) -> Conversation:
    """The remarks of a text. `known` limits who counts as a speaker; without it, names that stand before a colon
    at least twice do, and words for a part in an interview (Q, Interviewer, Answer) always."""
    lines = text.split("\n")
    names = _speakers(lines, known)
    remarks: list[Remark] = []
    left_out: list[LeftOut] = []
    fresh = False  # a heading or a rule stands before: what is asked next is a question of its own
    spoken: list[str] | None = None
    for number, line in enumerate(lines, 1):
        begun = _begins(line)
        if begun is not None and _same(begun.name) in names:
            name, label = _who(begun.name)
            if fresh and label != "answer":
                label, fresh = label if label in {"question", "follow-up"} else "new-part", False
            spoken = [begun.said] if begun.said else []
            remarks.append(Remark(name, "\n".join(spoken), number, begun.at, None, label))
            continue
        clean = _unmarked(line)
        if (heading := _HEADING.match(line)) or _RULE.match(line):
            fresh, spoken = True, None
            if heading:
                question = _NUMBERED_QUESTION.match(clean)
                if question and question["said"].endswith("?") and INTERVIEWER in {_who(name)[0] for name in names}:
                    remarks.append(Remark(INTERVIEWER, question["said"], number, None, None, "question"))
                    fresh, spoken = False, []
                else:
                    left_out.append(LeftOut(number, "a heading", clean))
        elif clean and _NOTE.match(clean):
            left_out.append(LeftOut(number, "a note in brackets", clean))
        elif spoken is None:
            if clean:
                left_out.append(LeftOut(number, "nobody is named as speaking", clean))
        else:
            spoken.append(_kept(line) if remarks[-1].text or clean else "")
            last = remarks[-1]
            remarks[-1] = Remark(last.speaker, "\n".join(spoken), last.line, last.start, last.end, last.label)
    remarks = [
        Remark(one.speaker, text, one.line, one.start, one.end, one.label)
        for one in remarks
        if (text := one.text.strip())
    ]
    roles = all(one.speaker in {INTERVIEWER, CANDIDATE} for one in remarks)
    form: Form = "questions-and-answers" if roles else "named-speakers"
    return Conversation(form, _plain_answers(merged(remarks)), tuple(left_out))


def _plain_answers(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """`answer` served to tell the parts from each other; what it labels is known by its speaker."""
    return tuple(
        Remark(one.speaker, one.text, one.line, one.start, one.end, None) if one.label == "answer" else one
        for one in remarks
    )


def _speakers(lines: list[str], known: Collection[str]) -> frozenset[str]:
    """The names, in lower case, that begin a remark."""
    if known:
        return frozenset(_same(name) for name in known)
    counted = Counter(_same(begun.name) for line in lines if (begun := _begins(line)))
    return frozenset(name for name, count in counted.items() if count > 1 or _CERTAIN.match(name))


def _same(name: str) -> str:
    """A name so that different spellings of one are equal; the number of a question is no part of it."""
    role = _ROLE.match(name.strip())
    if role:
        word = "q" if role["asks"] else "a" if role["answers"] else "f"
        return word if role["number"] else name.strip().casefold()
    return " ".join(name.casefold().split())


def _begins(line: str) -> _Line | None:
    """What a line says of who speaks, if it does."""
    clean = _unmarked(line)
    found = _LABEL.match(clean) or _NAME_AND_TIME.match(clean) or _SHORT.match(clean)
    if found is None:
        return None
    name = " ".join(found["name"].split())
    if len(name.split()) > _MOST_WORDS:
        return None
    said = found.groupdict().get("said") or ""
    return _Line(name, said.strip(), _clock(found.groupdict()))


def _clock(groups: Mapping[str, str | None]) -> float | None:
    """Seconds of the time that stands before or after the name."""
    for place in (1, 2):
        minutes, seconds = groups.get(f"m{place}"), groups.get(f"s{place}")
        if minutes and seconds:
            return int(groups[f"h{place}"] or 0) * 3600.0 + int(minutes) * 60 + int(seconds)
    return None


def _who(name: str) -> tuple[str, Label | None]:
    """Who speaks, and what the label says of the remark. A question is a main one if it has a number."""
    role = _ROLE.match(name)
    if role is None:
        return name, None
    if role["answers"]:
        return CANDIDATE, "answer"
    if role["follows"]:
        return INTERVIEWER, "follow-up"
    if role["number"] is None:
        return INTERVIEWER, "asks" if name[0] in "qQ" else None
    return INTERVIEWER, "follow-up" if role["number"][-1] in "bcdefgh" else "question"


def _unmarked(line: str) -> str:
    """A line without the marks of a heading, a list, a quotation and emphasis."""
    heading = _HEADING.match(line)
    body = heading["title"] if heading else _BULLET.sub("", line, count=1)
    return _EMPHASIS.sub("", body).strip()


def _kept(line: str) -> str:
    """A line of what is said: list marks stay, for they are part of how it was put."""
    return _EMPHASIS.sub("", re.sub(r"^\s*(?:>\s?)+", "", line)).rstrip()
