"""What the side of the home screen tells of the item that is highlighted."""

from __future__ import annotations

from textual.content import Content

from interviewer.interview.plan import make_plan
from interviewer.persona import Persona
from interviewer.text import one_line
from interviewer.transcript.entries import Entry
from interviewer.tui import wording
from interviewer.tui.screens.home.items import BrokenItem, LeftItem, PastItem, PersonItem, UnreadableItem
from interviewer.tui.wording import QUIET

_TITLE = "bold $primary"


def about(item: object) -> Content:
    """All there is to say of an item before it is opened."""
    match item:
        case PersonItem():
            return about_persona(item.persona, item.persona.minutes.default)
        case LeftItem():
            entry = item.entry
            state = "Said and done; only the scorecard is missing." if entry.closed else "Not over yet."
            done = f"{wording.minutes_of(entry.seconds)} of {entry.minutes} minutes are gone."
            return _facts(one_line(entry.title), f"{state} {done}", entry)
        case PastItem():
            entry = item.entry
            total = entry.share if entry.verdict != "no-decision" else None
            share = "" if total is None else f", {total:.0%} of what could be reached"
            verdict = f"Verdict: {wording.verdict(entry.verdict)}{share}."
            return _facts(one_line(entry.title), verdict, entry)
        case BrokenItem():
            return Content.assemble(
                (f"{item.name_shown} cannot be used ({item.problem}).\n\n", "bold"), one_line(item.fault)
            )
        case UnreadableItem():
            return Content(one_line(item.problem))
        case _:
            return Content("")


def _facts(title: str, state: str, entry: Entry) -> Content:
    details = f"{wording.moment(entry.created)}\n{one_line(entry.mode).capitalize()} mode\n{one_line(str(entry.path))}"
    return Content.assemble((f"{title}\n\n", _TITLE), f"{state}\n\n", (details, QUIET))


def about_persona(persona: Persona, minutes: int) -> Content:
    """Who asks, where they work, and how `minutes` minutes would be spent.

    Only what a candidate could know beforehand: neither the temper of the people nor the pitch and its flaws.
    """
    parts: list[str | tuple[str, str]] = [(f"{persona.title}\n", _TITLE), f"{persona.about}\n\n"]
    for person in persona.people:
        parts += [(person.name, "bold"), f", {person.role}\n"]
    parts += [("\n" + persona.company.name, "bold"), (f"  {_where(persona)}\n", QUIET)]
    return Content.assemble(*parts, f"{persona.company.product}\n\n", about_plan(persona, minutes))


def about_plan(persona: Persona, minutes: int) -> Content:
    """The parts of the interview with their minutes, and how it is decided."""
    parts: list[str | tuple[str, str]] = [(f"{minutes} minutes\n", "bold")]
    for planned in make_plan(persona, minutes).segments:
        length = wording.minutes_of(planned.end - planned.start)
        least = planned.questions
        asked = f"  {least} {'question' if least == 1 else 'questions'}" if least else ""
        parts += [f"{length:>4} min  {planned.segment.title}", (f"{asked}\n", QUIET)]
    parts.append(("Short answers leave time for more questions.\n", QUIET))
    return Content.assemble(*parts, (f"\n{wording.DECIDES[persona.decision.rule]}.", QUIET))


def _where(persona: Persona) -> str:
    return f"{wording.STAGES[persona.company.stage]} · {persona.company.category}"
