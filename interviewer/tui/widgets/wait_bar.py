"""One line that is there while a model service makes the interview wait: why, how long, and what one may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.providers.waits import Wait, Waits

WHAT = {
    "turn": "the interviewer speaks",
    "grade": "an answer is graded",
    "review": "the scorecard is written",
}
"""Purpose of a wait -> what happens next if it succeeds."""

INSTEAD = {
    "turn": "Ctrl+B: let the offline engine speak",
    "grade": "Ctrl+B: leave it ungraded for now",
    "review": "Ctrl+B: do without",
}


def said_of(wait: Wait, seconds: float) -> str:
    """What stands in the line."""
    reason = one_line(wait.reason).removesuffix(".")
    return f"Again in {seconds:.0f} s, then {WHAT[wait.purpose]}. {INSTEAD[wait.purpose]}. {reason}."


class WaitBar(Static):
    """Counts down while something waits; takes no room otherwise."""

    DEFAULT_CSS = """
    WaitBar {
        height: auto; max-height: 3; margin: 0 1; padding: 0 1; display: none;
        color: $text-warning; background: $warning-muted;
    }
    """

    def __init__(self, waits: Waits | None) -> None:
        super().__init__("", markup=False)
        self._waits = waits

    def on_mount(self) -> None:
        self._timer = self.set_interval(0.5, self._show, pause=True)
        if self._waits is not None:
            self._waits.listener = self._changed

    def on_unmount(self) -> None:
        if self._waits is not None:
            self._waits.listener = None

    @property
    def waiting(self) -> bool:
        """Whether there is a wait that can be ended."""
        return self._waits is not None and self._waits.current is not None

    def give_up(self) -> None:
        """Ends the waits that are under way."""
        if self._waits is not None:
            self._waits.give_up()

    def _changed(self) -> None:
        self.call_later(self._show)

    def _show(self) -> None:
        wait = self._waits.current if self._waits is not None else None
        if (wait is not None) != self.display:
            self.display = wait is not None
            self.screen.refresh_bindings()
        if wait is None or self._waits is None:
            self._timer.pause()
            return
        self._timer.resume()
        self.update(Content(said_of(wait, self._waits.seconds_left())))
