"""The one clock of an interview: seconds of conversation, not counting pauses."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Counts seconds while it runs. Pausing stops it; it never goes back.

    Args:
        elapsed: seconds already on it, such as those of an interview that is picked up again.
        now: the source of time in seconds, monotonic.
    """

    def __init__(self, elapsed: float = 0.0, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._elapsed = max(0.0, elapsed)
        self._since: float | None = None

    @property
    def running(self) -> bool:
        return self._since is not None

    def start(self) -> None:
        """Starts or goes on; does nothing while it runs."""
        if self._since is None:
            self._since = self._now()

    def stop(self) -> None:
        """Pauses; does nothing while it stands."""
        self._elapsed = self.elapsed()
        self._since = None

    def elapsed(self) -> float:
        """Seconds on the clock."""
        if self._since is None:
            return self._elapsed
        return self._elapsed + max(0.0, self._now() - self._since)


class SpokenTime:
    """A source of time for scripted interviews: text takes as long as speaking it would.

    150 words a minute is an ordinary pace of speech (usual range 120 to 160). A script therefore meets
    the same plan, the same time limits and the same scorecard as a person who speaks, and the result
    does not depend on the speed of the machine.
    """

    WORDS_PER_SECOND = 150 / 60
    PAUSE = 2.0

    def __init__(self) -> None:
        self._seconds = 0.0

    def __call__(self) -> float:
        return self._seconds

    def speak(self, text: str) -> None:
        """Lets as much time pass as saying `text` takes."""
        self._seconds += self.PAUSE + len(text.split()) / self.WORDS_PER_SECOND
