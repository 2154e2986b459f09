"""A question that is answered with one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from interviewer.text import one_line
from interviewer.tui.leaving import OnceModal


class AskScreen(OnceModal[str | None]):
    """Gives back the line, cleaned; None if nothing is to be done.

    Args:
        title: what is asked.
        hint: what can be written.
        text: what stands there at first.
        check: says what is wrong with a line; None if nothing is.
        longest: characters that can be typed.
        placeholder: an example, shown while the line is empty.
    """

    CSS_PATH = "ask.tcss"
    AUTO_FOCUS = "Input"
    HELP = "**Enter** takes the line, **Esc** leaves everything as it was."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave as it was", priority=True)]

    def __init__(
        self,
        title: str,
        hint: str,
        text: str = "",
        *,
        check: Callable[[str], str | None] = lambda _: None,
        longest: int = 400,
        placeholder: str = "",
    ) -> None:
        super().__init__()
        self._title, self._hint, self._text = title, hint, text
        self._check, self._longest, self._placeholder = check, longest, placeholder

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(Content(self._title), id="title")
            yield Input(self._text, max_length=self._longest, placeholder=self._placeholder, compact=True)
            yield Static(Content(self._hint), id="hint")
            yield Static(Content.from_markup("[b]Enter[/b] takes it   [b]Esc[/b] leaves it as it was"), id="keys")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        problem = self._check(one_line(event.value))
        hint = self.query_one("#hint", Static)
        hint.update(Content(problem or self._hint))
        hint.set_class(problem is not None, "-problem")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text = one_line(event.value)
        if self._check(text) is None:
            self.dismiss(text)
        else:
            self.app.bell()

    def action_leave(self) -> None:
        """Gives nothing back."""
        self.dismiss(None)
