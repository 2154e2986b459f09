"""A fault of the program itself: a sentence and a file with the details, never a traceback, never a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.cli import FAULT, main
from interviewer.tui import failures

KEY = "sk-canary-4711"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A command that fails with a key in its message; returns where the details are kept."""

    def run(_: object) -> int:
        raise RuntimeError(f"the header was Bearer {KEY}")

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr("interviewer.cli.schema.run", run)
    monkeypatch.setattr(failures, "report_path", lambda: tmp_path / "last-failure.txt")
    return tmp_path / "last-failure.txt"


def test_a_fault_of_ours_is_told_in_a_sentence(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "persona"]) == FAULT
    told = capsys.readouterr().err
    assert "Something went wrong while running this command (RuntimeError)." in told
    assert str(broken) in told
    assert "Traceback" not in told


def test_the_details_hold_no_key(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema", "persona"])
    details = broken.read_text()
    assert "Traceback" in details
    assert "Bearer [key]" in details
    assert KEY not in details + capsys.readouterr().err
