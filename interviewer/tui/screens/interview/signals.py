"""A terminal that is closed and a polite kill: time to save what is unsaved."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable


class SignalWatch:
    """Calls back on SIGTERM and SIGHUP, where there are such signals and nobody else handles them.

    Args:
        act: told the number of the signal, on the event loop.
    """

    def __init__(self, act: Callable[[int], None]) -> None:
        self._act = act
        self._watched: list[int] = []

    def start(self) -> None:
        """Begins to watch; must be called on the event loop."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None or signal.getsignal(number) is not signal.SIG_DFL:
                continue
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, other threads
                loop.add_signal_handler(number, self._act, number)
                self._watched.append(number)

    def stop(self) -> None:
        """Gives the signals back."""
        loop = asyncio.get_running_loop()
        for number in self._watched:
            loop.remove_signal_handler(number)
        self._watched.clear()
