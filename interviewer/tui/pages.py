"""Screens of several pages, of which one is in sight."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ScreenResultType
from textual.widgets import OptionList, TabbedContent, TabPane

from interviewer.tui.leaving import OnceScreen


def page_keys(tooltip: str = "The page before, the next page") -> tuple[Binding, Binding]:
    """The keys that turn the pages of a `PagedScreen`."""
    back = Binding("left", "page(-1)", "Page", key_display="\u2190\u2192", tooltip=tooltip, priority=True)
    return back, Binding("right", "page(1)", "Next page", show=False, priority=True)


class PagedScreen(OnceScreen[ScreenResultType]):
    """Its pages are the panes of the `TabbedContent` with the id `pages`."""

    @property
    def _tabs(self) -> TabbedContent:
        return self.query_one("#pages", TabbedContent)

    def _page_names(self) -> list[str]:
        """The pages that can be opened, from left to right."""
        return [pane.id for pane in self.query(TabPane) if pane.id]

    def _open(self, name: str) -> None:
        self._tabs.active = name
        self.action_into()
        self.refresh_bindings()

    def action_page(self, step: int) -> None:
        """Goes so many pages on, or back, and around."""
        names = self._page_names()
        self._open(names[(names.index(self._tabs.active) + step) % len(names)])

    def action_open(self, number: int) -> None:
        """Goes to the page with this number, the first being 1."""
        names = self._page_names()
        if number <= len(names):
            self._open(names[number - 1])

    def action_into(self) -> None:
        """Moves the focus to what the page has to choose from or to scroll."""
        pane = self._tabs.active_pane
        if pane is not None:
            for widget in [*pane.query(OptionList), *pane.query(VerticalScroll)]:
                if widget.focusable:
                    widget.focus()
                    return
