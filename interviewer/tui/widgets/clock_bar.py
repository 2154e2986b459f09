"""One line at the top: which part of the interview this is, and the time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from interviewer.cost import Cost
from interviewer.interview.conductor import Conductor
from interviewer.interview.moves import segment_seconds_left
from interviewer.text import clock_time

LAST_MINUTES = 180
"""Seconds before the end from which the time left is pointed out."""


def part_of(conductor: Conductor) -> str:
    """Which part of the interview this is, in words."""
    state = conductor.state
    if state.closed:
        return "The interview is over"
    return f"Part {state.segment + 1} of {len(state.plan.segments)}: {state.planned.segment.title}"


def time_of(conductor: Conductor) -> str:
    """Time gone, time left, and time left in this part, in words."""
    state, now = conductor.state, conductor.clock.elapsed()
    if state.closed:
        return f"{clock_time(now)} in all"
    left = conductor.seconds_left()
    if state.paused:
        return f"\u2016 paused at {clock_time(now)} \u00b7 {clock_time(left)} left"
    if left <= 0:
        return f"{clock_time(now)} \u00b7 time is up"
    return f"{clock_time(now)} \u00b7 {clock_time(left)} left"


def segment_time_of(conductor: Conductor) -> str:
    """Roughly how long this part still has."""
    state = conductor.state
    if state.closed:
        return ""
    left = segment_seconds_left(state, conductor.clock.elapsed())
    if left <= 0:
        return "this part is over time"
    return f"this part: {clock_time(left) if left < 60 else f'{round(left / 60)} min'} left"


def cost_of(cost: Cost) -> str:
    """What the interview has cost so far, to the cent."""
    if not cost.dollars and cost.unpriced:
        return f"{(cost.sent + cost.received) / 1000:.0f}k tokens"
    return f"${cost.dollars:.2f}{'+' if cost.unpriced else ''}"


class ClockBar(Horizontal):
    """Part and clock. `show` is called every second, and redraws only what changed."""

    DEFAULT_CSS = """
    ClockBar {
        height: 1; background: $panel; padding: 0 1;
        #part { width: 1fr; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        #time { width: auto; padding: 0 0 0 2; }
        #time.late { text-style: bold; color: $text-warning; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        yield Static("", id="part", markup=False)
        yield Static("", id="time", markup=False)

    def show(self, conductor: Conductor) -> None:
        """Shows where the interview stands now."""
        part, time = part_of(conductor), time_of(conductor)
        if self.app.size.width >= 72 and (segment := segment_time_of(conductor)):
            time = f"{segment}  \u2502  {time}"
        if conductor.state.cost.calls:
            time = f"{cost_of(conductor.state.cost)}  \u2502  {time}"
        if (part, time) == self._shown:
            return
        before, self._shown = self._shown, (part, time)
        self.query_one("#part", Static).update(Content(part), layout=False)
        clock = self.query_one("#time", Static)
        clock.update(Content(time), layout=len(time) != len(before[1]))
        clock.set_class(not conductor.state.closed and conductor.seconds_left() < LAST_MINUTES, "late")
