"""Two answers to the same question, and their grades, as plain text and for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from interviewer.replay import words
from interviewer.replay.comparison_data import held_data
from interviewer.replay.comparison_text import joined, rating_lines
from interviewer.replay.fork import Fork, Side
from interviewer.scorecard_text.columns import wrapped
from interviewer.scorecard_text.words import percent, verdict_word
from interviewer.text import one_line


def as_text(fork: Fork, width: int = 80) -> str:
    """The moment, the two answers one after the other, and how each criterion was rated in both."""
    return joined(_lines(fork, width))


def _lines(fork: Fork, width: int) -> Iterator[str]:
    yield "Answered again"
    yield "=============="
    if fork.question:
        yield from wrapped(one_line(fork.question), width)
    for earlier in fork.earlier:
        yield from wrapped(f"> {one_line(earlier.answer)}", width, "  ", "    ")
    yield ""
    yield from wrapped(f"Asked: {one_line(fork.asked)}", width)
    for side in (fork.before, fork.after):
        yield ""
        yield from _side(fork, side, width)
    yield ""
    yield "Ratings of this question"
    yield "------------------------"
    yield from _ratings(fork, width)


def _side(fork: Fork, side: Side, width: int) -> Iterator[str]:
    title = f"{side.title}: {side.recording.header.id}"
    yield from wrapped(title, width)
    yield from wrapped(outcome(side), width, "  ")
    if not side.said:
        yield "  Nothing was answered yet."
    for exchange in side.said:
        if exchange.asked != fork.asked:
            yield from wrapped(f"Then: {one_line(exchange.asked)}", width, "  ", "    ")
        yield from wrapped(f"> {exchange.answer.strip() or '(nothing)'}", width, "  ", "    ")


def outcome(side: Side) -> str:
    """What the whole interview came to."""
    card = side.recording.state.scorecard
    return f"{verdict_word(card.verdict)}, {percent(card.share)}" if card else "This interview has no verdict yet."


def not_rated(fork: Fork) -> str:
    """Why there is nothing to hold against each other; empty if there is."""
    if fork.question is None:
        return "This was not said to a question of the interview, so nobody graded it."
    if not fork.ratings:
        return "Neither of the two is graded yet."
    missing = [side.title.casefold() for side in (fork.before, fork.after) if not side.grades]
    return f"{missing[0].capitalize()} is not graded yet." if missing else ""


def _ratings(fork: Fork, width: int) -> Iterator[str]:
    if missing := not_rated(fork):
        yield from wrapped(missing, width)
    for change in fork.moved:
        yield from rating_lines(change, width)
    still = [change for change in fork.ratings if change not in fork.moved]
    for change in still:
        person = f" ({change.person})" if change.person else ""
        said = words.held(change.after or change.before)
        same = ", same" if change.moved == "same" else ""
        yield from wrapped(f"{one_line(change.title)}{person}: {said}{same}", width, "     ", "       ")


def as_data(fork: Fork) -> dict[str, Any]:
    """Everything of it."""
    return {
        "moment": fork.moment,
        "question": fork.question,
        "asked": fork.asked,
        "earlier": [asdict(one) for one in fork.earlier],
        "before": _side_data(fork.before),
        "after": _side_data(fork.after),
        "ratings": [
            asdict(change) | {"before": held_data(change.before), "after": held_data(change.after)}
            for change in fork.ratings
        ],
    }


def _side_data(side: Side) -> dict[str, Any]:
    card = side.recording.state.scorecard
    return {
        "transcript": side.recording.header.id,
        "said": [asdict(one) for one in side.said],
        "graded": bool(side.grades),
        "verdict": card.verdict if card else None,
        "share": card.share if card else None,
    }
