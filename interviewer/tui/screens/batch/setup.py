"""Asks what is to be graded: the source, what judges it, and where the grades go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Button, Footer, Input, Label, Static

from interviewer.text import one_line
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen, hand_over
from interviewer.tui.widgets.document_field import PathInput, PathSuggester, as_path
from interviewer.tui.widgets.picker import Picker
from interviewer.tui.widgets.title_line import TitleLine
from interviewer.tui.wording import listed

if TYPE_CHECKING:
    from interviewer.batch_session import Task
    from interviewer.engines.decision import Decision
    from interviewer.tui.app import InterviewerApp

KINDS: Final = (("answers", "Written answers"), ("submissions", "Take-home submissions"))
MEANS: Final = {
    "answers": "A CSV, TSV, JSONL, JSON, YAML or Parquet file, or a folder of text files, one answer each.",
    "submissions": "A folder with a folder for each submission. Files are read as text and never run.",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed."""

    kind: str
    source: str
    rubric: str
    question: str
    bank: str
    out: str


def out_beside(source: str) -> str:
    """The folder that is proposed for the grades of a source: beside it, and called after it."""
    path = as_path(source)
    name = path.stem if path.suffix else path.name
    return str(path.parent / f"{name}-grades") if name else ""


def missing(wish: Wish) -> tuple[str, str] | None:
    """The field that has to be filled in first, and what to say; None if all is there."""
    if not wish.source:
        return "source", "What is to be graded? Type the path of a file or a folder."
    if wish.kind == "answers" and not (wish.rubric or wish.question or wish.bank):
        return "rubric", "What judges the answers? Name a rubric, or a question that has one."
    if not wish.out:
        return "out", "Where should the grades go? Type the path of a folder."
    return None


def task_of(wish: Wish) -> Task:
    """What is to be graded, as the command line would say it."""
    from interviewer.batch_session import Task

    return Task(
        source=str(as_path(wish.source).expanduser()),
        out=as_path(wish.out).expanduser(),
        rubric=wish.rubric or None,
        question=wish.question or None,
        questions=(wish.bank,) if wish.bank and not wish.question else (),
        submissions=wish.kind == "submissions",
    )


class BatchSetupScreen(OnceScreen[None]):
    """A form. What it is filled in with is read, told and planned by the next screen, before anything is spent."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "#source"
    HELP = """\
## Grade written answers

Name a file or a folder of answers, the rubric that judges them, and a folder for the grades. `Tab` completes a path and
goes on, `Left` and `Right` change a choice, `Ctrl+S` reads the source and tells the plan. Nothing is sent or spent
before you have seen it and said so.

A *question* is the same for every answer, by its id or in words; leave it out if the source has a column for it. A
*bank* is needed where rows name questions by their ids. The command `interviewer grade` has more to choose from:
columns, samples, limits, the provider's batch service.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "plan", "Read and plan", tooltip="Read the source and tell the plan", priority=True),
        Binding("up", "app.focus_previous", "Line before", show=False),
        Binding("down", "app.focus_next", "Next line", show=False),
        Binding("escape", "leave", "Back", tooltip="Go back without grading"),
    ]

    @dataclass
    class Known(Message):
        """What can be named, and who grades."""

        rubrics: tuple[str, ...]
        banks: tuple[str, ...]
        decision: Decision

    @dataclass
    class Failed(Message):
        """It could not be found out."""

        problem: str

    def __init__(self) -> None:
        super().__init__()
        self._proposed = ""

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine("Grade written answers")
        with VerticalScroll(id="form", can_focus=False):
            yield _line("What", Picker(KINDS, "answers", id="kind"))
            yield Static(MEANS["answers"], id="means", classes="under")
            yield _line("Source", PathInput(id="source", suggester=PathSuggester(), placeholder="a path", compact=True))
            yield _line("Rubric", _field("rubric", "the id of a rubric, or a file"))
            yield Static(id="rubrics", classes="under")
            yield _line("Question", _field("question", "its id or its words; empty if the source says it"))
            yield _line("Bank", _field("bank", "of questions that rows name by their ids; usually empty"))
            yield Static(id="banks", classes="under")
            yield _line(
                "Grades into", PathInput(id="out", suggester=PathSuggester(), placeholder="a folder", compact=True)
            )
            yield _line("Engine", Static("Looking …", id="engine"))
            yield _line("", Button("Read it and plan", id="go", variant="primary", compact=True))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._find_out()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _find_out(self) -> None:
        message: Message
        try:
            with self._app.library_lock:
                rubrics, banks = self._app.library.names("rubric"), self._app.library.names("questions")
            message = self.Known(tuple(rubrics), tuple(banks), self._app.decide())
        except Exception as error:
            message = self.Failed(sentence(error, "looking for rubrics"))
        hand_over(self, message)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._app.say(event.problem, "error")

    @on(Known)
    def _known(self, event: Known) -> None:
        for name, found in (("rubric", event.rubrics), ("bank", event.banks)):
            self.query_one(f"#{name}", Input).suggester = SuggestFromList(found)
            there = listed([one_line(one) for one in found])
            self.query_one(f"#{name}s", Static).update(Content(f"There are {there}." if there else ""))
        who = Content.assemble((event.decision.who, "bold"), f"  {event.decision.leaves}")
        self.query_one("#engine", Static).update(who)

    # ---- Changing --------------------------------------------------------------------------------------

    @on(Picker.Changed)
    def _explain(self) -> None:
        self.query_one("#means", Static).update(MEANS[self._wish.kind])

    @on(Input.Changed, "#source")
    def _propose(self, event: Input.Changed) -> None:
        """A folder is proposed for as long as none was typed."""
        out = self.query_one("#out", Input)
        if out.value == self._proposed:
            self._proposed = out_beside(event.value.strip()) if event.value.strip() else ""
            out.value = self._proposed

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @property
    def _wish(self) -> Wish:
        typed = {name: one_line(self.query_one(f"#{name}", Input).value) for name in _FIELDS}
        return Wish(self.query_one("#kind", Picker).value, **typed)

    # ---- Leaving ---------------------------------------------------------------------------------------

    @on(Button.Pressed, "#go")
    async def _pressed(self) -> None:
        await self.run_action("plan")

    def action_plan(self) -> None:
        """Opens the batch; one comes back here if it cannot be graded as it is."""
        from interviewer.tui.screens.batch.screen import BatchScreen

        wish = self._wish
        if (wrong := missing(wish)) is not None:
            self.query_one(f"#{wrong[0]}").focus()
            self._app.say(wrong[1], "warning")
            return
        try:
            task = task_of(wish)
        except RuntimeError:  # ~ somebody who is not there
            self._app.say("There is no user of this name. Type the whole path.", "warning")
            return
        self._app.push_screen(BatchScreen(task))

    def action_leave(self) -> None:
        """Goes back."""
        self.dismiss(None)


_FIELDS: Final = ("source", "rubric", "question", "bank", "out")


def _field(name: str, placeholder: str) -> Input:
    return Input(id=name, placeholder=placeholder, max_length=4000, compact=True)


def _line(label: str, control: Widget) -> Horizontal:
    return Horizontal(Label(label, classes="label"), Vertical(control, classes="control"), classes="line")
