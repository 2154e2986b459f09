"""What the offline interviewer understands of an answer: its kind, what it closed, what it leaves open."""

from __future__ import annotations

import random

from interviewer.engines.offline.claims import ABOUT, LINES, PROBE_TYPE, claims
from interviewer.engines.offline.contradiction import contradiction
from interviewer.engines.offline.fact_sheet import look_up
from interviewer.engines.offline.gaps import closed, gaps, richness
from interviewer.engines.offline.outcome import outcome
from interviewer.engines.offline.stems import content, hear, touches
from interviewer.interview.duplicates import asked_before
from interviewer.interview.state import State
from interviewer.interview.thread import ASIDE, Thread
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.transcript.events import Answer, Gap, Noticed, Outcome, Reading


def outcome_of(state: State) -> Outcome:
    """The kind of the unread answer. There must be one."""
    assert state.unread is not None
    thread = state.thread
    if state.planned.segment.purpose == "candidate-questions" or thread is None:
        return outcome(state.last.text if state.last else "", state.unread.text, inviting=True)
    kind = outcome(
        pending(thread),
        state.unread.text,
        _earlier(state),
        question=state.question(thread.question),
    )
    if kind == "clarifying-question" and look_up(state.persona.company, state.unread.text):
        return "company-question"
    return kind


def pending(thread: Thread) -> str:
    """What the candidate was last asked in this thread, as its author worded it."""
    return thread.probes[-1].text if thread.probes else thread.asked


def read_answer(state: State) -> Reading:
    """The reading of the unread answer. There must be one."""
    assert state.unread is not None
    answer, thread, kind = state.unread, state.thread, outcome_of(state)
    if thread is None or kind != "answered":
        kept = thread.open_gaps if thread is not None and kind in ASIDE else ()
        noticed = _noticed(state, answer.text) if kind in ASIDE else ()
        return Reading(answer=answer.seq, outcome=kind, open_gaps=kept, noticed=noticed)
    question = state.question(thread.question)
    rubric = state.rubric(question.rubric)
    known = {gap.id: gap for gap in thread.open_gaps} | {probed.gap.id: probed.gap for probed in thread.probes}
    put = thread.probes[-1].gap.id if thread.probes else None
    shut = tuple(
        gap.id
        for gap in known.values()
        if gap.id not in thread.closed and closed(gap, answer.text, question, rubric, put=gap.id == put)
    )
    found = _ordered(state, thread, gaps(question, rubric, thread.exchanges), answer)
    clash = contradiction(answer.text, _earlier(state))
    still = tuple(
        _fresh(state, gap, rubric, question)
        for gap in ((clash, *found) if clash else found)
        if gap.id not in shut and not thread.used(gap.id)
    )
    return Reading(
        answer=answer.seq,
        outcome=kind,
        closed_gaps=shut,
        open_gaps=tuple(gap for gap in still if not asked_before(gap.probe, state.asked)),
        noticed=_noticed(state, answer.text),
    )


PLANTED = 3
"""Telling words of a flaw that the interviewers must have used before one can notice it."""

RICH = 0.15
"""From here on so much was told that what seems to be missing was probably told in other words."""

MOST_CLAIMS = 2


def _ordered(state: State, thread: Thread, missing: tuple[Gap, ...], answer: Answer) -> tuple[Gap, ...]:
    """What to go for, best first.

    After a rich answer: its own claims and a change of the case, and only before the first follow-up also a point
    that seems not to have been told. Else what is missing.
    """
    tested = _claims(state, answer)
    if richness(thread.exchanges) < RICH:
        vague = tuple(gap for gap in tested if gap.type in {"quantify", "ownership"})
        return (*vague, *missing[:2], *(gap for gap in tested if gap not in vague), *missing[2:])
    safe = (*tested, *(gap for gap in missing if gap.source == "twist"))
    if thread.probes:
        return safe
    points = tuple(gap for gap in missing if gap.source == "key-point")
    return (*safe, *points) if safe or points else missing


def _claims(state: State, answer: Answer) -> tuple[Gap, ...]:
    """The best claims of an answer, each with a line that was not heard in this interview."""
    found: list[Gap] = []
    own = state.persona.person(state.planned.segment.lead).phrases.claims
    for claim in claims(answer.text, state.last.text if state.last else ""):
        lines = list(own.get(claim.kind, LINES[claim.kind]))
        random.Random(f"{state.header.seed}:{claim.kind}").shuffle(lines)
        line = next((line for line in lines if not asked_before(line, state.asked)), None)
        if line is not None and not any(claim.quote in spoken for spoken in state.spoken):
            found.append(
                Gap(
                    id=f"claim:{claim.kind}:{answer.seq}",
                    source="claim",
                    about=ABOUT[claim.kind],
                    type=PROBE_TYPE[claim.kind],
                    probe=line,
                    quote=claim.quote,
                )
            )
    return tuple(found[:MOST_CLAIMS])


def _earlier(state: State) -> tuple[str, ...]:
    """Everything that the candidate answered before the unread answer, to this and other questions."""
    unread = state.unread.seq if state.unread else 0
    return tuple(said.text for thread in state.threads for said in thread.answers if said.answer != unread)


def _fresh(state: State, gap: Gap, rubric: Rubric, question: Question) -> Gap:
    """The gap with a probe that was not heard yet, if a criterion has another one to offer."""
    if gap.source != "criterion" or not asked_before(gap.probe, state.asked):
        return gap
    wanted = gap.id.removeprefix("criterion:")
    spare = [probe for probe in question.probes if probe.criterion == wanted]
    others = [*spare, *(probe for one in rubric.criteria if one.id == wanted for probe in one.probes)]
    for probe in others:
        if not asked_before(probe.text, state.asked):
            return gap.model_copy(update={"probe": probe.text, "type": probe.type})
    return gap


def _noticed(state: State, text: str) -> tuple[Noticed, ...]:
    """Planted flaws that the answer points out and that were not pointed out before.

    Nothing is noticed before there was something to notice: flaws are planted after the opening, and only what the
    interviewers have spoken of can be pointed out.
    """
    if state.planned.segment.purpose == "opening":
        return ()
    had = {sighting.flaw for sighting in state.noticed}
    passage = hear(text)
    said = frozenset().union(*(content(words) for words in state.spoken))
    planted = [
        flaw for flaw in state.persona.company.flaws if flaw.id not in had and len(content(flaw.flaw) & said) >= PLANTED
    ]
    found = [(flaw.id, touches(flaw.cues, passage)) for flaw in planted]
    return tuple(Noticed(flaw=flaw, sentence=heard.sentence.number) for flaw, heard in found if heard is not None)
