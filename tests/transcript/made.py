"""Small transcripts for tests of what is done with many of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from interviewer.cost import Cost
from interviewer.interview.results import build_scorecard
from interviewer.interview.state import begin
from interviewer.persona import Verdict
from interviewer.transcript.events import Answer, Branched, Event, Finished, Move, Origin, Turn
from interviewer.transcript.store import ENDING, TranscriptWriter
from tests import sample

AT = datetime(2026, 5, 6, 12, tzinfo=UTC)


def transcript(
    folder: Path,
    name: str,
    *,
    verdict: Verdict | None = None,
    share: float | None = None,
    day: int = 0,
    seconds: float = 60.0,
    closed: bool = False,
    origin: Origin | None = None,
    answers: int = 2,
    dollars: str | None = None,
    persona: str = "founder",
) -> Path:
    """A transcript with a greeting and answers, and a scorecard if there is a verdict."""
    path = folder / f"{name}{ENDING}"
    who = sample.persona(id=persona, title=f"The {persona}")
    header = sample.header(id=name, created=AT + timedelta(days=day), origin=origin, persona=who)
    events: list[Event] = [Turn(seq=1, clock=0.0, at=AT, move=Move(kind="open", speaker="ana"), text="Hello.")]
    for _ in range(answers):
        seq = len(events) + 1
        events.append(Answer(seq=seq, clock=seconds * (seq - 1) / (answers + 1), at=AT, text=f"Answer {seq}."))
    if closed or verdict:
        goodbye = Move(kind="close", speaker="ana")
        events.append(Turn(seq=len(events) + 1, clock=seconds, at=AT, move=goodbye, text="Goodbye."))
    if verdict:
        cost = Cost(calls=1, dollars=Decimal(dollars)) if dollars else None
        changes = {"verdict": verdict, "share": share, "cost": cost}
        card = build_scorecard(begin(header)).model_copy(update=changes)
        events.append(Finished(seq=len(events) + 1, clock=seconds, at=AT, scorecard=card))
    with TranscriptWriter.create(path, header) as writer:
        for event in events:
            writer.append(event)
    return path


def branch(folder: Path, name: str, parent: str, answer: int = 3, day: int = 1) -> Path:
    """An unfinished branch of another."""
    return transcript(folder, name, day=day, origin=Branched(parent=parent, answer=answer), answers=1)
