"""Whether one text is another one said again."""

from __future__ import annotations

from interviewer.engines.offline.stems import content, hear, pairs

PASTED_SHARE = 0.8
"""Share of an answer's word pairs that stand in the question, from which on it is the question said back."""

PASTED_FRESH = 2
"""How many words of its own it may have all the same."""

REPEATED_SHARE = 0.7
"""Share of an answer's word pairs that stand in one earlier answer, from which on it is that answer again."""


def is_pasted(answer: str, asked: str) -> bool:
    """True if the answer is the question said back, also with small edits.

    "The base case is one" takes up the words of "What is the base case?" and answers it: with something new
    in it, only what still is a question, or still begins like it, counts as said back.
    """
    said, source = hear(answer), hear(asked)
    if len(said.stems) < 5 or len(source.stems) < 5:
        return False
    fresh = len(said.content - source.content)
    if (
        fresh
        and "?" not in answer
        and said.words[0] not in {heard.words[0] for heard in source.sentences if heard.words}
    ):
        return False
    own, given = pairs(said.stems), pairs(source.stems)
    shared = len(own & given)
    if shared >= PASTED_SHARE * len(own) and fresh <= PASTED_FRESH:
        return True
    # small edits: most of the question stands in it, and hardly anything else does
    edited = fresh <= max(1.0, 0.25 * len(said.content))
    return edited and 2 * shared >= len(given) and 2 * shared >= len(own)


def is_repeated(answer: str, before: str) -> bool:
    """True if the answer is near-identical to an earlier one, also when reordered or partly edited."""
    said = hear(answer).stems
    if len(said) < 8:
        return False
    own = pairs(said)
    if len(own & pairs(hear(before).stems)) / len(own) < REPEATED_SHARE:
        return False
    return len(content(answer) - content(before)) <= 0.25 * len(content(answer))
