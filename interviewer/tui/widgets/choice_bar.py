"""What can be chosen at this moment, in place of the answer box."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

Choice = tuple[str, str]
"""An id and a label."""


class ChoiceBar(Vertical):
    """A sentence and one or two buttons."""

    DEFAULT_CSS = """
    ChoiceBar {
        height: auto; max-height: 10; border: round $primary; padding: 0 1; overflow-y: auto;
        #say { height: auto; }
        #choices { height: auto; margin: 1 0 0 0; }
        Button { margin: 0 2 0 0; color: $foreground; background: $panel; }
        Button:focus { text-style: bold !important; color: $background; background: $primary; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A button was pressed."""

        choice: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: tuple[str, tuple[Choice, ...]] = ("", ())
        self._changing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield Static(id="say", markup=False)
        yield Horizontal(id="choices")

    async def show(self, say: str, *choices: Choice) -> None:
        """Shows a sentence and the choices; the first is the one that Enter takes."""
        async with self._changing:
            if (say, choices) == self._shown:
                return
            before, self._shown = self._shown, (say, choices)
            self.query_one("#say", Static).update(Content(say))
            if before[1] == choices:
                return
            row = self.query_one("#choices", Horizontal)
            row.display = bool(choices)
            await row.remove_children()
            await row.mount_all(
                Button(Content(label), name=name, compact=True, variant="primary" if not index else "default")
                for index, (name, label) in enumerate(choices)
            )

    @property
    def first(self) -> Button | None:
        """What Enter should take."""
        return next(iter(self.query(Button)), None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Chosen(event.button.name or ""))
