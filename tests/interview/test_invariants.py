"""Whatever legal moves are made and whatever is answered, an interview keeps its promises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.duplicates import asked_before
from interviewer.interview.moves import legal_controls, legal_moves, seconds_left, segment_seconds_left
from interviewer.interview.state import State, apply, begin, fold
from interviewer.transcript.events import (
    EVENT,
    Answer,
    Control,
    Draft,
    Event,
    Feedback,
    Gap,
    Move,
    Outcome,
    Reading,
    Turn,
)
from tests import sample

OUTCOMES: tuple[Outcome, ...] = (
    "answered",
    "answered",
    "answered",
    "dont-know",
    "blank",
    "off-topic",
    "repeated",
    "company-question",
    "clarifying-question",
    "no-questions",
)
AT = datetime(2026, 1, 2, tzinfo=UTC)


class Run:
    """One interview made of arbitrary legal steps."""

    def __init__(self, data: st.DataObject, **header: Any) -> None:
        self.draw = data.draw
        self.header = sample.header(**header)
        self.state: State = begin(self.header)
        self.events: list[Event] = []
        self.now = 0.0
        self.controls = 0

    def add(self, kind: type[Any], **fields: Any) -> None:
        event: Event = kind(seq=self.state.seq + 1, clock=self.now, at=AT, **fields)
        self.events.append(event)
        self.state = apply(self.state, event)

    def reading(self) -> Reading | None:
        unread = self.state.unread
        if unread is None or self.state.wish is not None:
            return None
        outcome = self.draw(st.sampled_from(OUTCOMES))
        thread = self.state.thread
        known = [gap.id for gap in thread.open_gaps] if thread else []
        shut = tuple(gap for gap in known if self.draw(st.booleans()))
        gaps: tuple[Gap, ...] = ()
        if thread is not None and outcome == "answered":
            question = self.state.question(thread.question)
            gaps = tuple(
                Gap(id=f"point:{p.id}", source="key-point", about=p.point, type=p.probe.type, probe=p.probe.text)
                for p in question.key_points
            ) + tuple(
                Gap(id=f"gap:{g.id}", source="typical", about=g.gap, type=g.probe.type, probe=g.probe.text)
                for g in question.gaps
            )
        return Reading(answer=unread.seq, outcome=outcome, closed_gaps=shut, open_gaps=gaps)

    def step(self) -> None:
        state = self.state
        self.now += self.draw(st.floats(10, 240))
        if state.paused:
            self.add(Control, action="resume")
        elif state.floor == "interviewer":
            reading = self.reading()
            moves = legal_moves(state, self.now, reading)
            assert moves, "the interviewer has the floor and no legal move"
            move: Move = self.draw(st.sampled_from(moves))
            gap = next((gap for gap in reading.open_gaps if gap.id == move.gap), None) if reading else None
            self.add(Turn, reading=reading, move=move, text="words", gap=gap)
        elif state.floor == "coach":
            self.add(Feedback, answer=state.seq, showed=(), missed=())
        elif state.floor == "feedback" or (self.controls < 12 and self.draw(st.integers(0, 9)) == 0):
            self.controls += 1
            unwanted = {"end", "pause"} if self.controls > 12 else {"end"}
            action = self.draw(st.sampled_from(sorted(legal_controls(state) - unwanted)))
            self.add(Control, action=action)
        elif self.controls < 12 and self.draw(st.integers(0, 9)) == 0:
            self.controls += 1
            self.add(Draft, text="half an answer")
        else:
            self.add(Answer, text=self.draw(st.sampled_from(["short", "word " * 40])), retry_of=state.retry_of)

    def check(self) -> None:
        state = self.state
        assert (not legal_moves(state, self.now)) == (state.floor != "interviewer" or state.paused or state.closed)
        questions = [thread.question for thread in state.threads]
        assert len(questions) == len(set(questions)), "a question was asked twice"
        for place, asked in enumerate(state.asked):
            assert not asked_before(asked, state.asked[:place]), "nearly the same was asked twice"
        for thread in state.threads:
            assert len(thread.probes) <= self.header.persona.segment(thread.segment).follow_ups
            gaps = [probed.gap.id for probed in thread.probes]
            assert len(gaps) == len(set(gaps)), "a gap was probed twice"
            assert thread.hints <= self.header.persona.moves.hints
            assert thread.redirects <= 1
        assert seconds_left(state, self.now) >= 0
        assert segment_seconds_left(state, self.now) >= 0
        assert sum(1 for thread in state.threads if not thread.ended) <= 1


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    panel=st.booleans(),
    mode=st.sampled_from(["realistic", "coach"]),
    minutes=st.integers(10, 60),
    follow_ups=st.integers(0, 4),
)
def test_any_legal_interview_keeps_the_invariants_and_ends(
    data: st.DataObject, panel: bool, mode: str, minutes: int, follow_ups: int
) -> None:
    run = Run(data, persona=sample.persona(panel=panel, follow_ups=follow_ups), mode=mode, minutes=minutes)
    for _ in range(400):
        if run.state.closed:
            break
        run.step()
        run.check()
    assert run.state.closed, "an interview must come to its end"
    assert fold(run.header, run.events) == run.state
    written = [EVENT.dump_json(event, by_alias=True) for event in run.events]
    assert [EVENT.validate_json(line) for line in written] == run.events


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_no_main_question_begins_in_the_time_reserved_for_the_wrap_up(data: st.DataObject) -> None:
    run = Run(data)
    for _ in range(400):
        if run.state.closed:
            break
        run.step()
    wrap_up = run.state.plan.wrap_up()
    first = next(thread for thread in run.state.threads)
    late = [thread for thread in run.state.threads if thread.since > wrap_up and thread is not first]
    assert [thread for thread in late if thread.segment != "story" and run.state.threads.index(thread) > 1] == []
