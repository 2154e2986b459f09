"""Titles, tags and notes: kept beside the transcripts, bounded and clean, and never lost."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from interviewer.transcript import labels as module
from interviewer.transcript.labels import (
    BLANK,
    LABELS,
    LONGEST_NOTE,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    Label,
    LabelError,
    as_tag,
    change_label,
    forget_labels,
    noted,
    read_labels,
    tagged,
    titled,
)
from interviewer.transcript.store import TranscriptError


def test_what_stands_on_a_transcript_is_read_back_and_taken_away_again(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    assert change_label(tmp_path, "one", lambda label: titled(label, "  Second\ttry ")) is None
    change_label(tmp_path, "one", lambda label: tagged(label, ["Founder", "#Série A", "+founder"]))
    change_label(tmp_path, "one", lambda label: noted(label, "Line one.\r\nLine two.\n"))
    found = read_labels(tmp_path)
    assert found.of(path) == Label("Second try", ("founder", "série-a"), "Line one.\nLine two.")
    assert found.of(tmp_path / "other.jsonl") == BLANK
    assert found.problem is None
    assert (tmp_path / LABELS).stat().st_mode & 0o777 == 0o600
    for change in (lambda label: titled(label, ""), lambda label: tagged(label, (), label.tags)):
        change_label(tmp_path, "one", change)
    change_label(tmp_path, "one", lambda label: noted(label, " "))
    assert json.loads((tmp_path / LABELS).read_text())["labels"] == {}


def test_text_from_outside_is_cleaned_and_bounded() -> None:
    assert titled(BLANK, "\x1b[31mRed\x1b[0m\u202e [b]title[/b]\n").title == "Red [b]title[/b]"
    assert noted(BLANK, "a\x1b]8;;http://x\x07b\x00").note == "ab"
    assert as_tag("  Two words, ") == "two-words"
    for change in (
        lambda: titled(BLANK, "t" * (LONGEST_TITLE + 1)),
        lambda: noted(BLANK, "n" * (LONGEST_NOTE + 1)),
        lambda: as_tag("g" * (LONGEST_TAG + 1)),
        lambda: as_tag("#+ -"),
        lambda: tagged(BLANK, [f"tag{number}" for number in range(MOST_TAGS + 1)]),
    ):
        with pytest.raises(LabelError):
            change()


def test_changes_of_several_at_once_are_all_kept(tmp_path: Path) -> None:
    def write(writer: int) -> None:
        for number in range(6):
            change_label(tmp_path, f"t{writer}-{number}", lambda label: titled(label, "Kept"))
            change_label(tmp_path, "shared", lambda label: tagged(label, [f"w{writer}"]))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = read_labels(tmp_path).by_name
    assert len(found) == 4 * 6 + 1
    assert set(found["shared"].tags) == {"w0", "w1", "w2", "w3"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff not json",
        b"[" * 100_000,
        b"[]",
        b'{"labels": 3}',
        b'{"schema_version": 1, "labels": {"good": {"title": "Good", "tags": [], "note": ""}, "bad": 7}}',
        b'{"schema_version": 1, "labels": {"bad": {"title": "T", "tags": ["a"], "note": "", "more": 1}}}',
        b'{"schema_version": 1, "labels": {"bad": {"title": "' + b"t" * 500 + b'", "tags": [], "note": ""}}}',
    ],
)
def test_a_damaged_file_is_told_of_and_set_aside_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / LABELS
    path.write_bytes(content)
    found = read_labels(tmp_path)
    assert found.problem is not None and str(path) in found.problem
    assert path.read_bytes() == content, "reading changes nothing"
    notice = change_label(tmp_path, "new", lambda label: titled(label, "New"))
    assert notice is not None and "labels.damaged-1.json" in notice
    assert (tmp_path / "labels.damaged-1.json").read_bytes() == content
    again = read_labels(tmp_path)
    assert again.problem is None
    assert again.by_name["new"].title == "New"
    assert ("good" in again.by_name) == (b'"good"' in content)
    path.write_bytes(b"damaged again")
    change_label(tmp_path, "new", lambda label: titled(label, "New"))
    assert (tmp_path / "labels.damaged-2.json").read_bytes() == b"damaged again"


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / LABELS
    path.write_text('{"schema_version": 2, "labels": {}}')
    assert "later version" in (read_labels(tmp_path).problem or "")
    with pytest.raises(TranscriptError, match="Upgrade"):
        change_label(tmp_path, "one", lambda label: titled(label, "New"))
    assert path.read_text() == '{"schema_version": 2, "labels": {}}'


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change_label(tmp_path, "one", lambda label: titled(label, "Old"))

    def full(path: Path, _: bytes) -> None:
        raise TranscriptError(f"{path}: the disk is full.")

    monkeypatch.setattr(module, "replace_file", full)
    with pytest.raises(TranscriptError, match="full"):
        change_label(tmp_path, "one", lambda label: titled(label, "New"))
    assert read_labels(tmp_path).by_name["one"].title == "Old"


def test_a_change_that_is_refused_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(LabelError):
        change_label(tmp_path, "one", lambda label: titled(label, "t" * 1000))
    assert not (tmp_path / LABELS).exists()


def test_labels_of_what_is_gone_for_good_are_forgotten(tmp_path: Path) -> None:
    for name in ("one", "two"):
        change_label(tmp_path, name, lambda label: titled(label, "T"))
    forget_labels(tmp_path, ["one", "never"])
    assert set(read_labels(tmp_path).by_name) == {"two"}
