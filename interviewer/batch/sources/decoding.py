"""Finds out the encoding of a file and opens it as text, so that no byte is lost without a trace."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from interviewer.batch.sources.options import SourceError
from interviewer.text import one_line

_BLOCK: Final = 1024 * 1024
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BOMS_UTF32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

UNDECODED: Final = re.compile("[\udc00-\udcff]")
"""Stands in decoded text for a byte that is no text in the encoding of the file."""

_MARKED: Final = "interviewer-undecoded"


def _marked(error: UnicodeError) -> tuple[str, int]:
    """Puts a lone half of a surrogate pair, which no good text holds, in the place of every bad byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_MARKED, _marked)

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_MOST_CONTROLS: Final = 8
_CONTROL_SHARE: Final = 0.02


def is_text(decoded: str) -> bool:
    """Whether what was decoded is text: no more than a few control codes are in it, however short it is."""
    return len(_CONTROLS.findall(decoded)) <= max(_MOST_CONTROLS, _CONTROL_SHARE * len(decoded))


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are read."""

    codec: str
    words: str
    """As said to people, with the rule that led to it where it was not plain."""


def encoding_of(path: Path, forced: str | None) -> Encoding:
    """The encoding of a file, by this rule; the whole file is looked at once.

    A byte order mark decides. Without one: every second byte of the beginning NUL is UTF-16; what is UTF-8 to the end
    is UTF-8; what has more characters that are good UTF-8 than bytes that are not is damaged UTF-8, and the rows with
    those bytes are unreadable; everything else is Windows-1252.

    Raises:
        SourceError: the forced encoding is none that Python knows.
        OSError: the file cannot be read.
    """
    if forced is not None:
        return Encoding(_codec(forced), f"{forced} as told")
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_BOMS_UTF32):
        return Encoding("utf-32", "UTF-32")
    for mark, codec in _BOMS:
        if start.startswith(mark):
            return Encoding(codec, "UTF-8 with byte order mark" if codec == "utf-8-sig" else "UTF-16")
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) >= 8 and start[first::2].count(0) > 0.4 * len(start) > 8 * start[1 - first :: 2].count(0):
            return Encoding(codec, "UTF-16 without byte order mark")
    good, bad = _utf8(path)
    if not bad:
        return Encoding("utf-8", "UTF-8")
    if good > bad:
        return Encoding("utf-8", "UTF-8 with bytes that are none")
    return Encoding("cp1252", "not UTF-8, so read as Windows-1252")


@contextmanager
def opened(path: Path, encoding: Encoding) -> Iterator[TextIO]:
    """The file as text, line breaks as they are; lines end at `\\n`, `\\r\\n` or `\\r`."""
    with path.open("r", encoding=encoding.codec, errors=_MARKED, newline="") as file:
        yield file


def lines(path: Path, encoding: Encoding, longest: int) -> Iterator[tuple[str, bool]]:
    """The lines of a file with their ends, and whether each is whole: of a longer one only the beginning is given."""
    with opened(path, encoding) as file:
        line = file.readline(longest)
        while line:
            whole = len(line) < longest or line.endswith(("\n", "\r"))
            yield line, whole
            while not whole:
                rest = file.readline(longest)
                whole = len(rest) < longest or rest.endswith(("\n", "\r"))
            line = file.readline(longest)


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)  # refuses what is no encoding of text, such as base64
        b"\xff\x00a".decode(found.name, _MARKED)
    except (LookupError, ValueError):
        raise SourceError(
            f"There is no text encoding `{one_line(name)[:40]}`. Try utf-8, utf-16, cp1252 or latin-1."
        ) from None
    return "utf-8-sig" if found.name == "utf-8" else found.name


def _utf8(path: Path) -> tuple[int, int]:
    """How many characters beyond ASCII are good UTF-8 in a file, and how many bytes are not."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")(_MARKED)
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            text = decoder.decode(block, final=not block)
            if not text.isascii():
                wrong = len(UNDECODED.findall(text))
                bad += wrong
                good += len(text) - len(text.encode("ascii", "ignore")) - wrong
            if not block:
                return good, bad
