"""The interview at a glance: the people, the parts, and in coach mode what has been shown so far."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from interviewer.interview.state import State
from interviewer.tui.widgets.panel_strip import LISTENS, SPEAKS


def people(state: State, speaker: str) -> Content:
    """Everybody with their role, the speaker marked."""
    lines: list[Content] = []
    for person in state.persona.people:
        speaks = person.id == speaker
        mark = (f"{SPEAKS} ", "bold $text-primary") if speaks else (f"{LISTENS} ", "$foreground 60%")
        lines.append(Content.assemble(mark, (person.name, "bold" if speaks else "")))
        lines.append(Content.assemble((f"  {person.role}{', asking' if speaks else ''}", "$foreground 60%")))
    return Content("\n").join(lines)


def parts(state: State) -> Content:
    """The plan with where the interview is in it."""
    lines: list[Content] = []
    for index, planned in enumerate(state.plan.segments):
        minutes = round((planned.end - planned.start) / 60)
        title = f"{planned.segment.title}  {minutes or 1} min"
        if index < state.segment or state.closed:
            lines.append(Content.assemble((f"\u2713 {title}", "$foreground 60%")))
        elif index == state.segment:
            lines.append(Content.assemble((f"{SPEAKS} ", "bold $text-primary"), (title, "bold")))
        else:
            lines.append(Content.assemble((f"\u00b7 {title}", "$foreground 60%")))
    return Content("\n").join(lines)


def criteria(state: State) -> Content:
    """Coach mode: the criteria, and which of them the answers have given evidence for."""
    shown = {
        (grade.rubric, rating.criterion)
        for grade in state.grades
        for rating in grade.ratings
        if rating.assessed and rating.evidence
    }
    lines: list[Content] = []
    for rubric in state.header.rubrics:
        if rubric.id not in state.persona.decision.rubrics:
            continue
        for criterion in rubric.criteria:
            if (rubric.id, criterion.id) in shown:
                lines.append(Content.assemble(("\u2713 ", "bold $text-success"), criterion.title))
            else:
                lines.append(Content.assemble((f"\u00b7 {criterion.title}", "$foreground 60%")))
    count = sum(1 for line in lines if line.plain.startswith("\u2713"))
    head = f"{count} of {len(lines)} with evidence so far"
    return Content("\n").join([Content.assemble((head, "$foreground 60%")), *lines])


class Overview(VerticalScroll, can_focus=False):
    """People, parts and, in coach mode, criteria."""

    DEFAULT_CSS = """
    Overview {
        padding: 1 2; scrollbar-size-vertical: 1;
        Static { height: auto; margin: 0 0 1 0; }
        .heading { margin: 0; text-style: bold; color: $text-muted; }
    }
    """

    _shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static("ACROSS THE TABLE", classes="heading", markup=False)
        yield Static(id="people", markup=False)
        yield Static("PARTS", classes="heading", markup=False)
        yield Static(id="parts", markup=False)
        yield Static("CRITERIA", id="criteria-heading", classes="heading", markup=False)
        yield Static(id="criteria", markup=False)

    def show(self, state: State, speaker: str) -> None:
        """Shows where the interview stands now."""
        shown = (speaker, state.segment, state.closed, len(state.grades))
        if shown == self._shown:
            return
        self._shown = shown
        self.query_one("#people", Static).update(people(state, speaker))
        self.query_one("#parts", Static).update(parts(state))
        coach = state.header.mode == "coach"
        for name in ("#criteria", "#criteria-heading"):
            self.query_one(name).display = coach
        if coach:
            self.query_one("#criteria", Static).update(criteria(state))
