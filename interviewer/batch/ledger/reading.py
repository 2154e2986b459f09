"""How far a batch has got, what became of each row, and why something is graded again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

from interviewer.batch.ledger.documents import Documents
from interviewer.batch.ledger.money import COLUMNS, cost_of
from interviewer.batch.ledger.values import Counts, Gold, Result
from interviewer.cost import FREE, Cost
from interviewer.scorecard import Grade, Stamp

_PAID = ("grades", "failures")
"""The tables of what was paid for."""


class Reading(Documents):
    """Results in the order of the source, and sums of them."""

    _stamps: Mapping[int, Stamp] = {}
    _added_up: tuple[int, Cost] = (0, FREE)
    """Up to which grade the costs are added up, and what they are: a grade never changes."""

    def counts(self) -> Counts:
        """How far the batch has got, with the judges there are now."""
        with self._reading():
            return self._counts(self._database)

    def _counts(self, database: sqlite3.Connection) -> Counts:
        def told(statement: str) -> dict[str, int]:
            return {str(name): int(number) for name, number in database.execute(statement)}

        grades = "LEFT JOIN grades g ON g.judge = k.judge AND g.content = c.id"
        unique, graded = database.execute(f"SELECT count(*), count(g.id) {self._answers(grades)}").fetchone()
        failed = self._answers(f"JOIN failures f ON f.judge = k.judge AND f.content = c.id {grades}")
        return Counts(
            rows=int(database.execute("SELECT count(*) FROM rows").fetchone()[0]),
            bad=told("SELECT status, count(*) FROM rows WHERE content IS NULL GROUP BY status"),
            copies=int(database.execute("SELECT count(*) FROM rows WHERE copy_of IS NOT NULL").fetchone()[0]),
            unique=int(unique),
            graded=int(graded),
            failures=told(f"SELECT f.kind, count(*) {failed} AND g.id IS NULL GROUP BY f.kind"),
            claimed=int(database.execute("SELECT count(*) FROM claims").fetchone()[0]),
        )

    def _answers(self, joined: str) -> str:
        """From what the different answers `r`, `c` that are to be graded, and their judges `k`, come."""
        return (
            "FROM rows r JOIN contents c ON c.id = r.content JOIN present k ON k.question = c.question "
            f"{joined} WHERE r.copy_of IS NULL {self._sampled}"
        )

    def cost(self) -> Cost:
        """Of all calls recorded for the grades and failures that stand now."""
        with self._reading():
            joined = (f"JOIN {table} t ON t.judge = k.judge AND t.content = c.id" for table in _PAID)
            return sum((self._cost(self._answers(one), "t.") for one in joined), FREE)

    def spent(self) -> Cost:
        """What everything in this folder has cost so far, also what is out of date by now."""
        with self._reading():
            before, known = self._added_up
            statement = f"SELECT max(id), {', '.join(f'sum({one})' for one in COLUMNS)} FROM grades WHERE id > ?"
            last, *sums = self._database.execute(statement, (before,)).fetchone()
            self._added_up = (last or before, known + cost_of(sums))
            return self._added_up[1] + self._cost("FROM failures")

    def _cost(self, origin: str, prefix: str = "") -> Cost:
        sums = ", ".join(f"sum({prefix}{column})" for column in COLUMNS)
        return cost_of(self._database.execute(f"SELECT {sums} {origin}").fetchone())

    def results(self, since: int = 0, most: int = 500) -> tuple[Result, ...]:
        """Rows with their grades, in the order of the source.

        Args:
            since: only rows after this place.
            most: how many.
        """
        with self._reading():
            found = self._database.execute(
                """
                SELECT r.place, r.id, r.found, r.status, r.problem, c.question, c.parts, r.gold, g.body, k.judge,
                    f.kind, f.problem, r.copy_of, g.calls, g.sent, g.cached, g.received, g.picodollars, g.unpriced
                FROM rows r LEFT JOIN contents c ON c.id = r.content LEFT JOIN present k ON k.question = c.question
                    LEFT JOIN grades g ON g.judge = k.judge AND g.content = c.id
                    LEFT JOIN failures f ON f.judge = k.judge AND f.content = c.id
                WHERE r.place > ? ORDER BY r.place LIMIT ?
                """,
                (since, most),
            ).fetchall()
        return tuple(self._result(row) for row in found)

    def every_result(self) -> Iterator[Result]:
        """All of them, in the order of the source, without holding more than a few hundred."""
        place = 0
        while page := self.results(place):
            yield from page
            place = page[-1].place

    def _result(self, row: tuple[object, ...]) -> Result:
        place, name, found, status, problem, question, parts, gold, body, judge, kind, failed, copy_of, *spent = row
        return Result(
            place=int(str(place)),
            id=str(name),
            found=str(found),
            status=str(status),
            problem=str(problem) if body or failed is None else str(failed),
            question=None if question is None else int(str(question)),
            parts=parts_of(str(parts)) if parts is not None else (),
            gold=_gold(str(gold)) if gold is not None else None,
            grade=None if body is None else self._grade(str(body), int(str(judge)), cost_of(spent)),
            failure=None if body is not None or kind is None else str(kind),
            copy_of=None if copy_of is None else int(str(copy_of)),
        )

    def _grade(self, body: str, judge: int, cost: Cost) -> Grade:
        raw = json.loads(body)
        if "stamp" not in raw:
            if judge not in self._stamps:
                self._stamps = {number: one.stamp for number, one in self.judges().items()}
            raw["stamp"] = self._stamps[judge]
        if cost.calls:
            raw["cost"] = cost
        return Grade.model_validate(raw)

    def regraded(self) -> Mapping[tuple[int, int], int]:
        """What has grades, but none of the judges there are now: (judge before, judge now) -> how many answers."""
        found: dict[tuple[int, int], int] = {}
        later: list[int] = []
        with self._reading():
            present = {judge for (judge,) in self._database.execute("SELECT DISTINCT judge FROM present")}
            others = self.judges().keys() - (present if len(present) == 1 else ())  # it cannot come before itself
            for before in sorted(others, reverse=True):
                seen = "".join(
                    f" AND NOT EXISTS (SELECT 1 FROM grades WHERE judge = {one} AND content = c.id)" for one in later
                )
                for now, number in self._database.execute(
                    "SELECT k.judge, count(*) FROM rows r JOIN contents c ON c.id = r.content "
                    "JOIN present k ON k.question = c.question JOIN grades g ON g.judge = ? AND g.content = c.id "
                    "WHERE r.copy_of IS NULL AND k.judge != ? AND NOT EXISTS (SELECT 1 FROM grades "
                    f"WHERE judge = k.judge AND content = c.id){seen} GROUP BY k.judge",
                    (before, before),
                ):
                    found[before, int(now)] = int(number)
                later.append(before)
        return found

    def edited(self) -> Mapping[str, int]:
        """Rows whose words were never graded, and were others under the same id before: `answer` or `question`,
        whichever changed -> how many."""
        with self._reading():
            if (
                self._database.execute("SELECT 1 FROM earlier LIMIT 1").fetchone() is None
            ):  # no need to look at all rows
                return {}
            found = self._database.execute(
                "SELECT CASE WHEN o.question = c.question THEN 'answer' ELSE 'question' END, count(DISTINCT r.place) "
                "FROM rows r JOIN contents c ON c.id = r.content JOIN earlier e ON e.id = r.id "
                "JOIN contents o ON o.id = e.content JOIN present k ON k.question = c.question "
                "WHERE e.content != r.content AND NOT EXISTS "
                "(SELECT 1 FROM judges j CROSS JOIN grades g ON g.judge = j.id AND g.content = c.id) GROUP BY 1"
            )
            return {str(what): int(number) for what, number in found}


def parts_of(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of an answer, as they stand in the ledger."""
    return tuple((name, part) for name, part in json.loads(text))


def _gold(text: str) -> Gold:
    raw = json.loads(text)
    raters = {name: tuple(given) for name, given in raw["raters"].items()}
    return Gold(raw["grades"], raters, tuple(raw["scale"]) if raw["scale"] else None)
