"""The candidate's words that a gap hangs on: about the same thing, or the very claim that its probe attacks."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.engines.offline.kin import kin
from interviewer.engines.offline.met import Matter
from interviewer.engines.offline.quotes import quotes
from interviewer.engines.offline.stems import content, hear, words_of
from interviewer.grading.grader import Exchange
from interviewer.rubric import ProbeType
from interviewer.transcript.events import Gap

LEAST_WORDS_SHARED = 1.5
"""What the words that a quote shares with a gap must count for: more than one word of its own."""

LEAST_KIN_SHARED = 2
"""Or so many kinships, with a word in common that tells a little."""

_SIZES = frozenset(("speed", "money", "usage", "load"))
"""Kinships that say what the missing figure would measure."""

_ATTACKS: frozenset[ProbeType] = frozenset(("quantify", "ownership", "trade-off", "challenge", "failure"))
"""Kinds of probes that go for a claim as such: for a size without a figure, for "we", for a choice."""

_POINTS_BACK = frozenset("that this it those these".split())
_DECIDED = frozenset(
    """chose chosen decided picked rejected preferred switched went opted stayed replaced took built started used
    selected kept""".split()
)

MOST_OWN_WORDS = 2
"""A probe with more words of its own than this is about its own subject, not about the claim."""


def hook(gap: Gap, wanted: Matter, exchanges: Sequence[Exchange]) -> str | None:
    """The candidate's words for this gap: from the latest answer that has some. None is better than others."""
    for exchange in reversed(exchanges):
        for text in quotes(hear(exchange.answer), gap.type, exchange.asked):
            if _bears(text, wanted, gap.type) or _is_attacked(gap, text):
                return text
    return None


def _bears(text: str, wanted: Matter, kind: ProbeType) -> bool:
    said = content(text)
    shared = sum(wanted.words.get(word, 0.0) for word in said)
    kinships = kin(stemmed for _, stemmed in words_of(text)) & wanted.kin
    if kind == "quantify" and kinships & _SIZES:
        return True
    return shared >= LEAST_WORDS_SHARED or (shared >= 0.3 and len(kinships) >= LEAST_KIN_SHARED)


def _is_attacked(gap: Gap, text: str) -> bool:
    """True if the probe would be asked of any claim of its kind ("Which part of it is yours?") and this is one."""
    if gap.type not in _ATTACKS or len(content(gap.probe)) > MOST_OWN_WORDS:
        return False
    if gap.type == "ownership":  # whoever asks who did it asks about every "we"
        return True
    if _POINTS_BACK.isdisjoint(word for word, _ in words_of(gap.probe)):
        return False
    return gap.type != "trade-off" or not _DECIDED.isdisjoint(word for word, _ in words_of(text))
