"""What may be said about a source on the command line, and the error that ends it before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Format = Literal["csv", "tsv", "jsonl", "json", "yaml", "parquet", "folder", "text"]
"""The form a source has. csv is any table of lines, whatever separates its cells; text is one file, one answer."""

FORMATS: Final[tuple[str, ...]] = get_args(Format)


class SourceError(Exception):
    """The source cannot be used; the message says why and what to do, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What is said about a source; everything that is None or empty is found out from the source itself.

    A column is meant by its name, capital or small letters alike, or by its number, counted from 1.
    """

    answer_column: str | None = None
    id_column: str | None = None
    question_column: str | None = None
    question_id_column: str | None = None
    reference_column: str | None = None
    gold_columns: tuple[tuple[str, str], ...] = ()
    """Criterion id, or `overall`, and the column with its human grades. The same criterion again: another rater."""
    format: Format | None = None
    encoding: str | None = None
    """Any text encoding that Python knows, such as `utf-8`, `cp1252` or `shift_jis`."""
    separator: str | None = None
    """One character, or the words `tab` or `\\t`."""
    header: bool | None = None
    """Whether the first line of a table names its columns."""
