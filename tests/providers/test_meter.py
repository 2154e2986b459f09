"""The limit is kept before it is reached, whatever happens at once."""

from __future__ import annotations

import asyncio
import random
import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.cost import money
from interviewer.providers.chat import ErrorKind, ProviderError, Reply, Usage
from interviewer.providers.meter import Meter, MeteredModel
from interviewer.providers.prices import load_prices
from tests.loopback import Fault, Loopback
from tests.loopback.faults import fails
from tests.providers.asking import PROVIDERS, REQUEST, WAYS, asked, failed
from tests.providers.conftest import MakeModel

CENT = Decimal("0.01")
MODEL = {"anthropic": "claude-sonnet-5-5", "openai": "gpt-6.1-terra", "openai-compatible": "gpt-6-luna"}


def test_it_adds_up_by_purpose() -> None:
    meter = Meter()
    meter.reserve("turn", CENT).settle(Usage(100, 40, 10, 5), Decimal("0.002"))
    meter.reserve("turn", CENT).settle(Usage(100, 80, 0, 5), Decimal("0.001"))
    meter.reserve("grade", CENT).settle(Usage(1000, 0, 0, 50), Decimal("0.01"))
    assert meter.spent("turn").calls == 2
    assert meter.spent("turn").usage == Usage(200, 120, 10, 10)
    assert meter.spent("turn").cost == Decimal("0.003")
    assert meter.spent("turn").cached_share == 0.6
    assert meter.spent("debrief").calls == 0 and meter.spent("debrief").cached_share is None
    assert meter.spent().cost == Decimal("0.013")
    assert meter.left is None


def test_it_refuses_before_the_limit_and_not_after() -> None:
    meter = Meter(cap=Decimal("0.05"))
    held = [meter.reserve("grade", CENT) for _ in range(5)]
    with pytest.raises(ProviderError) as caught:
        meter.reserve("grade", CENT)
    assert caught.value.kind == "cost-cap" and not caught.value.retryable
    assert "$0.0500 is held by calls under way" in str(caught.value)
    held[0].settle(Usage(1, 0, 0, 1), Decimal("0.001"))
    with pytest.raises(ProviderError):
        meter.reserve("grade", CENT)
    meter.reserve("grade", Decimal("0.009")).give_back()
    assert meter.left == Decimal("0.009")


def test_the_limit_itself_may_be_spent() -> None:
    meter = Meter(cap=CENT)
    meter.reserve("turn", CENT).settle(Usage(1, 0, 0, 1), CENT)
    assert meter.left == 0
    with pytest.raises(ProviderError):
        meter.reserve("turn", Decimal("0.000001"))
    meter.reserve("turn", Decimal(0)).give_back()  # what costs nothing may go on


def test_what_was_spent_before_counts() -> None:
    meter = Meter(cap=Decimal("1.00"), taken=lambda: Decimal("0.995"))
    with pytest.raises(ProviderError):
        meter.reserve("turn", CENT)
    assert meter.spent().cost == 0


def test_what_others_spend_counts_too_and_what_is_written_down_of_ones_own_counts_once() -> None:
    written, now, looks = Decimal("0.5"), 0.0, 0

    def taken() -> Decimal:
        nonlocal looks
        looks += 1
        return written

    meter = Meter(Decimal(1), taken, lambda: now)
    meter.reserve("grade", Decimal("0.1")).settle(Usage(), Decimal("0.1"))
    written = Decimal("0.9")  # in it the call just made
    now = 0.5
    meter.reserve("grade", Decimal("0.2")).give_back()
    assert looks == 2, "once at the beginning, once before the first call, and not again within a second"
    now = 1.0
    meter.reserve("grade", Decimal("0.1")).give_back()
    with pytest.raises(ProviderError, match=r"\$0\.90 is spent"):
        meter.reserve("grade", Decimal("0.2"))
    meter.allow(None)
    now = 9.0
    meter.reserve("grade", Decimal(5)).give_back()
    assert looks == 3, "nobody needs to know without a limit"


