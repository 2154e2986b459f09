"""Reads what a candidate brings along, a CV or a job advertisement, from a text, Markdown or PDF file."""

from __future__ import annotations

import codecs
import io
import logging
import stat
import time
from pathlib import Path

from interviewer.text import one_line, sanitise

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes of a text file, and characters of text taken from a PDF."""

LARGEST_PDF = 10 * 1024 * 1024
"""Bytes of a PDF file."""

MOST_PAGES = 40
"""Pages of a PDF file."""

LONGEST_READING = 20.0
"""Seconds that taking the text out of a PDF may last; a page that has begun is finished."""

_CONTROL_SHARE = 0.02
"""From this share of control codes on, bytes in an eight-bit encoding are not taken for text."""

_OTHER_FORMATS = (
    (b"PK\x03\x04", "a Word, Pages or other packed document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
)


class ProfileError(Exception):
    """The file cannot be used as a CV or a job advertisement; the message says why and what to do."""


def read_document(path: Path) -> str:
    """The text of a file, sanitised and without blank space around it; never blank.

    A file is taken for PDF by its first bytes, whatever it is called; everything else must be text in
    UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Raises:
        ProfileError: there is no such file, it is too large, it is no text, or there is no text in it.
    """
    name = one_line(path.name) or one_line(str(path)) or "The path"
    data = _bytes(path, name)
    is_pdf = data[:1024].lstrip().startswith(b"%PDF-")
    text = sanitise(_pdf_text(data, name) if is_pdf else _decoded(data, name)).strip()
    if not text:
        raise ProfileError(f"{name} is empty.")
    return text


def _bytes(path: Path, name: str) -> bytes:
    try:
        path = path.expanduser()
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ProfileError(f"{name} is a folder. Name a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise ProfileError(f"{name} is not an ordinary file.")
        with path.open("rb") as file:
            data = file.read(LARGEST_PDF + 1)
    except FileNotFoundError:
        raise ProfileError(f"There is no file {one_line(str(path))}.") from None
    except PermissionError:
        raise ProfileError(f"{name} cannot be read: no permission.") from None
    except OSError as error:
        raise ProfileError(f"{name} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RuntimeError):  # a null character in the path; a home folder that is not known
        raise ProfileError(f"{one_line(str(path)) or name} is not a path that can be opened.") from None
    return data


def _decoded(data: bytes, name: str) -> str:
    for start, what in _OTHER_FORMATS:
        if data.startswith(start):
            raise ProfileError(f"{name} is {what}. Save it as PDF or as plain text and give that.")
    if len(data) > LARGEST_TEXT:
        raise ProfileError(f"{name} is larger than 2 MiB, which is too much for a CV or an advertisement.")
    not_text = ProfileError(f"{name} is not a text or PDF file.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise not_text from None
    if b"\0" in data:
        raise not_text
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    controls = sum(1 for byte in data if byte < 32 and byte not in b"\t\n\r\f")
    if controls > _CONTROL_SHARE * len(data):
        raise not_text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise not_text from None


def _pdf_text(data: bytes, name: str) -> str:
    if len(data) > LARGEST_PDF:
        raise ProfileError(f"{name} is larger than 10 MiB. Give a shorter PDF, or the text alone.")
    # pypdf reports every oddity of a file to the log, which on a terminal would write across the screen.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        text = _extracted(data, name)
    except ProfileError:
        raise
    except (DependencyError, FileNotDecryptedError):
        raise ProfileError(f"{name} is encrypted. Save it without a password and give that.") from None
    except Exception as error:  # a damaged PDF makes pypdf fail in any way there is
        why = type(error).__name__
        raise ProfileError(f"{name} is a damaged PDF ({why}). Give the text instead.") from None
    if not any(character.isalnum() for character in text):
        raise ProfileError(
            f"{name} holds no text, only pictures of it, as a scan does. Give a PDF with text, or the text."
        )
    return text


def _extracted(data: bytes, name: str) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ProfileError(f"{name} is protected by a password. Save it without one and give that.")
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise ProfileError(f"{name} has {pages} pages; {MOST_PAGES} is the most. Give only those that matter.")
    texts: list[str] = []
    size = 0
    until = time.monotonic() + LONGEST_READING
    for page in reader.pages:
        if time.monotonic() > until:
            raise ProfileError(f"{name} takes too long to read. Give the text instead.")
        texts.append(page.extract_text())
        size += len(texts[-1])
        if size > LARGEST_TEXT:
            raise ProfileError(f"{name} holds more than two million characters of text.")
    return "\n\n".join(texts)
