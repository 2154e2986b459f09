"""A page to read, write or change a text on, such as a CV."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, TextArea

from interviewer.text import sanitise
from interviewer.tui.leaving import OnceScreen
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.widgets.text_box import TextBox
from interviewer.tui.widgets.title_line import TitleLine


class WriteScreen(OnceScreen[str | None]):
    """Gives back the text; None if it was left as it was.

    Args:
        title: what the text is.
        before: what it is so far.
        text: what was written already and could not be kept; `before` if None.
    """

    CSS_PATH = "write.tcss"
    AUTO_FOCUS = "TextArea"
    HELP = "Write or paste the text. **Ctrl+S** takes it, **Escape** leaves it as it was, and asks if you changed it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Take this text", tooltip="Use the text as it stands here", priority=True),
        Binding("escape", "leave", "Leave as it was", tooltip="Go back without a change", priority=True),
    ]

    def __init__(self, title: str, before: str, text: str | None = None) -> None:
        super().__init__()
        self._title = title
        self._before = before
        self._text = before if text is None else text

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title)
        yield TextBox(
            self._text,
            soft_wrap=True,
            tab_behavior="focus",
            placeholder="Paste or write the text here.",
            highlight_cursor_line=False,
        )
        yield Footer()

    def action_take(self) -> None:
        """Gives the text back."""
        self.dismiss(sanitise(self.query_one(TextArea).text))

    def action_leave(self) -> None:
        """Gives nothing back, after asking if something was written."""
        if self.query_one(TextArea).text == self._before:
            self.dismiss(None)
            return

        def done(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        text = "Nothing of it is kept, and the text stays as it was before."
        self.app.push_screen(ConfirmScreen("Throw away what you wrote?", text, "Throw away", "Write on"), done)
