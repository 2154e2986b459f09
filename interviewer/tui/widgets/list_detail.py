"""A list, and beside it everything about the entry that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewer.tui.widgets.quote import Quote


class ListDetail(Horizontal):
    """Moving through the list changes what is beside it; Enter goes over to the first quote there.

    Args:
        entries: what the list shows.
        detail: makes the widgets that tell about the entry with this number.
        headings: what stands above the entry with this number, and cannot be chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "to_list", "Back to the list")]

    DEFAULT_CSS = """
    ListDetail {
        height: 1fr;
        OptionList {
            width: 34%; min-width: 26; max-width: 48; height: 1fr; padding: 0 1 0 0;
            border: none; background: $background;
            border-right: vkey $foreground 15%;
            &:focus { border: none; border-right: vkey $primary; background-tint: $foreground 0%; }
        }
        #detail { width: 1fr; height: 1fr; padding: 0 1 0 2; }
        #detail Static { max-width: 100; }
    }
    """

    def __init__(
        self,
        entries: Sequence[Content],
        detail: Callable[[int], Sequence[Widget]],
        headings: Mapping[int, Content] | None = None,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._entries = entries
        self._detail = detail
        self._headings = headings or {}

    def compose(self) -> ComposeResult:
        options: list[Option] = []
        for index, entry in enumerate(self._entries):
            if index in self._headings:
                if options:
                    options.append(Option("", disabled=True))
                options.append(Option(self._headings[index].stylize("bold $foreground 80%"), disabled=True))
            options.append(Option(entry, id=str(index)))
        yield OptionList(*options, markup=False)
        yield VerticalScroll(id="detail", can_focus=False)

    async def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        detail = self.query_one("#detail", VerticalScroll)
        async with detail.batch():
            await detail.remove_children()
            await detail.mount_all(self._detail(int(event.option_id or 0)))
        detail.scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        for quote in self.query(Quote):
            quote.focus()
            return

    def action_to_list(self) -> None:
        self.query_one(OptionList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "to_list" or isinstance(self.screen.focused, Quote)
