"""Answers to the candidate's questions: from the company's fact sheet and from nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.engines.offline.stems import content, hear, stems, touches
from interviewer.persona import Company, Fact, Persona

MOST_NUMBERS = 3
"""Figures told in one breath."""

_LEAST_OVERLAP = 0.6
"""Share of a question's content words that a fact must hold, where none of its phrases was used."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the fact sheet has for a question."""

    texts: tuple[str, ...]
    person: str | None
    """Who knows best; none if anyone."""


def look_up(company: Company, asked: str) -> Found | None:
    """What may be said to `asked`, or None if the sheet has nothing. Never makes anything up."""
    passage = hear(asked)
    kept_back = tuple(withheld.reply for withheld in company.withheld if touches(withheld.asks, passage))
    if kept_back:  # what may not be said wins over what may, where one question touches both
        return Found(kept_back, None)
    scored = sorted(((_score(fact, asked), fact) for fact in company.facts), key=lambda pair: -pair[0])
    best = [fact for score, fact in scored if score >= 1.0 and score == scored[0][0]]
    facts = [fact for fact in best if _bears_on(fact, asked)] or _by_words(company, asked)
    facts = sorted(facts, key=lambda fact: -_overlap(fact, asked))[:1]
    texts = [fact.answer for fact in facts]
    if not texts:
        numbers = [f"{number.label}: {number.value}." for number in company.numbers if _names(number.label, asked)]
        texts = numbers[:MOST_NUMBERS]
    person = next((fact.person for fact in facts if fact.person), None)
    return Found(tuple(dict.fromkeys(texts)), person) if texts else None


def who_answers(persona: Persona, asked: str) -> str | None:
    """The person who answers this best, or None."""
    found = look_up(persona.company, asked)
    return found.person if found else None


def _score(fact: Fact, asked: str) -> float:
    """How many of the fact's phrases the question uses; longer phrases say more."""
    passage = hear(asked)
    hits = [phrase for phrase in fact.asks if touches((phrase,), passage)]
    return sum(1.0 + 0.25 * (len(stems(phrase)) - 1) for phrase in hits)


def _bears_on(fact: Fact, asked: str) -> bool:
    """Whether the fact is about the question and does not merely share a word with it."""
    wanted = content(asked) - _EMPTY
    return len(wanted) < 2 or _overlap(fact, asked) > len(wanted) / 3


def _overlap(fact: Fact, asked: str) -> int:
    """Content words that the question shares with the fact: decides between facts whose phrases fit as well."""
    return len(content(asked) & content(" ".join((*fact.asks, fact.answer))))


def _by_words(company: Company, asked: str) -> list[Fact]:
    """Where no phrase was used: the fact that holds most of what the question is about, if it holds enough."""
    wanted = content(asked) - _EMPTY
    if not wanted:
        return []
    scored = [(len(wanted & content(" ".join(fact.asks))) / len(wanted), fact) for fact in company.facts]
    best = max(scored, key=lambda pair: pair[0])
    return [best[1]] if best[0] >= _LEAST_OVERLAP else []


def _names(label: str, asked: str) -> bool:
    wanted = content(label)
    return wanted <= content(asked) and (len(wanted) > 1 or wanted == content(asked) - _EMPTY)


_EMPTY = content(
    "tell me about know like company role job team work would love curious wonder question ask share describe"
)

_SEPARATE = re.compile(
    r"(?<=\?)\s+|,?\s+and\s+(?=(?:what|why|how|who|when|where|which|do|does|did|is|are|can|could|will|would)\b)",
    re.IGNORECASE,
)
"""Between two questions of one message: after a question mark, or at "... and why ..."."""


def questions_in(text: str) -> Iterable[str]:
    """The separate questions of what the candidate asked."""
    return [part for part in _SEPARATE.split(text) if part.strip()]
