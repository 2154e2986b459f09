"""Grading runs on the medium: appended, never rewritten, for the user alone, and readable whatever happened."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import pytest_asyncio

from interviewer.replay.recording import Recording
from interviewer.transcript.archive import listing
from interviewer.transcript.runs import GradingRun, append_run, read_runs, runs_path
from interviewer.transcript.store import TranscriptError
from tests.replay.grading import recording, run


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def interview(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return await recording(tmp_path_factory.mktemp("interview"))


@pytest.fixture
def runs(interview: Recording) -> list[GradingRun]:
    return [run(interview, id=f"run-{number}", notes=("\u00fc",)) for number in range(3)]


def test_a_run_reads_back_as_it_was_and_none_takes_the_place_of_another(tmp_path: Path, runs: list[GradingRun]) -> None:
    written = b""
    for number, one in enumerate(runs, 1):
        path = append_run(tmp_path, one)
        assert path == tmp_path / "runs" / "sample-1.jsonl"
        assert path.read_bytes().startswith(written)
        written = path.read_bytes()
        assert written.count(b"\n") == number
    assert read_runs(tmp_path, "sample-1").runs == tuple(runs)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert listing(tmp_path) == ((), ()), "runs are no transcripts"


def test_one_that_was_never_graded_again_has_none(tmp_path: Path) -> None:
    assert read_runs(tmp_path, "sample-1") == read_runs(tmp_path / "nowhere", "sample-1")
    assert read_runs(tmp_path, "sample-1").runs == ()


def test_a_run_that_was_cut_off_is_left_out_told_and_makes_way(tmp_path: Path, runs: list[GradingRun]) -> None:
    append_run(tmp_path, runs[0])
    path = append_run(tmp_path, runs[1])
    whole = path.read_bytes()
    for kept in (len(whole) - 1, len(whole) - 1000, whole.index(b"\n") + 2):
        path.write_bytes(whole[:kept])
        found = read_runs(tmp_path, "sample-1")
        assert found.runs == (runs[0],)
        assert "cut off" in found.problems[0]
        assert ":2:" in found.problems[0]
        append_run(tmp_path, runs[2])
        again = read_runs(tmp_path, "sample-1")
        assert again.runs == (runs[0], runs[2])
        assert again.problems == ()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{}", "no grading run"),
        (b"\xff\xfe", "no grading run"),
        (b"[" * 100_000, "no grading run"),
        (b'{"type":"grading-run","schema_version":99}', "later version"),
        (b'{"type":"grading-run","schema_version":1}', "damaged at id"),
    ],
    ids=["another", "bytes", "deep", "later", "damaged"],
)
def test_a_line_that_cannot_be_used_costs_no_other(
    tmp_path: Path, runs: list[GradingRun], line: bytes, problem: str
) -> None:
    path = append_run(tmp_path, runs[0])
    path.write_bytes(path.read_bytes() + line + b"\n\n")
    append_run(tmp_path, runs[1])
    found = read_runs(tmp_path, "sample-1")
    assert found.runs == (runs[0], runs[1])
    assert len(found.problems) == 1
    assert problem in found.problems[0]
    assert f"{path}:2:" in found.problems[0]


def test_a_full_disk_leaves_nothing_of_a_run(
    tmp_path: Path, runs: list[GradingRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = append_run(tmp_path, runs[0])
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(TranscriptError, match="disk is full"):
            append_run(tmp_path, runs[1])
    assert path.read_bytes() == before


def test_a_folder_in_the_way_is_told(tmp_path: Path, runs: list[GradingRun]) -> None:
    runs_path(tmp_path, "sample-1").mkdir(parents=True)
    with pytest.raises(TranscriptError):
        append_run(tmp_path, runs[0])
    with pytest.raises(TranscriptError):
        read_runs(tmp_path, "sample-1")
