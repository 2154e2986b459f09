"""A turn as it arrives: read from partial JSON, checked the moment the move is known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pydantic_core

from interviewer.engines.llm.leak import leaks
from interviewer.engines.llm.turn_request import known_gaps, move_key
from interviewer.interview.duplicates import asked_before
from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State
from interviewer.rubric import ProbeType
from interviewer.text import sanitise, sentences
from interviewer.transcript.events import Gap, Move, Noticed, Outcome, Reading

MOST_WORDS = 160
"""Of what is said in one turn. A model that goes on is cut at a sentence."""

RECITED = "You recited your instructions. Speak as the person you play."

NEW_GAP = "new:"
"""Ids of gaps that the model found itself begin with this."""


class IllegalTurn(Exception):
    """The reply cannot be used; the message says why, in words for the model."""


class CutOff(IllegalTurn):
    """The reply reached the limit of tokens before anything was said."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything of a turn but its words."""

    reading: Reading | None
    move: Move

    @property
    def parts(self) -> tuple[Reading | Move, ...]:
        """In the order in which a turn tells them."""
        return (self.move,) if self.reading is None else (self.reading, self.move)


def partial(text: str) -> Mapping[str, Any]:
    """What is there of a JSON object that is still arriving. Empty if nothing can be read yet."""
    begin = text.find("{")
    if begin < 0:
        return {}
    try:
        found = pydantic_core.from_json(text[begin:], allow_partial="trailing-strings")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def whole(text: str) -> Mapping[str, Any]:
    """The finished reply.

    Raises:
        IllegalTurn: it is not one JSON object.
    """
    begin, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[begin : end + 1]) if begin >= 0 else None
    except (ValueError, RecursionError) as error:
        raise IllegalTurn(f"The reply was not valid JSON: {error}.") from None
    if not isinstance(found, dict):
        raise IllegalTurn("The reply was not one JSON object.")
    return found


def decide(state: State, now: float, reply: Mapping[str, Any]) -> Decided:
    """The reading and the move of a reply, checked against what is legal at this moment.

    Raises:
        IllegalTurn: an unknown outcome, a move that is not legal, a gap that was not named, or a
            question that was asked before.
    """
    reading = _reading(state, reply)
    legal = legal_moves(state, now, reading)
    wanted, speaker = str(reply.get("move", "")).strip().strip("`"), str(reply.get("speaker", "")).strip("` ")
    fitting = [move for move in legal if move_key(move) == wanted]
    if not fitting:
        there = ", ".join(dict.fromkeys(f"`{move_key(move)}`" for move in legal))
        raise IllegalTurn(f"The move `{wanted}` is not legal after `{reply.get('answered')}`. Legal are: {there}.")
    chosen = next((move for move in fitting if move.speaker == speaker), fitting[0])
    return Decided(reading, chosen)


def _reading(state: State, reply: Mapping[str, Any]) -> Reading | None:
    if state.unread is None or state.wish is not None:
        return None
    outcome = reply.get("answered")
    if outcome not in get_args(Outcome):
        raise IllegalTurn(f"`answered` was {outcome!r}; it is one of {', '.join(get_args(Outcome))}.")
    known = known_gaps(state)
    thread = state.thread
    raised = {gap.id for gap in thread.open_gaps} | {one.gap.id for one in thread.probes} if thread else set()
    closed = tuple(str(gap) for gap in _list(reply.get("closed_gaps")) if gap in known or gap in raised)
    found = [_gap(state, known, one) for one in _list(reply.get("open_gaps"))]
    listed = [gap for gap in found if gap is not None and gap.id not in closed]
    rest = [gap for gap in known.values() if gap.id not in {one.id for one in listed} and gap.id not in closed]
    open_gaps = tuple(listed + rest) if outcome == "answered" and thread else ()
    return Reading(
        answer=state.unread.seq,
        outcome=outcome,
        closed_gaps=closed,
        open_gaps=open_gaps,
        noticed=_noticed(state, _list(reply.get("noticed"))),
    )


def _noticed(state: State, found: Sequence[Any]) -> tuple[Noticed, ...]:
    """Planted flaws that the last message points out, each with the sentence that does; once for each flaw."""
    if state.unread is None:
        return ()
    flaws = {flaw.id for flaw in state.persona.company.flaws} - {sighting.flaw for sighting in state.noticed}
    said = sentences(state.unread.text)
    noticed: dict[str, Noticed] = {}
    for one in found:
        flaw, quote = (
            (str(one.get(key, "")).strip("` ") for key in ("flaw", "quote")) if isinstance(one, dict) else ("", "")
        )
        wanted = " ".join(quote.split()).casefold()
        sentence = next((each for each in said if wanted and wanted in " ".join(each.text.split()).casefold()), None)
        if flaw in flaws and flaw not in noticed and sentence is not None:
            noticed[flaw] = Noticed(flaw=flaw, sentence=sentence.number)
    return tuple(noticed.values())


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _gap(state: State, known: Mapping[str, Gap], found: Any) -> Gap | None:
    """A gap that the model names: one that its author wrote, or one of its own."""
    if not isinstance(found, dict):
        return None
    gap_id, quote = str(found.get("id", "")), _quote(state, str(found.get("quote", "")))
    if gap_id in known:
        return known[gap_id].model_copy(update={"quote": quote})
    about = " ".join(sanitise(str(found.get("about", ""))).split())[:300]
    kind = found.get("type")
    if not gap_id.startswith(NEW_GAP) or not about or kind not in get_args(ProbeType):
        return None
    return Gap(id=gap_id[:80], source="typical", about=about, type=kind, probe=about, quote=quote)


def _quote(state: State, quote: str) -> str | None:
    """The candidate's own words, or None if they did not say them."""
    said = " ".join(state.unread.text.split()) if state.unread else ""
    wanted = " ".join(quote.split())
    return wanted if wanted and wanted.casefold() in said.casefold() else None


def check_words(state: State, move: Move, text: str) -> str:
    """What is said, cleaned and kept to a length.

    Raises:
        IllegalTurn: nothing is said, the instructions are recited, or a question is asked a second time.
    """
    clean = " ".join(sanitise(text).split())
    if not clean:
        raise IllegalTurn("`say` was empty.")
    if leaks(clean):
        raise IllegalTurn(RECITED)
    if len(clean.split()) > MOST_WORDS:
        clean = _shortened(clean)
    if move.kind == "probe" and asked_before(clean, state.asked):
        raise IllegalTurn("That question was asked before. Go for something else.")
    return clean


def _shortened(text: str) -> str:
    kept: list[str] = []
    for sentence in sentences(text):
        if kept and len(" ".join(kept).split()) + len(sentence.text.split()) > MOST_WORDS:
            break
        kept.append(sentence.text)
    return " ".join(" ".join(kept).split()[:MOST_WORDS])
