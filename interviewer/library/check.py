"""Checks files and folders and reports every fault in them at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.library.faults import Fault, shown
from interviewer.library.files import DocumentFile
from interviewer.library.lookup import SUFFIXES, Library
from interviewer.library.references import NOUNS, Kind, References
from interviewer.library.source import Source, read
from interviewer.library.tree import Finding, Value


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    files: tuple[str, ...]
    """The files that were read, in order."""
    faults: tuple[Fault, ...]
    """All faults, by file and line."""
    unreadable: tuple[Fault, ...] = ()
    """Paths that could not be read at all."""
    advice: tuple[Fault, ...] = ()
    """What could be better and is no fault, by file and line."""


def check(paths: Iterable[str | Path], library: References | None = None) -> Report:
    """Checks files and, recursively, the YAML files of folders. Never raises.

    References are followed among the files given, then in `library` (the default library if None).
    """
    sources: list[Source] = []
    unreadable: list[Fault] = []
    for path in _expanded(paths, unreadable):
        source = read(path, str(path))
        if source.unreadable:
            unreadable += source.faults
        else:
            sources.append(source)
    files = [DocumentFile(source) for source in sources]
    references = _Gathered(files, Library.default() if library is None else library)
    faults = {fault for file in files for fault in file.faults(references)}
    faults.update(_used_twice(files))
    advice = {remark for file in files for remark in file.advice(references)}
    names = tuple(source.name for source in sources)
    return Report(names, tuple(sorted(faults)), tuple(sorted(unreadable)), tuple(sorted(advice)))


def _expanded(paths: Iterable[str | Path], unreadable: list[Fault]) -> list[Path]:
    """The files that the paths stand for, each once."""
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError):
            is_folder = False
        inside = _yaml_files(path) if is_folder else [path]
        if not inside:
            unreadable.append(Fault(str(path), 1, "folder", "there is no YAML file in this folder", "Check the path."))
        for file in inside:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _yaml_files(folder: Path) -> list[Path]:
    """The YAML files in a folder and below it, hidden ones left out; links to folders are not followed."""
    files = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [Path(parent) / name for name in sorted(names) if name.endswith(SUFFIXES) and name[0] != "."]
    return files


class _Gathered:
    """The files being checked, and behind them the library."""

    def __init__(self, files: Sequence[DocumentFile], library: References) -> None:
        self.library = library
        self.given: dict[tuple[Kind, str], Value] = {}
        for file in files:
            if file.kind is not None and file.id is not None:
                self.given.setdefault((file.kind, file.id), file.top)

    def find(self, kind: Kind, wanted: str) -> Value | None:
        """What the file with this id says; None if there is no such file."""
        given = self.given.get((kind, wanted))
        return given if given is not None else self.library.find(kind, wanted)

    def names(self, kind: Kind) -> list[str]:
        """The ids of all files of a kind."""
        return [*(name for of_kind, name in self.given if of_kind == kind), *self.library.names(kind)]


def _used_twice(files: Sequence[DocumentFile]) -> Iterable[Fault]:
    """Ids that must be unique among all files and are not: those of the files, and of questions."""
    first: dict[tuple[str, str], str] = {}
    for file in files:
        if file.kind is None:
            continue
        if file.id is not None:
            yield from _again(first, file, NOUNS[file.kind], file.id, file.top)
        own: set[str] = set()  # within one bank it is reported by the rules
        for question in file.top.at("questions").items() if file.kind == "questions" else ():
            name = question.at("id").text()
            if name and name not in own:
                own.add(name)
                yield from _again(first, file, "question", name, question)


def _again(
    first: dict[tuple[str, str], str], file: DocumentFile, noun: str, name: str, owner: Value
) -> Iterable[Fault]:
    line = owner.node.keys["id"] if owner.node is not None else 1
    if (noun, name) in first:
        problem = f"the {noun} id `{shown(name)}` is used twice, first at {first[noun, name]}"
        yield file.source.fault(Finding((*owner.path, "id"), problem, "Give one of them another id."))
    else:
        first[noun, name] = f"{file.source.name}:{line}"
