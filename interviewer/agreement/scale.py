"""The scale that people graded on, and its steps: what grades are rounded to where it counts whether they are equal."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_STEPS: Final = 10
"""A scale of whole numbers with more steps than these is parted into so many: nobody gives 73 and means not 74."""
PERCENT: Final = (0.0, 100.0)
"""On this, grades are compared where people used several scales: as shares of each."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from its lowest to its highest grade."""

    low: float
    high: float
    known: bool
    """False if the source does not say, and these are the lowest and the highest grade that there is."""

    @property
    def steps(self) -> int:
        """How many steps there are above the lowest grade, at least 1."""
        span = self.high - self.low
        whole = float(self.low).is_integer() and float(self.high).is_integer()
        return max(1, round(span)) if whole and span <= MOST_STEPS else MOST_STEPS

    @property
    def size(self) -> float:
        """How far apart two neighbouring steps are."""
        return (self.high - self.low) / self.steps

    def at(self, share: float) -> float:
        """The grade at a share of the scale: 0 is the lowest, 1 the highest."""
        return self.low + share * (self.high - self.low)

    def share(self, grade: float) -> float:
        """Where a grade stands on the scale, 0 to 1."""
        return (grade - self.low) / (self.high - self.low) if self.high > self.low else 0.0

    def step(self, grade: float) -> int:
        """The step nearest to a grade, counted from 0; between two, the lower one."""
        exact = self.share(grade) * self.steps
        return max(0, min(self.steps, math.ceil(exact - 0.5 - 1e-9)))

    def name(self, step: int) -> str:
        """A step as people write it."""
        return f"{self.low + step * self.size:g}"


def scale_of(named: Iterable[tuple[float, float] | None], grades: Iterable[float]) -> Scale | None:
    """The one scale of all grades.

    Args:
        named: what the source says of each answer.
        grades: every single grade that people gave.

    Returns:
        None if the source names several.
    """
    said = set(named)
    seen = tuple(grades)
    lowest, highest = min(seen, default=0.0), max(seen, default=0.0)
    if len(said) > 1 and None not in said:
        return None
    only = next(iter(said), None)
    if len(said) == 1 and only is not None and only[0] <= lowest and highest <= only[1]:
        return Scale(*only, known=True)
    return Scale(lowest, highest, known=False)
