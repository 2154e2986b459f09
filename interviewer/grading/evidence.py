"""Sentences as evidence: numbered for whoever grades, found again by number, word for word.

A grader cites `2.3` for the third sentence of the second answer. What is shown is that sentence itself
with its offsets, so an invented quote cannot be expressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from interviewer.grading.grader import Exchange
from interviewer.grading.instructing import instructs
from interviewer.grading.passages import Passage, form_of, passages
from interviewer.scorecard import Evidence
from interviewer.text import Sentence, sentences

_QUOTED = re.compile(r"[\u201c\"]([^\u201c\u201d\"]{12,})[\u201d\"]")


def numbered(exchanges: Sequence[Exchange]) -> Mapping[str, Evidence]:
    """Every sentence of every answer, and every passage of every file, by its number, such as `1.4`, in order."""
    return {
        f"{place}.{evidence.sentence}": evidence
        for place, exchange in enumerate(exchanges, 1)
        for evidence in _passages(exchange)
    }


def _passages(exchange: Exchange) -> tuple[Evidence, ...]:
    if not exchange.part:
        return _every_sentence(exchange.event, exchange.answer)
    return tuple(cited(exchange.event, one) for one in passages(exchange.answer, form_of(exchange.part)))


def cited(event: int, passage: Sentence | Passage) -> Evidence:
    """A passage as evidence: of which answer or part it is, and where it stands in it."""
    return Evidence(event=event, sentence=passage.number, start=passage.start, end=passage.end, quote=passage.text)


@lru_cache(maxsize=512)  # an answer is shown to a grader, then looked up in its reply, by every judge of a panel
def _every_sentence(event: int, answer: str) -> tuple[Evidence, ...]:
    return tuple(cited(event, one) for one in sentences(answer))


def citable(available: Mapping[str, Evidence]) -> Mapping[str, Evidence]:
    """Those sentences that may be cited, under the numbers they have: all but those that instruct whoever grades."""
    return {number: evidence for number, evidence in available.items() if not instructs(evidence.quote)}


def resolve(cited: Iterable[str], available: Mapping[str, Evidence]) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """The sentences cited, without repeats, and the citations that name none."""
    found: dict[str, Evidence] = {}
    wrong: list[str] = []
    for citation in cited:
        number = citation.strip().strip("[]()#")
        if number in available:
            found[number] = available[number]
        else:
            wrong.append(citation)
    return tuple(found.values()), tuple(wrong)


def invented_quotes(reasoning: str, available: Mapping[str, Evidence]) -> tuple[str, ...]:
    """What the reasoning puts in quotation marks and nobody said."""
    quotes = _QUOTED.findall(reasoning)
    if not quotes:
        return ()
    said = " ".join(_plain(evidence.quote) for evidence in available.values())
    return tuple(quote for quote in quotes if _plain(quote) not in said)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
