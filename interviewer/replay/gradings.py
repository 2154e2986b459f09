"""All gradings of one interview: the one that it ended with, and the runs that were made later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from interviewer.cost import FREE, Cost
from interviewer.replay.recording import Recording
from interviewer.transcript.events import Finished
from interviewer.transcript.runs import GradingRun, Jury, read_runs

ORIGINAL = "original"
"""Id of the grading that an interview itself ended with."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A grading under the number that people name it by: 0 is the original, whether there is one or not."""

    number: int
    run: GradingRun


@dataclass(frozen=True, slots=True)
class Gradings:
    """The gradings of one transcript, the earliest first."""

    recording: Recording
    all: tuple[Numbered, ...]
    problems: tuple[str, ...] = ()
    """What of the kept runs could not be used, a sentence each."""


def gradings_of(recording: Recording, folder: Path) -> Gradings:
    """All gradings of an interview.

    Args:
        recording: the interview.
        folder: the user's folder of transcripts, where runs are kept.

    Raises:
        TranscriptError: the kept runs cannot be read.
    """
    kept = read_runs(folder, recording.header.id)
    first = original_run(recording)
    numbered = [Numbered(0, first)] if first is not None else []
    numbered += [Numbered(number, run) for number, run in enumerate(kept.runs, 1)]
    return Gradings(recording, tuple(numbered), kept.problems)


def original_run(recording: Recording) -> GradingRun | None:
    """The grading that the interview itself ended with, as a run to compare with; None if it has no scorecard."""
    state, header = recording.state, recording.header
    finished = [event for event in recording.events if isinstance(event, Finished)]
    if state.scorecard is None or not finished:
        return None
    counted = {*header.persona.decision.rubrics, *(grade.rubric for grade in state.grades)}
    return GradingRun(
        id=ORIGINAL,
        created=finished[-1].at,
        product_version=header.product_version,
        transcript=header.id,
        events=len(recording.events),
        jury=Jury.of(header.persona),
        rubrics=tuple(rubric for rubric in header.rubrics if rubric.id in counted),
        grades=state.grades,
        revotes=state.revotes,
        scorecard=state.scorecard,
        cost=total_cost([*(one.cost for one in state.grades), *(one.cost for one in state.revotes)]),
    )


def total_cost(costs: Iterable[Cost | None]) -> Cost | None:
    """All of them together; None if there were none."""
    known = [cost for cost in costs if cost is not None]
    return sum(known, FREE) if known else None
