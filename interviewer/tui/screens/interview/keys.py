"""What the keys of the interview do, and when each of them is possible."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

from interviewer.interview.moves import legal_controls
from interviewer.interview.state import State
from interviewer.tui.widgets.answer_box import SEND_KEYS

HELP: Final = """
    ## Interview

    Write your answer and send it with `Ctrl+S`. `Enter` makes a new line.

    - `Ctrl+T` asks for a hint, `Ctrl+N` passes on the question
    - When it is your turn to ask, `Ctrl+N` says that you have no more questions
    - `Ctrl+L` pauses: the clock stops and the question is hidden
    - `Ctrl+G` ends the interview and goes to the scorecard
    - `Esc` leaves it unfinished, to be picked up later
    - `Ctrl+O` opens your own editor, `F3` shows people and parts, and what was shown so far if you are coached
    - `Ctrl+B`, while a model service makes you wait, goes on without it; what was not graded can be graded later
    - `Ctrl+Up` and `Ctrl+Down` scroll the conversation, `Tab` moves into it
    """

BINDINGS: Final[list[BindingType]] = [
    Binding(",".join(SEND_KEYS), "send", "Send", tooltip="Send the answer"),
    Binding("ctrl+o,f4", "editor", "Editor", tooltip="Write in your own editor"),
    Binding("ctrl+r", "again", "Again", tooltip="Answer again, or try again what failed"),
    Binding("ctrl+t,f5", "steer('hint')", "Hint", tooltip="Ask for a hint"),
    Binding("ctrl+n,f9", "steer('skip')", "Skip", tooltip="Pass on this question"),
    Binding("ctrl+n,f9", "no_more", "Done asking", tooltip="You have no more questions for them"),
    Binding("ctrl+l,f8", "pause", "Pause", tooltip="Pause: stop the clock and hide the question"),
    Binding("ctrl+g,f10", "end", "End", tooltip="End the interview and see the scorecard"),
    Binding("escape,q", "leave", "Leave", tooltip="Leave the interview unfinished"),
    Binding("ctrl+b", "do_without", "Go on", tooltip="Do not wait for the model service", priority=True),
    Binding("f3", "overview", "Overview", tooltip="Show people and parts, and levels so far in coach mode"),
    Binding("ctrl+up", "scroll(-3)", "Scroll up", show=False, tooltip="Scroll the conversation up"),
    Binding("ctrl+down", "scroll(3)", "Scroll down", show=False, tooltip="Scroll the conversation down"),
]

ASK_LEAVE: Final = (
    "It stays unfinished, with your draft and the time on the clock. Pick it up again from the first page whenever "
    "you like."
)
ASK_END: Final = "They say goodbye, and you get a scorecard on what was said so far. This cannot be taken back."


def asks(state: State) -> bool:
    """Whether it is the candidate who asks now."""
    return state.planned.segment.purpose == "candidate-questions" and state.invited


def what_follows(state: State) -> str:
    """What happens once the candidate has no more questions."""
    rest = [planned.segment for planned in state.plan.segments[state.segment + 1 :]]
    if not rest or rest[0].purpose == "closing":
        return "They say goodbye, and the interview is over. You cannot ask anything afterwards."
    return f"They go on to: {rest[0].title}. You cannot come back to your questions."


def possible(
    action: str, parameters: tuple[object, ...], state: State | None, writing: bool, failed: bool
) -> bool | None:
    """Whether an action is possible (True), not at this moment (None) or not in this situation (False).

    Args:
        action: the name of the action.
        parameters: what it is called with.
        state: where the interview stands; None before it is open.
        writing: whether the answer box is there.
        failed: whether something went wrong that can be tried again.
    """
    if state is None:
        return failed if action == "leave" else action not in _NEED_AN_INTERVIEW
    allowed = legal_controls(state)
    talking = writing and not state.closed and state.floor != "feedback"
    match action:
        case "send":
            return (state.floor == "candidate" or None) if talking else False
        case "steer" if parameters and parameters[0] in {"hint", "skip"}:
            if asks(state):
                return False
            return (parameters[0] in allowed or None) if talking and not state.ending else False
        case "no_more":
            return ("skip" in allowed or None) if talking and not state.ending and asks(state) else False
        case "steer":
            return bool(parameters) and parameters[0] in allowed
        case "pause" | "end":
            return action in allowed
        case "again":
            return "retry" in allowed or failed
        case "editor":
            return talking
        case _:
            return True


_NEED_AN_INTERVIEW: Final = frozenset({"send", "steer", "no_more", "pause", "end", "again", "editor", "overview"})
