"""How often objects that only refer to each other are looked for while many answers are graded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = (50_000, 20, 20)
"""Thresholds of the three generations. With the usual ones a fifth of the time of a run went into looking: grading
makes many objects, and next to none that only refer to each other."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Has the garbage collector of this process look seldom."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
