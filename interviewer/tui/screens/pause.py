"""The interview is paused: the clock stands and the question is out of sight."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Footer, Static

from interviewer.tui.leaving import OnceModal

AfterPause = Literal["resume", "end", "leave"]


class PauseScreen(OnceModal[AfterPause]):
    """Covers the whole interview until it goes on, so that a pause gives no time to think about the question."""

    CSS_PATH = "pause.tcss"
    AUTO_FOCUS = "#go-on"
    HELP = """
    ## Paused

    The clock stands still and nobody waits. `Enter` goes on where you were; `Esc` leaves the interview
    unfinished, to be picked up another day.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,f8", "choose('resume')", "Go on"),
        Binding("ctrl+g,f10", "choose('end')", "End"),
        Binding("escape,q", "choose('leave')", "Leave"),
        Binding("f1", "app.help", "Help"),
    ]

    def __init__(self, time: str) -> None:
        super().__init__()
        self._time = time

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("The interview is paused", id="title", markup=False)
            yield Static(self._time.removeprefix("\u2016 ").capitalize(), id="time", markup=False)
            yield Static(
                "The clock stands, and the question is hidden until you go on. What you have written is kept.",
                id="text",
                markup=False,
            )
            yield Button("Go on (Enter)", id="go-on", variant="primary", compact=True)
        yield Footer()

    def on_button_pressed(self) -> None:
        self.dismiss("resume")

    def action_choose(self, what: AfterPause) -> None:
        self.dismiss(what)
