"""Plain mode: the whole interview on standard input and output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from interviewer.interview.state import fold
from interviewer.scorecard import Scorecard
from interviewer.transcript.store import read

SCRIPT = "\n---\n".join(
    [
        "I was a backend engineer for six years. In 2021 I moved to machine learning because our estimates were wrong "
        "by 40 minutes. I rebuilt the features alone in six weeks and the error fell to 14 minutes.",
        "I don't know.",
        "We chose Postgres over a vector store because we had only 20,000 documents, and I could explain each result.",
        "It broke once: a supplier changed the format and we were blind for a day. I added schema checks after that.",
        "I would call three customers first, then ship rules by Friday, and cut the dashboard.",
        "How much runway do you have?",
        "No, that is all.",
    ]
    * 3
)


def run(
    folder: Path, *arguments: str, given: str | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd=folder,
        env=os.environ | {"INTERVIEWER_TRANSCRIPTS": str(folder / "kept"), "INTERVIEWER_CONFIG_DIR": str(folder)},
    )


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "answers.txt"
    path.write_text(SCRIPT)
    return path


@pytest.mark.parametrize("persona", ["seed-founder", "series-b-panel", "big-tech-bar-raiser"])
def test_the_same_seed_and_answers_give_the_same_interview(tmp_path: Path, script: Path, persona: str) -> None:
    arguments = ("interview", persona, "--plain", "--answers", str(script), "--seed", "5")
    first, second = run(tmp_path, *arguments), run(tmp_path, *arguments)
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    other = run(tmp_path, *arguments[:-1], "6")
    assert other.stdout != first.stdout


def test_json_prints_the_scorecard_and_nothing_else(tmp_path: Path, script: Path) -> None:
    done = run(tmp_path, "interview", "seed-founder", "--plain", "--answers", str(script), "--json", "--seed", "1")
    assert done.returncode == 0
    assert done.stderr == ""
    scorecard = Scorecard.model_validate(json.loads(done.stdout))
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    transcript = read(path)
    assert fold(transcript.header, transcript.events).scorecard == scorecard
    answers = {event.seq: event.text for event in transcript.events if event.type == "answer"}
    quotes = [evidence for result in scorecard.criteria for evidence in result.evidence]
    assert quotes
    for evidence in quotes:
        assert answers[evidence.event][evidence.start : evidence.end] == evidence.quote


def test_when_the_answers_run_out_the_interview_closes_properly(tmp_path: Path) -> None:
    done = run(tmp_path, "interview", "seed-founder", "--plain", "--seed", "2", given="I built things.\n.\n")
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    state = fold(read(path).header, read(path).events)
    assert state.closed
    assert state.scorecard is not None


def test_an_answer_may_hold_dots_and_several_lines(tmp_path: Path) -> None:
    run(tmp_path, "interview", "seed-founder", "--plain", given="first line\n..\nlast line\n.\n")
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    answer = next(event for event in read(path).events if event.type == "answer")
    assert answer.text == "first line\n.\nlast line"


def test_commands_steer_the_interview(tmp_path: Path) -> None:
    done = run(tmp_path, "interview", "seed-founder", "--plain", given="/hint\n/skip\n/pause\n/resume\n/retry\n/end\n")
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    actions = [event.action for event in read(path).events if event.type == "control"]
    assert actions[-1] == "end"
    assert {"skip", "pause", "resume"} <= set(actions)
    assert "One retry per answer." in done.stdout


def test_quit_leaves_the_interview_to_be_resumed_with_its_clock(tmp_path: Path) -> None:
    done = run(tmp_path, "interview", "seed-founder", "--plain", given="I built a parser.\n.\n/quit\n")
    assert done.returncode == 130
    assert "interviewer resume" in done.stderr
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    before = read(path)
    again = run(tmp_path, "resume", "--plain", given="/end\n")
    assert again.returncode == 0, again.stderr
    after = read(path)
    assert after.events[: len(before.events)] == before.events
    clocks = [event.clock for event in after.events]
    assert clocks == sorted(clocks)


def test_taken_up_again_it_shows_what_was_asked_last(tmp_path: Path) -> None:
    run(tmp_path, "interview", "seed-founder", "--plain", given="/quit\n")
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    last = fold(read(path).header, read(path).events).last
    assert last is not None
    again = run(tmp_path, "resume", "--plain", given="/end\n")
    assert again.stdout.startswith(f"\nJoss Abara (Founder and CEO):\n{last.text}\n")


def test_left_in_a_pause_it_goes_on_when_it_is_taken_up_again(tmp_path: Path) -> None:
    done = run(tmp_path, "interview", "seed-founder", "--plain", given="/pause\nnot heard\n.\n/quit\n")
    assert done.returncode == 130
    assert "The interview is paused." in done.stdout
    assert "This answer was not saved:\nnot heard\n" in done.stderr
    again = run(tmp_path, "resume", "--plain", given="I built a parser.\n.\n/end\n")
    assert again.returncode == 0, again.stderr
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    answers = [event.text for event in read(path).events if event.type == "answer"]
    assert answers == ["I built a parser."]


def test_in_a_scripted_interview_everything_that_is_said_takes_its_time(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("I built a parser.\n")
    run(tmp_path, "interview", "seed-founder", "--plain", "--answers", "one.txt")
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    events = read(path).events
    said = [event.text for event in events if event.type in {"turn", "answer"}]
    seconds = sum(2 + len(text.split()) / 2.5 for text in said[:-1])  # the goodbye is said after the last stamp
    closing = next(event for event in events if event.type == "turn" and event.move.kind == "close")
    assert closing.clock == pytest.approx(seconds, abs=0.01)


def test_interrupted_while_typing_the_words_are_kept_as_a_draft(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "interviewer", "interview", "seed-founder", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"INTERVIEWER_TRANSCRIPTS": str(tmp_path), "INTERVIEWER_CONFIG_DIR": str(tmp_path)},
    )
    assert process.stdin is not None and process.stdout is not None
    spoken = 0
    while spoken < 2:  # the greeting, and the first question
        spoken += process.stdout.readline().startswith("Joss Abara (")
    process.stdin.write("half an answer\nsecond line\n")
    process.stdin.flush()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)  # before the input is closed, which would end the interview properly
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
    (path,) = tmp_path.glob("*.jsonl")
    transcript = read(path)
    assert fold(transcript.header, transcript.events).draft == "half an answer\nsecond line"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("interview", "seed-foundr", "--plain"), 2, "seed-founder"),
        (("interview", "--plain"), 2, "needs a persona"),
        (("interview", "seed-founder", "--plain", "--minutes", "500"), 2, "240"),
        (("interview", "seed-founder", "--plain", "--minutes", "200"), 2, "30 to 60 minutes"),
        (("interview", "seed-founder", "--plain", "--answers", "missing.txt"), 2, "missing.txt"),
        (("interview", "seed-founder", "--plain", "--cv", "missing.pdf"), 2, "missing.pdf"),
        (("interview", "seed-founder", "--plain", "--transcripts", "/proc/nowhere"), 3, "/proc/nowhere"),
        (("resume", "nothing", "--plain"), 3, "no such transcript"),
        (("resume", "--plain"), 3, "no unfinished interview"),
        (("scorecard",), 3, "no finished interview"),
        (("nonsense",), 2, "invalid choice"),
        ((), 2, "--plain"),
    ],
)
def test_what_goes_wrong_is_one_clear_sentence(
    tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = run(tmp_path, *arguments, given="")
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_out_of_range_says_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("pace = 99\n")
    done = run(tmp_path, "interview", "seed-founder", "--plain", given="")
    assert done.returncode == 2
    assert "pace" in done.stderr
    assert "settings.toml" in done.stderr


def test_hostile_input_does_no_harm(tmp_path: Path) -> None:
    hostile = "\x1b]0;owned\x07I \x00built\u202e [bold]it[/bold] \x1b[31mred\n" + "x" * 200_000 + "\n.\n/end\n"
    done = run(tmp_path, "interview", "seed-founder", "--plain", given=hostile)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    answer = next(event for event in read(path).events if event.type == "answer")
    assert answer.text.startswith("I built [bold]it[/bold] red")


def test_coach_mode_gives_feedback_and_one_retry(tmp_path: Path) -> None:
    answer = "I rebuilt the parser alone in two weeks and errors fell from 9 to 2 percent.\n.\n"
    done = run(
        tmp_path,
        *("interview", "seed-founder", "--plain", "--mode", "coach"),
        given=f"{answer}/retry\nBetter: I cut it from 9 to 1 percent with 300 labels.\n.\n/retry\n/continue\n/end\n",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Coach (rule-based hints):") >= 2
    assert "One retry per answer." in done.stdout
    (path,) = (tmp_path / "kept").glob("*.jsonl")
    state = fold(read(path).header, read(path).events)
    assert [said.text[:7] for said in state.threads[0].said] == ["Better:"]
