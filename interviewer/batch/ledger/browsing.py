"""Looks into a ledger a page at a time while others write to it: what a table on a screen needs.

Both classes have connections of their own that only read, so that nobody who grades ever waits for them, and what is
shown at once never waits for what takes a while.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

from interviewer.batch.ledger.database import Database, LedgerError, problem_of
from interviewer.batch.ledger.values import PENDING
from interviewer.grading.combine import share_of
from interviewer.rubric import Rubric

Order = Literal["place", "overall", "status"]
ORDERS: Final[tuple[Order, ...]] = ("place", "overall", "status")

UNDER_WAY: Final = "under-way"
FAILED: Final = "failed"

_ROWS: Final = """
FROM rows r LEFT JOIN contents c ON c.id = r.content LEFT JOIN present k ON k.question = c.question
    LEFT JOIN grades g ON g.judge = k.judge AND g.content = c.id
    LEFT JOIN failures f ON f.judge = k.judge AND f.content = c.id
    LEFT JOIN claims w ON w.judge = k.judge AND w.content = c.id
"""
_STATUS: Final = (
    f"CASE WHEN g.id IS NOT NULL THEN g.status WHEN w.worker IS NOT NULL THEN '{UNDER_WAY}' "
    f"WHEN f.kind IS NOT NULL THEN '{FAILED}' WHEN r.status != 'ok' THEN r.status ELSE '{PENDING}' END"
)
_RATED: Final = """
FROM json_each(g.body, '$.ratings') e CROSS JOIN scale s ON s.judge = g.judge
    AND s.criterion = json_extract(e.value, '$.criterion') AND s.level = json_extract(e.value, '$.level')
"""
_SHARE: Final = f"CASE WHEN g.status = 'graded' THEN (SELECT sum(s.weight * s.share) / sum(s.weight) {_RATED}) END"


@dataclass(frozen=True, slots=True)
class View:
    """Which rows are wanted, and in which order."""

    order: Order = "place"
    """place: as in the source. overall: the lowest first, and what has none at the end. status: by its name."""
    backwards: bool = False
    words: str = ""
    """Only rows that have all of these words in their id, answer or problem, small letters or capitals."""
    status: str | None = None
    """Only rows with this status."""
    failure: str | None = None
    """Only rows whose last try failed in this way."""

    @property
    def everything(self) -> bool:
        """Whether all rows are wanted."""
        return not (self.words.strip() or self.status or self.failure)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the source as a table shows it."""

    place: int
    id: str
    found: str
    status: str
    """Of its grade; `under-way`, `failed`, `not-graded-yet`; or what is wrong with the row."""
    problem: str
    """Why it failed or cannot be graded, or what was noted on its grade."""
    copy_of: int | None
    judge: int | None
    share: float | None
    """The weighted mean of the criteria that were assessed, 0 to 1."""
    levels: Mapping[str, str]
    """Criterion -> level."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are of each kind."""

    statuses: Mapping[str, int]
    failures: Mapping[str, tuple[int, str]]
    """Kind -> how many, and what one of them said."""


def _says(text: str | None, word: str) -> bool:
    """Whether a text has a word, which is folded: LIKE knows small letters and capitals of ASCII alone."""
    return text is not None and word in text.casefold()


class _Reader:
    """A connection that only reads, with the values of all levels beside it. Open it once it is said who judges.

    Args:
        ledger: what is read.

    Raises:
        LedgerError: it cannot be read.
    """

    def __init__(self, ledger: Database) -> None:
        self._path = ledger.path
        self._lock = threading.Lock()
        with self._reading():
            self._database = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
            )
            self._database.execute(
                "CREATE TEMP TABLE scale (judge INTEGER, criterion TEXT, level TEXT, weight REAL, share REAL, "
                "PRIMARY KEY (judge, criterion, level)) WITHOUT ROWID"
            )
            judges = self._database.execute(
                "SELECT j.id, b.body FROM judges j JOIN rubrics b ON b.id = j.rubric "
                "WHERE j.id IN (SELECT judge FROM present) ORDER BY j.id"
            )
            self.rubrics: Final = {int(judge): Rubric.model_validate_json(body) for judge, body in judges}
            """Number of a judge -> its rubric, of all that judge now."""
            self._database.executemany("INSERT INTO scale VALUES (?, ?, ?, ?, ?)", _scale(self.rubrics))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise LedgerError(problem_of(self._path, error)) from None

    def close(self) -> None:
        """Lets go of the file, once what is being read is read."""
        with self._lock:
            self._database.close()


def _scale(rubrics: Mapping[int, Rubric]) -> Iterator[tuple[int, str, str, float, float]]:
    for judge, rubric in rubrics.items():
        for criterion in rubric.criteria:
            for level in rubric.levels:
                yield judge, criterion.id, level.id, criterion.weight, share_of(rubric, level.id)


