"""Tells which format a source has, by its name and its first bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from interviewer.batch.sources.decoding import Encoding, is_text, opened
from interviewer.batch.sources.dialect import NO_SEPARATOR, dialect_of
from interviewer.batch.sources.known_names import is_known
from interviewer.batch.sources.options import FORMATS, Format, SourceError

_ENDINGS: Final[dict[str, Format]] = {
    **dict.fromkeys((".csv", ".psv"), "csv"),
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".md", ".markdown"), "text"),
}
_PARQUET: Final = b"PAR1"
_OTHERS: Final = (
    (b"PK\x03\x04", "a spreadsheet (xlsx, ods) or a zip archive. Save the sheet as CSV, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document. Save it as CSV"),
    (b"%PDF-", "a PDF. Give the answers as CSV, JSON Lines or text files"),
    (b"\x1f\x8b", "compressed. Send it unpacked: gunzip -c FILE | interviewer grade -"),
    (b"BZh", "compressed. Send it unpacked: bunzip2 -c FILE | interviewer grade -"),
    (b"\xfd7zXZ", "compressed. Send it unpacked: unxz -c FILE | interviewer grade -"),
    (b"\x28\xb5\x2f\xfd", "compressed. Send it unpacked: unzstd -c FILE | interviewer grade -"),
    (b"SQLite format 3\0", "an SQLite database. Write the table as CSV"),
)
_MAPPING: Final = re.compile(r"(?:---\s*\n)?(?:#.*\n|\s*\n)*(?:- +)?[A-Za-z_][\w -]{0,60}:(?:\s|$)")
_START: Final = 64 * 1024


def refuse_other_files(path: Path, name: str, forced: Format | None) -> Format | None:
    """The format that the first bytes are sure to mean; None if they may mean several.

    Raises:
        SourceError: they are of a file that is no table and no text, or not of the format that was told.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(64)
    if not start:
        raise SourceError(f"{name} is empty: there is no row in it.")
    if start.startswith(_PARQUET):
        return "parquet"
    for signature, what in _OTHERS:
        if start.startswith(signature):
            raise SourceError(f"{name} is {what}.")
    if forced == "parquet":
        raise SourceError(f"{name} is no Parquet file.")
    return None


def format_of(path: Path, name: str, encoding: Encoding) -> Format:
    """The format of a file of text. Its ending decides where it has a known one, but JSON Lines may be called JSON.

    Without one: what begins like JSON is that, what begins like a YAML list or mapping is that, lines with a separator
    are a table, and a file that ends in .txt is one answer unless its first line names columns.

    Raises:
        SourceError: it is not text, or nothing of this fits.
        OSError: the file cannot be read.
    """
    with opened(path, encoding) as file:
        start = file.read(_START)
    if not is_text(start):
        raise SourceError(f"{name} is no text, and no format that is known: {', '.join(FORMATS)}.")
    ending = _ENDINGS.get(path.suffix.casefold())
    text = start.lstrip("\ufeff \t\r\n")
    if ending == "json" or (ending is None and text[:1] in ("{", "[")):
        return "jsonl" if _are_objects(text) else "json"
    if ending == "parquet":
        raise SourceError(f"{name} is no Parquet file, though it is called one. Say what it is with --format.")
    if ending is not None:
        return ending
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    dialect = dialect_of(start, whole=len(start) < _START)
    cells = first.split(dialect.separator)
    if dialect.separator != NO_SEPARATOR and any(is_known(cell.strip(' "')) for cell in cells):
        return "csv"
    if path.suffix.casefold() in (".txt", ".text"):
        return "text"
    if _MAPPING.match(text):
        return "yaml"
    if dialect.separator != NO_SEPARATOR or is_known(first):
        return "csv"
    raise SourceError(f"The format of {name} cannot be told. Say it with --format: {', '.join(FORMATS)}.")


def _are_objects(text: str) -> bool:
    """Whether each line is an object, by the first: a whole one, and not the only line with a list of rows in it."""
    first, _, rest = text.partition("\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict):
        return False
    lists = [member for member in value.values() if isinstance(member, list)]
    return bool(rest.strip()) or not any(not member or isinstance(member[0], dict) for member in lists)
