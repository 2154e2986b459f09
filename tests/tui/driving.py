"""What every test of a screen needs: the application without its home screen, and patience."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual.pilot import Pilot
from textual.screen import Screen

from interviewer import tui
from interviewer.tui.app import InterviewerApp


class Bare(InterviewerApp):
    """The application with nothing below what a test opens."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(tui.__file__).with_name("app.tcss")]

    def get_default_screen(self) -> Screen[None]:
        return Screen()


async def until(pilot: Pilot[Any], reached: Callable[[], object], seconds: float = 20) -> None:
    """Waits until something has come about, such as what is done in the background."""
    for _ in range(round(seconds / 0.02)):
        if reached():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come about")
