"""What is still missing in what was said about a question, and whether an answer supplied it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from interviewer.document import named
from interviewer.engines.offline.agency import past_deed, shared_part
from interviewer.engines.offline.criteria import compiled
from interviewer.engines.offline.hooks import hook
from interviewer.engines.offline.met import CLOSES, MET, Matter, likeness, matter, met, told
from interviewer.engines.offline.outcome import outcome
from interviewer.engines.offline.signals import shown, signals
from interviewer.engines.offline.stems import STOP_WORDS, Passage, content, hear, phrases, touches, words_of
from interviewer.grading.grader import Exchange
from interviewer.question import Question, TypicalGap
from interviewer.rubric import Criterion, ProbeType, Rubric, Signal
from interviewer.transcript.events import Gap

ENDING = frozenset(("dont-know", "blank", "off-topic", "pasted-question", "repeated", "no-questions"))
"""Outcomes of an answer that shows nothing and so closes nothing."""

POINT_WORTH, TYPICAL_WORTH, TWIST_WORTH, OWN_PROBE_WORTH, PROBE_WORTH = 1.0, 0.95, 0.7, 0.75, 0.35
"""What a gap is worth by where it comes from, before it is known how surely it is one."""

DEEPER = 0.35
"""What the ways further down (a change of the case, a probe for a criterion) gain in the richest answer."""

GOES_DEEPER: frozenset[ProbeType] = frozenset(("failure", "scale", "challenge", "reflection"))
"""Kinds of a rubric's own probes that fit nearly any story; the others are often about something nobody told."""

NAMED = 0.5
"""What naming a missing key point loses there: it was probably told in words not known here."""

RICH_FROM, RICH_FULL = 3, 9
"""Telling sentences from which on an answer is rich, and at which it is so in full."""

HOOK_WORTH = 0.15


def gaps(question: Question, rubric: Rubric, exchanges: Sequence[Exchange]) -> tuple[Gap, ...]:
    """What the thread leaves open, the most telling first.

    Key points that were not told (`point:ID`), typical gaps whose signal is absent (`gap:ID`), twists
    not yet put (`twist:ID`), and criteria without evidence (`criterion:ID`). The less surely something is
    missing, the further back it stands; what has probably been told is left out. The richer the answer, the more
    the ways further down come before naming a point. A gap that was already put to the candidate in this thread
    is left out, whatever came of it: nothing is asked twice. Whether the answer closed it is told by `closed`.
    """
    put = {exchange.gap for exchange in exchanges if exchange.gap}
    passages = [hear(exchange.answer) for exchange in exchanges]
    seen = frozenset[Signal]().union(*(signals(passage) for passage in passages))
    rich = _richness(passages)
    found = [
        *_points(question, passages, rich),
        *_typical(question, passages, seen, rich),
        *_twists(question, rich),
        *_criteria(question, rubric, passages, seen, rich),
    ]
    ranked: list[tuple[float, Gap]] = []
    for worth, gap, wanted in found:
        if gap.id in put:
            continue
        words = hook(gap, wanted, exchanges) if wanted is not None else None
        ranked.append((worth + (HOOK_WORTH if words else 0), gap.model_copy(update={"quote": words})))
    ranked.sort(key=lambda pair: -pair[0])
    return tuple(gap for _, gap in ranked)


def richness(exchanges: Sequence[Exchange]) -> float:
    """How much was told in all, 0 to 1."""
    return _richness([hear(exchange.answer) for exchange in exchanges])


_Found = tuple[float, Gap, Matter | None]


def _richness(passages: Sequence[Passage]) -> float:
    """How much was told, 0 to 1: by the sentences that show two kinds of content at least."""
    telling = sum(len(signals) >= LEAST_KINDS for passage in passages for signals in shown(passage.text))
    return min(1.0, max(0.0, (telling - RICH_FROM) / (RICH_FULL - RICH_FROM)))


LEAST_KINDS = 2


def _point(question: Question, name: str) -> Matter:
    point = named(question.key_points, name)
    return matter(question, point.point, point.probe.text, point.probe.type, point.cues)


def _points(question: Question, passages: Sequence[Passage], rich: float) -> list[_Found]:
    found: list[_Found] = []
    for place, point in enumerate(question.key_points):
        wanted = _point(question, point.id)
        likely = told(wanted, point.probe.type, passages)
        if likely >= MET:
            continue
        worth = (POINT_WORTH - 0.06 * place - NAMED * rich) * (1 - likely)
        gap = Gap(
            id=f"point:{point.id}",
            source="key-point",
            about=point.point,
            type=point.probe.type,
            probe=point.probe.text,
        )
        found.append((worth, gap, wanted))
    return found


def _typical(question: Question, passages: Sequence[Passage], seen: frozenset[Signal], rich: float) -> list[_Found]:
    found: list[_Found] = []
    for place, gap in enumerate(question.gaps):
        wanted = _sign(question, gap)
        likely = told(wanted, gap.probe.type, passages)
        if gap.signal in seen or likely >= MET or (_asks_whether_ever(gap) and _has_done(passages)):
            continue
        worth = (TYPICAL_WORTH - 0.06 * place - NAMED * rich) * (1 - likely)
        made = Gap(id=f"gap:{gap.id}", source="typical", about=gap.gap, type=gap.probe.type, probe=gap.probe.text)
        found.append((worth, made, wanted))
    return found


def _sign(question: Question, gap: TypicalGap) -> Matter:
    """What would show that an answer has not this gap. Its wording describes what is poor, so it is left aside."""
    return matter(question, "", gap.probe.text, gap.probe.type, (), gap.signal)


