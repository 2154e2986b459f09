"""Sentences as evidence: numbered for whoever grades, found again by number, word for word.

A grader cites `2.3` for the third sentence of the second answer. What is shown is that sentence itself
with its offsets, so an invented quote cannot be expressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from interviewer.grading.grader import Exchange
from interviewer.grading.instructing import instructing, instructs
from interviewer.grading.passages import Passage, form_of, passages
from interviewer.scorecard import Evidence
from interviewer.text import Sentence, sentences

_QUOTED = re.compile(r"[\u201c\"]([^\u201c\u201d\"]{12,})[\u201d\"]")


class Said(NamedTuple):
    """A sentence of an answer, or a passage of a file, and where it was said."""

    event: int
    passage: Sentence | Passage
    instructs: bool
    """It tells whoever grades what to do, and may not be cited."""

    @property
    def quote(self) -> str:
        """Word for word."""
        return self.passage.text

    @property
    def fields(self) -> Mapping[str, int | str]:
        """Those of the evidence that it makes: of which answer or file it is, and where it stands in it."""
        number, start, end, text = self.passage.number, self.passage.start, self.passage.end, self.passage.text
        return {"event": self.event, "sentence": number, "start": start, "end": end, "quote": text}


def numbered(exchanges: Sequence[Exchange]) -> Mapping[str, Said]:
    """Every sentence of every answer, and every passage of every file, by its number, such as `1.4`, in order."""
    return {
        f"{place}.{one.passage.number}": one for place, exchange in enumerate(exchanges, 1) for one in said_in(exchange)
    }


def said_in(exchange: Exchange) -> Sequence[Said]:
    """Every sentence of an answer, or every passage of a file, in order."""
    if not exchange.part:
        return _of_answer(exchange.event, exchange.answer)
    found = passages(exchange.answer, form_of(exchange.part))
    return tuple(Said(exchange.event, one, instructs(one.text)) for one in found)


@lru_cache(maxsize=512)  # an answer is shown to a grader, then looked up in its reply, by every judge of a panel
def _of_answer(event: int, answer: str) -> tuple[Said, ...]:
    told = instructing(answer)
    return tuple(Said(event, one, one.number in told) for one in sentences(answer))


def cited(event: int, passage: Sentence | Passage) -> Evidence:
    """A passage as evidence: of which answer or part it is, and where it stands in it."""
    return Evidence(event=event, sentence=passage.number, start=passage.start, end=passage.end, quote=passage.text)


def citable(available: Mapping[str, Said]) -> Mapping[str, Said]:
    """Those sentences that may be cited, under the numbers they have: all but those that instruct whoever grades."""
    return {number: one for number, one in available.items() if not one.instructs}


def resolve(cited: Iterable[str], available: Mapping[str, Said]) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """The sentences cited, without repeats, and the citations that name none."""
    found: dict[str, Said] = {}
    wrong: list[str] = []
    for citation in cited:
        number = citation.strip().strip("[]()#")
        if number in available:
            found[number] = available[number]
        else:
            wrong.append(citation)
    return tuple(found.values()), tuple(wrong)


def invented_quotes(reasoning: str, available: Mapping[str, Said]) -> tuple[str, ...]:
    """What the reasoning puts in quotation marks and nobody said."""
    quotes = _QUOTED.findall(reasoning)
    if not quotes:
        return ()
    said = " ".join(_plain(one.quote) for one in available.values())
    return tuple(quote for quote in quotes if _plain(quote) not in said)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
