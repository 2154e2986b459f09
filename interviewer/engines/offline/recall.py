"""Picks words of the candidate that a question can hang on."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.engines.offline.stems import Heard, content, hear
from interviewer.question import Question

LEAST_COMMON = 2
"""Content words that a sentence and a question must have in common."""

MOST_WORDS = 14
"""Words of a sentence that may be quoted whole; a longer one is not quoted."""

LEAST_WORDS = 4


def telling_quote(question: Question, answers: Sequence[str]) -> str | None:
    """A short sentence from earlier answers that bears on this question, or None."""
    wanted = content(question.text) | content(" ".join(point.point for point in question.key_points))
    best: tuple[int, Heard] | None = None
    for answer in answers:
        for heard in hear(answer).sentences:
            common = len(wanted & heard.content)
            fits = LEAST_WORDS <= len(heard.text.split()) <= MOST_WORDS and "?" not in heard.text
            if fits and common >= LEAST_COMMON and (best is None or common > best[0]):
                best = (common, heard)
    return best[1].text.rstrip(" .,;:!-") if best else None
