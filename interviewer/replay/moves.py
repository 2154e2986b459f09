"""Ratings of the same question held against each other: what moved, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, TypeVar

from interviewer.grading.combine import share_of
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Evidence, Grade, GradeStatus, Rating

Moved: TypeAlias = Literal[
    "same", "up", "down", "assessed", "not-assessed", "other-status", "only-before", "only-after"
]
"""assessed, not-assessed: what it is now and was not before. other-status: assessed neither time, for other reasons.
only-before, only-after: one of the two did not ask."""

LEAST = 0.0005
"""Shares that are closer than this are the same when they are written as per cent with one digit."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one grader made of one question on one criterion."""

    status: GradeStatus
    level: str
    """Title of the level, or `not-assessed`."""
    share: float | None
    """The level as a share of the scale."""
    reasoning: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingChange:
    """One question on one criterion, by one person, judged twice."""

    thread: int
    rubric: str
    criterion: str
    title: str
    person: str | None
    """Name of the panel member; None if nobody in particular judged."""
    before: Held | None
    after: Held | None
    moved: Moved
    by: float | None
    """Of the scale, -1 to 1; None where one of the two has no level."""


Graded: TypeAlias = tuple[Iterable[Rubric], Sequence[Grade]]
"""Grades, and the rubrics that they were made under."""

_Key: TypeAlias = tuple[int, str, str, str | None]
"""Thread, rubric, criterion, person."""

_Named: TypeAlias = tuple[str, Held]


def rating_changes(before: Graded, after: Graded, names: Mapping[str, str]) -> tuple[RatingChange, ...]:
    """Every rating that either of the two has, in their order.

    Args:
        before: the first.
        after: the second.
        names: person id -> name.
    """
    first, second = dict(_ratings(*before)), dict(_ratings(*after))
    return tuple(_change(key, names, first.get(key), second.get(key)) for key in dict.fromkeys((*first, *second)))


def _ratings(rubrics: Iterable[Rubric], grades: Iterable[Grade]) -> Iterator[tuple[_Key, _Named]]:
    """Every criterion of every grade; a grade without ratings has its status for each."""
    known = {rubric.id: rubric for rubric in rubrics}
    for grade in grades:
        rubric = known.get(grade.rubric)
        for criterion in rubric.criteria if rubric else ():
            assert rubric is not None
            held = _held(rubric, grade, grade.rating(criterion.id))
            yield (grade.thread, grade.rubric, criterion.id, grade.person), (criterion.title, held)


def _held(rubric: Rubric, grade: Grade, rating: Rating | None) -> Held:
    if rating is None:
        return Held(grade.status, NOT_ASSESSED, None, grade.note)
    if not rating.assessed:
        return Held(grade.status, NOT_ASSESSED, None, rating.reasoning)
    level = rubric.level(rating.level)
    return Held(grade.status, level.title, share_of(rubric, level.id), rating.reasoning, rating.evidence)


def _change(key: _Key, names: Mapping[str, str], first: _Named | None, second: _Named | None) -> RatingChange:
    thread, rubric, criterion, person = key
    titled = second or first
    assert titled is not None
    old, new = first[1] if first else None, second[1] if second else None
    moved, by = move(old, new)
    if moved == "same" and old and new and old.status != new.status:
        moved = "other-status"
    name = None if person is None else names.get(person, person)
    return RatingChange(thread, rubric, criterion, titled[0], name, old, new, moved, by)


def move(before: HasShare | None, after: HasShare | None) -> tuple[Moved, float | None]:
    """What became of something between two gradings, and by how much of the scale; None is what was not asked for."""
    if before is None or after is None:
        return ("only-after" if before is None else "only-before"), None
    if before.share is None or after.share is None:
        return ("same" if before.share is after.share else "assessed" if before.share is None else "not-assessed"), None
    by = after.share - before.share
    return ("same" if abs(by) < LEAST else "up" if by > 0 else "down"), by


class HasShare(Protocol):
    """Anything that stands somewhere on a scale, or nowhere."""

    @property
    def share(self) -> float | None: ...


class HasMoved(Protocol):
    """Anything that was compared."""

    @property
    def moved(self) -> Moved: ...
    @property
    def by(self) -> float | None: ...


Change = TypeVar("Change", bound=HasMoved)


def largest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Those that both sides asked for and that are not the same, the largest move first."""
    found = [one for one in changes if one.moved not in {"same", "only-before", "only-after"}]
    return tuple(sorted(found, key=lambda one: -abs(one.by) if one.by is not None else -1.0))
