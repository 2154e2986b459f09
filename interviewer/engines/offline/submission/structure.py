"""How the code is laid out: its files, its functions, and what is said of them. Read line by line, never parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from interviewer.engines.offline.submission.finding import NOTHING, Found, found
from interviewer.engines.offline.submission.handed import File, Handed, Spot

_FUNCTION: Final = re.compile(
    r"\s*(?:(?:async\s+)?def\s+(?P<python>\w+)\s*\((?P<given>.*)|(?:export\s+)?(?:async\s+)?function\s+\w+\s*\("
    r"|(?:pub\s+)?fn\s+\w+|func\s+\w+|[\w.]+\s*<-\s*function\s*\()"
)
_SINGLE, _LONG, _TANGLED = 3, 50, 80
"""Functions that one file should have at least, lines of a long one, and lines of one that nobody can follow."""


@dataclass(frozen=True, slots=True)
class _Function:
    head: Spot
    lines: int
    described: bool
    """It has a docstring, or its parameters or result have types."""


def _functions(file: File) -> list[_Function]:
    """The functions of a file, by their indentation."""
    lines = file.text.split("\n")
    at = {spot.passage.number - 1: spot for spot in file.spots} if file.kind != "notebook" else {}
    heads = [spot for spot in file.code if _FUNCTION.match(spot.text)]
    if not at:  # of a notebook there are passages and no line numbers
        return [_Function(head, 1, _typed(head.text)) for head in heads]
    numbers = {id(head): head.passage.number - 1 for head in heads}
    return [_measured(head, numbers[id(head)], lines) for head in heads]


def _measured(head: Spot, start: int, lines: list[str]) -> _Function:
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    last = start
    while end < len(lines):
        line = lines[end]
        inside = not line.strip() or len(line) - len(line.lstrip()) > indent or line.lstrip()[:1] in {")", "}"}
        if not inside:
            break
        last = end if line.strip() else last
        end += 1
    body = " ".join(line.strip() for line in lines[start : min(end, start + 12)])
    documented = re.search(r":\s*[rRbB]?(?:\"\"\"|''')\s*\w", body) is not None
    return _Function(head, last - start + 1, documented or _typed(body))


def _typed(head: str) -> bool:
    signature = head.partition("):")[0]
    return "->" in head[:200] or re.search(r"\(\s*(?:self,\s*)?\w+\s*:\s*\w", signature) is not None


def modules(handed: Handed) -> Found:
    """Steps in functions and in files of their own."""
    by_file = {file.name: functions for file in handed.of("code") if (functions := _functions(file))}
    spots = [functions[0].head for functions in by_file.values()]
    number = sum(len(functions) for functions in by_file.values())
    if len(by_file) >= 3 and number >= 5:
        return found(1.0, spots)
    if len(by_file) == 2:
        return found(0.7, spots)
    if number >= _SINGLE:
        return found(0.45, spots)
    noted = [one.head for file in handed.of("notebook") for one in _functions(file)]
    return found(0.2, spots or noted)


def documented(handed: Handed) -> Found:
    """Functions with docstrings or types."""
    functions = [one for file in handed.code for one in _functions(file)]
    described = [one for one in functions if one.described]
    share = len(described) / len(functions) if functions else 0.0
    return found(min(1.0, share / 0.7) if share >= 0.15 else 0.0, [one.head for one in described])


def short_functions(handed: Handed) -> Found:
    """Functions that can be taken in at a glance."""
    functions = [one for file in handed.of("code") for one in _functions(file)]
    if len(functions) < _SINGLE:
        return NOTHING
    longest = max(functions, key=lambda one: one.lines)
    if longest.lines > _TANGLED:
        return Found(0.0, (), (longest.head,), f"One function has {longest.lines} lines.")
    shortest = sorted(functions, key=lambda one: one.lines)
    return found(1.0 if longest.lines <= _LONG else 0.6, [one.head for one in shortest[-2:]])
