"""Picks words of the candidate that a question can hang on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.engines.offline.stems import Heard, content, hear
from interviewer.question import Question

LEAST_COMMON = 3
"""Content words that a sentence and a question must have in common."""

LEAST_SHARE = 0.4
"""Share of the sentence's content words that these must be, so that it is about the same thing."""

MOST_WORDS = 14
"""Words of a sentence that may be quoted whole; a longer one is not quoted."""

LEAST_WORDS = 4

_LEADING = re.compile(r"^(?:(?:well|so|ok|okay|hm+|um+|honestly|actually|basically|yes|yeah|no|and|but)\b,? )+", re.I)
"""What a spoken sentence begins with and a quoted one does not need."""


def telling_quote(question: Question, answers: Sequence[str], spoken: Sequence[str] = ()) -> str | None:
    """A short sentence from earlier answers that bears on this question, or None.

    `spoken` is what was said by the interviewers: a sentence that they have quoted already is left alone.
    """
    wanted = content(question.text) | content(" ".join(point.point for point in question.key_points))
    best: tuple[int, Heard] | None = None
    for answer in answers:
        for heard in hear(answer).sentences:
            common = len(wanted & heard.content)
            fits = LEAST_WORDS <= len(heard.text.split()) <= MOST_WORDS and "?" not in heard.text
            fits = fits and not any(_bare(heard.text) in said for said in spoken)
            fits = fits and common >= LEAST_COMMON and common >= LEAST_SHARE * len(heard.content)
            if fits and (best is None or common > best[0]):
                best = (common, heard)
    return _bare(best[1].text) if best else None


def _bare(sentence: str) -> str:
    plain = _LEADING.sub("", " ".join(sentence.split())).rstrip(" .,;:!-")
    return plain[:1].upper() + plain[1:]
