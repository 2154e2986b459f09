"""What the screen of a batch is for, its keys, and when each of them does something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from textual.binding import Binding, BindingType

Phase = Literal["opening", "broken", "ready", "running", "stopping", "writing", "resting"]
"""opening: the source is read. broken: it cannot be graded. ready: the plan waits to be agreed to. stopping: what is
under way is finished. writing: files are written. resting: nothing is done; there may be something left to do."""

BUSY: Final = frozenset({"running", "stopping", "writing"})

HELP: Final = """\
## Grading

First the plan: what was recognised in the source, how many answers there are, what it will cost and how long it will
take. Nothing is sent or spent before you begin with `Enter`.

Then the table, a row for each row of the source, as it is right now. `Enter` opens an answer with what its grade rests
on. `s` sorts, `f` shows only rows of one kind, failures by their reason among them, `/` finds words.

`p` pauses and goes on, `x` stops; what is under way is finished and recorded. `c` changes what it may cost, for calls
that begin from then on. `t` tries again what failed. Leaving is always safe: every grade counts once it is recorded,
and the same source and folder go on where they were.
"""

BINDINGS: Final[list[BindingType]] = [
    Binding("enter", "begin", "Begin", tooltip="Carry the plan out"),
    Binding("g", "go_on", "Grade", tooltip="Grade what is left"),
    Binding("p", "pause", "Pause", tooltip="Begin nothing more until you go on; what is under way is finished"),
    Binding("p", "resume", "Go on", tooltip="Go on after the pause"),
    Binding("x", "stop", "Stop", tooltip="Finish what is under way, write the grades and end the run"),
    Binding("t", "retry", "Try again", tooltip="Grade once more what failed"),
    Binding("c", "cap", "Limit", tooltip="Change what it may cost in all"),
    Binding("s", "sort", "Sort", tooltip="Sort by row, overall grade or status"),
    Binding("o", "turn", "Turn", show=False, tooltip="Sort the other way round"),
    Binding("f", "only", "Only", tooltip="Show only rows of one kind, such as those that failed, and why"),
    Binding("slash", "search", "Find", key_display="/", tooltip="Show only rows with the words you type"),
    Binding("v", "plan", "Plan", show=False, tooltip="See what was recognised and planned"),
    Binding("v", "table", "Table", tooltip="Back to the rows"),
    Binding("down", "to_table", show=False),
    Binding("escape", "back", "Back", tooltip="Show all rows again, or leave; what is recorded is kept"),
]


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which keys do something."""

    phase: Phase
    on_table: bool
    """The rows are in sight, not the plan."""
    opened: bool = False
    typing: bool = False
    """Words to search for are being typed."""
    grading: bool = False
    """A run is on: processes are there, and calls can begin."""
    paused: bool = False
    to_do: int = 0
    """Answers that a run would grade."""
    failed: int = 0
    metered: bool = False
    """Calls cost something."""


def offered(action: str, now: Situation) -> bool:
    """Whether an action does something in this situation."""
    match action:
        case "begin":
            return now.phase == "ready"
        case "go_on":
            return now.phase == "resting" and now.to_do > 0
        case "retry":
            return now.phase == "resting" and now.failed > 0
        case "stop":
            return now.phase == "running" and now.grading
        case "pause" | "resume":
            return now.phase == "running" and now.grading and now.paused == (action == "resume")
        case "cap":
            return now.opened and now.metered
        case "sort" | "turn" | "only" | "search":
            return now.opened and now.on_table
        case "plan":
            return now.on_table
        case "table":
            return now.opened and not now.on_table
        case "to_table":
            return now.typing
        case _:
            return True
