"""The set-up of an interview: how long, in which mode, at which level, and what one brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Footer, Input, Label, Static

from interviewer.engines.llm import ABOUT as MODEL_ABOUT
from interviewer.engines.offline import ABOUT
from interviewer.persona import Persona
from interviewer.session import Choices
from interviewer.text import one_line
from interviewer.transcript.events import Profile
from interviewer.tui import wording
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen, hand_over
from interviewer.tui.screens.home.about import about_persona, about_plan
from interviewer.tui.widgets.document_field import DocumentField
from interviewer.tui.widgets.picker import Picker, Stepper
from interviewer.tui.widgets.title_line import TitleLine
from interviewer.tui.wording import QUIET
from interviewer.vocabulary import Mode, Seniority

if TYPE_CHECKING:
    from interviewer.engines.decision import Decision
    from interviewer.tui.app import InterviewerApp

MODES: Final[dict[Mode, str]] = {
    "realistic": "No feedback until the end, as in a real interview.",
    "coach": "After each answer you hear what it missed, and may retry once.",
}

LONGEST_NAME = 80


class _Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls with what is focused; leaves the arrow keys to move between the lines."""


class _Line(Horizontal):
    """A label and what is chosen. The label stands out while one is there."""

    def __init__(self, label: str, control: Widget, name: str | None = None) -> None:
        parts = (Label(label, classes="label"), Vertical(control, classes="control"))
        super().__init__(*parts, classes="line", id=name)

    def on_descendant_focus(self) -> None:
        self.add_class("-current")

    def on_descendant_blur(self) -> None:
        self.remove_class("-current")


