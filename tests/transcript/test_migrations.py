"""Every transcript that an earlier version wrote opens, and tells what it told then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interviewer.interview.results import build_scorecard
from interviewer.interview.salvage import fold_what_fits
from interviewer.interview.state import fold
from interviewer.transcript.events import TRANSCRIPT_SCHEMA, Draft, Turn
from interviewer.transcript.reading.migrations import STEPS, Around, migrated_event, migrated_header
from interviewer.transcript.store import TranscriptWriter, read

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.jsonl"))
"""Trimmed transcripts, each written by the version whose peculiarity it is named for."""


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sample(name: str) -> Path:
    return next(path for path in SAMPLES if path.stem == name)


def test_there_is_a_sample_of_every_version_and_a_step_to_the_next() -> None:
    assert {lines(path)[0]["schema_version"] for path in SAMPLES} == set(range(1, TRANSCRIPT_SCHEMA + 1))
    assert len(STEPS) == TRANSCRIPT_SCHEMA - 1


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_opens_whole_and_its_scorecard_is_as_it_was(path: Path) -> None:
    transcript = read(path)
    assert transcript.damage == ()
    assert transcript.header.schema_version == TRANSCRIPT_SCHEMA
    assert [event.seq for event in transcript.events] == [data["seq"] for data in lines(path)[1:]]
    state = fold(transcript.header, transcript.events)
    assert state.scorecard is not None
    assert fold_what_fits(transcript).state == state
    again = build_scorecard(state)
    assert (again.verdict, again.share) == (state.scorecard.verdict, state.scorecard.share)
    assert again.flaws == state.scorecard.flaws, "the sentence that noticed a flaw is found again"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_to_migrate_twice_changes_nothing_more(path: Path) -> None:
    header, *events = lines(path)
    once = migrated_header(header, 1)
    assert migrated_header(once, 1) == once
    around = Around(once, {event["seq"]: event["text"] for event in events if event["type"] == "answer"})
    for event in events:
        migrated = migrated_event(event, 1, around)
        assert migrated_event(migrated, 1, around) == migrated


def test_a_flaw_that_was_noticed_gets_the_sentence_that_did() -> None:
    path = sample("flaws-without-sentences")
    assert any((data.get("reading") or {}).get("noticed") == ["flaw"] for data in lines(path))
    readings = [event.reading for event in read(path).events if isinstance(event, Turn) and event.reading]
    assert next((one.answer, flaw.flaw, flaw.sentence) for one in readings for flaw in one.noticed) == (6, "flaw", 2)


def test_the_sentence_is_found_wherever_the_answer_stands_in_the_file(tmp_path: Path) -> None:
    whole = sample("flaws-without-sentences").read_bytes().splitlines(keepends=True)
    path = tmp_path / "moved.jsonl"
    path.write_bytes(b"".join([whole[0], *reversed(whole[1:])]))
    assert read(path).events == read(sample("flaws-without-sentences")).events


def test_words_for_claims_that_are_no_longer_tested_are_left_out() -> None:
    path = sample("claims-about-faults")
    claims = lines(path)[0]["persona"]["people"][0]["phrases"]["claims"]
    assert {"fault", "plan"} < claims.keys()
    assert read(path).header.persona.people[0].phrases.claims.keys() == {"decision"}


def test_an_earlier_interview_is_gone_on_with_under_its_own_header(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    before = b"".join(sample("flaws-without-sentences").read_bytes().splitlines(keepends=True)[:20])
    path.write_bytes(before)
    writer, transcript = TranscriptWriter.reopen(path)
    turn = next(event for event in transcript.events if isinstance(event, Turn) and event.reading)
    with writer:
        writer.append(turn.model_copy(update={"seq": 20}))
        writer.append(Draft(seq=21, clock=99.0, at=turn.at, text="now"))
    assert path.read_bytes().startswith(before)
    again = read(path)
    assert again.damage == ()
    assert again.events[:19] == transcript.events
    assert again.events[19] == turn.model_copy(update={"seq": 20})


@pytest.mark.parametrize("junk", [{}, {"persona": 3}, {"persona": {"people": [4, {"phrases": {"claims": []}}]}}])
def test_a_step_leaves_alone_what_it_does_not_understand(junk: dict[str, Any]) -> None:
    assert migrated_header(junk, 1) == {**junk, "schema_version": TRANSCRIPT_SCHEMA}
    for reading in (None, 3, {"noticed": 3}, {"noticed": [{"flaw": 3}], "answer": []}):
        assert migrated_event({"reading": reading}, 1, Around(junk)) == {"reading": reading}
