"""What the model is told for one turn: the persona (stable), the moment (varying), the legal moves."""

from __future__ import annotations

from typing import Any, get_args

from interviewer.engines.llm.prompts import load_prompt
from interviewer.grading.schema import strict_object
from interviewer.interview.moves import legal_moves, seconds_left, segment_seconds_left
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.persona import Company, Person, Persona
from interviewer.providers.chat import ChatRequest, Message, Schema
from interviewer.rubric import ProbeType
from interviewer.text import fence
from interviewer.transcript.events import Gap, GapSource, Move, Outcome, Reading

MOST_QUESTIONS = 10
"""Main questions offered at once; code has put the most fitting first."""

MOST_TOKENS = 1200
"""Limit of a turn, thinking of the model included."""

MOST_CHARACTERS = 6000
"""Of one answer; what is longer is cut in the middle, and says so."""

MOST_CONVERSATION = 24_000
"""Characters of the conversation that are given in full, the latest first: about 6,000 tokens."""

TURN_SCHEMA: dict[str, Any] = strict_object(
    answered={"type": "string", "enum": list(get_args(Outcome))},
    closed_gaps={"type": "array", "items": {"type": "string"}},
    open_gaps={
        "type": "array",
        "items": strict_object(
            id={"type": "string"},
            type={"type": "string", "enum": list(get_args(ProbeType))},
            about={"type": "string"},
            quote={"type": "string"},
        ),
    },
    noticed={
        "type": "array",
        "items": strict_object(flaw={"type": "string"}, quote={"type": "string"}),
    },
    move={"type": "string"},
    speaker={"type": "string"},
    say={"type": "string"},
)
"""The form of a turn. The same for every turn of every interview: legality is a check, not a schema."""


def move_key(move: Move) -> str:
    """How a move is named to the model. Unique among the legal moves but for the speaker."""
    target = move.question or move.gap or move.segment
    return f"{move.kind} {target}" if target else move.kind


def turn_request(
    state: State, now: float, questions: tuple[str, ...], complaint: str = "", most_tokens: int = MOST_TOKENS
) -> ChatRequest:
    """The call for one turn.

    Args:
        questions: ids of main questions, most fitting first; only these are offered.
        complaint: what was wrong with the reply before, if this is the second try.
        most_tokens: limit of the reply.
    """
    moment = load_prompt("moment").fill(
        {
            "time_left": _minutes(seconds_left(state, now)),
            "part_left": _minutes(segment_seconds_left(state, now)),
            "part": _part(state),
            "profile": _profile(state),
            "asked": "\n".join(f"- {text}" for text in state.asked) or "Nothing yet.",
            "question": _question(state),
            "conversation": _conversation(state),
            "moves": _moves(state, now, questions),
            "questions": _asking(state, now, questions),
            "complaint": f"\n# Your last reply could not be used\n{complaint}\n" if complaint else "",
        }
    )
    return ChatRequest(
        stable=stable_part(state.persona),
        varying="",
        messages=(Message("user", moment),),
        schema=Schema("turn", TURN_SCHEMA),
        most_tokens=most_tokens,
        cache_key=f"turn:{state.header.hashes.get('persona', state.persona.id)[:40]}",
    )


def stable_part(persona: Persona) -> str:
    """What is the same through the whole interview, so that a provider can cache it."""
    return load_prompt("turn").fill(
        {
            "people": "\n\n".join(_person(person) for person in persona.people),
            "company": _company(persona.company),
            "conduct": _conduct(persona),
            "outcomes": ", ".join(f"`{outcome}`" for outcome in get_args(Outcome)),
        }
    )


def known_gaps(state: State) -> dict[str, Gap]:
    """The gaps that the question under discussion may have, as its author wrote them."""
    thread = state.thread
    if thread is None:
        return {}
    question = state.question(thread.question)
    gaps = [_gap(f"point:{p.id}", "key-point", p.point, p.probe.type, p.probe.text) for p in question.key_points]
    gaps += [_gap(f"gap:{g.id}", "typical", g.gap, g.probe.type, g.probe.text) for g in question.gaps]
    gaps += [
        Gap(id=f"twist:{t.id}", source="twist", about=t.looks_for, type="counterfactual", probe=t.text, twist=t.kind)
        for t in question.twists
        if t.kind in state.persona.moves.twists
    ]
    return {gap.id: gap for gap in gaps}


