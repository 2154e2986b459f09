"""The people, the parts and the criteria on a page of their own, for terminals without room for a side column."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Footer

from interviewer.interview.state import State
from interviewer.tui.widgets.overview import Overview


class OverviewScreen(ModalScreen[None]):
    """The side column of the interview, on request."""

    CSS_PATH = "overview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f3,q,enter", "dismiss(None)", "Back"),
    ]

    def __init__(self, state: State, speaker: str) -> None:
        super().__init__()
        self._state, self._speaker = state, speaker

    def compose(self) -> ComposeResult:
        overview = Overview(can_focus=True)
        overview.border_title = "The interview at a glance"
        yield overview
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Overview).show(self._state, self._speaker)
