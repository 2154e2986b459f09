"""How far grades agree with those of people, from pairs of both."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from interviewer.batch.report.examples import Examples
from interviewer.batch.report.values import BandFigures, Comparison, Example
from interviewer.batch.row import OVERALL
from interviewer.grading.bootstrap import measured
from interviewer.grading.combine import nearest_level
from interviewer.rubric import Rubric

BANDS: Final = (("low", 0.0, 1 / 3), ("middling", 1 / 3, 2 / 3), ("high", 2 / 3, 1.0))
"""Thirds of the scale that people used; the upper end of a third belongs to the next one."""
FURTHEST: Final = 4
"""Answers shown on which grades are furthest apart."""


Scale: TypeAlias = "tuple[float, float]"
"""The lowest and the highest grade that people could give."""


class Pair(NamedTuple):
    """One answer with two grades."""

    place: int
    question: int
    given: float | None
    """Here, as a share of the scale; None if there is none. Between two people: the first one's grade."""
    gold: float
    """By people, on their own scale."""
    scale: Scale | None
    """That of `gold`, if the row names it."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Everything that is compared on one criterion, or on the whole answer."""

    seen: Scale | None
    """The lowest and the highest grade there is, of rows that name no scale; None if all do."""
    named: Sequence[Scale]
    """Scales that rows name."""
    both: Sequence[Pair]
    offered: int
    """How many there were of `both`, kept or not."""
    without: Sequence[Pair]
    """Answers that people graded and that have no grade here."""
    left_out: Mapping[str, int]
    people: Sequence[Pair]
    """Every two people who graded the same answer, each on their own scale."""
    most_people: int


def compared(rubric: Rubric, name: str, pairs: Pairs, examples: Examples) -> Comparison:
    """The figures of one criterion.

    Args:
        rubric: whose levels grades are rounded to.
        name: of the criterion, or `overall`.
        pairs: what to compare.
        examples: shows the answers on which the two are furthest apart.
    """
    step_of = {level.id: place for place, level in enumerate(rubric.levels)}

    def level(of: float) -> int:
        return step_of[nearest_level(rubric, of).id]

    def share(pair: Pair, value: float) -> float:
        return _share(value, pair.scale or pairs.seen)

    both = [(pair, pair.given, share(pair, pair.gold)) for pair in pairs.both if pair.given is not None]
    clusters = [pair.question for pair, _, _ in both]
    given, gold = [here for _, here, _ in both], [people for _, _, people in both]
    given_levels, gold_levels = [level(one) for one in given], [level(one) for one in gold]
    criterion = None if name == OVERALL else rubric.criterion(name)
    people = [
        (pair.question, share(pair, pair.given), share(pair, pair.gold))
        for pair in pairs.people
        if pair.given is not None
    ]
    return Comparison(
        rubric=rubric,
        criterion=criterion,
        named=tuple(pairs.named),
        seen=pairs.seen,
        graded=pairs.offered,
        shares=measured(clusters, given, gold),
        levels=measured(clusters, given_levels, gold_levels),
        bands=tuple(_bands(clusters, given, gold, level)),
        confusion=_confusion(given_levels, gold_levels, len(rubric.levels)),
        people=measured([one for one, _, _ in people], *_levels(people, level)) if people else None,
        people_shares=measured(*_columns(people)) if people else None,
        most_people=pairs.most_people,
        left_out=pairs.left_out,
        left_out_mean=_mean([share(pair, pair.gold) for pair in pairs.without]),
        furthest=_furthest(rubric, name, both, examples),
    )


def _share(value: float, scale: Scale | None) -> float:
    """A grade as a share of its scale; one beyond an end counts as that end."""
    low, high = scale or (0.0, 0.0)
    return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.0


def _columns(people: Sequence[tuple[int, float, float]]) -> tuple[list[int], list[float], list[float]]:
    return [one for one, _, _ in people], [one for _, one, _ in people], [one for _, _, one in people]


def _levels(people: Sequence[tuple[int, float, float]], level: Callable[[float], int]) -> tuple[list[int], list[int]]:
    return [level(one) for _, one, _ in people], [level(one) for _, _, one in people]


def _bands(
    clusters: Sequence[int], given: Sequence[float], gold: Sequence[float], level: Callable[[float], int]
) -> list[BandFigures]:
    found = []
    for name, low, high in BANDS:
        inside = [
            place for place, people in enumerate(gold) if low <= people < high or (people >= high == BANDS[-1][2])
        ]
        if inside:
            here, people = [given[place] for place in inside], [gold[place] for place in inside]
            by_level = measured(
                [clusters[place] for place in inside], [level(one) for one in here], [level(one) for one in people]
            )
            bias = math.fsum(a - b for a, b in zip(here, people, strict=True)) / len(inside)
            found.append(BandFigures(name, by_level, bias))
    return found


def _confusion(given: Sequence[int], gold: Sequence[int], levels: int) -> tuple[tuple[int, ...], ...]:
    table = [[0] * levels for _ in range(levels)]
    for here, people in zip(given, gold, strict=True):
        table[people][here] += 1
    return tuple(tuple(row) for row in table)


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _furthest(
    rubric: Rubric, name: str, both: Sequence[tuple[Pair, float, float]], examples: Examples
) -> tuple[Example, ...]:
    order = sorted(both, key=lambda one: (-abs(one[1] - one[2]), one[0].place))
    criterion = None if name == OVERALL else name
    found = []
    for pair, here, people in order[:FURTHEST]:
        if nearest_level(rubric, here).id == nearest_level(rubric, people).id:
            break
        told = f"People gave {pair.gold:g}, which is {people:.0%} of their scale; here it is {here:.0%}."
        found.append(examples.of(pair.place, criterion, told))
    return tuple(found)
