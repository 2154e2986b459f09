"""`interviewer transcripts`: the list, and what can be done with what is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.cli import TRANSCRIPT, USAGE, main
from interviewer.transcript import archive, removal
from tests.transcript.made import branch, transcript


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four transcripts of one's own, and a sample."""
    mine = tmp_path / "mine"
    transcript(mine, "left", day=1, seconds=754.0)
    transcript(mine, "good", verdict="strong-yes", share=0.81, day=3, dollars="0.42")
    transcript(mine, "bad", verdict="strong-no", share=0.12, day=2, persona="panel")
    branch(mine, "again", "good", answer=3, day=5)
    transcript(tmp_path / "shipped", "sample", verdict="yes", share=0.6)
    for module in (archive, removal):
        monkeypatch.setattr(module, "samples_folder", lambda: tmp_path / "shipped")
    monkeypatch.setenv("INTERVIEWER_TRANSCRIPTS", str(mine))
    return mine


def listed(capsys: pytest.CaptureFixture[str], *flags: str) -> list[str]:
    """The ids that are listed, in order."""
    capsys.readouterr()
    assert main(["transcripts", "--json", *flags]) == 0
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


@pytest.mark.usefixtures("folder")
def test_the_list_can_be_narrowed_and_put_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    main(["transcripts", "tag", "bad", "+hard"])
    for flags, expected in {
        "": "again left good bad",
        "--sort share": "again left good bad",
        "--sort verdict --persona panel": "bad",
        "--sort persona": "again left good bad",
        "--unfinished": "again left",
        "--verdict strong-no": "bad",
        "--tag #Hard": "bad",
        "--filter strong": "good bad",
        "--filter nobody": "",
        "--tree": "left good again bad",
        "--samples": "sample",
        "--deleted": "",
    }.items():
        assert " ".join(listed(capsys, *flags.split())) == expected, flags


@pytest.mark.usefixtures("folder")
def test_the_list_as_text_tells_where_branches_leave(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcripts", "--tree"]) == 0
    text = capsys.readouterr().out
    assert "strong yes    81%  The founder" in text
    assert "again  branch of good at answer 2 (00:" in text and "gone" not in text
    assert "Language models in all: $0.42 for 1 finished interviews." in text
    main(["transcripts", "--samples"])
    assert "made by the offline engine" in capsys.readouterr().out
    main(["transcripts", "--filter", "nobody"])
    assert capsys.readouterr().out == "No transcript is like that.\n"


def test_titles_tags_and_notes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--transcripts", str(folder)]
    assert main(["transcripts", "rename", "good", "My [red]\x1b[31m best", *where]) == 0
    assert main(["transcripts", "tag", "good", "+Founder", "+second-try", *where]) == 0
    assert main(["transcripts", *where, "tag", "good", "-second-try", "+third"]) == 0
    assert main(["transcripts", "note", "good", "Line one.\nLine two."]) == 0
    capsys.readouterr()
    main(["transcripts"])
    text = capsys.readouterr().out
    assert "My [red] best (The founder)  #founder  #third" in text
    assert "    | Line one.\n    | Line two.\n" in text
    for wrong in (["tag", "good"], ["tag", "good", "plain"], ["tag", "good", "+"], ["rename", "good", "t" * 999]):
        assert main(["transcripts", *wrong]) == USAGE, wrong
    assert main(["transcripts", "--tag", "#"]) == USAGE
    assert main(["transcripts", "note", "nobody", "x"]) == TRANSCRIPT
    assert "good" in listed(capsys, "--filter", "line third")


def test_deleting_restoring_and_purging(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "good.jsonl").read_bytes()
    assert main(["transcripts", "delete", "good", "nobody", "sample", "left"]) == TRANSCRIPT
    told = capsys.readouterr()
    assert "restore good" in told.out and "restore left" in told.out
    assert "nobody: no such transcript" in told.err and "comes with interviewer" in told.err
    assert listed(capsys) == ["again", "bad"]
    assert set(listed(capsys, "--deleted")) == {"good", "left"}
    main(["transcripts", "--tree"])
    assert "branch of good at answer 2 (00:" in (text := capsys.readouterr().out) and "parent is gone" in text
    assert main(["transcripts", "restore", "good"]) == 0
    assert (folder / "good.jsonl").read_bytes() == before
    assert main(["transcripts", "restore", "good"]) == TRANSCRIPT
    assert main(["transcripts", "purge"]) == USAGE, "nobody can be asked"
    assert listed(capsys, "--deleted") == ["left"]
    assert main(["transcripts", "purge", "--yes"]) == 0
    assert listed(capsys, "--deleted") == []
    assert main(["transcripts", "restore", "left"]) == TRANSCRIPT


def test_an_empty_folder_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for flags in ([], ["--deleted"], ["purge"]):
        assert main(["transcripts", *flags, "--transcripts", str(tmp_path / "none")]) == 0
    text = capsys.readouterr().out
    assert "Begin one with: interviewer" in text and "--samples" in text and text.count("was deleted") == 2
    assert not (tmp_path / "none").exists(), "looking makes nothing"
