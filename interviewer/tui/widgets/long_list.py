"""A list of one-line rows, however many: only those in sight are ever drawn."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

MARK = "▸ "
"""Stands before the row that is highlighted, so that it is seen without colours too."""


class LongList(ScrollView, can_focus=True):
    """Moving highlights a row, Enter or a click on it chooses it. Headings are stepped over.

    Args:
        draw: makes the row with this number, from 0, for this many columns.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"long-list--row", "long-list--heading", "long-list--highlight"}
    DEFAULT_CSS = """
    LongList {
        height: 1fr;
        overflow-x: hidden;
        background: $background;
        &:focus { background-tint: $foreground 0%; }
        & > .long-list--row { color: $foreground; }
        & > .long-list--heading { color: $text-muted; }
        & > .long-list--highlight { background: $surface; color: $foreground; }
        &:focus > .long-list--highlight { background: $panel; color: $foreground; text-style: bold; }
        &:nocolor > .long-list--highlight { text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", tooltip="Open what is highlighted"),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "A page up", show=False),
        Binding("pagedown", "page(1)", "A page down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted, or none."""

        index: int | None

    @dataclass
    class Chosen(Message):
        """A row was chosen."""

        index: int

    def __init__(self, draw: Callable[[int, int], Content], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw
        self._count = 0
        self._headings: Set[int] = frozenset()
        self._highlighted: int | None = None

    @property
    def highlighted(self) -> int | None:
        """The number of the row that is highlighted; None if there is none."""
        return self._highlighted

    def fill(self, count: int, headings: Set[int] = frozenset(), highlighted: int | None = None) -> None:
        """Shows other rows.

        Args:
            count: how many.
            headings: which of them cannot be highlighted.
            highlighted: which one is; the first that can be, if not given or not possible.
        """
        self._count, self._headings = count, headings
        self.virtual_size = Size(self.scrollable_content_region.width, count)
        if highlighted is None or highlighted in headings or not 0 <= highlighted < count:
            highlighted = self._next(-1, 1)
        self._highlighted = highlighted
        self.refresh()
        self._show_highlighted()
        self.post_message(self.Highlighted(highlighted))

    def highlight(self, index: int) -> None:
        """Highlights the row with this number, unless it is a heading."""
        if index == self._highlighted or index in self._headings or not 0 <= index < self._count:
            return
        before, self._highlighted = self._highlighted, index
        for changed in (before, index):
            if changed is not None:
                self.refresh_line(changed)
        self._show_highlighted()
        self.post_message(self.Highlighted(index))

    # ---- Drawing ---------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        index, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if index >= self._count:
            return Strip.blank(width, self.rich_style)
        heading = index in self._headings
        here = index == self._highlighted
        kind = "heading" if heading else "highlight" if here else "row"
        style = self.get_visual_style(f"long-list--{kind}")
        mark = "" if heading else MARK if here else " " * len(MARK)
        line = Content.assemble((mark, "bold $primary"), self._draw(index, width - len(mark)))
        strips = Visual.to_strips(self, line, width, 1, style, pad=True)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._count)
        self._show_highlighted()

    def _show_highlighted(self) -> None:
        index = self._highlighted
        if index is None:
            return
        top = index - 1 if index - 1 in self._headings else index  # with the heading right above it
        self.scroll_to_region(Region(0, top, 1, index - top + 1), animate=False, force=True)

    # ---- Moving ----------------------------------------------------------------------------------------

    def _next(self, index: int, by: int) -> int | None:
        """The nearest row beyond `index` that can be highlighted."""
        index += by
        while 0 <= index < self._count:
            if index not in self._headings:
                return index
            index += by
        return None

    def action_step(self, by: int) -> None:
        """Highlights the row before or after; above the first, its heading comes into view."""
        if self._highlighted is not None:
            found = self._next(self._highlighted, by)
            if found is None:
                self.scroll_to(y=0 if by < 0 else self.max_scroll_y, animate=False)
            else:
                self.highlight(found)

    def action_page(self, by: int) -> None:
        """Highlights the row a screenful before or after."""
        if self._highlighted is None:
            return
        target = self._highlighted + by * max(1, self.scrollable_content_region.height - 1)
        target = min(max(target, 0), self._count - 1)
        found = target if target not in self._headings else self._next(target, by)
        self.highlight(found if found is not None else self._next(target, -by) or 0)

    def action_edge(self, side: int) -> None:
        """Highlights the first or the last row."""
        found = self._next(-1, 1) if side < 0 else self._next(self._count, -1)
        if found is not None:
            self.highlight(found)
            self.scroll_to(y=0 if side < 0 else self.max_scroll_y, animate=False)

    def action_choose(self) -> None:
        """Chooses the row that is highlighted."""
        if self._highlighted is not None:
            self.post_message(self.Chosen(self._highlighted))

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index == self._highlighted:
            self.action_choose()
        else:
            self.highlight(index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to open where nothing is highlighted."""
        return action != "choose" or self._highlighted is not None
