"""Batches of one small question, for the tests of the batch services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from interviewer.providers.batches import BatchItem, BatchResult, BatchService, Intent
from interviewer.providers.chat import ProviderError
from interviewer.providers.retry import Effects
from tests.loopback import Loopback
from tests.providers import asking
from tests.providers.asking import REQUEST

SERVICES: Final = ("anthropic", "openai")
MODELS: Final = {"anthropic": "claude-sonnet-5-5", "openai": "gpt-6.1-terra"}
CREATE: Final = {"anthropic": "/v1/messages/batches", "openai": "/v1/batches"}
"""Where a batch is created."""

MakeBatches = Callable[[str], BatchService]

each_service = pytest.mark.parametrize("provider", SERVICES)


def items(count: int, start: int = 0) -> list[BatchItem]:
    """Items whose custom ids look like the keys of a ledger."""
    return [BatchItem(f"{number:064x}", REQUEST) for number in range(start, start + count)]


def ids(count: int, start: int = 0) -> list[str]:
    """The custom ids of `items`."""
    return [item.custom_id for item in items(count, start)]


def intent(count: int, label: str = "run 7, part 1", start: int = 0, ago: float = 600.0) -> Intent:
    """What was written down, some seconds ago, before `items` were handed in."""
    return Intent(label, frozenset(ids(count, start)), datetime.now(UTC) - timedelta(seconds=ago))


def service(provider: str, server: Loopback, **more: Any) -> tuple[BatchService, Callable[[], Awaitable[None]]]:
    """A batch service behind `server`, silent for at most half a second, and what closes it."""
    model: Any = asking.model(provider, server, **more)
    return model.batches(silent=0.5), model.close


async def results(batches: BatchService, batch_id: str) -> list[BatchResult]:
    """All results as they come."""
    return [result async for result in batches.results(batch_id)]


async def failure(doing: Awaitable[Any]) -> ProviderError:
    """The error that something ends with."""
    try:
        made = await doing
    except ProviderError as error:
        return error
    raise AssertionError(f"it did not fail, but gave {made}")


class Waits:
    """Time that passes only in waits."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.effects = Effects(sleep=self.sleep, clock=lambda: sum(self.seconds), chance=lambda: 0.0)

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
