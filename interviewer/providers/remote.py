"""What every model behind an address has in common: who is asked, the time limits, one client."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Final, Generic, Protocol, TypeVar

from interviewer.providers.chat import ProviderError
from interviewer.providers.local import on_this_machine
from interviewer.providers.service import Service, scrub


class Client(Protocol):
    """A client of an SDK."""

    async def close(self) -> None: ...


C = TypeVar("C", bound=Client)


class RemoteModel(ABC, Generic[C]):
    """A model asked through an SDK, whose long-lived client is made when it is first needed.

    Args:
        service: who is asked.
        timeout: seconds without a byte after which a call has failed.
        longest: seconds that a call may take in all.
    """

    def __init__(self, service: Service, timeout: float, longest: float) -> None:
        self.model: Final = service.model
        self._service = service
        self._timeout = timeout
        self._longest = longest
        self._client: C | None = None

    @property
    def proxied(self) -> bool:
        """Whether the proxies of the environment are asked. A server on this machine is none of their business."""
        return not on_this_machine(self._service.address)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.model!r})"

    async def ready(self) -> None:
        """Imports the SDK beside the loop, so that the first call need not wait for it."""
        await self._ready()

    async def close(self) -> None:
        """Lets go of connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    @abstractmethod
    def _made(self) -> C:
        """Imports the SDK and makes its client. Runs in a thread."""

    async def _ready(self) -> C:
        if self._client is None:
            made = await self._made_aside()
            if self._client is None:
                self._client = made
            else:  # another call was quicker
                await made.close()
        return self._client

    async def _made_aside(self) -> C:
        """The client, made in a thread. Raises ProviderError, with no other exception in it."""
        try:
            return await asyncio.to_thread(self._made)
        except Exception as error:
            why = scrub(str(error), self._service.key) or type(error).__name__
        raise ProviderError(
            "bad-request",
            f"{self._service.name} cannot be asked: {why.rstrip('.')}. Check what is set for proxies and certificates "
            "in the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, SSL_CERT_FILE).",
        )

    def _ends(self) -> float:
        """When a call that begins now has to be done, on the loop's clock."""
        return asyncio.get_running_loop().time() + self._longest
