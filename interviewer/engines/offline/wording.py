"""The words of a move, in the voice of the person who makes it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from interviewer.engines.offline.fact_sheet import look_up, questions_in
from interviewer.engines.offline.reading import pending
from interviewer.engines.offline.recall import telling_quote
from interviewer.interview.moves import NOTHING_MORE, open_gaps, seconds_left
from interviewer.interview.state import State
from interviewer.persona import Person, Segment
from interviewer.question import Question
from interviewer.text import sentences
from interviewer.transcript.events import Gap, Move, Reading

_FILLED_IN = re.compile(r"\{(?:quote|earlier|name)\}")
_QUOTATION_MARKS = " \"'\u201c\u201d\u2018\u2019.,:;-"


def word(state: State, move: Move, reading: Reading | None, now: float) -> str:
    """What is said, ready to be shown. Everything in it was written by an author or said by the candidate."""
    person = state.persona.person(move.speaker)
    phrases = person.phrases
    match move.kind:
        case "open":
            opening = state.planned.segment
            intro = [] if opening.questions else _intro(state, opening)
            return _say(_pick(state, "greet", phrases.greet), *intro)
        case "next-segment":
            segment = state.persona.segment(move.segment or "")
            turning = _pick(state, "transition", phrases.transition)
            return _say(_met(state, person, reading), turning, *_intro(state, segment))
        case "hand-over":
            segment = state.persona.segment(move.segment or "")
            name = state.persona.person(segment.lead).name.split()[0]
            lines = phrases.hand_over or phrases.transition
            return _say(_reaction(state, person, reading), _pick(state, "hand_over", lines).replace("{name}", name))
        case "ask":
            return _ask(state, person, state.question(move.question or ""), reading)
        case "probe":
            return _probe(state, person, move, reading)
        case "clarify":
            return _clarify(state, person)
        case "answer":
            return _answer(state, person)
        case "hint":
            question = state.question(state.thread.question) if state.thread else None
            return _say(_pick(state, "hint", phrases.hint), question.hint if question and question.hint else "")
        case "redirect":
            lines = phrases.blank if reading and reading.outcome == "blank" else phrases.redirect
            return _say(_pick(state, "redirect", lines), pending(state.thread) if state.thread else "")
        case "wait":
            return _pick(state, "silence", state.persona.moves.silences or phrases.blank)
        case "invite":
            return _invite(state, person, move, reading)
        case "close":
            return _close(state, person, reading, now)


def _say(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())


def _pick(state: State, purpose: str, lines: Sequence[str]) -> str:
    """The line that was not heard for longest; of those never heard, in an order shuffled for this interview."""
    order = list(lines)
    random.Random(f"{state.header.seed}:{purpose}").shuffle(order)
    return min(order, key=lambda line: _last_heard(state, line))


def _last_heard(state: State, line: str) -> int:
    """The number of the last turn that held this line, from 1; 0 if none did."""
    fixed = [part for part in _FILLED_IN.split(line) if part.strip(_QUOTATION_MARKS)]
    for number in range(len(state.spoken), 0, -1):
        if all(part.strip() in state.spoken[number - 1] for part in fixed):
            return number
    return 0


def _reaction(state: State, person: Person, reading: Reading | None) -> str:
    """A word on the last answer before something new: no praise, no judgement."""
    if state.wish == "skip":
        return _pick(state, "skip", person.phrases.skip)
    if reading is None:
        return ""
    if reading.outcome == "dont-know":
        return _pick(state, "kind_stop", person.phrases.kind_stop)
    if reading.outcome == "no-questions" or state.thread is None:
        return ""
    return _pick(state, "acknowledge", person.phrases.acknowledge)


def _intro(state: State, segment: Segment) -> list[str]:
    return [_pick(state, f"says:{segment.id}", segment.says)] if segment.says else []


def _took_over(state: State, person: Person) -> list[str]:
    """What a colleague says first after a hand-over, with the introduction of their part."""
    if state.last is None or state.last.move.kind != "hand-over":
        return []
    lines = person.phrases.take_over
    return [*([_pick(state, "take_over", lines)] if lines else []), *_intro(state, state.planned.segment)]


def _ask(state: State, person: Person, question: Question, reading: Reading | None) -> str:
    """The question, led into by what was said before where that fits."""
    started = state.last is not None and state.last.move.kind in {"open", "next-segment", "hand-over"}
    intro: list[str] = []
    if state.last is not None and state.last.move.kind == "open":
        intro = _intro(state, state.planned.segment)
    elif started:
        intro = _took_over(state, person)
    lead = "" if started else _reaction(state, person, reading)
    return _say(lead, *intro, _recall(state, person, question), question.text)


def _recall(state: State, person: Person, question: Question) -> str:
    """Leads in with the candidate's own earlier words, if some bear on this question. Not every time."""
    if len(state.threads) < 2 or len(state.threads) % 2:
        return ""
    answers = [said.text for thread in state.threads[:-1] for said in thread.answers]
    quote = telling_quote(question, answers, state.spoken)
    return _pick(state, "recall", person.phrases.recall).replace("{quote}", quote) if quote else ""


