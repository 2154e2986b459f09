"""A list of things to choose, in sections, that keeps its place when it is filled again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import ListItem, ListView, Static


class MenuItem(ListItem):
    """Something in the list. `key` says what it is, so that it is found again after a refill."""

    key = ""


class Heading(MenuItem):
    """The title of a section; cannot be chosen."""

    def __init__(self, text: str) -> None:
        super().__init__(Static(Content(text)), disabled=True)


class Hint(MenuItem):
    """A paragraph that helps; cannot be chosen."""

    def __init__(self, text: str | Content) -> None:
        super().__init__(Static(Content(text) if isinstance(text, str) else text), disabled=True)


class Menu(ListView):
    """The list. Headings and hints are stepped over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", tooltip="Open what is highlighted"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("pagedown", "jump(5)", "Further down", show=False),
        Binding("pageup", "jump(-5)", "Further up", show=False),
    ]

    @property
    def items(self) -> Sequence[MenuItem]:
        """All that is in the list, headings too."""
        return [item for item in self.children if isinstance(item, MenuItem)]

    async def fill(self, items: Sequence[MenuItem]) -> None:
        """Shows `items` instead. What was highlighted stays so if it is still there, else the first is."""
        current = self.highlighted_child
        wanted = current.key if isinstance(current, MenuItem) else ""
        with self.app.batch_update():
            await self.clear()
            await self.extend(items)
            if items:
                items[0].add_class("-first")
            able = [index for index, item in enumerate(items) if not item.disabled]
            same = [index for index in able if wanted and items[index].key == wanted]
            self.index = next(iter(same or able), None)
            if not same:
                self.scroll_home(animate=False)

    def highlight(self, key: str) -> bool:
        """Goes to the item with this key, if it is there."""
        for index, item in enumerate(self.items):
            if item.key == key:
                self.index = index
                return True
        return False

    def action_first(self) -> None:
        """Highlights the first item and shows the heading above it."""
        self._land(range(len(self.children)))
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """Highlights the last item."""
        self._land(range(len(self.children) - 1, -1, -1))

    def action_jump(self, by: int) -> None:
        """Highlights the item `by` places on, as far as there are any."""
        for _ in range(abs(by)):
            if by > 0:
                self.action_cursor_down()
            else:
                self.action_cursor_up()

    def action_cursor_up(self) -> None:
        before = self.index
        super().action_cursor_up()
        if self.index == before:
            self.scroll_home(animate=False)  # the heading above the first item

    def _land(self, indexes: range) -> None:
        for index in indexes:
            if not self.children[index].disabled:
                self.index = index
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to open where nothing is highlighted."""
        return action != "select_cursor" or self.highlighted_child is not None
