"""The sentences of a thread that may count as evidence, each heard once and weighed for how concrete it is.

Whatever is not the candidate's own statement is left out here, so that nothing later can be moved by
it: orders and praise addressed to the grader, the question said back, the rubric's own words, strung
terms, and what was said before in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from interviewer.engines.offline.agency import past_deed
from interviewer.engines.offline.asides import asides
from interviewer.engines.offline.common_words import COMMON
from interviewer.engines.offline.keywords import states
from interviewer.engines.offline.signals import shown
from interviewer.engines.offline.stems import Heard, Hit, Phrases, content, hear, pairs, stem_pairs
from interviewer.grading.grader import Exchange
from interviewer.rubric import Signal
from interviewer.scorecard import Evidence

BORROWED_SHARE = 0.6
"""Share of a sentence's word pairs that stand in the question or the rubric, from which on it is borrowed."""

SAID_BEFORE_SHARE = 0.65
"""Share of a sentence's content that one earlier sentence has too, from which on it says nothing new."""

LEAST_COMPARED = 4
"""Words that carry meaning below which a sentence is not compared with others."""

Pairs = frozenset[tuple[str, str]]

_NAME = re.compile(r"[A-Z](?<=[\w,;:)] [A-Z])(?:[A-Z]|[\w-]{2})")
_CODE_NAME = re.compile(r"\b(?:[a-z]+|[A-Z]+-?)\d+\b")
_DIGIT = re.compile(r"\d")
_HYPE = frozenset(
    """leverage leveraged leverages leveraging robust seamless seamlessly synergy synergies holistic holistically
    paradigm revolutionary innovative innovation excellence excellent amazing awesome incredible outstanding optimal
    optimally strategic strategically proactive proactively dynamic dynamically empower empowers transformative
    transformational visionary rockstar ninja guru comprehensive extensive extensively expertise mastery
    unparalleled flawless flawlessly perfect perfectly perfectionist passionate passion exceptional delighted
    delight thrive""".split()
)
_HYPE_PAIRS = frozenset(
    {
        ("best", "practices"), ("best", "practice"), ("world", "class"), ("cutting", "edge"),
        ("industry", "standard"), ("in", "class"), ("next", "level"), ("add", "value"), ("drive", "value"),
        ("drives", "value"), ("various", "techniques"), ("all", "aspects"), ("all", "stakeholders"),
        ("very", "important"), ("high", "quality"), ("highest", "quality"), ("all", "kinds"),
        ("results", "driven"), ("data", "driven"), ("customer", "centric"), ("the", "art"), ("track", "record"),
        ("all", "expectations"), ("exceed", "expectations"), ("deep", "expertise"), ("all", "challenges"),
    }
)  # fmt: skip

_PLAIN = (0.05, 0.3, 0.55, 0.75)
_ANCHORED = (0.55, 0.7, 0.85, 1.0)
"""How concrete a sentence is by the number of its own words (none, one, two, three or more); `_ANCHORED` with
a figure, a name, an admission or a deed of one's own."""

_GENERAL_PAIRS = frozenset(
    {
        ("in", "general"), ("all", "know"), ("is", "important"), ("very", "important"), ("really", "important"),
        ("is", "key"), ("is", "crucial"), ("is", "essential"), ("matters", "a"), ("i", "believe"),
        ("there", "always"), ("are", "always"), ("many", "companies"), ("every", "company"), ("every", "project"),
        ("every", "team"), ("a", "good"), ("good", "engineer"), ("in", "life"), ("everybody", "knows"),
        ("everyone", "knows"), ("always", "thinks"), ("always", "important"), ("any", "project"),
        ("every", "situation"), ("nowadays", "many"), ("in", "today"), ("people", "are"), ("these", "days"),
        ("must", "always"), ("should", "always"), ("one", "must"), ("one", "should"), ("always", "be"),
    }
)  # fmt: skip
_GENERAL = 0.3
"""What a sentence keeps of its weight that says how things are in general and holds no anchor."""

LEAST_WEIGHT = 0.1
"""A sentence that is less concrete than this could stand in any answer to any question and is left out."""

LUMP_SHARE = 0.55
"""Share of a sentence's words that belong to cues, from which on it only strings cues together."""

