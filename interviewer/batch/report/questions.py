"""Which questions are hard, told only of those with enough answers."""

from __future__ import annotations

import math
from typing import Final

from interviewer.batch.ledger import Ledger
from interviewer.batch.report.values import QuestionFigures, Questions
from interviewer.grading.bootstrap import Interval
from interviewer.question import Question

ENOUGH: Final = 8
"""Overall grades that a question needs to be told of."""
HARDEST: Final = 10
MOST_QUESTIONS: Final = 50_000
"""Questions that are counted; a source with more has hardly any with enough answers."""

_NOTHING: Final = 1e-6
_NORMAL: Final = 1.959964
"""Quantile of the normal distribution for a 95 % interval."""


class QuestionTally:
    """Counts overall grades by question."""

    def __init__(self) -> None:
        self._sums: dict[int, list[float]] = {}

    def add(self, question: int, share: float | None) -> None:
        """Counts one answer that a grader read."""
        sums = self._sums.get(question)
        if sums is None:
            if len(self._sums) == MOST_QUESTIONS:
                return
            sums = self._sums[question] = [0.0, 0.0, 0.0, 0.0]
        if share is None:
            sums[3] += 1
        else:
            sums[0] += 1
            sums[1] += share
            sums[2] += share * share

    def figures(self, ledger: Ledger) -> Questions:
        """The hardest questions, hardest first."""
        enough = sorted((sums[1] / sums[0], number) for number, sums in self._sums.items() if sums[0] >= ENOUGH)
        told = [self._figures(ledger, number) for _, number in enough[:HARDEST]]
        easiest = self._figures(ledger, enough[-1][1]) if len(enough) > HARDEST else None
        return Questions(len(self._sums), len(enough), tuple(told), easiest)

    def _figures(self, ledger: Ledger, number: int) -> QuestionFigures:
        count, total, squares, unrated = self._sums[number]
        mean = total / count
        variance = max(0.0, squares - total * total / count) / (count - 1)
        away = student(int(count) - 1) * math.sqrt(variance / count)
        text = Question.model_validate_json(ledger.question_body(number)).text
        interval = Interval(max(0.0, mean - away), min(1.0, mean + away)) if away > _NOTHING else None
        return QuestionFigures(text, int(count), int(unrated), mean, interval)


def student(freedom: int) -> float:
    """Student's t for a 95 % interval, by expansion around the normal one; within .01 from 7 degrees of freedom on.

    (Abramowitz and Stegun 1964, "Handbook of Mathematical Functions", 26.7.5.)
    """
    x = _NORMAL
    first = (x**3 + x) / 4
    second = (5 * x**5 + 16 * x**3 + 3 * x) / 96
    third = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
    return x + first / freedom + second / freedom**2 + third / freedom**3
