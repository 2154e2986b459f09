"""Through the providers' batch services: handed in once, collected once, whatever happens in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import SecretStr

from interviewer.batch.jobs import Post
from interviewer.batch.ledger import Ledger
from interviewer.batch.marking import GraderMarking, Papers
from interviewer.batch.run import Run
from interviewer.engines.llm.batched import BatchedGrading
from interviewer.engines.llm.grader import LanguageModelGrader
from interviewer.providers.anthropic import AnthropicModel
from interviewer.providers.chat import Usage
from interviewer.providers.meter import Meter, MeteredModel
from interviewer.providers.openai import OpenAIModel
from interviewer.providers.prices import load_prices
from interviewer.providers.retry import Effects, Patience
from tests.batch.papers import fill, rows
from tests.llm.player import Player
from tests.loopback import KEY, Fault, Loopback
from tests.loopback.batches import Mangling
from tests.loopback.faults import fails

ANSWERS = [
    f"Overfitting number {number} means that the model learns the noise of {number} rows. We saw a gap of {number} "
    "points, so we added data and stopped early."
    for number in range(12)
]
MODELS = {"anthropic": "claude-opus-5-5", "openai": "gpt-6.1-sol"}


class Time:
    """Sleeping takes no time, and nobody sleeps longer than a batch takes."""

    def __init__(self) -> None:
        self.now = 0.0
        self.meanwhile: Callable[[], object] = lambda: None
        """What happens while somebody sleeps."""

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        assert self.now < 24 * 60 * 60
        self.meanwhile()

    def clock(self) -> float:
        return self.now


@dataclass
class Office:
    """A process: its ledger, its model, its post."""

    ledger: Ledger
    model: AnthropicModel | OpenAIModel
    grader: LanguageModelGrader
    post: Post
    time: Time
    told: list[str]

    async def grade(self) -> None:
        """Hands in what is to be graded, and collects it."""
        await self.post.hand_in()
        await self.post.collect(wait=True)

    async def close(self) -> None:
        self.ledger.close()
        await self.model.close()


def office(provider: str, server: Loopback, folder: Path, fresh: bool = True) -> Office:
    key = SecretStr(KEY)
    model = (
        AnthropicModel(key, MODELS[provider], server.url)
        if provider == "anthropic"
        else OpenAIModel(key, MODELS[provider], server.v1)
    )
    grader = LanguageModelGrader(model)
    ledger = Ledger(folder)
    if fresh:
        fill(ledger, rows(ANSWERS), grader.stamp)
    time, told = Time(), list[str]()
    post = Post(
        ledger,
        BatchedGrading(grader, model.batches(), load_prices()),
        told.append,
        patience=Patience(budget=60, attempts=4),
        effects=Effects(time.sleep, time.clock, lambda: 0.5),
    )
    return Office(ledger, model, grader, post, time, told)


@asynccontextmanager
async def open_office(provider: str, server: Loopback, folder: Path, fresh: bool = True) -> AsyncIterator[Office]:
    made = office(provider, server, folder, fresh)
    try:
        yield made
    finally:
        await made.close()


def long_ago(ledger: Ledger) -> None:
    """Batches were intended so long ago that the service must show them, if it took them."""
    ledger._database.execute("UPDATE jobs SET made = '2026-01-01T00:00:00+00:00'")


both = pytest.mark.parametrize("provider", ["anthropic", "openai"])


@both
async def test_another_process_collects_what_one_handed_in_at_half_the_price(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        server.batches.held = True
        async with open_office(provider, server, tmp_path) as first:
            await first.post.hand_in()
            assert first.post.report.handed_in == 12
            await first.post.collect(wait=False)
            assert first.post.report.waiting == 12
            assert first.ledger.claim(9) == (), "what is with the service is nobody else's to grade"
        server.batches.held = False
        async with open_office(provider, server, tmp_path, fresh=False) as second:
            assert second.ledger.claim(9) == ()
            await second.post.collect(wait=True)
            assert second.post.report.graded == 12
            counts = second.ledger.counts()
            assert (counts.graded, counts.missing, counts.claimed) == (12, 0, 0)
            assert [job.state for job in second.ledger.jobs()] == ["over"]
            by_batch = second.ledger.results()
    prices = load_prices()
    for result in by_batch:
        assert result.grade is not None and result.grade.cost is not None
        cost = result.grade.cost
        usage = Usage(cost.sent, cost.cached, 0, cost.received)
        least = prices.cost(MODELS[provider], usage, Decimal("0.5"))
        assert least is not None and least <= cost.dollars <= least * 2, "half the price, with what the cache took"


@both
async def test_a_grade_by_batch_is_the_grade_of_a_single_call(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        async with open_office(provider, server, tmp_path / "batch") as made:
            await made.grade()
            together = made.ledger.results()
        async with open_office(provider, server, tmp_path / "single") as made:
            await Run(made.ledger, GraderMarking(made.grader, Papers(made.ledger)), 4).run()
            singly = made.ledger.results()
    assert len(together) == len(ANSWERS)
    for one, other in zip(together, singly, strict=True):
        assert one.grade is not None and other.grade is not None
        assert one.grade.model_copy(update={"cost": None}) == other.grade.model_copy(update={"cost": None})


@both
async def test_a_kill_between_handing_in_and_noting_the_id_pays_nothing_twice(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        async with open_office(provider, server, tmp_path) as first:
            claims = first.ledger.claim(99)
            items, _, _ = first.post._packed(claims, None)
            job = first.ledger.intend("interviewer-lost", provider, MODELS[provider], claims)
            await first.post._service.submit([item for _, item in items], job.label)  # and then the power went
        async with open_office(provider, server, tmp_path, fresh=False) as second:
            await second.grade()
            assert second.ledger.counts().graded == 12
    assert set(server.batches.paid.values()) == {1}


@both
async def test_a_kill_before_handing_in_leaves_everything_to_be_graded(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        async with open_office(provider, server, tmp_path) as first:
            first.ledger.intend("interviewer-lost", provider, MODELS[provider], first.ledger.claim(99))
            long_ago(first.ledger)
        async with open_office(provider, server, tmp_path, fresh=False) as second:
            await second.grade()
            assert second.ledger.counts().graded == 12
    assert set(server.batches.paid.values()) == {1}


@both
async def test_of_an_expired_batch_what_is_done_counts_and_the_rest_is_handed_in_again(
    provider: str, tmp_path: Path
) -> None:
    async with Loopback(Player()) as server:
        server.batches.most_done = 5
        async with open_office(provider, server, tmp_path) as made:
            await made.grade()
            counts = made.ledger.counts()
            assert (counts.graded, counts.failures) == (5, {"not-run": 7})
        server.batches.most_done = None
        async with open_office(provider, server, tmp_path, fresh=False) as again:
            await again.grade()
            assert again.ledger.counts().graded == 12
    assert set(server.batches.paid.values()) == {1}


@both
async def test_items_that_fail_are_told_and_tried_again(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        failing = iter([Fault("status", 529), None, Fault("status", 500)])
        server.batches.fault_for = lambda _: next(failing, None)
        async with open_office(provider, server, tmp_path) as made:
            await made.grade()
            assert made.ledger.counts().graded == 10
            assert sum(made.post.report.failures.values()) == 2
        async with open_office(provider, server, tmp_path, fresh=False) as again:
            await again.grade()
            assert again.ledger.counts().graded == 12


@both
async def test_the_limit_of_money_is_kept_before_anything_is_handed_in(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server, open_office(provider, server, tmp_path) as made:
        await made.post.hand_in(money=Decimal("0.0001"))
        assert made.post.report.handed_in == 0
        assert any("--max-cost" in note for note in made.post.report.notes)
        assert made.ledger.counts().claimed == 0
        most = made.post._grading.most(made.post._packed(made.ledger.claim(1), None)[0][0][1].request)
        made.ledger.begin()
        assert most is not None
        await made.post.hand_in(money=most * 4)
        assert 1 <= made.post.report.handed_in <= 5


async def test_what_is_with_the_service_counts_towards_the_limit_until_it_is_recorded(tmp_path: Path) -> None:
    async with Loopback(Player()) as server, open_office("anthropic", server, tmp_path) as made:
        await made.post.hand_in(limit=3)
        promised = made.ledger.promised()
        assert promised > 0
        await made.post.collect(wait=True)
        assert made.ledger.promised() == 0
        assert 0 < made.ledger.spent().dollars < promised


async def test_a_reply_of_another_form_is_a_failure_and_no_grade(tmp_path: Path) -> None:
    server = Loopback(lambda _: "I would say: solid throughout.")
    async with server, open_office("anthropic", server, tmp_path) as made:
        await made.grade()
        assert made.ledger.counts().failures == {"wrong-form": 12}
        assert made.ledger.cost().calls == 12, "they were paid for"


@both
async def test_waiting_ends_when_it_is_known_that_a_batch_was_never_taken(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server, open_office(provider, server, tmp_path) as made:
        made.ledger.intend("interviewer-lost", provider, MODELS[provider], made.ledger.claim(99))
        await made.post.collect(wait=False)
        assert "not known yet" in made.post.report.awaited["interviewer-lost"]
        made.time.meanwhile = lambda: long_ago(made.ledger)
        await made.post.collect(wait=True)
        assert (made.post.report.awaited, made.ledger.counts().claimed) == ({}, 0)


async def test_batches_of_another_model_are_told_of_and_not_waited_for(tmp_path: Path) -> None:
    async with Loopback(Player()) as server, open_office("openai", server, tmp_path) as made:
        made.ledger.intend("of another", "anthropic", "another", made.ledger.claim(3))
        made.ledger.handed_in("of another", "batch-1")
        await made.post.collect(wait=True)
        assert "--engine anthropic --grade-model another" in made.post.report.awaited["of another"]
        assert made.ledger.counts().claimed == 3


async def test_the_limit_counts_what_rules_grade(tmp_path: Path) -> None:
    async with Loopback(Player()) as server, open_office("openai", server, tmp_path) as made:
        fill(made.ledger, rows(["Yes.", "No.", *ANSWERS]), made.grader.stamp)
        await made.post.hand_in(limit=4)
        assert (made.post.report.graded, made.post.report.handed_in) == (2, 2)


@both
async def test_what_is_missing_in_the_results_is_handed_in_again_as_is_said(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        async with open_office(provider, server, tmp_path) as made:
            await made.post.hand_in()
            server.batches.mangling = Mangling(missing=frozenset(list(server.batches.taken)[:1]))
            await made.post.collect(wait=True)
            assert made.ledger.counts().failures == {"malformed": 1}
            (problem,) = (one.problem for one in made.ledger.results() if one.failure)
            assert "Run again to hand it in once more" in problem
        server.batches.mangling = Mangling()
        async with open_office(provider, server, tmp_path, fresh=False) as again:
            await again.grade()
            assert (again.post.report.handed_in, again.ledger.counts().graded) == (1, 12)


@both
async def test_whoever_waits_for_results_is_told_why(provider: str, tmp_path: Path) -> None:
    async with Loopback(Player()) as server, open_office(provider, server, tmp_path) as made:
        await made.post.hand_in()
        failing = iter([fails(503)])
        server.fault_for = lambda asked: next(failing, None) if asked.path.endswith(("results", "content")) else None
        await made.post.collect(wait=True)
        assert made.ledger.counts().graded == 12
        assert any("before the next try" in told for told in made.told)


async def test_what_failed_calls_were_billed_counts_whichever_way_they_went(tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        server.batches.fault_for = lambda _: Fault("filtered")
        async with open_office("openai", server, tmp_path / "batch") as made:
            await made.grade()
            assert made.ledger.counts().failures == {"content-filter": 12}
            together = made.ledger.spent()
        server.fault_for = lambda _: Fault("filtered")
        async with open_office("openai", server, tmp_path / "single") as made:
            meter = Meter()
            grader = LanguageModelGrader(MeteredModel(made.model, meter, load_prices(), "grade"))
            await Run(made.ledger, GraderMarking(grader, Papers(made.ledger)), 4).run()
            singly = made.ledger.spent()
    assert together.calls == singly.calls == 12
    assert together.unpriced == singly.unpriced == 0
    assert singly.dollars == meter.spent().cost > together.dollars > 0
