"""The policy that tries again, on a clock that nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.providers.chat import RETRYABLE, ErrorKind, Piece, ProviderError, Reply, Usage
from interviewer.providers.retry import Effects, Patience, retrying, retrying_stream, wait_before
from tests.loopback import Fault, Loopback
from tests.loopback.faults import fails
from tests.providers.asking import PROVIDERS, REQUEST
from tests.providers.conftest import MakeModel

KINDS = get_args(ErrorKind)
REPLY = Reply("done", "complete", Usage(), "m")


class Time:
    """A clock that goes on only by sleeping, or by what a call is said to take."""

    def __init__(self, chance: float = 0.0) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.told: list[tuple[int, float, ErrorKind]] = []
        self.effects = Effects(self.sleep, lambda: self.now, lambda: chance)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def tell(self, attempt: int, seconds: float, error: ProviderError) -> None:
        self.told.append((attempt, seconds, error.kind))


class Calls:
    """Fails with each of these in turn, then succeeds."""

    def __init__(self, *errors: ProviderError, time: Time | None = None, takes: float = 0.0) -> None:
        self.errors = list(errors)
        self.made = 0
        self._time = time
        self._takes = takes

    async def __call__(self) -> str:
        self.made += 1
        if self._time is not None:
            self._time.now += self._takes
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def error(kind: ErrorKind = "server", retry_after: float | None = None) -> ProviderError:
    return ProviderError(kind, "It failed.", retry_after)


async def test_it_goes_on_until_it_succeeds_and_says_what_it_waits_for() -> None:
    time, calls = Time(), Calls(error(), error("overloaded"), error("timeout"))
    assert await retrying(calls, on_wait=time.tell, effects=time.effects) == "done"
    assert calls.made == 4
    assert time.told == [(1, 1.0, "server"), (2, 2.0, "overloaded"), (3, 4.0, "timeout")]
    assert time.slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("kind", KINDS)
async def test_only_what_may_pass_is_tried_again(kind: ErrorKind) -> None:
    time, calls = Time(), Calls(error(kind))
    if kind in RETRYABLE:
        assert await retrying(calls, effects=time.effects) == "done"
    else:
        with pytest.raises(ProviderError) as caught:
            await retrying(calls, effects=time.effects)
        assert caught.value.kind == kind
    assert calls.made == (2 if kind in RETRYABLE else 1)


def test_a_wrong_key_a_bad_request_and_a_limit_are_never_tried_again() -> None:
    never = {"authentication", "quota", "tls", "unknown-model", "bad-request", "content-filter", "too-long", "cost-cap"}
    assert never == set(KINDS) - RETRYABLE


async def test_another_exception_is_not_ours() -> None:
    async def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await retrying(broken, effects=Time().effects)


async def test_what_the_service_asks_for_is_kept() -> None:
    time, calls = Time(chance=0.9), Calls(error("rate-limited", 7.0), error("rate-limited", 0.0))
    await retrying(calls, effects=time.effects)
    assert time.slept == [7.0, 0.0]


async def test_what_the_service_asks_for_is_capped() -> None:
    time, calls = Time(), Calls(error("rate-limited", 90.0))
    await retrying(calls, patience=Patience(budget=600, longest_asked=60), effects=time.effects)
    assert time.slept == [60.0]


async def test_a_wait_that_cannot_help_is_not_begun() -> None:
    time, calls = Time(), Calls(error("rate-limited", 3600.0))
    with pytest.raises(ProviderError) as caught:
        await retrying(calls, effects=time.effects)
    assert caught.value.retry_after == 3600.0
    assert time.slept == [] and calls.made == 1


async def test_calls_count_towards_the_budget() -> None:
    time = Time()
    calls = Calls(*(error("timeout") for _ in range(50)), time=time, takes=50.0)
    with pytest.raises(ProviderError):
        await retrying(calls, patience=Patience(budget=120), effects=time.effects)
    assert calls.made == 3


@pytest.mark.parametrize(("kind", "waited"), [("no-route", 300), ("overloaded", 900)])
async def test_nobody_at_all_is_waited_for_less_long_than_a_busy_service(kind: ErrorKind, waited: float) -> None:
    time, calls = Time(), Calls(*(error(kind) for _ in range(200)))
    with pytest.raises(ProviderError):
        await retrying(calls, patience=Patience(budget=900, attempts=100, unreachable=300), effects=time.effects)
    assert waited - 30 <= sum(time.slept) <= waited


@given(
    st.lists(st.tuples(st.sampled_from(sorted(RETRYABLE)), st.none() | st.floats(0, 200)), max_size=30),
    st.floats(0, 300),
    st.integers(1, 12),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 20),
)
def test_patience_always_ends(
    failures: list[tuple[ErrorKind, float | None]], budget: float, attempts: int, chance: float, takes: float
) -> None:
    time = Time(chance)
    patience = Patience(budget=budget, attempts=attempts)
    calls = Calls(*(error(*each) for each in failures), time=time, takes=takes)

    async def run() -> bool:
        try:
            return await retrying(calls, patience=patience, on_wait=time.tell, effects=time.effects) == "done"
        except ProviderError:
            return False

    succeeded = asyncio.run(run())
    assert 1 <= calls.made <= attempts
    assert time.now - 1000 <= budget + takes + 1e-6, "an attempt began after the budget"
    assert [seconds for _, seconds, _ in time.told] == time.slept
    assert all(0 <= seconds <= patience.longest_asked for seconds in time.slept)
    assert succeeded == (calls.made > len(failures))


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_waits_grow_and_are_bounded(attempt: int, chance: float) -> None:
    patience = Patience()
    seconds = wait_before(attempt, error(), patience, chance)
    full = min(patience.longest, patience.first * 2.0 ** min(attempt - 1, 30))
    assert full / 2 <= seconds <= full


async def test_it_can_be_cancelled_while_it_waits() -> None:
    calls = Calls(error("rate-limited", 50.0))
    waiting = asyncio.Event()
    task = asyncio.create_task(retrying(calls, on_wait=lambda *_: waiting.set()))
    await waiting.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 1)
    assert calls.made == 1


async def test_it_can_be_cancelled_while_it_calls() -> None:
    made = 0

    async def call() -> str:
        nonlocal made
        made += 1
        await asyncio.sleep(60)
        return "done"

    task = asyncio.create_task(retrying(call))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 1)
    assert made == 1


# Streams


class Streams:
    """Each attempt is a list of what comes; an error is raised."""

    def __init__(self, *attempts: list[Piece | Reply | ProviderError]) -> None:
        self.attempts = list(attempts)
        self.made = 0
        self.closed = 0

    async def __call__(self) -> AsyncIterator[Piece | Reply]:
        self.made += 1
        try:
            for each in self.attempts.pop(0):
                if isinstance(each, ProviderError):
                    raise each
                yield each
        finally:
            self.closed += 1


async def gathered(opening: Callable[[], AsyncIterator[Piece | Reply]], time: Time) -> list[Piece | Reply]:
    return [each async for each in retrying_stream(opening, on_wait=time.tell, effects=time.effects)]


async def test_a_stream_is_begun_anew_while_nothing_came() -> None:
    time, streams = Time(), Streams([error()], [], [Piece("a"), REPLY])
    assert await gathered(streams, time) == [Piece("a"), REPLY]
    assert streams.made == streams.closed == 3
    assert [kind for *_, kind in time.told] == ["server", "malformed"]


async def test_a_stream_that_breaks_after_its_first_piece_is_not_begun_anew() -> None:
    time, streams = Time(), Streams([Piece("a"), error("dropped")], [REPLY])
    seen: list[Piece | Reply] = []
    with pytest.raises(ProviderError) as caught:
        async for each in retrying_stream(streams, effects=time.effects):
            seen.append(each)
    assert caught.value.kind == "dropped"
    assert seen == [Piece("a")] and streams.made == 1 and time.slept == []


async def test_closing_early_closes_the_stream_beneath() -> None:
    streams = Streams([Piece("a"), Piece("b"), REPLY])
    pieces = retrying_stream(streams, effects=Time().effects)
    assert await anext(pieces) == Piece("a")
    await pieces.aclose()
    assert streams.closed == 1


# Through the SDKs


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_bad_minute_passes(provider: str, server: Loopback, make: MakeModel) -> None:
    server.faults += [fails(429, "3"), fails(529), Fault("reset-before"), Fault("reset-after"), fails(500)]
    time, asking = Time(), make(provider)
    reply = await retrying(lambda: asking.complete(REQUEST), on_wait=time.tell, effects=time.effects)
    assert reply.stop == "complete"
    assert [kind for *_, kind in time.told] == ["rate-limited", "overloaded", "dropped", "dropped", "server"]
    assert time.slept == [3.0, 2.0, 4.0, 8.0, 16.0]


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_bad_minute_passes_for_a_stream(provider: str, server: Loopback, make: MakeModel) -> None:
    server.faults += [fails(503), Fault("reset-after"), None]
    time, asking = Time(), make(provider)
    got = await gathered(lambda: asking.stream(REQUEST), time)
    assert isinstance(got[-1], Reply) and len(got) > 3
    assert len(server.requests) == 3


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_refusal_is_not_tried_again(provider: str, server: Loopback, make: MakeModel) -> None:
    server.faults.append(Fault("refused"))
    asking = make(provider)
    reply = await retrying(lambda: asking.complete(REQUEST), effects=Time().effects)
    assert reply.stop == "refused" and len(server.requests) == 1
