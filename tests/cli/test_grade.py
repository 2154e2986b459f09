"""`interviewer grade` says what it cannot do before anything is spent, and ends in good order when interrupted."""

from __future__ import annotations

import asyncio
import csv
import os
import signal
from collections.abc import Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from interviewer.batch.ledger import Claim, Failed, Marked
from interviewer.batch.run import Progress, Run
from interviewer.batch_session import Batch, Task
from interviewer.cli import FAULTS, INTERRUPTED, USAGE, main
from interviewer.cli.carrying_out import INTERRUPTED_BY, carried_out
from interviewer.cli.grading_progress import Line, told
from interviewer.providers.anthropic_batches import PATH
from interviewer.settings import Settings
from tests.batch.papers import Obedient, filled, rows
from tests.loopback import KEY, Loopback
from tests.loopback.faults import fails

RUBRIC = ("--rubric", "ml-concepts", "--engine", "offline", "--dry-run")


def table(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "answer"])
        writer.writerows((f"a{number}", f"It learns the noise, because of {number} features.") for number in range(4))
    return path


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["grade", *arguments]) == USAGE
    return capsys.readouterr().err


def test_grades_do_not_go_into_the_folder_that_is_graded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text("It learns the noise.", encoding="utf-8")
    assert "outside of it" in refused(capsys, str(tmp_path), "--out", str(tmp_path / "out"), *RUBRIC)
    assert not (tmp_path / "out").exists()


def test_something_has_to_say_how_answers_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = str(table(tmp_path / "a.csv")), str(tmp_path / "out")
    assert "--rubric" in refused(capsys, source, "--out", out, "--engine", "offline")
    assert not (tmp_path / "out").exists()
    assert main(["grade", source, "--out", out, "--question", "mc-overfit-curve", *RUBRIC[2:]]) == 0, "it has its own"
    assert "To grade: 4 answers" in capsys.readouterr().out


def test_a_file_where_a_folder_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(table(tmp_path / "a.csv"))
    assert "this is a file" in refused(capsys, source, "--out", source, *RUBRIC)


def test_only_what_was_handed_in_is_collected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no answers were handed in" in refused(capsys, "--collect", str(tmp_path / "typo"))
    assert not (tmp_path / "typo").exists()
    assert "Leave out SOURCE." in refused(capsys, "answers.csv", "--collect", str(tmp_path))


def test_no_flag_is_passed_over_in_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_a_run = ("--dry-run", "--limit", "5", "--no-header")
    assert "Leave out --dry-run, --limit, --header." in refused(capsys, "--collect", str(tmp_path), *of_a_run)
    source = (str(table(tmp_path / "a.csv")), "--out", str(tmp_path / "out"), *RUBRIC[:4])
    assert "add --via batch, or leave it out" in refused(capsys, *source, "--wait")
    assert "Leave out --screen, or --wait." in refused(capsys, *source, "--wait", "--screen")


def test_what_is_with_a_batch_service_counts_towards_the_limit(tmp_path: Path) -> None:
    task = Task(str(table(tmp_path / "a.csv")), tmp_path / "out", "ml-concepts", in_batches=True)
    settings = Settings(transcripts=tmp_path / "transcripts", engine="anthropic", max_cost=1.0)
    environment = {"ANTHROPIC_API_KEY": KEY}
    batch = Batch(task, settings, environment=environment)
    batch.take_in()
    batch.ledger.intend("label", "anthropic", "model", batch.ledger.claim(3), Decimal("0.75"))
    assert batch.money_left == Decimal("0.25")
    batch.close()
    again = Batch(task, settings, environment=environment)
    assert again.money_left == Decimal("0.25")
    assert again.engine.meter is not None
    assert again.engine.meter.left == Decimal("0.25"), "single calls keep to it too"
    again.close()


def handed_in(source: Path, out: Path) -> int:
    return main(["grade", str(source), "--out", str(out), "--rubric", "ml-concepts", "--via", "batch", "--yes"])


def test_an_answer_that_cannot_be_graded_does_not_keep_the_others_from_the_service(
    service: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.batches.held = True
    service.faults.append(fails(400, code="invalid_request_error", message="prompt is too long: 9 > 8"))
    assert handed_in(table(tmp_path / "a.csv"), tmp_path / "out") == FAULTS
    out = capsys.readouterr().out
    assert "1 failed and can be tried again (1 too-long)" in out
    assert "3 answers are with the service" in out


def test_when_the_service_takes_no_more_it_is_told_how_to_collect_what_it_took(
    service: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.batch.jobs.MOST_ITEMS", 2)
    service.batches.held = True
    taken = iter([None, fails(401)])
    service.fault_for = lambda asked: next(taken) if (asked.method, asked.path) == ("POST", PATH) else None
    assert handed_in(table(tmp_path / "a.csv"), tmp_path / "out") == FAULTS
    told = capsys.readouterr()
    assert "did not accept the key" in told.err
    assert "2 answers are with the service. Collect them with" in told.out


class Slow(Obedient):
    """Grades the first answer, and never ends with the others."""

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        done = await super().mark(claims)
        if len(self.asked) > 1:
            asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGINT)
            await asyncio.sleep(60)
        return done


async def test_interrupted_twice_it_waits_for_nothing_and_keeps_what_is_graded(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one", "two", "three"]))
    marking = Slow(ledger)

    async def closed() -> None:
        return None

    def run(marking: Any, workers: int, tell: Any) -> Run:
        return Run(ledger, marking, workers, tell)

    batch = SimpleNamespace(
        marking=lambda: (marking, 2), run=run, engine=SimpleNamespace(close=closed, waits=None), ledger=ledger
    )
    ended = await asyncio.wait_for(carried_out(cast(Batch, batch), Line(StringIO()), 3), 20)
    assert ended.stopped_by.startswith(INTERRUPTED_BY)
    assert (ledger.counts().graded, ledger.counts().claimed) == (1, 0)


def test_interrupted_elsewhere_it_says_that_the_same_command_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Batch, "take_in", interrupted)
    arguments = ["grade", str(table(tmp_path / "a.csv")), "--out", str(tmp_path / "out"), *RUBRIC]
    assert main(arguments) == INTERRUPTED
    assert "the same command goes on" in capsys.readouterr().err


def test_the_line_says_why_it_waits() -> None:
    progress = Progress(0, 0, {}, {}, Decimal(0), 0, 9.0, 0.0, 4, False)
    assert told(progress, 60, "Nothing answers there.") == (
        "Graded 0 of 60 · waits to try again: Nothing answers there."
    )


def test_without_a_terminal_money_is_spent_only_if_that_was_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setattr("sys.stdin", StringIO())
    source, out = str(table(tmp_path / "a.csv")), str(tmp_path / "out")
    told = refused(
        capsys, source, "--out", out, "--rubric", "ml-concepts", "--engine", "anthropic", "--base-url", "http://[::1]:1"
    )
    assert "--yes" in told
