"""What is deleted can be brought back whole, and only a purge destroys."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.transcript.archive import listing, samples_folder
from interviewer.transcript.labels import change_label, read_labels, titled
from interviewer.transcript.removal import DELETED, delete, deleted, find_deleted, purge, restore
from interviewer.transcript.runs import runs_path
from interviewer.transcript.selection import tree
from interviewer.transcript.store import TranscriptError, TranscriptWriter
from tests.transcript.made import branch, transcript


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but locks, with what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def test_undo_brings_everything_back_byte_for_byte(tmp_path: Path) -> None:
    path = transcript(tmp_path, "one", verdict="yes", share=0.5)
    transcript(tmp_path, "two")
    runs = runs_path(tmp_path, "one")
    runs.parent.mkdir()
    runs.write_bytes(b'{"a run": 1}\n')
    change_label(tmp_path, "one", lambda label: titled(label, "Mine"))
    before = contents(tmp_path)
    gone = delete(tmp_path, path)
    assert gone.title == "Mine"
    assert [entry.id for entry in listing(tmp_path)[0]] == ["two"]
    assert not path.exists() and not runs.exists()
    ((found,), broken) = deleted(tmp_path)
    assert (found, broken) == (gone, ())
    assert restore(tmp_path, found) == path
    assert contents(tmp_path) == before
    assert listing(tmp_path)[0][1].title == "Mine"
    assert deleted(tmp_path) == ((), ())


def test_the_same_name_can_be_deleted_again_and_the_latest_comes_back(tmp_path: Path) -> None:
    delete(tmp_path, transcript(tmp_path, "one", day=1))
    delete(tmp_path, transcript(tmp_path, "one", day=2))
    assert len(deleted(tmp_path)[0]) == 2
    restore(tmp_path, find_deleted(tmp_path, "one"))
    assert listing(tmp_path)[0][0].created.day == 8
    with pytest.raises(TranscriptError, match="exists again"):
        restore(tmp_path, find_deleted(tmp_path, "one"))
    assert len(deleted(tmp_path)[0]) == 1, "and still can be"


def test_a_name_that_fits_nothing_or_too_much_is_told(tmp_path: Path) -> None:
    for name in ("one", "onto"):
        delete(tmp_path, transcript(tmp_path, name))
    with pytest.raises(TranscriptError, match="fits 2"):
        find_deleted(tmp_path, "on")
    with pytest.raises(TranscriptError, match=r"There are: onto, one|There are: one, onto"):
        find_deleted(tmp_path, "three")
    assert find_deleted(tmp_path, "ont").name == "onto"


def test_an_interview_that_is_being_held_is_not_deleted(tmp_path: Path) -> None:
    path = transcript(tmp_path, "one")
    writer, _ = TranscriptWriter.reopen(path)
    with writer, pytest.raises(TranscriptError, match="being held"):
        delete(tmp_path, path)
    assert path.exists() and not (tmp_path / DELETED).exists()
    program = (
        "import sys, pathlib\nfrom interviewer.transcript.store import TranscriptWriter\n"
        f"held = TranscriptWriter.reopen(pathlib.Path({str(path)!r}))\nprint('held', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(TranscriptError, match="being held"):
            delete(tmp_path, path)
        other.communicate("")
    delete(tmp_path, path)
    assert not path.exists()


def test_what_is_not_ours_is_not_deleted(tmp_path: Path) -> None:
    shipped = samples_folder() / "seed-founder-strong.jsonl"
    with pytest.raises(TranscriptError, match="sample comes with"):
        delete(tmp_path, shipped)
    with pytest.raises(TranscriptError, match="sample comes with"):
        delete(shipped.parent, shipped)
    (tmp_path / "mine").mkdir()
    for path in (transcript(tmp_path, "outside"), tmp_path / "mine" / "labels.json"):
        with pytest.raises(TranscriptError, match="no transcript in"):
            delete(tmp_path / "mine", path)
    assert shipped.exists() and (tmp_path / "outside.jsonl").exists()


def test_branches_of_what_is_deleted_stay_and_say_so(tmp_path: Path) -> None:
    path = transcript(tmp_path, "one", verdict="yes")
    branch(tmp_path, "again", "one")
    entries = listing(tmp_path)[0]
    assert [leaf.gone for leaf in tree(entries, entries)] == [False, False]
    delete(tmp_path, path)
    entries = listing(tmp_path)[0]
    assert [(leaf.entry.id, leaf.gone) for leaf in tree(entries, entries)] == [("again", True)]


def test_a_file_that_cannot_be_read_can_be_deleted_and_restored(tmp_path: Path) -> None:
    path = tmp_path / "noise.jsonl"
    path.write_bytes(b"noise")
    gone = delete(tmp_path, path)
    assert (gone.id, gone.entry) == ("noise", None)
    assert restore(tmp_path, find_deleted(tmp_path, "noise")).read_bytes() == b"noise"


def test_an_id_that_leads_elsewhere_moves_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    path = transcript(folder, "one")
    outside = tmp_path / "outside.jsonl"
    outside.write_text("not mine")
    (folder / "runs").mkdir()
    path.write_text(path.read_text().replace('"id":"one"', '"id":"../../outside"', 1))
    delete(folder, path)
    assert outside.read_text() == "not mine"


def test_runs_stay_with_a_copy_that_has_the_same_id(tmp_path: Path) -> None:
    path = transcript(tmp_path, "one")
    (tmp_path / "copy.jsonl").write_bytes(path.read_bytes())
    runs = runs_path(tmp_path, "one")
    runs.parent.mkdir()
    runs.write_bytes(b"{}\n")
    delete(tmp_path, path)
    assert runs.exists()
    delete(tmp_path, tmp_path / "copy.jsonl")
    assert not runs.exists()


def test_only_a_purge_destroys_and_it_takes_the_labels_along(tmp_path: Path) -> None:
    for name in ("one", "two"):
        transcript(tmp_path, name)
        change_label(tmp_path, name, lambda label: titled(label, "Mine"))
    delete(tmp_path, tmp_path / "one.jsonl")
    assert set(read_labels(tmp_path).by_name) == {"one", "two"}
    assert purge(tmp_path) == 1
    assert set(read_labels(tmp_path).by_name) == {"two"}
    assert deleted(tmp_path) == ((), ())
    assert [entry.id for entry in listing(tmp_path)[0]] == ["two"]
    assert purge(tmp_path) == 0


def test_a_damaged_record_is_told_of_and_leads_nowhere(tmp_path: Path) -> None:
    gone = delete(tmp_path, transcript(tmp_path, "one"))
    record = gone.place / "record.json"
    whole = record.read_text()
    for bad in ("", "[]", whole.replace('"one"', '"../one"'), whole.replace("+00:00", "")):
        record.write_text(bad)
        found, broken = deleted(tmp_path)
        assert not found and "by hand" in broken[0].problem
    assert (gone.place / "transcript.jsonl").exists()
