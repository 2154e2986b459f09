"""Whatever happens to the bytes of a transcript, it is read without a crash, and nothing that is whole gets lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.results import build_scorecard
from interviewer.interview.salvage import fold_what_fits
from interviewer.interview.state import fold
from interviewer.transcript.damage import TranscriptError, told
from interviewer.transcript.reading import read
from tests.transcript import small

LINES = small.lines()
WHOLE = b"".join(LINES)
EVENTS = {event.seq: event for event in small.events()}
LINE_OF = {line.rstrip(b"\n"): seq for seq, line in enumerate(LINES)}


def check(path: Path, content: bytes) -> str:
    """Reads content that was damaged, holds it against the promises, and returns what is told of it."""
    whole = {LINE_OF[line] for line in content.split(b"\n") if line in LINE_OF}
    try:
        transcript = read(path)
    except TranscriptError as error:
        assert 0 not in whole, "the header is whole"
        assert "\n" not in str(error)
        return str(error)
    kept = {event.seq: event for event in transcript.events}
    assert list(kept) == sorted(kept)
    conflict = any(one.kind == "conflict" for one in transcript.damage)
    lost = any(one.lost for one in transcript.damage)
    for seq in whole - {0}:
        assert kept.get(seq) == EVENTS[seq] or (seq in kept and conflict), f"event {seq} is whole and not there"
    if any(seq not in kept for seq in range(1, max(kept, default=0))):
        assert lost, "something is missing and nothing says so"
    if not kept.keys() >= EVENTS.keys() and content.count(b"\n") == len(LINES):
        assert transcript.damage, "a line was damaged and nothing says so"
    message = told(transcript.damage)
    assert "\n" not in message
    assert bool(message) == bool(transcript.damage)
    assert ("everything else is shown" in message) == lost
    return message


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_damages_lose_nothing_that_is_whole(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "damaged.jsonl"
    told_of = 0
    with path.open("wb", buffering=0) as file:
        for place in range(2_500):
            protected = 0 if place % 4 == 0 else len(LINES[0])  # the header is most of the file
            content = small.damaged(chance, WHOLE, protected)
            file.seek(0)
            file.write(content)
            file.truncate()
            told_of += bool(check(path, content))
    assert told_of > 1_500, "most of these damages can be seen"


@settings(max_examples=100)
@given(content=st.binary(max_size=200))
def test_any_bytes_after_the_header_are_told_or_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(WHOLE + content)
    message = check(path, WHOLE + content)
    assert bool(message) == bool(content.replace(b"\n", b"").strip(b" \t\r"))


@settings(max_examples=60)
@given(order=st.permutations(range(len(LINES))))
def test_lines_in_any_order_give_the_same_events(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    path = tmp_path_factory.getbasetemp() / "order.jsonl"
    path.write_bytes(b"".join(LINES[place] for place in order))
    transcript = read(path)
    assert transcript.events == small.events()
    assert bool(transcript.damage) == (order != list(range(len(LINES))))
    assert not any(one.lost for one in transcript.damage)


def test_what_is_salvaged_can_be_folded_again_and_judged(tmp_path: Path) -> None:
    chance = random.Random(99)
    path = tmp_path / "damaged.jsonl"
    for place in range(200):
        path.write_bytes(small.damaged(chance, WHOLE, 0 if place % 3 == 0 else len(LINES[0])))
        try:
            transcript = read(path)
            salvaged = fold_what_fits(transcript)
        except TranscriptError:
            continue  # the header is damaged
        assert fold(transcript.header, salvaged.events) == salvaged.state
        assert build_scorecard(salvaged.state).persona == transcript.header.persona.id
