"""Whether a model recites its instructions instead of playing its part."""

from __future__ import annotations

import re
from functools import lru_cache

from interviewer.engines.llm.prompts import NAMES, load_prompt

RUN = 10
"""Words in a row, the same as in a prompt, from which on it is no chance."""

_WORD = re.compile(r"[a-z0-9']+")


def leaks(said: str) -> bool:
    """True if what is said holds a run of words of the prompts themselves, whatever marks stand between them.

    Only what the prompts say to every persona counts: a company's pitch may be spoken as it is written.
    """
    return not _recited().isdisjoint(_runs(said))


@lru_cache(maxsize=1)
def _recited() -> frozenset[tuple[str, ...]]:
    texts = (re.split(r"\{\{\w+\}\}", load_prompt(name).text) for name in NAMES)
    return frozenset(run for pieces in texts for piece in pieces for run in _runs(piece))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))
