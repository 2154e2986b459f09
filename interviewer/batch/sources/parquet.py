"""Parquet files, if pyarrow is installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from interviewer.batch.sources.options import SourceError
from interviewer.batch.sources.record import Record

_AT_ONCE: Final = 1000
"""Rows that are held in memory at a time."""
_BUFFER: Final = 1024 * 1024
"""Bytes of a column that are read at a time; without it a whole row group would be held."""


class Parquet:
    """A Parquet file, read a piece of a row group at a time. See `Form`."""

    def __init__(self, path: Path, name: str) -> None:
        """Reads what the file says about itself.

        Raises:
            SourceError: pyarrow is not installed, it is no Parquet, or it has no rows.
            OSError: it cannot be read.
        """
        self._path, self._name = path, name
        self.known: Mapping[str, str] = {}
        self.doubts: tuple[str, ...] = ()
        with self._opened() as file:
            self.columns: tuple[str, ...] = tuple(file.schema_arrow.names)
            rows: int = file.metadata.num_rows
            self._groups: int = file.metadata.num_row_groups
        if not rows:
            raise SourceError(f"{name} is empty: there is no row in it.")

    @property
    def recognised(self) -> str:
        return f"Parquet, {self._groups} row group{'' if self._groups == 1 else 's'}"

    def records(self) -> Iterator[Record]:
        place = 0
        with self._opened() as file:
            for group in range(self._groups):
                until = place + file.metadata.row_group(group).num_rows
                for record in self._group(file, group, place):
                    place += 1
                    yield record
                while place < until:  # what a damaged row group should have held
                    place += 1
                    problem = "This part of the file is damaged and cannot be read. Write the file again."
                    yield Record(f"{self._name}, row {place}", {}, "unreadable", problem)

    def _group(self, file: Any, group: int, place: int) -> Iterator[Record]:
        """The records of a row group after row `place`, as far as it can be read."""
        batches = file.iter_batches(batch_size=_AT_ONCE, row_groups=[group])
        while True:
            try:
                rows = next(batches).to_pylist()
            except StopIteration:
                return
            except Exception:  # damaged bytes make the decoder fail in any way there is
                return
            for values in rows:
                place += 1
                yield Record(f"{self._name}, row {place}", values)

    def _opened(self) -> Any:
        try:
            from pyarrow import ArrowException
            from pyarrow.parquet import ParquetFile
        except ImportError:
            raise SourceError(
                f"{self._name} is a Parquet file, and pyarrow, which reads them, is not installed. "
                "Install it with `pip install interviewer[parquet]`, or give the file as CSV or JSON Lines."
            ) from None
        try:
            return ParquetFile(self._path, buffer_size=_BUFFER, pre_buffer=False)
        except (ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise SourceError(f"{self._name} is a damaged Parquet file, or none: it cannot be opened.") from None
