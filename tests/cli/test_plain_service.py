"""Plain mode with a model service that fails, costs too much or makes one wait: the whole program over real HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from interviewer.cli import main
from interviewer.interview.state import fold
from interviewer.library import Library
from interviewer.scorecard import Scorecard
from interviewer.transcript.events import Notice, Turn
from interviewer.transcript.store import read
from tests.loopback import KEY, Fault, Loopback
from tests.loopback import faults as planted
from tests.loopback.faults import fails, says

pytestmark = pytest.mark.usefixtures("service")

CANARY = "0123456789abcdef"
"""The heart of the key."""

ANSWERS = "\n---\n".join(
    [
        "In 2021 I rebuilt the matching service alone because it failed every Monday. It took 9 days.",
        "I chose a queue over a cron job, because retries were lost. The trade-off was 3 seconds at the median.",
        "We cut the budget by half and shipped the smaller version first. I wrote the test that would have caught it.",
        "/end",
    ]
)
RECITAL = "You own the words; the program around you owns the plan, the clock and the rules."
SAID_ONCE = "If it goes on, it is not said again."


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of the user's own, and answers to give."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INTERVIEWER_TRANSCRIPTS", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "answers.txt").write_text(ANSWERS)


@dataclass(frozen=True)
class Done:
    """What a command printed."""

    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the program. Nothing that it says or writes may hold the key."""

    def ran(*arguments: str) -> Done:
        code = main([*arguments, "--plain", "--answers", "answers.txt"])
        done = Done(*capfd.readouterr())
        assert code == 0, done.stderr
        written = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
        assert CANARY not in done.stdout + done.stderr + written
        return done

    return ran


INTERVIEW = ("interview", "seed-founder", "--seed", "5")


def kept(folder: Path) -> Path:
    (path,) = (folder / "kept").glob("*.jsonl")
    return path


FAULTS: dict[str, tuple[Fault, str]] = {
    "wrong key": (fails(401, message=f"Wrong key {KEY}"), "did not accept the key. Check ANTHROPIC_API_KEY."),
    "no quota": (fails(402), "there is no credit left. Add credit, or use another engine."),
    "unknown model": (fails(404, code="not_found_error", message="model: m"), "Choose another model."),
    "filter": (fails(400, message="Blocked by our content filter"), "Rephrase the answer, or use another engine."),
    "web page": (Fault("web-page"), "Check the base URL."),
    "refusal": (Fault("refused"), "The model declined to speak."),
    "empty": (planted.EMPTY, "could not be used. If that goes on, choose another model."),
    "blank": (planted.BLANK, "could not be used."),
    "wall": (planted.WALL, "could not be used."),
    "escape codes": (planted.ESCAPES, "could not be used."),
    "another language": (planted.OTHER_LANGUAGE, "could not be used."),
    "off schema": (planted.OFF_SCHEMA, "could not be used."),
}


