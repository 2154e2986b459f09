"""The rows of the library: sections, trees of branches, and the columns of one transcript. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from interviewer.text import clock_time, one_line
from interviewer.transcript.branches import BranchPoint
from interviewer.transcript.entries import Entry, Unreadable
from interviewer.transcript.events import Imported
from interviewer.transcript.selection import Leaf, Order, Wanted, select, tree
from interviewer.tui import wording
from interviewer.tui.screens.library.shelf import Shelf
from interviewer.tui.wording import QUIET

_COLUMNS: Final[tuple[tuple[str, Order | None, int], ...]] = (
    ("Verdict", "verdict", 14),
    ("Share", "share", 8),
    ("Length", "length", 9),
    ("Date", "date", 13),
)
"""Title, the order that it stands for, and width. Before them the name takes what is left."""

_SORTED = " ▾"
_NONE = "No interviews of your own yet. Esc goes back to where you begin one."


@dataclass(frozen=True, slots=True)
class View:
    """How the user wants to see it."""

    words: str = ""
    order: Order = "date"
    as_tree: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be listed."""

    file: Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    """A transcript, and where it branches off."""

    leaf: Leaf
    point: BranchPoint | None = None

    @property
    def entry(self) -> Entry:
        """The transcript."""
        return self.leaf.entry


Row = Heading | Broken | Line


def rows(shelf: Shelf, view: View) -> tuple[Row, ...]:
    """The list from top to bottom: what can be resumed, what is over, the samples, and what cannot be read."""
    wanted = Wanted(view.words)
    own, shipped = select(shelf.entries, wanted, view.order), select(shelf.samples, wanted, view.order)
    known = (*shelf.entries, *shelf.samples)
    shown: list[Row] = [] if shelf.entries else [Heading(_NONE)]
    if view.as_tree:
        of_samples = False
        parts: tuple[list[Row], list[Row]] = ([], [])
        for line in _in_tree((*own, *shipped), known, shelf):
            of_samples = line.entry.sample if line.leaf.depth == 0 else of_samples
            parts[of_samples].append(line)
        shown += _section("Interviews, with branches under what they branch off", parts[0])
        shown += _section(_samples_title(shipped), parts[1])
    else:
        left = sum(entry.unfinished for entry in own)
        lines = _in_list((*own, *shipped), known, shelf)
        shown += _section("Go on where you left off", lines[:left])
        shown += _section("Finished", lines[left : len(own)])
        shown += _section(_samples_title(shipped), lines[len(own) :])
    if not view.words:
        shown += _section("Files that cannot be read", [Broken(file) for file in shelf.unreadable])
    return tuple(shown)


def _samples_title(shipped: Iterable[Entry]) -> str:
    """With the engine that made them: how well one does against it says little about another."""
    engines = wording.listed(sorted({one_line(entry.engine) for entry in shipped}))
    return f"Samples that come with interviewer, made by the {engines} engine"


def _section(title: str, lines: Sequence[Row]) -> list[Row]:
    return [Heading(f"{title} ({len(lines):,})"), *lines] if lines else []


def _in_tree(entries: Sequence[Entry], known: Iterable[Entry], shelf: Shelf) -> list[Line]:
    return [Line(leaf, shelf.points.get(leaf.entry.path)) for leaf in tree(entries, known)]


def _in_list(entries: Sequence[Entry], known: Iterable[Entry], shelf: Shelf) -> list[Line]:
    ids = {entry.id for entry in known}
    leaves = (Leaf(entry, 0, entry.parent is not None and entry.parent not in ids) for entry in entries)
    return [Line(leaf, shelf.points.get(leaf.entry.path)) for leaf in leaves]


# ---- Drawing ---------------------------------------------------------------------------------------------------------


def title_row(order: Order, width: int) -> Content:
    """The titles of the columns; a sign stands at the one that the list is sorted by."""
    name = "Interview" + (_SORTED if order == "persona" else "")
    cells = [Content(name).truncate(_name_width(width), pad=True)]
    cells += [
        Content(_right(title + (_SORTED if stands_for == order else ""), wide, title))
        for title, stands_for, wide in _COLUMNS
    ]
    return Content.assemble(*cells)


def draw(row: Row, width: int) -> Content:
    """One row, for this many columns."""
    match row:
        case Heading(text):
            return Content(text).truncate(width, ellipsis=True)
        case Broken(file):
            name = (one_line(file.path.name), "$text-warning")
            return Content.assemble(name, (f"  {one_line(file.problem)}", QUIET)).truncate(width, ellipsis=True)
        case Line():
            shown = _name(row).truncate(_name_width(width), ellipsis=True, pad=True)
            return Content.assemble(shown, *_cells(row.entry))


def _name_width(width: int) -> int:
    return max(8, width - sum(wide for _, _, wide in _COLUMNS))


def _right(text: str, width: int, title: str) -> str:
    """Numbers and dates stand at the right of their columns, words at the left."""
    return f" {text:<{width - 1}}" if title == "Verdict" else f"{text:>{width}}"


def _cells(entry: Entry) -> list[tuple[str, str]]:
    if entry.unfinished:
        verdict, tone = "scorecard due" if entry.closed else "unfinished", "$text-warning"
    else:
        verdict, tone = wording.verdict(entry.verdict), wording.VERDICT_TONES.get(entry.verdict or "", "")
    share = "" if entry.share is None or entry.verdict == "no-decision" else f"{entry.share:.0%}"
    texts = (verdict[:13], share, f"{wording.minutes_of(entry.seconds)} min", wording.day(entry.created))
    tones = (tone, QUIET, QUIET, QUIET)
    return [
        (_right(text, wide, title), colour)
        for text, colour, (title, _, wide) in zip(texts, tones, _COLUMNS, strict=True)
    ]


def _name(line: Line) -> Content:
    entry, depth = line.entry, line.leaf.depth
    parts: list[str | tuple[str, str]] = []
    if depth:
        parts.append(("  " * (min(depth, 6) - 1) + "└ ", QUIET))
    parts.append(one_line(entry.title))
    parts += [(f"  {remark}", QUIET) for remark in (_remark(line),) if remark]
    parts += [(f"  #{tag}", "$text-primary") for tag in entry.label.tags]
    return Content.assemble(*parts)


def _remark(line: Line) -> str:
    """What sets a transcript apart: where it branches off, and what file it was imported from."""
    entry = line.entry
    if line.leaf.gone:
        return "parent is gone"
    if entry.parent is not None:
        return moment(line.point) if line.leaf.depth and line.point else "branch"
    if isinstance(entry.origin, Imported):
        return f"from {one_line(entry.origin.file)}"
    return ""


def moment(point: BranchPoint) -> str:
    """Where a branch leaves its parent, such as `answer 7, 12:30`."""
    return f"answer {point.number}, {clock_time(point.clock)}"
