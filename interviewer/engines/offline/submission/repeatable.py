"""Whether the same would come out on another machine: versions, seeds, and one command for the whole way."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from interviewer.engines.offline.submission.finding import Found, by_count, found
from interviewer.engines.offline.submission.handed import Handed

_PINNED: Final = re.compile(r"^[\"']?[\w.\[\],-]+\s*(?:===?|@)\s*v?\d|^-\s*[\w.-]+==?\d|^\"[\w@/.-]+\":\s*\"\d")
_PACKAGE: Final = re.compile(
    r"^[\"']?[A-Za-z][\w.\[\],-]*\s*(?:[=<>~!]=?.*|[\"'],?|,)?$|^-\s*[A-Za-z][\w.-]*(?:[=<>~].*)?$"
)
_LOCKS: Final = frozenset(
    ("uv.lock", "poetry.lock", "pdm.lock", "pipfile.lock", "package-lock.json", "yarn.lock", "renv.lock", "pixi.lock")
)
_SEEDED: Final = re.compile(
    r"\b(?:random_state|\w*seed\w*|RandomState|default_rng|manual_seed)\s*(?::\s*\w+\s*)?(?:=|\()\s*(?:\d+|[A-Z_]*SEED\b)"
    r"|\bset\.seed\(\s*\d+",
    re.IGNORECASE,
)


def pinned(handed: Handed) -> Found:
    """Versions of packages that are fixed."""
    locks = [
        s for f in handed.of("list") for s in f.spots if PurePosixPath(s.text.split(" (")[0]).name.casefold() in _LOCKS
    ]
    if locks:
        return found(1.0, locks)
    lists = [file for file in handed.of("setup") if re.search(r"requirements|constraints|\.ya?ml$|\.toml$", file.name)]
    named = [spot for file in lists for spot in file.code if _PACKAGE.match(spot.text) or _PINNED.match(spot.text)]
    fixed = [spot for spot in named if _PINNED.match(spot.text)]
    if not fixed:
        return found(0.25, named)
    share = len(fixed) / len(named)
    return found(1.0 if share >= 0.8 else 0.5, fixed)


def seed(handed: Handed) -> Found:
    """A fixed seed, in more than one place if more than one thing is random."""
    return by_count(handed.doing(_SEEDED), 0.7, 1.0)


_RULE: Final = re.compile(r"^[a-z][\w-]*\s*:(?!=)", re.IGNORECASE)
_WAYS: Final = frozenset(
    ("makefile", "justfile", "run.sh", "run_all.sh", "tox.ini", "noxfile.py", "dvc.yaml", "snakefile")
)
_MAIN: Final = re.compile(r"if __name__ ==|\bdef main\s*\(|@(?:app|cli)\.command|click\.command")


def one_command(handed: Handed) -> Found:
    """One command for the whole way: a rule or a script for it; something that can be started counts for a part."""
    ways = [file for file in handed.of("setup", "code") if PurePosixPath(file.name).name.casefold() in _WAYS]
    steps = [spot for file in ways for spot in file.lines if not _RULE.match(spot.text)]
    return found(1.0, steps) if steps else found(0.5, handed.doing(_MAIN))
