"""A criterion over several interviews: one column for each, its height the share of the scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textual.content import Content
from textual.widgets import Static

from interviewer.progress.series import Point, Series
from interviewer.progress.words import day

COMPARABLE, OTHER = "\u25cf", "\u25cb"
"""A point, and one that was measured in another way."""

LINE = "$primary 60%"
QUIET = "$foreground 70%"
MOST_WIDE = 60
"""Columns beyond which a chart gains nothing."""

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Column and row within a character -> its dot: a character is two dots wide and four high."""

_WIDE, _HIGH = 2, 4


class LevelChart(Static):
    """Draws a series as wide as there is room. Only comparable points are joined by a line."""

    DEFAULT_CSS = "LevelChart { height: auto; margin: 0 0 1 0; }"

    def __init__(self, series: Series) -> None:
        super().__init__(markup=False)
        self._series = series

    def on_resize(self) -> None:
        """Draws again for the room there is."""
        self.update(chart(self._series, self.size.width))


def chart(series: Series, width: int) -> Content:
    """The whole chart, at most `width` columns wide: levels at the left, dates below."""
    label = max(len(title) for title in series.levels)
    room = max(2, min(width, MOST_WIDE) - label - 2)
    shown = series.points[-max(2, room // 2) :]
    rows = 2 * series.steps + 1
    places = [_place(index, point, len(shown), room, rows) for index, point in enumerate(shown)]
    dots = _joined([place for place, point in zip(places, shown, strict=True) if point.comparable])
    marks = {(x // _WIDE, y // _HIGH): point.comparable for (x, y), point in zip(places, shown, strict=True)}
    parts: list[str | tuple[str, str]] = []
    for row in range(rows):
        title = "" if row % 2 else series.levels[series.steps - row // 2]
        parts.append((f"{title:>{label}} {'┤' if title else '│'}", QUIET))
        parts += [_cell(column, row, dots, marks) for column in range(room)]
        parts.append("\n")
    return Content.assemble(*parts, (f"{'':>{label}} └{'─' * room}\n", QUIET), (_dates(shown, label + 2, room), QUIET))


def _place(index: int, point: Point, among: int, room: int, rows: int) -> tuple[int, int]:
    """Where a point lies, in dots from the top left."""
    across = index / (among - 1) if among > 1 else 0.0
    cell = 1 + round(across * (room - 3)) if room > 3 else index
    row = round((1 - point.share) * (rows - 1))
    return _WIDE * cell, _HIGH * row + 1


def _joined(places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Character -> its dots, for straight lines from each place to the next."""
    cells: dict[tuple[int, int], int] = {}
    for (left, top), (right, bottom) in pairwise(places):
        steps = max(abs(right - left), abs(bottom - top), 1)
        for step in range(steps + 1):
            x = left + round((right - left) * step / steps)
            y = top + round((bottom - top) * step / steps)
            cell = (x // _WIDE, y // _HIGH)
            cells[cell] = cells.get(cell, 0) | _DOTS[x % _WIDE][y % _HIGH]
    return cells


def _cell(
    column: int, row: int, dots: dict[tuple[int, int], int], marks: dict[tuple[int, int], bool]
) -> str | tuple[str, str]:
    cell = (column, row)
    if cell in marks:
        return (COMPARABLE, "bold $primary") if marks[cell] else (OTHER, QUIET)
    return (chr(_BRAILLE + dots[cell]), LINE) if cell in dots else " "


def _dates(points: Sequence[Point], indent: int, room: int) -> str:
    first, last = day(points[0].created), day(points[-1].created)
    if len(points) == 1 or len(first) + len(last) + 2 > room:
        return " " * indent + last
    return f"{'':{indent}}{first}{last:>{room - len(first)}}"
