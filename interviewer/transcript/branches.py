"""Where in an interview a branch goes another way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from interviewer.transcript.events import Branched
from interviewer.transcript.reading.parsing import BEGINNING


@dataclass(frozen=True, slots=True)
class BranchPoint:
    """The answer that is given anew."""

    number: int
    """Its place among the candidate's answers, from 1."""
    clock: float
    """Seconds on the interview clock when the parent was last heard before it."""


def branch_point(path: Path, origin: Branched) -> BranchPoint | None:
    """Where the branch in this file leaves its parent, told from the part that they share.

    None if the file cannot be read. Reads no further than that part and takes no event apart that need not be.
    """
    answers, clock = 0, 0.0
    try:
        with path.open("rb") as file:
            file.readline()  # the header
            for line in file:
                event = _event(line)
                if event is None:
                    continue
                seq, at, answered = event
                if seq >= origin.answer:
                    break
                answers += answered
                clock = max(clock, at)
    except OSError:
        return None
    return BranchPoint(answers + 1, clock)


def _event(line: bytes) -> tuple[int, float, bool] | None:
    """Number, clock, and whether it is an answer; None for a line that cannot be read."""
    try:
        if found := BEGINNING.match(line):
            return int(found[1]), float(found[2]), found[3] == b"answer"
        event = json.loads(line)
        return int(event["seq"]), float(event["clock"]), event["type"] == "answer"
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
