"""How often objects that only refer to each other are looked for where many answers are graded."""

from __future__ import annotations

import gc
from typing import Final

SELDOM: Final = (50_000, 20, 20)
"""Thresholds of the three generations. With the usual ones a fifth of the time of a run went into looking: grading
makes many objects, and next to none that only refer to each other."""


def collect_seldom() -> None:
    """Has the garbage collector of this process look seldom, from now on."""
    gc.set_threshold(*SELDOM)
