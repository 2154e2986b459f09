"""Opening and seeking in long interviews: `python -m bench.replay [--events N ...]`.

The logs are made from a sample that the product itself produced: everything between its greeting and its goodbye is
repeated, with sequence numbers, references to them and clock going on, until the log is long enough. Every size is
measured in a process of its own.

For each it prints: size of the file, seconds to open it, peak memory of the process in MiB and what opening added to
it, the median of `SEEKS` jumps to a random place with everything that a page of 45 lines shows there, the same for the
state of the interview after a random event, and the seconds for a search through all of it. The exit code is 1 if
opening grows faster than `FACTOR` times linearly, or if 5,000 events take more than a second.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

SAMPLE: Final = Path(__file__).parent.parent / "transcripts" / "seed-founder-strong.jsonl"
SIZES: Final = (500, 5_000, 50_000)
SEEKS: Final = 200
PAGE: Final = 45
FACTOR: Final = 1.5
REFERENCES: Final = frozenset({"seq", "thread", "answer", "event", "retry_of", "turn"})
"""Fields that hold sequence numbers."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one log cost. Times in seconds, memory in MiB."""

    events: int
    size: float
    opening: float
    memory: float
    added: float
    seek: float
    state: float
    search: float


def long_log(path: Path, events: int) -> None:
    """Writes a transcript with so many events."""
    from interviewer.replay.reel import open_reel
    from interviewer.transcript.events import EVENT

    reel = open_reel(SAMPLE)
    log = [json.loads(EVENT.dump_json(event, by_alias=True)) for event in reel.events]
    middle = [event for event in log[1:] if event["type"] != "finished" and not _closes(event)]
    numbers = {event["seq"]: place for place, event in enumerate(middle, 2)}
    length = middle[-1]["clock"] - middle[0]["clock"] + 1.0
    with path.open("w", encoding="utf-8") as file:
        file.write(reel.header.model_dump_json(by_alias=True) + "\n")
        file.write(json.dumps(log[0]) + "\n")
        for number in range(events - 1):
            turn, place = divmod(number, len(middle))
            event = _moved(middle[place], numbers, turn * len(middle))
            event["clock"] += turn * length
            file.write(json.dumps(event) + "\n")


def _closes(event: dict[str, Any]) -> bool:
    return bool(event["type"] == "turn" and event["move"]["kind"] == "close")


def _moved(value: Any, numbers: dict[int, int], by: int, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _moved(inner, numbers, by, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, numbers, by, key) for inner in value]
    if key in REFERENCES and isinstance(value, int):
        return numbers.get(value, value) + by
    return value


def measured(path: Path) -> Measured:
    """Opens a transcript and moves about in it."""
    from interviewer.replay.player import Player, at_clock
    from interviewer.replay.reel import open_reel
    from interviewer.replay.seek import search
    from interviewer.replay.states import States

    before = _peak()
    reel, opening = _timed(lambda: open_reel(path))
    memory = _peak()
    timeline, chance = reel.timeline, random.Random(1)

    def seek() -> None:
        player = at_clock(Player(timeline), chance.uniform(0, timeline.seconds))
        for place in range(max(0, player.position - PAGE), player.position):
            assert reel.events[place].seq == timeline.seqs[place]

    seeks = median(_timed(seek)[1] for _ in range(SEEKS))
    _, searching = _timed(lambda: search(reel, "the week"))
    states = States(reel.header, reel.events)
    states.at(len(timeline))
    state = median(_timed(lambda: states.at(chance.randrange(len(timeline))))[1] for _ in range(SEEKS))
    size = path.stat().st_size / 2**20
    return Measured(len(timeline), size, opening, memory, memory - before, seeks, state, searching)


def _timed(act: Callable[[], Result]) -> tuple[Result, float]:
    began = time.perf_counter()
    result = act()
    return result, time.perf_counter() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(sizes: list[int]) -> Iterator[Measured]:
    """Measures each size in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for events in sizes:
            path = Path(folder) / f"{events}.jsonl"
            long_log(path, events)
            command = [sys.executable, "-m", "bench.replay", "--measure", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            yield Measured(**json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(asdict(measured(arguments.measure))))
        return 0
    print("   events  file MiB   open s  peak MiB   added  seek ms  state ms  search s")
    found = []
    for row in rows(arguments.events):
        found.append(row)
        print(
            f"{row.events:9,} {row.size:9.1f} {row.opening:8.2f} {row.memory:9.1f} {row.added:7.1f}"
            f" {row.seek * 1000:8.1f} {row.state * 1000:9.1f} {row.search:9.2f}",
            flush=True,
        )
    steeper = [
        f"{later.events:,}"
        for earlier, later in pairwise(found)
        if later.opening / earlier.opening > FACTOR * later.events / earlier.events
    ]
    slow = [f"{row.events:,}" for row in found if row.events <= 5_000 and row.opening > 1.0]
    for name in steeper:
        print(f"Opening {name} events took longer than in proportion.")
    for name in slow:
        print(f"Opening {name} events took more than a second.")
    return 1 if steeper or slow else 0


if __name__ == "__main__":
    sys.exit(main())
