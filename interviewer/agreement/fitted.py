"""Makes grades of a figure that is on no scale, without having seen the grades for the question in hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, TypeAlias

Line: TypeAlias = Literal["least-squares", "same-spread"]
"""least-squares: the line with the smallest squared error. same-spread: the one that gives the figures the mean and the
spread of people's grades; the former crowds grades in the middle, where they would not be equal to any of people's."""


def fitted(questions: Sequence[str], figures: Sequence[float], gold: Sequence[float], line: Line) -> list[float]:
    """Grades for each question by a straight line that was fitted on the answers to all other questions.

    Args:
        questions: of each answer; at least two different ones, or all grades are 0.
        figures: higher is better.
        gold: what people gave.
        line: which line.
    """
    middle, gold_middle = _mean(figures), _mean(gold)  # moments about zero would cancel out
    sums: dict[str, list[float]] = {}
    for question, figure, grade in zip(questions, figures, gold, strict=True):
        x, y = figure - middle, grade - gold_middle
        own = sums.setdefault(question, [0.0] * 6)
        for place, term in enumerate((1.0, x, y, x * x, y * y, x * y)):
            own[place] += term
    whole = [math.fsum(column) for column in zip(*sums.values(), strict=True)]
    lines = {
        question: _line([total - one for total, one in zip(whole, own, strict=True)], line)
        for question, own in sums.items()
    }
    grades = []
    for question, figure in zip(questions, figures, strict=True):
        slope, offset = lines[question]
        grades.append(gold_middle + offset + slope * (figure - middle) if len(lines) > 1 else 0.0)
    return grades


def _line(sums: Sequence[float], line: Line) -> tuple[float, float]:
    count, x, y, xx, yy, xy = sums
    if count < 1:
        return 0.0, 0.0
    spread, gold_spread, together = xx - x * x / count, yy - y * y / count, xy - x * y / count
    if spread <= 1e-12 * max(1.0, xx):
        return 0.0, y / count
    slope = together / spread if line == "least-squares" else math.sqrt(max(0.0, gold_spread) / spread)
    return slope, (y - slope * x) / count


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0
