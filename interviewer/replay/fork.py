"""Two interviews that share their beginning: what was answered where they part, and how it was graded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from interviewer.interview.state import State, fold
from interviewer.interview.thread import Said, Thread
from interviewer.replay.moves import RatingChange, largest_first, rating_changes
from interviewer.replay.recording import Recording
from interviewer.scorecard import Grade
from interviewer.transcript.events import Answer, Branched, Event, Turn
from interviewer.transcript.store import TranscriptError


class NotAFork(TranscriptError):
    """The two do not share a beginning that was asked and answered in."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One thing that was asked and what was answered to it."""

    asked: str
    answer: str
    event: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two from the moment on, as far as the same question was discussed."""

    recording: Recording
    title: str
    """`The original`, or which branch it is."""
    said: tuple[Exchanged, ...]
    """From the moment on; empty if nothing was answered yet."""
    grades: tuple[Grade, ...]
    """Of this question; empty if it was not graded yet."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Both sides of the moment."""

    moment: int
    """Sequence number of the first event that is not shared."""
    question: str | None
    """The main question under discussion; None outside of questions, where nothing is graded."""
    asked: str
    """What the interviewer said last before they part."""
    earlier: tuple[Exchanged, ...]
    """What was said to this question before, on both sides."""
    before: Side
    after: Side
    ratings: tuple[RatingChange, ...]
    """Every criterion of the question on both sides, in the order of the rubric."""

    @property
    def moved(self) -> tuple[RatingChange, ...]:
        """Those that both sides have and that are not the same, the largest move first."""
        return largest_first(self.ratings)


def fork(first: Recording, second: Recording) -> Fork:
    """Where two interviews part. A branch comes second, whichever is named first.

    Raises:
        NotAFork: they do not share a beginning.
    """
    if _is_branch_of(first, second):
        first, second = second, first
    shared = _shared(first.events, second.events)
    state = fold(first.header, shared)
    if first.header.id == second.header.id:
        raise NotAFork(f"{first.path} and {second.path} are the same interview.")
    if state.last is None:
        raise NotAFork(
            f"{first.header.id} and {second.header.id} do not begin in the same way, so neither is a branch of the "
            "other. Make a branch with: interviewer branch TRANSCRIPT --answer N"
        )
    moment = shared[-1].seq + 1
    direct = _is_branch_of(second, first)
    before = _side(first, "The original" if direct else "The first", state.thread, state.last, moment)
    after = _side(second, "The branch" if direct else "The second", state.thread, state.last, moment)
    people = {person.id: person.name for person in first.header.persona.people}
    return Fork(
        moment=moment,
        question=state.question(state.thread.question).text if state.thread else None,
        asked=state.last.text,
        earlier=_earlier(state, first.state),
        before=before,
        after=after,
        ratings=rating_changes((first.header.rubrics, before.grades), (second.header.rubrics, after.grades), people),
    )


def _is_branch_of(branch: Recording, parent: Recording) -> bool:
    origin = branch.header.origin
    return isinstance(origin, Branched) and origin.parent == parent.header.id


def _shared(first: Sequence[Event], second: Sequence[Event]) -> tuple[Event, ...]:
    """The events that both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return tuple(event for event, _ in pairs)


def _earlier(state: State, later: State) -> tuple[Exchanged, ...]:
    """What was said to the question before they part, and still counts: an answer given again does not."""
    if state.thread is None:
        return ()
    kept = {said.answer for said in _thread(later, state.thread).said}
    return tuple(_exchanged(said) for said in state.thread.said if said.answer in kept)


def _side(recording: Recording, title: str, thread: Thread | None, last: Turn, moment: int) -> Side:
    if thread is None:
        given = next((one for one in recording.events if isinstance(one, Answer) and one.seq >= moment), None)
        said = (Exchanged(last.text, given.text, given.seq),) if given else ()
        return Side(recording, title, said, ())
    state = recording.state
    return Side(
        recording,
        title,
        tuple(_exchanged(one) for one in _thread(state, thread).said if one.answer >= moment),
        tuple(grade for grade in state.grades if grade.thread == thread.turn),
    )


def _thread(state: State, thread: Thread) -> Thread:
    """The same question, as the interview left it."""
    return next(one for one in state.threads if one.turn == thread.turn)


def _exchanged(said: Said) -> Exchanged:
    return Exchanged(said.asked, said.text, said.answer)
