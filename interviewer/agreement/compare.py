"""Works out how far two sides agree, from answers with the grades of both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from interviewer.agreement.fitted import fitted
from interviewer.agreement.items import NOTHING_SAID, Item
from interviewer.agreement.scale import Scale
from interviewer.grading.bootstrap import Figure, measured

BANDS: Final = (("low", 0.0, 1 / 3), ("middling", 1 / 3, 2 / 3), ("high", 2 / 3, 1.0))
"""Thirds of the scale by what people gave; the upper end of a third belongs to the next one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of agreement between two sides, with intervals."""

    answers: int
    """Or pairs, between people."""
    questions: int
    pearson: Figure
    """This, Spearman and bias are of grades as they were given."""
    spearman: Figure
    bias: Figure
    """In points of the scale: above zero the side under test is the more generous one."""
    exact: Figure
    """This, within one and kappa are of the nearest steps of the scale."""
    within_one: Figure
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Band:
    """Answers to which people gave a low, a middling or a high grade."""

    name: str
    answers: int
    exact: Figure
    within_one: Figure
    bias: Figure


@dataclass(frozen=True, slots=True)
class Ungraded:
    """Answers that people graded and that have no grade here."""

    state: str
    count: int
    gold_mean: float
    """What people gave them in the mean."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared, and how far it agrees."""

    name: str
    """`overall`, or the id of a criterion."""
    scale: Scale
    figures: Figures
    """Of answers with a grade on both sides."""
    counted: Figures | None
    """The same, with answers in which nothing was found to rate taken for the lowest grade; None if there are none."""
    one_person: Figures | None
    """Against each single person and not their mean; None if there is one person at most."""
    people: Figures | None
    """One person against another."""
    bands: tuple[Band, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Row: step that people gave; column: step given here; how many answers."""
    ungraded: tuple[Ungraded, ...]
    unseen: Figure | None = None
    """Of a predictor: Pearson of the least squares line through its figures on the answers to other questions."""


Pairs = Sequence[tuple[str, float, float]]
"""Question, grade under test, grade of reference; both on the scale."""


def compare(name: str, items: Sequence[Item], scale: Scale) -> Comparison:
    """Compares what was given here, as shares of the scale, with what people gave."""
    both = [(item.question, scale.at(item.given), item) for item in items if item.given is not None]
    pairs = [(question, given, item.gold) for question, given, item in both]
    nothing = [(item.question, scale.low, item.gold) for item in items if item.state in NOTHING_SAID]
    return Comparison(
        name=name,
        scale=scale,
        figures=_figures(pairs, scale),
        counted=_figures([*pairs, *nothing], scale) if nothing else None,
        one_person=_against_each(both, scale),
        people=_people(items, scale),
        bands=_bands(pairs, scale),
        confusion=_confusion(pairs, scale),
        ungraded=_ungraded(items),
    )


def compare_predictor(name: str, items: Sequence[Item], scale: Scale) -> Comparison:
    """Compares a figure that is on no scale with what people gave.

    Pearson and Spearman are of the figure itself. Everything else needs grades: a straight line, fitted on other
    questions than the one graded, makes them. With a single question there are none.
    """
    known = [(item.question, item.given, item) for item in items if item.given is not None]
    questions = [question for question, _, _ in known]
    raw, gold = [figure for _, figure, _ in known], [item.gold for _, _, item in known]
    several = len(set(questions)) > 1
    grades = [min(scale.high, max(scale.low, one)) for one in fitted(questions, raw, gold, "same-spread")]
    graded_items = list(zip(grades, known, strict=True)) if several else []
    pairs = [(question, one, item.gold) for one, (question, _, item) in graded_items]
    as_it_is, graded = measured(questions, raw, gold), _figures(pairs, scale)
    unseen = measured(questions, fitted(questions, raw, gold, "least-squares"), gold).pearson
    return Comparison(
        name=name,
        scale=scale,
        figures=Figures(
            answers=as_it_is.answers,
            questions=as_it_is.clusters,
            pearson=as_it_is.pearson,
            spearman=as_it_is.spearman,
            bias=graded.bias,
            exact=graded.exact,
            within_one=graded.within_one,
            kappa=graded.kappa,
        ),
        counted=None,
        one_person=_against_each([(item.question, one, item) for one, (_, _, item) in graded_items], scale),
        people=_people(items, scale),
        bands=_bands(pairs, scale),
        confusion=_confusion(pairs, scale),
        ungraded=_ungraded(items),
        unseen=unseen if several else None,
    )


def _figures(pairs: Pairs, scale: Scale) -> Figures:
    questions = [question for question, _, _ in pairs]
    given, gold = [one for _, one, _ in pairs], [one for _, _, one in pairs]
    plain = measured(questions, given, gold)
    stepped = measured(questions, [scale.step(one) for one in given], [scale.step(one) for one in gold])
    return Figures(
        answers=plain.answers,
        questions=plain.clusters,
        pearson=plain.pearson,
        spearman=plain.spearman,
        bias=plain.bias,
        exact=stepped.exact,
        within_one=stepped.within_one,
        kappa=stepped.kappa,
    )


def _against_each(both: Sequence[tuple[str, float, Item]], scale: Scale) -> Figures | None:
    pairs = [(question, given, one) for question, given, item in both for one in item.raters if len(item.raters) > 1]
    return _figures(pairs, scale) if pairs else None


def _people(items: Sequence[Item], scale: Scale) -> Figures | None:
    pairs = [(item.question, one, other) for item in items for one, other in combinations(item.raters, 2)]
    return _figures(pairs, scale) if pairs else None


def _bands(pairs: Pairs, scale: Scale) -> tuple[Band, ...]:
    found = []
    for name, low, high in BANDS:
        inside = [pair for pair in pairs if _within(scale.share(pair[2]), low, high)]
        if inside:
            figures = _figures(inside, scale)
            found.append(Band(name, figures.answers, figures.exact, figures.within_one, figures.bias))
    return tuple(found)


def _within(share: float, low: float, high: float) -> bool:
    return low <= share < high or (high == 1.0 and share >= high)


def _confusion(pairs: Pairs, scale: Scale) -> tuple[tuple[int, ...], ...]:
    table = [[0] * (scale.steps + 1) for _ in range(scale.steps + 1)]
    for _, given, gold in pairs:
        table[scale.step(gold)][scale.step(given)] += 1
    return tuple(tuple(row) for row in table)


def _ungraded(items: Sequence[Item]) -> tuple[Ungraded, ...]:
    counts = Counter(item.state for item in items if item.given is None)
    return tuple(
        Ungraded(
            state, count, math.fsum(item.gold for item in items if item.given is None and item.state == state) / count
        )
        for state, count in counts.most_common()
    )
