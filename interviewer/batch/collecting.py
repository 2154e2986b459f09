"""How often memory that only refers to itself is looked for while many answers are graded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = (50_000, 20, 20)
"""Thresholds of the three generations. With the usual ones a fifth of the time of a run went into looking: grading
makes many objects and hardly any that refer to themselves."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Has the garbage collector look seldom, and never at what is there already: modules, rubrics, questions."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
