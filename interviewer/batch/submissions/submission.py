"""One submission: a folder as the parts that are graded, with a sentence on everything that is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interviewer.batch.submissions.bounds import BOUNDS, Bounds
from interviewer.batch.submissions.contents import Content, LeftOut, content_of
from interviewer.batch.submissions.kinds import LISTING, kind_of, rank
from interviewer.batch.submissions.tree import Tree, listed
from interviewer.grading.instructing import instructs
from interviewer.grading.passages import form_of, passages

_MOST_NAMED: Final = 3
_MOST_LISTED: Final = 300
_LEAST: Final = 400
"""Characters of a file below which its beginning alone is not worth a part."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a folder holds."""

    parts: tuple[tuple[str, str], ...]
    """Name and text of each file, the most telling first, and at last a list of all files; empty if none is text."""
    note: str
    """What is not in the parts, and sentences that instruct whoever grades; empty if there is nothing to say."""


def read_submission(folder: Path, bounds: Bounds = BOUNDS) -> Submission:
    """Reads a folder as text. Nothing of it is executed, no link followed, no archive opened.

    Raises:
        OSError: the folder cannot be listed.
    """
    tree = listed(folder, bounds)
    parts: list[tuple[str, str]] = []
    cut: dict[str, str] = {}
    left = bounds.letters
    for file in sorted(tree.files, key=lambda one: rank(one.name, one.size)):
        if len(parts) >= bounds.files:
            tree.left_out[f"more than {bounds.files} files"].append(file.name)
            continue
        try:
            content = content_of(file, bounds)
        except LeftOut as why:
            tree.left_out[str(why)].append(file.name)
            continue
        if not content.text.strip():
            tree.left_out["empty"].append(file.name)
            continue
        fitted = _fitted(content, left)
        if fitted is None:
            tree.left_out[f"beyond {bounds.letters:,} characters in all"].append(file.name)
            continue
        left -= len(fitted.text)
        parts.append((file.name, fitted.text))
        if fitted.cut:
            cut[file.name] = fitted.cut
    note = " ".join((*_left_out(tree, bounds), *_cut(cut), *_instructing(parts)))
    if not parts:
        return Submission((), note)
    return Submission((*parts, (LISTING, _listing(tree, [name for name, _ in parts], cut))), note)


def _fitted(content: Content, left: int) -> Content | None:
    """As much of a file as there is room for; None if that is too little."""
    if len(content.text) <= left:
        return content
    if left < _LEAST:
        return None
    text = content.text[:left].rsplit("\n", 1)[0]
    return Content(text, f"only its first {text.count(chr(10)) + 1:,} lines")


def _left_out(tree: Tree, bounds: Bounds) -> Iterable[str]:
    if tree.left_out:
        number = sum(len(names) for names in tree.left_out.values())
        said = "; ".join(f"{len(names)} {why} ({_some(names)})" for why, names in tree.left_out.items())
        yield f"{number} left out: {said}."
    if not tree.complete:
        yield f"There are more than {bounds.entries:,} files and folders; the others were not looked at."


def _cut(cut: Mapping[str, str]) -> Iterable[str]:
    if cut:
        said = [f"{name} ({what})" for name, what in cut.items()]
        more = f" and {len(said) - 2 * _MOST_NAMED} more" if len(said) > 2 * _MOST_NAMED else ""
        yield f"Read in part: {', '.join(said[: 2 * _MOST_NAMED])}{more}."


def _instructing(parts: Sequence[tuple[str, str]]) -> Iterable[str]:
    """What tells whoever grades what to do. It can be no evidence, and the reader is to know of it."""
    found = [
        f"{name}:{text.count(chr(10), 0, passage.start) + 1}"
        for name, text in parts
        if kind_of(name) in {"readme", "document", "notebook"}
        for passage in passages(text, form_of(name))
        if instructs(passage.text)
    ]
    if found:
        yield f"Instructs whoever grades, which counts for nothing: {_some(found)}."


def _some(names: Sequence[str]) -> str:
    named = ", ".join(sorted(names)[:_MOST_NAMED])
    return named if len(names) <= _MOST_NAMED else f"{named}, \u2026"


def _listing(tree: Tree, shown: Sequence[str], cut: Mapping[str, str]) -> str:
    """Every file by name, the shown ones first, then what is not shown and why."""
    lines = [f"{name} ({cut[name]} shown)" if name in cut else name for name in shown]
    lines += [f"{name} (not shown: {why})" for why, names in tree.left_out.items() for name in sorted(names)]
    if len(lines) > _MOST_LISTED:
        lines = [*lines[:_MOST_LISTED], f"and {len(lines) - _MOST_LISTED:,} more"]
    return "\n".join(lines)
