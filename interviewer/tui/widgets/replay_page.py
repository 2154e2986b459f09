"""The conversation of a replay: the last page of what has been said so far, drawn line by line.

However long an interview is, only what is in view is wrapped and drawn; there is nothing to scroll through but from
where the play head is, backwards.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from interviewer.tui.widgets.conversation import Voice
from interviewer.tui.widgets.replay_entry import Entry

KEPT: Final = 200
"""Entries that stay wrapped."""

MORE: Final = "\u25bc more below (PageDown)"

WIDEST: Final = 104
"""Columns of text that are comfortable to read."""

INDENT: Final[dict[Voice, int]] = {"interviewer": 0, "candidate": 4, "coach": 0, "note": 0}

EDGE: Final[dict[Voice, tuple[str, str]]] = {
    "interviewer": ("\u258c ", "$primary"),
    "candidate": ("\u258c ", "$foreground 25%"),
    "coach": ("\u258c ", "$accent"),
    "note": ("  ", ""),
}
"""What stands before every line, as in a live interview."""


class ReplayPage(Widget, can_focus=True):
    """Shows the entries that have appeared, the last one at the bottom.

    Args:
        entry: makes the entry of an event, by its place.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(1)", show=False, tooltip="Scroll back"),
        Binding("down", "scroll(-1)", show=False, tooltip="Scroll on"),
        Binding("pageup", "page(1)", "Scroll", show=False, tooltip="A page back"),
        Binding("pagedown", "page(-1)", show=False, tooltip="A page on"),
    ]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ReplayPage { height: 1fr; width: 1fr; padding: 0 1; }
    """

    def __init__(self, entry: Callable[[int], Entry]) -> None:
        super().__init__()
        self._entry = entry
        self._shown: Sequence[int] = ()
        self._count = 0
        self._back = 0
        self._wrapped: OrderedDict[tuple[int, int], list[Strip]] = OrderedDict()
        self._lines: list[Strip] | None = None

    def show(self, shown: Sequence[int], count: int) -> None:
        """Shows the first `count` of the entries at these places; the last one from its beginning."""
        if (shown, count) != (self._shown, self._count):
            self._shown, self._count = shown, count
            self._back = self._until_top(self.content_size)
            self._draw()

    def forget(self) -> None:
        """Draws everything anew: what an entry looks like has changed."""
        self._wrapped.clear()
        self._draw()

    def notify_style_update(self) -> None:
        self._wrapped.clear()  # another theme has other colours
        self._lines = None
        super().notify_style_update()

    def on_resize(self) -> None:
        self._back = self._until_top(self.content_size)
        self._draw()

    def _draw(self) -> None:
        self._lines = None
        self.refresh()

    def _until_top(self, size: Size) -> int:
        """Lines by which the last entry is too tall: it is shown from its beginning."""
        if not self._count or not size.width:
            return 0
        return max(0, len(self._strips(self._shown[self._count - 1], size.width)) - size.height + 1)

    # ---- Drawing -------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        if self._lines is None:
            self._lines = self._page(self.content_size)
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.content_size.width)

    def _page(self, size: Size) -> list[Strip]:
        height = max(1, size.height - 1)  # the last line says whether there is more below
        needed, index = height + self._back, self._count
        above: list[list[Strip]] = []
        found = 0
        while index and found < needed:
            index -= 1
            above.append(self._strips(self._shown[index], size.width))
            found += len(above[-1])
        self._back = min(self._back, max(0, found - height))
        lines = [strip for strips in reversed(above) for strip in strips]
        lines = lines[: len(lines) - self._back][-height:]
        blank = Strip.blank(size.width, self.rich_style)
        return [blank] * (height - len(lines)) + lines + [self._more(size.width) if self._back else blank]

    def _more(self, width: int) -> Strip:
        return Visual.to_strips(
            self, Content.assemble(("  " + MORE, "bold $text-primary")), width, 1, self.visual_style
        )[0]

    def _strips(self, place: int, width: int) -> list[Strip]:
        key = (place, width)
        if key not in self._wrapped:
            self._wrapped[key] = self._wrap(self._entry(place), width)
            if len(self._wrapped) > KEPT:
                self._wrapped.popitem(last=False)
        self._wrapped.move_to_end(key)
        return self._wrapped[key]

    def _wrap(self, entry: Entry, width: int) -> list[Strip]:
        """A blank line, then the lines of the entry, each with its edge."""
        style, indent = self.visual_style, INDENT[entry.voice]
        edge = Visual.to_strips(self, Content.assemble(EDGE[entry.voice]), 2, 1, style)[0]
        lead = Strip([Segment(" " * indent, self.rich_style)], indent)
        text = max(10, min(WIDEST, width - indent - edge.cell_length))
        lines = Visual.to_strips(self, entry.content, text, None, style)
        blank = Strip.blank(width, self.rich_style)
        return [blank, *(Strip.join([lead, edge, line]).adjust_cell_length(width, self.rich_style) for line in lines)]

    # ---- Scrolling -----------------------------------------------------------------------------------------

    def action_scroll(self, lines: int) -> None:
        self._back = max(0, self._back + lines)
        self._draw()

    def action_page(self, pages: int) -> None:
        self.action_scroll(pages * max(1, self.content_size.height - 2))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scroll(3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scroll(-3)
