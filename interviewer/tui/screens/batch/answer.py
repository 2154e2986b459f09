"""One answer of a batch: what was asked and answered, and what its grade rests on, criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from interviewer.batch.ledger import Ledger
from interviewer.text import one_line
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen, hand_over
from interviewer.tui.widgets.batch import sheet
from interviewer.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp


class BatchAnswerScreen(OnceScreen[int]):
    """An answer with its grade; gives back the index of the one that was looked at last.

    Args:
        ledger: where it is.
        order: the places of the answers that can be turned to, as they were sorted.
        index: which of them is looked at first.
    """

    CSS_PATH = "answer.tcss"
    AUTO_FOCUS = "OptionList"
    HELP = """
    ## One answer

    `Up` and `Down` go from criterion to criterion; the sentences that its level rests on stand between the signs
    \u25b6 and \u25c0. `PageDown` and `PageUp` scroll the answer. `n` and `b` turn to the next answer and the one
    before, as they are sorted in the table. `Esc` goes back.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "turn(1)", "Next", key_display="n", tooltip="The next answer, as they are sorted"),
        Binding("b,left", "turn(-1)", "Before", key_display="b", tooltip="The answer before, as they are sorted"),
        Binding("pagedown", "scroll_answer(1)", "Further down", show=False, priority=True),
        Binding("pageup", "scroll_answer(-1)", "Further up", show=False, priority=True),
        Binding("escape,q", "back", "Back", tooltip="Back to the table"),
    ]

    @dataclass
    class Loaded(Message):
        """An answer was read."""

        index: int
        sheet: sheet.Sheet

    @dataclass
    class Failed(Message):
        """It could not be read."""

        problem: str

    def __init__(self, ledger: Ledger, order: Sequence[int], index: int) -> None:
        super().__init__()
        self._ledger = ledger
        self._order = order
        self._index = index
        self._sheet: sheet.Sheet | None = None

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine("Answer", "reading …")
        with Horizontal(id="sides"):
            with VerticalScroll(id="answer", can_focus=False):
                yield Static(id="asked", markup=False)
                yield Static(id="said", markup=False)
            with Vertical(id="judged"):
                yield Static(id="outcome", markup=False)
                yield OptionList(markup=False)
                with VerticalScroll(id="why", can_focus=False):
                    yield Static(id="reasoning", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._load(self._index)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _load(self, index: int) -> None:
        message: Message
        try:
            message = self.Loaded(index, sheet.read(self._ledger, self._order[index]))
        except Exception as error:
            message = self.Failed(sentence(error, "reading the answer"))
        hand_over(self, message)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._app.say(event.problem, "error")

    # ---- Showing ---------------------------------------------------------------------------------------

    @on(Loaded)
    def _show(self, event: Loaded) -> None:
        self._index, self._sheet = event.index, event.sheet
        shown = event.sheet
        of = f"{event.index + 1:,} of {len(self._order):,}"
        self.query_one(TitleLine).update(f"Answer: {one_line(shown.result.id)}", of)
        self.query_one("#asked", Static).update(sheet.asked(shown))
        self.query_one("#outcome", Static).update(sheet.outcome(shown))
        listed = self.query_one(OptionList)
        listed.set_options([Option(content) for content in sheet.entries(shown)])
        listed.display = bool(shown.ratings)
        if shown.ratings:
            first = next((index for index, one in enumerate(shown.ratings) if one.assessed), 0)
            listed.highlighted = first
            listed.focus()
            self._show_rating(first)
        else:
            self._show_rating(-1)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show_rating(event.option_index)

    def _show_rating(self, index: int) -> None:
        """Marks in the answer what this criterion rests on, and scrolls to it."""
        shown = self._sheet
        if shown is None:
            return
        said, text = self.query_one("#said", Static), sheet.said(shown, index)
        said.update(text)
        self.query_one("#reasoning", Static).update(sheet.reasoning(shown, index))
        self.query_one("#why", VerticalScroll).scroll_home(animate=False)
        self.call_after_refresh(self._find, text)

    def _find(self, text: Content) -> None:
        """Scrolls so that the first sentence that is marked stands in the upper third."""
        scroll, said = self.query_one("#answer", VerticalScroll), self.query_one("#said", Static)
        place, width = text.plain.find(sheet.OPENS), said.content_size.width
        if place < 0 or not width:
            scroll.scroll_home(animate=False)
            return
        before = Content(text.plain[: place + 1]).get_height({}, width) - 1
        top = said.virtual_region.y + before
        scroll.scroll_to(y=max(0, top - scroll.size.height // 3), animate=False)

    # ---- Turning ---------------------------------------------------------------------------------------

    def action_turn(self, by: int) -> None:
        """Turns to another answer."""
        if 0 <= self._index + by < len(self._order):
            self._load(self._index + by)
        else:
            self.app.bell()

    def action_scroll_answer(self, by: int) -> None:
        """Scrolls the answer."""
        scroll = self.query_one("#answer", VerticalScroll)
        scroll.scroll_relative(y=by * max(1, scroll.size.height - 2), animate=False)

    def action_back(self) -> None:
        """Back to the table."""
        self.dismiss(self._index)
