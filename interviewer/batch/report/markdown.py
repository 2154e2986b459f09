"""A report as Markdown in which nothing from outside is markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from interviewer.batch.report.blocks import (
    Bars,
    Block,
    Facts,
    Folded,
    Paragraph,
    Quotation,
    Ranges,
    Report,
    Section,
    Table,
)
from interviewer.batch.report.words import decimal, share
from interviewer.markup.markdown import escaped, quoted

_WIDTH: Final = 20
"""Signs of the longest bar."""
_MARKS: Final = ("\u27e6", "\u27e7")
"""Around what a rating rests on. Bold letters would need spaces that an answer may not have."""


def as_markdown(report: Report) -> str:
    """The document, whole."""
    return "\n".join(_document(report)).rstrip() + "\n"


def _document(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    yield escaped(report.lead)
    yield ""
    yield f"{_MARKS[0]} {_MARKS[1]} enclose what a rating rests on."
    yield ""
    for section in report.sections:
        yield from _block(section, 2)


def _block(block: Block, depth: int) -> Iterator[str]:
    match block:
        case Section():
            yield f"{'#' * min(depth, 6)} {escaped(block.title)}"
            yield ""
            for one in block.blocks:
                yield from _block(one, depth + 1)
        case Folded():
            yield f"{'#' * min(depth, 6)} {escaped(block.summary)}"
            yield ""
            for one in block.blocks:
                yield from _block(one, depth + 1)
        case Paragraph():
            text = escaped(block.text)
            yield f"**Note:** {text}" if block.tone == "warning" else text
            yield ""
        case Facts():
            yield from (f"- {escaped(name)}: {escaped(value)}" for name, value in block.pairs)
            yield ""
        case Table():
            yield from _table(block)
        case Bars():
            yield from _table(_bars(block))
        case Ranges():
            yield from _table(_ranges(block))
        case Quotation():
            yield from _quotation(block)


def _table(table: Table) -> Iterator[str]:
    yield _cells(table.head)
    yield _cells(("---:" if column in table.numbers else "---" for column in range(len(table.head))), plain=True)
    yield from (_cells(row) for row in table.rows)
    yield ""


def _cells(cells: Iterator[str] | tuple[str, ...], plain: bool = False) -> str:
    return f"| {' | '.join(cell if plain else escaped(cell) for cell in cells)} |"


def _bars(bars: Bars) -> Table:
    longest = max((bar.share for bar in bars.bars), default=0.0) or 1.0
    rows = tuple(
        (
            f"from {bar.label}%" if bars.upright else bar.label,
            f"{bar.count:,}",
            share(bar.share),
            "\u2588" * round(_WIDTH * bar.share / longest),
        )
        for bar in bars.bars
    )
    return Table(bars.title, (bars.title, "Answers", "Share", ""), rows, frozenset({1, 2}))


def _ranges(ranges: Ranges) -> Table:
    form = share if ranges.percent else decimal
    rows = tuple(
        (
            one.label,
            form(one.value),
            f"{form(one.interval.low)} to {form(one.interval.high)}" if one.interval is not None else "",
        )
        for one in ranges.ranges
    )
    return Table(ranges.title, (ranges.title, "Value", "Interval"), rows, frozenset({1, 2}))


def _quotation(quotation: Quotation) -> Iterator[str]:
    example = quotation.example
    yield f"**{escaped(quotation.heading)}**, {escaped(example.id)} ({escaped(example.found)})"
    yield ""
    if example.question:
        yield f"Asked: {escaped(example.question)}"
        yield ""
    for passage in example.passages:
        if passage.where:
            yield f"{escaped(passage.where)}:"
            yield ""
        text = "".join(f"{_MARKS[0]}{piece}{_MARKS[1]}" if marked else piece for piece, marked in passage.pieces)
        yield from quoted(text)
        yield ""
    if example.reasoning:
        yield escaped(example.reasoning)
        yield ""
