"""A transcript file as lines of bytes, one at a time, whatever it was saved as and however large it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from interviewer.transcript.damage import TranscriptError

LONGEST_LINE = 64 * 2**20
"""Bytes. A longer line is passed over: no event comes near, and it would have to be held in memory whole."""

BLANK = b" \t\r\x00"
"""Bytes around a line that mean nothing: white space, and the zero bytes that a power failure leaves."""

Encoding = Literal["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]

_MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_FOREIGN = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"(\xb5/\xfd", "a Zstandard archive; unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"OggS", "a sound file"),
    (b"RIFF", "a sound or video file"),
    (b"ID3", "a sound file"),
    (b"WEBVTT", "a file of captions"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of a file, in UTF-8, without its end."""

    number: int
    data: bytes | None
    """None if it is longer than `LONGEST_LINE`. As in the file where it cannot be decoded."""
    ended: bool
    """Whether there was a line end; only the last line may have none."""
    end: int
    """Offset in the file after the line and its end."""


def open_regular(path: Path) -> BinaryIO:
    """Opens an ordinary file that holds something for reading.

    Raises:
        TranscriptError: it is a folder, a pipe or a device, it is empty, or it cannot be read.
    """
    try:
        about = path.stat()  # before opening: a pipe that nobody writes to would block for good
        if stat.S_ISDIR(about.st_mode):
            raise TranscriptError(f"{path}: this is a folder. Name a transcript in it.")
        if not stat.S_ISREG(about.st_mode):
            raise TranscriptError(f"{path}: this is a pipe or a device. Save it to a file first.")
        if not about.st_size:
            raise TranscriptError(f"{path}: this is not an interviewer transcript: the file is empty.")
        return path.open("rb", buffering=2**17)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        why = error.strerror if isinstance(error, OSError) else None
        raise TranscriptError(f"{path}: cannot be read: {why or error}.") from None


def encoding_of(head: bytes) -> Encoding:
    """What the mark at the beginning of a file says of its encoding; UTF-8 where there is none."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8")


def foreign(head: bytes) -> str | None:
    """What a file is by its first bytes, if it is of a common kind that is surely no transcript."""
    return next((name for magic, name in _FOREIGN if head.startswith(magic)), None)


def file_lines(file: BinaryIO) -> Iterator[FileLine]:
    """The lines of a file from its beginning. Holds one line in memory at a time."""
    file.seek(0)
    mark = file.read(3)
    encoding = encoding_of(mark)
    file.seek(next((len(mark) for mark, name in _MARKS if name == encoding), 0))
    wide = encoding.startswith("utf-16")
    newline = "\n".encode(encoding) if wide else b"\n"
    number, end = 0, file.tell()
    while data := _line(file, newline, encoding):
        number += 1
        end += len(data)
        ended, too_long = data.endswith(newline), False
        while not ended and len(data) >= LONGEST_LINE:
            too_long = True
            data = _line(file, newline, encoding)
            end += len(data)
            ended = data.endswith(newline)
        body = data[: -len(newline)] if ended else data
        yield FileLine(number, None if too_long else _utf8(body, encoding), ended, end)


def _line(file: BinaryIO, newline: bytes, encoding: Encoding) -> bytes:
    """Up to the next line end, to the end of the file, or to `LONGEST_LINE` bytes."""
    if len(newline) == 1:
        return file.readline(LONGEST_LINE)
    data = bytearray()  # UTF-16: a byte that is a line end in UTF-8 may be half of another character
    while len(data) < LONGEST_LINE and (piece := file.readline(LONGEST_LINE - len(data))):
        data += piece
        if encoding == "utf-16-le" and piece.endswith(b"\n") and len(data) % 2:
            data += file.read(1)
        if len(data) % 2 == 0 and data.endswith(newline):
            break
    return bytes(data)


def _utf8(data: bytes, encoding: Encoding) -> bytes:
    if not encoding.startswith("utf-16"):
        return data
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        return data


def ends_in_newline(file: BinaryIO) -> bool:
    """Whether the last byte of a file, if it has any, is a line end. Moves to the end."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
