"""Few calls at first, more while all goes well, fewer when the service pushes back, and none while it asks to wait."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.providers.chat import ErrorKind, ProviderError
from interviewer.providers.pace import FIRST, THEN, Pace


def refused(kind: ErrorKind = "rate-limited", retry_after: float | None = None) -> ProviderError:
    return ProviderError(kind, "Too many.", retry_after)


class Time:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_it_doubles_in_the_time_of_one_call_until_the_limit() -> None:
    pace = Pace(64, first=8)
    limits = []
    for _ in range(4):
        begun = [await pace.begin() for _ in range(pace.limit)]
        for began in begun:
            pace.end(began)
        limits.append(pace.limit)
    assert limits == [16, 32, 64, 64]


async def test_the_first_goes_alone_and_then_a_few() -> None:
    pace = Pace(64)
    pace.end(await pace.begin(), refused("server"))
    assert pace.limit == FIRST, "nothing is known yet"
    pace.end(await pace.begin())
    assert pace.limit == THEN
    small = Pace(3)
    small.end(await small.begin())
    assert small.limit == 3
    pushed_back = Pace(64)
    pushed_back.end(await pushed_back.begin(), refused())
    pushed_back.end(await pushed_back.begin())
    assert pushed_back.limit == FIRST, "it has said that it is too much"


async def test_calls_that_failed_together_cut_it_once() -> None:
    clock = Time()
    pace = Pace(100, first=100, clock=clock)
    begun = [await pace.begin() for _ in range(100)]
    clock.now = 1.0
    for began in begun:
        pace.end(began, refused("overloaded"))
    assert pace.limit == 80
    assert pace.push_backs == 100
    clock.now = 2.0
    later = [await pace.begin() for _ in range(2)]
    clock.now = 3.0
    pace.end(later[0], refused())
    assert pace.limit == 64
    pace.end(later[1])
    assert pace.limit == 64, "after a push-back it grows by little"


async def test_other_failures_change_nothing() -> None:
    pace = Pace(10, first=10)
    pace.end(await pace.begin(), refused("server"))
    assert pace.limit == 10


async def test_nothing_begins_before_the_time_that_was_asked_for() -> None:
    pace = Pace(4, first=4)
    pace.end(await pace.begin(), refused(retry_after=0.05))
    began = asyncio.get_running_loop().time()
    await pace.begin()
    assert asyncio.get_running_loop().time() - began >= 0.045


async def test_who_waits_comes_in_turn_and_may_go_away() -> None:
    pace = Pace(1, first=1)
    held = await pace.begin()
    came: list[int] = []

    async def wait(number: int) -> None:
        began = await pace.begin()
        came.append(number)
        pace.end(began)

    waiting = [asyncio.create_task(wait(number)) for number in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    pace.end(held)
    await asyncio.gather(*waiting, return_exceptions=True)
    assert came == [1, 2]
    assert pace.under_way == 0


@given(st.lists(st.sampled_from(["well", "rate-limited", "overloaded", "server"]), max_size=300), st.integers(1, 50))
def test_it_never_goes_below_one_or_above_the_most(ends: list[str], most: int) -> None:
    async def play() -> None:
        clock = Time()
        pace = Pace(most, clock=clock)
        for end in ends:
            clock.now += 1.0
            began = await pace.begin()
            clock.now += 1.0
            pace.end(began, None if end == "well" else refused(end))  # type: ignore[arg-type]
            assert 1 <= pace.limit <= most

    asyncio.run(play())


def test_it_begins_with_few() -> None:
    assert Pace(1000).limit == FIRST
    assert Pace(3, first=8).limit == 3
    with pytest.raises(ValueError, match="at least one"):
        Pace(0)
