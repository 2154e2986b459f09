"""A damaged transcript shows everything that can be read of it, and says in one sentence what cannot."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.transcript.damage import Damage, TranscriptError, told
from interviewer.transcript.events import EVENT, Draft
from interviewer.transcript.reading import Transcript, read, read_header
from interviewer.transcript.reading import lines as file_lines
from tests.transcript import small

LINES = small.lines()
EVENTS = small.events()
EVERY = [event.seq for event in EVENTS]

Write = Callable[..., Transcript]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Reads what is given as the content of a transcript, or its lines."""

    def written(*lines: bytes) -> Transcript:
        path = tmp_path / "one.jsonl"
        path.write_bytes(b"".join(lines))
        return read(path)

    return written


def seqs(transcript: Transcript) -> list[int]:
    return [event.seq for event in transcript.events]


def only(transcript: Transcript) -> Damage:
    (damage,) = transcript.damage
    return damage


def draft(seq: int, text: str = "x", **more: object) -> bytes:
    line = EVENT.dump_json(Draft(seq=seq, clock=70.0, at=small.AT, text=text))
    extra = "".join(f',"{name}":{value}' for name, value in more.items()).encode()
    return line[:-1] + extra + b"}\n"


def test_undamaged_it_is_read_whole_and_nothing_is_told(write: Write) -> None:
    transcript = write(*LINES)
    assert transcript.events == EVENTS
    assert transcript.header == small.header()
    assert transcript.damage == ()
    assert told(transcript.damage) == ""
    assert (transcript.last, transcript.intact) == (10, sum(map(len, LINES)))


def test_a_torn_last_line_is_told(write: Write) -> None:
    transcript = write(*LINES[:-1], LINES[-1][:-9])
    assert seqs(transcript) == EVERY[:-1]
    assert told(transcript.damage) == (
        "This transcript is damaged (line 11: the last line was cut off in the middle); everything else is shown."
    )


def test_a_last_event_without_its_line_end_is_whole(write: Write) -> None:
    transcript = write(*LINES[:-1], LINES[-1].rstrip())
    assert transcript.events == EVENTS
    assert transcript.damage == ()


def test_lines_that_are_there_twice_are_counted_and_nothing_is_lost(write: Write) -> None:
    transcript = write(*(line for line in LINES for _ in range(2)))
    assert transcript.events == EVENTS
    assert len(transcript.damage) == len(LINES)
    assert told(transcript.damage) == (
        "This transcript is damaged (11 lines are there more than once); nothing is lost."
    )


def test_of_two_events_with_one_number_the_first_holds(write: Write) -> None:
    transcript = write(*LINES, draft(6, "other"))
    assert transcript.events == EVENTS
    assert only(transcript) == Damage(12, "another event has its number 6, the first one holds", "conflict")


def test_lines_in_the_wrong_place_are_put_in_order(write: Write) -> None:
    transcript = write(LINES[0], *LINES[6:], *LINES[1:6])
    assert transcript.events == EVENTS
    assert only(transcript) == Damage(7, "event 1 stands after event 10", "order", lost=False)
    assert (transcript.line(6), transcript.line(1)) == (2, 7)


def test_a_header_that_is_not_at_the_top_is_found(write: Write) -> None:
    transcript = write(*LINES[1:4], LINES[0], *LINES[4:])
    assert transcript.events == EVENTS
    assert "header stands here" in only(transcript).problem


def test_missing_events_are_named(write: Write) -> None:
    transcript = write(*LINES[:3], LINES[4], *LINES[7:])
    assert seqs(transcript) == [1, 2, 4, 7, 8, 9, 10]
    assert [(one.line, one.problem) for one in transcript.damage] == [
        (4, "event 3 is missing before it"),
        (5, "events 5 to 6 are missing before it"),
    ]


def test_a_line_that_cannot_be_read_explains_one_missing_number(write: Write) -> None:
    broken = LINES[5].replace(b'"seq"', b'"sex"')
    assert only(write(*LINES[:5], broken, *LINES[6:])).kind == "unreadable"
    transcript = write(*LINES[:5], broken, *LINES[7:])
    assert [(one.line, one.kind) for one in transcript.damage] == [(6, "unreadable"), (7, "missing")]


def test_an_event_after_a_stray_byte_is_kept(write: Write) -> None:
    assert write(*LINES[:4], b"}" + LINES[4], *LINES[5:]).events == EVENTS


