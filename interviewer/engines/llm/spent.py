"""What calls came to, in the terms of the log."""

from __future__ import annotations

from decimal import Decimal

from interviewer.cost import FREE, Cost
from interviewer.providers.chat import ChatModel, ChatRequest, ProviderError, Reply

BROKEN_OFF = Cost(calls=1, unpriced=1)
"""A call that was ended before it said what it used."""


def cost_of(call: Reply | ProviderError) -> Cost:
    """Tokens and money of one call; of one that failed, what the service says that it billed."""
    if call.usage is None:
        return FREE
    return Cost(
        calls=1,
        sent=call.usage.sent,
        cached=call.usage.cached,
        received=call.usage.received,
        dollars=call.cost or Decimal(0),
        unpriced=int(call.cost is None),
    )


class Calls:
    """Asks a model, and adds up what that comes to."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._cost = FREE

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError."""
        try:
            reply = await self._model.complete(request)
        except ProviderError as error:
            self._cost += cost_of(error)
            raise
        self._cost += cost_of(reply)
        return reply

    @property
    def cost(self) -> Cost | None:
        """Of all calls so far that were billed; None if there was none."""
        return self._cost if self._cost.calls else None
