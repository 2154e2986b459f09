"""`interviewer personas [ID]`: who there is to be interviewed by."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from interviewer.cli.page import Page, complain, minutes, show_listings, write_json

if TYPE_CHECKING:
    from interviewer.persona import Persona

_RULES = {
    "gut": "One voice decides, the same day, on a few signals that weigh most.",
    "panel": "Everyone rates blind; the scorecards are then revealed, voted on again and combined.",
    "bar-raiser": "Written feedback and vote first, a recommended level, and a rare veto.",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("id", nargs="?", help="a persona, by id or path; all are listed if absent")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0, or 2 if there is none of that name or the persona is broken."""
    from interviewer.library import Library, LibraryError

    library = Library.default()
    if arguments.id is None:
        return show_listings("Personas", library.personas(), arguments.json)
    try:
        persona = library.persona(arguments.id)
    except LibraryError as error:
        return complain(error)
    if arguments.json:
        write_json(persona.model_dump(mode="json", by_alias=True))
    else:
        show(persona, Page())
    return 0


def show(persona: Persona, page: Page) -> None:
    """What a candidate may know beforehand: no planted flaw, no fact that has to be asked for."""
    page.heading(f"{persona.title} ({persona.id}, version {persona.version})")
    page.text(persona.tagline)
    page.space()
    page.text(persona.about)
    page.space()
    length = persona.minutes
    page.entry("Stage", persona.stage, column=12)
    page.entry("Length", f"{minutes(length.default)}, {length.shortest} to {length.longest} possible", column=12)
    page.entry("Decision", _RULES[persona.decision.rule], column=12)
    page.entry("Rubrics", ", ".join(persona.decision.rubrics), column=12)
    page.space()
    page.heading("People", "-")
    for person in persona.people:
        page.entry(f"{person.name}, {person.role}.", person.temper, indent=2)
    page.space()
    company = persona.company
    page.heading(f"Company: {company.name}", "-")
    # Not the pitch: it is made in the interview, flaws included.
    page.entry(f"{company.category}, {company.stage}.", company.product, indent=2)
    page.space()
    page.heading("Plan", "-")
    names = {person.id: person.name for person in persona.people}
    for segment in persona.plan:
        asked = f", {segment.questions} questions, more if time is left" if segment.questions > 1 else ""
        said = f"{segment.title}, with {names[segment.lead]}{asked}"
        page.entry(f"{segment.minutes:g} min", said, indent=2, column=12)
