"""What was acknowledged is on the medium, whatever happens next."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.results import build_scorecard
from interviewer.interview.state import fold
from interviewer.transcript.archive import find, listing
from interviewer.transcript.entries import read_entry
from interviewer.transcript.events import Answer, Draft, Finished
from interviewer.transcript.store import TranscriptError, TranscriptWriter, read, read_header
from tests import sample

AT = datetime(2026, 1, 2, tzinfo=UTC)


def answer(seq: int, text: str = "Said.") -> Answer:
    return Answer(seq=seq, clock=float(seq), at=AT, text=text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with TranscriptWriter.create(tmp_path / "one.jsonl", sample.header()) as writer:
        for seq in range(1, 4):
            writer.append(answer(seq, f"Answer {seq} with \u201cquotes\u201d, \u96ea and a\nnew line."))
    return tmp_path / "one.jsonl"


def test_what_is_written_is_read_back_the_same(path: Path) -> None:
    transcript = read(path)
    assert transcript.header == sample.header()
    assert [event.seq for event in transcript.events] == [1, 2, 3]
    assert transcript.events[2] == answer(3, "Answer 3 with \u201cquotes\u201d, \u96ea and a\nnew line.")
    assert transcript.damage == ()
    assert read_header(path) == transcript.header


def test_a_torn_last_line_is_dropped_and_reported_and_the_next_event_takes_its_place(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    assert [event.seq for event in read(path).events] == [1, 2]
    writer, transcript = TranscriptWriter.reopen(path)
    assert transcript.damage[0].line == 4
    assert "cut off" in transcript.damage[0].problem
    with writer:
        writer.append(answer(3, "Again."))
    again = read(path)
    assert again.damage == ()
    assert [event.seq for event in again.events] == [1, 2, 3]


@settings(max_examples=60)
@given(cut=st.integers(0, 10_000))
def test_cut_anywhere_no_whole_event_is_lost(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    file = folder / "one.jsonl"
    with TranscriptWriter.create(file, sample.header()) as writer:
        head = file.stat().st_size
        ends = []
        for seq in range(1, 6):
            writer.append(answer(seq, "x" * seq * 40))
            ends.append(file.stat().st_size)
    at = head + cut % (ends[-1] - head + 1)
    file.write_bytes(file.read_bytes()[:at])
    whole = [seq for seq, end in enumerate(ends, 1) if end - 1 <= at]  # what is cut off may be the line end alone
    assert [event.seq for event in read(file).events] == whole
    writer, _ = TranscriptWriter.reopen(file)
    with writer:
        writer.append(answer(len(whole) + 1))
    again = read(file)
    assert again.damage == ()
    assert [event.seq for event in again.events] == [*whole, len(whole) + 1]


def test_two_processes_cannot_write_one_transcript(path: Path) -> None:
    writer, _ = TranscriptWriter.reopen(path)
    with writer, pytest.raises(TranscriptError, match="another interviewer"):
        TranscriptWriter.reopen(path)


def test_an_existing_transcript_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(TranscriptError, match="exists already"):
        TranscriptWriter.create(path, sample.header())
    assert path.read_bytes() == before


def test_a_full_disk_leaves_nothing_half_written_and_can_be_tried_again(path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.fail("this test needs /dev/full")
    with full.open("r+b", buffering=0) as device:
        writer = TranscriptWriter(path, device, 0, 3)
        with pytest.raises(TranscriptError, match="disk is full"):
            writer.append(answer(4))
        assert writer.next_seq == 4


def test_a_sequence_number_out_of_turn_is_refused(path: Path) -> None:
    writer, _ = TranscriptWriter.reopen(path)
    with writer, pytest.raises(ValueError, match="4 is next"):
        writer.append(answer(9))


def test_a_damaged_transcript_is_gone_on_with_after_its_highest_number_and_never_rewritten(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    unknown = b'{"seq":9,"clock":9.0,"at":"2026-01-02T00:00:00Z","type":"mood"}\n'
    damaged = lines[0] + lines[3] + unknown + b"?\n" + lines[1]
    path.write_bytes(damaged + lines[2][:-5])
    writer, transcript = TranscriptWriter.reopen(path)
    assert [event.seq for event in transcript.events] == [1, 3]
    with writer:
        writer.append(answer(10))
    assert path.read_bytes().startswith(damaged + b'{"seq":10,')
    assert [event.seq for event in read(path).events] == [1, 3, 10]


def test_lines_that_are_damaged_but_ended_are_not_cut_off(path: Path) -> None:
    damaged = path.read_bytes() + b'{"seq":4,"clock":\n'
    path.write_bytes(damaged)
    TranscriptWriter.reopen(path)[0].close()
    assert path.read_bytes() == damaged


def test_a_transcript_in_utf_16_is_not_appended_to(path: Path) -> None:
    wide = path.read_text(encoding="utf-8").encode("utf-16")
    path.write_bytes(wide)
    with pytest.raises(TranscriptError, match="Save it as UTF-8 first"):
        TranscriptWriter.reopen(path)
    assert path.read_bytes() == wide


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TranscriptError, match="pipe"):
        TranscriptWriter.reopen(tmp_path / "pipe")


def test_a_damaged_line_in_the_middle_is_named_and_the_rest_is_kept(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    lines[2] = b'{"type": "answer", "seq": "two"}'
    path.write_bytes(b"\n".join(lines))
    transcript = read(path)
    assert [event.seq for event in transcript.events] == [1, 3]
    assert [damage.line for damage in transcript.damage] == [3]


def test_the_listing_reads_the_ends_only_and_puts_unfinished_first(path: Path) -> None:
    (path.parent / "noise.jsonl").write_text("no transcript\n")
    entries, broken = listing(path.parent)
    assert [entry.id for entry in entries] == ["sample-1"]
    assert entries[0].unfinished
    assert entries[0].seconds == 3.0
    assert entries[0].persona_title == "Sample interviewer"
    assert [item.path.name for item in broken] == ["noise.jsonl"]
    assert read_entry(path) == entries[0]


def test_a_transcript_is_found_by_id_by_its_beginning_or_by_path(path: Path) -> None:
    target = path.rename(path.parent / "sample-1.jsonl")
    assert find(path.parent, "sample-1") == target
    assert find(path.parent, "samp") == target
    assert find(path.parent, str(target)) == target
    with pytest.raises(TranscriptError, match="no such transcript"):
        find(path.parent, "other")


def test_drafts_are_events_like_any_other(path: Path) -> None:
    writer, transcript = TranscriptWriter.reopen(path)
    with writer:
        writer.append(Draft(seq=4, clock=9.0, at=AT, text="half an ans"))
    assert read(path).events[-1] == Draft(seq=4, clock=9.0, at=AT, text="half an ans")
    assert len(transcript.events) == 3


def test_a_finished_interview_is_listed_as_finished_however_long_its_scorecard(path: Path) -> None:
    scorecard = build_scorecard(fold(sample.header(), ()))
    long = scorecard.model_copy(update={"why": "w" * 300_000})
    writer, _ = TranscriptWriter.reopen(path)
    with writer:
        writer.append(Finished(seq=4, clock=9.0, at=AT, scorecard=long))
    entry = read_entry(path)
    assert not entry.unfinished
    assert entry.verdict == "no-decision"
    assert entry.seconds == 9.0
