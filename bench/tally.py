"""What is counted and measured while `bench.soak` runs."""

from __future__ import annotations

import gc
import resource
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from interviewer.providers.meter import NOTHING

WARM_UP = 0.25
"""Share of the rounds in which everything is met for the first time and the caches, which all have a limit, fill."""

GROWTH = 1.10
"""How much larger memory may be at the end than after the warm-up."""


@dataclass
class Tally:
    """What happened in all interviews so far."""

    turns: int = 0
    interviews: int = 0
    events: int = 0
    calls: int = 0
    cost: Decimal = NOTHING
    waits: int = 0
    seconds: float = 0.0
    """Passed on the counted clocks of the interviews."""
    left: int = 0
    """Times that an interview was left and picked up again."""
    cancelled: int = 0
    """Of these, in the middle of a step."""
    notices: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    worded: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    """Real seconds of the slowest step."""
    memory: list[tuple[int, int, float]] = field(default_factory=list)
    """After each round: turns so far, Python objects, MB resident."""
    unseen: list[str] = field(default_factory=list)
    """What failed in the background and reached nobody."""

    def look(self) -> None:
        """Measures what is in memory now that nothing is under way."""
        gc.collect()
        self.memory.append((self.turns, len(gc.get_objects()), resident()))

    def growth(self, which: int) -> float:
        """The last measurement against the first after the warm-up."""
        warm = self.memory[max(1, round(len(self.memory) * WARM_UP)) - 1]
        return float(self.memory[-1][which] / warm[which])


def resident() -> float:
    """MB that the process holds now; where the system does not say, the most it ever held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
