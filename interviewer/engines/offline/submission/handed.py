"""A submission prepared for the checks: its files, what its write-up states, and its lines of code.

What is no work of the candidate is taken out once, here: orders to whoever grades, placeholders of a template, the
brief or the rubric said back, terms strung together, and code that is only a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from interviewer.batch.submissions.kinds import Kind, kind_of
from interviewer.batch.submissions.notebook import CELL
from interviewer.engines.offline.asides import is_aside
from interviewer.engines.offline.criteria import compiled
from interviewer.engines.offline.keywords import states
from interviewer.engines.offline.statements import BORROWED_SHARE, Pairs
from interviewer.engines.offline.stems import Heard, hear, pairs, stems
from interviewer.grading.evidence import cited
from interviewer.grading.grader import GradingRequest
from interviewer.grading.passages import Passage, form_of, passages
from interviewer.scorecard import Evidence

FIGURE: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:\s?%|\b)")
"""A number as it stands in a text."""

_PLACEHOLDER: Final = re.compile(
    r"\b(?:todo|tbd|fixme|lorem ipsum|fill (?:this )?in|your (?:answer|text|name|results?) here|to be (?:written|done"
    r"|added)|coming soon|xxx+)\b|<(?:your|insert|describe|add|name)\b[^>]*>"
    r"|[\[{](?:your|insert|describe|add|explain)\b[^\]}]*[\]}]|^(?:describe|explain|write|insert|list|add|summari[sz]e)\b.{0,80}\bhere\b",
    re.IGNORECASE,
)
_INTENDED: Final = re.compile(r"\b(?:would|will|could|next i|i'd)\b(?! (?:not|have))", re.IGNORECASE)
_AHEAD: Final = re.compile(r"\b(?:next|future|more time|outlook|in production)\b", re.IGNORECASE)
_COMMENT: Final = re.compile(r"\s*(?:#|//|/\*|\*|--\s|%\s|<!--|\"\"\"|''')")
_IMPORT: Final = re.compile(r"\s*(?:from\s+[\w.]+\s+import|import|library\(|require\(|using|#include)\b")
_CELL: Final = re.compile(CELL)
_TERMS: Final = re.compile(
    r"\b(?:baselines?|confusion|matri(?:x|ces)|precision|recall|f1|accuracy|error analysis|drift|monitor\w*|a/b|seeds?"
    r"|pinned|reproducib\w*|tests?|split|validation|cross.validation|assumptions?|trade.?offs?|next steps|class balance"
    r"|per.class|success metric|alternatives?|rollout|canary|docstrings?|limitations?|latency|requirements|leakage)\b",
    re.IGNORECASE,
)
_STRUNG_TERMS, _STRUNG_WORDS = 4, 4.5
"""A sentence with so many terms of the trade, and no more words than this for each, only strings them together."""

_LEAST_PAIRS: Final = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage of a file."""

    part: int
    """Number of the part, from 1."""
    passage: Passage
    section: str
    """The heading it stands under, in small letters; empty if there is none."""
    place: int
    """Number of the passage among those of its file, from 0."""

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def evidence(self) -> Evidence:
        """It as it is cited."""
        return cited(self.part, self.passage)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the submission."""

    part: int
    name: str
    kind: Kind
    text: str
    spots: tuple[Spot, ...]

    @property
    def lines(self) -> Iterator[Spot]:
        """Its lines of code that do something: neither comment nor import."""
        return (spot for spot in self.code if not _IMPORT.match(spot.text))

    @property
    def code(self) -> Iterator[Spot]:
        """Its lines of code that are no comment."""
        return (spot for spot in self.spots if spot.passage.kind in {"line", "row"} and not _COMMENT.match(spot.text))


class Handed:
    """What was handed in, and the brief it answers.

    Args:
        request: each exchange is a file.
    """

    def __init__(self, request: GradingRequest) -> None:
        self.brief: Final = request.question.text
        self._borrowed: Final[Pairs] = compiled(request.question, request.rubric).heap.borrowed
        self._given: Final[Pairs] = pairs(stems(self.brief))
        self.files: Final = tuple(_file(one.event, one.part, one.answer) for one in request.exchanges)

    def of(self, *kinds: Kind) -> tuple[File, ...]:
        """The files of these kinds."""
        return tuple(file for file in self.files if file.kind in kinds)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every file by its path, those not shown too."""
        listed = {spot.text.partition(" (")[0] for file in self.of("list") for spot in file.spots}
        return frozenset(listed | {file.name for file in self.files if file.kind != "list"})

    @cached_property
    def written(self) -> tuple[Spot, ...]:
        """Every sentence, list item and row of a table of the write-up, headings and code aside."""
        return tuple(
            spot
            for file in self.of("readme", "document", "notebook")
            for spot in file.spots
            if spot.passage.kind in {"sentence", "row"}
        )

    @cached_property
    def told(self) -> tuple[Spot, ...]:
        """What the write-up states in the candidate's own words."""
        return tuple(spot for spot in self.written if self._is_own(spot))

    @cached_property
    def done(self) -> tuple[Spot, ...]:
        """Of that, what was done and found, and not what would be."""
        return tuple(spot for spot in self.told if not _INTENDED.search(spot.text) and not _AHEAD.search(spot.section))

    @cached_property
    def strung(self) -> int:
        """How many sentences only string terms together."""
        return sum(_is_strung(spot.text) for spot in self.written)

    @cached_property
    def code(self) -> tuple[File, ...]:
        """Files with code, tests aside."""
        return self.of("code", "notebook")

    def doing(self, wanted: re.Pattern[str]) -> list[Spot]:
        """The lines of code, tests aside, in which a pattern is found."""
        return [spot for file in self.code for spot in file.lines if wanted.search(spot.text)]

    def _is_own(self, spot: Spot) -> bool:
        text = spot.text
        if _PLACEHOLDER.search(text) or _is_strung(text):
            return False
        sentences = hear(text).sentences
        if any(is_aside(heard) for heard in sentences):
            return False
        if spot.passage.kind == "row":
            return bool(FIGURE.search(text))
        return any(self._says_something(heard) for heard in sentences)

    def _says_something(self, heard: Heard) -> bool:
        own = pairs(heard.stems)
        if len(own) >= _LEAST_PAIRS and any(
            len(own & given) >= BORROWED_SHARE * len(own) for given in (self._given, self._borrowed)
        ):
            return False
        return states(heard.words) or bool(FIGURE.search(heard.text))


def _is_strung(text: str) -> bool:
    terms = len(_TERMS.findall(text))
    return terms >= _STRUNG_TERMS and len(text.split()) <= _STRUNG_WORDS * terms


def _file(part: int, name: str, text: str) -> File:
    section = ""
    spots = []
    for place, passage in enumerate(passages(text, form_of(name))):
        if passage.kind == "heading" and not _CELL.fullmatch(passage.text):
            section = passage.text.strip("#*=- \t:").casefold()
        spots.append(Spot(part, passage, section, place))
    return File(part, name, kind_of(name), text, tuple(spots))
