"""The screen of a batch: the plan, then every row as it is right now, and what can be done with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Literal, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import ContentSwitcher, Footer, Input, Static
from textual.worker import get_current_worker

from interviewer.batch.ledger.browsing import ORDERS, Tally
from interviewer.batch_session import Task
from interviewer.text import one_line
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen, hand_over
from interviewer.tui.screens.batch import words
from interviewer.tui.screens.batch.keys import BINDINGS, BUSY, HELP, Phase, Situation, offered
from interviewer.tui.screens.batch.only import BatchOnlyScreen, Only
from interviewer.tui.screens.batch.questions import ask_cap, leaving_question
from interviewer.tui.screens.batch.work import Opened, Outcome, Unwanted, Work, open_batch
from interviewer.tui.widgets.batch.board import BatchBoard
from interviewer.tui.widgets.batch.rows import reason
from interviewer.tui.widgets.batch.table import BatchTable
from interviewer.tui.widgets.find_line import FindLine
from interviewer.tui.widgets.long_list import LongList
from interviewer.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp

LOOKS: Final = 0.25
"""Seconds between two looks at what has changed."""


class BatchScreen(OnceScreen[None]):
    """Grades a file of written answers.

    Args:
        task: what is to be graded, and how.
        begin: carry the plan out without asking.
    """

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#plan"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    @dataclass
    class Reading(Message):
        """What was recognised, and what is being done."""

        recognised: str
        doing: str

    @dataclass
    class Ready(Message):
        """The batch is open and planned."""

        opened: Opened

    @dataclass
    class Broken(Message):
        """The batch cannot be begun."""

        problem: str

    @dataclass
    class Over(Message):
        """A run has ended, or there was nothing to do, and files are written."""

        outcome: Outcome

    @dataclass
    class Counted(Message):
        """How many rows there are of each kind."""

        tally: Tally

    @dataclass
    class Failed(Message):
        """Something could not be done."""

        problem: str

    def __init__(self, task: Task, *, begin: bool = False) -> None:
        super().__init__()
        self._to_grade = task
        self._begin_at_once = begin
        self._phase: Phase = "opening"
        self._opened: Opened | None = None
        self._sitting: Work | None = None
        self._grading: asyncio.Task[None] | None = None
        self._leaving = False
        self._title_shown = ("", "")
        self._steered: tuple[bool, bool] = (False, False)

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine("Grading", "reading …")
        with ContentSwitcher(id="pages", initial="plan"):
            with VerticalScroll(id="plan"):
                yield Static("Reading …", id="waiting", markup=False)
            with Vertical(id="grades"):
                yield BatchBoard()
                yield Static(id="notice", markup=False)
                yield FindLine("an id, an answer or a problem")
                yield BatchTable()
                yield Static(id="reason")
        yield Footer(show_command_palette=False)

    # ---- Opening ---------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.set_interval(LOOKS, self._look)
        self._open()

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open(self) -> None:
        worker = get_current_worker()

        def tell(recognised: str, doing: str) -> None:
            if worker.is_cancelled:
                raise Unwanted
            self.post_message(self.Reading(recognised, doing))

        try:
            opened = open_batch(self._to_grade, self._app.settings, tell)
        except Exception as error:
            if not worker.is_cancelled:
                self.post_message(self.Broken(sentence(error, "opening the batch")))
            return
        if worker.is_cancelled:
            opened.close()
        else:
            self.post_message(self.Ready(opened))

    @on(Reading)
    def _reading(self, event: Reading) -> None:
        self.query_one("#waiting", Static).update(words.opening(event.recognised, event.doing))

    @on(Broken)
    def _broken(self, event: Broken) -> None:
        self.query_one("#waiting", Static).update(words.broken(event.problem))
        self._enter("broken")

    @on(Ready)
    async def _ready(self, event: Ready) -> None:
        self._opened = opened = event.opened
        self._sitting = Work(opened.batch, opened.plan)
        plan = self.query_one("#plan", VerticalScroll)
        await plan.remove_children()
        await plan.mount_all(
            Static(text, classes=name, markup=False) for name, text in words.planned(opened.batch, opened.plan)
        )
        self.query_one(BatchTable).source(opened.pages, opened.orders, opened.plan.counts.rows)
        if self._begin_at_once or not opened.plan.to_do:
            self._begin()
        else:
            self._enter("ready")

    # ---- Grading ---------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Grades what is to be graded, and writes what came of it."""
        self._grading = asyncio.create_task(self._grade())
        self._enter("running")
        self._tell_end("", "")
        self._show("grades")

    async def _grade(self) -> None:
        assert self._sitting is not None
        self.post_message(self.Over(await self._sitting.carry_out(lambda: self._enter("writing"))))

    @on(Over)
    def _over(self, event: Over) -> None:
        assert self._sitting is not None
        came = event.outcome
        text, kind = words.ended(came.ended, came.problem, came.files, self._to_grade.out, self._sitting.counts)
        self._tell_end(text, kind)
        self._enter("resting")
        if self._leaving and self.is_current:
            self.dismiss(None)
            return
        self._leaving = False  # whoever went on to look at something has not left
        self.query_one(BatchTable).want(self.query_one(BatchTable).view)

    def _tell_end(self, text: str, kind: str) -> None:
        notice = self.query_one("#notice", Static)
        notice.update(text)
        notice.set_classes(kind)
        self.set_class(bool(text), "-noticed")

    async def on_unmount(self) -> None:
        """Whatever ends the screen: what has arrived is recorded, and the ledger is let go of."""
        if self._grading is not None and not self._grading.done():
            self._grading.cancel()
            await asyncio.gather(self._grading, return_exceptions=True)
        if self._sitting is not None:
            await self._sitting.close()
        if self._opened is not None:
            await asyncio.to_thread(self._opened.close)

    # ---- Showing ---------------------------------------------------------------------------------------

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        self._show_title()
        self._look()
        self.refresh_bindings()

    def _show(self, page: Literal["plan", "grades"]) -> None:
        self.query_one(ContentSwitcher).current = page
        self.query_one("#plan" if page == "plan" else LongList).focus()
        self.refresh_bindings()

    def _show_title(self) -> None:
        name = self._opened.batch.source.name if self._opened else self._to_grade.source
        paused = self._sitting is not None and self._sitting.paused
        table = self.query_one(BatchTable)
        rows = words.shown(len(table.order), table.view) if self._opened else ""
        phase = "paused" if paused and self._phase == "running" else words.PHASES[self._phase]
        title = f"Grading: {one_line(name)}", " · ".join(part for part in (rows, phase) if part)
        if title != self._title_shown:
            self._title_shown = title
            self.query_one(TitleLine).update(*title)

    def _look(self) -> None:
        """Shows what has changed. Four times a second is as much as one can read, and costs the grading nothing."""
        sitting = self._sitting
        if sitting is None or not self.is_mounted:
            return
        sitting.sample()
        board = self.query_one(BatchBoard)
        standing = sitting.standing
        width = board.content_size.width or self.size.width - 4
        board.show(
            words.far(standing, width),
            words.speed(standing.progress),
            words.under_way(standing),
            words.trouble(standing, width),
            sitting.rates,
        )
        if self._phase in BUSY:
            self.query_one(BatchTable).look_again()
        steered = standing.progress is not None, sitting.paused
        if steered != self._steered:
            self._steered = steered
            self.refresh_bindings()

    @on(LongList.Highlighted)
    @on(BatchTable.Changed)
    def _explain(self) -> None:
        self.query_one("#reason", Static).update(reason(self.query_one(BatchTable).line), layout=False)
        self._show_title()

    @on(Failed)
    @on(BatchTable.Failed)
    def _failed(self, event: Failed | BatchTable.Failed) -> None:
        self._app.say(event.problem, "error")

    @on(LongList.Chosen)
    def _chosen(self, event: LongList.Chosen) -> None:
        from interviewer.tui.screens.batch.answer import BatchAnswerScreen

        assert self._opened is not None
        table = self.query_one(BatchTable)

        def back(index: int | None) -> None:
            if index is not None:
                table.highlight(index)

        self._app.push_screen(BatchAnswerScreen(self._opened.batch.ledger, table.order, event.index), back)

    # ---- Steering --------------------------------------------------------------------------------------

    def action_begin(self) -> None:
        """Carries the plan out."""
        self._begin()

    def action_go_on(self) -> None:
        """Grades what is left."""
        self._begin()

    def action_pause(self) -> None:
        """Begins nothing more."""
        assert self._sitting is not None
        self._sitting.pause()
        self._enter(self._phase)

    def action_resume(self) -> None:
        """Goes on."""
        assert self._sitting is not None
        self._sitting.resume()
        self._enter(self._phase)

    def action_stop(self) -> None:
        """Finishes what is under way."""
        assert self._sitting is not None
        self._sitting.stop()
        self._enter("stopping")

    async def action_retry(self) -> None:
        """Grades again what failed."""
        assert self._sitting is not None
        await self._sitting.retry()
        self._begin()

    def action_cap(self) -> None:
        """Asks what it may cost."""
        assert self._sitting is not None
        ask_cap(self._app, self._sitting, self._look)

    # ---- Sorting and finding ---------------------------------------------------------------------------

    def _want(self, **changes: object) -> None:
        table = self.query_one(BatchTable)
        table.want(replace(table.view, **changes))  # type: ignore[arg-type]
        self._show_title()
        self.refresh_bindings()

    def action_sort(self) -> None:
        """Sorts by something else."""
        order = self.query_one(BatchTable).view.order
        self._want(order=ORDERS[(ORDERS.index(order) + 1) % len(ORDERS)], backwards=False)

    def action_turn(self) -> None:
        """Sorts the other way round."""
        self._want(backwards=not self.query_one(BatchTable).view.backwards)

    @work(thread=True, exclusive=True, group="tally", exit_on_error=False)
    def action_only(self) -> None:
        """Counts what can be shown, to be chosen from."""
        assert self._opened is not None
        message: Message
        try:
            message = self.Counted(self._opened.orders.tally())
        except Exception as error:
            message = self.Failed(sentence(error, "counting the rows"))
        hand_over(self, message)

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        def done(only: Only | None) -> None:
            if only is not None:
                self._want(status=only[0], failure=only[1])

        view = self.query_one(BatchTable).view
        self._app.push_screen(BatchOnlyScreen(event.tally, (view.status, view.failure)), done)

    def action_search(self) -> None:
        """Asks for words."""
        self.query_one(FindLine).ask()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._want(words=one_line(event.value))

    @on(Input.Submitted)
    def action_to_table(self) -> None:
        """Goes from the words to the rows that have them."""
        self.query_one(LongList).focus()

    # ---- Leaving ---------------------------------------------------------------------------------------

    def action_plan(self) -> None:
        """Shows the plan."""
        self._show("plan")

    def action_table(self) -> None:
        """Shows the rows."""
        self._show("grades")

    def action_back(self) -> None:
        """One step back: from the words searched for, from the rows chosen, from the plan, from the screen."""
        view = self.query_one(BatchTable).view
        line = self.query_one(FindLine)
        if line.asked:
            line.close()
            self.action_to_table()
        elif view.status or view.failure:
            self._want(status=None, failure=None)
        elif self._phase not in BUSY:
            self.dismiss(None)
        else:
            question = leaving_question(self._phase, again=self._leaving)
            self._app.push_screen(question, partial(self._leave, at_once=self._leaving or self._phase == "writing"))

    def _leave(self, yes: bool | None, *, at_once: bool) -> None:
        if not yes:
            return
        if at_once or self._phase not in BUSY:
            self.dismiss(None)
            return
        self._leaving = True
        if self._phase == "running":
            self.action_stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keys that would do nothing are not offered."""
        sitting = self._sitting
        on_table = self.is_mounted and self.query_one(ContentSwitcher).current == "grades"
        if sitting is None:
            return offered(action, Situation(self._phase, on_table))
        progress = sitting.progress
        situation = Situation(
            self._phase,
            on_table,
            opened=True,
            typing=isinstance(self.focused, Input),
            grading=progress is not None,
            paused=progress is not None and progress.paused,
            to_do=sitting.to_do,
            failed=sum(sitting.counts.failures.values()),
            metered=sitting.batch.engine.meter is not None,
        )
        return offered(action, situation)
