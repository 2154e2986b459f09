"""What calls came to, in the terms of the log."""

from __future__ import annotations

from decimal import Decimal

from interviewer.cost import FREE, Cost
from interviewer.providers.chat import ChatModel, ChatRequest, Reply

BROKEN_OFF = Cost(calls=1, unpriced=1)
"""A call that was ended before it said what it used."""


def cost_of(reply: Reply) -> Cost:
    """Tokens and money of one reply."""
    return Cost(
        calls=1,
        sent=reply.usage.sent,
        cached=reply.usage.cached,
        received=reply.usage.received,
        dollars=reply.cost or Decimal(0),
        unpriced=int(reply.cost is None),
    )


class Calls:
    """Asks a model, and adds up what that comes to."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._cost = FREE

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError."""
        reply = await self._model.complete(request)
        self._cost += cost_of(reply)
        return reply

    @property
    def cost(self) -> Cost | None:
        """Of all replies so far; None if there was none."""
        return self._cost if self._cost.calls else None
