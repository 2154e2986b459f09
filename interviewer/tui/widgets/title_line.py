"""The line at the top of a screen: where one is, and something worth knowing at the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class TitleLine(Horizontal):
    """One line. Both texts are shown as they are.

    Args:
        title: what the screen is.
        aside: what stands at the right; dropped when there is no room.
    """

    DEFAULT_CSS = """
    TitleLine {
        dock: top;
        height: 1;
        padding: 0 2;
        background: $surface;

        .title { width: 1fr; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        .aside { width: auto; color: $text-muted; text-wrap: nowrap; padding-left: 2; }
    }
    """

    def __init__(self, title: str, aside: str = "") -> None:
        super().__init__()
        self._title = title
        self._aside = aside

    def compose(self) -> ComposeResult:
        yield Static(Content.assemble(("interviewer", "$primary"), "  ", self._title), classes="title")
        yield Static(Content(self._aside), classes="aside")

    def update(self, title: str, aside: str = "") -> None:
        """Changes both texts."""
        self.query_one(".title", Static).update(Content.assemble(("interviewer", "$primary"), "  ", title))
        self.query_one(".aside", Static).update(Content(aside))
