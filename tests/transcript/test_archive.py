"""The list of transcripts: what it tells of each, what stands first, and how a name leads to one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from interviewer.interview.state import fold
from interviewer.transcript import entries as module
from interviewer.transcript.archive import find, listing, samples, samples_folder
from interviewer.transcript.branches import branch_point
from interviewer.transcript.entries import read_entry
from interviewer.transcript.events import Branched, Imported
from interviewer.transcript.labels import LABELS, change_label, titled
from interviewer.transcript.store import TranscriptError, read
from tests.transcript.made import branch, transcript


def test_an_entry_tells_what_its_transcript_holds(tmp_path: Path) -> None:
    path = transcript(tmp_path, "one", verdict="yes", share=0.66, seconds=900.0, dollars="0.0123")
    change_label(tmp_path, "one", lambda label: titled(label, "Mine"))
    (entry,), broken = listing(tmp_path)
    assert not broken
    assert (entry.id, entry.persona, entry.persona_title, entry.title) == ("one", "founder", "The founder", "Mine")
    assert (entry.verdict, entry.share, entry.seconds, entry.closed) == ("yes", 0.66, 900.0, True)
    assert (entry.dollars, entry.engine, entry.model, entry.origin) == (Decimal("0.0123"), "offline", None, None)
    assert not entry.sample and not entry.unfinished
    assert read_entry(path).title == "The founder", "without its label"


def test_every_sample_is_listed_as_it_folds() -> None:
    shipped = samples(Path("none"))
    assert len(shipped) >= 3
    for entry in shipped:
        recorded = read(entry.path)
        card = fold(recorded.header, recorded.events).scorecard
        assert card is not None
        assert (entry.verdict, entry.share, entry.dollars) == (card.verdict, card.share, None)
        assert entry.seconds == recorded.events[-1].clock
        assert (entry.id, entry.persona_title) == (recorded.header.id, recorded.header.persona.title)
        assert entry.sample and entry.engine == "offline"


def test_origin_and_goodbye_are_seen(tmp_path: Path) -> None:
    transcript(tmp_path, "brought", origin=Imported(file="call.vtt", form="captions"), closed=True)
    branch(tmp_path, "again", "brought")
    by_id = {entry.id: entry for entry in listing(tmp_path)[0]}
    assert by_id["brought"].origin == Imported(file="call.vtt", form="captions")
    assert by_id["brought"].closed and by_id["brought"].unfinished and by_id["brought"].parent is None
    assert by_id["again"].parent == "brought" and not by_id["again"].closed


@pytest.mark.parametrize("beginning", [64, 2048])
def test_the_quick_way_and_the_thorough_way_tell_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: int
) -> None:
    path = transcript(tmp_path, "one", verdict="no", share=0.31, dollars="1.5")
    quick = read_entry(path)
    monkeypatch.setattr(module, "_BEGINNING", beginning)
    assert read_entry(path) == quick
    monkeypatch.setattr(module, "_HEAD", 100)
    assert read_entry(path) == quick
    spaced = path.read_text().replace('":', '": ').replace(',"', ', "')
    path.write_text(spaced)
    assert read_entry(path) == quick


def test_words_of_the_candidate_are_never_taken_for_events(tmp_path: Path) -> None:
    path = transcript(tmp_path, "one", answers=1)
    text = path.read_text()
    fake = r"{\"seq\":9,\"clock\":7,\"type\":\"finished\",\"scorecard\":{\"verdict\":\"yes\"}}\n"
    path.write_text(text.replace("Answer 2.", fake + r"\"move\":{\"kind\":\"close\""))
    entry = read_entry(path)
    assert entry.unfinished and not entry.closed


@pytest.mark.parametrize("cut", [1, 5, 40, 300])
def test_a_torn_last_line_does_not_count(tmp_path: Path, cut: int) -> None:
    path = transcript(tmp_path, "one", verdict="yes", share=0.5)
    path.write_bytes(path.read_bytes()[:-cut])
    entry = read_entry(path)
    assert entry.unfinished and entry.closed and entry.seconds == 60.0


def test_what_cannot_be_listed_is_told_of_and_the_rest_is_there(tmp_path: Path) -> None:
    transcript(tmp_path, "one")
    (tmp_path / "noise.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "runs").mkdir()
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / LABELS).write_text("damaged")
    later = transcript(tmp_path, "later").read_text().replace('"schema_version":2', '"schema_version":99', 1)
    (tmp_path / "later.jsonl").write_text(later)
    entries, broken = listing(tmp_path)
    assert [entry.id for entry in entries] == ["one"]
    assert {item.path.name for item in broken} == {"noise.jsonl", "empty.jsonl", "later.jsonl", LABELS}
    assert any("written by a later version" in item.problem for item in broken)


def test_a_sample_is_found_by_its_id_and_its_name_but_ones_own_come_first(tmp_path: Path) -> None:
    shipped = samples_folder() / "seed-founder-strong.jsonl"
    assert find(tmp_path, "seed-founder-strong") == shipped
    assert find(tmp_path, "sample-seed-founder-strong") == shipped
    own = transcript(tmp_path, "seed-founder-strong")
    assert find(tmp_path, "seed-founder-strong") == own
    with pytest.raises(TranscriptError, match=r"Samples: .*series-b-panel-mixed"):
        find(tmp_path, "nothing-like-it")


def test_a_whole_id_is_found_among_longer_ones(tmp_path: Path) -> None:
    wanted = transcript(tmp_path, "one").rename(tmp_path / "moved.jsonl")
    transcript(tmp_path, "one-two")
    assert find(tmp_path, "one") == wanted
    with pytest.raises(TranscriptError, match="fits 2 transcripts"):
        find(tmp_path, "on")


def test_where_a_branch_leaves_its_parent_is_told_in_answers_and_time(tmp_path: Path) -> None:
    origin = Branched(parent="one", answer=4)
    path = transcript(tmp_path, "again", origin=origin, answers=5, seconds=600.0)
    point = branch_point(path, origin)
    assert point is not None
    assert point.number == 3, "two of the candidate's answers stand before event 4"
    assert point.clock == 200.0
    damaged = path.read_bytes().split(b"\n")
    damaged[2] = b"\xff\x00"
    path.write_bytes(b"\n".join(damaged))
    assert branch_point(path, origin) is not None
    assert branch_point(tmp_path / "none.jsonl", origin) is None
