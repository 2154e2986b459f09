"""Reads the grades that people gave, from the columns that hold them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from interviewer.batch.sources.columns import Columns
from interviewer.text import one_line

_NUMBER: Final = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,15}|,\d{1,2})?")
_RANGE: Final = re.compile(r"[\[(]?\s*(\d+(?:\.\d+)?)\s*(?:-|–|—|,|;|to|\.\.)\s*(\d+(?:\.\d+)?)\s*[\])]?")
_NO_GRADE: Final = frozenset(("", "-", "–", "na", "n/a", "nan", "null", "none", "."))


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades of one row. See `Row` for what each means."""

    means: Mapping[str, float]
    raters: Mapping[str, tuple[float, ...]]
    scale: tuple[float, float] | None
    notes: tuple[str, ...]
    """What is no grade and was left out: sentences."""


NO_GRADES: Final = Grades({}, {}, None, ())
"""Of a row of a source without grades."""


def grades_of(values: Mapping[str, object], columns: Columns) -> Grades:
    """The grades of people in a record. Of a row where one of several raters gave none, only the mean is kept."""
    means: dict[str, float] = {}
    raters: dict[str, list[float | None]] = {}
    notes: list[str] = []
    for column in columns.gold:
        value = values.get(column.column)
        several = isinstance(value, list | tuple)
        read = [_number(one, column.column, notes) for one in (value if isinstance(value, list | tuple) else (value,))]
        if several or not column.mean:
            raters.setdefault(column.criterion, []).extend(read)
        elif read[0] is not None:
            means[column.criterion] = read[0]
    for criterion, given in raters.items():
        there = [grade for grade in given if grade is not None]
        if there:
            means.setdefault(criterion, fmean(there))
    complete = {
        criterion: tuple(grade for grade in given if grade is not None)
        for criterion, given in raters.items()
        if len(given) > 1 and None not in given
    }
    return Grades(means, complete, _scale(values.get(columns.scale) if columns.scale else None), tuple(notes))


def _number(value: object, column: str, notes: list[str]) -> float | None:
    """A grade as a number; None if none was given, or what was given is none, which `notes` then say."""
    if value is None or (isinstance(value, str) and value.strip().casefold() in _NO_GRADE):
        return None
    try:
        if isinstance(value, str):
            found = float(value.strip().replace(",", ".")) if _NUMBER.fullmatch(value.strip()) else math.nan
        else:
            found = float(value) if not isinstance(value, bool) else float(int(value))  # type: ignore[arg-type]
            if math.isnan(found):  # how a missing number is written
                return None
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if math.isfinite(found):
        return found
    notes.append(f"`{column}` holds “{one_line(str(value))[:40]}”, which is no number and was left out.")
    return None


def _scale(value: object) -> tuple[float, float] | None:
    """Lowest and highest grade, from a list of two numbers or a text such as `0-5`."""
    ends: list[object] = list(value) if isinstance(value, list | tuple) else []
    if isinstance(value, str) and (written := _RANGE.fullmatch(value.strip())) is not None:
        ends = [*written.groups()]
    if len(ends) != 2:
        return None
    low, high = (_number(end, "", []) for end in ends)
    return (low, high) if low is not None and high is not None and low < high else None