def test_without_a_price_a_limit_cannot_be_kept() -> None:
    with pytest.raises(ProviderError) as caught:
        Meter(cap=Decimal(5)).reserve("turn", None)
    assert caught.value.kind == "cost-cap" and "models.yaml" in str(caught.value)
    meter = Meter()
    meter.reserve("turn", None).settle(Usage(7, 0, 0, 2), None)
    assert meter.spent().unpriced == 1 and meter.spent().cost == 0
    assert meter.spent().usage.sent == 7


def test_a_limit_can_be_changed_while_calls_are_made() -> None:
    meter = Meter(cap=Decimal(1))
    held = meter.reserve("grade", Decimal("0.8"))
    meter.allow(Decimal(2))
    meter.reserve("grade", Decimal(1)).give_back()
    meter.allow(Decimal("0.5"))
    assert meter.left == 0
    with pytest.raises(ProviderError, match=r"cost limit of \$0.50"):
        meter.reserve("grade", Decimal("0.1"))
    held.settle(Usage(), Decimal("0.8"))
    assert meter.spent().cost == Decimal("0.8"), "a call that was under way is paid for"
    meter.allow(None)
    meter.reserve("grade", Decimal(100)).give_back()
    with pytest.raises(ValueError, match="negative"):
        meter.allow(Decimal(-1))


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Meter(cap=Decimal(-1))


def test_a_reservation_ends_once() -> None:
    meter = Meter(cap=CENT)
    held = meter.reserve("turn", CENT)
    held.settle(Usage(1, 0, 0, 1), CENT / 2)
    held.settle(Usage(1, 0, 0, 1), CENT / 2)
    held.give_back()
    held.doubt()
    assert meter.spent().calls == 1 and meter.spent().cost == CENT / 2
    assert meter.left == CENT / 2


@pytest.mark.parametrize(
    ("error", "doubtful"),
    [
        (ProviderError("rate-limited", "x", status=429), False),
        (ProviderError("server", "x", status=500), False),
        (ProviderError("authentication", "x", status=401), False),
        (ProviderError("no-route", "x"), False),
        (ProviderError("tls", "x"), False),
        (ProviderError("timeout", "x"), True),
        (ProviderError("dropped", "x"), True),
        (ProviderError("malformed", "x"), True),
        (ProviderError("overloaded", "x"), True),
        (asyncio.CancelledError(), True),
    ],
)
def test_a_call_that_broke_is_paid_for_only_if_it_may_have_been_billed(error: BaseException, doubtful: bool) -> None:
    meter = Meter(cap=CENT)
    with pytest.raises(type(error)), meter.reserve("turn", CENT):
        raise error
    assert meter.spent().doubtful == (CENT if doubtful else 0)
    assert meter.spent().cost == 0
    assert meter.left == (0 if doubtful else CENT)


ENDS = st.sampled_from(["settle", "unpriced", "give back", "doubt", "leave open"])
AMOUNTS = st.decimals(0, 3, places=4)


@given(AMOUNTS, st.lists(st.tuples(AMOUNTS, st.decimals(0, 1, places=2), ENDS), max_size=30))
def test_it_is_never_over(cap: Decimal, calls: list[tuple[Decimal, Decimal, str]]) -> None:
    meter = Meter(cap)
    held = Decimal(0)
    for estimate, share, end in calls:
        try:
            reservation = meter.reserve("grade", estimate)
        except ProviderError:
            continue
        if end == "settle":
            reservation.settle(Usage(1, 0, 0, 1), estimate * share)
        elif end == "unpriced":
            reservation.settle(Usage(counted=False), None)
        elif end == "give back":
            reservation.give_back()
        elif end == "doubt":
            reservation.doubt()
        else:
            held += estimate
        spent = meter.spent()
        assert spent.cost + spent.doubtful + held <= cap
        assert meter.left == cap - spent.cost - spent.doubtful - held


