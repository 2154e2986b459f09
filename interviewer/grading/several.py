"""Several gradings of the same answer, combined into one: by rule, and with every vote kept.

The mean of independent judgements is nearer to the truth than most of them, and where they differ says how far to
trust it. A median cannot be moved by one grader who is far off, and is a level that somebody gave.

* Who failed or declined says nothing about the answer and has no vote. A note says how many did.
* The answer is graded if at least half of the votes graded it: on a tie somebody found sentences to cite, and they are
  there to be read. Otherwise its status is the one named most often, and on a tie the one that
  comes first in the list of statuses.
* A criterion is not assessed if more than half of the votes say so, by the same reason. A vote of another status than
  graded assesses nothing.
* Its level is the lower median of the levels given: between two, the one that claims less.
* Evidence and reasons are those of the first vote that gave this very level. Mixed ones would argue for a level that
  nobody held for these reasons.
* A key point counts as covered if at least half of those who graded found it.
* A rating is disputed if levels are more than one apart, or if those who were outvoted on whether there is anything
  to assess are at least half as many as the others (1 of 2, 1 of 3, not 1 of 4). One level is how far careful people
  differ.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from interviewer.cost import FREE, Cost
from interviewer.grading.calibration import Cite, as_it_is
from interviewer.grading.grader import Grader, GradingRequest, grade_for, ungraded
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Grade, GradeStatus, Rating, Stamp, Vote

_NO_VOTE: frozenset[GradeStatus] = frozenset({"failed", "refused"})
_ORDER: tuple[GradeStatus, ...] = get_args(GradeStatus)
_NOT_CALIBRATED = "not calibrated"


class SeveralGraders:
    """Asks several graders at once, or one several times, and combines what they say.

    Args:
        graders: who grades, and how often; at least two gradings in all.
        cite: puts on their stamp what was measured of them together.
    """

    def __init__(self, graders: Iterable[tuple[Grader, int]], cite: Cite = as_it_is) -> None:
        self._graders = tuple(grader for grader, times in graders for _ in range(times))
        if len(self._graders) < 2:
            raise ValueError("several graders are at least two")
        self._stamp = cite(joined([grader.stamp for grader in self._graders]))

    @property
    def stamp(self) -> Stamp:
        """Who grades, as a combination."""
        return self._stamp

    async def grade(self, request: GradingRequest) -> Grade:
        """Rates one thread; what goes wrong in one grader costs its vote and no other."""
        votes = await asyncio.gather(*(_vote(grader, request) for grader in self._graders))
        return combined(request, votes).model_copy(update={"stamp": self._stamp})


async def _vote(grader: Grader, request: GradingRequest) -> Grade:
    try:
        return await grader.grade(request)
    except Exception as error:
        return ungraded(request, "failed", f"{type(error).__name__}: {error}", grader.stamp, "fault")


def combined(request: GradingRequest, grades: Sequence[Grade]) -> Grade:
    """One grade of several of the same request, as the rules above say.

    Args:
        request: what was graded.
        grades: at least two, in the order of the graders.
    """
    voting = [grade for grade in grades if grade.status not in _NO_VOTE]
    status = status_of([grade.status for grade in grades])
    graded = [grade for grade in grades if grade.status == "graded"]
    points = [point.id for point in request.question.key_points]
    covered = agreed(points, [grade.covered for grade in graded]) if status == "graded" else ()
    ratings = (_rating(request.rubric, one.id, graded, len(voting)) for one in request.rubric.criteria)
    return grade_for(
        request,
        status,
        joined([grade.stamp for grade in grades]),
        ratings=tuple(ratings) if status == "graded" else (),
        covered=covered,
        note=_note(status, grades),
        failure=next((grade.failure for grade in grades if grade.failure), None) if status == "failed" else None,
        cost=_cost(grades),
        votes=tuple(_as_vote(grade) for grade in grades),
    )


def status_of(statuses: Sequence[GradeStatus]) -> GradeStatus:
    """The status that several come to; `failed` or `refused` only if nobody says more."""
    voting = Counter(status for status in statuses if status not in _NO_VOTE)
    if not voting:
        return "failed" if "failed" in statuses else "refused"
    if 2 * voting["graded"] >= voting.total():
        return "graded"
    del voting["graded"]
    return max(voting, key=lambda status: (voting[status], -_ORDER.index(status)))


def agreed(points: Iterable[str], found: Sequence[Iterable[str]]) -> tuple[str, ...]:
    """The key points that at least half of the graders found, in the order of the question."""
    counted = Counter(point for one in found for point in set(one))
    return tuple(point for point in points if counted[point] and 2 * counted[point] >= len(found))


def joined(stamps: Sequence[Stamp]) -> Stamp:
    """The stamp of a combination: every grader in order, each once, and how many gradings there were.

    How far a combination agrees with people does not follow from what is known of its parts.
    """
    parts = tuple(dict.fromkeys(stamps))
    prompts = tuple(dict.fromkeys(part.prompt_version for part in parts if part.prompt_version))
    return Stamp(
        engine="+".join(part.engine for part in parts),
        engine_version="+".join(part.engine_version for part in parts),
        model="+".join(part.model for part in parts if part.model) or None,
        prompt_version="+".join(prompts) or None,
        grade_schema=max(part.grade_schema for part in parts),
        calibration=_NOT_CALIBRATED,
        samples=len(stamps),
    )


def _rating(rubric: Rubric, criterion: str, graded: Sequence[Grade], voting: int) -> Rating:
    """One criterion over the votes that graded; `voting` counts those of another status too."""
    order = [level.id for level in rubric.levels]
    votes = [rating for grade in graded if (rating := grade.rating(criterion)) is not None]
    given = sorted(order.index(vote.level) for vote in votes if vote.assessed)
    without = voting - len(given)
    outvoted, winning = sorted((len(given), without))
    disputed = 2 * outvoted >= winning
    if without > len(given):
        held = next((vote for vote in votes if not vote.assessed), None)
        reasoning = held.reasoning if held else "Nobody found ground for a rating."
        return Rating(criterion=criterion, reasoning=reasoning, level=NOT_ASSESSED, disputed=disputed)
    level = order[given[(len(given) - 1) // 2]]
    held = next(vote for vote in votes if vote.level == level)
    return held.model_copy(
        update={
            "lowest": order[given[0]],
            "highest": order[given[-1]],
            "disputed": disputed or given[-1] - given[0] > 1,
        }
    )


def _as_vote(grade: Grade) -> Vote:
    levels = {rating.criterion: rating.level for rating in grade.ratings}
    return Vote(stamp=grade.stamp, status=grade.status, levels=levels, note=grade.note)


def _note(status: GradeStatus, grades: Sequence[Grade]) -> str:
    """What a reader of the result has to know of those who are not in it."""
    if status in _NO_VOTE:
        return next(grade.note for grade in grades if grade.status == status)
    found = Counter(grade.status for grade in grades if grade.status != status)
    told = [
        f"{count} of {len(grades)} gradings {_TOLD.get(other, f'said {other}')}."
        for other, count in sorted(found.items(), key=lambda item: _ORDER.index(item[0]))
    ]
    own = next((grade.note for grade in grades if grade.status == status and grade.note), "")
    return " ".join([*([own] if own else []), *told])


_TOLD: dict[GradeStatus, str] = {"failed": "failed and had no vote", "refused": "declined and had no vote"}


def _cost(grades: Sequence[Grade]) -> Cost | None:
    costs = [grade.cost for grade in grades if grade.cost is not None]
    return sum(costs, FREE) if costs else None
