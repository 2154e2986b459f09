"""A text area that also stands being drawn where there is no room."""

from __future__ import annotations

from textual.strip import Strip
from textual.widgets import TextArea


class TextBox(TextArea):
    """Wraps its placeholder only where a column is left for it. In a window that was tiny there is none at first."""

    def render_line(self, y: int) -> Strip:
        return super().render_line(y) if self.content_size.width > 0 else Strip.blank(0)
