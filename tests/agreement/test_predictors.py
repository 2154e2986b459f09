"""Baselines do what is said of them, and not more."""

from __future__ import annotations

import math

import pytest

from interviewer.agreement.predictors import ABOUT, PREDICTORS, Answer, length, reference, tf_idf
from interviewer.engines.offline.score import score

REFERENCE = "Dropout removes random units during training."


def said(answer: str, wanted: str = REFERENCE) -> Answer:
    return Answer("How does dropout work?", answer, wanted)


def test_length_counts_characters_and_reads_nothing() -> None:
    assert length([said("abcd"), said("")]) == [math.log(5), 0.0]


def test_tf_idf_is_the_cosine_with_the_reference() -> None:
    whole, shuffled, none, empty = tf_idf(
        [said(REFERENCE), said("training random units removes DROPOUT"), said("No idea."), said("")]
    )
    assert whole == pytest.approx(1)
    assert shuffled > 0.8  # word order and endings do not count
    assert (none, empty) == (0, 0)


def test_tf_idf_by_hand() -> None:
    # "unit" is in both references and weighs 1, "random" in one of two: ln(3/2) + 1
    first, _ = tf_idf([said("random", "random unit"), said("x", "unit unit")])
    rare = math.log(3 / 2) + 1
    assert first == pytest.approx(rare / math.hypot(rare, 1))


def test_the_scorer_for_reference_answers_is_the_one_of_the_offline_engine() -> None:
    answer = "It removes random units while training, so that none can be relied on."
    assert reference([said(answer)]) == [score("How does dropout work?", answer, REFERENCE)]


def test_each_says_what_it_is() -> None:
    assert set(ABOUT) == set(PREDICTORS)