@pytest.mark.parametrize(("fault", "told"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_once_in_a_sentence_and_the_interview_goes_on(
    server: Loopback, run: Run, tmp_path: Path, fault: Fault, told: str
) -> None:
    server.fault_for = lambda _: fault
    done = run(*INTERVIEW)
    assert done.stdout.count("The offline engine took this turn.") == 1
    (line,) = [line for line in done.stdout.splitlines() if SAID_ONCE in line]
    assert told in line
    assert "\x1b" not in done.stdout
    turns = [event for event in read(kept(tmp_path)).events if isinstance(event, Turn)]
    assert len(turns) > 4 and {turn.worded_by for turn in turns} == {"offline"}
    if fault.kind != "refused":
        assert re.search(r"^\w+ answers? could not be graded\.$", done.stderr, re.MULTILINE)
        assert f"interviewer resume {kept(tmp_path).stem} --plain" in done.stderr


def test_a_model_that_recites_its_prompt_is_cut_short(server: Loopback, run: Run) -> None:
    server.fault_for = lambda _: says(json.dumps({"move": "open", "speaker": "joss", "say": RECITAL}))
    done = run(*INTERVIEW)
    assert RECITAL[:60] not in done.stdout
    assert "What the model replied could not be used." in done.stdout


def test_what_a_model_may_ask_is_not_told_to_the_candidate(server: Loopback, run: Run, tmp_path: Path) -> None:
    """What is wrong with an illegal move names the legal ones, and those give away what a strong answer holds."""
    server.fault_for = lambda _: says(json.dumps({"answered": "answered", "move": "probe x", "say": "What?"}))
    done = run(*INTERVIEW)
    persona = Library.default().persona("seed-founder")
    banks = [Library.default().bank(name) for name in {name for part in persona.plan for name in part.banks}]
    hidden = {f"point:{point.id}" for bank in banks for one in bank.questions for point in one.key_points}
    notices = [event.text for event in read(kept(tmp_path)).events if isinstance(event, Notice)]
    assert notices and hidden
    assert not [text for text in (done.stdout, *notices) for one in hidden if one in text]


def test_it_stops_before_the_cost_limit_and_grades_later(server: Loopback, run: Run, tmp_path: Path) -> None:
    done = run(*INTERVIEW, "--max-cost", "0.08")
    path = kept(tmp_path)
    card = fold(read(path).header, read(path).events).scorecard
    assert card is not None and card.cost is not None
    assert 0 < card.cost.calls == server.billed
    assert 0 < card.cost.dollars < 0.08
    assert done.stdout.count("cost limit of $0.08") == 1
    assert f"${card.cost.dollars:.4f}" in done.stdout
    assert "not rated: grading failed" in done.stdout
    assert "could not be graded." in done.stderr and "cost limit" in done.stderr
    again = run("resume", path.stem, "--max-cost", "1")
    assert "grading failed" not in again.stdout and "could not be graded" not in again.stderr
    state = fold(read(path).header, read(path).events)
    assert "failed" not in {grade.status for grade in state.grades}
    assert state.scorecard is not None and state.scorecard.cost is not None
    assert state.scorecard.cost.calls == server.billed


def test_no_call_is_made_where_the_first_could_go_over_the_limit(server: Loopback, run: Run) -> None:
    run(*INTERVIEW, "--max-cost", "0.01")
    assert server.requests == []


@pytest.mark.parametrize("fault", [None, fails(401), planted.ESCAPES, Fault("filtered")])
def test_only_json_is_on_standard_output(server: Loopback, run: Run, tmp_path: Path, fault: Fault | None) -> None:
    server.fault_for = lambda _: fault
    done = run(*INTERVIEW, "--json")
    card = Scorecard.model_validate_json(done.stdout)
    assert card == fold(read(kept(tmp_path)).header, read(kept(tmp_path)).events).scorecard
    assert done.stderr.startswith("Engine: Anthropic at 127.0.0.1")
    assert ("took this turn" in done.stderr) == (fault is not None and fault.kind != "filtered")


PLAIN = [sys.executable, "-m", "interviewer"]


def test_an_interview_that_began_offline_says_so_before_anything_is_sent(server: Loopback) -> None:
    line = [*PLAIN, "interview", "seed-founder", "--plain", "--engine", "offline"]
    given = "I built a parser alone because the old one lost 3 rows in 100.\n.\n/quit\n"
    begun = subprocess.run(line, input=given, capture_output=True, text=True, timeout=60, check=False)
    assert begun.returncode == 130 and server.requests == []
    server.fault_for = lambda _: Fault("hang")  # nothing can be said after the first call
    process = subprocess.Popen([*PLAIN, "resume", "--plain"], **PIPES)
    assert process.stdin is not None
    process.stdin.write("And then I measured it.\n.\n")
    process.stdin.flush()
    until(lambda: bool(server.requests))
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    engine, began, *_ = told.splitlines()
    assert engine.startswith("Engine: Anthropic at 127.0.0.1")
    assert began.startswith("This interview began offline.") and "--engine offline" in began
    assert "Saved. Go on with: interviewer resume" in told and "Traceback" not in told


def test_a_wait_is_told_and_ctrl_c_ends_it_and_not_the_interview(server: Loopback) -> None:
    server.fault_for = lambda _: fails(503, retry_after="40")
    process = subprocess.Popen([*PLAIN, *INTERVIEW, "--plain", "--answers", "answers.txt"], **PIPES)
    assert process.stderr is not None
    process.stderr.readline()  # which engine
    told = process.stderr.readline()
    assert "is overloaded. Try again in a moment. Trying again in 40 s; Ctrl-C goes on without waiting." in told
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "The offline engine took this turn." in out and "Scorecard" in out


PIPES: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | {"text": True}


def until(reached: Callable[[], bool]) -> None:
    """Waits for something that another process does."""
    ends = time.monotonic() + 20
    while not reached():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(0.02)
