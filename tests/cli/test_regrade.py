"""Answering again, grading anew and comparing, from the command line."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import resource
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from interviewer.cli import INTERRUPTED, TRANSCRIPT, USAGE, main
from interviewer.cli.regrade import NOTHING_GRADED, _Progress
from interviewer.replay.recording import recorded
from interviewer.transcript.events import Branched
from interviewer.transcript.runs import read_runs, runs_path
from interviewer.transcript.store import read
from tests import sample
from tests.interview.fakes import ANSWER, Table
from tests.loopback import Fault, Loopback
from tests.loopback.faults import fails
from tests.replay.branching import held

SAMPLE = Path(__file__).parent.parent.parent / "transcripts" / "big-tech-bar-raiser-weak.jsonl"
ID = read(SAMPLE).header.id


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INTERVIEWER_TRANSCRIPTS", str(tmp_path / "mine"))
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("INTERVIEWER_ENGINE", "offline")


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> Done:
    code = main(arguments)
    return Done(code, *capfd.readouterr())


def test_regraded_and_compared_in_every_form(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = (SAMPLE.read_bytes(), SAMPLE.stat().st_mtime_ns)
    done = run(capfd, "regrade", str(SAMPLE), "--persona", "big-tech-bar-raiser", "--persona", "seed-founder")
    assert done.code == 0, done.err
    assert done.err.splitlines() == [f"Kept as run 1 of {ID}.", f"Kept as run 2 of {ID}."]
    assert "From run 0 to run 1" in done.out
    assert "Decided by The seed founder instead of Big Tech, the bar raiser." in done.out
    assert [one.jury.persona for one in read_runs(tmp_path / "mine", ID).runs] == [
        "big-tech-bar-raiser",
        "seed-founder",
    ]
    assert (SAMPLE.read_bytes(), SAMPLE.stat().st_mtime_ns) == before
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["runs"]

    page = run(capfd, "compare", str(SAMPLE), "--plain").out
    assert "run 2" in page
    assert "From run 0 to run 2" in page
    data = json.loads(run(capfd, "compare", str(SAMPLE), "--json", "--runs", "0,1").out)
    assert [one["number"] for one in data["runs"]] == [0, 1]
    assert data["comparison"]["reasons"]
    table = list(csv.DictReader(io.StringIO(run(capfd, "compare", str(SAMPLE), "--csv").out)))
    assert {row["run"] for row in table} == {"0", "1", "2"}
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("compare", str(SAMPLE), "--runs", "7", "--plain"), USAGE, "There is no run 7. There are: 0."),
        (("compare", str(SAMPLE), "--runs", "x"), USAGE, "takes numbers"),
        (("compare", str(SAMPLE), str(SAMPLE), "--csv"), USAGE, "name only one"),
        (("compare", str(SAMPLE), str(SAMPLE)), TRANSCRIPT, "the same interview"),
        (("regrade", str(SAMPLE), "--persona", "nobody"), USAGE, "There is no persona `nobody`"),
        (("regrade", str(SAMPLE), "--rubric", "nothing"), USAGE, "There is no rubric `nothing`"),
        (("regrade", str(SAMPLE), "no-such-id"), TRANSCRIPT, "no such transcript"),
        (("branch", str(SAMPLE), "--answer", "0"), TRANSCRIPT, "there is no answer 0"),
        (("branch", "no-such-id"), TRANSCRIPT, "no such transcript"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = run(capfd, *arguments)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert not (tmp_path / "mine").exists()


def test_answers_are_listed_and_one_is_given_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    listed = run(capfd, "branch", str(SAMPLE))
    assert f"interviewer branch {ID} --answer N" in listed.out
    data = json.loads(run(capfd, "branch", str(SAMPLE), "--json").out)
    assert [one["number"] for one in data] == list(range(1, len(data) + 1))
    assert max(map(len, listed.out.splitlines())) <= 80
    (tmp_path / "answers.txt").write_text("I rebuilt it alone in 9 days and it failed half as often.\n---\n/end\n")
    last = len(data) - 2
    done = run(capfd, "branch", str(SAMPLE), "--answer", str(last), "--answers", "answers.txt")
    assert done.code == 0, done.err
    assert f"Branches off {ID} at answer {last}" in done.err
    (new,) = (tmp_path / "mine").glob("*.jsonl")
    assert read(new).header.origin == Branched(parent=ID, answer=data[last - 1]["seq"])
    assert read(new).events[-1].type == "finished"
    page = run(capfd, "compare", new.stem, str(SAMPLE), "--plain")
    assert "I rebuilt it alone in 9 days" in page.out
    assert json.loads(run(capfd, "compare", str(SAMPLE), str(new), "--json").out)["after"]["transcript"] == new.stem


async def short(folder: Path, name: str, answers: Sequence[str] = (ANSWER,) * 3) -> Path:
    """A finished interview of a few questions, held by a persona that is in no library."""
    table = Table(folder, sample.header(id=name))
    await held(table, answers)
    return table.path


async def test_a_model_grades_with_its_progress_and_its_cost_told(
    service: Loopback, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = await short(tmp_path, "short")
    done = await asyncio.to_thread(run, capfd, "regrade", str(path), "--samples", "2", "--json")
    assert done.code == 0, done.err
    threads = len(recorded(path).state.threads)
    assert f"Grading short: 0 of {threads}." in done.err
    data = json.loads(done.out)
    assert "Each answer was graded 2 times instead of once." in data["comparison"]["reasons"]
    assert "There is no persona sample-persona any more" in data["runs"][1]["notes"][0]
    (kept,) = read_runs(tmp_path / "mine", "short").runs
    assert kept.cost is not None
    assert kept.cost.calls == len(service.requests) > 0
    assert {grade.stamp.samples for grade in kept.grades if grade.cost} == {2}


async def test_a_grading_of_which_nothing_came_is_not_kept(
    service: Loopback, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    service.fault_for = lambda _: fails(401)
    path = await short(tmp_path, "short")
    done = await asyncio.to_thread(run, capfd, "regrade", str(path))
    assert (done.code, done.out) == (NOTHING_GRADED, "")
    assert "short: nothing could be graded. " in done.err
    assert not (tmp_path / "mine" / "runs").exists()


def test_interrupted_what_is_finished_stays(
    service: Loopback, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first, second = (asyncio.run(short(tmp_path, name)) for name in ("first", "second"))
    presses = iter([signal.SIGINT])

    def interrupts(_: object) -> Fault | None:
        if not runs_path(tmp_path / "mine", "first").exists():
            return None
        for press in presses:  # once, while the second interview is being graded
            os.kill(os.getpid(), press)
        return Fault("hang")

    service.fault_for = interrupts
    done = run(capfd, "regrade", str(first), str(second))
    assert done.code == INTERRUPTED
    assert "Interrupted. Kept: run 1 of first." in done.err
    assert len(read_runs(tmp_path / "mine", "first").runs) == 1
    assert not runs_path(tmp_path / "mine", "second").exists()


def test_interrupted_in_the_middle_the_grades_that_were_made_are_kept(
    service: Loopback, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [ANSWER, ANSWER, "We moved billing to a queue in March, and I wrote the retry rules for it myself."]
    path = asyncio.run(short(tmp_path, "short", answers))
    answered = iter([None])
    service.fault_for = lambda _: next(answered, Fault("hang"))
    monkeypatch.setattr(_Progress, "tell", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    done = run(capfd, "regrade", str(path))
    assert done.code == INTERRUPTED
    assert "Interrupted. Kept: run 1 of short." in done.err
    (kept,) = read_runs(tmp_path / "mine", "short").runs
    assert [grade.status for grade in kept.grades].count("graded") == 1
    assert {grade.status for grade in kept.grades} == {"graded", "failed"}
    assert kept.cost is not None and kept.cost.calls == 1
    assert f"broken off when 1 of {len(kept.grades)} grades were made" in kept.notes[-1]


def test_a_grading_that_cannot_be_kept_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))  # no file can grow longer, as on a full disk
    try:
        code = main(["regrade", str(SAMPLE)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    out, err = capsys.readouterr()
    assert code == TRANSCRIPT
    assert "cannot be written" in err
    assert "From run 0 to run 1" in out
    assert read_runs(tmp_path / "mine", ID).runs == ()
