"""Writes a source and reads it, for the tests of sources."""

from __future__ import annotations

from pathlib import Path

from interviewer.batch.row import Row
from interviewer.batch.sources import Source, SourceOptions, open_source


def written(folder: Path, name: str, content: str | bytes) -> str:
    """The path of a file with this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return str(path)


def opened(folder: Path, name: str, content: str | bytes, options: SourceOptions | None = None) -> Source:
    """A source with this content, opened."""
    return open_source(written(folder, name, content), options)


def read(folder: Path, name: str, content: str | bytes, options: SourceOptions | None = None) -> list[Row]:
    """The rows of a source with this content."""
    return list(opened(folder, name, content, options).rows())


def brief(rows: list[Row]) -> list[tuple[str, str, str]]:
    """Id, status and answer of each row."""
    return [(row.id, row.status, row.answer) for row in rows]
