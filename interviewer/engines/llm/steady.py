"""A model that is asked again when that can help: the one retry policy around metered calls."""

from __future__ import annotations

from collections.abc import AsyncIterator

from interviewer.providers.chat import ChatModel, ChatRequest, Piece, Reply
from interviewer.providers.retry import PATIENCE, OnWait, Patience, retrying, retrying_stream


class SteadyModel:
    """Tries a failed call again, as long as patience lasts and nothing was handed on.

    Args:
        model: whom to ask; every attempt is one call of its.
        patience: how long and how often.
        on_wait: told before each wait.
    """

    def __init__(self, model: ChatModel, patience: Patience = PATIENCE, on_wait: OnWait | None = None) -> None:
        self._asked = model
        self._patience = patience
        self._on_wait = on_wait

    @property
    def provider(self) -> str:
        """Whose model it is."""
        return self._asked.provider

    @property
    def model(self) -> str:
        """The model's name, as asked for."""
        return self._asked.model

    def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The reply in pieces. Raises ProviderError when patience ends."""
        return retrying_stream(lambda: self._asked.stream(request), patience=self._patience, on_wait=self._on_wait)

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError when patience ends."""
        return await retrying(lambda: self._asked.complete(request), patience=self._patience, on_wait=self._on_wait)

    async def close(self) -> None:
        """Lets go of connections."""
        await self._asked.close()
