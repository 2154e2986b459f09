"""What a question has to do with each criterion of its rubric, worked out once and looked up per answer."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from interviewer.engines.offline.common_words import COMMON, TRADE
from interviewer.engines.offline.identical import Identical
from interviewer.engines.offline.met import CLOSES
from interviewer.engines.offline.outcome import subject
from interviewer.engines.offline.statements import Heap
from interviewer.engines.offline.stems import Phrases, content, pairs, stems
from interviewer.question import KeyPoint, Question
from interviewer.rubric import Criterion, Level, ProbeType, Rubric

_COMMON_SHARE = 0.25
"""What a common word counts for, against 1 for a rare one, when a key point is laid beside a criterion."""

_CUE_SHARE = 0.5
_TYPE_SHARE = 0.6
"""What a word of a cue counts for, and a fitting kind of probe or signal."""

_CLOSE = 0.75
"""A criterion with this share of the best one's likeness is meant as well."""

CueKind = Literal["for", "against", "point", "twist"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Whose cue a phrase of the common index is."""

    kind: CueKind
    owner: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One criterion as it bears on one question."""

    criterion: Criterion
    points: frozenset[str]
    """Key points of the question that are about this criterion."""
    twists: frozenset[str]
    """Twists of the question, as `twist:ID`, that are about it; they count once they were put."""
    asked: bool
    """The question gives an occasion to show it."""
    words: frozenset[str]
    """Stems that belong to the criterion: of what it asks, of what counts as evidence for it, and of its cues."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A question and a rubric, ready to read answers with."""

    plans: tuple[Plan, ...]
    cues: tuple[Cue, ...]
    heap: Heap
    wording: dict[str, frozenset[str]]
    """Key point -> the stems by which it can be told without its cues; none that the question gives away."""
    about: frozenset[str]
    """Stems of the question's text and of its subject."""
    levels: tuple[Level, ...]
    """From the lowest to the highest."""


def compiled(question: Question, rubric: Rubric) -> Compiled:
    """The question under the rubric; remembered as long as the same two objects are used."""
    return _compiled(Identical(question), Identical(rubric))


@lru_cache(maxsize=64)  # the questions of an interview or two; each takes a quarter of a megabyte
def _compiled(asked: Identical[Question], under: Identical[Rubric]) -> Compiled:
    question, rubric = asked.value, under.value
    cues = [
        *(Cue("for", one.id, phrase) for one in rubric.criteria for phrase in one.cues.positive),
        *(Cue("against", one.id, phrase) for one in rubric.criteria for phrase in one.cues.negative),
        *(Cue("point", point.id, phrase) for point in question.key_points for phrase in point.cues),
        *(Cue("twist", twist.id, phrase) for twist in question.twists for phrase in twist.cues),
    ]
    about = _about(question, rubric)
    asked_for, belonging = content(question.text), subject(question) - COMMON
    return Compiled(
        plans=tuple(_plan(criterion, question, about[criterion.id]) for criterion in rubric.criteria),
        cues=tuple(cues),
        heap=Heap(
            index=Phrases(cue.phrase for cue in cues),
            telling=frozenset(number for number, cue in enumerate(cues) if content(cue.phrase) - COMMON),
            borrowed=_wording(question, rubric),
            subject=belonging,
            tied=asked_for | TRADE,
        ),
        wording={point.id: _point_words(point) - COMMON - asked_for for point in question.key_points},
        about=asked_for | belonging,
        levels=tuple(sorted(rubric.levels, key=lambda level: level.value)),
    )


def _point_words(point: KeyPoint) -> frozenset[str]:
    return content(point.point) | frozenset().union(*(content(cue) for cue in point.cues))


def _wording(question: Question, rubric: Rubric) -> frozenset[tuple[str, str]]:
    """Word pairs of what the authors wrote for graders: said back, they are nobody's experience."""
    texts = [rubric.about, question.better or "", *(gap.gap for gap in question.gaps)]
    texts += [point.point for point in question.key_points]
    texts += [twist.looks_for for twist in question.twists]
    for one in rubric.criteria:
        texts += [one.asks, *one.anchors.values(), *one.evidence_for, *one.evidence_against, one.practice or ""]
    return frozenset().union(*(pairs(stems(text)) for text in texts))


def _vocabulary(criterion: Criterion) -> frozenset[str]:
    texts = (
        criterion.title,
        criterion.asks,
        *criterion.anchors.values(),
        *criterion.evidence_for,
        *criterion.evidence_against,
        *criterion.cues.positive,
        *(probe.text for probe in criterion.probes),
    )
    return frozenset().union(*(content(text) for text in texts))


@dataclass(frozen=True, slots=True)
class _Matter:
    """A key point or a twist, as far as it is needed to tell which criteria it bears on."""

    id: str
    words: frozenset[str]
    cued: frozenset[str]
    type: ProbeType


def _matters(question: Question) -> list[_Matter]:
    points = [
        _Matter(one.id, content(one.point) | content(one.probe.text), _cued(one.cues), one.probe.type)
        for one in question.key_points
    ]
    twists = [
        _Matter(f"twist:{one.id}", content(one.looks_for), _cued(one.cues), "counterfactual") for one in question.twists
    ]
    return [*points, *twists]


def _cued(cues: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(content(cue) for cue in cues))


def _about(question: Question, rubric: Rubric) -> dict[str, list[str]]:
    """Criterion -> the key points and twists that bear on it.

    For each, that is the criterion it has most in common with, and those that come close to it.
    """
    vocabularies = {one.id: _vocabulary(one) for one in rubric.criteria}
    spread = Counter(word for vocabulary in vocabularies.values() for word in vocabulary)
    rarity = {
        word: math.log((1 + len(vocabularies)) / count) * (_COMMON_SHARE if word in COMMON else 1.0)
        for word, count in spread.items()
    }
    found: dict[str, list[str]] = {one.id: [] for one in rubric.criteria}
    for matter in _matters(question):
        scores = {one.id: _kinship(matter, one, vocabularies[one.id], rarity) for one in rubric.criteria}
        best = max(scores.values())
        for criterion, score in scores.items():
            if best > 0 and score >= _CLOSE * best:
                found[criterion].append(matter.id)
    return found


def _kinship(matter: _Matter, criterion: Criterion, vocabulary: frozenset[str], rarity: dict[str, float]) -> float:
    shared = sum(rarity[word] for word in matter.words & vocabulary)
    shared += _CUE_SHARE * sum(rarity[word] for word in matter.cued & vocabulary)
    signals = frozenset(criterion.cues.signals) & CLOSES[matter.type]
    typed = any(probe.type == matter.type for probe in criterion.probes)
    return shared + _TYPE_SHARE * (len(signals) + typed)


def _plan(criterion: Criterion, question: Question, about: list[str]) -> Plan:
    points = [one for one in about if not one.startswith("twist:")]
    return Plan(
        criterion,
        points=frozenset(points),
        twists=frozenset(one for one in about if one not in points),
        asked=_is_asked(criterion, question, points),
        words=_own_words(criterion, question, points),
    )


def _own_words(criterion: Criterion, question: Question, points: list[str]) -> frozenset[str]:
    texts = [criterion.title, criterion.asks, *criterion.evidence_for, *criterion.cues.positive]
    texts += [text for one in question.key_points if one.id in points for text in (one.point, *one.cues)]
    return frozenset().union(*(content(text) for text in texts)) - COMMON


def _is_asked(criterion: Criterion, question: Question, points: list[str]) -> bool:
    if points or any(probe.criterion == criterion.id for probe in question.probes):
        return True
    wanted = content(criterion.title) | content(criterion.asks)
    return len(wanted & content(question.text)) >= 3
