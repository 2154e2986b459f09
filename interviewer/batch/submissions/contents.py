"""The text of one file of a submission: read, never executed, and cut where it is long."""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interviewer.batch.sources.decoding import is_text
from interviewer.batch.submissions.bounds import Bounds
from interviewer.batch.submissions.kinds import DATA, LOGS
from interviewer.batch.submissions.notebook import NotebookError, notebook_text
from interviewer.batch.submissions.tree import File
from interviewer.text import sanitise

_OPENED: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A link that took the place of a file since it was listed is not followed, and a pipe is not waited for."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a file."""

    text: str
    cut: str = ""
    """What was left out of it, if anything was: `the first 20 lines`."""


class LeftOut(Exception):
    """A file that is not read; the message says why, as what follows a number of files: "3 binary"."""


def content_of(file: File, bounds: Bounds) -> Content:
    """The text of a file, sanitised, as far as the bounds allow.

    Raises:
        LeftOut: it is binary, too large, damaged, or cannot be opened.
    """
    suffix = file.path.suffix.casefold()
    if suffix == ".ipynb":
        data = _bytes(file.path, bounds.notebook_bytes)
        if len(data) > bounds.notebook_bytes:
            raise LeftOut(f"over {_megabytes(bounds.notebook_bytes)}")
        try:
            return _kept(notebook_text(_decoded(data, whole=True)), bounds)
        except NotebookError as error:
            raise LeftOut(str(error)) from None
    data = _bytes(file.path, bounds.file_bytes)
    whole = len(data) <= bounds.file_bytes
    if not whole and suffix not in DATA and suffix not in LOGS:
        raise LeftOut(f"over {_megabytes(bounds.file_bytes)}")
    text = _decoded(data, whole=whole)
    if suffix in DATA:
        return _head(text, bounds, whole=whole)
    return _kept(text, bounds, whole=whole)


def _bytes(path: Path, most: int) -> bytes:
    """The beginning of a file: one byte more than `most` if there is more."""
    try:
        opened = os.open(path, _OPENED)
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise LeftOut("no ordinary files")
            return file.read(most + 1)
    except OSError:
        raise LeftOut("cannot be opened") from None


def _decoded(data: bytes, *, whole: bool) -> str:
    """Bytes as text: by their byte order mark, as UTF-8, or as Windows-1252."""
    codec = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    elif b"\0" in data:
        raise LeftOut("binary")
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data, final=whole)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        if text.count("\ufffd") > len(text) // 100:
            raise LeftOut("binary") from None
    if not is_text(text):
        raise LeftOut("binary")
    return text


def _kept(text: str, bounds: Bounds, *, whole: bool = True) -> Content:
    lines, shortened = _lines(sanitise(text[: 4 * bounds.file_letters]), bounds)
    kept = "\n".join(lines)
    if whole and len(kept) <= bounds.file_letters and len(text) <= 4 * bounds.file_letters:
        return Content(kept, f"{shortened} long lines cut" if shortened else "")
    kept = kept[: bounds.file_letters].rsplit("\n", 1)[0]
    return Content(kept, f"only its first {kept.count(chr(10)) + 1:,} lines")


def _head(text: str, bounds: Bounds, *, whole: bool) -> Content:
    """The first lines of a table of data."""
    lines, _ = _lines("\n".join(sanitise(text[: bounds.file_letters]).split("\n", bounds.rows)[: bounds.rows]), bounds)
    number = text.count("\n") + (not text.endswith("\n"))
    if whole and number <= bounds.rows:
        return Content("\n".join(lines))
    of = f" of {number:,}" if whole else ""
    return Content("\n".join(lines), f"only its first {bounds.rows} lines{of}")


def _lines(text: str, bounds: Bounds) -> tuple[list[str], int]:
    """Lines no longer than allowed, and how many were cut."""
    lines = text.split("\n")
    long = sum(len(line) > bounds.line for line in lines)
    return [f"{line[: bounds.line]} \u2026" if len(line) > bounds.line else line for line in lines], long


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:g} MB"