def _gap(gap_id: str, source: GapSource, about: str, kind: ProbeType, probe: str) -> Gap:
    return Gap(id=gap_id, source=source, about=about, type=kind, probe=probe)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"


def _person(person: Person) -> str:
    return f"`{person.id}`: {person.name}, {person.role}.\nVoice: {person.voice}\nTemper: {person.temper}"


def _company(company: Company) -> str:
    lines = [f"{company.name}, {company.category}, {company.stage}.", company.pitch, company.product]
    lines += [f"- {number.label}: {number.value}" for number in company.numbers]
    if company.flaws:
        lines.append("You hold these beliefs, and they are wrong; never point that out yourself (ids in backquotes):")
        lines += [f"- `{flaw.id}`: {flaw.flaw}" for flaw in company.flaws]
    lines.append("Told only when asked:")
    lines += [f"- {fact.answer}" + (f" (best from `{fact.person}`)" if fact.person else "") for fact in company.facts]
    if company.withheld:
        lines.append("Never told:")
        lines += [f"- {', '.join(withheld.asks)}: {withheld.reply}" for withheld in company.withheld]
    return "\n".join(lines)


def _conduct(persona: Persona) -> str:
    favourites = ", ".join(kind for kind, _ in sorted(persona.moves.probes.items(), key=lambda pair: -pair[1]))
    parts = "\n".join(
        f"- `{one.id}` {one.title}, led by `{one.lead}`." + (f" Begins like: {one.says[0]}" if one.says else "")
        for one in persona.plan
    )
    together = "A colleague may follow up in another's part.\n" if persona.moves.interject else ""
    return f"{persona.about}\nFollow-ups you like most: {favourites}.\n{together}Parts:\n{parts}"


def _part(state: State) -> str:
    segment = state.planned.segment
    return f"`{segment.id}` {segment.title}, led by `{segment.lead}`"


def _profile(state: State) -> str:
    profile = state.header.profile
    parts = [f"The candidate is called {fence('name', profile.name)}"] if profile.name else []
    if profile.cv:
        parts.append("Their CV:\n" + fence("cv", _cut(profile.cv)))
    if profile.job:
        parts.append("The advertisement:\n" + fence("advertisement", _cut(profile.job)))
    parts.append(f"They interview for the level: {state.header.seniority}.")
    return "\n".join(parts) + "\n"


def _question(state: State) -> str:
    thread = state.thread
    if thread is None:
        return "None: nothing is under discussion."
    question = state.question(thread.question)
    gaps = [gap for gap in known_gaps(state).values() if not thread.used(gap.id)]
    lines = [f"`{question.id}`: {question.text}"]
    if question.hint:
        lines.append(f"Hint, if one is due: {question.hint}")
    lines.append("What a strong answer covers, and what is usually missing (ids of gaps that are not closed):")
    lines += [f"- `{gap.id}` ({gap.type}): {gap.about} For instance: {gap.probe}" for gap in gaps]
    return "\n".join(lines)


def _conversation(state: State) -> str:
    """The latest threads in full as far as the room goes, earlier ones summed up, and what was said last."""
    whole: list[str] = []
    summed: list[str] = []
    left = MOST_CONVERSATION
    for thread in reversed(state.threads):
        words = _in_full(thread)
        left -= len(words)
        if summed or (whole and left < 0):  # nothing earlier is given in full after the first that is not
            summed.append(_summary(state, thread))
        else:
            whole.append(words)
    lines = [*reversed(summed), *reversed(whole)]
    known = {said.answer for thread in state.threads for said in thread.said}
    if state.last is not None and state.unread is not None and state.unread.seq not in known:
        lines += [f"Interviewer: {state.last.text}", fence("candidate", _cut(state.unread.text))]
    if state.wish:
        lines.append(f"(The candidate asked to {'have a hint' if state.wish == 'hint' else 'skip this question'}.)")
    if state.unread is None and not state.wish:
        lines.append("(No new message of the candidate.)")
    return "\n".join(lines)


