"""Grading runs: what was made of a recorded interview when its answers were judged again.

Each run is one line in `runs/<transcript id>.jsonl` in the user's folder of transcripts, wherever the transcript
itself lies. A run is appended and never changed; the transcript is not touched.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import AwareDatetime, Field, ValidationError

from interviewer.cost import Cost
from interviewer.document import Document, Identifier, Line
from interviewer.persona import Decision, Persona, Strictness
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, Revote, Scorecard
from interviewer.transcript.disk import alone, cannot, sync_folder
from interviewer.transcript.store import ENDING, TranscriptError

RUN_SCHEMA = 1
"""Version of the format of a grading run. A reader leaves out a later one, and says so."""

FOLDER = "runs"


class Judge(Document):
    """One of those who judged, as far as it bears on the grades."""

    id: Identifier
    name: Line
    role: Line
    strictness: Strictness
    cares: dict[Identifier, float] = Field(default_factory=dict)


class Jury(Document):
    """Who decided, and how: the part of a persona that a grading depends on."""

    persona: Identifier
    version: int
    title: Line
    decision: Decision
    people: tuple[Judge, ...]

    @classmethod
    def of(cls, persona: Persona) -> Jury:
        """The part of this persona."""
        people = tuple(
            Judge(id=one.id, name=one.name, role=one.role, strictness=one.strictness, cares=one.cares)
            for one in persona.people
        )
        return cls(
            persona=persona.id, version=persona.version, title=persona.title, decision=persona.decision, people=people
        )


class GradingRun(Document):
    """One grading of all answers of a transcript, with everything needed to understand it later."""

    type: Literal["grading-run"] = "grading-run"
    schema_version: int = RUN_SCHEMA
    id: Identifier
    created: AwareDatetime
    product_version: str
    transcript: Identifier
    events: int = Field(ge=0, description="Events that the transcript had when it was graded.")
    jury: Jury
    rubrics: tuple[Rubric, ...] = Field(description="Those that answers were judged under.")
    grades: tuple[Grade, ...]
    revotes: tuple[Revote, ...] = ()
    scorecard: Scorecard
    cost: Cost | None = Field(default=None, description="Of the calls of this grading; none if it took none.")
    notes: tuple[str, ...] = Field(default=(), description="What the reader should know of how it came about.")

    def rubric(self, rubric_id: str) -> Rubric | None:
        """The rubric with this id, or None if nothing was judged under it."""
        return next((one for one in self.rubrics if one.id == rubric_id), None)


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one transcript, the earliest first, and a sentence for every line that cannot be used."""

    runs: tuple[GradingRun, ...] = ()
    problems: tuple[str, ...] = ()


def runs_path(folder: Path, transcript: str) -> Path:
    """Where the runs of the transcript with this id are, in the user's folder of transcripts."""
    return folder / FOLDER / f"{transcript}{ENDING}"


def read_runs(folder: Path, transcript: str) -> Runs:
    """The runs of the transcript with this id; none if it was never graded again.

    Raises:
        TranscriptError: the file is there and cannot be read.
    """
    path = runs_path(folder, transcript)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Runs()
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror or error}.") from None
    *lines, torn = raw.split(b"\n")
    runs: list[GradingRun] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                runs.append(_run(line))
        except ValueError as error:
            problems.append(f"{path}:{number}: {error}")
    if torn.strip():
        problems.append(f"{path}:{len(lines) + 1}: the last grading run was cut off in the middle and is left out.")
    return Runs(tuple(runs), tuple(problems))


def _run(line: bytes) -> GradingRun:
    """Raises ValueError with a sentence if it is no run that this version knows."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("type") != "grading-run":
        raise ValueError("this line is no grading run and is left out.")
    version = data.get("schema_version")
    if isinstance(version, int) and version > RUN_SCHEMA:
        raise ValueError(
            f"written by a later version of interviewer (format {version}; this one reads up to {RUN_SCHEMA}) and left "
            "out. Upgrade interviewer to see it."
        )
    try:
        return GradingRun.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"this grading run is damaged at {where} and is left out: {first['msg']}.") from None


def append_run(folder: Path, run: GradingRun) -> Path:
    """Keeps a run; it is on the medium when this returns. A last line that was cut off before makes way.

    Returns:
        The file that it is in.

    Raises:
        TranscriptError: it could not be written. Nothing of it is left in the file.
    """
    append_lines(folder, run.transcript, [run.model_dump_json(by_alias=True).encode()])
    return runs_path(folder, run.transcript)


def append_lines(folder: Path, transcript: str, lines: Iterable[bytes]) -> int:
    """Keeps runs as they stand in a file, all or none of those that are not there yet; see `append_run`.

    Args:
        folder: the user's folder of transcripts.
        transcript: the id of the one that they are of.
        lines: one for each run, without its line end.

    Returns:
        How many were not there yet.

    Raises:
        TranscriptError: they could not be written. Nothing of them is left in the file.
    """
    path = runs_path(folder, transcript)
    new = not path.exists()
    with alone(
        path, f"{path}: another interviewer is writing there and does not finish. Try again.", make=True, wait=5
    ):
        try:
            with path.open("r+b", buffering=0) as file:
                *there, torn = file.read().split(b"\n")
                known = frozenset(there)
                fresh = [line for line in dict.fromkeys(lines) if line not in known]
                _write_from(file.tell() - len(torn), file, b"".join(line + b"\n" for line in fresh))
        except OSError as error:
            raise cannot(path, "be written, so nothing was kept there", error) from None
    if new:
        sync_folder(path.parent)
    return len(fresh)


def _write_from(end: int, file: BinaryIO, data: bytes) -> None:
    """Ends the file with this. Raises OSError, and leaves nothing of it."""
    file.truncate(end)
    file.seek(end)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            file.truncate(end)
        raise
