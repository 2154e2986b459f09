"""After an answer in coach mode: what it showed, what it missed, and one better sentence."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from interviewer.interview.coaching import MOST_POINTS, CoachingNote, feedback_on
from interviewer.scorecard import Grade, GradeStatus
from tests import sample
from tests.grading import made

QUESTION = sample.bank().question("q1")


def note(levels: dict[str, str] | None = None, **more: Any) -> CoachingNote:
    grade = made.grade(levels or {})
    return feedback_on(Grade.model_validate(grade.model_dump() | more), QUESTION, sample.rubric(), 1)


def test_key_points_are_told_in_the_authors_words() -> None:
    told = note(covered=("k1-cause",), missed=("k1-repair",))
    assert told.showed == ("Explains the cause of the first search index.",)
    assert told.missed == ("Explains the repair of the first search index.",)
    assert told.better == QUESTION.better


def test_a_criterion_counts_as_shown_from_half_of_the_scale_and_with_a_quote() -> None:
    assert note({"result": "solid", "ownership": "weak"}).showed == ("Result: \u201cWords 0.\u201d",)
    grade = made.grade({"result": "strong"}, quotes=0)
    assert feedback_on(grade, QUESTION, sample.rubric(), 1).showed == ()


def test_only_what_this_answer_said_is_quoted() -> None:
    assert feedback_on(made.grade({"result": "strong"}), QUESTION, sample.rubric(), 99).showed == ()


def test_what_was_told_after_the_first_answer_is_not_told_again() -> None:
    first = Grade.model_validate(made.grade({}).model_dump() | {"covered": ("k1-cause",), "missed": ("k1-repair",)})
    second = Grade.model_validate(made.grade({}).model_dump() | {"covered": ("k1-cause", "k1-repair")})
    told = feedback_on(second, QUESTION, sample.rubric(), 1, first)
    assert told.showed == ("Explains the repair of the first search index.",)
    assert told.better is None


def test_with_every_key_point_told_the_weak_criteria_are_named() -> None:
    told = note({"result": "weak", "ownership": "strong"}, covered=("k1-cause", "k1-repair"))
    assert told.missed == ("Does the answer show result?",)


def test_no_more_is_said_than_can_be_taken_in() -> None:
    told = note({"result": "strong", "ownership": "strong"}, covered=("k1-cause", "k1-repair"))
    assert len(told.showed) == MOST_POINTS


@pytest.mark.parametrize("status", [status for status in get_args(GradeStatus) if status != "graded"])
def test_what_could_not_be_rated_is_said_in_a_sentence(status: GradeStatus) -> None:
    told = note(status=status, note="Why.", missed=("k1-cause",))
    assert told.showed == ()
    (sentence,) = told.missed
    assert sentence.endswith(".")
    assert sentence != status
