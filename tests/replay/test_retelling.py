"""`interviewer replay --plain`: the interview on standard output, in its own time or at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from interviewer.cli import main
from interviewer.cli.retelling import retell
from interviewer.replay.player import LONGEST_SILENCE
from interviewer.replay.reel import open_reel
from tests.replay.test_timeline import SAMPLES

STRONG = next(path for path in SAMPLES if path.stem == "seed-founder-strong")


def told(
    speed: float = 0, *, shortened: bool = False, first: float = 0, last: float | None = None
) -> tuple[str, list[float]]:
    """What was printed, and the seconds that were waited in between."""
    out, waits = io.StringIO(), list[float]()
    retell(open_reel(STRONG), out, waits.append, speed=speed, shortened=shortened, first=first, last=last)
    return out.getvalue(), waits


def test_at_once_it_prints_everything_with_grades_and_the_verdict() -> None:
    text, waits = told()
    reel = open_reel(STRONG)
    assert waits == []
    assert text.count("Candidate") == len(reel.timeline.answers)
    for number, asked in enumerate(reel.timeline.questions, 1):
        assert f"Question {number}: {asked.share:.0%}" in text
    assert text.index("Question 1:") < text.index("Question 2:") < text.index("Verdict: ")
    assert text.count("Follow-up (") == len(reel.timeline.follow_ups)


def test_it_takes_as_long_as_it_took_or_a_share_of_that() -> None:
    length = open_reel(STRONG).timeline.seconds
    for speed in (1.0, 16.0):
        text, waits = told(speed)
        assert text == told()[0], "the same words, at whatever speed"
        assert sum(waits) == pytest.approx((length - open_reel(STRONG).timeline.clocks[0]) / speed)
    _, cut = told(2.0, shortened=True)
    assert max(cut) == LONGEST_SILENCE / 2


def test_a_stretch_of_it_can_be_asked_for() -> None:
    text, _ = told(first=90, last=150)
    assert "Question 1:" not in text and "Verdict" not in text
    times = [line[1:6] for line in text.splitlines() if line.startswith("[")]
    assert times and min(times) >= "01:30" and max(times) <= "02:30"


def test_the_command_prints_for_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(STRONG), "--plain", "--speed", "0"]) == 0
    shown = capsys.readouterr()
    assert shown.out == told()[0] and shown.err == ""


def test_without_a_terminal_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(STRONG)]) == 2
    assert "--plain" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--speed", "99"], "0.5 to 16"), (["--speed", "fast"], "0.5 to 16"), (["--from", "noon"], "12:30")],
)
def test_wrong_speeds_and_times_are_refused(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["replay", str(STRONG), "--plain", *words])
    assert stopped.value.code == 2 and said in capsys.readouterr().err


def test_who_interrupts_it_gets_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupted)
    assert main(["replay", str(STRONG), "--plain"]) == 130


def test_damage_and_a_missing_verdict_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(STRONG.read_bytes()[:-100])
    assert main(["replay", str(torn), "--plain", "--speed", "0"]) == 0
    shown = capsys.readouterr()
    assert "This interview is not finished" in shown.out
    assert "damaged" in shown.err and len(shown.err.splitlines()) == 1
    assert main(["replay", str(tmp_path / "none.jsonl"), "--plain"]) == 3
