"""Grading runs made in code, for tests of what is told about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interviewer.interview.results import Judged, build_scorecard
from interviewer.library import Library, NotFound
from interviewer.persona import Persona
from interviewer.replay.gradings import Numbered
from interviewer.replay.recording import Recording, recorded
from interviewer.rubric import Rubric
from interviewer.scorecard import Evidence, Grade, GradeStatus, Rating, Stamp
from interviewer.transcript.runs import GradingRun, Jury
from tests import sample
from tests.interview.fakes import ANSWER, Table
from tests.replay.branching import held

STAMP = Stamp(engine="fake", engine_version="1", calibration="not calibrated")
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


async def recording(folder: Path, **header: Any) -> Recording:
    """A finished interview of a few questions."""
    table = Table(folder, sample.header(**header))
    await held(table, [ANSWER] * 9)
    return recorded(table.path)


class Shelf(Library):
    """A library of these, and nothing else."""

    def __init__(self, *documents: Persona | Rubric) -> None:
        super().__init__(())
        self._personas = {one.id: one for one in documents if isinstance(one, Persona)}
        self._rubrics = {one.id: one for one in documents if isinstance(one, Rubric)}

    def persona(self, name: str) -> Persona:
        if name not in self._personas:
            raise NotFound("persona", name, self._personas)
        return self._personas[name]

    def rubric(self, name: str) -> Rubric:
        if name not in self._rubrics:
            raise NotFound("rubric", name, self._rubrics)
        return self._rubrics[name]


def run(
    recording: Recording,
    levels: Sequence[Mapping[str, str]] = (),
    persona: Persona | None = None,
    rubric: Rubric | None = None,
    status: GradeStatus = "graded",
    **more: Any,
) -> GradingRun:
    """A run with these levels, thread by thread; what is not given is solid."""
    persona, rubric, stamp = persona or sample.persona(), rubric or sample.rubric(), more.pop("stamp", STAMP)
    grades = tuple(
        _grade(recording, place, dict(levels[place]) if place < len(levels) else {}, rubric, stamp, status)
        for place in range(len(recording.state.threads))
    )
    return GradingRun(
        id=more.pop("id", "made"),
        created=more.pop("created", NOON),
        product_version="0",
        transcript=recording.header.id,
        events=len(recording.events),
        jury=Jury.of(persona),
        rubrics=(rubric,),
        grades=grades,
        scorecard=build_scorecard(recording.state, Judged(persona, (rubric,), grades)),
        **more,
    )


def _grade(
    recording: Recording, place: int, levels: dict[str, str], rubric: Rubric, stamp: Stamp, status: GradeStatus
) -> Grade:
    thread = recording.state.threads[place]
    said = thread.said[-1] if thread.said else None
    evidence = (Evidence(event=said.answer, sentence=1, start=0, end=9, quote=said.text[:9]),) if said else ()
    ratings = tuple(
        Rating(criterion=one.id, level=levels.get(one.id, "solid"), reasoning=f"Why {one.id}.", evidence=evidence)
        for one in rubric.criteria
    )
    return Grade(
        thread=thread.turn,
        question=thread.question,
        rubric=rubric.id,
        rubric_version=rubric.version,
        status=status,
        ratings=ratings if status == "graded" else (),
        note="" if status == "graded" else "The service was away.",
        stamp=stamp,
    )


def numbered(*runs: GradingRun) -> list[Numbered]:
    """Runs under the numbers 0, 1, 2 ..."""
    return [Numbered(number, one) for number, one in enumerate(runs)]
