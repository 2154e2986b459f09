"""The reviewer as a language model: second votes and the debrief, each one call and at most one repair.

A second vote proposes moves; which of them hold is decided where it is recorded. A debrief is held against the
scorecard before anything of it is kept (`grading/debrief_check.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from interviewer.engines.llm import VERSION
from interviewer.engines.llm.form import read
from interviewer.engines.llm.prompts import load_prompt
from interviewer.engines.llm.review_reply import changes_of, draft_of, without_recited
from interviewer.engines.llm.review_request import (
    DEBRIEF_SCHEMA,
    MOST_TOKENS_DEBRIEF,
    MOST_TOKENS_REVOTE,
    REVOTE_SCHEMA,
    debrief_request,
    revote_request,
)
from interviewer.engines.llm.spent import Calls
from interviewer.grading.combine import decision_weight
from interviewer.grading.debrief_check import Draft, Fault, Point, Record, faults, mended
from interviewer.grading.reveal import Reveal
from interviewer.grading.weakest import weakest_answer
from interviewer.interview.results import decisive
from interviewer.interview.reviewer import Unusable
from interviewer.interview.state import State
from interviewer.persona import Person
from interviewer.providers.chat import ChatModel, ChatRequest, ProviderError
from interviewer.scorecard import Debrief, Revote, Scorecard, Stamp

TRIES = 2
"""Calls for one second vote or debrief."""

MOST_COMPLAINTS = 12
"""Told to the model at once."""

_PARTS = {
    "verdict": "the verdict",
    "strengths": "a strength",
    "missing": "something called missing",
    "stronger": "the stronger version",
    "practise": "an exercise",
}


@dataclass(frozen=True, slots=True)
class _Answered:
    """One call's outcome: a reply of the right form, or what is wrong with it in words for the model."""

    reply: Mapping[str, Any] | None
    complaint: str = ""
    cut: bool = False


class LanguageModelReviewer:
    """Votes again and writes debriefs with a language model.

    Args:
        model: writes; the one that grades.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    async def revote(self, shown: Reveal, person: Person) -> Revote:
        """This person's second vote. Raises Unusable."""
        calls = Calls(self._model)
        complaint, most_tokens = "", MOST_TOKENS_REVOTE
        for _ in range(TRIES):
            answered = await _ask(calls, revote_request(shown, person, complaint, most_tokens), REVOTE_SCHEMA)
            if answered.reply is not None:
                changes = changes_of(answered.reply, shown)
                return Revote(person=person.id, changes=changes, stamp=self._stamp("revote"), cost=calls.cost)
            complaint = answered.complaint
            most_tokens = 2 * MOST_TOKENS_REVOTE if answered.cut else most_tokens
        raise Unusable(f"The model's reply could not be used: {complaint}", calls.cost)

    async def debrief(self, state: State, scorecard: Scorecard) -> Debrief:
        """The debrief, with nothing in it that was found to contradict the scorecard. Raises Unusable."""
        calls = Calls(self._model)
        record, weakest = record_of(state, scorecard), _weakest(state)
        drafts = await _drafts(
            calls,
            lambda complaint, most: debrief_request(state, scorecard, weakest, complaint, most),
            record,
        )
        draft, wrong = min(reversed(drafts), key=lambda one: (_fatal(one[1]), len(one[1])))
        kept = mended(draft, wrong, record)
        if kept is None:
            told = " ".join(fault.complaint for fault in wrong if fault.part == "verdict")
            raise Unusable(f"The verdict that the model wrote cannot stand: {told}", calls.cost)
        return Debrief(
            verdict=kept.verdict,
            strengths=tuple(_titled(point, scorecard) for point in kept.strengths),
            missing=tuple(_titled(point, scorecard) for point in kept.missing),
            weakest=weakest,
            stronger=(kept.stronger or None) if weakest is not None else None,
            practise=kept.practise,
            left_out=tuple(f"In {_PARTS[fault.part]}: {fault.complaint}" for fault in wrong),
            stamp=self._stamp("debrief"),
            cost=calls.cost,
        )

    def _stamp(self, prompt: str) -> Stamp:
        return Stamp(
            engine=self._model.provider,
            engine_version=VERSION,
            model=self._model.model,
            prompt_version=f"{prompt} {load_prompt(prompt).version}",
            calibration="not calibrated",
        )


async def _drafts(
    calls: Calls, build: Callable[[str, int], ChatRequest], record: Record
) -> list[tuple[Draft, tuple[Fault, ...]]]:
    """What was written, with what is wrong in it: one draft, or a second where the first had faults.

    Raises Unusable if none came; a failure after the first draft is no more than the end.
    """
    drafts: list[tuple[Draft, tuple[Fault, ...]]] = []
    complaint, most_tokens = "", MOST_TOKENS_DEBRIEF
    for _ in range(TRIES):
        try:
            answered = await _ask(calls, build(complaint, most_tokens), DEBRIEF_SCHEMA)
        except Unusable:
            if not drafts:
                raise
            return drafts
        if answered.reply is None:
            complaint = answered.complaint
            most_tokens = 2 * MOST_TOKENS_DEBRIEF if answered.cut else most_tokens
            continue
        draft, recited = without_recited(draft_of(answered.reply))
        places = {(fault.part, fault.place) for fault in recited}
        wrong = (*recited, *(one for one in faults(draft, record) if (one.part, one.place) not in places))
        drafts.append((draft, wrong))
        if not wrong:
            return drafts
        complaint = "\n".join(f"- `{fault.part}`: {fault.complaint}" for fault in wrong[:MOST_COMPLAINTS])
    if not drafts:
        raise Unusable(f"The model's reply could not be used: {complaint}", calls.cost)
    return drafts


async def _ask(calls: Calls, request: ChatRequest, schema: Mapping[str, Any]) -> _Answered:
    """One call. Raises Unusable where asking again is no use."""
    try:
        reply = await calls.complete(request)
    except ProviderError as error:
        raise Unusable(str(error), calls.cost) from None
    if reply.stop == "refused":
        raise Unusable(reply.refusal or "The model declined to write it.", calls.cost)
    if reply.stop == "truncated":
        return _Answered(None, "Your reply was cut off. Be shorter.", cut=True)
    found, wrong = read(schema, reply.text)
    return _Answered(None, wrong) if wrong else _Answered(found)


def record_of(state: State, scorecard: Scorecard) -> Record:
    """What a debrief of this interview is held against."""
    return Record(
        scorecard,
        decisive(state)[0],
        tuple(exchange for thread in state.threads for exchange in thread.exchanges),
    )


def _weakest(state: State) -> int | None:
    return weakest_answer(*decisive(state), decision_weight(state.persona.decision))


def _titled(point: Point, scorecard: Scorecard) -> str:
    """The point with the title of its criterion, unless that is in it."""
    title = next(one.title for one in scorecard.criteria if one.criterion == point.criterion)
    return point.text if title in point.text else f"{title}: {point.text}"


def _fatal(wrong: Iterable[Fault]) -> bool:
    return any(fault.part == "verdict" for fault in wrong)
