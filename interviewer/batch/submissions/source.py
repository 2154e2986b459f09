"""A folder of submissions as a source of rows: one for each folder in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from interviewer.batch.row import Row
from interviewer.batch.sources import SourceError
from interviewer.batch.sources.texts import natural
from interviewer.batch.submissions.bounds import BOUNDS, Bounds
from interviewer.batch.submissions.kinds import kind_of
from interviewer.batch.submissions.submission import read_submission
from interviewer.batch.submissions.tree import is_archive
from interviewer.text import one_line

_PACKED: Final = "This is an archive, which is not opened. Unpack it into a folder of its own beside the others."
_LINKED: Final = "This is a link, which is not followed. Put the folder itself here."


def open_submissions(source: str, bounds: Bounds = BOUNDS) -> Submissions:
    """Opens a folder of submissions.

    Raises:
        SourceError: it is no folder, cannot be listed, or holds no submission.
    """
    path = Path(source).expanduser()
    name = one_line(path.resolve().name or source)
    if not path.exists():
        raise SourceError(f"There is no folder {one_line(source)}.")
    if not path.is_dir():
        raise SourceError(f"{name} is a file. Submissions are read from a folder that has a folder for each.")
    try:
        return Submissions(path, name, bounds)
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror or error}.") from None


class Submissions:
    """A folder with a folder for each submission, or a single submission. See `open_submissions`.

    Nothing is held in memory but the names; a submission is read when its row is.
    """

    def __init__(self, path: Path, name: str, bounds: Bounds) -> None:
        self.name: Final = name
        """As said to people: the last part of the path."""
        self.path: Final = path
        self._bounds = bounds
        with os.scandir(path) as listed:
            entries = sorted(
                (entry for entry in listed if not entry.name.startswith(".")), key=lambda e: natural(e.name)
            )
        files = [entry.name for entry in entries if entry.is_file() and not is_archive(entry.name)]
        self._single = _is_one(files) or not any(entry.is_dir() or is_archive(entry.name) for entry in entries)
        self._found = [path] if self._single else [Path(one.path) for one in entries if one.name not in files]
        self._beside = [] if self._single else files
        if not entries:
            raise SourceError(f"{name} is empty. Give a folder that has a folder for each submission.")

    def told(self) -> str:
        """What was recognised, in a few lines."""
        if self._single:
            what = f"{self.name}: one submission, for there are files of one at the top of the folder."
        else:
            number = len(self._found)
            what = f"{self.name}: folder, {number} submission{'' if number == 1 else 's'}, one in each folder."
        lines = [what, self._bounds.told()]
        if self._beside:
            named = ", ".join(one_line(name) for name in self._beside[:3])
            more = ", \u2026" if len(self._beside) > 3 else ""
            lines.append(f"Left out, for they lie beside the folders: {named}{more}.")
        return "\n".join(lines)

    def rows(self) -> Iterator[Row]:
        """Each submission as a row, in the natural order of their names; what cannot be read is a row too."""
        for place, path in enumerate(self._found, 1):
            yield self._row(place, path)

    def _row(self, place: int, path: Path) -> Row:
        id_ = one_line(self.name if self._single else path.name)[:200] or f"#{place}"
        where = self.name if self._single else f"{self.name}/{id_}"
        if path.is_symlink() and not self._single:
            return Row(place, where, id_, status="unreadable", problem=_LINKED)
        if not path.is_dir():
            problem = _PACKED if is_archive(path.name) else "This is not a folder."
            return Row(place, where, id_, status="unreadable", problem=problem)
        try:
            found = read_submission(path, self._bounds)
        except OSError as error:
            return Row(place, where, id_, status="unreadable", problem=f"It cannot be read: {error.strerror or error}.")
        if not found.parts:
            nothing = "There is no file in it that can be read as text."
            return Row(place, where, id_, status="empty-answer", problem=f"{nothing} {found.note}".strip())
        return Row(place, where, id_, parts=found.parts, note=found.note)

    def close(self) -> None:
        """Nothing is kept open."""


def _is_one(files: list[str]) -> bool:
    """Whether files at the top of a folder are those of one submission: a README with code or what it needs to run."""
    kinds = {kind_of(name) for name in files}
    return "readme" in kinds and bool(kinds & {"code", "notebook", "setup"})
