"""The file itself: its tables, its transactions, and what may be wrong with it."""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from interviewer.batch.presence import Presence

LEDGER: Final = "ledger.sqlite"
VERSION: Final = 2
"""Of the tables. A later one is refused with a clear sentence; an earlier one is brought up to this."""

_BUSY: Final = 60.0
"""Seconds that a process waits for another to end its transaction."""

_TABLES: Final = """
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE questions (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE rubrics (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE judges (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, rubric INTEGER NOT NULL, grader TEXT NOT NULL,
    stamp TEXT NOT NULL);
CREATE TABLE contents (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, question INTEGER NOT NULL,
    parts TEXT NOT NULL);
CREATE TABLE rows (place INTEGER PRIMARY KEY, id TEXT NOT NULL, found TEXT NOT NULL, status TEXT NOT NULL,
    problem TEXT NOT NULL, content INTEGER, copy_of INTEGER, gold TEXT);
CREATE TABLE earlier (id TEXT NOT NULL, content INTEGER NOT NULL);
CREATE TABLE present (question INTEGER PRIMARY KEY, judge INTEGER NOT NULL);
CREATE TABLE chosen (content INTEGER PRIMARY KEY);
CREATE TABLE grades (id INTEGER PRIMARY KEY, judge INTEGER NOT NULL, content INTEGER NOT NULL, status TEXT NOT NULL,
    body TEXT NOT NULL, calls INTEGER NOT NULL, sent INTEGER NOT NULL, cached INTEGER NOT NULL,
    received INTEGER NOT NULL, picodollars INTEGER NOT NULL, unpriced INTEGER NOT NULL, made TEXT NOT NULL,
    UNIQUE (judge, content));
CREATE TABLE failures (judge INTEGER NOT NULL, content INTEGER NOT NULL, kind TEXT NOT NULL, problem TEXT NOT NULL,
    worker TEXT NOT NULL, tries INTEGER NOT NULL, calls INTEGER NOT NULL, sent INTEGER NOT NULL,
    cached INTEGER NOT NULL, received INTEGER NOT NULL, picodollars INTEGER NOT NULL, unpriced INTEGER NOT NULL,
    made TEXT NOT NULL, PRIMARY KEY (judge, content)) WITHOUT ROWID;
CREATE TABLE claims (judge INTEGER NOT NULL, content INTEGER NOT NULL, worker TEXT NOT NULL,
    PRIMARY KEY (judge, content)) WITHOUT ROWID;
CREATE TABLE jobs (label TEXT PRIMARY KEY, provider TEXT NOT NULL, model TEXT NOT NULL, state TEXT NOT NULL,
    batch TEXT, items INTEGER NOT NULL, worker TEXT NOT NULL, made TEXT NOT NULL, told TEXT NOT NULL,
    picodollars INTEGER NOT NULL) WITHOUT ROWID;
"""


class LedgerError(Exception):
    """The ledger cannot be used; the message says which, why and what to do."""


class Database:
    """The file of one batch. Safe for several threads and several processes.

    Args:
        folder: where it is kept; made if it is not there.

    Raises:
        LedgerError: it cannot be opened, is no ledger, or is of a later version.
    """

    def __init__(self, folder: Path) -> None:
        self.path: Final = folder / LEDGER
        self._lock = threading.RLock()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                self.path, timeout=_BUSY, isolation_level=None, check_same_thread=False, cached_statements=64
            )
            self._prepare()
            with self._transaction():  # in which others look who is there: nobody sees this one half begun
                self.presence: Final = Presence(folder)
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(problem_of(self.path, error)) from None

    def _prepare(self) -> None:
        database = self._database
        for setting in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -8000", "temp_store = FILE"):
            database.execute(f"PRAGMA {setting}")
        with self._transaction():
            found = database.execute("SELECT name FROM sqlite_master WHERE name = 'notes'").fetchone()
            if found is None:
                for statement in _TABLES.split(";"):
                    database.execute(statement)
                database.execute("INSERT INTO notes VALUES ('version', ?)", (str(VERSION),))
            version = int(self.note("version") or 0)
            if version > VERSION:
                raise LedgerError(
                    f"{self.path}: written by a later version of interviewer (form {version}; this one reads up to "
                    f"{VERSION}). Upgrade interviewer, or choose another folder with --out."
                )
            if version < 2:
                database.execute("ALTER TABLE jobs ADD COLUMN picodollars INTEGER NOT NULL DEFAULT 0")
                self.set_note("version", str(VERSION))
        self.path.chmod(0o600)

    def close(self) -> None:
        """Gives up what is claimed and lets go of the file."""
        with self._lock:
            with suppress(sqlite3.Error):  # the next process clears it away: this one is gone by then
                self._database.execute("DELETE FROM claims WHERE worker = ?", (self.presence.id,))
            self.presence.close()
            self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes; on the medium when the outermost ends well. Raises LedgerError."""
        with self._lock:
            if self._database.in_transaction:
                yield self._database
                return
            try:
                self._database.execute("BEGIN IMMEDIATE")
                yield self._database
                self._database.execute("COMMIT")
            except BaseException as error:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise LedgerError(problem_of(self.path, error)) from None
                raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Whatever reads. Raises LedgerError."""
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise LedgerError(problem_of(self.path, error)) from None

    def note(self, name: str) -> str | None:
        """A fact about the batch; None if it was not noted."""
        with self._reading():
            found = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def _alone(self, what: str) -> None:
        """Raises LedgerError if another process works in this folder, which a change would take by surprise."""
        if self.presence.others():
            raise LedgerError(
                f"{self.path.parent}: another process is grading here, with {what}. Let it finish, or choose another "
                "folder with --out."
            )

    @property
    def _sampled(self) -> str:
        """A condition on contents `c`: those of the sample, if there is one."""
        return "AND c.id IN (SELECT content FROM chosen)" if self.note("sampled") else ""

    def set_note(self, name: str, value: str) -> None:
        """Notes a fact, in place of an earlier one of the same name."""
        with self._transaction() as database:
            database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))


def problem_of(path: Path, error: Exception) -> str:
    """What is wrong with a ledger, and what to do, in a sentence."""
    told = "" if isinstance(error, OSError) else str(error)  # an OSError names the path, which may hold any word
    if "full" in told or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: the disk is full. Free some space and give the same command again; what is recorded is kept."
    if "not a database" in told or "malformed" in told:
        return f"{path}: this is no ledger of interviewer, or it is damaged. Choose another folder with --out."
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return f"{path.parent}: this is a file, and a folder is needed. Choose another one with --out."
    if "readonly" in told or "unable to open" in told or isinstance(error, OSError):
        return f"{path}: cannot be written there. Choose another folder with --out."
    if "locked" in told:
        return f"{path}: another process has held it for more than {_BUSY:.0f} seconds. Try again."
    return f"{path}: cannot be used: {told or type(error).__name__}."
