"""Claims are there before a worker asks for them, each is handed out once, and none is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from interviewer.batch.claiming import Claiming
from interviewer.batch.ledger import Claim, LedgerError


class Heap:
    """Claims 0, 1, 2, ... up to a number of them, each given once."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.given = 0
        self.asked: list[int] = []
        self.looks = threading.Semaphore(0)
        self.open = threading.Event()
        self.open.set()
        self.broken = False

    def claim(self, most: int) -> Sequence[Claim]:
        self.asked.append(most)
        self.looks.release()
        assert self.open.wait(10)
        if self.broken:
            raise LedgerError("The disk is gone.")
        first, self.given = self.given, min(self.number, self.given + most)
        return tuple(Claim(1, content, 1, (("", "words"),)) for content in range(first, self.given))

    async def looked(self, times: int) -> None:
        """Waits until it was asked so many times more."""
        for _ in range(times):
            assert await asyncio.to_thread(self.looks.acquire, timeout=5)


def numbers(claims: Sequence[Claim]) -> list[int]:
    return [claim.content for claim in claims]


async def test_everything_is_handed_out_once_and_in_order() -> None:
    claiming = Claiming(Heap(25).claim, 10, None)
    taken = [numbers(await claiming.take(3)) for _ in range(10)]
    assert [len(one) for one in taken] == [3] * 8 + [1, 0]
    assert [each for one in taken for each in one] == list(range(25))


async def test_more_is_taken_while_some_are_left_and_nobody_waits_for_it() -> None:
    heap = Heap(100)
    claiming = Claiming(heap.claim, 10, None)
    await claiming.take(1)
    heap.open.clear()  # from here on the medium does not answer
    taken = [numbers(await asyncio.wait_for(claiming.take(1), 5)) for _ in range(9)]
    assert taken == [[place] for place in range(1, 10)]
    await heap.looked(2)
    assert heap.asked == [10, 10]
    waiting = asyncio.create_task(claiming.take(1))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    heap.open.set()
    assert numbers(await waiting) == [10]


async def test_no_more_is_taken_than_the_limit() -> None:
    heap = Heap(100)
    claiming = Claiming(heap.claim, 10, 13)
    taken = [numbers(await claiming.take(5)) for _ in range(4)]
    assert [len(one) for one in taken] == [5, 5, 3, 0]
    assert heap.given == 13 and heap.asked == [10, 3]


async def test_what_becomes_free_while_the_rest_is_graded_is_taken_too() -> None:
    """Another process may end and leave behind what it had claimed, after a look ahead that found nothing."""
    heap = Heap(6)
    claiming = Claiming(heap.claim, 5, None)
    taken = []
    for _ in range(3):  # each looks for more, and the third finds nothing while three are left
        taken += numbers(await claiming.take(1))
        await heap.looked(1)
        await asyncio.sleep(0.01)
    heap.number = 8
    while one := numbers(await claiming.take(1)):
        taken += one
    assert taken == list(range(8))
    asked = len(heap.asked)
    assert not await claiming.take(1)
    assert len(heap.asked) == asked, "it has ended"


async def test_what_nobody_took_is_given_back_with_what_is_just_being_taken() -> None:
    heap = Heap(20)
    claiming = Claiming(heap.claim, 10, None)
    await claiming.take(4)
    heap.open.clear()
    waiting = asyncio.create_task(claiming.take(7))
    await asyncio.sleep(0.01)
    waiting.cancel()
    ending = asyncio.create_task(claiming.end())
    await asyncio.sleep(0.01)
    assert not ending.done()
    heap.open.set()
    assert numbers(await ending) == list(range(4, 20))


async def test_a_ledger_that_fails_is_told_to_everybody_and_leaves_nothing_behind() -> None:
    heap = Heap(20)
    heap.broken = True
    claiming = Claiming(heap.claim, 10, None)
    for _ in range(2):
        with pytest.raises(LedgerError, match="disk is gone"):
            await claiming.take(1)
    assert not await claiming.end()
    assert heap.asked == [10]
