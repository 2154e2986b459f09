"""The line of a replay in which one types what to look for, or where to go."""

from __future__ import annotations

from typing import Final, Literal

from textual import on
from textual.message import Message
from textual.widgets import Input

from interviewer.text import one_line

Asked = Literal["search", "moment"]
"""What is being typed: words to look for, or a moment to go to."""

PROMPTS: Final[dict[Asked, str]] = {
    "search": "Search what was said, then Enter",
    "moment": "A time such as 12:30, or an event such as #45, then Enter",
}


class SeekPrompt(Input):
    """Hidden until something is asked; hides again when it is answered."""

    DEFAULT_CSS = """
    SeekPrompt {
        display: none; height: 1; border: none; padding: 0 1; background: $panel;
        &:focus { border: none; }
        &.asked { display: block; }
    }
    """

    class Answered(Message):
        """Enter was pressed.

        Args:
            asked: what was asked.
            value: what was typed, on one line; may be empty.
        """

        def __init__(self, asked: Asked, value: str) -> None:
            super().__init__()
            self.asked = asked
            self.value = value

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._asked: Asked = "search"

    @property
    def open(self) -> bool:
        """Whether something is being asked."""
        return self.has_class("asked")

    def ask(self, asked: Asked, value: str = "") -> None:
        """Asks for something, with what may be typed over."""
        self._asked = asked
        self.placeholder = PROMPTS[asked]
        self.value = value
        self.add_class("asked")
        self.focus()

    def close(self) -> None:
        """Asks no more."""
        self.remove_class("asked")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close()
        self.post_message(self.Answered(self._asked, one_line(event.value)))
