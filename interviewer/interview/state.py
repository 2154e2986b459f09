"""Where an interview stands: a pure fold over its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from interviewer.cost import FREE, Cost
from interviewer.interview.plan import Plan, PlannedSegment, make_plan
from interviewer.interview.thread import Probed, Said, Sighting, Thread
from interviewer.interview.trail import Trail
from interviewer.persona import Persona
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, ProbeRecord, Revote, Scorecard
from interviewer.transcript.events import (
    Action,
    Answer,
    Control,
    Draft,
    Event,
    Feedback,
    Finished,
    Graded,
    Header,
    Notice,
    Revoted,
    Turn,
)

Floor = Literal["interviewer", "candidate", "coach", "feedback", "nobody"]
"""Whose turn it is. coach: feedback on the last answer is due. feedback: it was shown; go on or retry?"""


@dataclass(frozen=True, slots=True)
class Session:
    """What stays the same through an interview, looked up once from the header."""

    header: Header
    plan: Plan = field(compare=False)
    questions: Mapping[str, Question] = field(compare=False)
    rubrics: Mapping[str, Rubric] = field(compare=False)

    @classmethod
    def of(cls, header: Header) -> Session:
        return cls(
            header,
            make_plan(header.persona, header.minutes),
            {question.id: question for bank in header.banks for question in bank.questions},
            {rubric.id: rubric for rubric in header.rubrics},
        )


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is known of an interview after some of its events."""

    session: Session
    seq: int = 0
    clock: float = 0.0
    floor: Floor = "interviewer"
    paused: bool = False
    opened: bool = False
    closed: bool = False
    ending: bool = False
    segment: int = 0
    segment_since: float = 0.0
    speaker: str = ""
    threads: Trail[Thread] = field(default_factory=Trail)
    last: Turn | None = None
    """The interviewer's last turn."""
    unread: Answer | None = None
    """An answer that the interviewer has not reacted to."""
    wish: Action | None = None
    """hint or skip, asked for and not yet reacted to."""
    invited: bool = False
    candidate_questions: int = 0
    retry_of: int | None = None
    """Coach mode: the answer that the candidate is giving again."""
    retried: frozenset[int] = frozenset()
    draft: str = ""
    noticed: Trail[Sighting] = field(default_factory=Trail)
    """Planted flaws that the candidate pointed out."""
    grades: tuple[Grade, ...] = ()
    revotes: tuple[Revote, ...] = ()
    """Second votes of panel members, one at most of each."""
    asked: Trail[str] = field(default_factory=Trail)
    """Every question and follow-up put so far, as worded by its author."""
    spoken: Trail[str] = field(default_factory=Trail)
    """Everything that the interviewers have said, turn by turn, as it was shown."""
    scorecard: Scorecard | None = None
    cost: Cost = FREE
    """Of all calls so far."""

    @property
    def header(self) -> Header:
        return self.session.header

    @property
    def persona(self) -> Persona:
        return self.session.header.persona

    @property
    def plan(self) -> Plan:
        return self.session.plan

    @property
    def planned(self) -> PlannedSegment:
        """The segment that the interview is in."""
        return self.plan.segments[self.segment]

    @property
    def thread(self) -> Thread | None:
        """The question under discussion, if there is one."""
        if self.threads and not self.threads[-1].ended:
            return self.threads[-1]
        return None

    @property
    def asked_in_segment(self) -> int:
        here = self.planned.segment.id
        return sum(1 for thread in self.threads if thread.segment == here)

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError if the transcript has none."""
        return self.session.questions[question_id]

    def rubric(self, rubric_id: str) -> Rubric:
        """The rubric with this id. Raises KeyError if the transcript has none."""
        return self.session.rubrics[rubric_id]

    def probe_records(self) -> tuple[ProbeRecord, ...]:
        """Every follow-up of the interview, for the scorecard."""
        return tuple(
            ProbeRecord(
                turn=probed.turn,
                thread=thread.turn,
                question=thread.question,
                gap=probed.gap.id,
                type=probed.gap.type,
                about=probed.gap.about,
                asked=_put(probed),
                closed=probed.closed,
                answered=any(said.turn >= probed.turn for said in thread.answers),
            )
            for thread in self.threads
            for probed in thread.probes
        )


def _put(probed: Probed) -> str:
    """The follow-up as it can be read alone: with the words that it is about, where it is about words."""
    gap = probed.gap
    return f"You said \u2018{gap.quote}\u2019. {probed.text}" if gap.source == "claim" and gap.quote else probed.text


def begin(header: Header) -> State:
    """The state before the first event."""
    session = Session.of(header)
    return State(session, speaker=session.plan.segments[0].segment.lead)


def fold(header: Header, events: Iterable[Event]) -> State:
    """The state after all of `events`."""
    state = begin(header)
    for event in events:
        state = apply(state, event)
    return state


def apply(state: State, event: Event) -> State:
    """The state after one more event. Pure; the same events always give the same state."""
    state = replace(state, seq=event.seq, clock=max(state.clock, event.clock))
    match event:
        case Turn():
            return _turn(_read(_paid(state, event.cost), event), event)
        case Answer():
            return _answer(state, event)
        case Control():
            return _control(state, event)
        case Draft():
            return replace(state, draft=event.text)
        case Feedback():
            return replace(_paid(state, event.cost), floor="feedback")
        case Graded():
            return _graded(_paid(state, event.grade.cost), event.grade)
        case Notice():
            return _paid(state, event.cost)
        case Revoted():
            state, revote = _paid(state, event.revote.cost), event.revote
            return replace(state, revotes=(*(one for one in state.revotes if one.person != revote.person), revote))
        case Finished():
            state = _paid(state, event.scorecard.debrief.cost if event.scorecard.debrief else None)
            return replace(state, scorecard=event.scorecard, floor="nobody", closed=True)
        case _:
            return state


def _paid(state: State, cost: Cost | None) -> State:
    return state if cost is None else replace(state, cost=state.cost + cost)


def _graded(state: State, grade: Grade) -> State:
    """A later grade of the same thread by the same person takes the place of an earlier one.

    A scorecard made before it is out of date, and so are second votes, unless the ratings are the same.
    """
    same = [one for one in state.grades if one.thread == grade.thread]
    earlier = next((one for one in same if one.person == grade.person), None)
    others = state.grades if earlier is None else tuple(one for one in state.grades if one is not earlier)
    unchanged = grade.ratings == (earlier.ratings if earlier else ())
    revotes = state.revotes if unchanged else ()
    return replace(state, grades=(*others, grade), revotes=revotes, scorecard=None)


def _with_thread(state: State, thread: Thread) -> State:
    return replace(state, threads=state.threads.ending(thread))


def _read(state: State, turn: Turn) -> State:
    """Takes in what the interviewer understood of the last answer."""
    reading = turn.reading
    if reading is None:
        return state
    text = state.unread.text if state.unread else ""
    found = tuple(Sighting(one.flaw, reading.answer, one.sentence, text) for one in reading.noticed)
    state = replace(state, noticed=state.noticed.plus(*found))
    thread = state.thread
    if thread is None or not thread.said or thread.said[-1].answer != reading.answer:
        return state
    said = replace(thread.said[-1], outcome=reading.outcome)
    closed = thread.closed | set(reading.closed_gaps)
    dead = thread.dead | ({said.gap} if reading.outcome == "dont-know" and said.gap else set())
    probes = tuple(replace(probed, closed=probed.closed or probed.gap.id in closed) for probed in thread.probes)
    return _with_thread(
        state,
        replace(
            thread,
            said=(*thread.said[:-1], said),
            closed=closed,
            dead=frozenset(dead),
            probes=probes,
            open_gaps=reading.open_gaps,
        ),
    )


def _end_thread(state: State) -> State:
    thread = state.thread
    return state if thread is None else _with_thread(state, replace(thread, ended=True))


def _enter(state: State, turn: Turn) -> State:
    """Ends what is under discussion and goes on to the segment that the move names."""
    place = next(index for index, planned in enumerate(state.plan.segments) if planned.segment.id == turn.move.segment)
    return replace(
        _end_thread(state),
        segment=place,
        segment_since=turn.clock,
        speaker=state.plan.segments[place].segment.lead,
    )


def _turn(state: State, turn: Turn) -> State:
    move = turn.move
    spoken = state.spoken.plus(turn.text)
    state = replace(state, last=turn, spoken=spoken, unread=None, wish=None, speaker=move.speaker, floor="candidate")
    thread = state.thread
    match move.kind:
        case "open":
            return replace(state, opened=True, floor="interviewer", segment_since=turn.clock)
        case "next-segment" | "hand-over":
            return replace(_enter(state, turn), floor="interviewer")
        case "ask" if move.question:
            question = state.question(move.question)
            state = _end_thread(state)
            asked = Thread(
                turn=turn.seq,
                question=question.id,
                asked=question.text,
                segment=state.planned.segment.id,
                speaker=move.speaker,
                said_by=turn.said_by,
                since=turn.clock,
            )
            return replace(state, threads=state.threads.plus(asked), asked=state.asked.plus(question.text))
        case "probe" if turn.gap and thread:
            probed = Probed(turn.seq, turn.gap, turn.gap.probe)
            state = replace(state, asked=state.asked.plus(turn.gap.probe))
            return _with_thread(state, replace(thread, probes=(*thread.probes, probed)))
        case "hint" if thread:
            return _with_thread(state, replace(thread, hints=thread.hints + 1))
        case "redirect" if thread:
            return _with_thread(state, replace(thread, redirects=thread.redirects + 1))
        case "wait" if thread:
            return _with_thread(state, replace(thread, waited=thread.waited + 1))
        case "clarify" if thread:
            return _with_thread(state, replace(thread, clarified=thread.clarified + 1))
        case "answer":
            state = replace(state, candidate_questions=state.candidate_questions + 1)
            return _with_thread(state, replace(thread, clarified=thread.clarified + 1)) if thread else state
        case "invite":
            return replace(_enter(state, turn) if move.segment else state, invited=True)
        case "close":
            return replace(_end_thread(state), closed=True, floor="nobody")
        case _:
            return state


def _last_turn(state: State) -> int:
    return state.last.seq if state.last else 0


def _answer(state: State, answer: Answer) -> State:
    state = replace(state, unread=answer, draft="", wish=None, retry_of=None, floor="interviewer")
    thread = state.thread
    if thread is None:
        return state
    said = Said(
        turn=_last_turn(state),
        asked=state.last.text if state.last else thread.asked,
        gap=thread.probes[-1].gap.id if thread.probes else None,
        answer=answer.seq,
        text=answer.text,
    )
    earlier = thread.said
    if answer.retry_of is not None and earlier and earlier[-1].answer == answer.retry_of:
        said = replace(said, turn=earlier[-1].turn, asked=earlier[-1].asked, gap=earlier[-1].gap)
        earlier = earlier[:-1]
        state = replace(state, retried=state.retried | {answer.seq})
    state = _with_thread(state, replace(thread, said=(*earlier, said)))
    return replace(state, floor="coach") if state.header.mode == "coach" else state


def _control(state: State, control: Control) -> State:
    thread = state.thread
    match control.action:
        case "pause":
            return replace(state, paused=True)
        case "resume":
            return replace(state, paused=False)
        case "end":
            floor: Floor = "nobody" if state.closed else "interviewer"
            return replace(state, ending=True, paused=False, retry_of=None, floor=floor)
        case "hint":
            return replace(state, wish="hint", floor="interviewer")
        case "skip":
            state = replace(state, wish="skip", retry_of=None, floor="interviewer")
            return _with_thread(state, replace(thread, skipped=not thread.answers)) if thread else state
        case "retry" if state.unread:
            return replace(state, floor="candidate", retry_of=state.unread.seq)
        case "continue":
            return replace(state, floor="interviewer")
        case _:
            return state
