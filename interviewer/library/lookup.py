"""Finds personas, rubrics and question banks: by path, in the working folder, in the user's, built in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeVar

from interviewer.document import Document
from interviewer.library.faults import Fault, printable, shown
from interviewer.library.files import DocumentFile
from interviewer.library.near import suggestion
from interviewer.library.references import NOUNS, Kind
from interviewer.library.source import read
from interviewer.library.tree import Finding, Value
from interviewer.persona import Persona
from interviewer.question import Question, QuestionBank
from interviewer.rubric import Rubric
from interviewer.settings import config_folder

Origin = Literal["beside the file", "working folder", "your folder", "built in"]
"""Where a file was found."""


FOLDERS: Final[Mapping[Kind, str]] = {
    "persona": "personas",
    "rubric": "rubrics",
    "questions": "personas/questions",
}
"""Where files of each kind lie in any place."""

SUFFIXES: Final = (".yaml", ".yml")

_Wanted = TypeVar("_Wanted", bound=Document)


class LibraryError(Exception):
    """What was asked for cannot be had. The message is a clear sentence."""


class NotFound(LibraryError):
    """There is nothing of that name. The message says what there is."""

    def __init__(self, kind: str, name: str, names: Iterable[str]) -> None:
        names = tuple(names)
        there_is = suggestion(name, names, none=f"There is no {kind} at all.")
        super().__init__(f"There is no {kind} `{shown(name)}`. {there_is}")
        self.name = name
        self.names = names


class Broken(LibraryError):
    """The file is there and cannot be used. `faults` holds all that is wrong with it, at least one."""

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        more = f" There {'are' if len(faults) > 2 else 'is'} {len(faults) - 1} more." if len(faults) > 1 else ""
        super().__init__(f"{printable(path.name)} cannot be used. {faults[0]}{more}")
        self.path = path
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of a list of what there is."""

    kind: Kind
    id: str
    """Its id, or the name of the file if that cannot be read."""
    title: str
    """Its title; empty if it cannot be read."""
    origin: Origin
    path: Path
    fault: Fault | None = None
    """The first of its faults, if it cannot be used."""

    @property
    def broken(self) -> bool:
        """Whether it cannot be used."""
        return self.fault is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds `personas`, `personas/questions` and `rubrics`."""

    origin: Origin
    folder: Path


class Library:
    """All that can be used by name. What an earlier place has hides what a later one has by that name.

    Files are read when they are asked for and again when they have changed. Not for use by several
    threads at once.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: list[Place] = []
        seen: set[Path] = set()
        # Started in the folder of the built-in files, that folder is "built in", not "working folder".
        for place in sorted(places, key=lambda place: place.origin != "built in"):
            folder = place.folder.absolute()
            if folder not in seen:
                seen.add(folder)
                self.places.append(place)
        order = ("beside the file", "working folder", "your folder", "built in")
        self.places.sort(key=lambda place: order.index(place.origin))
        self._read: dict[Path, tuple[tuple[int, int, int], DocumentFile]] = {}

    @classmethod
    def default(cls) -> Library:
        """The working folder, the user's configuration folder, and what is built in."""
        return cls(
            (
                Place("working folder", Path.cwd()),
                Place("your folder", config_folder()),
                Place("built in", built_in_folder()),
            )
        )

    def persona(self, name: str) -> Persona:
        """The persona with this id, or in this file. Raises NotFound or Broken.

        A persona given by path in a folder `personas` also finds the rubrics and banks around that folder.
        """
        return self._load("persona", name, Persona)

    def rubric(self, name: str) -> Rubric:
        """The rubric with this id, or in this file. Raises NotFound or Broken."""
        return self._load("rubric", name, Rubric)

    def bank(self, name: str) -> QuestionBank:
        """The question bank with this id, or in this file. Raises NotFound or Broken."""
        return self._load("questions", name, QuestionBank)

    def question(self, question_id: str) -> Question:
        """The question with this id, from whichever bank. Raises NotFound, or Broken if its bank is."""
        names: list[str] = []
        for _, path, _ in self._found("questions"):
            questions = self._file(path).top.at("questions").items()
            ids = [question_name for item in questions if (question_name := item.at("id").text())]
            if question_id in ids:
                return self._open("questions", path, QuestionBank).question(question_id)
            names += ids
        raise NotFound("question", question_id, names)

    def bank_or_question(self, name: str) -> QuestionBank | Question:
        """The bank of this name, else the question. Raises NotFound or Broken."""
        if as_path(name) is not None or self._path("questions", name) is not None:
            return self.bank(name)
        try:
            return self.question(name)
        except NotFound as missing:
            banks = self.names("questions")
            raise NotFound("question or question bank", name, [*banks, *missing.names]) from None

    def personas(self) -> list[Listing]:
        """Every persona that can be named, broken ones too, in the order of the places, then by id."""
        return self._list("persona")

    def rubrics(self) -> list[Listing]:
        """Every rubric that can be named, broken ones too, in the order of the places, then by id."""
        return self._list("rubric")

    def banks(self) -> list[Listing]:
        """Every question bank that can be named, broken ones too, in the order of the places, then by id."""
        return self._list("questions")

    def find(self, kind: Kind, wanted: str) -> Value | None:
        """What the file with this id says, right or wrong; None if there is no such file."""
        path = self._path(kind, wanted)
        return self._file(path).top if path is not None else None

    def names(self, kind: Kind) -> list[str]:
        """The ids of all files of a kind that can be read, and the names of those that cannot."""
        return [name for _, _, name in self._found(kind)]

    def _load(self, kind: Kind, name: str, model: type[_Wanted]) -> _Wanted:
        path = as_path(name)
        if path is not None:
            self._look_beside(path)
        else:
            path = self._path(kind, name)
        if path is None:
            raise NotFound(NOUNS[kind], name, self.names(kind))
        return self._open(kind, path, model)

    def _open(self, kind: Kind, path: Path, model: type[_Wanted]) -> _Wanted:
        faults = self._faults(kind, path)
        if faults:
            raise Broken(path, faults)
        document = self._file(path).shape.document
        assert isinstance(document, model)
        return document

    def _faults(self, kind: Kind, path: Path) -> tuple[Fault, ...]:
        file = self._file(path)
        if file.kind not in (kind, None) and not file.source.faults:
            problem = f"this is a {NOUNS[file.kind]}, not a {NOUNS[kind]}" if file.kind else ""
            fix = f"Files of this kind belong in `{FOLDERS[file.kind]}`." if file.kind else ""
            return (file.source.fault(Finding((), problem, fix)),)
        return file.faults(self)

    def _list(self, kind: Kind) -> list[Listing]:
        listings = []
        for origin, path, name in self._found(kind):
            faults = self._faults(kind, path)
            title = self._file(path).title or ""
            listings.append(Listing(kind, name, title, origin, path, faults[0] if faults else None))
        return listings

    def _found(self, kind: Kind) -> Iterator[tuple[Origin, Path, str]]:
        """Every file of a kind with the name it answers to, without those that an earlier one hides."""
        seen: set[str] = set()
        for place in self.places:
            named = sorted((self._file(path).id or path.stem, path) for path in _files(place, kind))
            for name, path in named:
                if name not in seen:
                    seen.add(name)
                    yield place.origin, path, name

    def _path(self, kind: Kind, wanted: str) -> Path | None:
        """The file that answers to this name: by its id, else by the name of the file."""
        for place in self.places:
            files = _files(place, kind)
            # Most files are called after their id, so that one is looked at first.
            files.sort(key=lambda path: path.stem != wanted)
            for path in files:
                if self._file(path).id == wanted:
                    return path
            if files and files[0].stem == wanted:
                return files[0]
        return None

    def _look_beside(self, path: Path) -> None:
        folder = path.absolute().parent
        if folder.name == "personas" and all(place.folder.absolute() != folder.parent for place in self.places):
            self.places.insert(0, Place("beside the file", folder.parent))

    def _file(self, path: Path) -> DocumentFile:
        """The file as last read; read again if it has changed since."""
        try:
            found = path.stat()
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        except (OSError, ValueError):
            stamp = (0, 0, 0)
        known = self._read.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, DocumentFile(read(path, _name(path))))
            self._read[path] = known
        return known[1]


def as_path(name: str) -> Path | None:
    """`name` as a path, if it is one or looks like one: it has a separator, a YAML suffix, or is a file."""
    separators = [os.sep, os.altsep] if os.altsep else [os.sep]
    if any(separator in name for separator in separators) or name.endswith(SUFFIXES):
        return Path(name).expanduser()
    try:
        return Path(name) if Path(name).is_file() else None
    except (OSError, ValueError):
        return None


def built_in_folder() -> Path:
    """The folder with what comes with the program: in the package if installed, at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    content = package / "content"
    return content if content.is_dir() else package.parent


def _files(place: Place, kind: Kind) -> list[Path]:
    """The YAML files of a kind in a place, by name; none if the folder is missing or closed."""
    folder = place.folder / FOLDERS[kind]
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith("."))
    except OSError:
        return []


def _name(path: Path) -> str:
    """The path as messages name it: short if it lies in the working folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
