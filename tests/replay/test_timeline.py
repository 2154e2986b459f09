"""A replay shows what was: at every event the state that the live loop had, and the same places that it tells of."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.state import State, fold
from interviewer.replay import states as replay_states
from interviewer.replay.reel import open_reel
from interviewer.replay.states import States
from interviewer.replay.timeline import Builder, Timeline
from interviewer.scorecard import Grade, Rating, Stamp
from interviewer.transcript.events import Event, Graded, Header
from tests import sample
from tests.interview.steps import Steps
from tests.interview.test_invariants import Run

SAMPLES = sorted((Path(__file__).parent.parent.parent / "transcripts").glob("*.jsonl"))
STAMP = Stamp(engine="test", engine_version="1", calibration="not calibrated")


class Live(Run):
    """An arbitrary interview, with the state that the loop had after every event."""

    def __init__(self, data: st.DataObject, **header: Any) -> None:
        super().__init__(data, **header)
        self.states: list[State] = [self.state]

    def add(self, kind: type[Any], **fields: Any) -> None:
        super().add(kind, **fields)
        self.states.append(self.state)
        if self.state.threads and kind is not Graded and self.draw(st.integers(0, 5)) == 0:
            thread = self.draw(st.sampled_from(self.state.threads[-3:]))
            level = self.draw(st.sampled_from(["absent", "solid", "strong"]))
            person = self.draw(st.sampled_from(self.header.persona.people)).id
            self.add(Graded, grade=grade(self.header, thread.turn, level, person=person))


def grade(header: Header, thread: int, level: str, person: str | None = None) -> Grade:
    """The same level on every criterion of the first rubric."""
    rubric = header.rubrics[0]
    return Grade(
        thread=thread,
        question=header.banks[0].questions[0].id,
        rubric=rubric.id,
        rubric_version=rubric.version,
        person=person,
        status="graded",
        ratings=tuple(Rating(criterion=one.id, reasoning="so", level=level) for one in rubric.criteria),
        stamp=STAMP,
    )


def timeline_of(header: Header, events: list[Event]) -> Timeline:
    builder = Builder(header)
    for event in events:
        builder.add(event)
    return builder.timeline()


@settings(max_examples=25, deadline=None)
@given(data=st.data(), panel=st.booleans(), mode=st.sampled_from(["realistic", "coach"]), order=st.integers(0, 10**6))
def test_at_every_event_the_state_is_what_the_live_loop_had(
    data: st.DataObject, panel: bool, mode: str, order: int
) -> None:
    run = Live(data, persona=sample.persona(panel=panel, follow_ups=3), mode=mode)
    for _ in range(400):
        if run.state.closed:
            break
        run.step()
    held = States(run.header, run.events)
    numbers = list(range(len(run.events) + 1))
    random.Random(order).shuffle(numbers)
    for number in numbers:
        assert held.at(number) == run.states[number]
    assert held.at(len(run.events)) == fold(run.header, run.events)
    _tells_the_same(timeline_of(run.header, run.events), run.states)


def _tells_the_same(timeline: Timeline, live: list[State]) -> None:
    """What a timeline keeps by its place is what the fold knows by its meaning."""
    end = live[-1]
    assert [(one.turn, one.question) for one in timeline.questions] == [(one.turn, one.question) for one in end.threads]
    told = [(one.turn, one.gap, one.closed, one.answered) for one in timeline.follow_ups]
    assert told == [(one.turn, one.gap, one.closed, one.answered) for one in end.probe_records()]
    given = [[timeline.answers[place].seq for place in one.answers] for one in timeline.questions]
    assert given == [[said.answer for said in thread.said] for thread in end.threads]
    outcomes = [timeline.answers[place].outcome for one in timeline.questions for place in one.answers]
    assert outcomes == [said.outcome for thread in end.threads for said in thread.said]
    assert {one.turn for one in timeline.questions if one.status} == {one.thread for one in end.grades}
    for place, state in enumerate(live[1:]):
        index = timeline.question_at(place)
        assert (timeline.questions[index].turn if index is not None else None) == (state.thread and state.thread.turn)
        assert [part.id for part in timeline.parts if part.place <= place][-1] == state.planned.segment.id
        assert timeline.clocks[place] == state.clock


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_told_as_the_fold_knows_them(path: Path) -> None:
    reel = open_reel(path)
    events = list(reel.events)
    live = [States(reel.header, events).at(number) for number in (0, len(events))]
    end, timeline = live[1], reel.timeline
    assert [one.turn for one in timeline.questions] == [one.turn for one in end.threads]
    assert [(one.turn, one.closed) for one in timeline.follow_ups] == [
        (one.turn, one.closed) for one in end.probe_records()
    ]
    assert {place for one in timeline.questions for place in one.grades} == {
        place for place, event in enumerate(events) if isinstance(event, Graded) and event.grade in end.grades
    }
    assert timeline.verdict is not None and timeline.parts[-1].ends == timeline.seconds == events[-1].clock


def test_few_states_are_kept_of_a_long_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_states, "CLOSEST", 4)
    monkeypatch.setattr(replay_states, "MOST", 8)
    steps = Steps().begun()
    for _ in range(50):
        steps.control("pause")
        steps.control("resume")
    held = States(steps.header, steps.events)
    assert held.at(len(steps.events)) == steps.state
    assert len(held._states) <= 8 + 1
    with pytest.raises(ValueError, match="there are 102 events, not 103"):
        held.at(103)


def test_a_rating_below_a_strength_is_worth_another_try_and_so_is_nothing_to_rate() -> None:
    steps = Steps().begun()
    first = steps.state.threads[-1].turn
    steps.answer()
    assert not timeline_of(steps.header, steps.events).questions[0].weak, "nobody knows yet"
    for level, weak in (("strong", False), ("solid", False), ("weak", True), ("absent", True)):
        steps.add(Graded, grade=grade(steps.header, first, level))
        (question,) = timeline_of(steps.header, steps.events).questions
        assert (question.weak, question.status, len(question.grades)) == (weak, "graded", 1)
    for status, weak in (("blank", True), ("skipped", True), ("failed", False), ("refused", False)):
        found = grade(steps.header, first, "absent").model_copy(update={"status": status, "ratings": ()})
        steps.add(Graded, grade=found)
        (question,) = timeline_of(steps.header, steps.events).questions
        assert (question.weak, question.share, question.status) == (weak, None, status)


def test_what_contradicts_itself_is_shown_all_the_same() -> None:
    steps = Steps().begun()
    steps.answer()
    steps.turn("probe")
    steps.answer()
    lost = [event for event in steps.events if event.seq != 2]  # the question is gone, all that followed is there
    timeline = timeline_of(steps.header, lost)
    assert (len(timeline.said), timeline.questions, timeline.follow_ups) == (len(lost), (), ())
    assert timeline.place_of(2) is None and timeline.place_of(3) == 1
