"""Answers as they are shown in a report, fetched once it is known which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from interviewer.batch.ledger import Ledger, Result
from interviewer.batch.output import Judged
from interviewer.batch.report.excerpt import passages_of
from interviewer.batch.report.values import Example
from interviewer.batch.report.words import short
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Rating

_KEPT = 64
_LONGEST_QUESTION = 400
"""Characters shown of what was asked."""


class Examples:
    """Reads single rows again.

    Args:
        ledger: where they are.
        rubrics: id -> rubric in force.
    """

    def __init__(self, ledger: Ledger, rubrics: Mapping[str, Rubric]) -> None:
        self._ledger = ledger
        self._rubrics = rubrics
        self._judged = Judged(ledger)
        self._result = lru_cache(maxsize=_KEPT)(self._read)

    def _read(self, place: int) -> Result:
        return self._ledger.results(place - 1, 1)[0]

    def of(self, place: int, criterion: str | None, told: str = "") -> Example:
        """The row at a place, as an example of what it was given on a criterion.

        Args:
            place: of the row.
            criterion: its id; None for the answer as a whole.
            told: in place of the reasons of the rating.
        """
        result = self._result(place)
        grade = result.grade
        rubric = self._rubrics.get(grade.rubric) if grade is not None else None
        rating = grade.rating(criterion) if grade is not None and criterion is not None else None
        cited = (
            [rating] if rating is not None else list(grade.ratings) if grade is not None and criterion is None else []
        )
        return Example(
            id=result.id,
            found=result.found,
            question=self._asked(result),
            level=title_of(rubric, rating.level) if rating is not None else "",
            reasoning=told or (rating.reasoning if rating is not None else ""),
            passages=passages_of(result.parts, [one for rated in cited for one in rated.evidence]),
            votes=_votes(rubric, rating),
        )

    def _asked(self, result: Result) -> str:
        if result.question is None:
            return ""
        return short(self._judged.question(result.question).text, _LONGEST_QUESTION)


def title_of(rubric: Rubric | None, level: str) -> str:
    """What a level is called."""
    if rubric is None or level == NOT_ASSESSED:
        return "Not assessed"
    return rubric.level(level).title


def _votes(rubric: Rubric | None, rating: Rating | None) -> str:
    if rating is None or not rating.disputed:
        return ""
    if rating.lowest is None or rating.highest is None or rating.lowest == rating.highest:
        return "whether it can be rated at all"
    return f"{title_of(rubric, rating.lowest)} to {title_of(rubric, rating.highest)}"


def length_of(result: Result) -> int:
    """Characters of an answer, all its parts together."""
    return sum(len(text) for _, text in result.parts)
