"""Whether there are tests that could fail, and whether it is this code that would make them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from interviewer.engines.offline.submission.finding import NOTHING, Found, by_count, found
from interviewer.engines.offline.submission.handed import File, Handed, Spot

_TEST: Final = re.compile(r"\s*(?:async\s+)?def\s+(test_?\w*)\s*\(|\s*(?:it|test)\(\s*[\"'`]|\s*test_that\(")
_CLAIM: Final = re.compile(r"\bassert\w*\b|\bexpect\w*\(|\braises\(|\bself\.assert")
_EMPTY_CLAIM: Final = re.compile(
    r"assert\s+(?:True|1|not False|1 == 1|(?P<same>[\w.]+)\s*==\s*(?P=same))\s*(?:#.*|,.*)?$"
    r"|assertTrue\(True\)|expect\(true\)",
    re.IGNORECASE,
)


def tests(handed: Handed) -> Found:
    """Tests that claim something: one that cannot fail is none."""
    heads = [head for file in handed.of("test") for head, body in _tests(file) if _claims(body)]
    empty = [head for file in handed.of("test") for head, body in _tests(file) if not _claims(body)]
    if not heads and empty:
        return Found(0.0, (), tuple(empty[:1]), "There are tests that cannot fail.")
    return by_count(heads, 0.4, 0.6, 0.8, 1.0)


def _tests(file: File) -> list[tuple[Spot, list[Spot]]]:
    """Each test of a file with its lines."""
    spots = list(file.code)
    starts = [place for place, spot in enumerate(spots) if _TEST.match(spot.text)]
    ends = [*starts, len(spots)][1:]
    return [(spots[start], spots[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]


def _claims(body: Iterable[Spot]) -> bool:
    return any(_CLAIM.search(spot.text) and not _EMPTY_CLAIM.search(spot.text) for spot in body)


_IMPORTED: Final = re.compile(r"\s*(?:from\s+([\w.]+)\s+import\s+(.+)|import\s+([\w.]+)(?:\s+as\s+(\w+))?)")


def tests_reach_code(handed: Handed) -> Found:
    """That tests use what was handed in, and not only libraries."""
    own = {part for file in handed.of("code") for part in PurePosixPath(file.name).with_suffix("").parts}
    reached: list[Spot] = []
    for file in handed.of("test"):
        used = {
            name
            for spot in file.code
            if (match := _IMPORTED.match(spot.text)) and own & set((match[1] or match[3]).split("."))
            for name in re.findall(r"\w+", match[2] or match[4] or match[3].split(".")[-1])
        }
        reached += [
            spot
            for _, body in _tests(file)
            for spot in body
            if any(re.search(rf"\b{re.escape(name)}\b", spot.text) for name in used)
        ]
    if not reached and handed.of("test"):
        heads = [head for file in handed.of("test") for head, _ in _tests(file)]
        return Found(0.0, (), tuple(heads[:1]), "No test calls the code that was handed in.") if heads else NOTHING
    return found(1.0, reached)
