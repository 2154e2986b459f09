"""Which of the legal moves the offline interviewer makes, and which question or follow-up."""

from __future__ import annotations

import random
from collections.abc import Sequence

from interviewer.engines.offline.fact_sheet import who_answers
from interviewer.engines.offline.stems import content
from interviewer.interview.moves import eligible_questions, segment_seconds_left
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.question import Question
from interviewer.transcript.events import Gap, Move, Reading

_SOURCE_WEIGHT = {"contradiction": 4.0, "key-point": 1.0, "typical": 0.9, "criterion": 0.45, "twist": 1.1, "claim": 1.0}
"""How much a gap matters by where it comes from. A probe written for a criterion fits the fewest stories: of
those asked in whole interviews half were judged not to fit, of the twists almost none."""

_RANK_DECAY = 0.85
"""Each place further down the reading's own order of gaps counts this much less."""

_LEAST_WORTH = 0.25
"""A gap worth less than this is not asked about; the interviewer goes on."""

_INTERJECT = 0.35
"""How often a panel colleague who listens for just this follows up in the lead's place."""

_CONSIDERED = 3
"""The best few gaps or questions, among which chance decides, so that two interviews differ."""


def choose(state: State, legal: Sequence[Move], reading: Reading | None, now: float) -> Move:
    """One of `legal`, repeatable for the same seed and history."""
    if len(legal) == 1:
        return legal[0]
    # By what was said and not by the number of events: drafts and grades come when they come.
    chance = random.Random(f"{state.header.seed}:{len(state.spoken)}")
    kinds = {move.kind for move in legal}
    if kinds == {"answer"}:
        text = state.unread.text if state.unread else ""
        person = who_answers(state.persona, text) or state.speaker
        return next(move for move in legal if move.speaker == person)
    if "hint" in kinds:
        return next(move for move in legal if move.kind == "hint")
    if "wait" in kinds and chance.random() < 0.5:
        return next(move for move in legal if move.kind == "wait")
    probes = [move for move in legal if move.kind == "probe"]
    if probes and reading is not None and state.thread is not None:
        probe = _probe(state, state.thread, probes, reading, chance, now)
        if probe is not None:
            return probe
    asks = [move for move in legal if move.kind == "ask"]
    if asks:
        return _ask(state, asks, chance)
    return next(move for move in legal if move.kind not in {"probe", "wait"})


def _probe(
    state: State, thread: Thread, probes: Sequence[Move], reading: Reading, chance: random.Random, now: float
) -> Move | None:
    if thread.probes and _pressed(state, now):
        return None
    askable = {move.gap for move in probes}
    ranked = sorted(
        ((_worth(state, thread, gap, rank), gap) for rank, gap in enumerate(reading.open_gaps) if gap.id in askable),
        key=lambda pair: -pair[0],
    )[:_CONSIDERED]
    ranked = [pair for pair in ranked if pair[0] >= max(_LEAST_WORTH, ranked[0][0] / 2)]
    if not ranked:
        return None
    gap = chance.choices([gap for _, gap in ranked], [worth for worth, _ in ranked])[0]
    speaker = _who_follows_up(state, thread, gap, chance)
    return next(move for move in probes if move.gap == gap.id and move.speaker == speaker)


def _pressed(state: State, now: float) -> bool:
    """Whether the questions still planned for the segment need the time that another follow-up would take."""
    planned = state.planned
    to_ask = planned.questions - state.asked_in_segment
    if to_ask <= 0:
        return False
    per_question = (planned.end - planned.start) / planned.questions
    return segment_seconds_left(state, now) < to_ask * per_question * 0.75


def _worth(state: State, thread: Thread, gap: Gap, rank: int) -> float:
    moves = state.persona.moves
    worth = _SOURCE_WEIGHT[gap.source] * moves.probes.get(gap.type, 1.0) * _RANK_DECAY**rank
    if gap.source == "twist":
        if gap.twist not in moves.twists:
            return 0.0
        worth = _SOURCE_WEIGHT["twist"] * moves.twist_weight
        if any(probed.gap.source == "twist" for probed in thread.probes):
            worth *= 0.5
    types = [probed.gap.type for probed in thread.probes]
    if gap.type in types:
        worth *= 0.5
    earlier = [probed.gap.type for other in state.threads[-3:] for probed in other.probes]
    worth *= 0.85 ** earlier.count(gap.type)
    return worth * (1.25 if gap.quote else 1.0)


def _who_follows_up(state: State, thread: Thread, gap: Gap, chance: random.Random) -> str:
    """The lead, or now and then a colleague who listens for exactly this."""
    if not state.persona.moves.interject or not thread.probes or gap.source not in {"typical", "key-point"}:
        return state.planned.segment.lead
    wanted = next(
        (typical.signal for typical in state.question(thread.question).gaps if gap.id == f"gap:{typical.id}"), None
    )
    for person in state.persona.people:
        if person.id != state.planned.segment.lead and wanted in person.signals and chance.random() < _INTERJECT:
            return person.id
    return state.planned.segment.lead


def _ask(state: State, asks: Sequence[Move], chance: random.Random) -> Move:
    questions = {move.question: move for move in asks if move.question}
    best = max(questions, key=lambda question: _fit(state, state.question(question)) + chance.random() * 1.5)
    return questions[best]


def ranked_questions(state: State, most: int) -> tuple[str, ...]:
    """Ids of the questions that this and the next part may ask: wanted ones in their order, then the most fitting."""
    here = state.plan.segments[state.segment : state.segment + 2]
    chance = random.Random(f"{state.header.seed}:{len(state.spoken)}")
    place = {name: index for index, name in enumerate(state.header.wanted)}
    ranked = [
        sorted(
            eligible_questions(state, planned),
            key=lambda one: (place.get(one.id, len(place)), -_fit(state, one) - chance.random() * 1.5),
        )[: max(most, len(place))]
        for planned in here
    ]
    return tuple(question.id for questions in ranked for question in questions)


def _fit(state: State, question: Question) -> float:
    """How well a question fits what was said and what the candidate brought; new topics fit best."""
    heard = frozenset().union(*(content(said.text) for thread in state.threads for said in thread.answers))
    brought = content((state.header.profile.cv or "") + " " + (state.header.profile.job or ""))
    words = content(question.text) | content(" ".join(point.point for point in question.key_points))
    score = 2.0 * len(words & heard) / max(6, len(words)) + 2.0 * len(words & brought) / max(6, len(words))
    score -= 3.0 * sum(state.question(thread.question).topic == question.topic for thread in state.threads)
    score -= 0.5 * sum(state.question(thread.question).format == question.format for thread in state.threads)
    return score - (10.0 if question.id in state.header.recent else 0.0)