class SetupScreen(OnceScreen[Choices | None]):
    """Asks for everything that is fixed before the first word.

    Args:
        persona_id: who interviews.
        defaults: what is chosen at first.
        persona: the same, if it has been read already.
    """

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "Stepper"
    HELP = """\
# Set up the interview

**↑ ↓** or **Tab** move between the lines, **← →** change a choice, **Ctrl+S** starts from anywhere.
The length goes by five minutes, with **-** and **+** by one.

Name, CV and job advertisement may be left out. With them, questions are preferred that touch on
what they speak of. They are kept in the transcript on this computer. Beside *Engine* stands who plays and where
your answers go; the offline engine sends nothing anywhere, and `--engine offline` makes sure of it.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "start", "Start", tooltip="Begin the interview", priority=True),
        Binding("up", "app.focus_previous", "Line before", show=False),
        Binding("down", "app.focus_next", "Next line", show=False),
        Binding("pageup", "page(-1)", "Further up", show=False),
        Binding("pagedown", "page(1)", "Further down", show=False),
        Binding("escape", "leave", "Back", tooltip="Go back without an interview"),
    ]

    @dataclass
    class Found(Message):
        """The persona was read."""

        persona: Persona

    @dataclass
    class Decided(Message):
        """It is settled which engine plays."""

        decision: Decision

    @dataclass
    class Missing(Message):
        """The persona cannot be used."""

        problem: str

    def __init__(self, persona_id: str, defaults: Choices, persona: Persona | None = None) -> None:
        super().__init__()
        self._persona_id = persona_id
        self._defaults = defaults
        self._persona = persona
        self._decision: Decision | None = None
        self._starting = False

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine("Set up the interview")
        with Horizontal(id="setup"):
            with _Form(id="form"):
                if self._persona is None:
                    yield Static("Reading …", id="who")
                else:
                    yield from self._fields(self._persona)
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-text")
        yield Footer()

    def on_mount(self) -> None:
        self._decide()
        if self._persona is None:
            self._find()
        else:
            self._ready(self._persona)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _find(self) -> None:
        message: Message
        try:
            with self._app.library_lock:
                message = self.Found(self._app.library.persona(self._persona_id))
        except Exception as error:
            message = self.Missing(sentence(error, "reading the persona"))
        hand_over(self, message)

    @work(thread=True, exclusive=True, group="decide", exit_on_error=False)
    def _decide(self) -> None:
        decision = self._app.decide()
        hand_over(self, self.Decided(decision))

    @on(Decided)
    def _decided(self, event: Decided) -> None:
        self._decision = event.decision
        if self._persona is not None:
            self._show_engine()
        self.refresh_bindings()

    @on(Missing)
    def _missing(self, event: Missing) -> None:
        self.query_one("#who", Static).update(
            Content.assemble(("This interview cannot be held.\n\n", "bold"), event.problem)
        )

    @on(Found)
    async def _found(self, event: Found) -> None:
        self._persona = event.persona
        form = self.query_one("#form", _Form)
        await form.remove_children()
        await form.mount(*self._fields(event.persona))
        self.query_one(Stepper).focus(scroll_visible=False)
        self._ready(event.persona)

    def _ready(self, persona: Persona) -> None:
        self.query_one(TitleLine).update(f"Set up: {persona.title}")
        self._preview()
        self._show_engine()
        self.refresh_bindings()

    def _fields(self, persona: Persona) -> list[Widget]:
        minutes, chosen = persona.minutes, self._defaults
        length = chosen.minutes if chosen.minutes is not None else minutes.default
        start = Button("Start the interview", id="start", variant="primary", compact=True)
        who = Content.assemble(
            *wording.people_and_roles(persona), (f"\n{wording.company(persona)}\n", QUIET), persona.tagline
        )
        return [
            Static(who, id="who"),
            _Line("Length", Stepper(length, minutes.shortest, minutes.longest, "min", id="minutes")),
            _Line("Mode", Picker([(mode, mode.title()) for mode in MODES], chosen.mode, id="mode"), "mode-line"),
            Static(id="mode-means", classes="under"),
            _Line(
                "Your level",
                Picker([(level, level.title()) for level in get_args(Seniority)], chosen.seniority, id="level"),
            ),
            _Line(
                "Your name",
                Input(
                    chosen.profile.name or "",
                    placeholder="optional",
                    max_length=LONGEST_NAME,
                    compact=True,
                    id="name",
                ),
            ),
            _Line("Your CV", DocumentField(chosen.profile.cv, id="cv")),
            _Line("Job advert", DocumentField(chosen.profile.job, id="job")),
            *self._asked_first(),
            _Line("Engine", Static("Looking …", id="engine"), "engine-line"),
            Static(id="engine-means", classes="under"),
            _Line("", start),
            Static(id="plan"),
        ]

    def _asked_first(self) -> list[Widget]:
        """Says that some questions were chosen beforehand, if they were."""
        count = len(self._defaults.wanted)
        if not count:
            return []
        what = "1 question" if count == 1 else f"{count} questions"
        return [_Line("Asked first", Static(Content(f"{what} that you came to practise"), id="asked-first"))]

    def _show_engine(self) -> None:
        """Says who will interview and grade, what leaves the machine, and how that came about."""
        if self._decision is None:
            return
        about = ABOUT if self._decision.offline else MODEL_ABOUT
        found = f"{self._decision.why[:1].upper()}{self._decision.why[1:]}. " if self._decision.found else ""
        self.query_one("#engine", Static).update(
            Content.assemble((self._decision.who, "bold"), f"  {self._decision.leaves}")
        )
        self.query_one("#engine-means", Static).update(Content(found + about))

    # ---- Changing --------------------------------------------------------------------------------------

    @on(Stepper.Changed)
    @on(Picker.Changed)
    def _preview(self) -> None:
        if self._persona is None:
            return
        minutes = self.query_one(Stepper).value
        self.query_one("#mode-means", Static).update(MODES[self._mode])
        self.query_one("#preview-text", Static).update(about_persona(self._persona, minutes))
        self.query_one("#plan", Static).update(about_plan(self._persona, minutes))

    @property
    def _mode(self) -> Mode:
        return "coach" if self.query_one("#mode", Picker).value == "coach" else "realistic"

    @property
    def _level(self) -> Seniority:
        levels: tuple[Seniority, ...] = get_args(Seniority)
        wanted = self.query_one("#level", Picker).value
        return next(level for level in levels if level == wanted)

    @on(Input.Submitted, "#name")
    def _name_given(self) -> None:
        self.focus_next()

    @on(DocumentField.Edit)
    def _edit(self, event: DocumentField.Edit) -> None:
        from interviewer.tui.screens.write import WriteScreen

        field = event.field
        title = "Your CV" if field.id == "cv" else "The job advertisement"

        def written(text: str | None) -> None:
            if text is not None:
                field.set_text(text)

        self.app.push_screen(WriteScreen(title, field.text or ""), written)

    def action_page(self, by: int) -> None:
        """Scrolls the page."""
        wide = self.has_class("-wide")
        view = self.query_one("#preview" if wide else "#form", VerticalScroll)
        if by > 0:
            view.scroll_page_down()
        else:
            view.scroll_page_up()

    # ---- Leaving ---------------------------------------------------------------------------------------

    @on(Button.Pressed, "#start")
    async def _pressed(self) -> None:
        await self.run_action("start")

    def action_start(self) -> None:
        """Begins, once the files that were named are read."""
        self._starting = True
        self.refresh_bindings()
        self._start_when_read()

    @work(exclusive=True, group="start", exit_on_error=False)
    async def _start_when_read(self) -> None:
        try:
            for field in self.query(DocumentField):
                await field.settle()
                if field.problem:
                    field.query_one(Input).focus()
                    self._app.say(f"{field.problem} Correct it or leave it empty.", "warning")
                    return
            self.dismiss(self._choices())
        finally:
            self._starting = False
            self.refresh_bindings()

    def _choices(self) -> Choices:
        name = one_line(self.query_one("#name", Input).value)[:LONGEST_NAME].strip()
        return Choices(
            persona=self._persona_id,
            mode=self._mode,
            seniority=self._level,
            minutes=self.query_one(Stepper).value,
            profile=Profile(
                name=name or None,
                cv=self.query_one("#cv", DocumentField).text,
                job=self.query_one("#job", DocumentField).text,
            ),
            seed=self._defaults.seed,
            wanted=self._defaults.wanted,
        )

    def action_leave(self) -> None:
        """Goes back without an interview."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing can be started before the persona is read and the engine is known and told, nor twice."""
        if action == "start":
            return self._persona is not None and self._decision is not None and not self._starting
        return True
