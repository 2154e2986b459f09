"""The transcripts that there are: a listing that reads only the ends of each file, and the way from a name to one."""

from __future__ import annotations

import os
from pathlib import Path

from interviewer.transcript.entries import Entry, Unreadable, read_entry
from interviewer.transcript.labels import LABELS, Labels, read_labels
from interviewer.transcript.store import ENDING, TranscriptError


def listing(folder: Path) -> tuple[tuple[Entry, ...], tuple[Unreadable, ...]]:
    """All transcripts of a folder, unfinished ones first, then the latest first; and those unreadable.

    The samples that come with the program are not among them, unless the folder is theirs.
    """
    labels = read_labels(folder)
    entries, broken = _read_folder(folder, labels)
    if labels.problem:
        broken.append(Unreadable(folder / LABELS, labels.problem))
    entries.sort(key=lambda entry: entry.created, reverse=True)
    entries.sort(key=lambda entry: not entry.unfinished)
    return tuple(entries), tuple(broken)


def samples_folder() -> Path:
    """Where the samples are: in the package if installed, at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    content = package / "content"
    return (content if content.is_dir() else package.parent) / "transcripts"


def samples(folder: Path) -> tuple[Entry, ...]:
    """The transcripts that come with the program, by name, with the labels that the user's `folder` has for them."""
    entries, _ = _read_folder(samples_folder(), read_labels(folder))
    return tuple(entries)


def _read_folder(folder: Path, labels: Labels) -> tuple[list[Entry], list[Unreadable]]:
    """The transcripts of a folder by name, and those that cannot be read."""
    entries: list[Entry] = []
    broken: list[Unreadable] = []
    try:
        with os.scandir(folder) as items:
            names = sorted(item.name for item in items if item.name.endswith(ENDING) and item.is_file())
    except FileNotFoundError:
        return entries, broken
    except OSError as error:
        return entries, [Unreadable(folder, f"cannot be read: {error.strerror or error}")]
    shipped = folder.resolve() == samples_folder()
    for name in names:
        path = folder / name
        try:
            entries.append(read_entry(path, labels.of(path), sample=shipped))
        except TranscriptError as error:
            broken.append(Unreadable(path, str(error)))
    return entries, broken


def find(folder: Path, name: str) -> Path:
    """The transcript that `name` means: a file, an id or the beginning of one in `folder`, or a sample's id or name.

    Raises:
        TranscriptError: nothing fits, or more than one does.
    """
    given = Path(name).expanduser()
    if given.is_file():
        return given
    exact = folder / f"{name}{ENDING}"
    if exact.is_file():
        return exact
    entries, _ = listing(folder)
    fitting = [entry for entry in entries if entry.id == name] or [e for e in entries if e.id.startswith(name)]
    fitting = fitting or [entry for entry in samples(folder) if name in {entry.id, entry.path.stem}]
    if len(fitting) == 1:
        return fitting[0].path
    if fitting:
        raise TranscriptError(f"{name}: fits {len(fitting)} transcripts: {', '.join(e.id for e in fitting[:5])}.")
    there = f" There are: {', '.join(entry.id for entry in entries[:5])}." if entries else ""
    shipped = ", ".join(entry.path.stem for entry in samples(folder))
    there += f" Samples: {shipped}." if shipped else ""
    raise TranscriptError(f"{name}: no such transcript in {folder}.{there}")


def latest_unfinished(folder: Path) -> Path:
    """The interview to go on with if none is named. Raises TranscriptError if there is none."""
    for entry in listing(folder)[0]:
        if entry.unfinished:
            return entry.path
    raise TranscriptError(f"There is no unfinished interview in {folder}.")


def latest_finished(folder: Path) -> Path:
    """The last interview that has a scorecard. Raises TranscriptError if there is none."""
    for entry in listing(folder)[0]:
        if not entry.unfinished:
            return entry.path
    raise TranscriptError(f"There is no finished interview in {folder}.")
