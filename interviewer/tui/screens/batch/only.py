"""Chooses which rows of a batch are shown: all, those with one status, or those that failed in one way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewer.batch.ledger.browsing import FAILED, Tally
from interviewer.text import one_line
from interviewer.tui.leaving import OnceModal
from interviewer.tui.widgets.batch.rows import status_name, status_tone
from interviewer.tui.wording import QUIET

Only = tuple[str | None, str | None]
"""A status, or a kind of failure; neither for all rows."""

LONGEST = 160
"""Characters shown of what a failure said."""


class BatchOnlyScreen(OnceModal[Only | None]):
    """Gives back what is to be shown; None if it stays as it is.

    Args:
        tally: how many rows there are of each kind.
        now: what is shown now.
    """

    CSS_PATH = "only.tcss"
    AUTO_FOCUS = "OptionList"
    HELP = "`Up` and `Down` choose, `Enter` takes it, `Esc` leaves it as it was."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f", "leave", "Leave as it was", priority=True)]

    def __init__(self, tally: Tally, now: Only) -> None:
        super().__init__()
        self._choices = list(choices(tally))
        self._now = now

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("Show only", id="title")
            yield OptionList(*(Option(content) for _, content in self._choices), markup=False)
            keys = Content.assemble(("Enter", "bold"), " shows them   ", ("Esc", "bold"), " leaves it as it was")
            yield Static(keys, id="keys")

    def on_mount(self) -> None:
        found = [index for index, (only, _) in enumerate(self._choices) if only == self._now]
        self.query_one(OptionList).highlighted = found[0] if found else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """Gives nothing back."""
        self.dismiss(None)


def choices(tally: Tally) -> Iterator[tuple[Only, Content]]:
    """What can be shown, with how many rows that is; below those that failed, why, with what one of them said."""
    yield (None, None), _choice(sum(tally.statuses.values()), "All rows", "")
    for status, number in sorted(tally.statuses.items(), key=lambda one: (one[0] != FAILED, -one[1], one[0])):
        yield (status, None), _choice(number, status_name(status).capitalize(), status_tone(status))
        if status == FAILED:
            for kind, (count, problem) in sorted(tally.failures.items(), key=lambda one: (-one[1][0], one[0])):
                yield (None, kind), _choice(count, f"  {status_name(kind)}", "", one_line(problem))


def _choice(number: int, name: str, style: str, more: str = "") -> Content:
    told = more if len(more) <= LONGEST else f"{more[: LONGEST - 1]}…"
    return Content.assemble((f"{number:>9,}", "bold"), "  ", (name, style), (f"  {told}" if told else "", QUIET))
