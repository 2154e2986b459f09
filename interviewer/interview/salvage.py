"""Folds a transcript that may be damaged: events that contradict those before them are left out, and told.

The fold in `state.py` trusts its events. That is right for events that the loop just made, and wrong for a file: where
a line was lost or changed, a later one may speak of a question or a person that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.interview.state import State, apply, begin
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Grade, Revote
from interviewer.transcript.damage import Damage, TranscriptError
from interviewer.transcript.events import Event, Graded, Header, Revoted, Turn
from interviewer.transcript.reading import Transcript


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a transcript tells after everything that does not fit was left out."""

    state: State
    events: tuple[Event, ...]
    """Those that fit, in order. `fold(header, events)` gives `state`, and any beginning of them folds too."""
    damage: tuple[Damage, ...]
    """All damage of the transcript: what could not be read and what did not fit."""


def fold_what_fits(transcript: Transcript) -> Salvaged:
    """The state that a transcript tells, whatever happened to its file.

    Raises:
        TranscriptError: its header contradicts itself, so that no event can be understood.
    """
    _check_header(transcript)
    state = begin(transcript.header)
    events: list[Event] = []
    damage = list(transcript.damage)
    for event in transcript.events:
        problem = misfit(state, event)
        if problem is None:
            state = apply(state, event)
            events.append(event)
        else:
            damage.append(Damage(transcript.line(event.seq), f"event {event.seq} {problem}", "misfit"))
    damage.sort(key=lambda one: one.line)
    return Salvaged(state, tuple(events), tuple(damage))


def misfit(state: State, event: Event) -> str | None:
    """What an event speaks of that is not there, in words that follow `event 7`; None if it fits."""
    match event:
        case Turn():
            return _turn_misfit(state, event)
        case Graded():
            return _grade_misfit(state, event.grade)
        case Revoted():
            return _revote_misfit(state, event.revote)
        case _:
            return None


def _turn_misfit(state: State, turn: Turn) -> str | None:
    move = turn.move
    if not _is_person(state, move.speaker):
        return "is spoken by somebody who is not in the interview"
    if move.kind == "ask" and move.question:
        question = state.session.questions.get(move.question)
        if question is None:
            return "asks a question that the transcript does not have"
        if question.rubric not in state.session.rubrics:
            return "asks a question whose rubric the transcript does not have"
    enters = move.kind in {"next-segment", "hand-over"} or (move.kind == "invite" and move.segment)
    if enters and move.segment not in {planned.segment.id for planned in state.plan.segments}:
        return "goes on to a part of the interview that the plan does not have"
    return None


def _grade_misfit(state: State, grade: Grade) -> str | None:
    if all(thread.turn != grade.thread for thread in state.threads):
        return "grades a question that was not asked before it"
    if grade.question not in state.session.questions:
        return "grades a question that the transcript does not have"
    if grade.person is not None and not _is_person(state, grade.person):
        return "is the grade of somebody who is not in the interview"
    rubric = state.session.rubrics.get(grade.rubric)
    if rubric is None:
        return "grades under a rubric that the transcript does not have"
    if not _is_whole(rubric):
        return "grades under a rubric that is damaged"
    if not all(_knows(rubric, rating.criterion, rating.level) for rating in grade.ratings):
        return "gives a level or a criterion that its rubric does not have"
    return None


def _revote_misfit(state: State, revote: Revote) -> str | None:
    if not _is_person(state, revote.person):
        return "is the vote of somebody who is not in the interview"
    rubrics: Mapping[str, Rubric] = state.session.rubrics
    for criterion, change in revote.changes.items():
        if not any(_knows(rubric, criterion, change.level) for rubric in rubrics.values()):
            return "moves to a level or a criterion that no rubric has"
    return None


def _is_person(state: State, person: str) -> bool:
    return any(one.id == person for one in state.persona.people)


def _knows(rubric: Rubric, criterion: str, level: str) -> bool:
    known = level == NOT_ASSESSED or any(one.id == level for one in rubric.levels)
    return known and any(one.id == criterion for one in rubric.criteria)


def _is_whole(rubric: Rubric) -> bool:
    """Whether every level that is spoken of is there, and every criterion says what it means."""
    levels = {level.id for level in rubric.levels}
    return all(
        levels <= criterion.anchors.keys() and (criterion.gate is None or criterion.gate in levels)
        for criterion in rubric.criteria
    )


def _check_header(transcript: Transcript) -> None:
    """Raises TranscriptError if a segment is led by nobody: every state says whose turn it is to speak."""
    header: Header = transcript.header
    people = {person.id for person in header.persona.people}
    for segment in header.persona.plan:
        if segment.lead not in people:
            raise TranscriptError(
                f"{transcript.path}:1: the header is damaged: the part {segment.id!r} is led by {segment.lead!r}, who "
                "is not among its people. Restore the file, or its first line, from a copy."
            )
