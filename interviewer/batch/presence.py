"""Which processes work on a ledger right now, told by locks that the operating system lets go of at any death.

Each process holds an exclusive transaction on a small SQLite file of its own. Nobody else can begin one there while
the process lives, on any system, whatever killed it; so there are no leases to run out and no clocks to agree.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Final, Self

FOLDER: Final = "workers"


class Presence:
    """This process, for as long as it is open.

    Args:
        folder: the folder of the ledger.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self.id: Final = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = _opened(self._folder / self.id)
        self._lock.execute("BEGIN EXCLUSIVE")

    def is_alive(self, worker: str) -> bool:
        """Whether the process of this id still runs. One that is gone is cleared away."""
        path = self._folder / worker
        if worker == self.id:
            return True
        if not path.exists():
            return False
        other = _opened(path)
        try:
            other.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        finally:
            other.close()
        _clear(path)
        return False

    def others(self) -> tuple[str, ...]:
        """The ids of the other processes that run."""
        found = (path.name for path in sorted(self._folder.iterdir()) if "." not in path.name and path.name != self.id)
        return tuple(worker for worker in found if not worker.endswith("-journal") and self.is_alive(worker))

    def close(self) -> None:
        """Says that this process is done."""
        with contextlib.suppress(sqlite3.Error):
            self._lock.rollback()
        self._lock.close()
        _clear(self._folder / self.id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=0.0, isolation_level=None, check_same_thread=False)


def _clear(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-journal")):
        with contextlib.suppress(OSError):
            each.unlink()
