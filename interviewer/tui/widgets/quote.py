"""The candidate's own words, which lead to the moment they were said."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from interviewer.scorecard import Evidence


class Quote(Static, can_focus=True):
    """One cited sentence. Enter, j or a click goes to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,j", "go", "To that moment", tooltip="See the sentence where it was said"),
    ]

    DEFAULT_CSS = """
    Quote {
        height: auto; margin: 0 0 1 0; padding: 0 1; border-left: outer $foreground 25%;
        &:hover { background: $boost; }
        &:focus { border-left: outer $primary; background: $boost; text-style: bold; }
    }
    """

    class Followed(Message):
        """The user wants to see where this was said."""

        def __init__(self, evidence: Evidence) -> None:
            super().__init__()
            self.evidence = evidence

    def __init__(self, evidence: Evidence, where: str) -> None:
        self.evidence = evidence
        content = Content.assemble(f"\u201c{evidence.quote}\u201d", (f"  {where}", "$foreground 70%"))
        super().__init__(content, markup=False)

    def action_go(self) -> None:
        self.post_message(self.Followed(self.evidence))

    def on_click(self) -> None:
        self.action_go()
