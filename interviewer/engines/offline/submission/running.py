"""Whether the commands of the write-up could be typed: they are read and held against the files, never run."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from interviewer.engines.offline.submission.finding import NOTHING, Found, by_count, pattern
from interviewer.engines.offline.submission.handed import Handed, Spot

_COMMAND: Final = pattern(
    r"""(?:^|`)(?:[$>%]\s)?(?: python3? | pip3? | uv | make | just | docker | poetry | pdm | conda | mamba | pytest
    | bash
    | sh | npm | Rscript | jupyter | papermill | tox | nox | cargo | go | dvc | snakemake | julia
    | \./[\w./-]+ )\b[^`]*"""
)


def run_commands(handed: Handed) -> Found:
    """Commands that can be typed."""
    return by_count(_commands(handed), 0.6, 1.0)


def run_fits_files(handed: Handed) -> Found | None:
    """That the commands name what is there."""
    fits: list[Spot] = []
    misses: list[tuple[Spot, str]] = []
    for spot in _commands(handed):
        for wanted in _wanted(spot.text):
            if _there(wanted, handed):
                fits.append(spot)
            else:
                misses.append((spot, wanted[0]))
    if not fits and not misses:
        return NOTHING
    remark = f"A command names {misses[0][1]}, which is not there." if misses else ""
    against = tuple(spot for spot, _ in misses[:2])
    return Found(len(fits) / (len(fits) + len(misses)), tuple(fits[:2]), against, remark)


def _commands(handed: Handed) -> list[Spot]:
    spots = [
        spot
        for file in handed.of("readme", "document")
        for spot in file.spots
        if spot.passage.kind != "heading" and (spot.passage.kind == "line" or "`" in spot.text)
    ]
    return [spot for spot in spots if _COMMAND.search(spot.text)]


_SCRIPT: Final = re.compile(r"\b(?:python3?|bash|sh|Rscript|papermill|jupyter \w+(?: --\S+)*)\s+([\w./-]+\.\w+)")
_MODULE: Final = re.compile(r"\bpython3?\s+-m\s+([\w.]+)")
_RULE: Final = re.compile(r"\b(?:make|just)\s+([a-z][\w-]*)")
_LIST: Final = re.compile(r"-r\s+([\w./-]+)")
_OF_PYTHON: Final = frozenset(
    ("pytest", "venv", "pip", "unittest", "build", "mypy", "http", "ipykernel", "spacy", "nltk")
)


def _wanted(command: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a command needs: its name, and the files of which any one has it."""
    scripts = (*_SCRIPT.findall(command), *_LIST.findall(command))
    needs: list[tuple[str, tuple[str, ...]]] = [(one, (one.removeprefix("./"),)) for one in scripts]
    for module in _MODULE.findall(command):
        if module.split(".")[0] not in _OF_PYTHON:
            path = module.replace(".", "/")
            needs.append((module, (f"{path}.py", f"{path}/__main__.py", f"src/{path}.py", f"src/{path}/__main__.py")))
    needs += [(f"make {rule}", (f"rule:{rule}",)) for rule in _RULE.findall(command)]
    return needs


def _there(wanted: tuple[str, tuple[str, ...]], handed: Handed) -> bool:
    rules = [one.removeprefix("rule:") for one in wanted[1] if one.startswith("rule:")]
    if rules:
        texts = [
            file.text for file in handed.files if PurePosixPath(file.name).name.casefold() in {"makefile", "justfile"}
        ]
        return any(re.search(rf"^{re.escape(rules[0])}\b[^\n=]*:", text, re.MULTILINE) for text in texts)
    return any(path in handed.names for path in wanted[1])
