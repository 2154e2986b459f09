"""The home screen: who can interview, what was left unfinished, and what is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, ListView, Static

from interviewer.tui.failures import sentence
from interviewer.tui.leaving import hand_over
from interviewer.tui.screens.home.contents import Contents, Damaged
from interviewer.tui.widgets.menu import Hint, Menu
from interviewer.tui.widgets.title_line import TitleLine
from interviewer.vocabulary import Stage

# What reads files is imported where it runs, in a thread: the first frame does not wait for it.
if TYPE_CHECKING:
    from interviewer.persona import Persona
    from interviewer.transcript.entries import Entry, Unreadable
    from interviewer.tui.app import InterviewerApp

_STAGES: tuple[Stage, ...] = get_args(Stage)
"""From the smallest company to the largest: the order in which people are shown."""


class HomeScreen(Screen[None]):
    """Where everything begins."""

    AUTO_FOCUS = "Menu"
    HELP = """\
# Choose who interviews you

**Enter** opens what is highlighted; **1** to **9** open that person at once.

* A *person* opens the set-up: length, mode, your level, what you bring.
* *Resume* goes on with an interview exactly where you left it, clock included.
* A *past interview* opens its scorecard.
* `b` grades a file of written answers, or take-home submissions.

Everything is saved as you go, so leaving is always safe.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"number({digit})", show=False, system=True) for digit in range(2, 10)),
        Binding("1", "number(1)", "Person", key_display="1-9", tooltip="Open the first person"),
        Binding("r", "resume", "Resume", tooltip="Go on with the interview that was left last"),
        Binding("p", "progress", "Progress", tooltip="What moves from interview to interview, and what to practise"),
        Binding("l", "library", "Library", tooltip="All interviews: search, sort, name, tag, delete"),
        Binding("b", "batch", "Batch", tooltip="Grade a file of written answers, or take-home submissions"),
        Binding("q", "app.quit", "Quit", tooltip="Leave; everything is saved"),
    ]

    @dataclass
    class PersonaChosen(Message):
        """Someone to be interviewed by."""

        persona: Persona

    @dataclass
    class InterviewChosen(Message):
        """An interview to go on with."""

        path: Path

    @dataclass
    class ScorecardChosen(Message):
        """A finished interview to look at."""

        path: Path

    @dataclass
    class PersonasRead(Message):
        """The personas that there are, and those that cannot be used."""

        personas: tuple[Persona, ...]
        damaged: tuple[Damaged, ...]

    @dataclass
    class InterviewsRead(Message):
        """The transcripts that there are."""

        entries: tuple[Entry, ...]
        unreadable: tuple[Unreadable, ...]

    @dataclass
    class Failed(Message):
        """Something could not be read."""

        problem: str

    def __init__(self) -> None:
        super().__init__()
        self._contents = Contents()
        self._wanted: Path | None = None

    def come_back_to(self, path: Path) -> None:
        """Highlights this interview as soon as it is in the list: one comes back from it."""
        self._wanted = path

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine("Choose who interviews you")
        with Horizontal(id="home"):
            yield Menu(Hint("Looking for people …"))
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="about-text")
        yield Footer(show_command_palette=False)

    # ---- Reading ---------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Reads again whenever one comes back, for there may be a new transcript or a mended file.

        After the frame is painted: reading imports much, and would hold the first frame up.
        """
        self.call_after_refresh(self._read_interviews)
        self.call_after_refresh(self._read_personas)

    @work(thread=True, exclusive=True, group="personas", exit_on_error=False)
    def _read_personas(self) -> None:
        personas: list[Persona] = []
        damaged: list[Damaged] = []
        try:
            from interviewer.library import Broken, LibraryError

            with self._app.library_lock:
                names = self._app.library.names("persona")
            for name in names:
                with self._app.library_lock:
                    try:
                        personas.append(self._app.library.persona(name))
                    except Broken as error:
                        problem = f"{len(error.faults)} {'fault' if len(error.faults) == 1 else 'faults'}"
                        damaged.append(Damaged(name, problem, str(error.faults[0])))
                    except LibraryError as error:
                        damaged.append(Damaged(name, "not found", str(error)))
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, "reading the personas")))
        personas.sort(key=lambda persona: _STAGES.index(persona.company.stage))
        hand_over(self, self.PersonasRead(tuple(personas), tuple(damaged)))

    @work(thread=True, exclusive=True, group="interviews", exit_on_error=False)
    def _read_interviews(self) -> None:
        entries: tuple[Entry, ...] = ()
        unreadable: tuple[Unreadable, ...] = ()
        try:
            from interviewer.transcript.archive import listing

            entries, unreadable = listing(self._app.settings.transcripts)
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, "listing the interviews")))
        hand_over(self, self.InterviewsRead(entries, unreadable))

    @on(Failed)
    def _tell(self, event: Failed) -> None:
        self._app.say(event.problem, "error")

    @on(PersonasRead)
    async def _personas_read(self, event: PersonasRead) -> None:
        contents = self._contents
        if (event.personas, event.damaged) != (contents.personas, contents.damaged):
            contents.personas, contents.damaged = event.personas, event.damaged
            await self._show()

    @on(InterviewsRead)
    async def _interviews_read(self, event: InterviewsRead) -> None:
        contents = self._contents
        if (event.entries, event.unreadable) != (contents.entries, contents.unreadable):
            contents.entries, contents.unreadable = event.entries, event.unreadable
            await self._show()

    # ---- Showing ---------------------------------------------------------------------------------------

    async def _show(self) -> None:
        """Shows everything once there is everything, so that nothing moves under the cursor."""
        from interviewer.tui.screens.home.items import items

        contents = self._contents
        if contents.personas is None or contents.entries is None:
            return
        places = [str(place.folder / "personas") for place in self._app.library.places]
        menu = self.query_one(Menu)
        await menu.fill(items(contents, places))
        if self._wanted is not None and menu.highlight(f"interview:{self._wanted}"):
            self._wanted = None
        left = sum(entry.unfinished for entry in contents.entries)
        done = len(contents.entries) - left
        counts = [f"{left} unfinished"] if left else []
        counts += [f"{done} finished"] if done else []
        self.query_one(TitleLine).update("Choose who interviews you", ", ".join(counts))
        self.refresh_bindings()

    @on(ListView.Highlighted)
    def _highlighted(self, event: ListView.Highlighted) -> None:
        from interviewer.tui.screens.home.about import about

        self.query_one("#about-text", Static).update(about(event.item))
        self.query_one("#about").scroll_home(animate=False)
        self.refresh_bindings()

    # ---- Choosing --------------------------------------------------------------------------------------

    @on(ListView.Selected)
    async def _selected(self, event: ListView.Selected) -> None:
        from interviewer.tui.screens.home.items import (
            BrokenItem,
            LeftItem,
            MoreItem,
            PastItem,
            PersonItem,
            UnreadableItem,
        )

        match event.item:
            case PersonItem(persona=persona):
                self.post_message(self.PersonaChosen(persona))
            case LeftItem(entry=entry):
                self.post_message(self.InterviewChosen(entry.path))
            case PastItem(entry=entry):
                self.post_message(self.ScorecardChosen(entry.path))
            case BrokenItem(fault=fault):
                self._app.say(fault, "warning")
            case UnreadableItem(problem=problem):
                self._app.say(problem, "warning")
            case MoreItem(section=section):
                menu = self.query_one(Menu)
                index = menu.index
                self._contents.expanded.add(section)
                await self._show()
                menu.index = index

    def action_number(self, number: int) -> None:
        """Opens the person with this number."""
        personas = self._contents.personas or ()
        if number <= len(personas):
            self.post_message(self.PersonaChosen(personas[number - 1]))

    def action_resume(self) -> None:
        """Goes on with the interview that was left last."""
        if self._contents.entries and self._contents.entries[0].unfinished:
            self.post_message(self.InterviewChosen(self._contents.entries[0].path))

    def action_progress(self) -> None:
        """Opens the page of progress."""
        from interviewer.tui.screens.progress import ProgressScreen

        self._app.push_screen(ProgressScreen())

    def action_batch(self) -> None:
        """Asks what is to be graded."""
        from interviewer.tui.screens.batch.setup import BatchSetupScreen

        self._app.push_screen(BatchSetupScreen())

    def action_library(self) -> None:
        """Opens the library."""
        from interviewer.tui.screens.library.screen import LibraryScreen

        self._app.push_screen(LibraryScreen())

    def commands(self) -> Iterable[SystemCommand]:
        """For the command palette: every person by name. A name must not be taken for markup there."""
        from interviewer.tui import wording

        plain = str.maketrans("[]\\", "()/")
        for number, persona in enumerate(self._contents.personas or (), 1):
            title = f"Be interviewed by {wording.people(persona)}".translate(plain)
            about = f"{persona.title} ({number})".translate(plain)
            yield SystemCommand(title, about, partial(self.post_message, self.PersonaChosen(persona)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are not offered."""
        match action:
            case "number":
                return bool(parameters) and parameters[0] in range(1, 1 + len(self._contents.personas or ()))
            case "resume":
                return any(entry.unfinished for entry in self._contents.entries or ())
            case _:
                return True
