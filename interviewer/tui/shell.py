"""The application without its screens: faults that end nothing, what is told, colours, commands, sizes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.screen import Screen

from interviewer.settings import Settings
from interviewer.tui.failures import write_report
from interviewer.tui.leaving import is_open, runs_left
from interviewer.tui.plain_text import PlainText
from interviewer.tui.themes import DARK, LIGHT, THEMES
from interviewer.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from textual.actions import ActionParseResult


class Shell(App[None]):
    """What holds whichever screen is open. Which one that is, is for the application to say.

    Args:
        settings: what is in force.
    """

    TITLE = "interviewer"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", tooltip="What this screen is for, and all its keys", priority=True),
        Binding("ctrl+q", "quit", "Quit", tooltip="Leave; everything is saved", show=False, priority=True),
    ]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._plain = PlainText()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        if self.settings.theme in self.available_themes:
            self.theme = self.settings.theme
        else:
            known = ", ".join(sorted(self.available_themes))
            self.say(f"There is no theme {self.settings.theme}. There are: {known}.", "warning")
        self.screen_change_signal.subscribe(self, self._fit)
        self.open_first()

    def open_first(self) -> None:
        """Opens what is to be there from the start, above the default screen."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._plain]

    # ---- Keys and faults of screens that were left -----------------------------------------------------

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Does what a key stands for, unless its screen was left meanwhile or is not there yet."""
        stack = self.screen_stack
        there = all(screen.is_mounted for screen in stack[-1:])
        if not there or (default_namespace is not None and not is_open(default_namespace, stack)):
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of a screen that was left is kept for a report and stops nothing else."""
        if runs_left(self.screen_stack):
            write_report(error)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Ends with a sentence instead of a traceback; the details go to a file, without locals."""
        error = sys.exc_info()[1] or self._exception
        report = write_report(error) if error is not None else None
        lines = ["interviewer had to stop because of a fault of its own."]
        lines.append("Every answer given so far is saved: start again and resume the interview.")
        if report:
            lines.append(f"Please report it with the details in {report}")
        self._exit_renderables.append(Text("\n".join(lines)))
        self._close_messages_no_wait()

    # ---- Messages to the user --------------------------------------------------------------------------

    def say(self, text: str, severity: str = "information") -> None:
        """Shows a sentence for a while. `text` is shown as it is."""
        match severity:
            case "error":
                self.notify(text, severity="error", markup=False, timeout=12)
            case "warning":
                self.notify(text, severity="warning", markup=False, timeout=8)
            case _:
                self.notify(text, markup=False)

    # ---- Commands --------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Shows what the screen is for and its keys, over it; or takes that away again."""
        from interviewer.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_dark_or_light(self) -> None:
        """Changes between the product's dark and light colours."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the keys of the screen do right now, then what is possible anywhere."""
        seen = {"help", "quit", "app.quit", "command_palette", "number(1)"}
        for active in screen.active_bindings.values():
            action, binding = active.binding.action, active.binding
            if not binding.show or binding.system or not active.enabled or action in seen:
                continue
            seen.add(action)
            about = f"{binding.tooltip or binding.description} ({self.get_key_display(binding)})"
            run = partial(self.call_later, self.run_action, action, active.node)
            yield SystemCommand(binding.description, about, run)
        yield SystemCommand("Help and keys", "What this screen is for, and its keys (F1)", self.action_help)
        yield SystemCommand("Dark or light", "Change between dark and light colours", self.action_dark_or_light)
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)
        yield SystemCommand("Screenshot", "Save this screen as a picture (SVG)", self._picture)
        yield SystemCommand("Quit", "Leave; everything is saved (Ctrl+Q)", self.action_quit)

    def _picture(self) -> None:
        self.set_timer(0.2, self.deliver_screenshot)

    # ---- Size ------------------------------------------------------------------------------------------

    def on_resize(self, _: events.Resize) -> None:
        self._fit(self.screen)

    def _fit(self, screen: Screen[object]) -> None:
        self.call_later(self._cover_or_not, screen)

    def _cover_or_not(self, screen: Screen[object]) -> None:
        if not screen.is_attached:
            return
        notices = screen.query(TooSmall)
        if TooSmall.covers(self.size):
            if not notices:
                screen.mount(TooSmall())
        else:
            notices.remove()