LUMP_SPANS = 3
SPANS_PER_SENTENCE = 4
"""A sentence is credited with the cues at this many places of it at most."""

STUFFED_SHARE = 0.45
"""The same share for a whole thread; in real answers it is under a third."""

STUFFED_SPANS = 6


class Statement(NamedTuple):
    """A sentence that counts, with what it shows and how concrete it is (0 to 1)."""

    event: int
    gap: str | None
    """The gap that the sentence's answer was asked about."""
    heard: Heard
    signals: frozenset[Signal]
    hits: tuple[Hit, ...]
    weight: float

    evidence: Evidence
    """The sentence as it is cited."""


@dataclass(frozen=True, slots=True)
class Heap:
    """What the authors wrote, as far as it is needed to tell the candidate's own words."""

    index: Phrases
    telling: frozenset[int]
    """Numbers of the phrases that hold a word of their own; "which means" holds none."""
    borrowed: Pairs
    """Neighbouring words of what was written for graders."""
    subject: frozenset[str]
    """Stems that belong to the question, common ones aside."""
    tied: frozenset[str]
    """Stems of the question's own text and of the trade: two of them tie a sentence to the question."""


def statements(exchanges: Sequence[Exchange], earlier: Iterable[str], heap: Heap) -> tuple[Statement, ...]:
    """The statements in the answers of `exchanges`, in order.

    `earlier` are answers to other questions, whose sentences count no second time. A sentence that has nothing
    to do with the question or with the rest of the answer is left out: padding adds nothing.
    """
    before = [
        heard.content for text in earlier for heard in hear(text).sentences if len(heard.content) >= LEAST_COMPARED
    ]
    found: list[Statement] = []
    for exchange in exchanges:
        asked = stem_pairs(exchange.asked)
        given = content(exchange.asked)
        said = hear(exchange.answer).sentences
        for heard, signals, aside in zip(said, shown(exchange.answer), asides(exchange.answer), strict=True):
            if aside or not states(heard.words) or _borrowed(heard, asked, heap.borrowed):
                continue
            if len(heard.content) >= LEAST_COMPARED and any(_same(heard.content, other) for other in before):
                continue
            hits = heap.index.hits(heard.stems)
            if _is_lump(heard, hits):
                continue
            if len(heard.content) >= LEAST_COMPARED:
                before.append(heard.content)
            weight = concreteness(heard, signals, given)
            if weight < LEAST_WEIGHT:
                continue
            found.append(
                Statement(
                    exchange.event, exchange.gap, heard, signals, _credited(hits), weight, _cited(exchange.event, heard)
                )
            )
    linked = _linked(found, heap)
    return tuple(statement for place, statement in enumerate(found) if place in linked)


def is_stuffed(exchanges: Sequence[Exchange], index: Phrases) -> bool:
    """True if the answers are made of cues with little between them, however they are punctuated."""
    words = covered = spans = 0
    for exchange in exchanges:
        for heard in hear(exchange.answer).sentences:
            places = _spans(index.hits(heard.stems))
            words += len(heard.words)
            covered += _covered(places)
            spans += len(places)
    return spans >= STUFFED_SPANS and covered >= STUFFED_SHARE * words


def is_dense(exchange: Exchange, index: Phrases) -> bool:
    """True if an answer is so full of cues that, with others like it, it could be stuffed.

    It is read only as far as is needed to tell.
    """
    passage = hear(exchange.answer)
    unread, covered = len(passage.words), 0
    needed = STUFFED_SHARE * unread
    if index.most_covered(passage.stems) < needed:
        return False
    for heard in passage.sentences:
        covered += _covered(_spans(index.hits(heard.stems)))
        unread -= len(heard.words)
        if covered + unread < needed:
            return False
    return covered > 0


def _covered(places: Iterable[tuple[int, int]]) -> int:
    """How many words lie in these places."""
    return sum([last - first + 1 for first, last in places])


def _cited(event: int, heard: Heard) -> Evidence:
    sentence = heard.sentence
    return Evidence(event=event, sentence=sentence.number, start=sentence.start, end=sentence.end, quote=sentence.text)


