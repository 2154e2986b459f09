"""Is this question one that was asked before, in the same or nearly the same words?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SIMILAR = 0.6
"""Share of common content words from which two questions count as the same (Jaccard index)."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_COMMON = frozenset(
    "a an the and or but of to in on at for with from by as is are was were be been do does did you your yours "
    "i me my we our us it its this that these those what which who how why when where there here so if then than "
    "would could should can will have has had about into out up down just tell give walk me through one time".split()
)


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    found = frozenset(_stripped(word) for word in _WORD.findall(text.casefold()))
    return (found - _COMMON) or found


def _stripped(word: str) -> str:
    """A word without its most common endings, so that `ship`, `ships` and `shipped` count as one."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def similarity(one: str, other: str) -> float:
    """Common content words over all content words, 0 to 1."""
    first, second = _content(one), _content(other)
    union = len(first | second)
    return len(first & second) / union if union else 1.0


def asked_before(question: str, asked: Iterable[str]) -> bool:
    """Whether `question` is the same as, or nearly the same as, one of those already asked."""
    return any(similarity(question, other) >= SIMILAR for other in asked)
