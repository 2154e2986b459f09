"""From a source into the ledger: which rows there are, what each is about, and who judges it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from interviewer.batch.asking import Asked, Asking, Unasked
from interviewer.batch.ledger import Entry, Gold, Ledger
from interviewer.batch.row import Row
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Stamp

READER = 2
"""Raised when the same source would be read in another way: then it is read again."""

_BLOCK = 1 << 20
_MOST_KEPT = 4096


def take_in(
    ledger: Ledger, rows: Iterable[Row], asking: Asking, source: str, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Reads all rows in, unless the ledger has this very source.

    Args:
        ledger: where they go.
        rows: in order; not touched if the source is unchanged.
        asking: finds the question of each.
        source: what tells the source, and how it is read, from any other; see `fingerprint`.
        tell: told now and then how many rows were read.
    """
    if ledger.note("source") == source:
        return
    numbers: dict[str, int] = {}
    read = 0

    def entries() -> Iterator[Entry]:
        nonlocal read
        for row in rows:
            read += 1
            if read % 5000 == 0:
                tell(read)
            yield _entry(ledger, row, asking, numbers)

    ledger.take_in(entries(), source)


def _entry(ledger: Ledger, row: Row, asking: Asking, numbers: dict[str, int]) -> Entry:
    gold = Gold(row.gold, row.gold_raters, row.gold_scale) if row.gold else None
    if not row.usable:
        return Entry(row.place, row.id, row.where, row.status, row.problem, gold=gold)
    try:
        asked = asking.of(row)
    except Unasked as error:
        return Entry(row.place, row.id, row.where, "no-question", str(error), gold=gold)
    return Entry(
        row.place,
        row.id,
        row.where,
        "ok",
        f"{row.note} {asked.note}".strip(),
        question=_number(ledger, asked, numbers),
        parts=row.parts or (("", row.answer),),
        gold=gold,
    )


def _number(ledger: Ledger, asked: Asked, numbers: dict[str, int]) -> int:
    """The question's number in the ledger. What rubric judges it is said apart: see `appoint`."""
    body = asked.question.model_dump_json(exclude_defaults=True)
    if body not in numbers:
        if len(numbers) > _MOST_KEPT:
            numbers.clear()
        numbers[body] = ledger.question(body)
    return numbers[body]


def appoint(ledger: Ledger, rubric_of: Callable[[Question], Rubric], stamp: Stamp) -> None:
    """Makes a grader the judge of everything in the ledger, each question under its rubric as it is now."""
    judges: dict[str, int] = {}
    appointed: dict[int, int] = {}
    for number, body in ledger.questions():
        rubric = rubric_of(Question.model_validate_json(body))
        if rubric.id not in judges:
            judges[rubric.id] = ledger.judge(ledger.rubric(rubric.model_dump_json()), stamp)
        appointed[number] = judges[rubric.id]
    ledger.appoint(appointed)


def asked_of(question: str, rubric: Rubric) -> Asked:
    """A question as it stands in the ledger, under its rubric."""
    return Asked(Question.model_validate_json(question).model_copy(update={"rubric": rubric.id}), rubric)


def fingerprint(path: Path, reading: str) -> str:
    """What tells a source, and the way it is read, from any other: a file by all it holds, a folder by its files'
    names, sizes and times of change.

    Args:
        path: a file or a folder.
        reading: everything else on which it depends what rows there are and what they ask.
    """
    digest = hashlib.blake2b(f"{READER}\n{reading}\n".encode(), digest_size=20)
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            status = each.lstat()
            digest.update(
                f"{each.relative_to(path)}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "replace")
            )
    else:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()
