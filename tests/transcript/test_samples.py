"""The sample transcripts that come with the product are whole, and say what engine made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.interview.state import fold
from interviewer.transcript.store import read

SAMPLES = sorted((Path(__file__).parents[2] / "transcripts").glob("*.jsonl"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_whole_and_quotes_its_candidate(path: Path) -> None:
    transcript = read(path)
    assert transcript.damage == ()
    assert transcript.header.engine == "offline"
    card = fold(transcript.header, transcript.events).scorecard
    assert card is not None
    answers = {event.seq: event.text for event in transcript.events if event.type == "answer"}
    quotes = [evidence for result in card.criteria for evidence in result.evidence]
    assert all(answers[quote.event][quote.start : quote.end] == quote.quote for quote in quotes)
    assert {stamp.engine for stamp in card.stamps} == {"offline"}


def test_there_is_one_for_each_persona_from_strong_to_weak() -> None:
    shares = {path.stem: fold((t := read(path)).header, t.events).scorecard for path in SAMPLES}
    by_name = {name: card.share or 0.0 for name, card in shares.items() if card is not None}
    strong, mixed, weak = (by_name[name] for name in sorted(by_name, key=lambda name: -by_name[name]))
    assert strong > mixed > weak
    assert {card.persona for card in shares.values() if card} == {
        "seed-founder",
        "series-b-panel",
        "big-tech-bar-raiser",
    }
