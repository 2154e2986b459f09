"""Puts what people gave beside what was given here, answer by answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from interviewer.agreement.scale import PERCENT, Scale, scale_of
from interviewer.batch.ledger import Result
from interviewer.batch.output import Judged, overall, status_of
from interviewer.batch.row import OVERALL, Row
from interviewer.grading.combine import share_of
from interviewer.rubric import Rubric

GRADED: Final = "graded"
NOT_ASSESSED: Final = "not-assessed"
"""Graded as a whole, and nothing said of what is compared."""

NOTHING_SAID: Final = frozenset(
    ("blank", "off-topic", "no-attempt", "pasted-question", "keyword-list", "repeated", "skipped", "empty-answer")
)
"""States that say of an answer that there is nothing in it to rate. People give such answers their lowest grade, or
nearly; the others (`failed`, `refused`, rows that cannot be read) say nothing about the answer."""


@dataclass(frozen=True, slots=True)
class Item:
    """One answer that people graded."""

    question: str
    """What it shares with the other answers to the same question."""
    gold: float
    """What people gave: the mean, if several did."""
    raters: tuple[float, ...] = ()
    """What each of several gave."""
    scale: tuple[float, float] | None = None
    """On which, if the source says."""
    given: float | None = None
    """What was given here, as a share of the scale; of a predictor, its figure on no scale. None if nothing was."""
    state: str = GRADED
    """Why nothing was."""


def beside(rows: Iterable[Row], results: Iterable[Result], judged: Judged) -> dict[str, list[Item]]:
    """What was graded, by what people graded: the whole answer, or a criterion.

    Args:
        rows: the source.
        results: the same rows in the ledger, in the same order.
        judged: finds their rubrics.
    """
    found: dict[str, list[Item]] = {}
    for row, result in zip(rows, results, strict=True):
        for name in row.gold:
            given, state = _given(name, result, judged)
            found.setdefault(name, []).append(replace(item_of(row, name), given=given, state=state))
    return found


def item_of(row: Row, name: str = OVERALL) -> Item:
    """What people gave a row, beside which nothing stands yet."""
    return Item(row.question_id or row.question or "", row.gold[name], row.gold_raters.get(name, ()), row.gold_scale)


def _given(name: str, result: Result, judged: Judged) -> tuple[float | None, str]:
    status = status_of(result)
    if result.grade is None or status != GRADED:
        return None, status
    rubric = judged.rubric(result.grade)
    if name == OVERALL:
        share = overall(result.grade, rubric).share
    else:
        rating = result.grade.rating(name)
        share = share_of(rubric, rating.level) if rating is not None and rating.assessed else None
    return share, NOT_ASSESSED if share is None else GRADED


def on_one_scale(items: list[Item], rubric: Rubric | None = None) -> tuple[Scale, list[Item]]:
    """The scale of all items, and the items on it.

    Args:
        items: at least one.
        rubric: of a criterion whose scale the source does not name: then its levels are it, if all grades fit.
    """
    grades = [grade for item in items for grade in (item.gold, *item.raters)]
    scale = scale_of((item.scale for item in items), grades)
    if scale is None:
        return Scale(*PERCENT, known=True), list(_percent(items))
    if not scale.known and rubric is not None:
        low, high = rubric.levels[0].value, rubric.levels[-1].value
        if all(low <= grade <= high for grade in grades):
            scale = Scale(low, high, known=False)
    return scale, items


def _percent(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        own = Scale(*(item.scale or PERCENT), known=True)
        grades = tuple(100 * own.share(grade) for grade in item.raters)
        yield replace(item, gold=100 * own.share(item.gold), raters=grades, scale=PERCENT)


def criterion_rubrics(rubrics: Iterable[Rubric]) -> Mapping[str, Rubric]:
    """Criterion -> the rubric that has it; of several the first."""
    found: dict[str, Rubric] = {}
    for rubric in rubrics:
        for one in rubric.criteria:
            found.setdefault(one.id, rubric)
    return found