@pytest.mark.parametrize("junk", [b"", b"\x00", b"J", b"\r"])
def test_two_events_on_one_line_are_both_kept(write: Write, junk: bytes) -> None:
    transcript = write(*LINES[:5], LINES[5].rstrip() + junk + LINES[6], *LINES[7:])
    assert seqs(transcript) == [seq for seq in EVERY if seq != 5 or junk != b"J"]


def test_an_event_of_an_unknown_type_is_named_and_left_out(write: Write) -> None:
    line = LINES[6].replace(b'"type":"draft"', b'"type":"mood\\u001b[31m"')
    transcript = write(*LINES[:6], line, *LINES[7:])
    assert seqs(transcript) == [1, 2, 3, 4, 5, 7, 8, 9, 10]
    assert told(transcript.damage) == (
        "This transcript is damaged (line 7: an event of type mood, which a later version of interviewer may know); "
        "everything else is shown."
    )


def test_unknown_fields_are_named_and_the_rest_of_the_event_is_shown(write: Write) -> None:
    line = LINES[4].replace(b'"outcome":', b'"mood":{"a":1},"outcome":').replace(b'"seq":4', b'"seq":4,"hue":"red"')
    transcript = write(*LINES[:4], line, *LINES[5:])
    assert transcript.events == EVENTS
    assert only(transcript).kind == "field"
    assert "without reading.mood, hue, which a later version" in only(transcript).problem
    assert only(transcript).lost


def test_unknown_fields_of_the_header_are_named(write: Write) -> None:
    header = LINES[0].replace(
        b'"origin":null', b'"origin":{"kind":"branch","parent":"p","answer":3,"why":"w"},"hue":"red"'
    )
    transcript = write(header, *LINES[1:])
    assert transcript.events == EVENTS
    assert transcript.header.origin is not None
    assert only(transcript).line == 1
    assert "without origin.branch.why, hue, which" in only(transcript).problem


def test_a_second_header_is_told(write: Write) -> None:
    other = LINES[0].replace(b"sample-1", b"sample-2")
    transcript = write(LINES[0], LINES[0], other, *LINES[1:])
    assert transcript.header.id == "sample-1"
    assert transcript.events == EVENTS
    assert [(one.kind, one.lost) for one in transcript.damage] == [("repeated", False), ("header", True)]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (draft(11).replace(b"70.0", b"NaN"), "clock"),
        (draft(11).replace(b"70.0", b"1e400"), "clock"),
        (draft(11).replace(b"70.0", b"-1"), "clock"),
        (draft(11).replace(b":11,", b":" + b"9" * 400 + b","), "seq"),
        (draft(11).replace(b":11,", b":99999999999,"), "seq"),
        (draft(11).replace(b":11,", b":0,"), "seq"),
        (draft(11).replace(b"2026-01-02T", b"2026-99-02T"), "at"),
        (draft(11, "y").replace(b'"y"', b"[" * 50_000), "cannot be read"),
        (b'["no", "event"]\n', "no event"),
        (b"\xff\xfe\xfd\n", "cannot be read"),
        (draft(11).replace(b'"x"', b'"\xe9"'), "cannot be read"),
    ],
)
def test_a_line_that_makes_no_sense_costs_that_line_alone(write: Write, line: bytes, where: str) -> None:
    transcript = write(*LINES, line, draft(12))
    assert seqs(transcript) == [*EVERY, 12]
    assert transcript.damage[0].line == 12
    assert where in transcript.damage[0].problem
    assert transcript.damage[0].lost
    assert len(transcript.damage) == 1
    assert len(told(transcript.damage)) < 300


def test_zero_bytes_after_a_power_failure_lose_nothing(write: Write) -> None:
    transcript = write(*LINES[:5], bytes(4096), b"\n", *LINES[5:-1], bytes(9) + LINES[-1], bytes(512))
    assert transcript.events == EVENTS
    assert {one.kind for one in transcript.damage} == {"filler"}
    assert told(transcript.damage).endswith("(3 lines hold zero bytes); nothing is lost.")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8-sig", "UTF-8 with a byte order mark"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")],
)
def test_another_encoding_is_read_and_told(write: Write, encoding: str, name: str) -> None:
    text = b"".join(LINES).decode().replace("\u96ea", "\u0a0a \u0a41 \u410a")
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    transcript = write((mark + text).encode(encoding))
    assert seqs(transcript) == EVERY
    assert "\u0a0a \u0a41 \u410a" in getattr(transcript.events[2], "text", "")
    assert only(transcript) == Damage(
        1, f"the file was saved again as {name}, and is read as that", "encoding", lost=False
    )


