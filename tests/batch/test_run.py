"""A run grades what there is to grade, records before it counts, and ends in good order whatever ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from interviewer.batch import run as running
from interviewer.batch.ledger import Claim, Failed, Ledger, LedgerError, Marked
from interviewer.batch.marking import GraderMarking, Papers
from interviewer.batch.run import IN_A_ROW, Progress, Run
from interviewer.cost import Cost
from interviewer.grading.grader import GradingRequest
from interviewer.scorecard import Grade
from tests.batch.papers import STAMP, Obedient, filled, graded, rows


async def test_everything_is_graded_once_and_counted(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(500)]))
    marking = Obedient(ledger)
    told: list[Progress] = []
    ended = await Run(ledger, marking, 16, told.append).run()
    assert ended.stopped_by == ""
    assert ended.progress.graded == 500
    assert sorted(marking.asked) == sorted(f"answer {number}" for number in range(500))
    assert marking.most_under_way <= 16
    assert ledger.counts().graded == 500
    assert told[-1].graded == 500


async def test_handfuls_are_graded_together(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(101)]))
    marking = Obedient(ledger, at_once=25)
    ended = await Run(ledger, marking, 2).run()
    assert ended.progress.graded == len(set(marking.asked)) == 101


async def test_a_limit_is_kept(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(300)]))
    ended = await Run(ledger, Obedient(ledger), 8, limit=70).run()
    assert ended.progress.graded == 70
    assert (await Run(ledger, Obedient(ledger), 8).run()).progress.graded == 230


async def test_failures_are_counted_by_kind_and_left_for_the_next_run(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(30)]))
    marking = Obedient(ledger, lambda answer: "server" if answer.endswith("7") else "graded")
    ended = await Run(ledger, marking, 4).run()
    assert ended.progress.failures == {"server": 3}
    assert ended.progress.graded == 27
    ledger.close()
    again = Ledger(tmp_path)
    assert (await Run(again, Obedient(again), 4).run()).progress.graded == 3


@pytest.mark.parametrize("kind", ["authentication", "quota", "unknown-model", "cost-cap"])
async def test_what_every_call_would_meet_ends_the_run(tmp_path: Path, kind: str) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(400)]))
    marking = Obedient(ledger, lambda _: kind)
    ended = await Run(ledger, marking, 8).run()
    assert ended.stopped_by == f"It is {kind}."
    assert len(marking.asked) <= 16
    assert (ledger.counts().claimed, ledger.counts().graded) == (0, 0)


async def test_what_was_paid_before_the_limit_was_met_is_recorded(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one"]))

    class Repaired(Obedient):
        async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
            cost = Cost(calls=1, dollars=Decimal("0.5"))
            return [Failed(one.judge, one.content, "cost-cap", "No second try.", cost) for one in claims]

    assert (await Run(ledger, Repaired(ledger), 1).run()).stopped_by == "No second try."
    assert (ledger.spent().dollars, ledger.counts().claimed) == (Decimal("0.5"), 0)


async def test_a_fault_with_one_answer_is_told_of_that_one(tmp_path: Path) -> None:
    class Broken:
        stamp = STAMP

        async def grade(self, request: GradingRequest) -> Grade:
            if request.exchanges[0].answer == "two":
                raise RuntimeError("never seen before")
            return graded(request)

    ledger = filled(tmp_path, rows(["one", "two", "three"]))
    ended = await Run(ledger, GraderMarking(Broken(), Papers(ledger)), 2).run()
    assert (ended.progress.graded, ended.progress.failures) == (2, {"fault": 1})
    assert ledger.results()[1].problem == "RuntimeError: never seen before"


def test_questions_of_one_judge_share_its_rubric(tmp_path: Path) -> None:
    given = [*rows(["one"], "What is overfitting?"), *rows(["two"], "What is dropout?")]
    ledger = filled(tmp_path, [replace(row, place=place, id=str(place)) for place, row in enumerate(given, 1)])
    papers = Papers(ledger)
    first, second = (papers.request(claim) for claim in ledger.claim(9))
    assert first.question != second.question
    assert first.rubric is second.rubric


async def test_a_service_that_fails_all_the_time_ends_the_run(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(400)]))
    marking = Obedient(ledger, lambda _: "server")
    ended = await Run(ledger, marking, 8).run()
    assert f"{IN_A_ROW} answers in a row" in ended.stopped_by
    assert len(marking.asked) < IN_A_ROW + 16


@pytest.mark.parametrize("kind", ["authentication", "quota", "no-route"])
async def test_what_every_other_call_would_meet_too_ends_a_run_at_once(tmp_path: Path, kind: str) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(400)]))
    marking = Obedient(ledger, lambda _: kind)
    ended = await Run(ledger, marking, 8).run()
    assert ended.stopped_by
    assert len(marking.asked) <= 16


async def test_a_pause_lets_nothing_begin_and_a_stop_ends_in_good_order(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(400)]))
    gate, begun = asyncio.Event(), asyncio.Semaphore(0)

    class Slow(Obedient):
        async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
            begun.release()
            await gate.wait()
            return await super().mark(claims)

    marking = Slow(ledger)
    run = Run(ledger, marking, 4)
    task = asyncio.create_task(run.run())
    for _ in range(4):
        await begun.acquire()
    run.pause()
    gate.set()
    await asyncio.sleep(0.2)
    assert run.progress.under_way == 0
    assert len(marking.asked) == 4
    assert run.progress.paused
    run.resume()
    run.stop("That is enough.")
    ended = await task
    assert ended.stopped_by == "That is enough."
    assert ended.progress.graded == len(marking.asked) == ledger.counts().graded
    assert ledger.counts().claimed == 0, "what was claimed and not begun is free again"


async def test_a_full_disk_is_waited_for_all_night_and_nothing_more_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Obedient):
        async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
            await asyncio.sleep(0.001)
            return await super().mark(claims)

    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(500)]))
    marking, real, asked = Slow(ledger), ledger.record, list[int]()

    def record(done: Sequence[Marked | Failed]) -> None:
        if len(asked) < 10 * running.TRIES:
            asked.append(len(marking.asked))
            raise LedgerError("The disk is full.")
        real(done)

    monkeypatch.setattr(ledger, "record", record)
    monkeypatch.setattr(running, "GATHERED_FOR", 0)
    monkeypatch.setattr(running, "BETWEEN_TRIES", 0.0001)
    ended = await Run(ledger, marking, 4).run()
    assert ended.progress.graded == ledger.counts().graded == 500
    assert asked[-1] == asked[5 * running.TRIES] < 500, "workers ended what they had in hand, and waited"


async def test_who_stops_a_run_while_the_disk_is_full_is_told_how_many_grades_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(50)]))

    tries = count(1)

    def record(_: Sequence[Marked | Failed]) -> None:
        if next(tries) == 3:
            run.stop("That is enough.")
        raise LedgerError("The disk is full.")

    monkeypatch.setattr(ledger, "record", record)
    monkeypatch.setattr(running, "GATHERED_FOR", 0)
    monkeypatch.setattr(running, "BETWEEN_TRIES", 0.001)
    marking = Obedient(ledger)
    run = Run(ledger, marking, 4)
    with pytest.raises(LedgerError) as refused:
        await run.run()
    assert str(refused.value) == f"The disk is full. {len(marking.asked)} grades could not be recorded."


async def test_however_often_it_is_cancelled_what_was_graded_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = filled(tmp_path, rows(["one", "two", "three"]))
    real, tries = ledger.record, list[int]()

    def record(done: Sequence[Marked | Failed]) -> None:
        tries.append(len(done))
        if len(tries) < 10:
            raise LedgerError("The disk is full.")
        real(done)

    monkeypatch.setattr(ledger, "record", record)
    monkeypatch.setattr(running, "BETWEEN_TRIES", 0.01)
    task = asyncio.create_task(Run(ledger, Obedient(ledger), 1).run())
    while not task.done():
        if tries:
            task.cancel()
        await asyncio.sleep(0.005)
    counts = ledger.counts()
    assert counts.graded >= sum(tries[-1:]) > 0
    assert counts.claimed == 0, "what was not graded is free again"


async def test_cost_is_added_up(tmp_path: Path) -> None:
    class Dear(Obedient):
        async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
            cost = Cost(calls=1, dollars=Decimal("0.25"))
            return [replace(one, cost=cost) for one in await super().mark(claims)]

    ledger = filled(tmp_path, rows(["one", "two", "three"]))
    marking = Dear(ledger, lambda answer: "server" if answer == "two" else "graded")
    assert (await Run(ledger, marking, 4).run()).progress.dollars == Decimal("0.75"), "what failed was paid for too"


async def test_two_processes_share_one_ledger_without_double_work(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(400)]))
    other = Ledger(tmp_path)
    first, second = Obedient(ledger), Obedient(other)
    ended = await asyncio.gather(Run(ledger, first, 8).run(), Run(other, second, 8).run())
    assert sorted(first.asked + second.asked) == sorted(f"answer {number}" for number in range(400))
    assert all(one.progress.graded > 0 for one in ended)
    assert ledger.counts().graded == 400
