"""What the offline interviewer understands of an answer: its kind, what it closed, what it leaves open."""

from __future__ import annotations

from interviewer.engines.offline.contradiction import contradiction
from interviewer.engines.offline.fact_sheet import look_up
from interviewer.engines.offline.gaps import closed, gaps
from interviewer.engines.offline.outcome import outcome
from interviewer.engines.offline.stems import hear, touches
from interviewer.interview.duplicates import asked_before
from interviewer.interview.state import ASIDE, State, Thread
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.transcript.events import Gap, Noticed, Outcome, Reading


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
    found = gaps(question, rubric, thread.exchanges)
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

    Nothing is noticed before there was something to notice: flaws are planted after the opening.
    """
    if state.planned.segment.purpose == "opening":
        return ()
    had = {sighting.flaw for sighting in state.noticed}
    passage = hear(text)
    found = [(flaw.id, touches(flaw.cues, passage)) for flaw in state.persona.company.flaws if flaw.id not in had]
    return tuple(Noticed(flaw=flaw, sentence=heard.sentence.number) for flaw, heard in found if heard is not None)
