"""Remembers which answers were there before, at any number of rows, without holding them in memory."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Final, Literal

_CACHE: Final = 16 * 1024
"""KiB of memory that the database may use; what is more lies in a temporary file, which is gone with it."""


class Seen:
    """The ids that were seen, each with a mark of its answer and its place.

    Ids and answers are compared by 128 bits of a hash. Two different ones have the same with a chance of less than
    one in 10^25 among a million. Needs about 45 bytes of disk for each.
    """

    def __init__(self) -> None:
        # An empty path is a temporary file of its own; whichever thread reads the rows, one at a time does.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, answer BLOB, place INTEGER) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def before(self, key: tuple[str, ...], answer: str, place: int) -> tuple[Literal["same", "other"], int] | None:
        """Whether `key` was seen before, with the same answer or another, and at which place first; then it is seen.

        None if it was not seen.
        """
        mark, answer_mark = _hash("\0".join(key)), _hash(answer)
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (mark, answer_mark, place))
        if added.rowcount:
            return None
        first, at = self._database.execute("SELECT answer, place FROM seen WHERE key = ?", (mark,)).fetchone()
        return ("same" if first == answer_mark else "other"), at

    def close(self) -> None:
        """Forgets everything."""
        self._database.close()


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
