"""A batch in bad weather: `python -m bench.batch_chaos [--rows N] [--every N] [--one-in N]`.

Grades a table with every kind of bad row by the real command, against a server in this process that answers one call in
`one-in` with an error status, a cut, garbage or a reply of another form, and kills the command (SIGKILL) whenever it
has graded about `every` more answers. At the end every row has to have exactly one status, and no answer may have been
paid for after its grade was recorded: the server counts.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections import Counter
from pathlib import Path

from tests.batch.chaos import Service, grade_with_kills, source, statuses


async def run(rows: int, every: int, one_in: int, at_once: int) -> None:
    """Plays it, and prints what came of it."""
    with tempfile.TemporaryDirectory() as made:
        table, folder, service = Path(made) / "answers.csv", Path(made) / "out", Service(one_in)
        kinds = source(table, rows)
        came = await grade_with_kills(folder, table, service, every, at_once)
        found = Counter(statuses(folder))
    right = sum(found.values()) == rows and found.pop("graded") == kinds["ok"]
    right = right and found == {kind: count for kind, count in kinds.items() if kind != "ok"}
    print(f"{rows:,} rows, {came.rounds} rounds, {came.kills} killed, {came.seconds:.0f} s")
    print(f"every row has its one status: {'yes' if right else f'NO: {found} for {kinds}'}")
    print(f"paid for after the grade was recorded: {len(came.paid_again)}")
    print(f"asked of the model more than once (killed, or no usable reply): {came.twice} of {kinds['ok']:,}")
    print(f"faults: {sum(service.faults.values()):,}: {dict(service.faults.most_common())}")


def main() -> None:
    """Reads the arguments and plays."""
    parser = argparse.ArgumentParser(prog="python -m bench.batch_chaos", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=800)
    parser.add_argument("--one-in", type=int, default=8)
    parser.add_argument("--at-once", type=int, default=64)
    given = parser.parse_args()
    asyncio.run(run(given.rows, given.every, given.one_in, given.at_once))


if __name__ == "__main__":
    main()