def test_a_bad_character_in_utf_16_costs_its_line_alone(write: Write) -> None:
    wide = [line.decode().encode("utf-16-le") for line in LINES]
    wide[6] = wide[6].replace("half".encode("utf-16-le"), b"\x00\xd8a\x00")
    transcript = write(b"\xff\xfe", *wide)
    assert seqs(transcript) == [1, 2, 3, 4, 5, 7, 8, 9, 10]
    assert [one.line for one in transcript.damage if one.lost] == [7]


def test_line_ends_of_other_systems_change_nothing(write: Write) -> None:
    transcript = write(b"".join(LINES).replace(b"\n", b"\r\n"), b"\r\n", b"  \n")
    assert transcript.events == EVENTS
    assert transcript.damage == ()


def test_a_line_too_long_to_be_held_is_passed_over(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lines, "LONGEST_LINE", len(LINES[0]) + 1)
    transcript = write(*LINES, draft(11, "y" * 40_000), draft(12))
    assert seqs(transcript) == [*EVERY, 12]
    assert only(transcript) == Damage(12, "it is longer than any event can be, and was passed over")
    assert transcript.intact == transcript.path.stat().st_size


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG picture, not an interviewer transcript"),
        (b"PK\x03\x04" + bytes(99), "a ZIP archive or an Office document, not"),
        (b"SQLite format 3\x00" + bytes(99), "an SQLite database, not"),
        (b"%PDF-1.7\n", "a PDF document, not"),
        (bytes(5000), "not an interviewer transcript"),
        (b"1\n" * 5000, "not an interviewer transcript"),
        (LINES[0][:300], "header, without which nothing can be shown, is cut off in the middle. No event"),
        (LINES[0][:300] + b"\n" + LINES[1], "is damaged. 1 event in it is still whole"),
        (LINES[0].replace(b'"seed":7', b'"seed":-7') + LINES[1] + LINES[2], "damaged at seed.*2 events in it are"),
        (b"".join(LINES[1:]), "header, without which nothing can be shown, is lost. 10 events in it"),
        (LINES[0].replace(b'"schema_version":2', b'"schema_version":3'), "written by a later version.*Upgrade"),
        (LINES[0].replace(b'"schema_version":2', b'"schema_version":"2"'), "damaged at schema_version"),
        (LINES[0].replace(b'"schema_version":2', b'"schema_version":0'), "damaged at schema_version"),
    ],
)
def test_of_what_cannot_be_shown_one_sentence_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    for reading in (read, read_header):
        with pytest.raises(TranscriptError, match=message) as told_of:
            reading(path)
        assert str(path) in str(told_of.value)
        assert "\n" not in str(told_of.value)


def test_a_folder_a_pipe_and_a_missing_file_are_refused_and_nothing_hangs(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, message in (
        (tmp_path, "folder"),
        (pipe, "pipe"),
        (Path("/dev/null"), "device"),
        (tmp_path / "no", "No such"),
    ):
        with pytest.raises(TranscriptError, match=message):
            read(path)
    with pytest.raises(TranscriptError, match="null byte"):
        read(Path("a\0b"))


def test_several_kinds_of_damage_are_one_sentence_with_what_is_lost_first(write: Write) -> None:
    transcript = write(LINES[0], LINES[2], LINES[1], LINES[1], b"?\n", b"?\n", *LINES[6:-1], LINES[-1][:-4])
    assert told(transcript.damage) == (
        "This transcript is damaged (2 lines cannot be read; line 7: events 3 to 5 are missing before it; "
        "line 11: the last line was cut off in the middle; line 3: event 1 stands after event 2; line 4: event 1 once "
        "more); everything else is shown."
    )


def test_memory_is_searched_for_garbage_again_after_a_read(write: Write, tmp_path: Path) -> None:
    assert gc.isenabled()
    write(*LINES)
    with pytest.raises(TranscriptError):
        read(tmp_path / "none")
    assert gc.isenabled()
