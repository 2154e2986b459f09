"""`interviewer questions [BANK or QUESTION]`: what may be asked."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from interviewer.cli.page import Page, complain, minutes, show_listings, write_json

if TYPE_CHECKING:
    from interviewer.question import Question, QuestionBank


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    about = "a bank, by id or path, or the id of a question; all banks are listed if absent"
    parser.add_argument("id", nargs="?", help=about)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0, or 2 if there is nothing of that name or the bank is broken."""
    from interviewer.library import Library, LibraryError
    from interviewer.question import QuestionBank

    library = Library.default()
    if arguments.id is None:
        return show_listings("Question banks", library.banks(), arguments.json)
    try:
        found = library.bank_or_question(arguments.id)
    except LibraryError as error:
        return complain(error)
    if arguments.json:
        write_json(found.model_dump(mode="json", by_alias=True))
    elif isinstance(found, QuestionBank):
        show_bank(found, Page())
    else:
        show_question(found, Page())
    return 0


def show_bank(bank: QuestionBank, page: Page) -> None:
    """Every question of a bank in a few lines."""
    page.heading(f"{bank.title} ({bank.id}, version {bank.version})")
    for question in bank.questions:
        page.space()
        page.entry(question.id, f"{question.format}, {question.topic}, {', '.join(question.stages)}")
        page.text(question.text, indent=2)


def show_question(question: Question, page: Page) -> None:
    """A question with what a strong answer covers and where answers fall short."""
    page.heading(question.id)
    page.text(question.text)
    page.space()
    page.entry("Format", question.format, column=12)
    page.entry("Topic", question.topic, column=12)
    page.entry("Stages", ", ".join(question.stages), column=12)
    page.entry("Seniority", ", ".join(question.seniority), column=12)
    page.entry("Rubric", question.rubric, column=12)
    page.entry("Time", minutes(question.minutes), column=12)
    _section(page, "A strong answer covers", [point.point for point in question.key_points])
    _section(page, "Answers often fall short here", [gap.gap for gap in question.gaps])
    probes = [point.probe for point in question.key_points] + [gap.probe for gap in question.gaps]
    _section(page, "Follow-ups", [probe.text for probe in (*probes, *question.probes)])
    _section(page, "Twists", [twist.text for twist in question.twists])
    _section(page, "Hint", [question.hint] if question.hint else [])
    _section(page, "What a strong answer says", [question.better] if question.better else [])
    if question.reference:
        page.space()
        page.heading("A model answer", "-")
        page.text(question.reference)


def _section(page: Page, title: str, texts: list[str]) -> None:
    if texts:
        page.space()
        page.heading(title, "-")
        for text in texts:
            page.entry("*", text)
