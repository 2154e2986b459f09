"""Answers that are files of their own: a folder of text and Markdown files, or a single one."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from interviewer.batch.row import LONGEST_TEXT
from interviewer.batch.sources.decoding import encoding_of, is_text, opened
from interviewer.batch.sources.front_matter import split
from interviewer.batch.sources.options import SourceError, SourceOptions
from interviewer.batch.sources.record import SAMPLE, Record
from interviewer.text import one_line

SUFFIXES: Final = frozenset((".txt", ".md", ".markdown", ".text"))
FILE, TEXT = "file", "text"
"""The columns that every answer of a folder has: its path within it, and what is written in it."""

_DIGITS: Final = re.compile(r"(\d+)")


class Texts:
    """A folder with one answer in each text or Markdown file, or one such file. See `Form`.

    The files of a folder come before those of the folders in it, by name with numbers in their natural order. A file
    may begin with front matter, lines of `name: value` between two lines of `---`, which become columns.
    """

    def __init__(self, path: Path, name: str, options: SourceOptions) -> None:
        """Lists the folder and looks at its first files.

        Raises:
            SourceError: there is no text or Markdown file in it, or the forced encoding is none.
            OSError: it cannot be listed or read.
        """
        self._path, self._name, self._forced = path, name, options.encoding
        self._is_folder = path.is_dir()
        passed: Counter[str] = Counter()
        self._count = sum(1 for _ in self._files(passed))
        if not self._count:
            raise SourceError(f"In {name} there is no .txt or .md file. Give a folder with one answer in each file.")
        names = dict.fromkeys((FILE, TEXT))
        for record in islice(self.records(), SAMPLE):
            names.update(dict.fromkeys(record.values))
        self.columns = tuple(names)
        self.known: Mapping[str, str] = {"id": FILE, "answer": TEXT}
        self.doubts = _left_out(passed)

    @property
    def recognised(self) -> str:
        if not self._is_folder:
            return "one text, taken for one answer"
        return f"folder, {self._count} text file{'' if self._count == 1 else 's'}, one answer in each"

    def records(self) -> Iterator[Record]:
        for entry in self._files(Counter()):
            yield _read(Path(entry), self._shown(entry), self._within(entry), self._forced)

    def _files(self, passed: Counter[str]) -> Iterator[str]:
        """The paths of the files in order; links are among them, to be told as rows that are not followed."""
        if not self._is_folder:
            yield str(self._path)
            return
        waiting = [str(self._path)]
        while waiting:
            folder = waiting.pop()
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: natural(entry.name))
            below = []
            for entry in entries:
                if entry.name.startswith("."):
                    passed["hidden"] += 1
                elif entry.is_dir(follow_symlinks=False):
                    below.append(entry.path)
                elif entry.is_symlink() and entry.is_dir():
                    passed["linked from elsewhere"] += 1
                elif Path(entry.name).suffix.casefold() in SUFFIXES:
                    yield entry.path
                else:
                    passed["of another kind"] += 1
            waiting.extend(reversed(below))

    def _within(self, entry: str) -> str:
        return Path(entry).relative_to(self._path).as_posix() if self._is_folder else Path(entry).name

    def _shown(self, entry: str) -> str:
        return f"{self._name}/{one_line(self._within(entry))}" if self._is_folder else self._name


def _left_out(passed: Counter[str]) -> tuple[str, ...]:
    """What lies in a folder and is no answer, as said to people."""
    listed = ", ".join(f"{count} {kind}" for kind, count in passed.items())
    return (f"Left out of the folder: {listed}.",) if listed else ()


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts `answer 9` before `answer 10`; what differs in capitals alone still has one order."""
    parts = _DIGITS.split(name)
    return tuple(
        (0, int(part), part) if place % 2 and len(part) < 100 else (1, 0, part.casefold() + "\0" + part)
        for place, part in enumerate(parts)
    )


def _read(path: Path, where: str, within: str, forced: str | None) -> Record:
    """The record of one file. A link is not followed: it may lead out of the folder."""
    values = {FILE: within}
    if path.is_symlink():
        return Record(
            where, values, "unreadable", "The file is a link, which is not followed. Put the file itself here."
        )
    try:
        if not path.is_file():
            return Record(where, values, "unreadable", "This is not an ordinary file.")
        with opened(path, encoding_of(path, forced)) as file:
            text = file.read(LONGEST_TEXT * 2)
    except OSError as error:
        return Record(where, values, "unreadable", f"The file cannot be read: {error.strerror or error}.")
    if not is_text(text):
        return Record(where, values, "unreadable", "The file is not text. Write the answer as plain text or Markdown.")
    columns, body = split(text)
    return Record(where, {**columns, **values, TEXT: body})
