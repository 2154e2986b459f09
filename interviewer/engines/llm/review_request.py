"""What the model is told after the last word: for a second vote, and for the debrief."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interviewer.engines.llm.prompts import load_prompt
from interviewer.grading.debrief_check import MOST_WORDS_STRONGER
from interviewer.grading.evidence import citable, numbered
from interviewer.grading.reveal import Reveal
from interviewer.grading.schema import strict_object
from interviewer.grading.verdict import verdict_name
from interviewer.interview.state import State
from interviewer.persona import Person
from interviewer.providers.chat import ChatRequest, Message, Schema
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import CriterionResult, Scorecard
from interviewer.text import fence

MOST_TOKENS_REVOTE = 2000
MOST_TOKENS_DEBRIEF = 3000
"""Limits of a reply, thinking of the model included; doubled once if a reply was cut off by it."""

MOST_CHARACTERS = 6000
"""Of the weakest answer; what is longer is cut at a sentence."""

_TEXT = {"type": "string"}
_POINTS = {"type": "array", "items": strict_object(criterion=_TEXT, text=_TEXT)}

REVOTE_SCHEMA: dict[str, Any] = strict_object(
    changes={"type": "array", "items": strict_object(criterion=_TEXT, level=_TEXT, reason=_TEXT)}
)
"""The form of a second vote. The same for every panel: what may be moved is a check, not a schema."""

DEBRIEF_SCHEMA: dict[str, Any] = strict_object(
    verdict=_TEXT, strengths=_POINTS, missing=_POINTS, stronger=_TEXT, practise={"type": "array", "items": _TEXT}
)
"""The form of a debrief, the same for every interview."""


def revote_request(
    shown: Reveal, person: Person, complaint: str = "", most_tokens: int = MOST_TOKENS_REVOTE
) -> ChatRequest:
    """The call for one member's second vote: everybody's locked ratings where the panel is apart."""
    text = "\n\n".join(
        [
            "# The locked scorecards, where the panel is apart",
            *(_disputed(shown, person, criterion) for criterion in shown.movable(person.id)),
            *_again(complaint),
        ]
    )
    return ChatRequest(
        stable=load_prompt("revote").fill({"person": _person(person)}),
        varying="",
        messages=(Message("user", text),),
        schema=Schema("revote", REVOTE_SCHEMA),
        most_tokens=most_tokens,
        cache_key=f"revote:{person.id}",
    )


def debrief_request(
    state: State,
    card: Scorecard,
    weakest: int | None,
    complaint: str = "",
    most_tokens: int = MOST_TOKENS_DEBRIEF,
) -> ChatRequest:
    """The call for the debrief: the finished scorecard, and the weakest answer in full.

    Args:
        weakest: thread of that answer; None if there is none.
        complaint: what does not agree with the scorecard in the reply before.
    """
    text = "\n\n".join(
        [
            "# The verdict",
            f"{verdict_name(card.verdict)}. {card.why}" + (f" Level recommended: {card.level}." if card.level else ""),
            "# The scorecard",
            fence("scorecard", "\n".join(_scorecard(state, card))),
            "# The weakest answer",
            _answer(state, card, weakest),
            *_again(complaint),
        ]
    )
    stable = load_prompt("debrief").fill(
        {"person": _person(state.persona.people[0]), "most_words": str(MOST_WORDS_STRONGER)}
    )
    return ChatRequest(
        stable=stable,
        varying="",
        messages=(Message("user", text),),
        schema=Schema("debrief", DEBRIEF_SCHEMA),
        most_tokens=most_tokens,
        cache_key=f"debrief:{state.persona.id}"[:64],
    )


def _again(complaint: str) -> tuple[str, ...]:
    return (f"# Your last reply could not be used as it was\n{complaint}\nWrite it again, whole.",) if complaint else ()


def _person(person: Person) -> str:
    return f"{person.name}, {person.role}.\nVoice: {person.voice}\nTemper: {person.temper}"


def _disputed(shown: Reveal, person: Person, criterion: str) -> str:
    rubric = shown.scales[criterion]
    written = rubric.criterion(criterion)
    lines = [f"## `{criterion}`: {written.title}", written.asks]
    lines += [f"- `{level.id}` ({level.title}): {written.anchors[level.id]}" for level in rubric.levels]
    rated: list[str] = []
    for member, result in shown.held(criterion).items():
        who = "you" if member == person.id else member
        rated.append(f"{who}: {result.level}. {result.reasoning}")
        rated += [f"  on: {evidence.quote}" for evidence in result.evidence]
    near = " or ".join(f"`{level.id}`" for level in shown.reachable(person.id, criterion))
    return "\n".join([*lines, fence("scorecards", "\n".join(rated)), f"You may move to {near}, or stay."])


def _scorecard(state: State, card: Scorecard) -> Iterator[str]:
    ends = {rubric.id: (rubric.levels[0].id, rubric.levels[-1].id) for rubric in state.header.rubrics}
    share = "not assessed" if card.share is None else f"{card.share:.0%} of the scale"
    yield f"Total: {share}, {card.assessed:.0%} of the weight assessed."
    for result in card.criteria:
        yield from _criterion(result, *ends[result.rubric])
    for number, answer in enumerate(card.answers, 1):
        yield f"Answer {number} ({answer.status}), to: {answer.asked}"
        yield from (f"  missed: {point}" for point in answer.missed)
    yield from (f"Exercise from the rubric: {exercise}" for exercise in card.practice)


def _criterion(result: CriterionResult, lowest: str, highest: str) -> Iterator[str]:
    if result.level == NOT_ASSESSED:
        yield f"`{result.criterion}` {result.title}: not assessed."
        return
    end = {lowest: ", the lowest level", highest: ", the highest level"}.get(result.level, "")
    yield f"`{result.criterion}` {result.title}: {result.level_title}{end}. {result.reasoning}"
    yield from (f"  they said: {evidence.quote}" for evidence in result.evidence)


def _answer(state: State, card: Scorecard, weakest: int | None) -> str:
    """The exchanges of a thread, without sentences that would instruct the reader."""
    thread = next((one for one in state.threads if one.turn == weakest), None)
    if thread is None:
        return "None could be rated. Leave `stronger` empty."
    said = citable(numbered(thread.exchanges))
    blocks: list[str] = []
    room = MOST_CHARACTERS
    for place, exchange in enumerate(thread.exchanges, 1):
        kept: list[str] = []
        for number, evidence in said.items():
            if number.split(".")[0] == str(place) and room > len(evidence.quote):
                kept.append(evidence.quote)
                room -= len(evidence.quote)
        asked = exchange.asked if place > 1 else thread.asked
        blocks.append(f"Asked: {asked}\n" + fence("answer", " ".join(kept)))
    missed = next((answer.missed for answer in card.answers if answer.thread == weakest), ())
    return "\n".join([*blocks, *(f"A strong answer would also cover: {point}" for point in missed)])
