"""The application: which screen follows which, and what is made ready for it in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SystemCommand
from textual.message import Message
from textual.screen import Screen

from interviewer.settings import Settings
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import hand_over
from interviewer.tui.screens.home.screen import HomeScreen
from interviewer.tui.shell import Shell

# What an interview needs is imported where it is used: the first frame does not wait for it.
if TYPE_CHECKING:
    from interviewer.engines.choose import Engine
    from interviewer.engines.decision import Decision
    from interviewer.interview.conductor import Conductor, Update
    from interviewer.interview.state import State
    from interviewer.library import Library
    from interviewer.persona import Persona
    from interviewer.session import Choices
    from interviewer.transcript.events import Header, Profile


@dataclass(frozen=True, slots=True)
class Start:
    """What to open first, above the home screen; nothing more if all are None."""

    persona: str | None = None
    """The set-up of an interview with this persona."""
    resume: Path | None = None
    """An interview that was left."""
    scorecard: Path | None = None
    """The scorecard of a finished interview."""
    first: Callable[[], Screen[None]] | None = None
    """Any other screen; made once the application runs."""
    profile: Profile | None = None
    """What was read already and goes into every set-up."""
    seed: int | None = None
    """Makes an interview repeatable."""
    wanted: tuple[str, ...] = ()
    """Questions that are to be asked before others, with `persona`."""


class InterviewerApp(Shell):
    """All screens of the product.

    Args:
        settings: what is in force.
        library: where personas come from; the usual places if not given.
        start: what to open first.
    """

    CSS_PATH = ["app.tcss", "screens/home/screen.tcss"]  # the home screen is there from the start  # noqa: RUF012

    @dataclass
    class Prepared(Message):
        """A new interview is ready to begin."""

        header: Header
        engine: Engine

    @dataclass
    class ReadyToResume(Message):
        """The engine for an interview that was left is there."""

        path: Path
        engine: Engine

    @dataclass
    class ScorecardRead(Message):
        """A finished interview was read."""

        state: State

    @dataclass
    class Failed(Message):
        """Something in the background could not be done."""

        problem: str
        choices: Choices | None = None
        """What the candidate had chosen, to be put right."""

    def __init__(self, settings: Settings, library: Library | None = None, start: Start | None = None) -> None:
        super().__init__(settings)
        self._library = library
        self.library_lock = threading.RLock()
        """Held while the library is used: it is not made for several threads at once."""
        self._start = start or Start()
        self._decision: Decision | None = None

    @property
    def library(self) -> Library:
        """Where personas come from."""
        with self.library_lock:
            if self._library is None:
                from interviewer.library import Library

                self._library = Library.default()
            return self._library

    # ---- Start ---------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen()

    def open_first(self) -> None:
        if self._start.persona is not None:
            self.open_setup(self._start.persona, wanted=self._start.wanted)
        elif self._start.resume is not None:
            self.resume_interview(self._start.resume)
        elif self._start.scorecard is not None:
            self.open_scorecard(self._start.scorecard)
        elif self._start.first is not None:
            self.push_screen(self._start.first())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What is possible anywhere, and on the home screen what it has."""
        yield from super().get_system_commands(screen)
        if isinstance(screen, HomeScreen):
            yield from screen.commands()

    # ---- From home to a screen -------------------------------------------------------------------------

    @on(HomeScreen.PersonaChosen)
    def _persona_chosen(self, event: HomeScreen.PersonaChosen) -> None:
        self.open_setup(event.persona.id, event.persona)

    @on(HomeScreen.InterviewChosen)
    def _interview_chosen(self, event: HomeScreen.InterviewChosen) -> None:
        self.resume_interview(event.path)

    @on(HomeScreen.ScorecardChosen)
    def _scorecard_chosen(self, event: HomeScreen.ScorecardChosen) -> None:
        self.open_scorecard(event.path)

    def open_setup(self, name: str, persona: Persona | None = None, wanted: tuple[str, ...] = ()) -> None:
        """Opens the set-up of an interview with the persona of this name; read anew if not given.

        `wanted` are questions that are to be asked before others.
        """
        from interviewer.session import Choices
        from interviewer.transcript.events import Profile

        profile = self._start.profile or Profile()
        self._set_up(
            Choices(
                persona=name,
                mode=self.settings.mode,
                seniority=self.settings.seniority,
                minutes=self.settings.minutes,
                profile=profile.model_copy(update={"name": profile.name or self.settings.name}),
                seed=self._start.seed,
                wanted=wanted,
            ),
            persona,
        )

    def _set_up(self, defaults: Choices, persona: Persona | None = None) -> None:
        from interviewer.tui.screens.setup import SetupScreen

        self.push_screen(SetupScreen(defaults.persona, defaults, persona), self._set_up_done)

    def _set_up_done(self, choices: Choices | None) -> None:
        if choices is not None:
            self._prepare(choices)

    # ---- In the background -----------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _prepare(self, choices: Choices) -> None:
        from interviewer.session import prepare

        try:
            engine = self._engine()
            with self.library_lock:
                header = prepare(self.library, choices, engine, self.settings.transcripts)
        except Exception as error:
            self._fail(error, "preparing the interview", choices)
        else:
            hand_over(self, self.Prepared(header, engine))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def resume_interview(self, path: Path) -> None:
        """Goes on with an interview that was left, or that branches off another."""
        try:
            self.decide()
            engine = self._engine()
        except Exception as error:
            self._fail(error, "opening the interview")
        else:
            hand_over(self, self.ReadyToResume(path, engine))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def answer_again(self, path: Path, answer: int) -> None:
        """Branches off a saved interview at an answer, by its sequence number, and goes on live from there."""
        from interviewer.replay.branch import branch

        try:
            self.decide()
            engine = self._engine()
            new = branch(path, answer, self.settings.transcripts, engine)
        except Exception as error:
            self._fail(error, "branching off the interview")
        else:
            hand_over(self, self.ReadyToResume(new, engine))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_scorecard(self, path: Path) -> None:
        """Shows the scorecard of a finished interview."""
        from interviewer.interview.salvage import fold_what_fits
        from interviewer.transcript.store import read

        try:
            state = fold_what_fits(read(path)).state
        except Exception as error:
            self._fail(error, "opening the scorecard")
            return
        if state.scorecard is None:
            hand_over(self, self.Failed("This interview has no scorecard yet. Resume it to get one."))
        else:
            hand_over(self, self.ScorecardRead(state))

    def decide(self) -> Decision:
        """Settles which engine plays next. May look for servers on this machine: not for the thread of the screens."""
        from interviewer.engines.decision import decide

        self._decision = decide(self.settings)
        return self._decision

    def _engine(self) -> Engine:
        """The engine that was settled, and told, last."""
        from interviewer.engines.choose import engine_of

        return engine_of(self._decision or self.decide(), self.settings.pace)

    def _fail(self, error: Exception, doing: str, choices: Choices | None = None) -> None:
        hand_over(self, self.Failed(sentence(error, doing), choices))

    @on(Failed)
    def _tell(self, event: Failed) -> None:
        self.say(event.problem, "error")
        if event.choices is not None:
            self._set_up(event.choices)

    # ---- To the interview and the scorecard ------------------------------------------------------------

    @on(Prepared)
    def _begin(self, event: Prepared) -> None:
        from interviewer.session import start
        from interviewer.transcript.store import ENDING

        def opened(listener: Callable[[Update], None]) -> Conductor:
            return start(event.header, self.settings.transcripts, event.engine, listener)

        path = self.settings.transcripts / f"{event.header.id}{ENDING}"
        self._show_interview(opened, path, event.engine, resumed=False)

    @on(ReadyToResume)
    def _go_on(self, event: ReadyToResume) -> None:
        from interviewer.session import resume
        from interviewer.transcript.damage import told

        if self._decision is not None and not self._decision.offline:  # no set-up said it
            self.say(f"{self._decision.notice} What was said in this interview before is sent too.", "warning")

        def opened(listener: Callable[[Update], None]) -> Conductor:
            conductor, transcript = resume(event.path, event.engine, listener)
            if transcript.damage:
                self.say(told(transcript.damage), "warning")
            return conductor

        self._show_interview(opened, event.path, event.engine, resumed=True)

    def _show_interview(
        self, opened: Callable[[Callable[[Update], None]], Conductor], path: Path, engine: Engine, *, resumed: bool
    ) -> None:
        from interviewer.tui.screens.interview.screen import InterviewScreen

        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.come_back_to(path)
        self.push_screen(InterviewScreen(opened, resumed, engine))

    @on(ScorecardRead)
    def _show_scorecard(self, event: ScorecardRead) -> None:
        from interviewer.tui.screens.scorecard import ScorecardScreen

        self.push_screen(ScorecardScreen(event.state))


def run(settings: Settings, start: Start | None = None) -> int:
    """Runs the screens until the user leaves. The result is the exit code."""
    app = InterviewerApp(settings, start=start)
    app.run()
    return app.return_code or 0
