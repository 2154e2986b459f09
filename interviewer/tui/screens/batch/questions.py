"""What the screen of a batch asks: what it may cost, and whether one really wants to leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from interviewer.cost import money
from interviewer.settings import MOST_DOLLARS
from interviewer.tui.screens.ask import AskScreen
from interviewer.tui.screens.batch.keys import Phase
from interviewer.tui.screens.batch.words import cap_of
from interviewer.tui.screens.batch.work import Work
from interviewer.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp


def ask_cap(app: InterviewerApp, sitting: Work, changed: Callable[[], None]) -> None:
    """Asks what a batch may cost, and has it kept from then on."""

    def check(text: str) -> str | None:
        try:
            cap_of(text)
        except ValueError:
            return f"An amount from 0 to {MOST_DOLLARS}, such as 2.50; nothing at all for no limit."
        return None

    def done(text: str | None) -> None:
        if text is None:
            return
        cap = cap_of(text)
        sitting.batch.allow(cap)
        told = "There is no limit now." if cap is None else f"It may cost {money(cap)} in all."
        app.say(f"{told} That holds for calls that begin from now on.")
        changed()

    spent = money(sitting.standing.total)
    hint = f"US dollars for this folder in all, earlier runs included; empty for no limit. {spent} is spent so far."
    now = "" if sitting.cap is None else f"{sitting.cap:f}"
    app.push_screen(AskScreen("What may it cost?", hint, now, check=check, longest=12), done)


def leaving_question(phase: Phase, *, again: bool) -> ConfirmScreen:
    """Asks before a batch that is busy is left.

    Args:
        phase: what it is doing.
        again: whether one has said that one wants to leave, and it is still finishing what is under way.
    """
    if phase == "writing":
        return ConfirmScreen(
            "Leave before the files are written?",
            "Every grade is recorded. The same source and folder write the files another time.",
            "Leave now",
            "Wait",
        )
    if again:
        return ConfirmScreen(
            "Leave without waiting?",
            "Calls that are under way are given up, and may have to be paid for again. Everything that has arrived is "
            "recorded.",
            "Leave now",
            "Wait",
        )
    return ConfirmScreen(
        "Stop grading?",
        "What is under way is finished, and the grades so far are written. The same source and folder go on where "
        "they were, and nothing that is recorded is paid for twice.",
        "Stop and leave",
        "Go on grading",
    )
