"""Makes a calibration record of what was compared, where that can be cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from interviewer.agreement.compare import Comparison, Figures
from interviewer.grading.calibration import LEAST_ANSWERS, Agreement, Calibration, Estimate
from interviewer.scorecard import Stamp
from interviewer.text import one_line


def why_not(comparisons: Sequence[Comparison], pending: int) -> str:
    """Why nothing is recorded, in a sentence; empty if it can be.

    Args:
        comparisons: what was compared.
        pending: answers that were to be graded and are not.
    """
    if pending:
        return f"{pending:,} answers have no grade yet, and those that do may be of another kind."
    most = max((one.figures.answers for one in comparisons), default=0)
    if most < LEAST_ANSWERS:
        return f"{most} graded answers say too little; it takes {LEAST_ANSWERS}."
    if all(one.figures.questions < 2 for one in comparisons):
        return "They are answers to one question, which says nothing of others."
    if all(one.figures.kappa.value is None for one in comparisons):
        return "Agreement is not defined where one side gives everybody the same."
    return ""


def record_of(
    name: str, stamp: Stamp, rubrics: Mapping[str, int], comparisons: Sequence[Comparison], now: datetime
) -> Calibration:
    """What was measured of the grader with this stamp.

    Args:
        name: of the set, as the user calls it.
        stamp: the grader's.
        rubrics: id -> version of those it graded by.
        comparisons: at least one.
        now: when it was measured, with its time zone.
    """
    return Calibration(
        graded_set=one_line(name)[:200] or "answers",
        measured=now,
        stamp=stamp,
        rubrics=dict(rubrics),
        figures={one.name: _agreement(one) for one in comparisons},
    )


def _agreement(one: Comparison) -> Agreement:
    figures: Figures = one.figures
    return Agreement(
        answers=figures.answers,
        questions=figures.questions,
        scale=(one.scale.low, one.scale.high),
        exact=Estimate.of(figures.exact),
        within_one=Estimate.of(figures.within_one),
        pearson=Estimate.of(figures.pearson),
        spearman=Estimate.of(figures.spearman),
        kappa=Estimate.of(figures.kappa),
        bias=Estimate.of(figures.bias),
        people_kappa=Estimate.of(one.people.kappa) if one.people else None,
        people_pearson=Estimate.of(one.people.pearson) if one.people else None,
        ungraded={each.state: each.count for each in one.ungraded},
    )
