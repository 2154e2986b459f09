"""Carries out what a batch is going to do: asks whether it may cost money, shows how far it is, and can be stopped."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interviewer.batch.run import Ended
    from interviewer.batch_session import Batch
    from interviewer.cli.grading_progress import Line

INTERRUPTED_BY: Final = "Interrupted."
"""What the reason begins with for which a run ended that the user stopped."""


def agreed(batch: Batch) -> bool:
    """Whether the user wants the plan carried out; without a terminal to ask at, only if they said so before."""
    if not sys.stdin.isatty():
        print("interviewer: to spend money without being asked, say --yes.", file=sys.stderr)
        return False
    print(f"{batch.decision.notice}", file=sys.stderr)
    print("Begin? [y/N] ", end="", file=sys.stderr, flush=True)
    try:
        return input().strip().casefold() in {"y", "yes"}
    except EOFError:
        return False


async def carried_out(batch: Batch, line: Line, to_do: int) -> Ended:
    """Carries the plan out. Ctrl+C lets what is under way finish; a second one does not wait for it."""
    import asyncio
    import contextlib
    import signal

    from interviewer.batch.run import Ended
    from interviewer.cli.grading_progress import told

    marking, workers = batch.marking()
    run = batch.run(marking, workers, lambda progress: line.show(told(progress, to_do, _waited_for(batch))))
    loop, running = asyncio.get_running_loop(), asyncio.current_task()
    assert running is not None

    def interrupted() -> None:
        if run.stopping:
            running.cancel()
        run.stop(f"{INTERRUPTED_BY} What is under way is finished; Ctrl+C again does not wait for it.")

    with contextlib.suppress(NotImplementedError):  # Windows: the interrupt ends it at once, with all that is recorded
        loop.add_signal_handler(signal.SIGINT, interrupted)
    try:
        return await run.run()
    except asyncio.CancelledError:
        if not run.stopping:
            raise
        while running.uncancel():
            pass
        return Ended(run.progress, f"{INTERRUPTED_BY} What was under way was not waited for.")
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)
        await marking.close()
        await batch.engine.close()


def _waited_for(batch: Batch) -> str:
    """Why calls wait to be made again, if any do."""
    waits = batch.engine.waits
    return waits.current.reason if waits is not None and waits.current is not None else ""
