"""What stands in the list of the home screen: people, interviews that were left, and those that are over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from interviewer.persona import Persona
from interviewer.text import one_line
from interviewer.transcript.entries import Entry, Unreadable
from interviewer.tui import wording
from interviewer.tui.screens.home.contents import Contents
from interviewer.tui.widgets.menu import Heading, Hint, MenuItem
from interviewer.tui.wording import QUIET

MOST_LEFT = 4
"""Unfinished interviews shown before one asks for more."""

MOST_PAST = 20
"""Finished interviews shown before one asks for more."""


class PersonItem(MenuItem):
    """A persona as someone to sit across from."""

    def __init__(self, number: int, persona: Persona) -> None:
        self.key = f"persona:{persona.id}"
        self.persona = persona
        self.number = number
        super().__init__(classes="person")

    def compose(self) -> ComposeResult:
        persona = self.persona
        roles = wording.listed(list(dict.fromkeys(person.role for person in persona.people)))
        yield Static(str(self.number) if self.number <= 9 else "", classes="number")
        with Vertical():
            with Horizontal():
                who = Content.assemble(wording.people(persona), (f"  {persona.title}", f"not bold {QUIET}"))
                yield Static(who, classes="names")
                yield Static(Content(wording.length(persona)), classes="length")
            where = f"{persona.company.name} · {wording.STAGES[persona.company.stage]} · {roles}"
            yield Static(Content(where), classes="where")
            yield Static(Content(persona.tagline), classes="tagline")
            yield Static(Content(wording.DECIDES[persona.decision.rule]), classes="decides")


class BrokenItem(MenuItem):
    """A persona that cannot be used, with the first thing that is wrong with it."""

    def __init__(self, name: str, problem: str, fault: str) -> None:
        self.key = f"broken:{name}"
        self.name_shown = one_line(name)
        self.problem = problem
        self.fault = fault
        super().__init__(classes="broken")

    def compose(self) -> ComposeResult:
        yield Static("!", classes="number")
        with Vertical():
            yield Static(Content(f"{self.name_shown} cannot be used"), classes="names")
            yield Static(Content(one_line(self.fault)), classes="fault")


class LeftItem(MenuItem):
    """An interview that was left before its scorecard."""

    def __init__(self, entry: Entry) -> None:
        self.key = f"interview:{entry.path}"
        self.entry = entry
        super().__init__(classes="row")

    def compose(self) -> ComposeResult:
        entry = self.entry
        where = "scorecard due" if entry.closed else f"{wording.minutes_of(entry.seconds)} of {entry.minutes} min"
        yield Static("▸", classes="number")
        with Horizontal():
            yield Static(Content(f"Resume {one_line(entry.title)}"), classes="names")
            yield Static(Content(where), classes="progress")
            yield Static(Content(wording.day(entry.created)), classes="when")


class PastItem(MenuItem):
    """A finished interview with its verdict."""

    def __init__(self, entry: Entry) -> None:
        self.key = f"interview:{entry.path}"
        self.entry = entry
        super().__init__(classes="row")

    def compose(self) -> ComposeResult:
        entry = self.entry
        share = "" if entry.share is None or entry.verdict == "no-decision" else f"{entry.share:.0%}"
        yield Static("", classes="number")
        with Horizontal():
            yield Static(Content(one_line(entry.title)), classes="names")
            yield Static(
                Content.assemble((wording.verdict(entry.verdict), wording.VERDICT_TONES.get(entry.verdict or "", ""))),
                classes="verdict",
            )
            yield Static(share, classes="share")
            yield Static(Content(wording.day(entry.created)), classes="when")


class UnreadableItem(MenuItem):
    """A file among the transcripts that cannot be read."""

    def __init__(self, file: Unreadable) -> None:
        self.key = f"unreadable:{file.path}"
        self.path: Path = file.path
        self.problem = file.problem
        super().__init__(classes="broken")

    def compose(self) -> ComposeResult:
        yield Static("!", classes="number")
        with Vertical():
            yield Static(Content(f"{one_line(self.path.name)} cannot be read"), classes="names")
            yield Static(Content(one_line(self.problem)), classes="fault")


class MoreItem(MenuItem):
    """Shows the rest of a section."""

    def __init__(self, section: str, count: int) -> None:
        self.key = f"more:{section}"
        self.section = section
        self.count = count
        super().__init__(classes="row more")

    def compose(self) -> ComposeResult:
        yield Static("…", classes="number")
        yield Static(f"Show {self.count} more")


_FIRST_STEPS = Content.assemble(
    "Choose someone above with ",
    ("↑ ↓", "bold"),
    " and ",
    ("Enter", "bold"),
    ", or press their number.\n",
    "You then set how long it takes and whether you are coached on the way.\n",
    "Everything is saved as you type; leave at any time and resume here.\n",
    ("F1", "bold"),
    " explains any screen, ",
    ("Ctrl+P", "bold"),
    " finds any command.",
)


def items(contents: Contents, places: Sequence[str]) -> list[MenuItem]:
    """The whole list: what was left, who there is, what is over.

    Args:
        contents: what was read.
        places: the folders in which personas were looked for.
    """
    entries = contents.entries or ()
    left: list[MenuItem] = [LeftItem(entry) for entry in entries if entry.unfinished]
    past: list[MenuItem] = [PastItem(entry) for entry in entries if not entry.unfinished]
    shown: list[MenuItem] = []
    if left:
        shown += [Heading("Go on where you left off"), *_some(contents, "left", MOST_LEFT, left)]
    shown += [Heading("Be interviewed by"), *_people(contents, places)]
    if past:
        shown += [Heading("Past interviews"), *_some(contents, "past", MOST_PAST, past)]
    elif not left:
        shown += [Heading("New here?"), Hint(_FIRST_STEPS)]
    if contents.unreadable:
        shown.append(Heading("Files that cannot be read"))
        shown += [UnreadableItem(file) for file in contents.unreadable[:MOST_PAST]]
    return shown


def _people(contents: Contents, places: Sequence[str]) -> list[MenuItem]:
    people: list[MenuItem] = [PersonItem(number, one) for number, one in enumerate(contents.personas or (), 1)]
    people += [BrokenItem(one.name, one.problem, one.fault) for one in contents.damaged]
    return people or [Hint(f"There are no personas. Looked in: {', '.join(places) or 'no folder at all'}.")]


def _some(contents: Contents, section: str, most: int, rows: list[MenuItem]) -> list[MenuItem]:
    hidden = len(rows) - most
    if hidden <= 1 or section in contents.expanded:
        return rows
    return [*rows[:most], MoreItem(section, hidden)]
