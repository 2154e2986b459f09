"""Killed without warning at any moment, an interview keeps every acknowledged event and can be resumed."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from interviewer.interview.state import fold
from interviewer.transcript.store import read
from tests.cli.forked import run

ANSWERS = "\n---\n".join(
    f"In year {number} I rebuilt part {number} of the billing system because it was slow. "
    f"It took {number + 2} weeks, and I measured {number * 7 + 3} percent fewer errors afterwards."
    for number in range(24)
)


def shown(printed: str) -> set[str]:
    """What the interviewer was heard to say, but for the last turn, which may be cut off in the middle."""
    turns = [text for text in printed.split("\n\n") if text.startswith("Joss Abara")]
    return {turn.split(":\n", 1)[1].strip() for turn in turns[:-1]}


@pytest.mark.timeout(280)
@pytest.mark.parametrize("part", range(4))
def test_no_acknowledged_event_is_lost_and_every_interview_resumes(tmp_path: Path, part: int) -> None:
    """50 kills in each of four parts, at random moments between start and end."""
    answers, output = tmp_path / "answers.txt", tmp_path / "printed.txt"
    answers.write_text(ANSWERS)
    environment = {
        "INTERVIEWER_TRANSCRIPTS": str(tmp_path),
        "INTERVIEWER_CONFIG_DIR": str(tmp_path),
        "INTERVIEWER_ENGINE": "offline",
    }
    script = ["--plain", "--answers", str(answers)]
    begin = ["interview", "seed-founder", *script, "--seed", str(part), "--minutes", "30"]
    chance = random.Random(part)
    run(begin, environment, output)  # the first one pays for what is made once
    started = time.monotonic()
    finished = run(begin, environment, output)
    whole = time.monotonic() - started
    assert finished.code == 0
    assert "Verdict" in finished.printed
    kills = cut = 0
    while kills < 50:
        before = set(tmp_path.glob("*.jsonl"))
        ended = run(begin, environment, output, chance.uniform(0.05, 1.0) * whole)
        kills += 1
        cut += ended.code == -signal.SIGKILL
        whole *= 1.0 if ended.code else 0.9  # the machine is quicker than it was: aim earlier
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
            assert shown(ended.printed) <= {event.text for event in transcript.events if event.type == "turn"}
            if state.scorecard is not None:
                break
            kept = path.read_bytes()[: transcript.intact]
            resume = ["resume", str(path), *script]
            if kills < 50 and chance.random() < 0.5:
                ended = run(resume, environment, output, chance.uniform(0.05, 1.0) * whole)
                kills += 1
                cut += ended.code == -signal.SIGKILL
                whole *= 1.0 if ended.code else 0.9
            else:
                ended = run(resume, environment, output)
                assert ended.code == 0, ended.printed
                final = read(path)
                assert fold(final.header, final.events).scorecard is not None
            assert path.read_bytes()[: len(kept)] == kept, "something acknowledged was rewritten"
    assert cut > 25, "too few were killed before they had ended"
