"""The program in processes of its own that start warm: forked from one that has imported everything.

They are real processes, to be really killed; only the half second of imports is not paid for each of them.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

_WARM = multiprocessing.get_context("forkserver")
_WARM.set_forkserver_preload(
    [
        "interviewer.cli.plain",
        "interviewer.cli.interview",
        "interviewer.cli.resume",
        "interviewer.engines.offline.interviewer",
        "interviewer.engines.offline.grader",
        "interviewer.scorecard_text",
    ]
)


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a run."""

    code: int
    """Its exit code; the negative number of the signal that killed it."""
    printed: str


def run(arguments: list[str], environment: dict[str, str], output: Path, kill_after: float | None = None) -> Ended:
    """Runs `interviewer ARGUMENTS`.

    Args:
        environment: set beside what is there.
        output: where what it prints is kept.
        kill_after: seconds until it gets SIGKILL; it runs to its end if None.
    """
    process = _WARM.Process(target=_run, args=(arguments, environment, str(output)))
    process.start()
    assert process.pid is not None
    pid = process.pid

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError):  # it came to its end in that very moment
            os.kill(pid, signal.SIGKILL)

    killer = threading.Timer(kill_after, kill) if kill_after is not None else None
    if killer is not None:
        killer.start()
    process.join()
    if killer is not None:
        killer.cancel()
    assert process.exitcode is not None
    return Ended(process.exitcode, output.read_text(encoding="utf-8", errors="replace") if output.exists() else "")


def _run(arguments: list[str], environment: dict[str, str], output: str) -> None:
    os.environ.update(environment)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    from interviewer.cli import main

    code = main(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
