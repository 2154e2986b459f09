"""Every row ends with one status or one grade, and no recorded grade is paid for again, whatever breaks or dies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.batch.chaos import Service, grade_with_kills, source, statuses


async def test_killed_again_and_again_with_a_service_that_misbehaves(tmp_path: Path) -> None:
    table, folder, service = tmp_path / "answers.csv", tmp_path / "out", Service(one_in=12)
    made = dict(source(table, 160))
    came = await grade_with_kills(folder, table, service, every=50)
    assert came.kills >= 2
    assert came.paid_again == ()
    found = Counter(statuses(folder))
    assert sum(found.values()) == 160
    assert found.pop("graded") == made.pop("ok")
    assert found == made
