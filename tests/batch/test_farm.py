"""Grading by rules in processes of its own: the same grades, and a clear word when a process is gone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import pytest

from interviewer.batch.ledger import Claim, Failed, Ledger, Marked
from interviewer.batch.marking import Papers, marked
from interviewer.batch.run import Run
from interviewer.engines.offline.farm import Farm
from interviewer.engines.offline.grader import OfflineGrader, grade
from tests.batch.papers import filled, rows

STAMP = OfflineGrader().stamp
ANSWER = "The model fits noise: training error fell to 2%, test error stayed at 11% in case {}, so we stopped early."


async def test_processes_give_the_grades_that_this_process_would(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([ANSWER.format(number) for number in range(50)]), STAMP)
    papers = Papers(ledger)
    expected = {claim.content: marked(claim, grade(papers.request(claim), STAMP), STAMP) for claim in ledger.some(50)}
    farm = Farm(papers, 2)
    ended = await Run(ledger, farm, farm.workers).run()
    await farm.close()
    found = {result.place: result.grade for result in ledger.every_result()}
    ledger.close()
    assert ended.progress.graded == len(expected) == len(found) == 50
    bodies = {one.body for one in expected.values() if isinstance(one, Marked)}
    again = Ledger(tmp_path)
    assert {body for (body,) in again._database.execute("SELECT body FROM grades")} == bodies
    again.close()


async def test_a_process_that_is_killed_ends_the_run_and_loses_no_grade(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([ANSWER.format(number) for number in range(400)]), STAMP)
    farm: Farm = _Killing(Papers(ledger), 1)
    with pytest.raises(ChildProcessError, match="Give the command again"):
        await Run(ledger, farm, farm.workers).run()
    await farm.close()
    before = ledger.counts().graded
    ledger.close()
    assert 0 < before < 400
    again = Ledger(tmp_path)
    farm = Farm(Papers(again), 1)
    ended = await Run(again, farm, farm.workers).run()
    await farm.close()
    assert before + ended.progress.graded == again.counts().graded == 400
    again.close()


class _Killing(Farm):
    """Has its processes killed after the third handful."""

    _handfuls = 0

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        self._handfuls += 1
        done = await super().mark(claims)
        if self._handfuls >= 3:
            for process in multiprocessing.active_children():
                process.kill()
                process.join()
        return done
