"""One interview on the screen, and what a candidate does there, for tests of the screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from interviewer.engines.choose import Engine
from interviewer.interview.conductor import Conductor, Update
from interviewer.settings import Settings
from interviewer.tui.screens.interview.screen import InterviewScreen
from interviewer.tui.widgets.answer_box import AnswerBox
from interviewer.tui.widgets.conversation import Conversation
from tests.tui.driving import Bare, until

Opener = Callable[[Callable[[Update], None]], Conductor]


class OneInterview(Bare):
    """The application with one interview open."""

    def __init__(self, folder: Path, opened: Opener, resumed: bool = False, engine: Engine | None = None) -> None:
        super().__init__(Settings(transcripts=folder, theme="interviewer-dark"))
        self.interview = InterviewScreen(opened, resumed, engine)

    def on_mount(self) -> None:
        self.push_screen(self.interview)

    @property
    def said(self) -> list[str]:
        return [message.text for message in self.interview.query_one(Conversation).messages]

    @property
    def box(self) -> AnswerBox:
        return self.interview.query_one(AnswerBox)


def floor(app: OneInterview) -> str:
    """Whose turn it is."""
    conductor = app.interview._conductor
    return conductor.state.floor if conductor else "opening"


async def my_turn(pilot: Pilot[None], app: OneInterview) -> None:
    """Waits until the candidate may answer."""
    await until(pilot, lambda: floor(app) == "candidate" and not app.interview._busy)


async def say(pilot: Pilot[None], app: OneInterview, text: str) -> None:
    """Sends an answer."""
    app.box.load_text(text)
    await pilot.press("ctrl+s")


def lines(app: OneInterview) -> list[Any]:
    """The rows of the screen."""
    return app.screen._compositor.render_strips()


def shown(app: OneInterview) -> str:
    """What the screen says, row by row."""
    return "\n".join(strip.text for strip in lines(app))