class Pages(_Reader):
    """Gives rows as they are right now, a page at a time."""

    def lines(self, places: Sequence[int]) -> tuple[Line, ...]:
        """The rows at these places, in the order of the source. As many as a few screens hold, not more."""
        if not places:
            return ()
        marks = ", ".join("?" * len(places))
        with self._reading():
            found = self._database.execute(
                f"""
                SELECT r.place, r.id, r.found, {_STATUS}, r.problem, g.id, f.problem, json_extract(g.body, '$.note'),
                    r.copy_of, k.judge, {_SHARE},
                    (SELECT json_group_object(s.criterion, s.level) {_RATED})
                {_ROWS} WHERE r.place IN ({marks}) ORDER BY r.place
                """,
                tuple(places),
            ).fetchall()
        return tuple(_line(row) for row in found)


def _line(row: Sequence[object]) -> Line:
    place, name, found, status, problem, grade, failed, note, copy_of, judge, share, levels = row
    told = (note, problem) if grade is not None else (failed,) if status == FAILED else (problem,)
    return Line(
        place=int(str(place)),
        id=str(name),
        found=str(found),
        status=str(status),
        problem=" ".join(str(one) for one in told if one),
        copy_of=None if copy_of is None else int(str(copy_of)),
        judge=None if judge is None else int(str(judge)),
        share=share if isinstance(share, float) else None,
        levels=json.loads(str(levels)),
    )


class Orders(_Reader):
    """Says which rows a view has, and counts them. May take a second where there are many."""

    def __init__(self, ledger: Database) -> None:
        super().__init__(ledger)
        with self._reading():
            self._database.create_function("says", 2, _says, deterministic=True)
            self._database.execute("CREATE TEMP TABLE shares (grade INTEGER PRIMARY KEY, share REAL)")

    def places(self, view: View) -> Sequence[int]:
        """The places of all rows that a view has, from the first that it shows to the last."""
        with self._reading():
            if view.everything and view.order == "place":  # the source was numbered from 1, without gaps
                last = int(self._database.execute("SELECT coalesce(max(place), 0) FROM rows").fetchone()[0])
                return range(last, 0, -1) if view.backwards else range(1, last + 1)
            if view.order == "overall":
                self._catch_up()
            wanted, given = _wanted(view)
            found = self._database.execute(f"SELECT r.place {_ROWS} {_joined(view)} {wanted} {_sorted(view)}", given)
            return array("q", (place for (place,) in found))

    def _catch_up(self) -> None:
        """Grades never change, so each is looked at once, however often the table is sorted."""
        self._database.execute(
            f"INSERT INTO shares SELECT g.id, {_SHARE} FROM grades g "
            "WHERE g.id > (SELECT coalesce(max(grade), 0) FROM shares)"
        )

    def tally(self) -> Tally:
        """How many rows there are of each status, and of each kind of failure."""
        with self._reading():
            statuses = self._database.execute(f"SELECT {_STATUS}, count(*) {_ROWS} GROUP BY 1").fetchall()
            failures = self._database.execute(
                f"SELECT f.kind, count(*), max(f.problem) {_ROWS} WHERE {_STATUS} = '{FAILED}' GROUP BY 1"
            ).fetchall()
        return Tally(
            {str(status): int(number) for status, number in statuses},
            {str(kind): (int(number), str(problem)) for kind, number, problem in failures},
        )


def _joined(view: View) -> str:
    return "LEFT JOIN shares h ON h.grade = g.id" if view.order == "overall" else ""


def _wanted(view: View) -> tuple[str, list[str]]:
    """The condition, and what its marks stand for."""
    conditions: list[str] = []
    given: list[str] = []
    if view.status is not None:
        conditions.append(f"{_STATUS} = ?")
        given.append(view.status)
    if view.failure is not None:
        conditions.append(f"{_STATUS} = '{FAILED}' AND f.kind = ?")
        given.append(view.failure)
    for word in view.words.split():
        condition, pattern = ("{} LIKE ? ESCAPE '~'", _like) if word.isascii() else ("says({}, ?)", str.casefold)
        searched = ("r.id", "r.problem", "f.problem", "c.parts")
        conditions.append(f"({' OR '.join(condition.format(one) for one in searched)})")
        given += [*[pattern(word)] * 3, pattern(json.dumps(word, ensure_ascii=False)[1:-1])]
    return (f"WHERE {' AND '.join(conditions)}" if conditions else "", given)


def _like(word: str) -> str:
    for sign in "~%_":
        word = word.replace(sign, f"~{sign}")
    return f"%{word}%"


def _sorted(view: View) -> str:
    way = "DESC" if view.backwards else "ASC"
    match view.order:
        case "overall":
            return f"ORDER BY h.share IS NULL, h.share {way}, r.place"
        case "status":
            return f"ORDER BY {_STATUS} {way}, r.place"
        case _:
            return f"ORDER BY r.place {way}"
