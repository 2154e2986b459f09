"""Facts kept between runs, so that a transcript is read once and not each time.

One SQLite file in the user's cache folder. It holds nothing that the transcripts do not, only the user may read it,
and it may be deleted at any time: what is missing or damaged is read from the transcripts again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pydantic import ValidationError

from interviewer.progress.facts import FACTS_VERSION, InterviewFacts
from interviewer.settings import APPLICATION

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, facts TEXT) WITHOUT ROWID
"""

_PATIENCE = 2.0
"""Seconds to wait for another process that writes the file."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was: if either differs, it has to be read again."""

    size: int
    changed: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file. `facts` is None of an interview that is not finished."""

    version: Version
    facts: InterviewFacts | None


def kept_at() -> Path:
    """The file in the user's cache folder."""
    import platformdirs

    return platformdirs.user_cache_path(APPLICATION, appauthor=False) / "progress.sqlite3"


class Keeping:
    """The kept facts. Whatever is wrong with the file, nothing is raised: then nothing is known or kept.

    Args:
        file: where they are kept; made if it is not there, begun anew if it is damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> Keeping:
        try:
            self._database = self._opened()
        except sqlite3.OperationalError:
            pass  # not damaged: another process is writing it, or the disk is full
        except (sqlite3.DatabaseError, OSError):
            with contextlib.suppress(sqlite3.DatabaseError, OSError):
                self._file.unlink(missing_ok=True)
                self._database = self._opened()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _opened(self) -> sqlite3.Connection:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        self._file.chmod(0o600)
        database = sqlite3.connect(self._file, timeout=_PATIENCE)
        try:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            with database:
                if version != FACTS_VERSION:
                    database.execute("DROP TABLE IF EXISTS facts")
                    database.execute(f"PRAGMA user_version = {FACTS_VERSION}")
                database.execute(_SCHEMA)
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

    def known(self, folder: Path) -> dict[Path, Known]:
        """What is known of the files in a folder."""
        found: dict[Path, Known] = {}
        for path, size, changed, facts in self._rows("SELECT path, size, changed, facts FROM facts"):
            where = Path(path)
            if where.parent != folder:
                continue
            with contextlib.suppress(ValidationError):
                read = None if facts is None else InterviewFacts.model_validate_json(facts)
                found[where] = Known(Version(size, changed), read)
        return found

    def keep(self, news: dict[Path, Known]) -> None:
        """Keeps what was read from these files."""
        rows: list[tuple[object, ...]] = [
            (str(path), one.version.size, one.version.changed, one.facts.model_dump_json() if one.facts else None)
            for path, one in news.items()
        ]
        self._write("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", rows)

    def forget(self, paths: Iterable[Path]) -> None:
        """Lets go of what was known of files that are gone."""
        self._write("DELETE FROM facts WHERE path = ?", [(str(path),) for path in paths])

    def _rows(self, query: str) -> list[tuple[str, int, int, str | None]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(query).fetchall()
        except sqlite3.DatabaseError:
            return []

    def _write(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        if self._database is None or not rows:
            return
        with contextlib.suppress(sqlite3.DatabaseError), self._database:
            self._database.executemany(statement, rows)
