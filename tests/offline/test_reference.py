"""A written answer that comes with a reference answer is rated by how much of it is there, and cites where."""

from __future__ import annotations

import pytest

from interviewer.engines.offline.grader import OfflineGrader, grade
from interviewer.engines.offline.reference import BOUNDS, _place
from interviewer.grading.grader import Exchange, GradingRequest
from interviewer.library import Library
from interviewer.question import Question
from interviewer.scorecard import Rating

RUBRIC = Library.default().rubric("short-answer")
STAMP = OfflineGrader().stamp
REFERENCE = (
    "A stack gives back the element that was put in last, so it needs only push and pop at one end. "
    "A queue gives back the element that was put in first, so elements enter at one end and leave at the other."
)


def rated(answer: str, reference: str | None = REFERENCE) -> Rating:
    """What coverage comes to."""
    asked = "How do a stack and a queue differ?"
    question = Question.plain("q", asked, rubric=RUBRIC.id, stage="seed", reference=reference)
    exchanges = (Exchange(asked=asked, answer=answer, event=1),)
    made = grade(GradingRequest(thread=0, question=question, rubric=RUBRIC, exchanges=exchanges), STAMP)
    rating = made.rating("coverage")
    assert rating is not None, made.status
    return rating


FULL = (
    "With a stack you push and pop at one end and get the last element back. A queue lets elements enter at one end "
    "and leave at the other, so the first element that was put in comes out first."
)
PART = "The last element comes out first in one of them, I believe."
BESIDE = "They are both useful in many programs and every engineer should know them well."


def test_more_of_the_reference_is_rated_higher() -> None:
    order = [level.id for level in RUBRIC.levels]
    levels = [order.index(rated(answer).level) for answer in (BESIDE, PART, FULL)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[2] == len(order) - 1


def test_what_it_rests_on_is_cited_and_padding_adds_nothing() -> None:
    alone, padded = rated(FULL), rated(f"{BESIDE} {FULL} {BESIDE}")
    assert [one.quote for one in alone.evidence] == [one.quote for one in padded.evidence]
    assert padded.level == alone.level
    assert all(one.quote in FULL for one in alone.evidence)


def test_without_a_reference_nothing_is_assessed() -> None:
    assert not rated(FULL, None).assessed


@pytest.mark.parametrize("levels", range(2, 11))
def test_scores_spread_over_any_scale(levels: int) -> None:
    places = [_place(value / 200, levels) for value in range(201)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, levels - 1)
    if levels == len(BOUNDS) + 1:
        assert [next(v / 200 for v in range(201) if _place(v / 200, 4) == one) for one in (1, 2, 3)] == list(BOUNDS)
