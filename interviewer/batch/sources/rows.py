"""Makes rows of records: every record one row, with its place and, if it is bad, what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from interviewer.batch.row import LONGEST_TEXT, Row, RowStatus
from interviewer.batch.sources.columns import Columns
from interviewer.batch.sources.decoding import UNDECODED
from interviewer.batch.sources.grades import NO_GRADES, grades_of
from interviewer.batch.sources.record import Record, kind_of
from interviewer.batch.sources.seen import Seen
from interviewer.text import one_line, sanitise

_LONGEST_ID: Final = 200
"""Characters of an id that are kept."""

_Problem: TypeAlias = tuple[RowStatus, str]


def rows_of(records: Iterable[Record], columns: Columns) -> Iterator[Row]:
    """The rows that records make, in their order, with memory that does not grow with their number."""
    seen = Seen() if columns.id is not None else None
    try:
        for place, record in enumerate(records, 1):
            yield _row(place, record, columns, seen)
    finally:
        if seen is not None:
            seen.close()


def _row(place: int, record: Record, columns: Columns, seen: Seen | None) -> Row:
    given = _id(record, columns.id)
    shown = given[:_LONGEST_ID] or f"#{place}"
    if record.status != "ok":
        return Row(place, record.where, shown, status=record.status, problem=record.problem)
    problems: list[_Problem] = []
    if columns.answer not in record.values:
        problems.append(("wrong-shape", f"There is no `{columns.answer}` among its values."))
    answer = _text(record, columns.answer, problems)
    question = _text(record, columns.question, problems) or None
    question_id = " ".join(_text(record, columns.question_id, problems).split()) or None
    reference = _text(record, columns.reference, problems) or None
    if not answer:
        problems.append(("empty-answer", "There is no answer in this row."))
    if not problems and seen is not None and given:
        before = seen.before((given, question_id or "", question or ""), answer, place)
        if before is not None:
            problems.append(_again(shown, *before))
    status, problem = problems[0] if problems else ("ok", "")
    grades = grades_of(record.values, columns) if columns.gold or columns.scale is not None else NO_GRADES
    return Row(
        place,
        record.where,
        shown,
        answer,
        question=question,
        question_id=question_id,
        reference=reference,
        gold=grades.means,
        gold_raters=grades.raters,
        gold_scale=grades.scale,
        status=status,
        problem=problem,
        note=" ".join((record.note, *grades.notes)).strip(),
    )


def _text(record: Record, column: str | None, problems: list[_Problem]) -> str:
    """What stands in a column, sanitised and cut at the bound; empty if blank. What is wrong goes to `problems`."""
    value = None if column is None else record.values.get(column)
    if isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isascii() and value.isprintable():
        return "" if value.isspace() else value  # by far the most common: nothing to do
    if _is_missing(value):
        return ""
    if isinstance(value, list | tuple | dict | bytes):
        problems.append(("wrong-shape", f"In `{column}` stands {kind_of(value)}, not a text."))
        return ""
    text = value if isinstance(value, str) else str(value)
    if not text.isascii() and UNDECODED.search(text) is not None:
        why = f"`{column}` holds bytes that are no text in the encoding of the file. Save it as UTF-8."
        problems.append(("unreadable", why))
    if len(text) > LONGEST_TEXT:
        why = f"`{column}` has {len(text):,} characters; {LONGEST_TEXT:,} is the most."
        problems.append(("too-long", why))
        text = text[:LONGEST_TEXT]
    clean = sanitise(text)
    return "" if clean.isspace() else clean


def _is_missing(value: object) -> bool:
    """Whether nothing stands there. A table of numbers that was written by a program has NaN for that."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _id(record: Record, column: str | None) -> str:
    """The id on one line; empty if the record has none."""
    value = None if column is None else record.values.get(column)
    if _is_missing(value) or isinstance(value, list | tuple | dict | bytes):
        return ""
    text = str(value)
    return text if text.isascii() and text.isalnum() else one_line(text)


def _again(shown: str, how: str, first: int) -> _Problem:
    """The problem of an id that was there before."""
    if how == "same":
        return "duplicate", f"The same id and answer as row {first}, which is graded."
    return "duplicate-id", f"The id `{shown}` belongs to row {first} with another answer. Give each answer its own id."
