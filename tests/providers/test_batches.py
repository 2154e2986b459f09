"""Both batch services from handing in to the last result, through the real SDKs over HTTP."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from interviewer.providers.batches import BatchLimits
from interviewer.providers.chat import ErrorKind, Reply, Usage
from interviewer.providers.prices import PriceError, load_prices
from tests.loopback import Fault, Loopback
from tests.loopback.faults import fails
from tests.providers.asking import REQUEST, asked
from tests.providers.batching import CREATE, MODELS, MakeBatches, each_service, failure, ids, items, results
from tests.providers.conftest import MakeModel


def replies(found: list[Any]) -> dict[str, Reply]:
    return {result.custom_id: result.reply for result in found if result.reply is not None}


def kinds(found: list[Any]) -> dict[str, ErrorKind]:
    return {result.custom_id: result.error.kind for result in found if result.error is not None}


# The course of a batch


@each_service
async def test_a_batch_goes_in_and_every_reply_comes_back(
    provider: str, server: Loopback, batches: MakeBatches
) -> None:
    handing, fetching = batches(provider), batches(provider)
    server.batches.held = True
    batch_id = await handing.submit(items(5), "run 7")
    under_way = await handing.status(batch_id)
    assert (under_way.state, under_way.over, under_way.done, under_way.total) == ("under-way", False, 0, 5)
    early = await failure(results(handing, batch_id))
    assert (early.kind, early.retryable) == ("bad-request", False) and "still works on" in str(early)

    server.batches.held = False
    status = await fetching.status(batch_id)
    assert (status.state, status.over, status.done, status.failed, status.total) == ("ended", True, 5, 0, 5)
    found = await results(fetching, batch_id)
    assert sorted(replies(found)) == ids(5)
    assert server.batches.paid == dict.fromkeys(ids(5), 1)
    assert (handing.provider, handing.model) == (provider, MODELS[provider])


@each_service
async def test_an_item_and_a_single_call_are_one_and_the_same(
    provider: str, server: Loopback, batches: MakeBatches, make: MakeModel
) -> None:
    single, _ = await asked(make(provider), "complete")
    body = server.last.body
    batch_id = await batches(provider).submit(items(1), "run")
    assert server.batches.batches[batch_id].items[0][1] == body
    (result,) = await results(batches(provider), batch_id)
    assert result.reply is not None
    seen = replace(single.usage, cached=single.usage.cache_written, cache_written=0)
    assert replace(result.reply, request_id=None) == replace(single, request_id=None, usage=seen)


@each_service
async def test_what_a_model_learned_from_single_calls_goes_for_its_batches(provider: str, make: MakeModel) -> None:
    old = {"anthropic": "claude-haiku-4-5", "openai": "gpt-5.1"}[provider]
    model: Any = make(provider, model=old)
    naive = await model.batches().submit(items(1), "before")
    assert kinds(await results(model.batches(), naive)) == {ids(1)[0]: "bad-request"}
    await model.complete(REQUEST)
    learned = await model.batches().submit(items(1), "after")
    assert list(replies(await results(model.batches(), learned))) == ids(1)


@each_service
@pytest.mark.parametrize(
    ("fault", "kind", "retryable"),
    [
        (fails(529, code="overloaded_error"), "overloaded", True),
        (fails(500), "server", True),
        (fails(429, code="rate_limit_error"), "rate-limited", True),
        (fails(400, code="invalid_request_error", message="messages: too odd"), "bad-request", False),
        (fails(400, code="invalid_request_error", message="prompt is too long: 9 > 8"), "too-long", False),
        (Fault("no-choices"), "malformed", True),
    ],
)
async def test_an_item_that_fails_says_why_and_whether_to_try_again(
    fault: Fault, kind: str, retryable: bool, provider: str, server: Loopback, batches: MakeBatches
) -> None:
    server.batches.fault_for = lambda custom_id: fault if custom_id == ids(3)[1] else None
    handing = batches(provider)
    found = await results(handing, await handing.submit(items(3), "run"))
    (error,) = [result.error for result in found if result.error is not None]
    assert (error.kind, error.retryable) == (kind, retryable)
    assert str(error).endswith(".") and "\n" not in str(error)
    assert sorted(replies(found)) == [ids(3)[0], ids(3)[2]]


@each_service
async def test_replies_that_are_refused_or_cut_short_are_replies(
    provider: str, server: Loopback, batches: MakeBatches
) -> None:
    first, second = ids(2)
    server.batches.fault_for = {first: Fault("truncated"), second: Fault("refused")}.get
    handing = batches(provider)
    found = replies(await results(handing, await handing.submit(items(2), "run")))
    assert (found[first].stop, found[second].stop) == ("truncated", "refused")
    assert found[second].refusal == "I cannot help with that."


@each_service
async def test_time_that_is_up_leaves_what_was_done(provider: str, server: Loopback, batches: MakeBatches) -> None:
    server.batches.most_done = 3
    handing = batches(provider)
    batch_id = await handing.submit(items(5), "run")
    status = await handing.status(batch_id)
    assert (status.state, status.done, status.failed, status.total) == ("expired", 3, 2, 5)
    found = await results(handing, batch_id)
    assert sorted(replies(found)) == ids(3)
    assert kinds(found) == dict.fromkeys(ids(2, start=3), "not-run")
    assert all(result.error.retryable for result in found if result.error is not None)
    assert sum(server.batches.paid.values()) == 3


@each_service
async def test_a_cancelled_batch_keeps_what_was_done(provider: str, server: Loopback, batches: MakeBatches) -> None:
    server.batches.most_done = 2
    handing = batches(provider)
    batch_id = await handing.submit(items(4), "run")
    server.batches.batches[batch_id].cancelled = True
    status = await handing.status(batch_id)
    assert (status.state, status.done, status.failed) == ("cancelled", 2, 2)
    found = await results(handing, batch_id)
    assert sorted(replies(found)) == ids(2)
    assert kinds(found) == dict.fromkeys(ids(2, start=2), "not-run")


async def test_a_file_that_openai_refuses_is_told_of_once_it_was_looked_through(
    server: Loopback, batches: MakeBatches
) -> None:
    server.batches.most_items = 2
    handing = batches("openai")
    batch_id = await handing.submit(items(3), "run")
    status = await handing.status(batch_id)
    assert status.state == "failed" and status.over and status.problem is not None
    assert (status.problem.kind, status.problem.retryable) == ("bad-request", False)
    assert "too many requests" in str(status.problem) and "Nothing was billed" in str(status.problem)
    assert str(await failure(results(handing, batch_id))) == str(status.problem)
    assert not server.batches.paid


async def test_a_full_queue_passes_with_time(server: Loopback, batches: MakeBatches) -> None:
    handing = batches("openai")
    batch_id = await handing.submit(items(1), "run")
    full = {"code": "token_limit_exceeded", "message": "Enqueued token limit reached.", "line": None, "param": None}
    server.batches.batches[batch_id].faults = [full]
    problem = (await handing.status(batch_id)).problem
    assert problem is not None and (problem.kind, problem.retryable) == ("rate-limited", True)
    assert "later" in str(problem)


# Limits


@each_service
async def test_sizes_are_exact_to_the_byte(provider: str, server: Loopback, batches: MakeBatches) -> None:
    handing = batches(provider)
    batch = items(3)
    await handing.submit(batch, "run")
    counted = sum(map(handing.size, batch))
    if provider == "anthropic":
        sent = int(server.last.headers["content-length"])
        assert sent == counted + len('{"requests":[]}') - 1
    else:
        (file,) = server.batches.files.values()
        assert file["bytes"] == counted


@each_service
@pytest.mark.parametrize("limit", [BatchLimits(2, 10**9), BatchLimits(10, 1000)])
async def test_what_is_over_a_limit_is_not_even_sent(
    limit: BatchLimits, provider: str, server: Loopback, batches: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    handing = batches(provider)
    monkeypatch.setattr(type(handing), "limits", limit)
    error = await failure(handing.submit(items(3), "run"))
    assert error.kind == "too-long" and "Hand in fewer" in str(error)
    assert not server.requests


@each_service
async def test_the_limits_are_those_of_the_providers(provider: str, batches: MakeBatches) -> None:
    limits = batches(provider).limits
    assert limits.items == {"anthropic": 100_000, "openai": 50_000}[provider]
    assert {"anthropic": 255_999_900, "openai": 199_999_900}[provider] < limits.bytes <= 256_000_000


@each_service
async def test_no_two_items_of_a_batch_have_one_custom_id(provider: str, batches: MakeBatches) -> None:
    with pytest.raises(ValueError, match="no two"):
        await batches(provider).submit([*items(2), *items(1)], "run")
    with pytest.raises(ValueError, match="has items"):
        await batches(provider).submit([], "run")


@each_service
async def test_two_batches_at_once_do_not_mix(provider: str, server: Loopback, batches: MakeBatches) -> None:
    handing = batches(provider)
    first, second = await asyncio.gather(handing.submit(items(2), "a"), handing.submit(items(3, start=2), "b"))
    assert first != second
    assert sorted(replies(await results(handing, first))) == ids(2)
    assert sorted(replies(await results(handing, second))) == ids(3, start=2)
    assert sum(request.path == CREATE[provider] for request in server.requests) == 2


async def test_the_key_and_what_is_openais_go_only_where_they_belong(
    server: Loopback, batches: MakeBatches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    handing = batches("openai")
    batch_id = await handing.submit(items(1), "run")
    await results(handing, batch_id)
    assert len({request.path for request in server.requests}) == 4
    assert "org-secret" not in json.dumps([dict(request.headers) for request in server.requests])


async def test_an_address_in_an_answer_is_not_followed(server: Loopback, batches: MakeBatches) -> None:
    async with Loopback() as elsewhere:
        handing = batches("anthropic")
        batch_id = await handing.submit(items(1), "run")
        server.batches.batches[batch_id].about = {"results_url": f"{elsewhere.url}/v1/messages/batches/x/results"}
        assert len(await results(handing, batch_id)) == 1
        assert not elsewhere.requests


# Prices


def test_a_batch_costs_half_at_both_providers() -> None:
    prices = load_prices()
    usage = Usage(sent=10_000, cached=8_000, cache_written=1_000, received=500)
    for provider, model in MODELS.items():
        share = prices.batch_share(provider)
        full, half = prices.cost(model, usage), prices.cost(model, usage, share)
        assert share == Decimal("0.5") and full is not None and half == full / 2
        most, most_by_batch = prices.most(model, REQUEST), prices.most(model, REQUEST, share)
        assert most is not None and most_by_batch == most / 2
    assert prices.batch_share("openai-compatible") == 1


def test_the_share_is_the_users_to_correct(tmp_path: Any) -> None:
    (tmp_path / "models.yaml").write_text("batch: {openai: 0.4}\n", encoding="utf-8")
    prices = load_prices(tmp_path)
    assert (prices.batch_share("openai"), prices.batch_share("anthropic")) == (Decimal("0.4"), Decimal("0.5"))
    (tmp_path / "models.yaml").write_text("batch: {openai: half}\n", encoding="utf-8")
    with pytest.raises(PriceError, match=r"batch.openai must be a share of the price from 0 to 1, such as 0.5"):
        load_prices(tmp_path)
