"""The line above a list in which one types words, so that only what has them is shown."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

LONGEST = 200
"""Characters that can be typed."""


class FindLine(Horizontal):
    """Takes neither room nor focus until it is asked for. What is typed is told by its `Input`.

    Args:
        words_of: what the words are looked for in; stands there until something is typed.
    """

    DEFAULT_CSS = """
    FindLine {
        height: 0; padding: 0 0 0 2;
        &.asked { height: 1; }
        #find-label { width: auto; color: $primary; text-style: bold; padding-right: 1; }
        #find-words {
            width: 1fr; height: 1; border: none; padding: 0 1; background: $surface;
            &:focus { border: none; background: $panel; }
        }
    }
    """

    def __init__(self, words_of: str) -> None:
        super().__init__()
        self._words = Input(placeholder=f"words of {words_of}", max_length=LONGEST, compact=True, id="find-words")
        self._words.can_focus = False

    def compose(self) -> ComposeResult:
        yield Static("/", id="find-label")
        yield self._words

    @property
    def asked(self) -> bool:
        """Whether it is in sight."""
        return self.has_class("asked")

    def ask(self) -> None:
        """Comes into sight and takes what is typed."""
        self.add_class("asked")
        self._words.can_focus = True
        self.screen.set_focus(self._words)  # at once: what is typed next is meant for it

    def close(self) -> None:
        """Forgets the words and goes out of sight. Where the focus goes is for the screen to say."""
        self._words.value, self._words.can_focus = "", False
        self.remove_class("asked")
