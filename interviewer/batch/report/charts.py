"""Charts as drawings inside a page. Widths are percentages, so that text keeps its size on a telephone."""

from __future__ import annotations

from typing import Final

from interviewer.batch.report.blocks import Bar, Bars, Range, Ranges
from interviewer.batch.report.words import decimal, share, short
from interviewer.markup.html import Html, element

_ROW: Final = 40
"""Pixels from one bar to the next."""
_THICK: Final = 9
_TALL: Final = 110
_ABOVE: Final = 18
"""Pixels over the longest column, for its number."""
_LONGEST_LABEL: Final = 38
_FINE_AXIS: Final = 5


def chart(bars: Bars, mark: str) -> Html:
    """A bar chart.

    Args:
        bars: what it shows.
        mark: what the ids of its parts begin with; unlike any other on the page.
    """
    shapes, height = _columns(bars.bars) if bars.upright else _rows(bars.bars)
    drawing = element(
        "svg",
        element("title", bars.title, id=f"{mark}-title"),
        element("desc", bars.about, id=f"{mark}-about"),
        *shapes,
        role="img",
        height=height,
        width="100%",
        aria_labelledby=f"{mark}-title {mark}-about",
    )
    return element("figure", drawing, class_="chart")


def _rows(bars: tuple[Bar, ...]) -> tuple[list[Html], int]:
    shapes: list[Html] = []
    for place, bar in enumerate(bars):
        top = place * _ROW
        shapes += [
            element("text", short(bar.label, _LONGEST_LABEL), x=0, y=top + 15),
            element("text", f"{bar.count:,} \u00b7 {share(bar.share)}", x="100%", y=top + 15, text_anchor="end"),
            element("rect", x=0, y=top + 22, width="100%", height=_THICK, rx=2, class_="rail"),
            element("rect", x=0, y=top + 22, width=_percent(bar.share), height=_THICK, rx=2, class_=_colour(bar.step)),
        ]
    return shapes, len(bars) * _ROW


def _columns(bars: tuple[Bar, ...]) -> tuple[list[Html], int]:
    longest = max((bar.share for bar in bars), default=0.0) or 1.0
    width = 1 / len(bars)
    floor = _ABOVE + _TALL
    shapes = [element("line", x1=0, x2="100%", y1=floor, y2=floor, class_="axis")]
    for place, bar in enumerate(bars):
        tall = max(1.0, _TALL * bar.share / longest) if bar.count else 0.0
        left, middle = place * width, (place + 0.5) * width
        column = {"x": _percent(left + width * 0.06), "width": _percent(width * 0.88), "class_": _colour(bar.step)}
        shapes.append(element("rect", y=f"{floor - tall:.1f}", height=f"{tall:.1f}", rx=2, **column))
        if bar.count:
            told = element(
                "text", _few_signs(bar.count), x=_percent(middle), y=f"{floor - tall - 5:.1f}", text_anchor="middle"
            )
            shapes.append(told)
    for place in range(0, len(bars) + 1, 2):
        text = bars[place].label if place < len(bars) else "100%"
        anchor = "start" if place == 0 else "end" if place == len(bars) else "middle"
        shapes.append(
            element("text", text, x=_percent(place * width), y=floor + 18, text_anchor=anchor, class_="quiet")
        )
    return shapes, floor + 24


def ranges(found: Ranges) -> Html:
    """Figures with their intervals, one below the other on a common axis."""
    items = (_range(one, found) for one in found.ranges)
    return element(
        "figure",
        element("figcaption", found.title),
        element("ul", *items, class_="ranges"),
        _axis(found),
        class_="chart",
    )


def _range(one: Range, found: Ranges) -> Html:
    form = share if found.percent else decimal
    shapes = [element("line", x1=0, x2="100%", y1=9, y2=9, class_="axis")]
    told = form(one.value)
    if one.interval is not None:
        low, high = one.interval.low, one.interval.high
        ends = {"x1": _across(low, found), "x2": _across(high, found)}
        shapes.append(element("line", **ends, y1=9, y2=9, class_="interval"))
        told = f"{told} ({form(low)} to {form(high)})"
    shapes.append(element("circle", cx=_across(one.value, found), cy=9, r=5, class_="dot"))
    return element(
        "li",
        element("span", one.label, class_="label"),
        element("span", told, class_="value"),
        element("svg", *shapes, width="100%", height=18, aria_hidden="true"),
    )


def _axis(found: Ranges) -> Html:
    low, high = found.axis
    form = share if found.percent else decimal
    ticks = [low + (high - low) * place / (_FINE_AXIS - 1) for place in range(_FINE_AXIS)]
    texts = (
        element(
            "text",
            form(tick),
            x=_across(tick, found),
            y=12,
            text_anchor="start" if place == 0 else "end" if place == _FINE_AXIS - 1 else "middle",
            class_="quiet",
        )
        for place, tick in enumerate(ticks)
    )
    return element("svg", *texts, width="100%", height=18, aria_hidden="true")


def _across(value: float, found: Ranges) -> str:
    low, high = found.axis
    return _percent(min(1.0, max(0.0, (value - low) / (high - low))))


def _percent(value: float) -> str:
    return f"{value * 100:.2f}%"


def _colour(step: float | None) -> str:
    """One of four colours along the scale; words say the same beside it."""
    return "level" if step is None else f"level level{min(3, int(step * 3 + 0.5))}"


def _few_signs(count: int) -> str:
    """A number that fits over a narrow column."""
    if count < 10_000:
        return f"{count:,}"
    return f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1_000_000:.1f}M"
