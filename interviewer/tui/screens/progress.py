"""Progress: where each criterion stands and goes, what is left out again and again, and what to practise next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Footer, Static, TabbedContent, TabPane

from interviewer.progress.report import Report
from interviewer.progress.schedule import Review
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import hand_over
from interviewer.tui.pages import PagedScreen, page_keys
from interviewer.tui.widgets import progress_parts as parts
from interviewer.tui.widgets.list_detail import ListDetail
from interviewer.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from interviewer.progress.plan import Material
    from interviewer.tui.app import InterviewerApp


class ProgressScreen(PagedScreen[None]):
    """What changes from interview to interview. Reads the transcripts whenever one comes to it."""

    CSS_PATH = "progress.tcss"
    HELP = """
    ## Progress

    `Left` and `Right`, or the number keys, change between the pages; `Up` and `Down` choose in a list or scroll;
    `PageDown` and `PageUp` scroll the text beside a list.
    `s` sets up the next session as planned, `a` an interview that asks the chosen question first. `Esc` goes back.

    * *Criteria*: ● are comparable with the latest interview, ○ are not: another version of the rubric, another
      grader, or coach mode. Only what is comparable is joined, and nothing is said of a direction before there are
      three.
    * *Gaps*: what answers left out, counted once for each interview.
    * *Again*: questions that went badly, due after 1, 3, 7, 16 and 35 days as long as they go well.

    A branch, an interview that goes on from within another, is practice: it counts for questions to try again and for
    the days of practice, not for criteria, gaps and habits. Samples do not count.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Next session", tooltip="Set up the interview that is planned here"),
        Binding("a", "again", "Ask this", tooltip="Set up an interview that asks this question first"),
        *page_keys(),
        *(Binding(str(number), f"open({number})", show=False) for number in range(1, 6)),
        Binding("pagedown", "scroll_text(1)", "Further down", show=False, priority=True),
        Binding("pageup", "scroll_text(-1)", "Further up", show=False, priority=True),
        Binding("escape,q", "back", "Back", tooltip="Leave the page of progress"),
    ]

    @dataclass
    class Reading(Message):
        """How far reading the transcripts has come."""

        done: int
        of: int

    @dataclass
    class Loaded(Message):
        """Everything was read."""

        report: Report

    @dataclass
    class Failed(Message):
        """The transcripts could not be read."""

        problem: str

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self._chosen: Review | None = None

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine("Progress")
        yield Static("Reading your interviews …", id="waiting")
        yield Footer(show_command_palette=False)

    # ---- Reading ---------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Reads again whenever one comes back, for there may be a new interview."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _load(self) -> None:
        message: Message
        try:
            from interviewer.progress.load import load

            message = self.Loaded(load(self._app.settings.transcripts, self._material, self._tell))
        except Exception as error:
            message = self.Failed(sentence(error, "reading the interviews"))
        hand_over(self, message)

    def _material(self) -> Material:
        from interviewer.progress.material import material

        with self._app.library_lock:
            return material(self._app.library)

    def _tell(self, done: int, of: int) -> None:
        if done and done % 10 == 0:
            hand_over(self, self.Reading(done, of))

    @on(Reading)
    def _reading(self, event: Reading) -> None:
        for waiting in self.query("#waiting").results(Static):
            waiting.update(f"Reading your interviews: {event.done} of {event.of} new ones …")

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._app.say(event.problem, "error")
        for waiting in self.query("#waiting").results(Static):
            waiting.update(Content(event.problem))

    @on(Loaded)
    async def _loaded(self, event: Loaded) -> None:
        if event.report == self._report:
            return
        page = self._tabs.active if self._report is not None else ""
        self._report = event.report
        pages = TabbedContent(id="pages")
        async with self.batch():
            await self.query("#waiting, #pages").remove()
            await self.mount(pages, after=self.query_one(TitleLine))
            for name, title, widgets in self._pages(event.report):
                await pages.add_pane(TabPane(title, *widgets, id=name))
            if page in self._page_names():  # where one was, if there still is something to show there
                pages.active = page
        number = len(event.report.own)
        self.query_one(TitleLine).update("Progress", f"{number} {'interview' if number == 1 else 'interviews'}")
        self.call_after_refresh(self.action_into)
        self.refresh_bindings()

    # ---- Showing ---------------------------------------------------------------------------------------

    def _pages(self, report: Report) -> Iterator[tuple[str, str, Sequence[Widget]]]:
        yield "next", "Next", [VerticalScroll(*parts.next_page(report))]
        if report.series:
            entries = [parts.criterion_entry(one) for one in report.series]
            yield "criteria", "Criteria", [ListDetail(entries, self._criterion, self._headings(report))]
        if report.own:
            yield "gaps", "Gaps", [VerticalScroll(*parts.gaps(report))]
        if report.habits:
            yield "habits", "Habits", [VerticalScroll(*parts.habits(report.habits))]
        if report.reviews:
            asked = [parts.review_entry(one, report) for one in report.reviews]
            title = f"Again ({len(report.due)})" if report.due else "Again"
            yield "again", title, [ListDetail(asked, self._review)]

    def _headings(self, report: Report) -> dict[int, Content]:
        rubrics = [one.rubric for one in report.series]
        first = {rubric: rubrics.index(rubric) for rubric in dict.fromkeys(rubrics)}
        return {index: Content(report.series[index].rubric_title) for index in first.values()}

    def _criterion(self, index: int) -> list[Widget]:
        return list(parts.criterion(self._report.series[index])) if self._report else []

    def _review(self, index: int) -> list[Widget]:
        if self._report is None:
            return []
        self._chosen = self._report.reviews[index]
        self.refresh_bindings()
        return list(parts.review(self._chosen, self._report))

    # ---- What the keys do ------------------------------------------------------------------------------

    def action_scroll_text(self, by: int) -> None:
        """Scrolls the text of the page, beside a list too."""
        pane = self._tabs.active_pane
        for text in pane.query(VerticalScroll) if pane else ():
            text.scroll_relative(y=by * max(1, text.size.height - 2), animate=False)

    def action_start(self) -> None:
        """Opens the set-up of the planned session."""
        if self._report and self._report.plan:
            self._app.open_setup(self._report.plan.persona, wanted=self._report.plan.wanted)

    def action_again(self) -> None:
        """Opens the set-up of an interview that asks the chosen question first."""
        if self._report and self._chosen and (persona := self._report.asker(self._chosen)):
            self._app.open_setup(persona, wanted=(self._chosen.question,))

    def action_back(self) -> None:
        """Leaves."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keys that would do nothing are not offered."""
        report = self._report
        match action:
            case "start":
                return report is not None and report.plan is not None
            case "page" | "open":
                names = self._page_names()
                return len(names) > 1 and bool(self.query("#pages")) and self._tabs.active in names
            case "scroll_text":
                return bool(self.query("#pages"))
            case "again":
                here = report is not None and bool(self.query("#pages")) and self._tabs.active == "again"
                return here and report is not None and self._chosen is not None and bool(report.asker(self._chosen))
            case _:
                return True

    @on(TabbedContent.TabActivated)
    def _turned(self) -> None:
        self.refresh_bindings()
