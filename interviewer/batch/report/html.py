"""A report as one page for a browser, which fetches nothing and needs no script."""

from __future__ import annotations

from importlib.resources import files
from itertools import count

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
from interviewer.batch.report.charts import chart, ranges
from interviewer.batch.report.values import Passage
from interviewer.markup.html import Html, element, with_breaks
from interviewer.markup.page import page


def as_html(report: Report) -> str:
    """The page, whole."""
    style = files("interviewer.batch.report").joinpath("page.css").read_text(encoding="utf-8")
    writer = _Writer()
    links = (element("li", element("a", section.title, href=f"#{section.id}")) for section in report.sections)
    return page(
        report.title,
        style,
        element("a", "Skip to the report", class_="skip", href="#report"),
        element(
            "header",
            element("p", "Grading report", class_="kicker"),
            element("h1", report.title),
            element("p", report.lead, class_="quiet"),
            element("nav", element("ul", *links), aria_label="Sections"),
        ),
        element("main", *(writer.block(section, 2) for section in report.sections), id="report", tabindex="-1"),
    )


class _Writer:
    def __init__(self) -> None:
        self._charts = count(1)

    def block(self, block: Block, depth: int) -> Html:
        """A block at this depth of headings."""
        match block:
            case Section():
                heading = element(f"h{min(depth, 6)}", block.title, id=f"{block.id}-title")
                inside = (self.block(one, depth + 1) for one in block.blocks)
                return element("section", heading, *inside, id=block.id, aria_labelledby=f"{block.id}-title")
            case Folded():
                inside = (self.block(one, depth) for one in block.blocks)
                return element("details", element("summary", block.summary), *inside)
            case Paragraph():
                tone = block.tone if block.tone != "plain" else None
                return element("p", block.text, class_=tone, role="note" if tone == "warning" else None)
            case Facts():
                pairs = (element("div", element("dt", name), element("dd", value)) for name, value in block.pairs)
                return element("dl", *pairs, class_="facts")
            case Table():
                return _table(block)
            case Bars():
                return chart(block, f"chart{next(self._charts)}")
            case Ranges():
                return ranges(block)
            case Quotation():
                return _quotation(block)


def _table(table: Table) -> Html:
    def kind(column: int) -> str | None:
        return "number" if column in table.numbers else None

    head = (element("th", text, scope="col", class_=kind(column)) for column, text in enumerate(table.head))
    rows = (
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", *_cell(text, kind(column)), class_=kind(column)) for column, text in enumerate(row[1:], 1)),
        )
        for row in table.rows
    )
    inside = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *head)),
        element("tbody", *rows),
    )
    return element("div", inside, class_="scroll", role="region", tabindex=0, aria_label=table.caption)


def _cell(text: str, kind: str | None) -> tuple[str | Html, ...]:
    """What stands in a cell; of a figure its interval goes on a line of its own."""
    value, bracket, rest = text.partition(" (")
    if kind is None or not bracket:
        return (text,)
    return value, element("br"), element("small", rest.removesuffix(")"))


def _quotation(quotation: Quotation) -> Html:
    example = quotation.example
    return element(
        "article",
        element(
            "p",
            element("b", quotation.heading),
            element("span", f"{example.id} \u00b7 {example.found}", class_="quiet"),
            class_="who",
        ),
        element("p", element("span", "Asked: ", class_="quiet"), example.question, class_="asked")
        if example.question
        else None,
        *(_passage(one) for one in example.passages),
        element("p", example.reasoning) if example.reasoning else None,
        class_="example",
    )


def _passage(passage: Passage) -> Html:
    where = element("cite", passage.where) if passage.where else None
    if passage.where:  # a file: its lines and spaces are part of it
        pieces = (element("mark", text) if marked else text for text, marked in passage.pieces)
        return element("blockquote", where, element("pre", *pieces))
    prose = ((with_breaks(text), marked) for text, marked in passage.pieces)
    return element("blockquote", element("p", *(element("mark", text) if marked else text for text, marked in prose)))
