"""What plain mode tells the candidate: what is said, what the service makes them wait for, what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from interviewer.interview.moves import legal_controls
from interviewer.interview.state import State
from interviewer.text import one_line, sanitise
from interviewer.transcript.events import Event, Feedback, Notice, Turn

if TYPE_CHECKING:
    from interviewer.providers.waits import Wait

_OF_A_TURN = frozenset({"offline-turn", "turn-cut"})
"""Notices that may come with every turn."""

_FIGURE = re.compile(r"\d[\d.,]*")


class Once:
    """Which events are worth telling: the same trouble with the turns only the first time."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def worth(self, event: Event) -> bool:
        """Whether to tell of this event, coming after those that were asked about before."""
        if isinstance(event, Notice) and event.kind in _OF_A_TURN:
            trouble = _FIGURE.sub("#", event.text)
            known = trouble in self._told
            self._told.add(trouble)
            return not known
        return True


def show(state: State, event: Event, out: TextIO) -> None:
    """What the candidate should see of an event, once it is on the medium."""
    if isinstance(event, Turn):
        person = state.persona.person(event.move.speaker)
        print(f"\n{person.name} ({person.role}):\n{sanitise(event.text)}\n", file=out, flush=True)
    elif isinstance(event, Feedback):
        showed = [f"  + {text}" for text in event.showed] or ["  + nothing new that could be heard"]
        missed = ["A strong answer also:"] if event.missed else []
        missed += [f"  - {text}" for text in event.missed]
        better = [f"  One better sentence: {event.better}"] if event.better else []
        choice = "/continue or /retry" if "retry" in legal_controls(state) else "/continue"
        lines = ["Coach (rule-based hints):", *showed, *missed, *better, f"  {choice}"]
        print(sanitise("\n".join(lines)), file=out, flush=True)
    elif isinstance(event, Notice):
        more = " If it goes on, it is not said again." if event.kind in _OF_A_TURN else ""
        print(sanitise(event.text) + more, file=out, flush=True)


def show_where(state: State, out: TextIO) -> None:
    """In an interview that is taken up again: what was asked last, and what was typed and not sent."""
    if state.last is not None and state.floor in {"candidate", "feedback"}:
        show(state, state.last, out)
    if state.floor == "feedback":
        print("Your answer is in. /continue or /retry", file=out, flush=True)
    if state.draft:
        print(f"Your unsent draft was kept:\n{state.draft}\n", file=out, flush=True)


def of_wait(wait: Wait, seconds: float) -> str:
    """Why it takes so long, and what one may do."""
    return f"{one_line(wait.reason)} Trying again in {seconds:.0f} s; Ctrl-C goes on without waiting."


def holds_up(wait: Wait | None, state: State) -> bool:
    """Whether the candidate waits for this: grades come in the background as long as the interview goes on."""
    return wait is not None and (wait.purpose != "grade" or state.closed)


def ungraded(state: State) -> Iterator[str]:
    """Which answers have no grade because grading failed, why, and how they get one."""
    failed = [grade for grade in state.grades if grade.status == "failed"]
    answers = len({grade.thread for grade in failed})
    if not answers:
        return
    yield "One answer could not be graded." if answers == 1 else f"{answers} answers could not be graded."
    yield from {_FIGURE.sub("#", grade.note): f"  {one_line(grade.note)}" for grade in failed if grade.note}.values()
    yield f"When that is mended: interviewer resume {state.header.id} --plain"
