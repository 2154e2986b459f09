"""How long a list of saved interviews takes, and what memory: `python -m bench.listing [COUNT ...]`.

Every file is a sample that comes with the product under an id of its own: its first 8 KiB, a hole, and its last
80 KiB, so that it is as long as the sample, begins and ends as it does, and thousands of them fit on a disk. One in
ten was left unfinished, one in twenty is a branch, and one in four has a title, tags and a note.

Prints for each count, as the median of five runs with the files in the cache of the system:

* listing all (aim: 2,000 under 300 ms), its CPU time (a busy machine stretches that less), and per interview;
* filtering by a word, sorting, and putting branches under their parents, as the screen does at a key;
* memory that the listing holds (`tracemalloc`).
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from interviewer.transcript.archive import listing, samples_folder
from interviewer.transcript.labels import LABELS
from interviewer.transcript.selection import Wanted, select, tree
from interviewer.transcript.store import ENDING

_HEAD, _TAIL = 8_192, 81_920
COUNTS = (100, 500, 2_000, 10_000)


def fill(folder: Path, count: int) -> None:
    """Makes the files and their labels."""
    originals = [path.read_bytes() for path in sorted(samples_folder().glob(f"*{ENDING}"))]
    for number in range(count):
        data = originals[number % len(originals)]
        first = json.loads(data.split(b"\n", 1)[0])
        name = f"{number:08}-{first['persona']['id']}-made"
        old = b'"id":"' + first["id"].encode() + b'"'
        head = data[:_HEAD].replace(old, b'"id":"' + name.encode() + b'"', 1)
        if number % 20 == 7:
            parent = f"{number - 3:08}-{first['persona']['id']}-made"
            origin = json.dumps({"kind": "branch", "parent": parent, "answer": 9}).encode()
            head = head.replace(b',"persona":{', b',"origin":' + origin + b',"persona":{', 1)
        cut = len(data)
        if number % 10 == 3:
            cut = data.rindex(b"\n", 0, len(data) - 1) + 1  # without the line that finishes it
        with (folder / f"{name}{ENDING}").open("wb") as file:
            file.write(head)
            file.seek(cut - _TAIL)
            file.write(data[cut - _TAIL : cut])
    names = [path.stem for path in sorted(folder.glob(f"*{ENDING}"))][::4]
    labels = {
        name: {"title": f"Interview {number}", "tags": ["second-try", f"round-{number % 5}"], "note": "n" * 80}
        for number, name in enumerate(names)
    }
    (folder / LABELS).write_text(json.dumps({"schema_version": 1, "labels": labels}), encoding="utf-8")


def median(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter, runs: int = 5) -> float:
    """Milliseconds that `act` takes by this clock."""
    taken = []
    for _ in range(runs):
        started = clock()
        act()
        taken.append((clock() - started) * 1000)
    return statistics.median(taken)


def main(counts: list[int]) -> None:
    """Measures and prints."""
    print(f"{'count':>7}{'list':>12}{'CPU':>12}{'per one':>12}{'filter':>12}{'sort':>12}{'tree':>12}{'memory':>13}")
    for count in counts:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            fill(folder, count)
            listed = median(lambda: listing(folder))  # noqa: B023
            busy = median(lambda: listing(folder), time.process_time)  # noqa: B023
            tracemalloc.start()
            entries, broken = listing(folder)
            memory = tracemalloc.get_traced_memory()[0] / 2**20
            tracemalloc.stop()
            assert (len(entries), len(broken)) == (count, 0)
            filtered = median(lambda: select(entries, Wanted("round-3 founder")))  # noqa: B023
            ordered = median(lambda: select(entries, Wanted(), "share"))  # noqa: B023
            grown = median(lambda: tree(entries, entries))  # noqa: B023
        print(
            f"{count:>7,}{listed:>9.0f} ms{busy:>9.0f} ms{listed / count:>9.3f} ms{filtered:>9.1f} ms{ordered:>9.1f} ms"
            f"{grown:>9.1f} ms{memory:>9.1f} MiB"
        )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(COUNTS))
