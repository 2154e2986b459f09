"""Covers a screen in a window that is too small for it, without touching what lies beneath."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

LEAST = Size(60, 18)
"""Columns and rows from which on every screen is usable."""


class TooSmall(Widget):
    """Says how large the window is and how large it has to be. The screen goes on underneath."""

    DEFAULT_CSS = """
    TooSmall {
        layer: _toastrack;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
        color: $foreground;
        content-align: center middle;
        text-align: center;
        padding: 0 1;
    }
    """

    @staticmethod
    def covers(size: Size) -> bool:
        """Whether a window of this size is too small."""
        return size.width < LEAST.width or size.height < LEAST.height

    def on_resize(self) -> None:
        self.refresh()

    def render(self) -> Content:
        size = self.app.size
        return Content.assemble(
            ("This window is too small.\n", "bold"),
            f"It has {size.width} columns and {size.height} rows;\n",
            f"{LEAST.width} and {LEAST.height} are needed. Make it larger to go on:\n",
            "nothing is lost.",
        )
