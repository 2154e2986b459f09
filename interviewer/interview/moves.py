"""What is legal next: pure functions of the state and the time on the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.interview.duplicates import asked_before
from interviewer.interview.plan import (
    LEAST_SECONDS_FOR_PROBE,
    LEAST_SECONDS_TO_BEGIN,
    LEAST_SECONDS_TO_INVITE,
    SHARE_NEEDED_TO_ASK,
    PlannedSegment,
)
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.persona import Segment
from interviewer.question import Question
from interviewer.transcript.events import Action, Gap, Move, Outcome, Reading
from interviewer.vocabulary import Seniority, Stage

MOST_CANDIDATE_QUESTIONS = 8
"""Questions of the candidate that are answered before the interview closes."""

MOST_ASIDES = 2
"""Questions back, within one thread, that are answered before the interviewer goes on."""

MISSED: frozenset[Outcome] = frozenset({"off-topic", "pasted-question", "keyword-list", "repeated"})
"""Outcomes after which the interviewer leads back to the question, once."""

NOTHING_MORE: frozenset[Outcome] = frozenset({"no-questions", "blank", "dont-know"})
"""Outcomes that end the candidate's own questions."""

_UNREAD = Reading(answer=0, outcome="answered")


def seconds_left(state: State, now: float) -> float:
    """Seconds until the interview must be over; never negative."""
    return max(0.0, state.plan.seconds - now)


def segment_seconds_left(state: State, now: float) -> float:
    """Seconds left for the current segment; never negative.

    A segment has the length it was planned with, from when it really began, but what is asked always
    ends in time for the wrap-up, and the candidate's own questions in time for the closing. If long
    answers have used up time of the segments to come, all that still ask share what is left of it.
    """
    planned = state.planned
    length = planned.end - planned.start
    if planned.segment.questions > 0:
        wrap_up = state.plan.wrap_up()
        to_come = sum(one.end - one.start for one in state.plan.segments[state.segment :] if one.segment.questions > 0)
        room = max(0.0, wrap_up - state.segment_since)
        share = min(1.0, room / to_come) if to_come > 0 else 0.0
        end = min(wrap_up, max(planned.end, state.segment_since + length * share))
    else:
        end = max(planned.end, min(state.segment_since + length, state.plan.seconds))
    if planned.segment.purpose == "candidate-questions":
        end = min(end, state.plan.segments[-1].start)
    return max(0.0, end - now)


def eligible_questions(state: State, planned: PlannedSegment | None = None) -> tuple[Question, ...]:
    """Questions that the segment may still ask: they fit it, and nothing like them was asked."""
    segment = (planned or state.planned).segment
    had = {thread.question for thread in state.threads}
    return tuple(
        question
        for bank in state.header.banks
        if bank.id in segment.banks
        for question in bank.questions
        if question.id not in had
        and fits(question, segment, state.persona.company.stage, state.header.seniority)
        and not asked_before(question.text, state.asked)
    )


def fits(question: Question, segment: Segment, stage: Stage, seniority: Seniority) -> bool:
    """Whether a question of one of the segment's banks is one that the segment asks a candidate of this level."""
    return (
        stage in question.stages
        and seniority in question.seniority
        and (not segment.topics or question.topic in segment.topics)
        and (not segment.formats or question.format in segment.formats)
        and (segment.rubric is None or question.rubric == segment.rubric)
    )