def test_it_is_never_over_from_many_threads() -> None:
    meter, billed, lock = Meter(cap=Decimal(1)), [Decimal(0)], threading.Lock()
    over: list[Decimal] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(400):
            estimate = Decimal(chance.randint(1, 40)) / 1000
            try:
                held = meter.reserve("grade", estimate)
            except ProviderError:
                continue
            cost = estimate * chance.randint(0, 10) / 10
            with lock:
                billed[0] += cost
                if billed[0] > 1:
                    over.append(billed[0])
            held.settle(Usage(1, 0, 0, 1), cost)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not over
    assert meter.spent().cost == billed[0] <= 1
    assert billed[0] > Decimal("0.9"), "it stopped far too early"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_many_calls_at_once_stay_under_the_limit(
    provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    server.latency = 0.01
    server.reply = lambda _: '{"move": "probe", "gaps": [], "say": "' + "word " * 200 + '"}'
    prices = load_prices()
    name = MODEL[provider]
    request = replace(REQUEST, most_tokens=500)
    most = prices.most(name, request)
    assert most is not None
    meter = Meter(cap=most * 3)
    asking = MeteredModel(make(provider, model=name), meter, prices, "grade")

    async def one() -> bool:
        try:
            await asked(asking, way, request)
        except ProviderError as error:
            assert error.kind == "cost-cap"
            return False
        return True

    done = sum(await asyncio.gather(*(one() for _ in range(40))))
    assert done >= 3
    while await one():
        done += 1
    spent = meter.spent("grade")
    assert spent.calls == done == server.billed
    assert Decimal(0) < spent.cost <= most * 3
    assert spent.doubtful == 0 and spent.unpriced == 0
    assert spent.usage.cached > 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("fault", "kind", "doubtful"),
    [
        (fails(429), "rate-limited", False),
        (Fault("hang"), "timeout", True),
        (Fault("cut"), "dropped", True),
        (Fault("reset-before"), "dropped", True),
    ],
)
async def test_a_failed_call_on_the_meter(
    fault: Fault, kind: ErrorKind, doubtful: bool, way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults.append(fault)
    meter = Meter(cap=Decimal(1))
    asking = MeteredModel(make("openai"), meter, load_prices(), "turn")
    assert (await failed(asking, way)).kind == kind
    assert (meter.spent().doubtful > 0) == doubtful
    assert meter.spent().cost == 0


@pytest.mark.parametrize("way", WAYS)
async def test_a_filtered_reply_is_paid_for(way: str, server: Loopback, make: MakeModel) -> None:
    server.faults.append(Fault("filtered"))
    meter = Meter(cap=Decimal(1))
    await failed(MeteredModel(make("openai"), meter, load_prices(), "turn"), way)
    assert meter.spent().cost > 0 and meter.spent().doubtful == 0


async def test_a_stream_closed_early_stays_held(make: MakeModel) -> None:
    meter = Meter(cap=Decimal(1))
    asking = MeteredModel(make("anthropic"), meter, load_prices(), "turn")
    pieces = asking.stream(REQUEST)
    await anext(pieces)
    await pieces.aclose()
    assert meter.spent().doubtful > 0


async def test_a_stream_read_to_its_end_is_settled_even_if_nobody_asks_for_more(make: MakeModel) -> None:
    meter = Meter(cap=Decimal(1))
    pieces = MeteredModel(make("anthropic"), meter, load_prices(), "turn").stream(REQUEST)
    async for piece in pieces:
        if isinstance(piece, Reply):
            break
    await pieces.aclose()
    assert meter.spent().doubtful == 0 and meter.spent().cost > 0


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0", "$0.00"), ("1", "$1.00"), ("0.1", "$0.10"), ("0.0123", "$0.0123"), ("0.00001", "less than $0.0001")],
)
def test_money_for_people(amount: str, shown: str) -> None:
    assert money(Decimal(amount)) == shown
