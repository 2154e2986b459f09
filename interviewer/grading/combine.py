"""From the ratings of single answers to one result per criterion and one total, in code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.persona import Decision
from interviewer.rubric import NOT_ASSESSED, Criterion, Level, Rubric
from interviewer.scorecard import Band, CriterionResult, Evidence, Grade, Rating

MOST_QUOTES = 3
"""Quotes shown for one criterion."""

Weigh = Callable[[Rubric, Criterion], float]
"""The weight of a criterion in a total; only proportions matter."""


@dataclass(frozen=True, slots=True)
class Total:
    """Weighted mean of what was assessed (0 to 1, none if nothing was), and the share of weight that was."""

    share: float | None
    assessed: float


def share_of(rubric: Rubric, level_id: str) -> float:
    """A level as a share of the scale: 0 for the lowest, 1 for the highest."""
    low, high = rubric.levels[0].value, rubric.levels[-1].value
    return (rubric.level(level_id).value - low) / (high - low)


def weighed(rubric: Rubric, ratings: Iterable[Rating]) -> tuple[float, float]:
    """The weight of what these ratings assess, as the rubric has it, and the sum of their shares by weight.

    What the rubric does not know counts for nothing.
    """
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    shares = {level.id: share_of(rubric, level.id) for level in rubric.levels}
    known = [one for one in ratings if one.criterion in weights and one.level in shares]
    return (
        sum(weights[one.criterion] for one in known),
        sum(weights[one.criterion] * shares[one.level] for one in known),
    )


def answer_share(grades: Iterable[tuple[float, float]]) -> float | None:
    """How strong an answer was by all of its grades, each `weighed`: 0 to 1, none if nothing was rated."""
    sums = tuple(grades)
    weight = sum(weight for weight, _ in sums)
    return sum(share for _, share in sums) / weight if weight > 0 else None


def nearest_level(rubric: Rubric, share: float) -> Level:
    """The level closest to `share`; between two, the lower one."""
    return min(rubric.levels, key=lambda level: (round(abs(share_of(rubric, level.id) - share), 9), level.value))


def decision_weight(decision: Decision, cares: Mapping[str, float] | None = None) -> Weigh:
    """Weights as the persona's decision has them: by rubric, then criterion; heavy ones count double."""

    def weigh(rubric: Rubric, criterion: Criterion) -> float:
        weight = decision.rubrics.get(rubric.id, 0.0) * criterion.weight
        if criterion.id in decision.heavy:
            weight *= 2
        return weight * (cares or {}).get(criterion.id, 1.0)

    return weigh


def combine(rubrics: Iterable[Rubric], grades: Sequence[Grade], weigh: Weigh) -> tuple[CriterionResult, ...]:
    """One result per criterion: the mean over the answers that showed it. Weights are normalised to sum to 1."""
    weighed = [(rubric, one, weigh(rubric, one)) for rubric in rubrics for one in rubric.criteria]
    whole = sum(weight for _, _, weight in weighed) or 1.0
    return tuple(_result(rubric, one, weight / whole, grades) for rubric, one, weight in weighed if weight > 0)


def _result(rubric: Rubric, criterion: Criterion, weight: float, grades: Sequence[Grade]) -> CriterionResult:
    ratings = [
        rating
        for grade in grades
        if grade.rubric == rubric.id
        for rating in grade.ratings
        if rating.criterion == criterion.id and rating.assessed
    ]
    if not ratings:
        return CriterionResult(
            rubric=rubric.id,
            criterion=criterion.id,
            title=criterion.title,
            weight=weight,
            share=None,
            level=NOT_ASSESSED,
            level_title="Not assessed",
            anchor="",
            reasoning="Nothing that was said gave ground for a rating.",
            practice=criterion.practice,
        )
    share = sum(share_of(rubric, rating.level) for rating in ratings) / len(ratings)
    level = nearest_level(rubric, share)
    telling = min(ratings, key=lambda rating: abs(share_of(rubric, rating.level) - share))
    return CriterionResult(
        rubric=rubric.id,
        criterion=criterion.id,
        title=criterion.title,
        weight=weight,
        share=share,
        level=level.id,
        level_title=level.title,
        anchor=criterion.anchors[level.id],
        reasoning=_reasoning(rubric, telling, ratings),
        evidence=_quotes(rubric, ratings),
        gate_failed=below_gate(rubric, criterion, level.id)
        and any(rating.evidence and below_gate(rubric, criterion, rating.level) for rating in ratings),
        practice=criterion.practice,
        band=_band(rubric, ratings),
        disputed=any(rating.disputed for rating in ratings),
    )


def _band(rubric: Rubric, ratings: Sequence[Rating]) -> Band | None:
    """The same mean over the lowest votes, and over the highest; none if every answer had one grader."""
    if all(rating.lowest is None for rating in ratings):
        return None
    lowest = [share_of(rubric, rating.lowest or rating.level) for rating in ratings]
    highest = [share_of(rubric, rating.highest or rating.level) for rating in ratings]
    return band_between(rubric, sum(lowest) / len(lowest), sum(highest) / len(highest))


def band_between(rubric: Rubric, lowest: float, highest: float) -> Band:
    """A band with the titles of the levels nearest to its ends."""
    return Band(
        lowest=lowest,
        highest=highest,
        lowest_title=nearest_level(rubric, lowest).title,
        highest_title=nearest_level(rubric, highest).title,
    )


def below_gate(rubric: Rubric, criterion: Criterion, level_id: str) -> bool:
    """Whether this level is below the criterion's gate, if it has one."""
    return criterion.gate is not None and rubric.level(level_id).value < rubric.level(criterion.gate).value


def _reasoning(rubric: Rubric, telling: Rating, ratings: Sequence[Rating]) -> str:
    """The reasons for one rating; over several answers that differ, those for the best and the weakest."""
    ordered = sorted(ratings, key=lambda rating: share_of(rubric, rating.level))
    weakest, best = ordered[0], ordered[-1]
    if weakest.level == best.level or weakest.reasoning == best.reasoning:
        return telling.reasoning
    best_title, weakest_title = rubric.level(best.level).title, rubric.level(weakest.level).title
    return f"Best answer ({best_title}): {best.reasoning} Weakest ({weakest_title}): {weakest.reasoning}"


def _quotes(rubric: Rubric, ratings: Sequence[Rating]) -> tuple[Evidence, ...]:
    """Quotes of the best answer first, then one of each other, best first, without repeats."""
    ordered = sorted(ratings, key=lambda rating: -share_of(rubric, rating.level))
    found: list[Evidence] = list(ordered[0].evidence[:2])
    for rating in ordered[1:]:
        for evidence in rating.evidence[:1]:
            if evidence not in found:
                found.append(evidence)
    return tuple(found[:MOST_QUOTES])


def total(results: Iterable[CriterionResult]) -> Total:
    """The weighted total of what was assessed."""
    results = tuple(results)
    assessed = [(result.weight, result.share) for result in results if result.share is not None]
    weight = sum(weight for weight, _ in assessed)
    if weight <= 0:
        return Total(None, 0.0)
    return Total(sum(weight * share for weight, share in assessed) / weight, min(1.0, weight))
