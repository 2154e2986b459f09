"""Killed without warning at any moment, an interview keeps every acknowledged event and can be resumed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from interviewer.interview.state import fold
from interviewer.transcript.store import read

ANSWERS = "\n---\n".join(
    f"In year {number} I rebuilt part {number} of the billing system because it was slow. "
    f"It took {number + 2} weeks, and I measured {number * 7 + 3} percent fewer errors afterwards."
    for number in range(60)
)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "interviewer", *arguments]


def run_and_kill(arguments: list[str], moment: float, environment: dict[str, str]) -> str:
    """Runs until `moment` seconds have passed, kills it, and returns what it printed until then."""
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        killer = threading.Timer(moment, lambda: os.kill(process.pid, signal.SIGKILL))
        killer.start()
        assert process.stdout is not None
        printed = process.stdout.read()
        process.wait()
        killer.cancel()
    return printed


@pytest.mark.timeout(280)
@pytest.mark.parametrize("part", range(4))
def test_no_acknowledged_event_is_lost_and_every_interview_resumes(tmp_path: Path, part: int) -> None:
    """50 kills in each of four parts, at random moments between start and end."""
    answers = tmp_path / "answers.txt"
    answers.write_text(ANSWERS)
    environment = os.environ | {"INTERVIEWER_TRANSCRIPTS": str(tmp_path), "INTERVIEWER_CONFIG_DIR": str(tmp_path)}
    begin = command(
        "interview", "seed-founder", "--plain", "--answers", str(answers), "--seed", str(part), "--minutes", "30"
    )
    chance = random.Random(part)
    started = time.monotonic()
    finished = subprocess.run(begin, capture_output=True, text=True, env=environment, check=True)
    whole = time.monotonic() - started
    assert "Verdict" in finished.stdout or "verdict" in finished.stdout
    kills = 0
    while kills < 50:
        before = set(tmp_path.glob("*.jsonl"))
        arguments = begin
        printed = run_and_kill(arguments, chance.uniform(0.3, 1.0) * whole, environment)
        kills += 1
        new = set(tmp_path.glob("*.jsonl")) - before
        if not new:
            continue  # killed before the interview had begun
        (path,) = new
        while True:
            size = path.stat().st_size
            if size == 0 or b"\n" not in path.read_bytes():
                path.unlink()  # killed before the header was acknowledged: nothing was said yet
                break
            transcript = read(path)
            state = fold(transcript.header, transcript.events)
            said = {event.text for event in transcript.events if event.type == "turn"}
            shown = [text for text in printed.split("\n\n") if text.startswith("Joss Abara")]
            for turn in shown[:-1]:  # the last one may be cut off in the middle
                words = turn.split(":\n", 1)[1].strip()
                assert words in said, "something was shown that is not in the transcript"
            if state.scorecard is not None:
                break
            kept = path.read_bytes()[: transcript.intact]
            resume = command("resume", str(path), "--plain", "--answers", str(answers))
            if kills < 50 and chance.random() < 0.5:
                printed = run_and_kill(resume, chance.uniform(0.3, 1.0) * whole, environment)
                kills += 1
            else:
                done = subprocess.run(resume, capture_output=True, text=True, env=environment, check=False)
                assert done.returncode == 0, done.stderr
                printed = done.stdout
                final = read(path)
                assert fold(final.header, final.events).scorecard is not None
            assert path.read_bytes()[: len(kept)] == kept, "something acknowledged was rewritten"
