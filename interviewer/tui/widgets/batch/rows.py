"""The rows of a batch as a table shows them: what stands in which column, for any width. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from interviewer.batch.ledger import PENDING
from interviewer.batch.ledger.browsing import FAILED, UNDER_WAY, Line, Order, View
from interviewer.grading.combine import share_of
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.text import one_line
from interviewer.tui.widgets.replay_entry import tone
from interviewer.tui.wording import QUIET

STATUS_WIDTH: Final = 16
SHARE_WIDTH: Final = 9
NAME_LEAST: Final = 14
NAME_MOST: Final = 30
LEVEL_LEAST: Final = 9
LEVEL_MOST: Final = 16
"""Columns of a criterion, where each has one of its own."""

BARS_LEAST: Final = 11
"""Columns of all criteria together: their title has to fit."""

BARS: Final = "▁▂▃▄▅▆▇█"
"""From the lowest level to the highest."""
UNSEEN: Final = "·"
"""A criterion of which the answer shows nothing."""

_TONES: Final = {"graded": "", PENDING: QUIET, UNDER_WAY: "$text-primary", FAILED: "bold $text-error"}
_NAMES: Final[Mapping[Order, str]] = {"place": "Row", "overall": "Overall", "status": "Status"}


@dataclass(frozen=True, slots=True)
class Columns:
    """How the width of a row is shared out."""

    place: int
    name: int
    level: int
    """For each criterion; 0 if all of them stand together, each as one bar."""
    bars: int
    """For all of them, if they stand together."""


def columns(width: int, rows: int, rubrics: Mapping[int, Rubric]) -> Columns:
    """Shares out the width.

    Args:
        width: of a row.
        rows: how many there are in all.
        rubrics: of those who judge.
    """
    place = max(5, len(f"{rows:,}"))
    left = width - place - 2 - STATUS_WIDTH - SHARE_WIDTH
    criteria = max((len(one.criteria) for one in rubrics.values()), default=0)
    if len({(one.id, one.version) for one in rubrics.values()}) == 1:
        level = min(LEVEL_MOST, (left - NAME_LEAST) // criteria)
        if level >= LEVEL_LEAST:
            return Columns(place, min(NAME_MOST, left - level * criteria), level, 0)
    bars = max(0, min(max(criteria + 2, BARS_LEAST), left - NAME_LEAST)) if criteria else 0
    return Columns(place, max(1, left - bars), 0, bars)


def title_row(shape: Columns, rubrics: Mapping[int, Rubric], view: View) -> Content:
    """The titles of the columns; a sign stands at the one that the rows are sorted by."""

    def named(order: Order) -> str:
        sign = (" ▴" if view.backwards else " ▾") if view.order == order else ""
        return f"{_NAMES[order]}{sign}"

    cells = [
        f"{named('place'):>{shape.place}}  ",
        f"{'Answer':<{shape.name}}",
        f"{named('status'):<{STATUS_WIDTH}}",
        f"{named('overall'):>{SHARE_WIDTH}}",
    ]
    if shape.level:
        rubric = next(iter(rubrics.values()))
        cells += [_fitted(f"  {one.title}", shape.level) for one in rubric.criteria]
    elif shape.bars:
        cells.append(_fitted("  Criteria", shape.bars))
    return Content("".join(cells))


def draw(line: Line | None, shape: Columns, rubrics: Mapping[int, Rubric]) -> Content:
    """One row. None is one that is still being read."""
    if line is None:
        return Content.assemble((f"{'…':>{shape.place}}", QUIET))
    rubric = rubrics.get(line.judge) if line.judge is not None else None
    name = one_line(line.id) + (f"  = row {line.copy_of}" if line.copy_of else "")
    share = "" if line.share is None else f"{line.share:.0%}"
    parts: list[str | tuple[str, str] | Content] = [
        (f"{line.place:>{shape.place},}  ", QUIET),
        Content(name).truncate(shape.name - 1, ellipsis=True, pad=True),
        " ",
        (_fitted(status_name(line.status), STATUS_WIDTH), status_tone(line.status)),
        (f"{share:>{SHARE_WIDTH}}", f"bold {tone(line.share)}"),
    ]
    if rubric is not None and (line.levels or line.status == "graded"):
        parts += _levels(line, rubric, shape)
    return Content.assemble(*parts)


def _levels(line: Line, rubric: Rubric, shape: Columns) -> list[str | tuple[str, str] | Content]:
    parts: list[str | tuple[str, str] | Content] = [] if shape.level else ["  "]
    for one in rubric.criteria[: None if shape.level else max(0, shape.bars - 2)]:
        level = line.levels.get(one.id, NOT_ASSESSED)
        share = None if level == NOT_ASSESSED else share_of(rubric, level)
        if shape.level:
            title = UNSEEN if share is None else rubric.level(level).title
            parts.append((_fitted(f"  {one_line(title)}", shape.level), tone(share)))
        else:
            parts.append((UNSEEN if share is None else BARS[round(share * (len(BARS) - 1))], tone(share)))
    return parts


def _fitted(text: str, width: int) -> str:
    """A word and a space at least, cut if it has to be."""
    return Content(text).truncate(max(1, width - 1), ellipsis=True, pad=True).plain + " "


def status_name(status: str) -> str:
    """A status for people: `wrong shape`, `not graded yet`."""
    return one_line(status).replace("-", " ")


def status_tone(status: str) -> str:
    """Its style."""
    return _TONES.get(status, "$text-warning")


def reason(line: Line | None) -> Content:
    """Where a row stands in the source, and why it is as it is."""
    if line is None:
        return Content("")
    where = (one_line(line.found), QUIET)
    if line.problem:
        return Content.assemble(where, "  ", (one_line(line.problem), "$text-warning"))
    if line.copy_of:
        return Content.assemble(where, (f"  The same answer, word for word, as row {line.copy_of:,}.", QUIET))
    return Content.assemble(where)
