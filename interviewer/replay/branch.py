"""Answering again from a moment of a saved interview: a new transcript that shares what was said up to there.

The original is only read. The new one goes on live, like any interview that was left.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from interviewer import __version__
from interviewer.interview.state import apply, begin, fold
from interviewer.replay.recording import Recording, recorded
from interviewer.transcript.bundle import as_log
from interviewer.transcript.disk import replace_file
from interviewer.transcript.events import TRANSCRIPT_SCHEMA, Answer, Branched, Event, Notice
from interviewer.transcript.store import ENDING, TranscriptError

MOST_MISSING = 200
"""Events that may be missing in the original before the moment; with more there is nothing to go on from."""


class Plays(Protocol):
    """The engine that goes on from the moment."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def model(self) -> str | None: ...


class BranchError(TranscriptError):
    """There is no such answer, or it cannot be given again; the message says what can be done."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer of the candidate, and what it answered."""

    number: int
    """Place among all answers, from 1."""
    seq: int
    clock: float
    """Seconds on the interview clock when it was given."""
    asked: str
    """What the interviewer had said last."""
    text: str
    question: str | None
    """Id of the question under discussion; None outside of questions."""
    follow_up: bool
    """Whether it answered a follow-up."""
    again: bool
    """Whether it took the place of the answer before it, in coach mode."""


def answers_in(recording: Recording) -> Iterator[Given]:
    """Every answer in order, those that were given again later too."""
    state, number = begin(recording.header), 0
    for event in recording.events:
        if isinstance(event, Answer):
            number += 1
            thread = state.thread
            yield Given(
                number,
                event.seq,
                event.clock,
                state.last.text if state.last else "",
                event.text,
                thread.question if thread else None,
                bool(thread and thread.said),
                event.retry_of is not None,
            )
        state = apply(state, event)


def numbered_answer(recording: Recording, number: int) -> int:
    """The sequence number of the candidate's answer with this number, from 1.

    Raises:
        BranchError: there are not so many.
    """
    given = [event.seq for event in recording.events if isinstance(event, Answer)]
    if not 1 <= number <= len(given):
        there = f"Its answers are numbered 1 to {len(given)}." if given else "It has no answer yet."
        raise BranchError(f"{recording.path}: there is no answer {number}. {there}")
    return given[number - 1]


def branch(parent: Path | Recording, answer: int, folder: Path, engine: Plays) -> Path:
    """Begins a transcript that shares everything before an answer, and says whose branch it is.

    It is whole on the medium when this returns, and goes on when it is resumed, where that answer is due.

    Args:
        parent: the interview, or its file, which may lie anywhere.
        answer: sequence number of the answer that is to be given anew.
        folder: the user's folder of transcripts; the new one goes there.
        engine: who goes on.

    Returns:
        The new transcript's file.

    Raises:
        BranchError: there is no such answer, or too much is missing before it.
        TranscriptError: the original cannot be read, or the new one not be written.
    """
    recording = parent if isinstance(parent, Recording) else recorded(parent)
    events = shared(recording, answer)
    created = datetime.now(UTC)
    header = recording.header.model_copy(
        update={
            "schema_version": TRANSCRIPT_SCHEMA,
            "id": f"{created:%Y%m%d-%H%M%S}-{recording.header.persona.id[:42]}-{secrets.token_hex(2)}",
            "created": created,
            "product_version": __version__,
            "engine": engine.name,
            "engine_version": engine.version,
            "model": engine.model,
            "origin": Branched(parent=recording.header.id, answer=answer),
        }
    )
    path = folder / f"{header.id}{ENDING}"
    # All or nothing: a branch that was cut off while it was made would look like an interview that was left.
    replace_file(path, as_log(header, events))
    return path


def shared(recording: Recording, answer: int) -> tuple[Event, ...]:
    """The events before an answer, word for word. Where one is missing, a notice in its place says so.

    Raises:
        BranchError: there is no such answer, or what is missing before it cannot be done without.
    """
    path = recording.path
    if not any(isinstance(event, Answer) and event.seq == answer for event in recording.events):
        raise BranchError(f"{path}: event {answer} is no answer that could be given again.")
    before = [event for event in recording.events if event.seq < answer]
    missing = answer - 1 - len(before)
    if missing > MOST_MISSING or fold(recording.header, before).floor != "candidate":
        raise BranchError(
            f"{path}: {missing:,} events are missing before this answer, and it cannot be done without them. Choose an "
            "earlier answer."
        )
    return tuple(_without_gaps(before, answer))


def _without_gaps(events: Sequence[Event], answer: int) -> Iterator[Event]:
    """Keeps every sequence number, because later events refer to earlier ones by it."""
    due = 1
    for event in events:
        yield from _missing(range(due, event.seq), event)
        yield event
        due = event.seq + 1
    yield from _missing(range(due, answer), events[-1])


def _missing(numbers: Iterable[int], near: Event) -> Iterator[Notice]:
    text = "What stood here in the original could not be read."
    for number in numbers:
        yield Notice(seq=number, clock=near.clock, at=near.at, kind="missing-event", text=text)
