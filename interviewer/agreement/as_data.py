"""A comparison for programs."""

from __future__ import annotations

from typing import Any

from interviewer.agreement.compare import Band, Comparison, Figures
from interviewer.grading.bootstrap import Figure


def as_data(one: Comparison) -> dict[str, Any]:
    """Everything that is told of a comparison. Figures that are not defined are null."""
    scale = one.scale
    return {
        "name": one.name,
        "scale": {"lowest": scale.low, "highest": scale.high, "step": scale.size, "known": scale.known},
        "figures": _figures(one.figures),
        "pearson_on_unseen_questions": _figure(one.unseen) if one.unseen else None,
        "nothing_to_rate_as_lowest": _figures(one.counted),
        "against_each_person": _figures(one.one_person),
        "person_against_person": _figures(one.people),
        "bands": [_band(band) for band in one.bands],
        "confusion": {
            "steps": [float(scale.name(step)) for step in range(scale.steps + 1)],
            "people_by_given": [list(row) for row in one.confusion],
        },
        "not_graded": [
            {"state": each.state, "answers": each.count, "people_mean": each.gold_mean} for each in one.ungraded
        ],
    }


def _figures(figures: Figures | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {
        "answers": figures.answers,
        "questions": figures.questions,
        "exact": _figure(figures.exact),
        "within_one": _figure(figures.within_one),
        "pearson": _figure(figures.pearson),
        "spearman": _figure(figures.spearman),
        "kappa": _figure(figures.kappa),
        "bias": _figure(figures.bias),
    }


def _band(band: Band) -> dict[str, Any]:
    return {
        "name": band.name,
        "answers": band.answers,
        "exact": _figure(band.exact),
        "within_one": _figure(band.within_one),
        "bias": _figure(band.bias),
    }


def _figure(figure: Figure) -> dict[str, float | None]:
    interval = figure.interval
    return {
        "value": figure.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
    }
