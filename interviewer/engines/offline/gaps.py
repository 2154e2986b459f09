"""What is still missing in what was said about a question, and whether an answer supplied it."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.document import named
from interviewer.engines.offline.outcome import outcome
from interviewer.engines.offline.quotes import quote
from interviewer.engines.offline.signals import signals
from interviewer.engines.offline.stems import Passage, hear, touches
from interviewer.grading.grader import Exchange
from interviewer.question import Question
from interviewer.rubric import Criterion, ProbeType, Rubric, Signal
from interviewer.transcript.events import Gap

ENDING = frozenset(("dont-know", "blank", "off-topic", "pasted-question", "repeated", "no-questions"))
"""Outcomes of an answer that shows nothing and so closes nothing."""

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


def gaps(question: Question, rubric: Rubric, exchanges: Sequence[Exchange]) -> tuple[Gap, ...]:
    """What the thread leaves open, the most telling first.

    Key points that were not touched (`point:ID`), typical gaps whose signal is absent (`gap:ID`), twists
    not yet put (`twist:ID`), and criteria without evidence (`criterion:ID`). A gap that was already put
    to the candidate in this thread is left out, whatever came of it: nothing is asked twice. Whether the
    answer closed it is told by `closed`.
    """
    put = {exchange.gap for exchange in exchanges if exchange.gap}
    passages = [hear(exchange.answer) for exchange in exchanges]
    told = frozenset[Signal]().union(*(signals(passage) for passage in passages))
    found = [
        *_points(question, passages),
        *_typical(question, told),
        *_twists(question),
        *_criteria(question, rubric, passages, told),
    ]
    ranked: list[tuple[float, Gap]] = []
    for worth, gap in found:
        if gap.id in put:
            continue
        hook = _hook(gap, exchanges) if gap.source != "twist" else None
        ranked.append((worth + (0.15 if hook else 0), gap.model_copy(update={"quote": hook})))
    ranked.sort(key=lambda pair: -pair[0])
    return tuple(gap for _, gap in ranked)


def _points(question: Question, passages: Sequence[Passage]) -> list[tuple[float, Gap]]:
    return [
        (
            1.0 - 0.06 * place,
            Gap(
                id=f"point:{point.id}",
                source="key-point",
                about=point.point,
                type=point.probe.type,
                probe=point.probe.text,
            ),
        )
        for place, point in enumerate(question.key_points)
        if not any(touches(point.cues, passage) for passage in passages)
    ]


def _typical(question: Question, told: frozenset[Signal]) -> list[tuple[float, Gap]]:
    return [
        (
            0.95 - 0.06 * place,
            Gap(id=f"gap:{gap.id}", source="typical", about=gap.gap, type=gap.probe.type, probe=gap.probe.text),
        )
        for place, gap in enumerate(question.gaps)
        if gap.signal not in told
    ]


def _twists(question: Question) -> list[tuple[float, Gap]]:
    return [
        (
            0.7 - 0.05 * place,
            Gap(
                id=f"twist:{twist.id}",
                source="twist",
                about=twist.looks_for,
                type="counterfactual",
                probe=twist.text,
                twist=twist.kind,
            ),
        )
        for place, twist in enumerate(question.twists)
    ]


def _criteria(
    question: Question, rubric: Rubric, passages: Sequence[Passage], told: frozenset[Signal]
) -> list[tuple[float, Gap]]:
    found: list[tuple[float, Gap]] = []
    for criterion in rubric.criteria:
        own = next((probe for probe in question.probes if probe.criterion == criterion.id), None)
        probe = own or next(iter(criterion.probes), None)
        if probe is None or _shows(criterion, passages, told):
            continue
        gap = Gap(
            id=f"criterion:{criterion.id}",
            source="criterion",
            about=criterion.asks,
            type=probe.type,
            probe=probe.text,
        )
        found.append(((0.75 if own else 0.35) + 0.3 * criterion.weight, gap))
    return found


def _shows(criterion: Criterion, passages: Sequence[Passage], told: frozenset[Signal]) -> bool:
    if any(touches(criterion.cues.positive, passage) for passage in passages):
        return True
    wanted = frozenset(criterion.cues.signals)
    return bool(wanted) and wanted <= told


def _hook(gap: Gap, exchanges: Sequence[Exchange]) -> str | None:
    """The candidate's words for this gap: from the latest answer that has some."""
    for exchange in reversed(exchanges):
        found = quote(hear(exchange.answer), gap.type, exchange.asked)
        if found:
            return found
    return None


def closed(gap: Gap, answer: str, question: Question, rubric: Rubric, earlier: Sequence[str] = ()) -> bool:
    """True if `answer`, given to the follow-up about `gap`, shows what was missing: its cue or its signal.

    "I don't know", an empty answer, the question said back or an `earlier` answer again close nothing.
    """
    if outcome(gap.probe, answer, earlier) in ENDING:
        return False
    passage = hear(answer)
    shown = signals(passage)
    kind, _, name = gap.id.partition(":")
    try:
        if kind == "point":
            point = named(question.key_points, name)
            return touches(point.cues, passage) is not None or _meets(gap.type, passage)
        if kind == "gap":
            return named(question.gaps, name).signal in shown
        if kind == "twist":
            return touches(named(question.twists, name).cues, passage) is not None
        if kind == "criterion":
            criterion = rubric.criterion(name)
            cued = touches(criterion.cues.positive, passage) is not None
            return cued or bool(shown & frozenset(criterion.cues.signals) & CLOSES[gap.type])
    except KeyError:  # a gap that this question does not know, worded by another engine
        pass
    return _meets(gap.type, passage)


def _meets(kind: ProbeType, passage: Passage) -> bool:
    """True for an answer of some substance that shows what a probe of this kind asks for."""
    return len(passage.content) >= 5 and len(CLOSES[kind] & signals(passage)) > 0
