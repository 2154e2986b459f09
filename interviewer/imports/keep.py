"""Puts an imported transcript into the user's folder, beside what is there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from interviewer.imports.source import ImportFault
from interviewer.transcript.bundle import Bundle
from interviewer.transcript.runs import runs_path
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
    """
    path = folder / f"{transcript_id}{ENDING}"
    remark = ""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            if path.read_bytes() == bundle.log:
                return Kept(path, f"It is there already, the same to the byte: {path.name}.", new=False)
            path = _free(folder, transcript_id)
            remark = f"Another transcript has the id {transcript_id}, so this one is kept as {path.name}."
        _write(path, bundle.log)
        if bundle.runs and remark:
            remark += " Its grading runs were left out: they would stand with those of the other one."
        elif bundle.runs:
            remark = _keep_runs(folder, transcript_id, bundle.runs)
    except OSError as error:
        raise ImportFault(f"{path}: cannot be written: {error.strerror or error}.") from None
    return Kept(path, remark)


def _keep_runs(folder: Path, transcript_id: str, runs: bytes) -> str:
    """Grading runs that are there already stay as they are; only what is not among them is added."""
    path = runs_path(folder, transcript_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write(path, runs)
        return ""
    there = path.read_bytes()
    fresh = [line for line in runs.splitlines() if line.strip() and line not in there.splitlines()]
    if fresh:
        with path.open("ab") as file:
            file.write((b"" if there.endswith(b"\n") else b"\n") + b"".join(line + b"\n" for line in fresh))
            file.flush()
            os.fsync(file.fileno())
    return f"{len(fresh)} grading runs were added to those that are there."


def _free(folder: Path, name: str) -> Path:
    number = 2
    while (path := folder / f"{name}-{number}{ENDING}").exists():
        number += 1
    return path


def _write(path: Path, data: bytes) -> None:
    """Writes a new file that only its owner reads; nothing half written stays."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
