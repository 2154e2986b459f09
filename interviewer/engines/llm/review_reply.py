"""What a model replied after the last word, cleaned, before anything of it is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from interviewer.engines.llm.leak import leaks
from interviewer.grading.debrief_check import Draft, Fault, Part, Point
from interviewer.grading.reveal import Reveal
from interviewer.scorecard import Change
from interviewer.text import sanitise, sentences

MOST_ENTRIES = 3
"""Strengths, gaps and exercises."""

MOST_SENTENCES = {"verdict": 4, "entry": 3, "reason": 2}

LONGEST = 700
"""Characters of one text; what is longer is cut at a sentence, or there."""


def changes_of(reply: Mapping[str, Any], shown: Reveal) -> dict[str, Change]:
    """Criterion -> the move proposed. Of two for one criterion the first counts.

    A reason that recites the instructions is none, and without a reason no move holds.
    """
    found: dict[str, Change] = {}
    for one in reply["changes"]:
        criterion = _id(one["criterion"])
        reason = "" if leaks(one["reason"]) else _kept(one["reason"], MOST_SENTENCES["reason"])
        found.setdefault(criterion, Change(level=_level(shown, criterion, one["level"]), reason=reason))
    return found


def draft_of(reply: Mapping[str, Any]) -> Draft:
    """The debrief as proposed; what is empty or too many is left away."""
    stronger = " ".join(sanitise(reply["stronger"]).split())
    practise = [_kept(text, MOST_SENTENCES["entry"]) for text in reply["practise"]]
    return Draft(
        verdict=_kept(reply["verdict"], MOST_SENTENCES["verdict"]),
        strengths=_points(reply["strengths"]),
        missing=_points(reply["missing"]),
        stronger=stronger,
        practise=tuple(text for text in practise if text)[:MOST_ENTRIES],
    )


def without_recited(draft: Draft) -> tuple[Draft, tuple[Fault, ...]]:
    """The draft with nothing in the places where the instructions are recited, and a fault for each."""
    found: list[Fault] = []

    def own(part: Part, place: int, text: str) -> str:
        if not leaks(text):
            return text
        found.append(Fault(part, place, "It recites the instructions."))
        return ""

    strengths = (replace(one, text=own("strengths", place, one.text)) for place, one in enumerate(draft.strengths))
    missing = (replace(one, text=own("missing", place, one.text)) for place, one in enumerate(draft.missing))
    clean = Draft(
        verdict=own("verdict", 0, draft.verdict),
        strengths=tuple(strengths),
        missing=tuple(missing),
        stronger=own("stronger", 0, draft.stronger),
        practise=tuple(own("practise", place, one) for place, one in enumerate(draft.practise)),
    )
    return clean, tuple(found)


def _points(found: list[Mapping[str, Any]]) -> tuple[Point, ...]:
    points = [Point(_id(one["criterion"]), _kept(one["text"], MOST_SENTENCES["entry"])) for one in found]
    return tuple(point for point in points if point.text)[:MOST_ENTRIES]


def _id(text: str) -> str:
    """What was given as an id, made into something that can be one."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")[:64] or "none"


def _level(shown: Reveal, criterion: str, text: str) -> str:
    """The level's id, also where its title was given."""
    scale = shown.scales.get(criterion)
    titles = {level.title.casefold(): level.id for level in scale.levels} if scale else {}
    return titles.get(text.strip("` ").casefold(), _id(text))


def _kept(text: str, most_sentences: int) -> str:
    """The first sentences, on one line."""
    clean = " ".join(sanitise(text).split())
    kept = ""
    for sentence in sentences(clean)[:most_sentences]:
        longer = clean[: sentence.end]
        if len(longer) > LONGEST:
            break
        kept = longer
    return kept or clean[:LONGEST].strip()
