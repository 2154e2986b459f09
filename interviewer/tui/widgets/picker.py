"""Choices on one line, changed with the arrow keys or the mouse: one of a few words, or a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from interviewer.tui.wording import QUIET


class Picker(Widget, can_focus=True):
    """One of a few words, all of them in view.

    Args:
        options: what is chosen and how it is shown.
        value: what is chosen at first.
    """

    DEFAULT_CSS = """
    Picker { height: 1; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Change", key_display="← →", tooltip="Choose another"),
        Binding("right,l,space", "step(1)", "Next choice", show=False),
        Binding("home", "edge(0)", "First choice", show=False),
        Binding("end", "edge(-1)", "Last choice", show=False),
        Binding("enter", "app.focus_next", "Next", show=False),
    ]

    value: reactive[str] = reactive("", init=False)

    @dataclass
    class Changed(Message):
        """Something else was chosen."""

        picker: Picker
        value: str

        @property
        def control(self) -> Picker:
            return self.picker

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = tuple(options)
        self.set_reactive(Picker.value, value)

    def render(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for value, label in self._options:
            if value == self.value:
                parts.append((f"● {label}", "bold $primary" if self.has_focus else "bold"))
            else:
                parts.append((f"○ {label}", QUIET))
            parts.append("   ")
        return Content.assemble(*parts)

    def watch_value(self, value: str) -> None:
        self.post_message(self.Changed(self, value))

    def _index(self) -> int:
        return next((index for index, (value, _) in enumerate(self._options) if value == self.value), 0)

    def action_step(self, by: int) -> None:
        """Chooses another one; after the last comes the first."""
        self.value = self._options[(self._index() + by) % len(self._options)][0]

    def action_edge(self, index: int) -> None:
        """Chooses the first or the last one."""
        self.value = self._options[index][0]

    def on_click(self, event: events.Click) -> None:
        column = event.x
        for value, label in self._options:
            column -= Content(label).cell_length + 5
            if column < 0:
                self.value = value
                return


class Stepper(Widget, can_focus=True):
    """A whole number between two others.

    Args:
        value: what it is at first.
        least: the lowest that can be chosen.
        most: the highest that can be chosen.
        unit: what is counted.
    """

    DEFAULT_CSS = """
    Stepper { height: 1; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-5)", "Change", key_display="← →", tooltip="Five less, five more"),
        Binding("right,l", "step(5)", "Five more", show=False),
        Binding("minus", "step(-1)", "By one", key_display="- +", tooltip="One less, one more"),
        Binding("plus,equals_sign", "step(1)", "One more", show=False),
        Binding("home", "edge('least')", "Lowest", show=False),
        Binding("end", "edge('most')", "Highest", show=False),
        Binding("enter", "app.focus_next", "Next", show=False),
    ]

    value: reactive[int] = reactive(0, init=False)

    @dataclass
    class Changed(Message):
        """Another number was chosen."""

        stepper: Stepper
        value: int

        @property
        def control(self) -> Stepper:
            return self.stepper

    def __init__(self, value: int, least: int, most: int, unit: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._least, self._most, self._unit = least, most, unit
        self.set_reactive(Stepper.value, min(max(value, least), most))

    def render(self) -> Content:
        strong = "bold $primary" if self.has_focus else "bold"
        if self._least == self._most:
            return Content.assemble((f"{self.value} {self._unit}", strong))
        return Content.assemble(
            ("◂ ", QUIET if self.value == self._least else strong),
            (f"{self.value} {self._unit}", strong),
            (" ▸", QUIET if self.value == self._most else strong),
            (f"   {self._least} to {self._most}", QUIET),
        )

    def validate_value(self, value: int) -> int:
        return min(max(value, self._least), self._most)

    def watch_value(self, value: int) -> None:
        self.post_message(self.Changed(self, value))

    def set_range(self, value: int, least: int, most: int) -> None:
        """Sets what can be chosen, and chooses `value` or what is nearest to it."""
        self._least, self._most = least, most
        self.value = value
        self.refresh()

    def action_step(self, by: int) -> None:
        """Goes up or down; steps of five land on multiples of five."""
        if abs(by) == 5:
            down = self.value - self.value % 5
            self.value = down + 5 if by > 0 else (down if down < self.value else down - 5)
        else:
            self.value += by

    def action_edge(self, edge: str) -> None:
        """Goes to the lowest or the highest."""
        self.value = self._least if edge == "least" else self._most

    def on_click(self, event: events.Click) -> None:
        width = len(f"◂ {self.value} {self._unit}")
        if event.x <= 1:
            self.action_step(-5)
        elif event.x >= width and event.x <= width + 2:
            self.action_step(5)
