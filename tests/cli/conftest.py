"""A model service for commands, which run a loop of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.llm.player import Player
from tests.loopback import KEY, Loopback
from tests.loopback.beside import beside


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A service that plays its part well."""
    with beside(Loopback(Player())) as running:
        yield running


@pytest.fixture
def service(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """The same, which every command asks, with a key in the environment."""
    for name, value in {
        "INTERVIEWER_ENGINE": "anthropic",
        "INTERVIEWER_BASE_URL": server.url,
        "INTERVIEWER_TURN_MODEL": "claude-sonnet-5-5",
        "ANTHROPIC_API_KEY": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    return server
