"""A source of answers: opened, recognised, and read row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from interviewer.batch.row import Row
from interviewer.batch.sources import json_text, yaml_text
from interviewer.batch.sources.columns import Columns, columns_for
from interviewer.batch.sources.decoding import encoding_of
from interviewer.batch.sources.document import Document
from interviewer.batch.sources.formats import format_of, refuse_other_files
from interviewer.batch.sources.json_lines import JsonLines
from interviewer.batch.sources.options import FORMATS, SourceError, SourceOptions
from interviewer.batch.sources.parquet import Parquet
from interviewer.batch.sources.place import Place
from interviewer.batch.sources.record import SAMPLE, Form, beginning
from interviewer.batch.sources.rows import rows_of
from interviewer.batch.sources.table import Table
from interviewer.batch.sources.texts import Texts


def open_source(source: str, options: SourceOptions | None = None) -> Source:
    """Opens a file, a folder or standard input (`-`) and finds out what its columns mean.

    Raises:
        SourceError: it is not there, cannot be read, has no rows, or no column can be the answer; and whatever else
            should stop a run before anything is spent.
    """
    options = options or SourceOptions()
    if options.format is not None and options.format not in FORMATS:
        raise SourceError(f"There is no format `{options.format}`. There are {', '.join(FORMATS)}.")
    place = Place(source)
    try:
        form = _form(place, options)
        sample = beginning(form.records(), SAMPLE, lambda record: record.size)
        return Source(place, form, columns_for(form, sample, options, place.name))
    except OSError as error:
        place.close()
        where = f" ({error.filename})" if error.filename else ""
        raise SourceError(f"{place.name} cannot be read: {error.strerror or error}{where}.") from None
    except BaseException:
        place.close()
        raise


def _form(place: Place, options: SourceOptions) -> Form:
    """The source in the way of its format."""
    path, name = place.path, place.name
    if path.is_dir():
        if options.format not in (None, "folder"):
            raise SourceError(f"{name} is a folder, not {options.format}. Name a file in it.")
        return Texts(path, name, options)
    if options.format == "folder":
        raise SourceError(f"{name} is a file, not a folder.")
    if refuse_other_files(path, name, options.format) == "parquet":
        return Parquet(path, name)
    encoding = encoding_of(path, options.encoding)
    match options.format or format_of(path, name, encoding):
        case "jsonl":
            return JsonLines(path, name, encoding)
        case "json":
            return Document(path, name, encoding, "JSON", json_text.lists)
        case "yaml":
            return Document(path, name, encoding, "YAML", yaml_text.lists)
        case "text":
            return Texts(path, name, options)
        case found:
            return Table(path, name, encoding, options, tabs=found == "tsv")


class Source:
    """A source of answers that was recognised. Can be read any number of times; close it when done.

    Nothing of it is held in memory: reading a million rows needs as little as reading ten.
    """

    def __init__(self, place: Place, form: Form, mapping: Columns) -> None:
        self.name = place.name
        """As said to people: the last part of the path, or `standard input`."""
        self.mapping = mapping
        """Which column is used for what."""
        self._place, self._form = place, form

    @property
    def path(self) -> Path:
        """Where it can be read: standard input is kept in a temporary file."""
        return self._place.path

    def told(self) -> str:
        """What was recognised, in a few lines: the format, the use of each column, and what was guessed."""
        lines = (f"{self.name}: {self._form.recognised}.", self.mapping.told())
        return "\n".join((*lines, *self._form.doubts, *self.mapping.doubts))

    def rows(self) -> Iterator[Row]:
        """Every row from the first, in the order of the source, bad ones too; `place` counts them from 1.

        Raises:
            SourceError: the source was removed, cut or overwritten since it was opened, or there is no room for the
                temporary file that finds ids that occur twice.
        """
        try:
            yield from rows_of(self._form.records(), self.mapping)
        except OSError as error:
            raise SourceError(f"{self.name} can no longer be read: {error.strerror or error}.") from None
        except sqlite3.Error as error:
            raise SourceError(
                f"The ids of {self.name} cannot be compared: {error}. Make room in the folder for temporary files."
            ) from None

    def close(self) -> None:
        """Removes what was kept of standard input; the rows cannot be read after that."""
        self._place.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
