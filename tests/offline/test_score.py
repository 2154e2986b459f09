"""Scoring against a reference answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.engines.offline.score import score

ASKED = "Why does a larger batch make training steps less noisy?"
REFERENCE = "The gradient is averaged over more examples, so its variance falls in proportion to the batch size."


def test_more_of_the_reference_scores_higher() -> None:
    whole = score(ASKED, REFERENCE, REFERENCE)
    most = score(ASKED, "The gradient is an average over more examples, so its variance falls.", REFERENCE)
    some = score(ASKED, "Because the variance is smaller.", REFERENCE)
    none = score(ASKED, "Because the learning rate is adapted by the optimiser.", REFERENCE)
    assert whole == pytest.approx(1.0)
    assert whole > most > some > none


@pytest.mark.parametrize("answer", ["", "I don't know.", ASKED, "asdf qwer zxcv"])
def test_what_is_no_answer_scores_nothing(answer: str) -> None:
    assert score(ASKED, answer, REFERENCE) == 0.0


def test_an_answer_given_before_scores_nothing() -> None:
    assert score(ASKED, REFERENCE, REFERENCE, earlier=[REFERENCE]) == 0.0


def test_without_a_reference_an_attempt_is_in_the_middle() -> None:
    assert score(ASKED, "It averages over more of them.", None) == 0.5
    assert score(ASKED, "", None) == 0.0


def test_padding_does_not_help_much_and_misspelling_does_not_hurt_much() -> None:
    said = "The gradient is an average over more examples, so its variance falls."
    padded = said + " Training of networks is a very important topic today and there are many ways to look at it." * 3
    assert score(ASKED, padded, REFERENCE) <= score(ASKED, said, REFERENCE) + 0.01
    misspelt = "The gradeint is an avarage over more exampels, so its varience falls."
    assert score(ASKED, misspelt, REFERENCE) > 0.6 * score(ASKED, said, REFERENCE)


@given(st.text(max_size=100), st.text(max_size=200), st.one_of(st.none(), st.text(max_size=200)))
def test_scores_lie_between_0_and_1(asked: str, answer: str, reference: str | None) -> None:
    assert 0.0 <= score(asked, answer, reference) <= 1.0
