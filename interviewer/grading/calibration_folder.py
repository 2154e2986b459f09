"""Keeps what was measured of graders as files of the user's own: one JSON document for each measurement."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from interviewer.grading.calibration import Calibration, Calibrations

FOLDER: Final = "calibration"
"""In the user's configuration folder."""
LARGEST: Final = 1 << 20
"""Bytes of a record, at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the folder holds."""

    calibrations: Calibrations
    problems: tuple[str, ...] = ()
    """Files that cannot be used, each with what to do. They are passed over."""


def read(config: Path) -> Kept:
    """Reads all records. Never fails: one that is damaged is a problem to be told, and no reason not to grade.

    Args:
        config: the user's configuration folder.
    """
    found: list[Calibration] = []
    problems: list[str] = []
    try:
        paths = sorted(path for path in (config / FOLDER).iterdir() if path.suffix == ".json")
    except (FileNotFoundError, NotADirectoryError):
        return Kept(Calibrations())
    except OSError as error:
        return Kept(Calibrations(), (f"{config / FOLDER} cannot be read: {error.strerror or error}.",))
    for path in paths:
        try:
            found.append(_record(path))
        except OSError as error:
            problems.append(f"{path} cannot be read: {error.strerror or error}.")
        except ValueError:
            problems.append(f"{path} is no calibration record of this version. Measure again, or remove it.")
    return Kept(Calibrations(tuple(found)), tuple(problems))


def _record(path: Path) -> Calibration:
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ValueError("too large")
    try:
        return Calibration.model_validate_json(raw)
    except ValidationError:
        raise ValueError("no record") from None


def keep(config: Path, record: Calibration) -> Path:
    """Writes a record, in place of an earlier one of the same grader, rubric and set.

    Returns:
        Where it is.

    Raises:
        OSError: it cannot be written; an earlier one is untouched.
    """
    digest = hashlib.sha256("\n".join(record.about).encode()).hexdigest()[:12]
    words = re.sub(r"[^a-z0-9]+", "-", f"{record.stamp.engine} {record.graded_set}".casefold()).strip("-")
    path = config / FOLDER / f"{words[:60]}-{digest}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
