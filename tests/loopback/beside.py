"""The server on a thread of its own, for what brings an event loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.loopback.server import Loopback

_LONGEST = 10.0
"""Seconds for it to begin or to end."""


@contextmanager
def beside(server: Loopback) -> Iterator[Loopback]:
    """Runs the server beside the caller."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(_LONGEST)
        yield server
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(_LONGEST)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_LONGEST)
        loop.close()
