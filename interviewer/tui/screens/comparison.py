"""Gradings of one interview: which there are, what moved from one to another, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from interviewer.replay.comparison import Comparison, compare
from interviewer.replay.gradings import Gradings, Numbered, gradings_of
from interviewer.replay.recording import recorded
from interviewer.tui.failures import sentence
from interviewer.tui.pages import PagedScreen, page_keys
from interviewer.tui.screens.moment import MomentScreen
from interviewer.tui.widgets import comparison_parts as parts
from interviewer.tui.widgets.list_detail import ListDetail
from interviewer.tui.widgets.quote import Quote
from interviewer.tui.widgets.scorecard_parts import prose
from interviewer.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp


class ComparisonScreen(PagedScreen[None]):
    """All gradings of a transcript.

    Args:
        path: the transcript.
        chosen: numbers of the gradings to look at; all if empty. The first and the last are compared.
    """

    CSS_PATH = "comparison.tcss"
    AUTO_FOCUS = "VerticalScroll"
    HELP = """
    ## Gradings compared

    *What moved* holds two gradings against each other. Which two is chosen under *Gradings*: `f` compares from the one
    that is marked, `t` or `Enter` compares to it. Run 0 is the grading that the interview ended with.

    `Left` and `Right`, or the number keys, change between the pages. In a list, `Up` and `Down` choose and `Enter` goes
    over to the quotes; on a quote, `Enter` or `j` shows the moment it was said. `Esc` goes back.

    Runs come from `interviewer regrade`. None ever takes the place of another.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "pair('from')", "From this", tooltip="Compare from the grading that is marked"),
        Binding("t", "pair('to')", "To this", tooltip="Compare to the grading that is marked"),
        *page_keys("The page before, the next"),
        *(Binding(str(number), f"open({number})", show=False) for number in range(1, 6)),
        Binding("down", "into", show=False),
        Binding("escape,q", "back", "Back", tooltip="Leave the comparison"),
    ]

    @dataclass
    class Read(Message):
        """The gradings are there."""

        gradings: Gradings

    @dataclass
    class Unreadable(Message):
        """They are not."""

        problem: str

    @dataclass
    class Paired(Message):
        """Another two are to be compared. One after the other: pages are taken down and built for it."""

    def __init__(self, path: Path, chosen: Sequence[int] = ()) -> None:
        super().__init__()
        self._path = path
        self._chosen = chosen
        self._gradings: Gradings | None = None
        self._runs: tuple[Numbered, ...] = ()
        self._first = self._second = 0
        """Places in `_runs` of the two that are compared."""
        self._comparison: Comparison | None = None

    def compose(self) -> ComposeResult:
        yield TitleLine("Gradings compared")
        yield TabbedContent(id="pages")
        yield Static("Reading the gradings\u2026", id="waiting", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#pages").display = False
        self._read(cast("InterviewerApp", self.app).settings.transcripts)

    @work(thread=True, exit_on_error=False)
    def _read(self, folder: Path) -> None:
        try:
            gradings = gradings_of(recorded(self._path), folder)
        except Exception as error:
            self.post_message(self.Unreadable(sentence(error, "reading the gradings")))
        else:
            self.post_message(self.Read(gradings))

    @on(Unreadable)
    def _give_up(self, event: Unreadable) -> None:
        cast("InterviewerApp", self.app).say(event.problem, "error")
        self.dismiss(None)

    @on(Read)
    async def _opened(self, event: Read) -> None:
        self._gradings = event.gradings
        self._runs = tuple(one for one in event.gradings.all if not self._chosen or one.number in self._chosen)
        for problem in event.gradings.problems:
            cast("InterviewerApp", self.app).say(problem, "warning")
        header = event.gradings.recording.header
        self.query_one(TitleLine).update(
            f"Gradings of {header.persona.title}", f"{header.created.astimezone():%d %b %Y}"
        )
        waiting = self.query_one("#waiting", Static)
        if not self._runs:
            waiting.update(Content(f"This interview was never graded. Grade it with: interviewer regrade {header.id}"))
            return
        waiting.display = False
        self._second = len(self._runs) - 1
        await self._show("moved")

    # ---- pages -------------------------------------------------------------------------------------------

    async def _show(self, page: str) -> None:
        """Builds the pages anew for the two gradings chosen."""
        self._comparison = compare(self._runs[self._first].run, self._runs[self._second].run)
        pages = self._tabs
        async with pages.batch():
            await pages.clear_panes()
            for name, title, widgets in self._pages(self._comparison):
                await pages.add_pane(TabPane(title, *widgets, id=name))
        pages.display = True
        self._open(page)

    def _pages(self, comparison: Comparison) -> Iterator[tuple[str, str, Sequence[Widget]]]:
        first, second = self._runs[self._first], self._runs[self._second]
        tables = parts.tables(self._runs)
        if len(self._runs) == 1:
            yield "moved", "The only grading", [VerticalScroll(*self._alone(first))]
            yield "table", "Criteria", [VerticalScroll(*tables)]
            return
        yield "moved", "What moved", [VerticalScroll(*parts.summary(first, second, comparison))]
        criteria = [parts.criterion_entry(change) for change in comparison.criteria]
        yield "criteria", "Criteria", [ListDetail(criteria, self._criterion)]
        if comparison.answers:
            answers = [parts.answer_entry(number, one) for number, one in enumerate(comparison.answers, 1)]
            yield "answers", "Answers", [ListDetail(answers, self._answer)]
        yield "table", "Side by side", [VerticalScroll(*tables)]
        entries = [Option(parts.run_entry(one, self._mark(place))) for place, one in enumerate(self._runs)]
        yield "runs", "Gradings", [OptionList(*entries, id="runs-list", markup=False)]

    def _alone(self, only: Numbered) -> Iterator[Widget]:
        yield prose(parts.run_entry(only, ""))
        yield from parts.run_notes(only)
        yield prose(
            "There is nothing to compare it with yet. Grade the same answers again, by today's rubrics, by another "
            "persona or by another engine:"
        )
        yield prose((f"interviewer regrade {only.run.transcript}", "bold"))

    def _mark(self, place: int) -> str:
        return {(True, True): "both", (True, False): "from", (False, True): "to"}.get(
            (place == self._first, place == self._second), ""
        )

    @property
    def _names(self) -> tuple[str, str]:
        return (f"run {self._runs[self._first].number}", f"run {self._runs[self._second].number}")

    def _criterion(self, index: int) -> list[Widget]:
        assert self._comparison is not None
        return list(parts.criterion(self._comparison.criteria[index], self._names))

    def _answer(self, index: int) -> list[Widget]:
        assert self._comparison is not None
        return list(parts.answer(self._comparison.answers[index], self._names))

    # ---- what the keys do --------------------------------------------------------------------------------

    def action_pair(self, which: str) -> None:
        marked = self.query_one("#runs-list", OptionList).highlighted
        if marked is None:
            return
        if which == "from":
            self._first = marked
        else:
            self._second = marked
        self.post_message(self.Paired())

    @on(Paired)
    async def _pair(self) -> None:
        marked = self.query_one("#runs-list", OptionList).highlighted
        await self._show("runs")
        self.query_one("#runs-list", OptionList).highlighted = marked

    @on(OptionList.OptionSelected, "#runs-list")
    def _chosen_by_enter(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_pair("to")

    def on_quote_followed(self, event: Quote.Followed) -> None:
        if self._gradings is not None:
            self.app.push_screen(MomentScreen(self._gradings.recording.state, event.evidence))

    def action_back(self) -> None:
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        match action:
            case "page" | "open" | "into":
                return bool(self._runs) and self._tabs.active in self._page_names()
            case "pair":
                return len(self._runs) > 1 and self._tabs.active == "runs" and bool(self.query("#runs-list"))
            case _:
                return True
