"""Takes transcripts away and brings them back. Only `purge`, asked for by name, destroys anything.

What is deleted lies in `.deleted/` inside the folder, each deletion in a folder of its own: the transcript, its grading
runs, and a record of when and from where. Labels stay in their file until the purge, so they come back too.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from interviewer.transcript.archive import listing, samples_folder
from interviewer.transcript.disk import alone, cannot, replace_file, sync_folder
from interviewer.transcript.entries import Entry, Unreadable, read_entry
from interviewer.transcript.labels import BLANK, Label, forget_labels, read_labels
from interviewer.transcript.runs import runs_path
from interviewer.transcript.store import ENDING, TranscriptError

DELETED: Final = ".deleted"
SCHEMA: Final = 1
"""Version of the record."""

_TRANSCRIPT, _RUNS, _RECORD = f"transcript{ENDING}", f"runs{ENDING}", "record.json"


@dataclass(frozen=True, slots=True)
class Deleted:
    """A transcript that was deleted and can be restored."""

    place: Path
    """The folder that it lies in now."""
    name: str
    """The name of its file without the ending, before and after."""
    id: str
    when: datetime
    entry: Entry | None
    """None if it cannot be listed."""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.entry.title if self.entry else self.name


def delete(folder: Path, path: Path) -> Deleted:
    """Moves a transcript of this folder, with its grading runs, out of sight.

    Raises:
        TranscriptError: it is a sample, not in this folder, being written right now, or cannot be moved.
    """
    where = path.absolute().parent.resolve()
    if where == samples_folder():
        raise TranscriptError(f"{path.stem}: this sample comes with interviewer and cannot be deleted.")
    if where != folder.resolve() or path.suffix != ENDING:
        raise TranscriptError(f"{path}: no transcript in {folder}, so it is not interviewer's to delete.")
    name, now = path.stem, datetime.now(UTC)
    entry = _entry(path)
    transcript = entry.id if entry is not None and _is_plain(entry.id) else name
    busy = f"{path}: an interview is being held in it right now. End or leave that first."
    with alone(path, busy):
        try:
            place = _new_place(folder, name)
            _Record(name, transcript, now).write(place)
            path.rename(place / _TRANSCRIPT)
            runs = runs_path(folder, transcript)
            if runs.exists() and not _others_with(folder, transcript):
                _move(runs, place / _RUNS)
        except OSError as error:
            raise cannot(path, "be deleted", error) from None
    sync_folder(place)
    sync_folder(folder)
    return Deleted(place, name, transcript, now, _entry(place / _TRANSCRIPT, read_labels(folder).of(path)))


def restore(folder: Path, deleted: Deleted) -> Path:
    """Moves a deleted transcript back, with its grading runs.

    Raises:
        TranscriptError: there is another of its name by now, or it cannot be moved.
    """
    path = folder / f"{deleted.name}{ENDING}"
    runs = runs_path(folder, deleted.id)
    kept = deleted.place / _RUNS
    for taken in (path, runs) if kept.exists() else (path,):
        if taken.exists():
            raise TranscriptError(
                f"{taken}: exists again, so what was deleted cannot take its place. Move it away first."
            )
    try:
        _move(kept, runs)
        (deleted.place / _TRANSCRIPT).rename(path)
    except OSError as error:
        raise cannot(path, "be restored", error) from None
    sync_folder(folder)
    with contextlib.suppress(OSError):  # an empty place is no harm: it is not listed
        (deleted.place / _RECORD).unlink(missing_ok=True)
        deleted.place.rmdir()
    return path


def deleted(folder: Path) -> tuple[tuple[Deleted, ...], tuple[Unreadable, ...]]:
    """What can be restored, the latest deletion first; and places whose record cannot be read."""
    found: list[Deleted] = []
    broken: list[Unreadable] = []
    labels = read_labels(folder).by_name
    for place in _places(folder):
        path = place / _TRANSCRIPT
        try:
            record = _Record.read(place)
        except ValueError:
            broken.append(Unreadable(path, f"{path}: deleted, but the record of it is damaged. Move it back by hand."))
        else:
            entry = _entry(path, labels.get(record.name, BLANK))
            found.append(Deleted(place, record.name, record.id, record.when, entry))
    found.sort(key=lambda one: one.when, reverse=True)
    return tuple(found), tuple(broken)


def find_deleted(folder: Path, name: str) -> Deleted:
    """The deletion that an id, the name of a file or the beginning of one means; of several, the latest.

    Raises:
        TranscriptError: nothing fits, or different transcripts do.
    """
    there, _ = deleted(folder)
    fitting = [one for one in there if name in {one.id, one.name}]
    fitting = fitting or [one for one in there if one.id.startswith(name) or one.name.startswith(name)]
    if not fitting:
        known = ", ".join(one.id for one in there[:5])
        raise TranscriptError(
            f"{name}: no such transcript was deleted. {f'There are: {known}.' if known else ''}".strip()
        )
    if len({one.name for one in fitting}) > 1:
        raise TranscriptError(f"{name}: fits {len(fitting)} of them: {', '.join(one.id for one in fitting[:5])}.")
    return fitting[0]


def purge(folder: Path) -> int:
    """Destroys everything that was deleted, with its labels. Returns how many transcripts that were.

    Raises:
        TranscriptError: something cannot be removed.
    """
    import shutil

    gone = [one.name for one in deleted(folder)[0]]
    count = len(_places(folder))
    for place in sorted((folder / DELETED).glob("*")):
        try:
            shutil.rmtree(place)
        except OSError as error:
            raise cannot(place, "be removed", error) from None
    forget_labels(folder, (name for name in gone if not (folder / f"{name}{ENDING}").exists()))
    return count


def _places(folder: Path) -> list[Path]:
    """The places that hold a transcript."""
    return [path.parent for path in sorted((folder / DELETED).glob(f"*/{_TRANSCRIPT}"))]


def _new_place(folder: Path, name: str) -> Path:
    """An empty place for a deletion. Raises OSError."""
    number = 1
    while True:
        place = folder / DELETED / f"{name}.{number}"
        try:
            place.mkdir(mode=0o700, parents=True)
        except FileExistsError:
            number += 1
        else:
            return place


@dataclass(frozen=True, slots=True)
class _Record:
    """What is written down of a deletion."""

    name: str
    """Of the file, without its ending."""
    id: str
    """Of the transcript, after which its runs are named."""
    when: datetime

    def write(self, place: Path) -> None:
        """Raises TranscriptError."""
        data = {"schema_version": SCHEMA, "name": self.name, "id": self.id, "deleted": self.when.isoformat()}
        replace_file(place / _RECORD, json.dumps(data).encode("ascii"))

    @classmethod
    def read(cls, place: Path) -> _Record:
        """Raises ValueError if it is not there, or not as it was written."""
        try:
            data = json.loads((place / _RECORD).read_bytes())
            record = cls(data["name"], data["id"], datetime.fromisoformat(data["deleted"]))
        except (OSError, KeyError, TypeError) as error:
            raise ValueError("no record") from error
        if not _is_plain(record.name) or not _is_plain(record.id) or record.when.tzinfo is None:
            raise ValueError("another's record")
        return record


def _is_plain(name: object) -> bool:
    """Whether this is the name of a file and leads to no other folder."""
    return isinstance(name, str) and bool(name) and Path(name).name == name


def _entry(path: Path, label: Label = BLANK) -> Entry | None:
    try:
        return read_entry(path, label)
    except TranscriptError:
        return None


def _others_with(folder: Path, transcript: str) -> bool:
    """Whether a transcript with this id is left in the folder, whose runs these are as well."""
    return any(entry.id == transcript for entry in listing(folder)[0])


def _move(path: Path, to: Path) -> None:
    """Moves a file if there is one."""
    if path.exists():
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.rename(to)
