"""What comes out of a batch beside the report: every scorecard as JSON, and one line of a table for each answer.

Both are in the order of the source, whatever the order of grading was, and are put in place whole.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from pydantic_core import to_json

from interviewer.batch.ledger import PENDING, Ledger, Result
from interviewer.batch.presence import Presence
from interviewer.batch.submissions.where import where_of
from interviewer.cost import money
from interviewer.grading.combine import share_of
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade
from interviewer.table import csv_cell

GRADES_JSONL: Final = "grades.jsonl"
GRADES_CSV: Final = "grades.csv"


@dataclass(frozen=True, slots=True)
class Overall:
    """A grade as one figure: the weighted mean of the criteria that were assessed."""

    share: float | None
    """0 for the lowest level, 1 for the highest; None if nothing was assessed."""
    assessed: float
    """Share of the rubric's weight that was assessed, 0 to 1."""


def overall(grade: Grade, rubric: Rubric) -> Overall:
    """One figure for a grade. Only a graded answer has one: a blank is no zero, but a status."""
    whole = sum(one.weight for one in rubric.criteria) or 1.0
    rated = [
        (one.weight, share_of(rubric, rating.level))
        for one in rubric.criteria
        if (rating := grade.rating(one.id)) is not None and rating.assessed
    ]
    weight = sum(weight for weight, _ in rated)
    if grade.status != "graded" or weight <= 0:
        return Overall(None, 0.0)
    return Overall(sum(weight * share for weight, share in rated) / weight, min(1.0, weight / whole))


def status_of(result: Result) -> str:
    """What became of a row, in a word: the status of its grade, else of the failure, else of the row."""
    if result.grade is not None:
        return result.grade.status
    if result.failure is not None:
        return "failed"
    return PENDING if result.status == "ok" else result.status


class Judged:
    """Rubrics and questions by what results refer to.

    Args:
        ledger: where they are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        bodies = (*(body for _, body in ledger.rubrics()), *ledger.present_rubrics())  # of two the later one counts
        self.rubrics: Final[Mapping[tuple[str, int], Rubric]] = {
            (rubric.id, rubric.version): rubric for rubric in map(Rubric.model_validate_json, bodies)
        }
        """Id and version -> the rubric in force, or else the latest that was used."""
        self._questions: dict[int, Question] = {}

    def rubric(self, grade: Grade) -> Rubric:
        """The rubric of a grade."""
        return self.rubrics[grade.rubric, grade.rubric_version]

    def question(self, number: int) -> Question:
        """The question with this number in the ledger."""
        found = self._questions.get(number)
        if found is None:
            if len(self._questions) > 4096:
                self._questions.clear()
            found = self._questions[number] = Question.model_validate_json(self._ledger.question_body(number))
        return found

    def criteria(self) -> tuple[str, ...]:
        """Every criterion of the rubrics in force, in order; with the rubric's id before it if there are several."""
        present = self._ledger.present_rubrics()
        used = [Rubric.model_validate_json(body) for body in present]
        return tuple(column(one.id, rubric.id, len(used) > 1) for rubric in used for one in rubric.criteria)


def column(criterion: str, rubric: str, several: bool) -> str:
    """What the column of a criterion is called."""
    return f"{rubric}:{criterion}" if several else criterion


@contextmanager
def grade_files(ledger: Ledger, out: Path) -> Iterator[Callable[[Result], None]]:
    """Opens `grades.jsonl` and `grades.csv`; gives what writes a result into both.

    Raises:
        OSError: they cannot be written; those that were there are untouched.
    """
    judged = Judged(ledger)
    criteria = judged.criteria()
    several = any(":" in one for one in criteria)
    worker = ledger.presence.id
    with whole(out / GRADES_JSONL, worker) as lines, whole(out / GRADES_CSV, worker, newline="") as cells:
        table = csv.writer(cells)
        table.writerow([csv_cell(title) for title in (*_BEFORE, *criteria, *_AFTER)])

        def keep(result: Result) -> None:
            figure = Overall(None, 0.0) if result.grade is None else overall(result.grade, judged.rubric(result.grade))
            lines.write(to_json(_row(result, figure, judged)).decode() + "\n")
            table.writerow([csv_cell(one) for one in _cells(result, figure, criteria, several)])

        yield keep


_BEFORE: Final = ("place", "id", "status", "overall", "assessed")
_AFTER: Final = ("disputed", "note", "graded_by", "dollars")


def _row(result: Result, figure: Overall, judged: Judged) -> Mapping[str, Any]:
    """A row with its whole scorecard."""
    grade = result.grade
    question = judged.question(result.question) if result.question is not None else None
    return {
        "place": result.place,
        "id": result.id,
        "where": result.found,
        "status": status_of(result),
        "problem": result.problem,
        "copy_of": result.copy_of,
        "question": {"id": question.id, "text": question.text} if question is not None else None,
        "overall": figure.share,
        "assessed": None if grade is None else figure.assessed,
        "grade": None if grade is None else _scorecard(grade, result.parts),
        "gold": None if result.gold is None else dict(result.gold.grades),
    }


def _scorecard(grade: Grade, parts: Sequence[tuple[str, str]]) -> Grade | Mapping[str, Any]:
    """A grade for JSON; of files that were handed in, evidence also says in which file and line it stands."""
    if not any(name for name, _ in parts):
        return grade
    written = grade.model_dump(mode="json")
    for rating, dumped in zip(grade.ratings, written["ratings"], strict=True):
        for evidence, cited in zip(rating.evidence, dumped["evidence"], strict=True):
            if where := where_of(evidence, parts):
                cited["where"] = where
    return written


def _cells(result: Result, figure: Overall, criteria: Sequence[str], several: bool) -> Iterable[str]:
    grade = result.grade
    note = result.problem
    given: dict[str, str] = {}
    if grade is not None:
        note = " ".join(part for part in (grade.note, result.problem) if part)
        given = {column(rating.criterion, grade.rubric, several): rating.level for rating in grade.ratings}
    share = "" if figure.share is None else f"{figure.share:.3f}"
    assessed = "" if figure.share is None else f"{figure.assessed:.2f}"
    yield from (str(result.place), result.id, status_of(result), share, assessed)
    yield from (given.get(one, "") for one in criteria)
    yield "yes" if grade is not None and any(rating.disputed for rating in grade.ratings) else ""
    yield note
    yield "" if grade is None else " ".join(part for part in (grade.stamp.engine, grade.stamp.model) if part)
    yield "" if grade is None or grade.cost is None else money(grade.cost.dollars).removeprefix("$")


@contextmanager
def whole(path: Path, worker: str, newline: str | None = None) -> Iterator[TextIO]:
    """A file that takes its place only when it is whole.

    Args:
        path: its place.
        worker: the id of this process in the ledger: each writes a part of its own.
        newline: as of `open`.
    """
    part = path.with_name(f".{path.name}.{worker}")
    try:
        with part.open("w", encoding="utf-8", newline=newline) as file:
            yield file
        part.chmod(0o600)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def clear_parts(out: Path, names: Iterable[str], presence: Presence) -> None:
    """Removes what processes that were killed while they wrote have left of these files."""
    for part in (part for name in names for part in out.glob(f".{name}.*")):
        if not presence.is_alive(part.suffix.removeprefix(".")):
            part.unlink(missing_ok=True)
