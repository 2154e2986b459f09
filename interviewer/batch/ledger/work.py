"""What is to be graded, who has it in hand, and what came of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from interviewer.batch.ledger.database import Database
from interviewer.batch.ledger.jobs import JOB
from interviewer.batch.ledger.money import PICO
from interviewer.batch.ledger.reading import parts_of
from interviewer.batch.ledger.values import Claim, Entry, Failed, Marked
from interviewer.cost import FREE


class Work(Database):
    """Rows go in, claims are taken, grades come back."""

    _place = 0
    """Of the last row that was claimed: what comes before it need not be looked at again."""
    _began = ""
    """When this process began to grade: what failed since was tried with what there is now, by whomever."""

    def take_in(self, entries: Iterable[Entry], source: str) -> None:
        """Reads a source in, in place of the one before, unless it is there already; grades that fit are kept.

        Args:
            entries: its rows in order.
            source: what tells this source, as it is now, from any other.

        Raises:
            LedgerError: another process is working through another source in this folder.
        """
        with self._transaction() as database:
            before = self.note("source")  # only now: another process may just have read the very same
            if before == source:
                return
            if before is not None:
                self._alone("another source")
            database.execute("DELETE FROM earlier")
            database.execute("INSERT INTO earlier SELECT id, content FROM rows WHERE content IS NOT NULL")
            database.execute("DELETE FROM rows")
            database.execute("DELETE FROM chosen")
            database.execute("DELETE FROM notes WHERE name IN ('source', 'sampled')")
            for entry in entries:
                self._take_in(database, entry)
            database.execute("CREATE INDEX IF NOT EXISTS earlier_id ON earlier (id)")
            database.execute("CREATE INDEX IF NOT EXISTS rows_content ON rows (content, place)")
            database.execute(
                "UPDATE rows SET copy_of = first FROM (SELECT content AS same, min(place) AS first FROM rows "
                "WHERE content IS NOT NULL GROUP BY content HAVING count(*) > 1) "
                "WHERE content = same AND place > first"
            )
            database.execute("INSERT INTO notes VALUES ('source', ?)", (source,))
        self._place = 0

    def _take_in(self, database: sqlite3.Connection, entry: Entry) -> None:
        content = None
        if entry.question is not None:
            parts = json.dumps(entry.parts, ensure_ascii=False)
            digest = hashlib.blake2b(f"{entry.question}\n{parts}".encode(), digest_size=16).digest()
            found = database.execute("SELECT id FROM contents WHERE hash = ?", (digest,)).fetchone()
            content = (
                int(found[0])
                if found
                else database.execute(
                    "INSERT INTO contents (hash, question, parts) VALUES (?, ?, ?)", (digest, entry.question, parts)
                ).lastrowid
            )
        gold = json.dumps(asdict(entry.gold)) if entry.gold else None
        database.execute(
            "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, NULL, ?)",
            (entry.place, entry.id, entry.found, entry.status, entry.problem, content, gold),
        )

    def choose(self, number: int | None) -> None:
        """Leaves only a sample to be graded: always the same one of the same answers, spread over all of them.

        Args:
            number: how many; None for all of them.

        Raises:
            LedgerError: another process is grading another sample of it.
        """
        wanted = str(number or "")
        if (self.note("sampled") or "") == wanted:
            return
        with self._transaction() as database:
            self._alone("another sample")
            database.execute("DELETE FROM chosen")
            if number is not None:
                database.execute(
                    "INSERT INTO chosen SELECT id FROM contents c "
                    "WHERE EXISTS (SELECT 1 FROM rows WHERE content = c.id) ORDER BY hash LIMIT ?",
                    (number,),
                )
            database.execute("INSERT OR REPLACE INTO notes VALUES ('sampled', ?)", (wanted,))
        self._place = 0

    def claim(self, most: int) -> tuple[Claim, ...]:
        """Takes what is to be graded next, in the order of the source; nothing if nobody needs to do anything more.

        What failed since this process began is not tried again, unless `retry` said so. What another process had
        claimed is taken over once that process is gone.
        """
        with self._transaction() as database:
            found = self._claimable(database, most)
            if not found and self._place:
                self._forget_the_dead(database)
                self._place = 0
                found = self._claimable(database, most)
            worker = self.presence.id
            database.executemany(
                "INSERT INTO claims VALUES (?, ?, ?)", [(claim.judge, claim.content, worker) for claim in found]
            )
        return tuple(found)

    def _claimable(self, database: sqlite3.Connection, most: int) -> list[Claim]:
        found = database.execute(
            f"""
            SELECT r.place, k.judge, c.id, c.question, c.parts
            FROM rows r JOIN contents c ON c.id = r.content JOIN present k ON k.question = c.question
            WHERE r.place > ? AND r.copy_of IS NULL {self._sampled}
                AND NOT EXISTS (SELECT 1 FROM grades g WHERE g.judge = k.judge AND g.content = c.id)
                AND NOT EXISTS (SELECT 1 FROM claims w WHERE w.judge = k.judge AND w.content = c.id)
                AND NOT EXISTS (SELECT 1 FROM failures f
                    WHERE f.judge = k.judge AND f.content = c.id AND f.made >= ?)
            ORDER BY r.place LIMIT ?
            """,
            (self._place, self._began, most),
        ).fetchall()
        if found:
            self._place = int(found[-1][0])
        return [_claim(*row) for _, *row in found]

    def some(self, most: int) -> tuple[Claim, ...]:
        """Some of what is to be graded, spread over all of it, without claiming it: to tell what it will take."""
        with self._reading():
            found = self._database.execute(
                f"""
                SELECT k.judge, c.id, c.question, c.parts
                FROM contents c JOIN present k ON k.question = c.question
                WHERE EXISTS (SELECT 1 FROM rows WHERE content = c.id) {self._sampled}
                    AND NOT EXISTS (SELECT 1 FROM grades g WHERE g.judge = k.judge AND g.content = c.id)
                ORDER BY c.hash LIMIT ?
                """,
                (most,),
            ).fetchall()
        return tuple(_claim(*row) for row in found)

    def _forget_the_dead(self, database: sqlite3.Connection) -> None:
        for (worker,) in database.execute("SELECT DISTINCT worker FROM claims").fetchall():
            if not worker.startswith(JOB) and not self.presence.is_alive(worker):
                database.execute("DELETE FROM claims WHERE worker = ?", (worker,))

    def begin(self) -> None:
        """Makes ready for work: what processes that are gone had claimed is free again."""
        with self._transaction() as database:
            self._forget_the_dead(database)
        self._place, self._began = 0, self._began or _now()

    def give_back(self, claims: Sequence[Claim | Failed]) -> None:
        """Lets others grade what was claimed and not tried."""
        with self._transaction() as database:
            database.executemany(
                "DELETE FROM claims WHERE judge = ? AND content = ?", [(one.judge, one.content) for one in claims]
            )
        self._place = 0

    def retry(self) -> int:
        """Has everything that failed tried again; how much that is."""
        with self._transaction() as database:
            number = database.execute("UPDATE failures SET made = ''").rowcount
        self._place = 0
        return number

    def record(self, done: Sequence[Marked | Failed]) -> None:
        """Keeps grades and failures. They count when this returns.

        Raises:
            LedgerError: nothing of it was kept, and the same can be recorded again.
        """
        made = _now()
        grades, failures = [], []
        for one in done:
            cost = one.cost or FREE
            spent = (cost.calls, cost.sent, cost.cached, cost.received, int(cost.dollars * PICO), cost.unpriced, made)
            if isinstance(one, Marked):
                grades.append((one.judge, one.content, one.status, one.body, *spent))
            else:
                failures.append((one.judge, one.content, one.kind, one.problem, self.presence.id, *spent))
        with self._transaction() as database:
            database.executemany(
                "INSERT OR IGNORE INTO grades (judge, content, status, body, calls, sent, cached, received, "
                "picodollars, unpriced, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                grades,
            )
            database.executemany(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "kind = excluded.kind, problem = excluded.problem, worker = excluded.worker, tries = tries + 1, "
                "calls = calls + excluded.calls, sent = sent + excluded.sent, cached = cached + excluded.cached, "
                "received = received + excluded.received, unpriced = unpriced + excluded.unpriced, "
                "picodollars = picodollars + excluded.picodollars, made = excluded.made",
                failures,
            )
            keys = [(one.judge, one.content) for one in done]
            database.executemany("DELETE FROM claims WHERE judge = ? AND content = ?", keys)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _claim(judge: int, content: int, question: int, parts: str) -> Claim:
    return Claim(judge, content, question, parts_of(parts))
