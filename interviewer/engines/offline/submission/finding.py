"""What a check found: how much of what it looked for, where, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from interviewer.engines.offline.submission.handed import FIGURE, Handed, Spot

MOST_SPOTS: Final = 3

SHARE: Final = re.compile(r"(?<![\w.])(?:0?\.\d+|1\.0+|\d{1,3}(?:\.\d+)?\s?%)")
"""A figure between 0 and 1, or a percentage: how results are mostly given."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a check."""

    worth: float = 0.0
    """0 (nothing of it) to 1 (all of it)."""
    spots: tuple[Spot, ...] = ()
    """Where it was found; something found without a place is worth nothing."""
    against: tuple[Spot, ...] = ()
    """Where the opposite was found."""
    remark: str = ""
    """What the reader should know beside it: a sentence."""


Check: TypeAlias = Callable[[Handed], Found | None]
"""Looks for one thing. None: this submission, or its brief, gives no occasion for it."""

NOTHING: Final = Found()


def found(worth: float, spots: Iterable[Spot], remark: str = "") -> Found:
    """Something found, with the first few of its places; without any it is nothing."""
    where = tuple(spots)[:MOST_SPOTS]
    return Found(min(1.0, worth), where, remark=remark) if where and worth > 0 else NOTHING


def pattern(text: str) -> re.Pattern[str]:
    """A pattern that minds neither capitals nor the blanks in it, so that it can be written over several lines."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


def matching(spots: Iterable[Spot], *wanted: re.Pattern[str], words: int = 0) -> list[Spot]:
    """Those in which all patterns are found, and at least so many words."""
    return [
        spot
        for spot in spots
        if len(spot.text.split()) >= words and all(one.search(spot.text) is not None for one in wanted)
    ]


def with_figure(spots: Iterable[Spot]) -> list[Spot]:
    """Those that hold a number; of a list item its own number is none."""
    return [spot for spot in spots if FIGURE.search(_ORDINAL.sub("", spot.text))]


def by_count(spots: Sequence[Spot], *worths: float) -> Found:
    """Worth by how many there are: the first for one, the second for two, the last for more."""
    return found(worths[min(len(spots), len(worths)) - 1], spots) if spots else NOTHING


_ORDINAL: Final = re.compile(r"^\s*\d{1,2}[.)]\s")
