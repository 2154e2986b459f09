"""Tells a saved interview on standard output: what was said, the grade of every question, the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TextIO

from interviewer.persona import Persona
from interviewer.replay.judgement import Judgement, Opinion, judgement
from interviewer.replay.player import Player, at_place, due
from interviewer.replay.reel import Reel
from interviewer.replay.timeline import FollowUp
from interviewer.scorecard_text.words import percent, status_text, verdict_word
from interviewer.text import clock_time, one_line, sanitise
from interviewer.transcript.events import Answer, Control, Event, Feedback, Finished, Notice, Turn

_STEERED = {
    "pause": "The candidate paused.",
    "hint": "The candidate asked for a hint.",
    "skip": "The candidate passed on this.",
    "end": "The candidate ended the interview.",
    "retry": "The candidate answers again.",
}


def retell(
    reel: Reel,
    out: TextIO,
    wait: Callable[[float], None],
    *,
    speed: float,
    shortened: bool,
    first: float = 0.0,
    last: float | None = None,
) -> None:
    """Prints what happened from `first` to `last` (seconds on the interview clock), each at its time.

    Args:
        reel: the interview.
        out: where to print.
        wait: waits so many seconds.
        speed: seconds of the interview that pass in one; 0 prints everything at once.
        shortened: whether long silences are cut.
        first: where to begin.
        last: where to stop; None is the end.

    Raises:
        TranscriptError: the transcript changed while it was open.
    """
    timeline = reel.timeline
    ends = {question.last: index for index, question in enumerate(timeline.questions)}
    begin = next((place for place, at in enumerate(timeline.clocks) if at >= first), len(timeline))
    stop = len(timeline) if last is None else timeline.at_clock(last)
    player = replace(Player(timeline, begin, playing=True, shortened=shortened), speed=speed or 1.0)
    for place in range(begin, stop):
        seconds = due(player) if speed and place > begin else None
        if seconds:
            wait(seconds)
        player = at_place(player, place)
        lines = list(_said(reel.events[place], reel.header.persona))
        if place in ends:
            lines += _graded(judgement(reel, ends[place]))
        for line in lines:
            print(line, file=out)
        if lines:
            out.flush()
    if timeline.verdict is None and stop == len(timeline):
        print("\nThis interview is not finished: there is no verdict.", file=out, flush=True)


def _said(event: Event, persona: Persona) -> Iterator[str]:
    """What is told of an event, if anything."""
    match event:
        case Turn() if event.text:
            person = next((one for one in persona.people if one.id == event.move.speaker), None)
            who = f"{one_line(person.name)} ({one_line(person.role)})" if person else event.move.speaker
            who = one_line(event.said_by) if event.said_by is not None else who
            yield f"\n[{clock_time(event.clock)}] {who}:\n{sanitise(event.text)}"
        case Answer():
            again = ", once more" if event.retry_of is not None else ""
            yield f"\n[{clock_time(event.clock)}] Candidate{again}:\n{sanitise(event.text) or '(nothing)'}"
        case Feedback():
            yield f"\n[{clock_time(event.clock)}] Coach:"
            yield from (f"  + {one_line(text)}" for text in event.showed)
            yield from (f"  - {one_line(text)}" for text in event.missed)
            if event.better:
                yield f"  One better sentence: {one_line(event.better)}"
        case Notice():
            yield f"\n({one_line(event.text)})"
        case Control(action=action) if action in _STEERED:
            yield f"\n({_STEERED[action]})"
        case Finished(scorecard=card):
            yield f"\n[{clock_time(event.clock)}] Verdict: {verdict_word(card.verdict)}, {percent(card.share)}"
            yield f"\u201c{one_line(card.spoken)}\u201d"
            yield one_line(card.why)


def _graded(judged: Judgement) -> Iterator[str]:
    """The grade of a question, once everything is said to it."""
    asked = judged.asked
    if asked.status is None:
        yield f"\n  Question {judged.number}: not graded"
    else:
        rated = percent(asked.share) if asked.share is not None else status_text(asked.status)
        yield f"\n  Question {judged.number}: {rated}"
    for opinion in judged.opinions:
        yield from _opinion(opinion)
    for follow_up in judged.follow_ups:
        yield f"    Follow-up ({follow_up.type}), {came_of(follow_up)}: {one_line(follow_up.about)}"


def _opinion(opinion: Opinion) -> Iterator[str]:
    if opinion.who:
        told = "" if opinion.status == "graded" else f": {status_text(opinion.status)}"
        yield f"    {one_line(', '.join(opinion.who))}{told}"
    if opinion.note and opinion.status != "graded":
        yield f"    {one_line(opinion.note)}"
    for judged in opinion.judged:
        yield f"    {judged.title}: {judged.level}. {one_line(judged.reasoning)}"
        yield from (f"      \u201c{one_line(one.quote)}\u201d" for one in judged.evidence)
    if opinion.unassessed and opinion.status == "graded":
        yield f"    Not assessed: {opinion.unassessed}"


def came_of(follow_up: FollowUp) -> str:
    """Whether a follow-up got what it went for."""
    if not follow_up.answered:
        return "not answered"
    return "closed" if follow_up.closed else "still open"
