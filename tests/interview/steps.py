"""An interview taken step by step, for tests of what is legal next and of what the state then is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State, apply, begin
from interviewer.question import Question
from interviewer.transcript.events import (
    Action,
    Answer,
    Control,
    Event,
    Feedback,
    Gap,
    Header,
    Move,
    Outcome,
    Reading,
    Turn,
)
from tests import sample

AT = datetime(2026, 1, 2, tzinfo=UTC)
LONG = "I measured the old one, rebuilt it in two weeks, and the error fell from nine percent to two. " * 3


def gaps_of(question: Question) -> tuple[Gap, ...]:
    """Everything that an answer to this question may have left open."""
    points = tuple(
        Gap(id=f"point:{one.id}", source="key-point", about=one.point, type=one.probe.type, probe=one.probe.text)
        for one in question.key_points
    )
    typical = tuple(
        Gap(id=f"gap:{one.id}", source="typical", about=one.gap, type=one.probe.type, probe=one.probe.text)
        for one in question.gaps
    )
    twists = tuple(
        Gap(id=f"twist:{one.id}", source="twist", about=one.looks_for, type="counterfactual", probe=one.text)
        for one in question.twists
    )
    return points + typical + twists


class Steps:
    """Makes one event after another. What the interviewer does is checked to be legal."""

    def __init__(self, header: Header | None = None, **more: Any) -> None:
        self.header = header or sample.header(**more)
        self.state: State = begin(self.header)
        self.events: list[Event] = []
        self.now = 0.0

    def add(self, kind: type[Any], **fields: Any) -> None:
        event: Event = kind(seq=self.state.seq + 1, clock=self.now, at=AT, **fields)
        self.events.append(event)
        self.state = apply(self.state, event)

    def reading(self, outcome: Outcome | None = None, closed: tuple[str, ...] = ()) -> Reading | None:
        """What is understood of the unread answer; None if there is none or the candidate steered."""
        unread, thread = self.state.unread, self.state.thread
        if unread is None or self.state.wish is not None:
            return None
        found = gaps_of(self.state.question(thread.question)) if thread and outcome in {None, "answered"} else ()
        return Reading(answer=unread.seq, outcome=outcome or "answered", closed_gaps=closed, open_gaps=found)

    def legal(self, outcome: Outcome | None = None, closed: tuple[str, ...] = ()) -> tuple[Move, ...]:
        return legal_moves(self.state, self.now, self.reading(outcome, closed))

    def kinds(self, outcome: Outcome | None = None) -> set[str]:
        return {move.kind for move in self.legal(outcome)}

    def turn(self, kind: str, outcome: Outcome | None = None, closed: tuple[str, ...] = (), **wanted: str) -> Move:
        """The interviewer makes the first legal move of this kind that has everything that is wanted."""
        reading = self.reading(outcome, closed)
        moves = legal_moves(self.state, self.now, reading)
        fitting = [move for move in moves if move.kind == kind]
        fitting = [move for move in fitting if all(getattr(move, key) == value for key, value in wanted.items())]
        assert fitting, f"{kind} is not legal; there are: {sorted({move.kind for move in moves})}"
        move = fitting[0]
        gap = next((gap for gap in reading.open_gaps if gap.id == move.gap), None) if reading else None
        self.add(Turn, reading=reading, move=move, text=f"{kind} said", gap=gap)
        return move

    def answer(self, text: str = LONG, seconds: float = 30.0) -> None:
        self.now += seconds
        self.add(Answer, text=text, retry_of=self.state.retry_of)

    def control(self, action: Action) -> None:
        self.add(Control, action=action)

    def feedback(self) -> None:
        self.add(Feedback, answer=self.state.seq, showed=(), missed=())

    def begun(self) -> Steps:
        """Greeted and asked the first question."""
        self.turn("open")
        self.turn("ask")
        return self

    def invited(self) -> Steps:
        """The candidate has been invited to ask: on coming into the part, or after a colleague handed over."""
        if not self.state.invited:
            self.turn("invite")
        return self

    def to_segment(self, segment: str) -> Steps:
        """Skips until the segment has begun."""
        if not self.state.opened:
            self.begun()
        while self.state.planned.segment.id != segment:
            assert not self.state.closed, f"the interview closed before {segment}"
            if self.state.floor == "candidate":
                self.control("skip")
            move = next(iter(self.legal()))
            self.turn(move.kind)
        return self
