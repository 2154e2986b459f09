"""A server for every test, and none of the machine's own proxies and settings."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from interviewer.providers.batches import BatchService
from interviewer.providers.chat import ChatModel
from tests.loopback import Loopback
from tests.providers import asking
from tests.providers.batching import MakeBatches, service

MakeModel = Callable[..., ChatModel]


@pytest.fixture(scope="session", autouse=True)
def imported() -> None:
    """So that no test with a time-out pays for it."""
    import anthropic  # noqa: F401
    import openai  # noqa: F401


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith(("OPENAI_", "ANTHROPIC_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with Loopback() as running:
        yield running


@pytest.fixture
async def make(server: Loopback) -> AsyncIterator[MakeModel]:
    """Makes models behind the server and closes them afterwards."""
    closing: list[Callable[[], Awaitable[None]]] = []

    def made(provider: str, behind: Loopback = server, **more: Any) -> ChatModel:
        model = asking.model(provider, behind, **more)
        closing.append(model.close)
        return model

    yield made
    for close in closing:
        await close()


@pytest.fixture
async def batches(server: Loopback) -> AsyncIterator[MakeBatches]:
    """Makes batch services behind the server and closes them afterwards."""
    closing: list[Callable[[], Awaitable[None]]] = []

    def made(provider: str) -> BatchService:
        batches, close = service(provider, server)
        closing.append(close)
        return batches

    yield made
    for close in closing:
        await close()
