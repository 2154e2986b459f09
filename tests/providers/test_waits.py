"""Waits that a user can see and end."""

from __future__ import annotations

import asyncio

import pytest

from interviewer.providers.chat import ProviderError
from interviewer.providers.retry import Effects, GivenUp, retrying
from interviewer.providers.waits import Wait, Waits

BUSY = ProviderError("rate-limited", "Too many requests.", retry_after=40.0)


async def test_a_wait_is_shown_with_its_reason_while_it_lasts() -> None:
    waits, seen = Waits(clock=lambda: 100.0), []
    waits.listener = lambda: seen.append(waits.current)
    call = waits.call("turn")

    async def at_once(_: float) -> None:
        return None

    call.tell(1, 40.0, BUSY)
    assert waits.seconds_left() == 40.0
    await call.sleep(40.0, at_once)
    assert seen == [Wait("turn", 1, 140.0, "Too many requests."), None]
    assert waits.seconds_left() == 0.0


async def test_the_conversations_wait_is_shown_before_a_grades() -> None:
    waits = Waits(clock=lambda: 0.0)
    waits.call("grade").tell(1, 60.0, BUSY)
    waits.call("turn").tell(2, 5.0, BUSY)
    assert waits.current is not None
    assert waits.current.purpose == "turn"


async def test_giving_up_ends_every_wait_and_the_error_stands() -> None:
    waits, both_wait = Waits(), asyncio.Event()
    tries = 0

    async def fails() -> str:
        nonlocal tries
        tries += 1
        raise BUSY

    async def one() -> str:
        call = waits.call("turn")
        return await retrying(fails, on_wait=call.tell, effects=Effects(sleep=call.sleep))

    def changed() -> None:
        if len(waits.under_way) == 2:
            both_wait.set()

    waits.listener = changed

    both = [asyncio.create_task(one()) for _ in range(2)]
    await asyncio.wait_for(both_wait.wait(), 5)
    await asyncio.sleep(0)
    waits.give_up()
    for task in both:
        with pytest.raises(ProviderError, match="Too many requests"):
            await task
    assert tries == 2
    assert waits.current is None


async def _at_once(_: float) -> None:
    return None


async def test_giving_up_while_nothing_waits_does_not_end_the_next_wait() -> None:
    waits = Waits()
    waits.give_up()
    call = waits.call("grade")
    call.tell(1, 1.0, BUSY)
    await call.sleep(1.0, _at_once)
    assert waits.current is None


async def test_after_giving_up_nothing_waits_until_the_service_has_answered() -> None:
    waits = Waits()
    first = waits.call("turn")
    first.tell(1, 40.0, BUSY)
    waits.give_up()
    second = waits.call("turn")
    second.tell(1, 40.0, BUSY)
    with pytest.raises(GivenUp):
        await second.sleep(40.0, _at_once)
    waits.answered()
    third = waits.call("turn")
    third.tell(1, 40.0, BUSY)
    await third.sleep(40.0, _at_once)
