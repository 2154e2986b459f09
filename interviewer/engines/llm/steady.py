"""A model that is asked again when that can help: the one retry policy around metered calls."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from interviewer.providers.around import AroundModel
from interviewer.providers.chat import ChatModel, ChatRequest, Piece, Reply
from interviewer.providers.retry import EFFECTS, PATIENCE, Effects, Patience, let_go, retrying, retrying_stream
from interviewer.providers.waits import Waiting, WaitingCall, Waits


class SteadyModel(AroundModel):
    """Tries a failed call again, as long as patience lasts and nothing was handed on.

    Args:
        model: whom to ask; every attempt is one call of its.
        waits: where waits are shown and can be ended.
        purpose: what the calls are for.
        patience: how long and how often.
        effects: where the waits' time and chance come from.
    """

    def __init__(
        self,
        model: ChatModel,
        waits: Waits,
        purpose: Waiting,
        patience: Patience = PATIENCE,
        effects: Effects = EFFECTS,
    ) -> None:
        super().__init__(model)
        self._waits = waits
        self._purpose: Waiting = purpose
        self._patience = patience
        self._effects = effects

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece | Reply, None]:
        """The reply in pieces. Raises ProviderError when patience ends."""
        call, effects = self._waiting()
        pieces = retrying_stream(
            lambda: self._asked.stream(request), patience=self._patience, on_wait=call.tell, effects=effects
        )
        try:
            async for piece in pieces:
                self._waits.answered()
                yield piece
        finally:
            await let_go(pieces)

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError when patience ends."""
        call, effects = self._waiting()
        reply = await retrying(
            lambda: self._asked.complete(request), patience=self._patience, on_wait=call.tell, effects=effects
        )
        self._waits.answered()
        return reply

    def _waiting(self) -> tuple[WaitingCall, Effects]:
        call, effects = self._waits.call(self._purpose), self._effects
        return call, Effects(lambda seconds: call.sleep(seconds, effects.sleep), effects.clock, effects.chance)
