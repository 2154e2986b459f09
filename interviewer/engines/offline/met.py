"""How surely something that was looked for has been told: one notion for opening a gap, closing it and crediting it.

A cue phrase settles it. Otherwise a sentence, or two neighbouring ones, may tell it in other words: it shares telling
words with what is looked for, words of the same kin, and the kind of content that its probe asks for. What the
question gives away counts for little, and so do words that any answer holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.engines.offline.common_words import COMMON, TRADE
from interviewer.engines.offline.identical import Identical
from interviewer.engines.offline.kin import kin, kinned
from interviewer.engines.offline.signals import shown
from interviewer.engines.offline.stems import Passage, Phrases, content, phrases, stems
from interviewer.question import Question
from interviewer.rubric import ProbeType, Signal

CLOSES: dict[ProbeType, frozenset[Signal]] = {
    "clarify": frozenset(("example", "mechanism", "reason", "number", "honesty", "own-part")),
    "deepen": frozenset(("mechanism", "reason", "example", "number", "own-part")),
    "ownership": frozenset(("own-part",)),
    "quantify": frozenset(("number",)),
    "challenge": frozenset(("reason", "honesty", "number", "baseline", "mechanism", "example")),
    "trade-off": frozenset(("trade-off", "alternative")),
    "counterfactual": frozenset(("alternative", "plan", "reason", "trade-off", "mechanism")),
    "scale": frozenset(("scale", "number", "mechanism")),
    "failure": frozenset(("failure", "honesty")),
    "contradiction": frozenset(("reason", "honesty", "number", "own-part", "time-frame", "mechanism")),
    "reflection": frozenset(("reflection", "honesty")),
}
"""Probe type -> the signals of which any one shows that a probe of this type was met."""

COMMON_WORD = 0.35
TRADE_WORD = 0.7
"""What a word of every answer and a word of the trade count for, against 1 for a rare one."""

GIVEN_WORD = 0.3
"""What a word keeps that the question itself holds."""

CUE_WORD = 0.6
"""What a word of a cue counts for, without the phrase that it stands in."""

WORD_UNITS, KIN_UNITS, KIND_UNITS = 0.5, 0.5, 0.7
"""Units of likeness for a rare word in common, for a kinship in common, and for content of the wanted kind."""

NEIGHBOUR = 0.6
"""What a word counts for that stands in the next sentence only."""

EVEN = 2.0
"""Units of likeness at which it is as likely told as not."""

STEEPNESS = 1.6

RICH_STEP, RICH_MOST = 0.05, 0.5
"""Every further statement makes it a little likelier that something was told in words not known here."""

MET = 0.6
"""A likelihood from which on something counts as told."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is looked for in what was said."""

    words: dict[str, float]
    """Stem -> what it counts for."""
    kin: frozenset[str]
    kind: frozenset[Signal]
    """Of these signals any one shows content of the wanted kind."""
    cues: Phrases


def matter(
    question: Question,
    about: str,
    probe: str,
    kind: ProbeType,
    cues: tuple[str, ...] = (),
    signal: Signal | None = None,
) -> Matter:
    """What is looked for, prepared once: what it is `about`, the `probe` that asks for it and its cues."""
    return _matter(Identical(question), about, probe, kind, cues, signal)


@lru_cache(maxsize=512)  # what an interview or two look for; each keeps its question in memory
def _matter(
    key: Identical[Question], about: str, probe: str, kind: ProbeType, cues: tuple[str, ...], signal: Signal | None
) -> Matter:
    given = content(key.value.text)
    own = content(about) | content(probe)
    words = {word: rarity(word) for word in own}
    for word in frozenset().union(*(content(cue) for cue in cues)) - own:
        words[word] = CUE_WORD * rarity(word)
    return Matter(
        words={word: units * (GIVEN_WORD if word in given else 1.0) for word, units in words.items()},
        kin=kin((*stems(about), *stems(probe))) - kin(stems(key.value.text)),
        kind=CLOSES[kind] if signal is None else frozenset((signal,)) | NEAR.get(signal, frozenset()),
        cues=phrases(cues),
    )


NEAR: dict[Signal, frozenset[Signal]] = {
    "trade-off": frozenset(("alternative",)),
    "alternative": frozenset(("trade-off",)),
    "honesty": frozenset(("failure", "reflection")),
    "reflection": frozenset(("honesty", "failure")),
    "failure": frozenset(("honesty",)),
    "mechanism": frozenset(("reason", "plan")),
    "reason": frozenset(("mechanism",)),
    "result": frozenset(("number",)),
    "baseline": frozenset(("number", "alternative")),
    "example": frozenset(("number", "own-part", "people")),
    "scale": frozenset(("number",)),
    "plan": frozenset(("time-frame",)),
}
"""Signals that come close to another: alone they do not show it, but they make it likelier told."""


def rarity(word: str) -> float:
    """What a stem tells, from its being a word of every answer (least) to a word of its own (1)."""
    return COMMON_WORD if word in COMMON else TRADE_WORD if word in TRADE else 1.0


def likeness(wanted: Matter, passage: Passage) -> float:
    """Units of likeness of the sentence of the passage that is most like what is wanted."""
    best = 0.0
    heard, kinships, signals = passage.sentences, kinned(passage.text), shown(passage.text)
    for place, one in enumerate(heard):
        after = heard[place + 1].content if place + 1 < len(heard) else frozenset[str]()
        units = WORD_UNITS * sum(wanted.words[word] for word in one.content if word in wanted.words)
        units += NEIGHBOUR * WORD_UNITS * sum(wanted.words.get(word, 0.0) for word in after - one.content)
        units += KIN_UNITS * len(wanted.kin & kinships[place])
        if units:
            units += KIND_UNITS * bool(wanted.kind & signals[place])
        best = max(best, units)
    return best


def cued(wanted: Matter, passage: Passage) -> bool:
    """True if any of the cues occurs."""
    return any(True for heard in passage.sentences for _ in wanted.cues.find(heard.stems))


def met(wanted: Matter, passages: Sequence[Passage]) -> float:
    """How likely it has been told in the passages, 0 to 1."""
    if any(cued(wanted, passage) for passage in passages):
        return 1.0
    units = max((likeness(wanted, passage) for passage in passages), default=0.0)
    statements = sum(len(heard.words) >= LEAST_STATEMENT for passage in passages for heard in passage.sentences)
    even = EVEN - min(RICH_MOST, RICH_STEP * statements)
    return 1 / (1 + math.exp(-STEEPNESS * (units - even)))


_STILL_OPEN: dict[ProbeType, float] = {
    "clarify": 0.88,
    "deepen": 0.9,
    "ownership": 0.8,
    "quantify": 0.75,
    "challenge": 0.92,
    "trade-off": 0.8,
    "counterfactual": 0.93,
    "scale": 0.85,
    "failure": 0.8,
    "contradiction": 1.0,
    "reflection": 0.8,
}
"""What each sentence with content of the wanted kind leaves of the chance that something is still missing: an answer
with eight figures has probably given the one that would be asked for."""


def told(wanted: Matter, kind: ProbeType, passages: Sequence[Passage]) -> float:
    """How likely it has been told: `met`, or else by how much of its kind there is."""
    likely = met(wanted, passages)
    count = sum(bool(wanted.kind & signals) for passage in passages for signals in shown(passage.text))
    return 1 - (1 - likely) * _STILL_OPEN[kind] ** count


LEAST_STATEMENT = 6
"""Words from which on a sentence counts as one more statement."""
