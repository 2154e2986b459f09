"""How far a batch has got, on one line of a terminal, or now and then on a line of its own elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

from interviewer.batch.plan import duration
from interviewer.batch.run import Progress
from interviewer.cost import money

_SELDOM = 10.0
"""Seconds between lines where nobody watches."""


class Line:
    """One line that is written over.

    Args:
        stream: where to; a terminal or not.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._last = 0.0
        self._shown = ""

    def show(self, text: str) -> None:
        """Shows `text` in place of what was shown."""
        now = time.monotonic()
        if self._watched:
            from shutil import get_terminal_size

            text = text[: get_terminal_size().columns - 1]
            self._stream.write(f"\r{text}{' ' * (len(self._shown) - len(text))}")
        elif now - self._last < _SELDOM:
            return
        else:
            self._stream.write(f"{text}\n")
        self._stream.flush()
        self._last, self._shown = now, text

    def end(self) -> None:
        """Leaves the line as it is and goes on below it."""
        if self._watched and self._shown:
            self._stream.write("\n")
            self._stream.flush()
        self._shown = ""


def told(progress: Progress, to_do: int, waited_for: str = "") -> str:
    """A run in one line: how far, how fast, how long still, what it cost, what failed, why calls wait."""
    done = progress.graded + progress.failed
    parts = [f"Graded {progress.graded:,} of {to_do:,}"]
    if progress.rate:
        parts.append(f"{progress.rate:,.0f}/s" if progress.rate >= 10 else f"{progress.rate:.1f}/s")
        left = to_do - done
        if left > 0:
            parts.append(f"{duration(left / progress.rate)} left")
    if progress.dollars or progress.unpriced:
        unknown = f" and {progress.unpriced:,} calls of unknown price" if progress.unpriced else ""
        parts.append(f"{money(progress.dollars)}{unknown}")
    if progress.failed:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(progress.failures.items()))
        parts.append(f"failed: {kinds}")
    if progress.unrecorded:
        parts.append(progress.unrecorded)
    if waited_for:
        parts.append(f"waits to try again: {waited_for}")
    return " · ".join(parts)
