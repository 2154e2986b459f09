"""How fast the program starts: `python -m bench.startup [RUNS]`.

Prints, as medians over interleaved runs so that the machine's own drift cancels out:

* `interviewer --version` against `python -c pass` (aim: within 40 ms),
* the home screen's first painted frame against a bare Textual app with the same widgets, both in a
  pseudo-terminal (aim: within 1.15x).
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = b"interviewer"
"""Stands in the first frame of both apps."""


def whole(command: list[str]) -> float:
    """Seconds that a whole process takes."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def first_frame(command: list[str], home: Path) -> float:
    """Seconds from the start of a process to its first painted frame, in a pseudo-terminal of 80x24."""
    environment = os.environ | {
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "LINES": "24",
        "INTERVIEWER_CONFIG_DIR": str(home),
        "INTERVIEWER_TRANSCRIPTS": str(home),
    }
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    seen = b""
    try:
        while MARK not in seen:
            ready, _, _ = select.select([terminal], [], [], 20)
            if not ready:
                raise TimeoutError(f"no frame from {command}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - started
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def milliseconds(seconds: list[float]) -> str:
    """Median with its range, in milliseconds."""
    return f"{statistics.median(seconds) * 1000:6.1f} ms ({min(seconds) * 1000:.0f} to {max(seconds) * 1000:.0f})"


def main(runs: int) -> None:
    """Measures and prints."""
    interviewer = [str(Path(sys.executable).parent / "interviewer")]
    nothing: list[float] = []
    version: list[float] = []
    for _ in range(runs):
        nothing.append(whole([sys.executable, "-c", "pass"]))
        version.append(whole([*interviewer, "--version"]))
    more = statistics.median(a - b for a, b in zip(version, nothing, strict=True)) * 1000
    print(f"python -c pass          {milliseconds(nothing)}")
    print(f"interviewer --version   {milliseconds(version)}  {more:+.1f} ms")
    bare: list[float] = []
    home: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            bare.append(first_frame([sys.executable, str(HERE / "bare_home.py")], Path(folder)))
            home.append(first_frame(interviewer, Path(folder)))
    ratio = statistics.median(a / b for a, b in zip(home, bare, strict=True))
    print(f"bare app, first frame   {milliseconds(bare)}")
    print(f"home screen             {milliseconds(home)}  {ratio:.2f}x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
