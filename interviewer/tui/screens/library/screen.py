"""The library: every saved interview, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, Input, Static

from interviewer.text import one_line
from interviewer.transcript.entries import Entry
from interviewer.transcript.labels import change_label
from interviewer.transcript.removal import delete, deleted, restore
from interviewer.transcript.selection import ORDERS
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen, hand_over
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.library.about import about
from interviewer.tui.screens.library.files import Recognised, ask_for_file, bring_in, look_at, save
from interviewer.tui.screens.library.keys import BINDINGS, HELP
from interviewer.tui.screens.library.labels import Again, Change, What, ask
from interviewer.tui.screens.library.rows import Broken, Heading, Line, Row, View, draw, rows, title_row
from interviewer.tui.screens.library.shelf import Shelf, read_shelf
from interviewer.tui.widgets.find_line import FindLine
from interviewer.tui.widgets.long_list import MARK, LongList
from interviewer.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp
    from interviewer.tui.screens.export import Wish


class LibraryScreen(OnceScreen[None]):
    """All transcripts, unfinished ones first."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "LongList"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    @dataclass
    class Read(Message):
        """The transcripts that there are."""

        shelf: Shelf

    @dataclass
    class Changed(Message):
        """Something was done."""

        said: str
        severity: str = "information"
        highlight: Path | None = None

    @dataclass
    class Failed(Message):
        """Something could not be done."""

        problem: str
        again: Again | None = None
        """Asks for what was typed for it once more."""

    def __init__(self) -> None:
        super().__init__()
        self._shelf: Shelf | None = None
        self._view = View()
        self._rows: tuple[Row, ...] = ()
        self._wanted: Path | None = None

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    @property
    def _folder(self) -> Path:
        return self._app.settings.transcripts

    def compose(self) -> ComposeResult:
        yield TitleLine("Library", "looking …")
        with Horizontal(id="library"):
            with Vertical(id="list"):
                yield FindLine("a persona, title, tag, note or verdict")
                yield Static(id="columns")
                yield LongList(lambda index, width: draw(self._rows[index], width))
            with VerticalScroll(id="about"):
                yield Static(id="about-text")
        yield Footer(show_command_palette=False)

    # ---- Reading ---------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._read)

    @work(thread=True, exclusive=True, group="library", exit_on_error=False)
    def _read(self) -> None:
        try:
            shelf = read_shelf(self._folder)
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, "listing the interviews")))
        else:
            hand_over(self, self.Read(shelf))

    @work(thread=True, group="change", exit_on_error=False)
    def do(self, doing: str, act: Callable[[], Message], again: Again | None = None) -> None:
        """Does something with files in the background; what comes of it is told by the message.

        Args:
            doing: what it is, to follow "while".
            act: does it.
            again: what follows when it failed.
        """
        try:
            done = act()
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, doing), again))
        else:
            hand_over(self, done)

    @on(Failed)
    def _tell(self, event: Failed) -> None:
        self._app.say(event.problem, "error")
        if event.again is not None:
            event.again()

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        if event.said:
            self._app.say(event.said, event.severity)
        self._wanted = event.highlight or self._wanted
        self._read()

    @on(Read)
    def _shelve(self, event: Read) -> None:
        if event.shelf != self._shelf or self._wanted is not None:
            self._shelf = event.shelf
            self._show()

    # ---- Showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Shows what is wanted, with the same transcript highlighted if it is still there, else one near it."""
        if self._shelf is None:
            return
        listed = self.query_one(LongList)
        wanted = self._wanted or (self._entry.path if self._entry else None)
        before = listed.highlighted
        self._wanted = None
        self._rows = rows(self._shelf, self._view)
        places = (index for index, row in enumerate(self._rows) if isinstance(row, Line) and row.entry.path == wanted)
        near = None if before is None else min(before, len(self._rows) - 1)
        headings = {index for index, row in enumerate(self._rows) if isinstance(row, Heading)}
        listed.fill(len(self._rows), headings, next(places, near))
        self._show_titles()

    def _show_titles(self) -> None:
        assert self._shelf is not None
        count, every = (
            sum(isinstance(row, Line) for row in self._rows),
            len(self._shelf.entries) + len(self._shelf.samples),
        )
        counted = f"{count:,} of {every:,}" if self._view.words else f"{len(self._shelf.entries):,} saved"
        self.query_one(TitleLine).update("Library", f"{counted}, by {self._view.order}")
        width = self.query_one(LongList).scrollable_content_region.width
        self.query_one("#columns", Static).update(title_row(self._view.order, width - len(MARK)))
        self.refresh_bindings()

    def on_resize(self) -> None:
        if self._shelf is not None:
            self.call_after_refresh(self._show_titles)

    @property
    def _row(self) -> Row | None:
        index = next((listed.highlighted for listed in self.query(LongList)), None)
        return self._rows[index] if index is not None and index < len(self._rows) else None

    @property
    def _entry(self) -> Entry | None:
        row = self._row
        return row.entry if isinstance(row, Line) else None

    @on(LongList.Highlighted)
    def _highlighted(self) -> None:
        if self._shelf is not None:
            text = about(self._row, self._shelf, searching=bool(self._view.words))
            self.query_one("#about-text", Static).update(text)
            self.query_one("#about").scroll_home(animate=False)
            self.refresh_bindings()

    # ---- Searching, sorting ----------------------------------------------------------------------------

    def action_search(self) -> None:
        """Opens the line to type in."""
        self.query_one(FindLine).ask()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._view = replace(self._view, words=one_line(event.value))
        self._show()

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """Goes from the words to what has them."""
        self.set_focus(self.query_one(LongList))

    def action_sort(self) -> None:
        """Sorts by the next of the orders that there are."""
        after = ORDERS[(ORDERS.index(self._view.order) + 1) % len(ORDERS)]
        self._view = replace(self._view, order=after)
        self._show()

    def action_tree(self) -> None:
        """Between a list and a tree."""
        self._view = replace(self._view, as_tree=not self._view.as_tree)
        self._show()

    def action_details(self) -> None:
        """Between a list alone and one with details under it, where there is no room beside it."""
        self.toggle_class("-details")

    def action_back(self) -> None:
        """Shows all again; if all are shown, leaves."""
        line = self.query_one(FindLine)
        if line.asked:
            line.close()
            self.action_to_list()
        elif isinstance(self.focused, VerticalScroll):
            self.action_to_list()
        else:
            self.dismiss(None)

    # ---- Opening ---------------------------------------------------------------------------------------

    @on(LongList.Chosen)
    def _open(self) -> None:
        entry = self._entry
        if entry is None:
            self._app.say(str(about(self._row, self._shelf or Shelf()).plain), "warning")
        elif entry.unfinished:
            self._app.resume_interview(entry.path)
        else:
            self._app.open_scorecard(entry.path)

    def action_replay(self) -> None:
        """Plays it."""
        from interviewer.tui.screens.replay.screen import ReplayScreen

        if (entry := self._entry) is not None:
            self._app.push_screen(ReplayScreen(entry.path))

    def action_gradings(self) -> None:
        """Compares how it was graded, again and again."""
        from interviewer.tui.screens.comparison import ComparisonScreen

        if (entry := self._entry) is not None:
            self._app.push_screen(ComparisonScreen(entry.path))

    def action_beside_parent(self) -> None:
        """Compares the answer that was given again with the first one."""
        from interviewer.tui.screens.answers import AnswersScreen

        if (entry := self._entry) is not None and (parent := self._branched_off) is not None:
            self._app.push_screen(AnswersScreen(parent.path, entry.path))

    @property
    def _branched_off(self) -> Entry | None:
        entry, shelf = self._entry, self._shelf
        return shelf.find(entry.parent) if entry and shelf and entry.parent else None

    # ---- Titles, tags and notes ------------------------------------------------------------------------

    def action_label(self, what: What) -> None:
        """Asks for a title, tags or a note."""
        if (entry := self._entry) is not None:
            ask(self._app, what, entry, partial(self._label, entry.path))

    def _label(self, path: Path, change: Change, again: Again) -> None:
        def act() -> LibraryScreen.Changed:
            notice = change_label(self._folder, path.stem, change)
            return self.Changed(notice or "", "warning", path)

        self.do("writing this down", act, again)

    # ---- Files -----------------------------------------------------------------------------------------

    def action_bring_in(self) -> None:
        """Asks for a file, and shows what is in it."""

        def take(path: Path) -> None:
            self.do("reading the file", partial(look_at, self._app, path))

        ask_for_file(self._app, take)

    @on(Recognised)
    def _recognised(self, event: Recognised) -> None:
        def act() -> LibraryScreen.Changed:
            path, said = bring_in(self._app, event)
            return self.Changed(said, highlight=path)

        def done(yes: bool | None) -> None:
            if yes:
                self.do("importing the interview", act)

        question = ConfirmScreen("Import it?", "\n".join(event.lines), "Import", "Leave it")
        self._app.push_screen(question.add_class("preview"), done)

    def action_export(self) -> None:
        """Asks in which form, and saves it."""
        from interviewer.tui.screens.export import ExportScreen

        entry = self._entry
        if entry is None:
            return
        path = entry.path

        def done(wish: Wish | None) -> None:
            if wish is not None:
                self.do("exporting the interview", lambda: self.Changed(save(self._app, path, wish), highlight=path))

        self._app.push_screen(ExportScreen(entry.title, Path.cwd()), done)

    # ---- Deleting --------------------------------------------------------------------------------------

    def action_delete(self) -> None:
        """Deletes what is highlighted."""
        row = self._row
        path = row.entry.path if isinstance(row, Line) else row.file.path if isinstance(row, Broken) else None
        if path is None:
            return

        def act() -> LibraryScreen.Changed:
            gone = delete(self._folder, path)
            return self.Changed(f"Deleted {one_line(gone.title)}. Press u to bring it back.")

        self.do("deleting the interview", act)

    def action_undo(self) -> None:
        """Brings back what was deleted last."""

        def act() -> LibraryScreen.Changed:
            there, _ = deleted(self._folder)
            if not there:
                return self.Changed("Nothing was deleted that could be brought back.")
            path = restore(self._folder, there[0])
            return self.Changed(f"{one_line(there[0].title)} is back.", highlight=path)

        self.do("bringing the interview back", act)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keys that would do nothing are not offered."""
        match action:
            case "label" | "replay" | "gradings" | "export":
                return self._entry is not None
            case "delete":
                entry = self._entry
                return not entry.sample if entry is not None else isinstance(self._row, Broken)
            case "beside_parent":
                return self._branched_off is not None
            case "undo":
                return self._shelf is not None and self._shelf.deleted > 0
            case "details":
                return not self.has_class("-wide")
            case "to_list":
                return isinstance(self.focused, Input)
            case _:
                return True
