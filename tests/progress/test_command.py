"""`interviewer progress`: text that fits any terminal, JSON for programs, and something to say about nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from interviewer.cli import main
from interviewer.cli.page import Page
from interviewer.cli.progress import show
from tests.progress.invented import gap, interview, measure, question, report
from tests.progress.kept import copied


def text(*interviews: object, width: int = 80) -> str:
    out = io.StringIO()
    show(Page(out, width), report(*interviews))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_an_interview_that_was_held_is_told_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied(tmp_path / "t", "series-b-panel-mixed", "2026-03-02", "one")
    assert main(["progress", "--json", "--transcripts", str(tmp_path / "t")]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["version"] == 1 and data["interviews"][0]["id"] == "one"
    assert data["criteria"][0]["levels_moved"] is None and data["criteria"][0]["comparable"] == 1
    assert data["criteria"][0]["measure"]["coached"] is False
    assert data["next_session"]["persona"] == "series-b-panel"
    assert data["next_session"]["questions"] and data["next_session"]["reasons"]
    assert data["questions"] and all(one["is_due"] for one in data["questions"])


def test_nothing_at_all_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "--transcripts", str(tmp_path / "none")]) == 0
    shown = capsys.readouterr().out
    assert "No interview is finished yet." in shown and "Begin with: interviewer" in shown


def test_what_cannot_be_read_is_told_beside_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "odd.jsonl").write_text("nothing\n", encoding="utf-8")
    assert main(["progress", "--json", "--transcripts", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "odd.jsonl" in told.err and json.loads(told.out)["problems"]


def test_a_branch_is_called_practice() -> None:
    shown = text(interview(0, {"result": 0.2}), interview(1, {"result": 0.9}, came="branch", parent="interview-0"))
    assert "1 branch, counted as practice and not as interviews." in " ".join(shown.split())
    assert "too early (1)" in shown


def test_the_page_fits_a_narrow_terminal_but_for_the_command_to_copy() -> None:
    asked = question("q3", 0.1, gaps=(gap("point:x"),), asked_for={"quantify": 1})
    interviews = [interview(0, {"result": 0.9}, asked, measured=measure(rubric_version=9))]
    interviews += [interview(day, {"result": day / 9, "ownership": 0.2}, asked) for day in (1, 2, 3)]
    for width in (40, 80):
        lines = text(*interviews, width=width).splitlines()
        assert max(len(line) for line in lines if not line.startswith("interviewer interview")) <= width
        whole = " ".join(" ".join(lines).split())
        for words in (
            "rubric version 9, now 1",
            "Figures, left out",
            "in 4 of 4 interviews",
            "+0.7 over 3",
            "not SM-2",
        ):
            assert words in whole


def test_text_from_a_file_is_shown_and_not_acted_on() -> None:
    asked = question("q3", 0.1, text="Look\x1b]0;owned\x07 [red]here[/]?")
    assert "Look [red]here[/]?" in text(interview(0, {"result": 0.1}, asked))


def test_the_plan_ends_in_the_command_that_starts_it() -> None:
    shown = text(interview(0, {"result": 0.9}, question("q3", 0.1), question("q5", 0.1)))
    assert "\ninterviewer interview sample-persona --ask q3,q5\n" in shown
    assert "1 finished interview on 2 Mar 2026." in shown and "Too early" in shown
