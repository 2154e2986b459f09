"""What is to be chosen when there is nothing to answer: after feedback, after a failure, after the last word."""

from __future__ import annotations

from interviewer.interview.moves import legal_controls
from interviewer.interview.state import State
from interviewer.tui.widgets.choice_bar import Choice

AGAIN: Choice = ("again", "Try again (Ctrl+R)")
BACK: Choice = ("leave", "Back (Esc)")


def choices(state: State, problem: str, ungraded: int) -> tuple[str, tuple[Choice, ...]] | None:
    """A sentence and what can be chosen, or None when it is a time to write.

    Args:
        state: where the interview stands.
        problem: what went wrong and is not being tried again.
        ungraded: answers that are still being graded.
    """
    if state.closed:
        return _at_the_end(state, problem, ungraded)
    if state.floor == "feedback":
        offered: list[Choice] = [("continue", "Go on (Enter)")]
        if "retry" in legal_controls(state):
            offered.append(("again", "Answer again (Ctrl+R)"))
            return "Read the feedback above. Go on, or answer once more?", tuple(offered)
        return "Read the feedback above, then go on.", tuple(offered)
    if problem and state.floor != "candidate":
        return f"{problem} Nothing that was said is lost.", (AGAIN,)
    return None


def _at_the_end(state: State, problem: str, ungraded: int) -> tuple[str, tuple[Choice, ...]]:
    if state.scorecard is not None:
        return "The interview is over and graded.", (("scorecard", "See the scorecard (Enter)"),)
    if problem:
        return problem, (AGAIN, ("leave", "Leave it for later (Esc)"))
    left = f" {ungraded} of your answers {'is' if ungraded == 1 else 'are'} still being graded." if ungraded else ""
    return f"The interview is over. Your scorecard is being made.{left}", ()
