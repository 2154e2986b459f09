"""`interviewer rubrics [ID]`: what answers are judged against."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from interviewer.cli.page import Page, complain, show_listings, write_json

if TYPE_CHECKING:
    from interviewer.rubric import Criterion, Rubric


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("id", nargs="?", help="a rubric, by id or path; all are listed if absent")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0, or 2 if there is none of that name or the rubric is broken."""
    from interviewer.library import Library, LibraryError

    library = Library.default()
    if arguments.id is None:
        return show_listings("Rubrics", library.rubrics(), arguments.json)
    try:
        rubric = library.rubric(arguments.id)
    except LibraryError as error:
        return complain(error)
    if arguments.json:
        write_json(rubric.model_dump(mode="json", by_alias=True))
    else:
        show(rubric, Page())
    return 0


def show(rubric: Rubric, page: Page) -> None:
    """The scale and every criterion with its anchors."""
    page.heading(f"{rubric.title} ({rubric.id}, version {rubric.version})")
    page.text(rubric.about)
    page.space()
    levels = ", ".join(f"{level.title} ({level.value:g})" for level in rubric.levels)
    page.entry("Levels:", levels)
    for criterion in rubric.criteria:
        page.space()
        _show_criterion(criterion, rubric, page)


def _show_criterion(criterion: Criterion, rubric: Rubric, page: Page) -> None:
    page.heading(f"{criterion.title} ({criterion.id}, {criterion.weight:.0%})", "-")
    page.text(criterion.asks)
    if criterion.gate is not None:
        page.text(f"Below {rubric.level(criterion.gate).title}, the verdict cannot be positive.")
    column = min(max(len(level.title) for level in rubric.levels) + 4, 24)
    for level in rubric.levels:
        page.entry(level.title, criterion.anchors[level.id], indent=2, column=column)
    for name, evidence in (("Counts for:", criterion.evidence_for), ("Against:", criterion.evidence_against)):
        if evidence:
            page.entry(name, "; ".join(evidence), indent=2)
    if criterion.practice is not None:
        page.entry("To practise:", criterion.practice, indent=2)
