"""The facts of one interview, from its transcript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.grading.combine import answer_share, weighed
from interviewer.interview.moves import open_gaps, segment_seconds_left
from interviewer.interview.plan import LEAST_SECONDS_FOR_PROBE
from interviewer.interview.results import decisive
from interviewer.interview.state import State, apply, begin
from interviewer.interview.thread import Thread
from interviewer.progress.facts import (
    Came,
    CriterionFact,
    GapFact,
    Grader,
    InterviewFacts,
    Measure,
    QuestionFact,
)
from interviewer.progress.speech import speech_of, together
from interviewer.question import Question
from interviewer.rubric import ProbeType, Rubric
from interviewer.scorecard import AnswerSummary, Grade, ProbeRecord, Scorecard
from interviewer.transcript.events import Answer, Branched, Event, Header, Imported, Turn


@dataclass(frozen=True, slots=True)
class _Course:
    """How an interview went, beside the state that it ended in."""

    state: State
    seconds: Mapping[int, float]
    """Answer -> seconds that it took."""
    hurried: frozenset[int]
    """Threads whose last answer there was no time to ask more about."""


def facts_of(header: Header, events: Iterable[Event]) -> InterviewFacts | None:
    """The facts of an interview; None if it has no scorecard. Pure; the same transcript gives the same facts."""
    course = _follow(header, events)
    state = course.state
    card = state.scorecard
    if card is None:
        return None
    origin = header.origin
    came: Came = "branch" if isinstance(origin, Branched) else "import" if isinstance(origin, Imported) else "held"
    summaries = {summary.thread: summary for summary in card.answers}
    return InterviewFacts(
        id=header.id,
        created=header.created,
        persona=header.persona.id,
        persona_title=header.persona.title,
        came=came,
        parent=origin.parent if isinstance(origin, Branched) else None,
        mode=header.mode,
        seniority=header.seniority,
        minutes=header.minutes,
        seconds=card.seconds,
        verdict=card.verdict,
        share=card.share,
        measures=tuple(_measures(state)),
        criteria=tuple(_criteria(state, card)),
        questions=tuple(
            _question(course, card, thread, summaries[thread.turn])
            for thread in state.threads
            if thread.turn in summaries
        ),
    )


def _follow(header: Header, events: Iterable[Event]) -> _Course:
    state = begin(header)
    seconds: dict[int, float] = {}
    hurried: set[int] = set()
    asked_at = 0.0
    for event in events:
        if isinstance(event, Answer):
            seconds[event.seq] = max(0.0, event.clock - asked_at)
        elif isinstance(event, Turn):
            asked_at = event.clock
            if state.thread and _no_time(state, state.thread, event):
                hurried.add(state.thread.turn)
        state = apply(state, event)
    return _Course(state, seconds, frozenset(hurried))


def _no_time(state: State, thread: Thread, turn: Turn) -> bool:
    """Whether the interviewer goes on although there was more to ask and only the time for it was missing."""
    reading = turn.reading
    return (
        turn.move.kind in {"ask", "next-segment", "hand-over", "invite", "close"}
        and not state.ending
        and reading is not None
        and reading.outcome == "answered"
        and len(thread.probes) < state.planned.segment.follow_ups
        and segment_seconds_left(state, turn.clock) < LEAST_SECONDS_FOR_PROBE
        and bool(open_gaps(state, thread, reading))
    )


def _criteria(state: State, card: Scorecard) -> Iterator[CriterionFact]:
    known = {rubric.id: rubric for rubric in decisive(state)[0]}
    for result in card.criteria:
        if result.rubric not in known:
            continue
        yield CriterionFact(
            criterion=result.criterion,
            title=result.title,
            rubric_title=known[result.rubric].title,
            rubric=result.rubric,
            share=result.share,
            weight=result.weight,
            levels=tuple(level.title for level in known[result.rubric].levels),
            practice=result.practice,
        )


def _measures(state: State) -> Iterator[Measure]:
    rubrics, grades = decisive(state)
    return (_measure(state, rubric, grades) for rubric in rubrics)


def _measure(state: State, rubric: Rubric, grades: Sequence[Grade]) -> Measure:
    of_rubric = [grade for grade in grades if grade.rubric == rubric.id and grade.status == "graded"]
    judges = dict.fromkeys(grade.person for grade in of_rubric if grade.person)
    graders = {Grader.of(grade.stamp) for grade in of_rubric}
    return Measure(
        rubric=rubric.id,
        rubric_version=rubric.version,
        graders=tuple(sorted(graders, key=Grader.model_dump_json)),
        panel=tuple(sorted(state.persona.person(person).strictness for person in judges)),
        coached=state.header.mode == "coach",
    )


def _question(course: _Course, card: Scorecard, thread: Thread, summary: AnswerSummary) -> QuestionFact:
    state = course.state
    question = state.question(thread.question)
    missed = [point for point in question.key_points if point.point in summary.missed]
    probes = [probe for probe in card.probes if probe.thread == thread.turn]
    timed = not isinstance(state.header.origin, Imported)
    spoken = [speech_of(said.text) for said in thread.answers]
    return QuestionFact(
        question=question.id,
        text=question.text,
        topic=question.topic,
        rubric=question.rubric,
        segment=state.persona.segment(thread.segment).title,
        status=summary.status,
        share=_share(state, thread),
        words=tuple(speech.words for speech in spoken),
        sentences=tuple(speech.sentences for speech in spoken),
        seconds=tuple(course.seconds[said.answer] for said in thread.answers) if timed else (),
        said=together(spoken),
        gaps=tuple(_gaps(question, missed_points={point.id for point in missed}, probes=probes)),
        asked_for=_asked_for(question, probes),
        looked_for=_looked_for(question, probes),
        points=len(question.key_points),
        points_missed=len(missed),
        passed=thread.skipped,
        out_of_time=timed and thread.turn in course.hurried,
        shared=_shared(state.header, thread),
    )


def _share(state: State, thread: Thread) -> float | None:
    """The weighted mean over all ratings of a thread, every judge's alike."""
    return answer_share(
        weighed(state.rubric(grade.rubric), grade.ratings)
        for grade in state.grades
        if grade.thread == thread.turn and grade.status == "graded"
    )


