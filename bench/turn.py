"""What an offline turn costs, and a one-hour interview: `python -m bench.turn`.

Prints the CPU time from an answer sent to the interviewer's first word (aim: under 50 ms), over every
turn of scripted one-hour interviews with each built-in persona, and the peak memory of the process
that held them (aim: under 100 MB). No screens; see `bench.screens` for those.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import tempfile
import time
from pathlib import Path

from interviewer.engines.choose import offline
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Speaking, Update
from interviewer.library import Library
from interviewer.session import Choices, prepare, start

ANSWER = (
    "In 2021 I moved to the ranking team because our delivery estimates were wrong by {number} minutes. "
    "I rebuilt the features alone in six weeks, against a simple median as the baseline, and the error fell to 14. "
    "We chose Postgres over a vector store since there were only {number} thousand documents. "
    "It broke once: supplier {number} changed its format and we were blind for a day, so I added schema checks. "
    "Looking back I would have talked to the dispatchers first, because they knew which lanes mattered."
)


async def hold(persona: str, folder: Path, costs: list[float]) -> float:
    """Holds one interview; adds the CPU seconds of each turn to `costs`; returns its minutes."""
    spoken = SpokenTime()
    sent = 0.0

    def listen(update: Update) -> None:
        if isinstance(update, Speaking) and sent:
            costs.append(time.process_time() - sent)

    engine = offline()
    header = prepare(Library.default(), Choices(persona, minutes=60, seed=1), engine, folder)
    conductor = start(header, folder, engine, listen, spoken)
    await conductor.begin()
    number = 0
    while not conductor.state.closed:
        number += 1
        text = ANSWER.format(number=number)
        spoken.speak(text)
        sent = time.process_time()
        await conductor.answer(text)
        sent = 0.0
    await conductor.finish()
    await conductor.stop()
    return conductor.clock.elapsed() / 60


def main() -> None:
    """Measures and prints."""
    for persona in ("seed-founder", "series-b-panel", "big-tech-bar-raiser"):
        costs: list[float] = []
        with tempfile.TemporaryDirectory() as folder:
            minutes = asyncio.run(hold(persona, Path(folder), costs))
        ordered = sorted(costs)
        print(
            f"{persona:<22}{minutes:5.0f} min  {len(costs):3} turns  "
            f"median {statistics.median(costs) * 1000:5.1f} ms  "
            f"p95 {ordered[int(len(ordered) * 0.95)] * 1000:5.1f} ms  worst {ordered[-1] * 1000:5.1f} ms"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
