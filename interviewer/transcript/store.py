"""Transcripts on disk: a header line, then one event per line, appended and flushed to the medium.

Nothing that was written is ever rewritten. A last line that was cut off by a crash is dropped, and said
so, when the file is next opened for writing. What reads transcripts is in `reading/` and can be had from here.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from interviewer.transcript.damage import TranscriptError
from interviewer.transcript.disk import lock, sync_folder
from interviewer.transcript.events import EVENT, Event, Header
from interviewer.transcript.reading import Transcript, read, read_header
from interviewer.transcript.reading.lines import ends_in_newline, open_regular

__all__ = ["ENDING", "Transcript", "TranscriptError", "TranscriptWriter", "read", "read_header"]

ENDING = ".jsonl"


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
        sync_folder(path.parent)
        return writer

    @classmethod
    def reopen(cls, path: Path) -> tuple[TranscriptWriter, Transcript]:
        """Opens a transcript to go on with it. A torn last line is cut off; it is in `damage`.

        What else is damaged stays as it is in the file. New events are numbered after the highest number in it.

        Raises:
            TranscriptError: it cannot be read or written, or another process is writing it.
        """
        try:
            open_regular(path).close()
            file = path.open("r+b", buffering=0)
        except OSError as error:
            raise TranscriptError(_write_problem(path, error)) from None
        _lock(path, file)
        try:
            transcript = read(path)
            _check_encoding(transcript)
            if file.seek(0, os.SEEK_END) > transcript.intact:
                file.truncate(transcript.intact)
            if not ends_in_newline(file):
                file.write(b"\n")
        except OSError as error:
            file.close()
            raise TranscriptError(_write_problem(path, error)) from None
        except TranscriptError:
            file.close()
            raise
        return cls(path, file, file.seek(0, os.SEEK_END), transcript.last), transcript

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


def _check_encoding(transcript: Transcript) -> None:
    """Refuses to append UTF-8 to a file that is something else."""
    if transcript.encoding.startswith("utf-16"):
        raise TranscriptError(f"{transcript.path}: saved again as UTF-16, it can only be read. Save it as UTF-8 first.")


def _lock(path: Path, file: BinaryIO) -> None:
    try:
        lock(file.fileno(), f"{path}: another interviewer is writing this transcript right now.")
    except TranscriptError:
        file.close()
        raise


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