def _gaps(question: Question, missed_points: set[str], probes: Sequence[ProbeRecord]) -> Iterator[GapFact]:
    for point in question.key_points:
        if point.id in missed_points:
            yield GapFact(id=f"point:{point.id}", type=point.probe.type, about=point.point)
    for probe in _beside_points(probes):
        if probe.answered and not probe.closed:
            yield GapFact(id=probe.gap, type=probe.type, about=probe.about)


def _asked_for(question: Question, probes: Sequence[ProbeRecord]) -> dict[ProbeType, int]:
    kinds = [point.probe.type for point in question.key_points]
    kinds += [probe.type for probe in _beside_points(probes) if probe.answered]
    return dict(Counter(kinds))


def _looked_for(question: Question, probes: Sequence[ProbeRecord]) -> tuple[str, ...]:
    points = (f"point:{point.id}" for point in question.key_points)
    return (*points, *(probe.gap for probe in _beside_points(probes) if probe.answered))


def _beside_points(probes: Sequence[ProbeRecord]) -> Iterator[ProbeRecord]:
    """Follow-ups that went for something else than a key point, which is counted already."""
    return (probe for probe in probes if not probe.gap.startswith("point:"))


def _shared(header: Header, thread: Thread) -> bool:
    """Whether all of a thread was said before the answer from which a branch goes its own way."""
    origin = header.origin
    if not isinstance(origin, Branched):
        return False
    return thread.turn < origin.answer and all(said.answer < origin.answer for said in thread.said)