def _asks_whether_ever(gap: TypicalGap) -> bool:
    """True for "have you ever met one?": whoever tells how they did has answered it."""
    words = {word for word, _ in words_of(gap.probe.text)}
    return {"have", "you", "ever"} <= words


def _has_done(passages: Sequence[Passage]) -> bool:
    return any(
        past_deed(heard.words) or shared_part(heard.words) for passage in passages for heard in passage.sentences
    )


def _twists(question: Question, rich: float) -> list[_Found]:
    return [
        (
            TWIST_WORTH - 0.05 * place + DEEPER * rich,
            Gap(
                id=f"twist:{twist.id}",
                source="twist",
                about=twist.looks_for,
                type="counterfactual",
                probe=twist.text,
                twist=twist.kind,
            ),
            None,
        )
        for place, twist in enumerate(question.twists)
    ]


def _criteria(
    question: Question, rubric: Rubric, passages: Sequence[Passage], seen: frozenset[Signal], rich: float
) -> list[_Found]:
    found: list[_Found] = []
    occasion = {plan.criterion.id for plan in compiled(question, rubric).plans if plan.asked}
    for criterion in rubric.criteria:
        own = next((probe for probe in question.probes if probe.criterion == criterion.id), None)
        probe = own or (next(iter(criterion.probes), None) if criterion.id in occasion else None)
        if probe is None or _shows(criterion, passages, seen):
            continue
        wanted = matter(question, "", probe.text, probe.type)
        likely = told(wanted, probe.type, passages)
        if likely >= MET or not (own or _supposes_what_was_said(probe.text, passages)):
            continue
        gap = Gap(
            id=f"criterion:{criterion.id}",
            source="criterion",
            about=criterion.asks,
            type=probe.type,
            probe=probe.text,
        )
        worth = (
            OWN_PROBE_WORTH + DEEPER * rich if own else PROBE_WORTH + DEEPER * rich * (probe.type in GOES_DEEPER)
        ) + 0.3 * criterion.weight
        found.append((worth * (1 - likely), gap, wanted))
    return found


_POINTING = frozenset(("that", "those", "these"))
_NEUTRAL = frozenset(
    content(
        """step choice number one time problem story lesson occasion option goal way part person case decision result
        answer change kind sort of was is were did had would will"""
    )
)


def _supposes_what_was_said(probe: str, passages: Sequence[Passage]) -> bool:
    """False for "how many of those labels were wrong?" where nobody spoke of labels."""
    pairs = words_of(probe)
    for (word, _), (noun, stemmed) in pairwise(pairs):
        supposed = word in _POINTING and stemmed not in _NEUTRAL and noun not in STOP_WORDS and len(noun) > 3
        if supposed and not any(stemmed in passage.stems for passage in passages):
            return False
    return True


def _shows(criterion: Criterion, passages: Sequence[Passage], seen: frozenset[Signal]) -> bool:
    cues = phrases(criterion.cues.positive)
    if any(True for passage in passages for heard in passage.sentences for _ in cues.find(heard.stems)):
        return True
    wanted = frozenset(criterion.cues.signals)
    return bool(wanted) and wanted <= seen


def closed(
    gap: Gap, answer: str, question: Question, rubric: Rubric, earlier: Sequence[str] = (), *, put: bool = False
) -> bool:
    """True if `answer` shows what was missing: its cue, or plainly its likeness.

    The kind of content that its probe asks for is enough where the answer bears on the gap, or was asked about it
    (`put`): a figure closes the question for that figure and no other. A full answer of substance to the very
    follow-up closes what it went for, in whatever words. "I don't know", an empty answer, the
    question said back or an `earlier` answer again close nothing.
    """
    if outcome(gap.probe, answer, earlier) in ENDING:
        return False
    passage = hear(answer)
    shows = signals(passage)
    if put and len(passage.content) >= FULL and shows & SUBSTANCE and "honesty" not in shows:
        return True
    kind, _, name = gap.id.partition(":")
    try:
        if kind == "point":
            wanted = _point(question, name)
            return met(wanted, [passage]) >= MET or (_meets(gap.type, passage) and (put or _bears(wanted, passage)))
        if kind == "gap":
            return named(question.gaps, name).signal in shows or (put and _meets(gap.type, passage))
        if kind == "twist":
            return touches(named(question.twists, name).cues, passage) is not None or (
                put and _meets(gap.type, passage)
            )
        if kind == "criterion":
            criterion = rubric.criterion(name)
            wanted = matter(question, criterion.asks, gap.probe, gap.type)
            cue = touches(criterion.cues.positive, passage) is not None
            kinds = shows & frozenset(criterion.cues.signals) & CLOSES[gap.type]
            return (cue or bool(kinds)) and (put or _bears(wanted, passage))
    except KeyError:  # a gap that this question does not know, worded by another engine
        wanted = matter(question, gap.about, gap.probe, gap.type)
        return _meets(gap.type, passage) and (put or _bears(wanted, passage))
    return _meets(gap.type, passage) and (put or gap.source == "contradiction")


FULL = 15
"""Telling words from which on an answer of substance to a follow-up counts as having answered it."""

SUBSTANCE: frozenset[Signal] = frozenset(("number", "example", "reason", "mechanism", "result", "own-part", "plan"))

LIKE = 1.5
"""Units of likeness, content of the wanted kind included, that tie an answer to a gap."""


def _bears(wanted: Matter, passage: Passage) -> bool:
    return likeness(wanted, passage) >= LIKE


def _meets(kind: ProbeType, passage: Passage) -> bool:
    """True for an answer of some substance that shows what a probe of this kind asks for."""
    return len(passage.content) >= 5 and len(CLOSES[kind] & signals(passage)) > 0
