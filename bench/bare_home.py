"""A bare Textual app with the widgets of the home screen: what `bench.startup` compares with."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, ListItem, ListView, Static


class BareHome(App[None]):
    """Nothing but widgets."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit"), ("r", "quit", "Resume"), ("1", "quit", "Person")]

    def compose(self) -> ComposeResult:
        yield Static("interviewer")
        with Horizontal():
            yield ListView(*(ListItem(Static(f"Person {number}\nrole\ntagline")) for number in range(6)))
            with VerticalScroll():
                yield Static("About")
        yield Footer()


if __name__ == "__main__":
    BareHome().run()
