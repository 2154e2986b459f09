"""An answer and the one that was given instead, each with what followed from it and how it was graded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Footer, Static

from interviewer.replay import words
from interviewer.replay.fork import Fork, Side, fork
from interviewer.replay.fork_text import not_rated, outcome
from interviewer.replay.recording import recorded
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen
from interviewer.tui.screens.moment import MomentScreen
from interviewer.tui.widgets.comparison_parts import Pair, rating_pair
from interviewer.tui.widgets.quote import Quote
from interviewer.tui.widgets.scorecard_parts import heading, prose
from interviewer.tui.widgets.title_line import TitleLine
from interviewer.tui.wording import QUIET

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp


class AnswersScreen(OnceScreen[None]):
    """Two interviews that share their beginning, at the moment where they part.

    Args:
        parent: one of the two.
        branch: the other; which of them branches off is found out.
    """

    CSS_PATH = "answers.tcss"
    AUTO_FOCUS = "VerticalScroll"
    HELP = """
    ## Answered again

    The question, then the original answer and the new one, each with the follow-ups that came of it. Below, every
    criterion that moved with the grounds on both sides.

    `j` goes to the ratings. `Tab` goes from quote to quote; on one, `Enter` shows the moment it was said. `Esc` goes
    back.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "ratings", "To the ratings", tooltip="Scroll to how the two were graded"),
        Binding("tab", "app.focus_next", "Next quote", tooltip="Go to the next quote"),
        Binding("escape,q", "back", "Back", tooltip="Leave the two answers"),
    ]

    @dataclass
    class Read(Message):
        """Both are there."""

        fork: Fork

    @dataclass
    class Unreadable(Message):
        """They cannot be held against each other."""

        problem: str

    def __init__(self, parent: Path, branch: Path) -> None:
        super().__init__()
        self._paths = (parent, branch)
        self._fork: Fork | None = None

    def compose(self) -> ComposeResult:
        yield TitleLine("Answered again")
        with VerticalScroll(id="both"):
            yield Static("Reading both interviews\u2026", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._read()

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        try:
            first, second = (recorded(path) for path in self._paths)
            found = fork(first, second)
        except Exception as error:
            self.post_message(self.Unreadable(sentence(error, "comparing two interviews")))
        else:
            self.post_message(self.Read(found))

    @on(Unreadable)
    def _give_up(self, event: Unreadable) -> None:
        cast("InterviewerApp", self.app).say(event.problem, "error")
        self.dismiss(None)

    @on(Read)
    async def _show(self, event: Read) -> None:
        self._fork = event.fork
        header = event.fork.before.recording.header
        self.query_one(TitleLine).update(f"Answered again: {header.persona.title}")
        both = self.query_one("#both", VerticalScroll)
        async with both.batch():
            await both.remove_children()
            await both.mount_all(_parts(event.fork))

    def action_ratings(self) -> None:
        for ratings in self.query("#ratings"):
            self.query_one("#both", VerticalScroll).scroll_to_widget(ratings, top=True, animate=False)

    def on_quote_followed(self, event: Quote.Followed) -> None:
        if self._fork is None:
            return
        branch = next(
            (side for side in (self._fork.after, self._fork.before) if _said_in(side, event.evidence.event)),
            self._fork.before,
        )
        self.app.push_screen(MomentScreen(branch.recording.state, event.evidence))

    def action_back(self) -> None:
        self.dismiss(None)


def _parts(fork: Fork) -> Iterator[Widget]:
    if fork.question:
        yield prose((fork.question, "bold"))
    for earlier in fork.earlier:
        yield prose((f"You said, in both: {earlier.answer}", QUIET))
    if fork.asked != fork.question:
        yield prose(("They asked\n", QUIET), fork.asked)
    yield Pair(list(_side(fork, fork.before)), list(_side(fork, fork.after)))
    yield Static("HOW THEY WERE GRADED", id="ratings", classes="heading", markup=False)
    if missing := not_rated(fork):
        yield prose(missing)
    names = (fork.before.title, fork.after.title)
    for change in fork.moved:
        yield from rating_pair(change, names)
    still = [change for change in fork.ratings if change not in fork.moved]
    if still:
        yield heading("The same in both" if fork.before.grades and fork.after.grades else "As it was graded")
        yield prose("\n".join(f"{change.title}: {words.held(change.after or change.before)}" for change in still))


def _side(fork: Fork, side: Side) -> Iterator[Widget]:
    yield heading(side.title)
    yield prose((side.recording.header.id, QUIET), f"\n{outcome(side)}")
    if not side.said:
        yield prose("Nothing was answered yet.")
    for exchange in side.said:
        if exchange.asked != fork.asked:
            yield prose(("Then they asked\n", QUIET), exchange.asked, classes="asked")
        yield prose(exchange.answer.strip() or "(nothing)", classes="answer")


def _said_in(side: Side, event: int) -> bool:
    return any(said.event == event for said in side.said)