def _spans(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Where the hits stand, overlapping ones as one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted([(hit.first, hit.last) for hit in hits]):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _is_lump(heard: Heard, hits: Sequence[Hit]) -> bool:
    if not hits:
        return False
    places = _spans(hits)
    covered = _covered(places)
    if len(places) >= LUMP_SPANS and covered >= LUMP_SHARE * len(heard.words):
        return True
    return len(heard.words) <= 5 and covered >= 0.8 * len(heard.words)


def _credited(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    if len(hits) <= SPANS_PER_SENTENCE:
        return hits
    places = _spans(hits)
    if len(places) <= SPANS_PER_SENTENCE:
        return hits
    end = places[SPANS_PER_SENTENCE - 1][1]
    return tuple(hit for hit in hits if hit.last <= end)


def _borrowed(heard: Heard, asked: Pairs, rubric: Pairs) -> bool:
    own = pairs(heard.stems)
    if len(own) < 4:
        return False
    return len(own & asked) >= BORROWED_SHARE * len(own) or len(own & rubric) >= BORROWED_SHARE * len(own)


def _same(content: frozenset[str], other: frozenset[str]) -> bool:
    return len(content & other) >= SAID_BEFORE_SHARE * max(len(content), 0.6 * len(other))


def concreteness(heard: Heard, signals: frozenset[Signal], given: frozenset[str]) -> float:
    """How concrete a sentence is, 0 to 1: by words that are neither common nor `given` by the question, and
    by a figure, a named thing, an admission or a deed of one's own.

    Words that any answer to any question could hold ("best practices", "world class") take it down.
    """
    specific = min(len(heard.content - COMMON - given), len(_PLAIN) - 1)
    anchored = not _ANCHORS.isdisjoint(signals) or past_deed(heard.words) or _names(heard.text)
    weight = (_ANCHORED if anchored else _PLAIN)[specific]
    if not anchored and not _GENERAL_PAIRS.isdisjoint(pairwise(heard.words)):
        weight *= _GENERAL
    if _HYPE.isdisjoint(heard.words) and _HYPE_PAIRS.isdisjoint(pairwise(heard.words)):
        return weight
    vague = sum(map(_HYPE.__contains__, heard.words)) + sum(map(_HYPE_PAIRS.__contains__, pairwise(heard.words)))
    return weight * (0.25 if vague >= 2 else 0.5)


_ANCHORS: frozenset[Signal] = frozenset(("number", "honesty"))


def _names(text: str) -> bool:
    """True if something is called by its name, or by a code such as `p95` or `GPT-4`."""
    return bool(_NAME.search(text) or (_DIGIT.search(text) and _CODE_NAME.search(text)))


_TELLERS = frozenset(("i", "we", "us", "our", "me", "my"))
_PEOPLE_BEFORE = frozenset(("he", "she", "they", "him", "her", "them", "his", "their"))
_FOLLOWING = frozenset(
    "he she they it this that these those his her their then but and after afterwards later so".split()
)


def _linked(found: Sequence[Statement], heap: Heap) -> frozenset[int]:
    """The places of the statements that hang together with the question.

    They do so by a telling cue, by two words of its subject, text or trade, by being told of oneself, by sharing a
    word with a statement that does, or by going on from one ("They ...").
    """
    specific = [
        frozenset(word for word in statement.heard.content - COMMON if not word[0].isdigit()) for statement in found
    ]
    linked = {
        place
        for place, statement in enumerate(found)
        if any(hit.phrase in heap.telling for hit in statement.hits)
        or len(specific[place] & heap.subject) >= 2
        or len(statement.heard.content & heap.tied) >= 2
        or not _TELLERS.isdisjoint(statement.heard.words)
    }
    known = set[str]().union(*(specific[place] for place in linked))
    waiting = [place for place in range(len(found)) if place not in linked]
    grew = True
    while grew:
        grew = False
        for place in waiting:
            words = found[place].heard.words
            follows = place - 1 in linked and (words[0] in _FOLLOWING or not _PEOPLE_BEFORE.isdisjoint(words))
            if place not in linked and (specific[place] & known or follows):
                linked.add(place)
                known |= specific[place]
                grew = True
    return frozenset(linked)
