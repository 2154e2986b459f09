"""The text of a file from outside, and where it could not be taken as it stands."""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass
from pathlib import Path

from interviewer.text import one_line
from interviewer.transcript.store import TranscriptError

LARGEST_TEXT = 8 * 1024 * 1024
"""Bytes of a text, Markdown or captions file: an hour of talk has about a tenth of a million."""

LARGEST_LOG = 1024 * 1024 * 1024
"""Bytes of a transcript or an export of our own."""

_BINARY = (
    (b"%PDF", "a PDF file. Save its text as plain text and import that."),
    (b"PK\x03\x04", "a Word or other packed document. Save it as plain text and import that."),
    (b"\xd0\xcf\x11\xe0", "an old Word document. Save it as plain text and import that."),
    (b"{\\rtf", "an RTF document. Save it as plain text and import that."),
    (b"\x89PNG", "a picture."),
    (b"\xff\xd8\xff", "a picture."),
    (b"ID3", "a sound file. Import its captions or a written record."),
    (b"RIFF", "a sound or video file. Import its captions or a written record."),
    (b"OggS", "a sound or video file. Import its captions or a written record."),
    (b"\x1aE\xdf\xa3", "a video file. Import its captions or a written record."),
    (b"SQLite format 3", "a database."),
    (b"\x1f\x8b", "a compressed file. Unpack it first."),
)


class ImportFault(TranscriptError):
    """A file cannot be imported; the message says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, as it was decoded."""

    name: str
    text: str
    remark: str = ""
    """What has to be known of the decoding; empty if there is nothing."""


def read_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file.

    Raises:
        ImportFault: it is none, cannot be read, is empty or is too large.
    """
    name = one_line(str(path))
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ImportFault(f"{name}: is a folder. Name the files in it.")
        if not stat.S_ISREG(found.st_mode):
            raise ImportFault(f"{name}: is not an ordinary file.")
        if found.st_size > LARGEST_LOG:
            raise ImportFault(f"{name}: is larger than {_size(LARGEST_LOG)}, which is no record of an interview.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImportFault(f"{name}: there is no such file.") from None
    except OSError as error:
        raise ImportFault(f"{name}: cannot be read: {error.strerror or error}.") from None
    except ValueError:
        raise ImportFault(f"{name}: is not a path that can be opened.") from None
    if not data.strip():
        raise ImportFault(f"{name}: is empty.")
    return data


def as_text(path: Path, data: bytes) -> Source:
    """The text of the bytes: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, which is then remarked.

    Raises:
        ImportFault: they are no text, or too many.
    """
    name = one_line(str(path))
    for start, what in _BINARY:
        if data.startswith(start):
            raise ImportFault(f"{name}:1: is {what}")
    if len(data) > LARGEST_TEXT:
        raise ImportFault(
            f"{name}: has {_size(len(data))}, and a written record of an interview has at most {_size(LARGEST_TEXT)}. "
            "Import only the part that is the interview."
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return Source(path.name, data.decode("utf-16"), "It is in UTF-16.")
        except UnicodeDecodeError as error:
            raise ImportFault(f"{name}: is damaged UTF-16 at byte {error.start}. Save it as UTF-8.") from None
    if (null := data.find(b"\0")) >= 0:
        raise ImportFault(f"{name}:{_line(data, null)}: is not text (there is a null byte). Save it as UTF-8 text.")
    try:
        return Source(path.name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise ImportFault(f"{name}:{line}: is neither UTF-8 nor Windows-1252 text. Save it as UTF-8.") from None
    return Source(path.name, text, f"Line {line} is not UTF-8, so the file was read as Windows-1252.")


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _size(count: int) -> str:
    return f"{count / 1024**3:.0f} GiB" if count >= 1024**3 else f"{count / 1024**2:.0f} MiB"
