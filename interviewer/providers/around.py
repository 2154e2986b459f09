"""What has a model's name and its connections, and does something of its own around every call."""

from __future__ import annotations

from interviewer.providers.chat import ChatModel


class AroundModel:
    """What everything that stands around a model has in common. The calls are left to be written.

    Args:
        model: whom to ask.
    """

    def __init__(self, model: ChatModel) -> None:
        self._asked = model

    @property
    def provider(self) -> str:
        """Whose model it is."""
        return self._asked.provider

    @property
    def model(self) -> str:
        """The model's name, as asked for."""
        return self._asked.model

    async def close(self) -> None:
        """Lets go of connections."""
        await self._asked.close()
