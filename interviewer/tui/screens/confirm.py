"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from interviewer.tui.leaving import OnceModal


class ConfirmScreen(OnceModal[bool]):
    """Asks before something that cannot be taken back, or that may have been pressed by mistake.

    Args:
        title: the question.
        text: what will happen.
        yes: what the button that does it says.
        no: what the button that does not says.
    """

    CSS_PATH = "confirm.tcss"
    AUTO_FOCUS = "#yes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
        Binding("left,right", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str, no: str) -> None:
        super().__init__()
        self._words = title, text, yes, no

    def compose(self) -> ComposeResult:
        title, text, yes, no = self._words
        with Vertical(id="box"):
            yield Static(title, id="title", markup=False)
            yield Static(text, id="text", markup=False)
            with Horizontal(id="buttons"):
                yield Button(f"{yes} (y)", id="yes", variant="primary", compact=True)
                yield Button(f"{no} (n)", id="no", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
