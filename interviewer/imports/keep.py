"""Puts an imported transcript into the user's folder, beside what is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewer.imports.source import ImportFault
from interviewer.transcript.bundle import Bundle
from interviewer.transcript.disk import write_new
from interviewer.transcript.runs import append_lines
from interviewer.transcript.store import ENDING


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a transcript is now, and what has to be said of it."""

    path: Path
    remark: str = ""
    new: bool = True


def keep(folder: Path, transcript_id: str, bundle: Bundle) -> Kept:
    """Writes a log, and its grading runs, under the id of its transcript. What is there is never overwritten.

    Raises:
        ImportFault: it cannot be written.
        TranscriptError: its grading runs cannot be written; the log is there, and importing it again adds them.
    """
    path = folder / f"{transcript_id}{ENDING}"
    remark = ""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            if path.read_bytes() == bundle.log:
                remark = f"It is there already, the same to the byte: {path.name}. "
                return Kept(path, (remark + _keep_runs(folder, transcript_id, bundle.runs)).strip(), new=False)
            path = _free(folder, transcript_id)
            remark = f"Another transcript has the id {transcript_id}, so this one is kept as {path.name}."
        write_new(path, bundle.log)
    except OSError as error:
        raise ImportFault(f"{path}: cannot be written: {error.strerror or error}.") from None
    if not remark:
        remark = _keep_runs(folder, transcript_id, bundle.runs)
    elif bundle.runs:
        remark += " Its grading runs were left out: they would stand with those of the other one."
    return Kept(path, remark)


def _keep_runs(folder: Path, transcript_id: str, runs: bytes) -> str:
    """Adds the grading runs that are not there yet, and says how many those were; nothing if there were none."""
    *whole, _torn = runs.split(b"\n")
    lines = [line for line in whole if line.strip()]
    added = append_lines(folder, transcript_id, lines) if lines else 0
    return f"{added} grading {'run was' if added == 1 else 'runs were'} added." if added else ""


def _free(folder: Path, name: str) -> Path:
    number = 2
    while (path := folder / f"{name}-{number}{ENDING}").exists():
        number += 1
    return path
