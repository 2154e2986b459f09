"""The moment that a quote comes from: the conversation around it, with the sentence marked."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.scorecard import Evidence
from interviewer.tui.leaving import OnceScreen
from interviewer.tui.widgets.title_line import TitleLine

AROUND = 40
"""Exchanges shown before and after the one that is looked at."""

OPENS = "\u25b6"
CLOSES = "\u25c0"


def marked(text: str, start: int, end: int) -> Content:
    """`text` with the part between the offsets marked by signs, weight and reversed colours."""
    return Content.assemble(
        text[:start],
        (f"{OPENS} ", "bold $text-primary"),
        (text[start:end], "bold reverse"),
        (f" {CLOSES}", "bold $text-primary"),
        text[end:],
    )


class MomentScreen(OnceScreen[None]):
    """The transcript, scrolled to one sentence of the candidate.

    Args:
        state: the interview.
        evidence: the sentence, by its answer and offsets.
    """

    CSS_PATH = "moment.tcss"
    AUTO_FOCUS = "VerticalScroll"
    HELP = """
    ## The moment

    The conversation around a quote. The sentence stands between the signs \u25b6 and \u25c0. `j` goes back to it after
    scrolling, `Esc` returns to the scorecard.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "find", "To the sentence", tooltip="Scroll back to the sentence"),
        Binding("escape,q,enter,backspace", "back", "Back to the scorecard"),
    ]

    def __init__(self, state: State, evidence: Evidence) -> None:
        super().__init__()
        self._state = state
        self._evidence = evidence

    def compose(self) -> ComposeResult:
        yield TitleLine("Where you said it", "\u25b6 the sentence \u25c0")
        with VerticalScroll():
            yield from self._exchanges()
        yield Footer(show_command_palette=False)

    def _exchanges(self) -> ComposeResult:
        said = [(thread, index) for thread in self._state.threads for index in range(len(thread.said))]
        answers = [thread.said[index].answer for thread, index in said]
        if self._evidence.event not in answers:
            said_again = "This answer was given again later, and only the last one is kept here:"
            yield Static(Content(said_again), classes="asked")
            yield Static(marked(self._evidence.quote, 0, len(self._evidence.quote)), id="here", classes="answer")
            return
        here = answers.index(self._evidence.event)
        first, last = max(0, here - AROUND), here + AROUND + 1
        if first:
            yield Static(Content(f"{first} earlier exchanges are left out."), classes="asked")
        for thread, index in said[first:last]:
            yield from self._exchange(thread, index)
        if last < len(said):
            yield Static(Content(f"{len(said) - last} later exchanges are left out."), classes="asked")

    def _exchange(self, thread: Thread, index: int) -> ComposeResult:
        one = thread.said[index]
        people = self._state.persona.people
        alone = len(people) == 1
        asked_by = thread.said_by or self._state.persona.person(thread.speaker).name
        who = asked_by if alone or index == 0 else "Follow-up"
        yield Static(Content.assemble((f"{who}\n", "bold"), one.asked), classes="asked", markup=False)
        head = Content.assemble(("You\n", "bold"))
        evidence = self._evidence
        if one.answer != evidence.event:
            yield Static(Content.assemble(head, one.text or "(nothing)"), classes="answer", markup=False)
            return
        if one.text[evidence.start : evidence.end] == evidence.quote:
            body = marked(one.text, evidence.start, evidence.end)
        else:  # a transcript from elsewhere whose offsets do not fit
            body = Content.assemble(one.text, "\n\n", marked(evidence.quote, 0, len(evidence.quote)))
        yield Static(Content.assemble(head, body), id="here", classes="answer", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self.action_find)

    def on_resize(self) -> None:
        self.call_after_refresh(self.action_find)

    def action_find(self) -> None:
        """Scrolls so that the sentence stands in the upper third."""
        scroll, here = self.query_one(VerticalScroll), self.query_one("#here", Static)
        width = here.content_size.width
        before = 0
        if width and isinstance(here.content, Content):
            text = here.content.plain
            before = Content(text[: text.index(OPENS) + 1]).get_height({}, width) - 1
        top = here.virtual_region.y + before
        scroll.scroll_to(y=max(0, top - scroll.size.height // 3), animate=False)

    def action_back(self) -> None:
        self.dismiss(None)
