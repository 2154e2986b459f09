"""What a report is made of, whatever form it is written in: pieces that hold plain text and numbers, and no markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from interviewer.batch.report.values import Example
from interviewer.grading.bootstrap import Interval


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str
    tone: Literal["plain", "quiet", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in rows; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns of numbers, counted from 0."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    count: int
    share: float
    """Of all that is shown, 0 to 1: its length."""
    step: float | None = None
    """Where it stands on its scale, 0 to 1, for its colour; None: on none."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart: across with the labels over the bars, or upright columns of a distribution."""

    title: str
    about: str
    """What it shows, in words, for those who cannot see it."""
    bars: tuple[Bar, ...]
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with its interval."""

    label: str
    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Ranges:
    """Figures with their intervals on one axis."""

    title: str
    about: str
    ranges: tuple[Range, ...]
    axis: tuple[float, float]
    percent: bool
    """Whether figures are shares of something, and not figures of their own."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """An answer as an example."""

    heading: str
    example: Example


@dataclass(frozen=True, slots=True)
class Folded:
    """What is opened by those who want to know more."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what belongs to it."""

    id: str
    title: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Paragraph | Facts | Table | Bars | Ranges | Quotation | Folded | Section


@dataclass(frozen=True, slots=True)
class Report:
    """All of it."""

    title: str
    lead: str
    sections: tuple[Section, ...]