def wanted_first(state: State, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Of questions that may be asked, only the first that is wanted; all of them if none is."""
    by_id = {question.id: question for question in questions}
    first = next((by_id[name] for name in state.header.wanted if name in by_id), None)
    return tuple(questions) if first is None else (first,)


def legal_moves(state: State, now: float, reading: Reading | None = None) -> tuple[Move, ...]:
    """The moves that the interviewer may make at this moment, given what was understood of the answer.

    There is always at least one while the interviewer has the floor, and none otherwise. `now` is the
    time on the interview clock in seconds; `reading` is needed if there is an answer to react to.
    """
    if state.closed or state.paused or state.floor != "interviewer":
        return ()
    return tuple(_legal(state, now, reading or _UNREAD))


def legal_controls(state: State) -> frozenset[Action]:
    """What the candidate may do at this moment besides answering."""
    if state.closed or state.ending:
        return frozenset()
    if state.paused:
        return frozenset({"resume", "end"})
    if state.floor == "feedback":
        after: set[Action] = {"continue", "end", "pause"}
        if state.unread is not None and state.unread.seq not in state.retried:
            after.add("retry")
        return frozenset(after)
    allowed: set[Action] = {"end", "pause"}
    if state.floor == "candidate":
        allowed.add("skip")
        if state.thread and _may_hint(state, state.thread):
            allowed.add("hint")
    return frozenset(allowed)


def _legal(state: State, now: float, reading: Reading) -> Iterator[Move]:
    speaker = state.speaker
    if state.ending:
        yield Move(kind="close", speaker=speaker)
        return
    if not state.opened:
        yield Move(kind="open", speaker=state.planned.segment.lead)
        return
    if seconds_left(state, now) <= 0:
        yield Move(kind="close", speaker=speaker)
        return
    if state.planned.segment.purpose == "candidate-questions":
        yield from _candidate_questions(state, now, reading)
        return
    thread = state.thread
    if thread is None or state.wish == "skip":
        yield from _onward(state, now)
        return
    if state.wish == "hint":
        yield Move(kind="hint", speaker=speaker)
        return
    yield from _after_answer(state, thread, now, reading)


def _candidate_questions(state: State, now: float, reading: Reading) -> Iterator[Move]:
    speaker = state.speaker
    just_invited = state.last is not None and state.last.move.kind == "invite"
    late = segment_seconds_left(state, now) <= 0 and state.invited and not just_invited
    if state.wish == "skip" or late:  # whoever was invited to ask gets at least one answer
        yield from _advance(state, now)
    elif not state.invited or state.unread is None:
        yield Move(kind="invite", speaker=speaker)
    elif reading.outcome in NOTHING_MORE or state.candidate_questions >= MOST_CANDIDATE_QUESTIONS:
        yield from _advance(state, now)
    else:
        for person in state.persona.people:
            yield Move(kind="answer", speaker=person.id)


def _after_answer(state: State, thread: Thread, now: float, reading: Reading) -> Iterator[Move]:
    speaker = state.speaker
    outcome = reading.outcome
    if outcome == "company-question" and thread.clarified < MOST_ASIDES:
        for person in state.persona.people:
            yield Move(kind="answer", speaker=person.id)
        return
    if outcome == "clarifying-question" and thread.clarified < MOST_ASIDES:
        yield Move(kind="clarify", speaker=speaker)
        return
    if (outcome in MISSED or outcome == "blank") and thread.redirects == 0:
        yield Move(kind="redirect", speaker=speaker)
        return
    if outcome == "dont-know" and _may_hint(state, thread) and not _answered(thread):
        yield Move(kind="hint", speaker=speaker)
    if outcome == "answered":
        if _thin(state) and state.persona.moves.silence and thread.waited == 0 and not thread.probes:
            yield Move(kind="wait", speaker=speaker)
        yield from _probes(state, thread, now, reading)
    yield from _onward(state, now)


def _answered(thread: Thread) -> bool:
    """Whether anything but "I don't know" was said to this question before the last answer."""
    return any(said.outcome == "answered" for said in thread.said[:-1])


def _thin(state: State) -> bool:
    return state.unread is not None and len(state.unread.text.split()) < 25


def _may_hint(state: State, thread: Thread) -> bool:
    return thread.hints < state.persona.moves.hints and state.question(thread.question).hint is not None


def open_gaps(state: State, thread: Thread, reading: Reading) -> tuple[Gap, ...]:
    """Gaps of this thread that may still be probed, best first."""
    closed = set(reading.closed_gaps)
    return tuple(
        gap
        for gap in reading.open_gaps
        if gap.id not in closed and not thread.used(gap.id) and not asked_before(gap.probe, state.asked)
    )


def _probes(state: State, thread: Thread, now: float, reading: Reading) -> Iterator[Move]:
    if len(thread.probes) >= state.planned.segment.follow_ups:
        return
    if segment_seconds_left(state, now) < LEAST_SECONDS_FOR_PROBE:
        return
    lead = state.planned.segment.lead
    people = [lead]
    if state.persona.moves.interject:
        people += [person.id for person in state.persona.people if person.id != lead]
    for gap in open_gaps(state, thread, reading):
        for person in people:
            yield Move(kind="probe", speaker=person, gap=gap.id)


def _onward(state: State, now: float) -> Iterator[Move]:
    """The next main question if the segment has room for one, else the next segment."""
    planned = state.planned
    left = segment_seconds_left(state, now)
    asked = state.asked_in_segment
    spare = left > (planned.end - planned.start) / 3
    may_ask = asked < planned.questions or (asked < planned.most_questions and spare)
    if may_ask:
        questions = [
            question
            for question in eligible_questions(state)
            if (asked == 0 and left > 0) or left >= 60 * question.minutes * SHARE_NEEDED_TO_ASK
        ]
        for question in wanted_first(state, questions):
            yield Move(kind="ask", speaker=planned.segment.lead, question=question.id)
        if questions:
            return
    yield from _advance(state, now)


def _advance(state: State, now: float) -> Iterator[Move]:
    """On to the next segment that there is time and matter for, or the close if only the closing is left."""
    rest = [planned for planned in state.plan.segments[state.segment + 1 :] if _has_room(state, planned, now)]
    if not rest or rest[0].segment.purpose == "closing":
        lead = rest[0].segment.lead if rest else state.speaker
        yield Move(kind="close", speaker=lead)
        return
    target = rest[0].segment
    if target.lead != state.planned.segment.lead:
        yield Move(kind="hand-over", speaker=state.planned.segment.lead, segment=target.id)
    elif target.purpose == "candidate-questions":  # the invitation is transition enough
        yield Move(kind="invite", speaker=target.lead, segment=target.id)
    else:
        yield Move(kind="next-segment", speaker=target.lead, segment=target.id)


def _has_room(state: State, planned: PlannedSegment, now: float) -> bool:
    """Whether a later segment can begin: time for it is left and, if it asks, a question that was not asked."""
    if planned.segment.purpose == "candidate-questions":
        return seconds_left(state, now) >= LEAST_SECONDS_TO_INVITE
    if planned.segment.questions == 0:
        return True
    least = min(LEAST_SECONDS_TO_BEGIN, (planned.end - planned.start) / 2)
    return state.plan.wrap_up() - now >= least and bool(eligible_questions(state, planned))
