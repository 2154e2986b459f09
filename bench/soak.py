"""Days of interviews with a language model that keeps failing: `python -m bench.soak [--turns N] [--seed S]`.

Interviews with every persona, in both modes, over all three protocols: the real SDKs speak real HTTP with a
server on this machine that misbehaves at random (a seed decides). Speaking and waiting happen on a clock that
is only counted, so that days pass in minutes. The candidate asks for hints, skips, pauses, leaves and comes
back, also in the middle of a turn.

Whenever an interview is left, and at its end: every event that was acknowledged is in the file, in order, and
the file folds to the very state that the loop had. Every interview has to reach its scorecard, no step may
take longer than `LONGEST_STEP` real seconds, nothing may fail unseen in the background, and memory has to
stay flat once everything is loaded. Prints what happened; the exit code is 1 if any of this did not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import faulthandler
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from itertools import count, product
from pathlib import Path
from typing import Any, Final

from bench.mischief import FAULTS, Mischief, SteadyPlayer
from bench.sitting import LONGEST_STEP, CountedTime, Sitting, engine_at
from bench.tally import GROWTH, Tally
from interviewer.library import Library
from interviewer.session import Choices
from interviewer.vocabulary import Mode
from tests.loopback import Loopback

PERSONAS = ("seed-founder", "series-b-panel", "big-tech-bar-raiser")
MODES: Final[tuple[Mode, ...]] = ("realistic", "coach")
PROTOCOLS = ("anthropic", "openai", "openai-compatible")


class Lane:
    """All interviews over one protocol, one after the other, with a server of its own."""

    def __init__(self, protocol: str, seed: int, folder: Path, library: Library, tally: Tally, most: int) -> None:
        self.server = Loopback(SteadyPlayer())
        self.mischief = Mischief(seed)
        self.server.keep, self.server.fault_for = False, self.mischief
        self._protocol = protocol
        self._chance = random.Random(seed)
        self._folder = folder
        self._library = library
        self._tally = tally
        self._most = most

    async def hold(self, persona: str, mode: Mode) -> None:
        """One interview, with a client of its own as in the product."""
        clock = CountedTime(self._tally)
        engine = engine_at(self._protocol, self.server, clock, self._chance, self._tally)
        sitting = Sitting(engine, clock, self._chance, self._folder, self._tally, self._most)
        try:
            await sitting.hold(self._library, Choices(persona, mode, seed=self._chance.randrange(2**31)))
        finally:
            await engine.close()


async def soak(
    turns: int,
    folder: Path,
    seed: int = 1,
    most: int = 10_000,
    look: Callable[[Tally], None] = Tally.look,
) -> tuple[Tally, Counter[str]]:
    """Holds interviews, one over each protocol at a time, until the interviewer has had `turns` turns.

    Args:
        folder: where transcripts are while they are needed.
        seed: decides the faults, the questions and what candidates do.
        most: events after which a candidate ends an interview.
        look: called after each round, when nothing is under way.

    Returns:
        What happened, and how often each fault befell a call.

    Raises:
        Defect: something that may not happen did; in an exception group.
    """
    tally, library = Tally(), Library.default()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: tally.unseen.append(_told(context)))
    lanes = [Lane(name, seed + number, folder, library, tally, most) for number, name in enumerate(PROTOCOLS)]
    kinds = [*product(PERSONAS, MODES)]
    async with AsyncExitStack() as stack:
        for lane in lanes:
            await stack.enter_async_context(lane.server)
        rounds = count()
        while tally.turns < turns:
            first = next(rounds)
            async with asyncio.TaskGroup() as group:
                for shift, lane in enumerate(lanes):
                    group.create_task(lane.hold(*kinds[(first + shift) % len(kinds)]))
            look(tally)
    return tally, sum((lane.mischief.done for lane in lanes), Counter())


def _told(context: dict[str, Any]) -> str:
    """What failed in the background."""
    return f"{context.get('message')} {context.get('exception')!r}"


def report(tally: Tally, faults: Counter[str], real: float) -> list[str]:
    """What happened, in lines."""
    worded = ", ".join(f"{number:,} by {engine}" for engine, number in sorted(tally.worded.items()))
    return [
        f"turns            {tally.turns:,} ({worded}) in {tally.interviews} interviews",
        f"clock            {tally.seconds / 3600:.1f} hours counted, {real / 60:.1f} minutes real",
        f"calls            {tally.calls:,} billed, ${tally.cost:.2f}; {tally.waits:,} waits before another try",
        f"faults           {sum(faults.values()):,} of {len(faults)} kinds out of {len(FAULTS)}",
        f"left and resumed {tally.left}; broken off in the middle of a step {tally.cancelled}",
        f"events           {tally.events:,} acknowledged, all on the medium, every file folds to the live state",
        f"notices          {_counts(tally.notices)}",
        f"grades           {_counts(tally.grades)}",
        f"slowest step     {tally.slowest:.1f} s real",
        f"memory           {tally.growth(2):.3f} of that after the warm-up ({_course(tally, 2)} MB resident)",
        f"objects          {tally.growth(1):.3f} ({_course(tally, 1)})",
        f"unseen failures  {len(tally.unseen)}",
        *tally.unseen[:20],
    ]


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counter.most_common()) or "none"


def _course(tally: Tally, which: int) -> str:
    """Some measurements on the way."""
    memory = tally.memory
    return " ".join(f"{memory[len(memory) * part // 8][which]:,.0f}" for part in range(8)) + (
        f" {memory[-1][which]:,.0f}"
    )


def main() -> int:
    """Soaks and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--turns", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()

    def look(tally: Tally) -> None:
        tally.look()
        turns, objects, resident_now = tally.memory[-1]
        print(f"{turns:6,} turns  {objects:,} objects  {resident_now:.0f} MB", file=sys.stderr, flush=True)
        faulthandler.dump_traceback_later(10 * LONGEST_STEP, exit=True)  # for a hang that no timeout can end

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally, faults = asyncio.run(soak(given.turns, Path(folder), given.seed, look=look))
    faulthandler.cancel_dump_traceback_later()
    print("\n".join(report(tally, faults, time.monotonic() - began)))
    flat = tally.growth(1) <= GROWTH and tally.growth(2) <= GROWTH
    return 0 if flat and not tally.unseen else 1


if __name__ == "__main__":
    sys.exit(main())
