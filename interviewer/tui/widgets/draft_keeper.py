"""Saves what stands in the answer box while it is being written, and puts it back."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.timer import Timer

from interviewer.interview.conductor import Conductor
from interviewer.interview.state import State
from interviewer.transcript.events import Branched
from interviewer.transcript.store import TranscriptError
from interviewer.tui.widgets.answer_box import AnswerBox

SECONDS_OF_QUIET = 2.0
"""The draft is saved when nothing was written for this long."""

LONGEST_UNSAVED = 10.0
"""Seconds after which the draft is saved even while somebody goes on writing."""


class DraftKeeper:
    """Keeps the draft of one interview; says beside the word count whether it is saved.

    Args:
        box: where it is written.
        conductor: where it is kept.
        later: calls something after so many seconds.
    """

    def __init__(
        self, box: AnswerBox, conductor: Conductor, later: Callable[[float, Callable[[], None]], Timer]
    ) -> None:
        self._box = box
        self._conductor = conductor
        self._later = later
        self._timer: Timer | None = None
        self._since: float | None = None

    def restore(self) -> None:
        """Puts back what was being written when the interview was left."""
        state = self._conductor.state
        if state.draft and not _begins_anew(state):
            self._box.load_text(state.draft)
            self._box.move_cursor(self._box.document.end)
            self._box.remark = "draft restored"

    def changed(self) -> None:
        """Something was written: saves it soon."""
        now = monotonic()
        self._since = self._since or now
        if self._timer is not None:
            self._timer.stop()
        wait = min(SECONDS_OF_QUIET, max(0.0, self._since + LONGEST_UNSAVED - now))
        self._timer = self._later(wait, self.save)

    def save(self) -> None:
        """Saves it now. A failure is said and never raised: the text is still in the box."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._since = None
        if self._conductor.state.closed:
            return
        text = self._box.text
        try:
            self._conductor.save_draft(text)
        except (TranscriptError, ValueError):  # ValueError: the transcript is closed already
            self._box.remark = "the draft could not be saved"
        else:
            self._box.remark = "draft saved" if text else ""


def _begins_anew(state: State) -> bool:
    """Whether this is a branch in which nothing was said yet: what was being written then was another answer."""
    origin = state.header.origin
    return isinstance(origin, Branched) and state.seq < origin.answer
