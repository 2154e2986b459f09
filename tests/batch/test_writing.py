"""What comes out of a batch takes its place whole, and what a killed process left half written is cleared away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.batch.ledger import Ledger
from interviewer.batch.output import GRADES_JSONL
from interviewer.batch.presence import Presence
from interviewer.batch.run import Run
from interviewer.batch.writing import FILES, write
from tests.batch.papers import Obedient, filled, rows


async def written(folder: Path) -> Ledger:
    """A graded batch of three answers."""
    ledger = filled(folder, rows(["One.", "Two.", "Three."]))
    await Run(ledger, Obedient(ledger), 2).run()
    write(ledger, folder)
    return ledger


def left_in(folder: Path) -> list[str]:
    """The names of what is in a folder."""
    return [each.name for each in folder.iterdir()]


async def test_every_row_is_in_the_order_of_the_source(tmp_path: Path) -> None:
    (await written(tmp_path)).close()
    lines = [json.loads(line) for line in (tmp_path / GRADES_JSONL).read_text("utf-8").splitlines()]
    assert [(line["place"], line["status"]) for line in lines] == [(1, "graded"), (2, "graded"), (3, "graded")]
    assert {rating["level"] for line in lines for rating in line["grade"]["ratings"]} == {"solid"}
    assert all((tmp_path / name).stat().st_size for name in FILES)


async def test_half_written_files_of_processes_that_are_gone_are_cleared_away(tmp_path: Path) -> None:
    ledger = await written(tmp_path)
    with Presence(tmp_path) as other:
        left = [tmp_path / f".{name}.{worker}" for name in FILES for worker in ("7807", "99-abcdef12")]
        kept = tmp_path / f".{GRADES_JSONL}.{other.id}"
        for part in (*left, kept):
            part.write_text("{", encoding="utf-8")
        write(ledger, tmp_path)
        assert not any(part.exists() for part in left)
        assert kept.exists(), "whoever still writes may finish"
    ledger.close()


async def test_a_file_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = await written(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("interviewer.batch.output.to_json", full)
    with pytest.raises(OSError, match="No space"):
        write(ledger, tmp_path)
    ledger.close()
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == before
    assert not [part for part in left_in(tmp_path) if part.startswith(".grades")]
