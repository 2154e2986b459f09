"""Transcripts on disk: a header line, then one event per line, appended and flushed to the medium.

Nothing that was written is ever rewritten. A last line that was cut off by a crash is dropped, and said
so, when the file is next opened for writing.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pydantic import ValidationError

from interviewer.transcript.events import EVENT, TRANSCRIPT_SCHEMA, Event, Header

ENDING = ".jsonl"


class TranscriptError(Exception):
    """A transcript cannot be read or written; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that could not be read, and why."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as read: its header, its events in order, and what could not be read."""

    path: Path
    header: Header
    events: tuple[Event, ...]
    damage: tuple[Damage, ...] = ()
    intact: int = 0
    """Length in bytes up to the end of the last whole line."""


def read_header(path: Path) -> Header:
    """The header of a transcript, without reading its events.

    Raises:
        TranscriptError: the file cannot be read, is no transcript, or is of a later version.
    """
    try:
        with path.open("rb") as file:
            return _header(path, file.readline())
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror or error}.") from None


def read(path: Path) -> Transcript:
    """Reads a transcript, keeping every event that is whole.

    Raises:
        TranscriptError: the file cannot be read, is no transcript, or is of a later version.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror or error}.") from None
    first, _, rest = raw.partition(b"\n")
    header = _header(path, first)
    intact = len(first) + 1
    events: list[Event] = []
    damage: list[Damage] = []
    for number, line, whole in _lines(rest):
        if not whole:
            damage.append(Damage(number, "the last line was cut off in the middle"))
            break
        intact += len(line) + 1
        if not line.strip():
            continue
        try:
            event = EVENT.validate_json(line)
        except ValidationError as error:
            damage.append(Damage(number, f"not an event of this version ({error.error_count()} faults)"))
            continue
        if events and event.seq <= events[-1].seq:
            damage.append(Damage(number, f"event {event.seq} stands after event {events[-1].seq}"))
            continue
        events.append(event)
    return Transcript(path, header, tuple(events), tuple(damage), min(intact, len(raw)))


def _lines(rest: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Line number in the file, the line without its end, and whether it had one."""
    pieces = rest.split(b"\n")
    for offset, piece in enumerate(pieces):
        last = offset == len(pieces) - 1
        if last and not piece:
            return
        yield offset + 2, piece, not last


def _header(path: Path, line: bytes) -> Header:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("type") != "header":
        raise TranscriptError(f"{path}:1: this is not an interviewer transcript (its first line is no header).")
    version = data.get("schema_version")
    if isinstance(version, int) and version > TRANSCRIPT_SCHEMA:
        raise TranscriptError(
            f"{path}:1: written by a later version of interviewer (format {version}; this one reads up to "
            f"{TRANSCRIPT_SCHEMA}). Upgrade interviewer to open it."
        )
    try:
        return Header.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TranscriptError(f"{path}:1: the header is damaged at {where}: {first['msg']}.") from None


class TranscriptWriter:
    """Appends events to one transcript. An event is acknowledged when `append` returns: it is on the medium.

    One process writes a transcript at a time; a lock on the file sees to it.
    """

    def __init__(self, path: Path, file: BinaryIO, size: int, seq: int) -> None:
        self.path = path
        self._file = file
        self._size = size
        self._seq = seq

    @classmethod
    def create(cls, path: Path, header: Header) -> TranscriptWriter:
        """Begins a transcript.

        Raises:
            TranscriptError: the file exists, or cannot be written.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError as error:
            raise TranscriptError(_write_problem(path, error)) from None
        file = os.fdopen(descriptor, "r+b", buffering=0)
        _lock(path, file)
        writer = cls(path, file, 0, 0)
        try:
            writer._write(header.model_dump_json(by_alias=True, exclude_defaults=False).encode())
        except TranscriptError:
            file.close()
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        _sync_folder(path.parent)
        return writer

    @classmethod
    def reopen(cls, path: Path) -> tuple[TranscriptWriter, Transcript]:
        """Opens a transcript to go on with it. A torn last line is cut off; it is in `damage`.

        Raises:
            TranscriptError: it cannot be read or written, or another process is writing it.
        """
        try:
            file = path.open("r+b", buffering=0)
        except OSError as error:
            raise TranscriptError(_write_problem(path, error)) from None
        _lock(path, file)
        try:
            transcript = read(path)
            file.seek(0, os.SEEK_END)
            if file.tell() > transcript.intact:
                file.truncate(transcript.intact)
            file.seek(transcript.intact)
            if not _ends_in_newline(file, transcript.intact):
                file.write(b"\n")
        except OSError as error:
            file.close()
            raise TranscriptError(_write_problem(path, error)) from None
        except TranscriptError:
            file.close()
            raise
        last = transcript.events[-1].seq if transcript.events else 0
        return cls(path, file, file.tell(), last), transcript

    @property
    def next_seq(self) -> int:
        return self._seq + 1

    def append(self, event: Event) -> None:
        """Writes one event and waits until it is on the medium.

        Raises:
            TranscriptError: it could not be written. Nothing of it is left in the file, and the same
                event can be appended again.
            ValueError: its sequence number is not the next one.
        """
        if event.seq != self.next_seq:
            raise ValueError(f"event {event.seq} given where {self.next_seq} is next")
        self._write(EVENT.dump_json(event, by_alias=True))
        self._seq = event.seq

    def _write(self, line: bytes) -> None:
        try:
            data = memoryview(line + b"\n")
            while data:
                data = data[self._file.write(data) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                self._file.truncate(self._size)
                self._file.seek(self._size)
            raise TranscriptError(_write_problem(self.path, error)) from None
        self._size += len(line) + 1

    def close(self) -> None:
        """Lets go of the file; what was appended stays."""
        self._file.close()

    def __enter__(self) -> TranscriptWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _ends_in_newline(file: BinaryIO, size: int) -> bool:
    if size == 0:
        return True
    file.seek(size - 1)
    return file.read(1) == b"\n"


def _lock(path: Path, file: BinaryIO) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no fcntl; two writers there are the user's to avoid
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            file.close()
            raise TranscriptError(f"{path}: another interviewer is writing this transcript right now.") from None


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_problem(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"{path}: the disk is full. Free some space; nothing that was saved before is lost."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return (
                f"{path}: no permission to write there. Choose another folder with --transcripts FOLDER "
                "or INTERVIEWER_TRANSCRIPTS."
            )
        case errno.EEXIST:
            return f"{path}: exists already."
        case errno.ENOENT:
            return f"{path}: there is no such transcript."
        case _:
            return f"{path}: cannot be written: {error.strerror or error}."
