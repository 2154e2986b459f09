"""The interview at a glance: the people, the parts, and in coach mode the levels so far."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from interviewer.grading.combine import combine, decision_weight
from interviewer.interview.results import STRONG_SHARE
from interviewer.interview.state import State
from interviewer.tui.widgets.panel_strip import LISTENS, SPEAKS
from interviewer.tui.wording import QUIET

PARTLY_SHARE = 1 / 3
"""Share of the scale from which a criterion counts as partly shown."""


def people(state: State, speaker: str) -> Content:
    """Everybody with their role, the speaker marked."""
    lines: list[Content] = []
    for person in state.persona.people:
        speaks = person.id == speaker and not state.closed
        mark = (f"{SPEAKS} ", "bold $text-primary") if speaks else (f"{LISTENS} ", QUIET)
        lines.append(Content.assemble(mark, (person.name, "bold" if speaks else "")))
        lines.append(Content.assemble((f"  {person.role}{', asking' if speaks else ''}", QUIET)))
    return Content("\n").join(lines)


def parts(state: State) -> Content:
    """The plan with where the interview is in it."""
    lines: list[Content] = []
    for index, planned in enumerate(state.plan.segments):
        minutes = round((planned.end - planned.start) / 60)
        title = f"{planned.segment.title}  {minutes or 1} min"
        if index < state.segment or (state.closed and index == state.segment):
            lines.append(Content.assemble((f"\u2713 {title}", QUIET)))
        elif state.closed:
            said = planned.segment.purpose == "closing"
            lines.append(Content.assemble((f"\u2713 {title}" if said else f"\u00b7 {title}, not reached", QUIET)))
        elif index == state.segment:
            lines.append(Content.assemble((f"{SPEAKS} ", "bold $text-primary"), (title, "bold")))
        else:
            lines.append(Content.assemble((f"\u00b7 {title}", QUIET)))
    return Content("\n").join(lines)


WELL = ("\u2713 ", "bold $text-success")
PARTLY = ("~ ", "bold $text-warning")
HARDLY = ("\u2717 ", "bold $text-error")


def criteria(state: State) -> Content:
    """Coach mode: the level of each criterion, as far as the grades so far tell."""
    decision = state.persona.decision
    rubrics = [rubric for rubric in state.header.rubrics if rubric.id in decision.rubrics]
    grades = [grade for grade in state.grades if grade.status == "graded" and grade.rubric in decision.rubrics]
    if not grades:
        return Content.assemble(("Levels appear here once a question is done and graded.", QUIET))
    questions = len({grade.thread for grade in grades})
    done = "1 question" if questions == 1 else f"{questions} questions"
    lines = [Content.assemble((f"Levels so far, from {done}", QUIET))]
    results = combine(rubrics, grades, decision_weight(decision))
    for rubric in rubrics:
        if len(rubrics) > 1:
            lines.append(Content.assemble((rubric.title, "bold")))
        own = [result for result in results if result.rubric == rubric.id]
        for result in own:
            if result.share is not None:
                mark = WELL if result.share >= STRONG_SHARE else PARTLY if result.share >= PARTLY_SHARE else HARDLY
                lines.append(Content.assemble(mark, f"{result.title}: ", (result.level_title, "bold")))
        missing = [result.title for result in own if result.share is None]
        if len(missing) == len(own):
            lines.append(Content.assemble(("\u00b7 nothing graded yet", QUIET)))
        elif missing:
            lines.append(Content.assemble((f"\u00b7 not yet: {', '.join(missing)}", QUIET)))
    return Content("\n").join(lines)


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
        yield Static("PARTS, WITH THE TIME PLANNED", classes="heading", markup=False)
        yield Static(id="parts", markup=False)
        yield Static("SHOWN SO FAR", id="criteria-heading", classes="heading", markup=False)
        yield Static(id="criteria", markup=False)

    def show(self, state: State, speaker: str) -> None:
        """Shows where the interview stands now."""
        shown = (speaker, state.segment, state.closed, tuple(map(id, state.grades)))
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