def _probe(state: State, person: Person, move: Move, reading: Reading | None) -> str:
    gap = _gap(state, move, reading)
    if gap.source == "twist":
        return gap.probe
    if gap.source == "contradiction" and gap.quote and gap.earlier:
        line = _pick(state, "contradiction", person.phrases.contradiction)
        return _say(line.replace("{quote}", gap.quote).replace("{earlier}", gap.earlier), gap.probe)
    lead = ""
    if gap.quote and _just_said(state, gap.quote):
        lead = _pick(state, "echo", person.phrases.echo).replace("{quote}", gap.quote)
    return _say(lead, gap.probe)


def _just_said(state: State, quote: str) -> bool:
    """Whether these words are in the last answer and were not said back to the candidate before."""
    answer = " ".join(state.unread.text.split()) if state.unread else ""
    return quote in answer and not any(quote in said for said in state.spoken)


def _gap(state: State, move: Move, reading: Reading | None) -> Gap:
    assert state.thread is not None and reading is not None
    return next(gap for gap in open_gaps(state, state.thread, reading) if gap.id == move.gap)


def _clarify(state: State, person: Person) -> str:
    """Answers from the fact sheet if it has it, and says the question again."""
    asked = state.unread.text if state.unread else ""
    found = look_up(state.persona.company, asked)
    facts = found.texts[:1] if found else ()
    again = pending(state.thread) if state.thread else ""
    if facts:
        return _say(*facts, _in_short(again))
    hypothetical = state.thread is not None and state.question(state.thread.question).format in CASES
    if not hypothetical or _ASKS_FOR_WORDS.search(asked):
        return _say(_pick(state, "clarify", person.phrases.clarify), again)
    return _say(_pick(state, "assume", person.phrases.assume or ASSUME), _in_short(again))


ASSUME = (
    "I leave that to you. Take what you find likely, and tell me what you took.",
    "Assume what you need there, and say so.",
    "That is open. Choose, and tell me why you chose so.",
)
"""What is said to a question about the task that no fact sheet answers, where a person has no words of their own."""

CASES = frozenset(("ml-system-design", "mvp-on-the-spot", "founder-vision", "first-90-days", "scaling"))
"""Formats whose questions set a case, in which a fact may be assumed; a story is told as it was."""

_ASKS_FOR_WORDS = re.compile(
    r"\b(?:mean|repeat|rephrase|clarify|again|understand|follow you|your question|other words|asking)\b", re.IGNORECASE
)
"""Asks for the question once more, and not for a fact of the case."""


def _answer(state: State, person: Person) -> str:
    """Answers the candidate's question from the fact sheet, or says that it cannot be shared."""
    phrases = person.phrases
    asked = state.unread.text if state.unread else ""
    texts: list[str] = []
    for one in questions_in(asked):
        found = look_up(state.persona.company, one)
        texts += found.texts if found else ()
    if state.thread is not None:  # in the middle of the interview: briefly, and back to the question
        reply = texts[:1] or [_pick(state, "defer", phrases.defer)]
        return _say(*reply, _in_short(pending(state.thread)))
    reply = list(dict.fromkeys(texts)) or [_pick(state, "unknown", phrases.unknown or phrases.refuse)]
    return _say(*reply, _pick(state, "more", phrases.more))


def _in_short(asked: str) -> str:
    """What is asked, without the scene that was set before it."""
    last = sentences(asked)[-1:]
    return last[0].text if last and last[0].text.endswith("?") else asked


def _met(state: State, person: Person, reading: Reading | None) -> str:
    """A reaction where there must be one: what was passed on or not known is met before going on.

    Otherwise one joint is enough, and a transition or an invitation acknowledges too.
    """
    met = state.wish == "skip" or (reading is not None and reading.outcome == "dont-know")
    return _reaction(state, person, reading) if met else ""


def _invite(state: State, person: Person, move: Move, reading: Reading | None) -> str:
    """Gives the floor to the candidate's own questions, for the first time or once more."""
    if move.segment:
        intro = [_met(state, person, reading), *_intro(state, state.persona.segment(move.segment))]
    else:
        intro = [] if state.invited else _took_over(state, person)
    lines = person.phrases.more if state.invited else person.phrases.invite
    return _say(*intro, _pick(state, "invite", lines))


def _close(state: State, person: Person, reading: Reading | None, now: float) -> str:
    lead = _pick(state, "time_up", person.phrases.time_up) if _cut_off(state, reading, now) else ""
    name = state.header.profile.name
    return _say(lead, f"Thank you, {name}." if name else "", _pick(state, "close", person.phrases.close))


def _cut_off(state: State, reading: Reading | None, now: float) -> bool:
    """Whether the end comes in the middle of something: a question open, or one of the candidate's unanswered."""
    if state.ending:
        return False
    asks = state.planned.segment.purpose == "candidate-questions"
    if asks:
        return reading is not None and reading.outcome not in NOTHING_MORE
    planned = any(one.segment.purpose == "candidate-questions" for one in state.plan.segments)
    return (planned and not state.invited) or (seconds_left(state, now) <= 0 and state.thread is not None)