def _in_full(thread: Thread) -> str:
    lines = [f"Interviewer ({thread.speaker}): {thread.asked}"]
    for said in thread.said:
        if said.turn != thread.turn:
            lines.append(f"Interviewer: {said.asked}")
        lines.append(fence("candidate", _cut(said.text)))
    return "\n".join(lines)


def _summary(state: State, thread: Thread) -> str:
    """One earlier thread: what was asked, what came of the follow-ups, and how it was rated if that is known."""
    gaps = {probed.gap.about: probed.closed for probed in thread.probes}
    parts = [f"Earlier: {state.question(thread.question).text}"]
    parts.append("Given when asked: " + ("; ".join(about for about, shut in gaps.items() if shut) or "nothing"))
    parts.append("Left open: " + ("; ".join(about for about, shut in gaps.items() if not shut) or "nothing"))
    grade = next((grade for grade in state.grades if grade.thread == thread.turn), None)
    if grade and grade.ratings:
        rubric = state.rubric(grade.rubric)
        rated = [
            f"{rubric.criterion(one.criterion).title} {rubric.level(one.level).title}"
            for one in grade.ratings
            if one.assessed
        ]
        parts.append("Rated: " + ", ".join(rated))
    return f"({'. '.join(part.rstrip('.') for part in parts)}.)"


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n[{len(text) - MOST_CHARACTERS} characters left out here]\n{text[-half:]}"


def _moves(state: State, now: float, questions: tuple[str, ...]) -> str:
    """The legal moves, by what the last message turns out to be."""
    if state.unread is None or state.wish is not None:
        return _listed(state, legal_moves(state, now), questions)
    gaps = tuple(known_gaps(state).values())
    by_list: dict[str, list[str]] = {}
    for outcome in get_args(Outcome):
        reading = Reading(answer=state.unread.seq, outcome=outcome, open_gaps=gaps if outcome == "answered" else ())
        moves = legal_moves(state, now, reading)
        text = _listed(state, moves, questions)
        if outcome == "answered" and any(move.kind == "probe" for move in moves):
            text += "\n- `probe new:...` (speaker as for other follow-ups): a gap of your own that is not listed"
        by_list.setdefault(text, []).append(f"`{outcome}`")
    return "\n\n".join(f"If the last message is {' or '.join(kinds)}:\n{text}" for text, kinds in by_list.items())


def _listed(state: State, moves: tuple[Move, ...], questions: tuple[str, ...]) -> str:
    speakers: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    for move in moves:
        if move.kind == "ask" and questions and move.question not in questions:
            continue
        key = move_key(move)
        speakers.setdefault(key, []).append(f"`{move.speaker}`")
        notes[key] = _note(state, move)
    return "\n".join(f"- `{key}` (speaker {' or '.join(who)}){notes[key]}" for key, who in speakers.items())


def _note(state: State, move: Move) -> str:
    if move.segment:
        segment = state.persona.segment(move.segment)
        return f": go on to {segment.title}, led by `{segment.lead}`"
    return ""


def _asking(state: State, now: float, questions: tuple[str, ...]) -> str:
    """The main questions that may be asked now, each once, however many lists of moves name them."""
    readings = (
        (Reading(answer=state.unread.seq, outcome=outcome) for outcome in get_args(Outcome))
        if state.unread is not None and state.wish is None
        else (None,)
    )
    legal = [move.question for reading in readings for move in legal_moves(state, now, reading)]
    offered = [one for one in dict.fromkeys(legal) if one and (not questions or one in questions)]
    if not offered:
        return ""
    return "\n# The questions that may be asked\n" + "\n".join(
        f"- `{one}`: {state.question(one).text}" for one in offered
    )
