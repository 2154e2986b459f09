"""What answers are judged by: questions, rubrics, and judges, each kept once however often it is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from interviewer.batch.ledger.database import Database
from interviewer.batch.ledger.values import Judge
from interviewer.scorecard import Stamp


class Documents(Database):
    """Questions, rubrics and judges by number."""

    def question(self, body: str) -> int:
        """The number of a question, which is the same whenever it is word for word the same."""
        return self._kept("questions", body)

    def rubric(self, body: str) -> int:
        """The number of a rubric."""
        return self._kept("rubrics", body)

    def _kept(self, table: str, body: str) -> int:
        digest = hashlib.sha256(body.encode()).hexdigest()
        with self._transaction() as database:
            database.execute(f"INSERT OR IGNORE INTO {table} (hash, body) VALUES (?, ?)", (digest, body))
            return int(database.execute(f"SELECT id FROM {table} WHERE hash = ?", (digest,)).fetchone()[0])

    def questions(self) -> Iterator[tuple[int, str]]:
        """Number and JSON of every question that the rows there are now ask."""
        with self._reading():
            numbers = [
                int(number)
                for (number,) in self._database.execute(
                    "SELECT DISTINCT c.question FROM rows r JOIN contents c ON c.id = r.content ORDER BY c.question"
                )
            ]
        for number in numbers:
            with self._reading():
                found = self._database.execute("SELECT body FROM questions WHERE id = ?", (number,)).fetchone()
            yield number, str(found[0])

    def question_body(self, number: int) -> str:
        """A question as JSON."""
        with self._reading():
            return str(self._database.execute("SELECT body FROM questions WHERE id = ?", (number,)).fetchone()[0])

    def present_rubrics(self) -> tuple[str, ...]:
        """The rubrics in force, as JSON."""
        with self._reading():
            found = self._database.execute(
                "SELECT body FROM rubrics WHERE id IN (SELECT j.rubric FROM present k JOIN judges j ON j.id = k.judge) "
                "ORDER BY id"
            ).fetchall()
        return tuple(str(body) for (body,) in found)

    def rubrics(self) -> Iterator[tuple[int, str]]:
        """Number and JSON of every rubric that was ever used here."""
        with self._reading():
            found = self._database.execute("SELECT id, body FROM rubrics ORDER BY id").fetchall()
        return ((int(number), str(body)) for number, body in found)

    def rubric_body(self, judge: int) -> str:
        """The rubric of a judge, as JSON."""
        with self._reading():
            found = self._database.execute(
                "SELECT b.body FROM judges j JOIN rubrics b ON b.id = j.rubric WHERE j.id = ?", (judge,)
            ).fetchone()
        return str(found[0])

    def judges(self) -> Mapping[int, Judge]:
        """Number -> judge, of every judge there was."""
        with self._reading():
            found = self._database.execute("SELECT id, rubric, stamp FROM judges ORDER BY id")
            return {
                int(number): Judge(int(rubric), Stamp.model_validate_json(stamp)) for number, rubric, stamp in found
            }

    def judge(self, rubric: int, stamp: Stamp) -> int:
        """The number of a judge: the same rubric, and a grader that would give the same grades.

        How well a grader has been found to agree with people does not change its grades.
        """
        grader = stamp.model_dump_json(exclude={"calibration"})
        digest = hashlib.sha256(f"{rubric}\n{grader}".encode()).hexdigest()
        with self._transaction() as database:
            database.execute(
                "INSERT INTO judges (hash, rubric, grader, stamp) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET stamp = excluded.stamp",
                (digest, rubric, grader, stamp.model_dump_json()),
            )
            return int(database.execute("SELECT id FROM judges WHERE hash = ?", (digest,)).fetchone()[0])

    def appoint(self, judges: Mapping[int, int]) -> None:
        """Says who judges from now on: number of a question -> number of its judge.

        Raises:
            LedgerError: another process is grading with other judges in this folder.
        """
        with self._transaction() as database:
            before = dict(database.execute("SELECT question, judge FROM present").fetchall())
            if before == judges:
                return
            if before:
                self._alone("another rubric or engine")
            database.execute("DELETE FROM present")
            database.executemany("INSERT INTO present VALUES (?, ?)", judges.items())
