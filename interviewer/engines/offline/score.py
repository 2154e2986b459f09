"""How much of a reference answer an answer covers: for questions without key points or rubric.

Batch grading uses it where a file brings reference answers, and `bench/agreement.py` measures it
against human grades. The same words mean the same thing here as in the grader: stems, the question's
own words discounted, and answers that are none (blank, "I don't know", the question said back) at zero.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from interviewer.engines.offline.outcome import outcome
from interviewer.engines.offline.stems import STOP_WORDS, content, hear, words_of
from interviewer.transcript.events import Outcome

QUESTION_WORD = 0.4
"""What a word of the reference counts for if the question gives it away; any other counts for 1."""

LEAST_LIKENESS = 0.4
"""Two words with at least this share of three-letter pieces in common may be one, misspelt or in another form."""

SATURATION = 3.0
"""New words of the reference after which each further one adds little."""

EXPONENT = 0.6
"""People give more than half of the marks for half of the words; below 1 this bends the scale up."""

NOTHING: frozenset[Outcome] = frozenset(("blank", "dont-know", "off-topic", "pasted-question", "no-questions"))

_WEIGHTS = {"words": 0.7, "likeness": 0.1, "amount": 0.2}
_PIECE = 3


def score(question: str, answer: str, reference: str | None, earlier: Iterable[str] = ()) -> float:
    """From 0 (nothing of the reference) to 1 (all of it). Without a reference: 0.5 for any attempt, else 0.

    Three parts: the share of the reference's words that are found, also misspelt or in another form; how alike the
    two texts are in three-letter pieces, which takes off for much that is beside the point; and how many of the words
    that the question does not give away are there at all. No part grows with length alone. `earlier` answers, given
    again, score nothing.
    """
    found = outcome(question, answer, tuple(earlier))
    if found in NOTHING or found == "repeated":
        return 0.0
    if not reference or not content(reference):
        return 0.5
    given = content(question)
    parts = {
        "words": _words(answer, reference, given),
        "likeness": _likeness(answer, reference, given),
        "amount": _amount(answer, reference, given),
    }
    raw = sum(_WEIGHTS[name] * value for name, value in parts.items())
    return float(min(1.0, max(0.0, raw)) ** EXPONENT)


def _worth(stemmed: str, given: frozenset[str]) -> float:
    return QUESTION_WORD if stemmed in given else 1.0


def _words(answer: str, reference: str, given: frozenset[str]) -> float:
    said = {word for word, _ in words_of(answer) if word not in STOP_WORDS}
    holding: dict[str, list[str]] = {}
    for word in said:
        for piece in _pieces(word):
            holding.setdefault(piece, []).append(word)
    total = found = 0.0
    for word, stemmed in _wanted(reference):
        worth = _worth(stemmed, given) * math.sqrt(len(word))
        total += worth
        found += worth * (1.0 if word in said else _nearest(word, holding))
    return found / total if total else 0.0


@lru_cache(maxsize=1024)
def _wanted(reference: str) -> tuple[tuple[str, str], ...]:
    """The different words of a reference that carry meaning, with their stems."""
    return tuple({word: stemmed for word, stemmed in words_of(reference) if word not in STOP_WORDS}.items())


def _nearest(word: str, holding: dict[str, list[str]]) -> float:
    """How like `word` the most similar word is that was said (Dice's coefficient of their pieces)."""
    shared = Counter(other for piece in set(_pieces(word)) for other in holding.get(piece, ()))
    size = len(_pieces(word))
    best = max((2 * count / (size + len(_pieces(other))) for other, count in shared.items()), default=0.0)
    return best if best >= LEAST_LIKENESS else 0.0


@lru_cache(maxsize=1 << 14)
def _pieces(word: str) -> tuple[str, ...]:
    framed = f"#{word}#"
    return tuple(framed[place : place + _PIECE] for place in range(max(1, len(framed) - _PIECE + 1)))


@lru_cache(maxsize=2048)
def _counted(text: str, given: frozenset[str]) -> dict[str, float]:
    found: Counter[str] = Counter()
    for word, stemmed in words_of(text):
        if word not in STOP_WORDS:
            worth = _worth(stemmed, given)
            for piece in _pieces(word):
                found[piece] += worth  # type: ignore[assignment]
    return dict(found)


def _likeness(answer: str, reference: str, given: frozenset[str]) -> float:
    said, wanted = _counted(answer, given), _counted(reference, given)
    product = sum(worth * said.get(piece, 0.0) for piece, worth in wanted.items())
    lengths = math.sqrt(sum(v * v for v in said.values()) * sum(v * v for v in wanted.values()))
    return product / lengths if lengths else 0.0


def _amount(answer: str, reference: str, given: frozenset[str]) -> float:
    wanted = (content(reference) - given) or content(reference)
    found = len(wanted & hear(answer).content)
    full = 1 - math.exp(-len(wanted) / SATURATION)
    return (1 - math.exp(-found / SATURATION)) / full if full else 0.0
