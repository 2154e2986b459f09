"""Baselines that grade nothing: how long an answer is, how many words it shares with a reference answer.

They check the machinery, since others have published what they reach, and they are what a grader has to beat: length
alone agrees with people on many a set of answers, and a grader that leans on it is fooled by padding.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias


class Answer(NamedTuple):
    """What a predictor is told."""

    question: str
    answer: str
    reference: str


Predictor: TypeAlias = Callable[[Sequence[Answer]], list[float]]
"""One figure for each answer; higher is better. What the others hold may count, their grades are not told."""


def length(answers: Sequence[Answer]) -> list[float]:
    """The logarithm of the number of characters, and one."""
    return [math.log1p(len(one.answer)) for one in answers]


def tf_idf(answers: Sequence[Answer]) -> list[float]:
    """Cosine of answer and reference as counts of word stems, weighed by how rare a stem is, 0 to 1.

    Words without meaning of their own (`the`, `of`) do not count. What is rare is told from the different reference
    answers: ln((1 + number of them) / (1 + those with the stem)) + 1, the usual smoothed weight (Salton and Buckley
    1988), and stems that are in none of them do not count.
    """
    references = dict.fromkeys(one.reference for one in answers)
    held_by = Counter(term for text in references for term in set(_terms(text)))
    weight = {term: math.log((1 + len(references)) / (1 + count)) + 1 for term, count in held_by.items()}
    wanted = {text: _vector(text, weight) for text in references}
    return [_product(_vector(one.answer, weight), wanted[one.reference]) for one in answers]


def reference(answers: Sequence[Answer]) -> list[float]:
    """The offline engine's scorer for reference answers, 0 to 1; see `engines/offline/score.py`."""
    from interviewer.engines.offline.score import score

    return [score(one.question, one.answer, one.reference or None) for one in answers]


PREDICTORS: Final[Mapping[str, Predictor]] = {"length": length, "tf-idf": tf_idf, "reference": reference}
NEED_REFERENCE: Final = frozenset(("tf-idf", "reference"))

ABOUT: Final[Mapping[str, str]] = {
    "length": "the length of the answer, as the logarithm of its characters. It reads nothing.",
    "tf-idf": "words shared with the reference answer (TF-IDF cosine). It judges nothing.",
    "reference": "the offline engine's scorer for reference answers. It is not the grader of interviews, which judges "
    "by a rubric.",
}


def _terms(text: str) -> list[str]:
    from interviewer.engines.offline.stems import STOP_WORDS, words_of

    return [stem for word, stem in words_of(text) if word not in STOP_WORDS]


def _vector(text: str, weight: Mapping[str, float]) -> dict[str, float]:
    """Of length 1, or empty."""
    counts = Counter(term for term in _terms(text) if term in weight)
    raw = {term: count * weight[term] for term, count in counts.items()}
    size = _size(raw.values())
    return {term: value / size for term, value in raw.items()} if size else {}


def _size(values: Iterable[float]) -> float:
    return math.sqrt(math.fsum(value * value for value in values))


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum(value * other.get(term, 0.0) for term, value in one.items())
