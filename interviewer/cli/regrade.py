"""`interviewer regrade TRANSCRIPT...`: grades recorded answers anew, and says what moved."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from typing import TYPE_CHECKING

from interviewer.cli import INTERRUPTED
from interviewer.cli.options import add_engine, add_transcripts, settings_from
from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.engines.choose import Engine
    from interviewer.replay.gradings import Gradings
    from interviewer.replay.regrade import Regrading
    from interviewer.settings import Settings
    from interviewer.transcript.runs import GradingRun

NOTHING_GRADED = 1
"""Exit code if every grading of a run failed."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.epilog = (
        "The transcripts are not touched: each grading is kept beside them as a run of its own, and compared with the "
        "one that the interview ended with. See all of them with: interviewer compare TRANSCRIPT"
    )
    parser.add_argument("recorded", nargs="+", metavar="TRANSCRIPT", help="an id or a file")
    parser.add_argument("--rubric", metavar="R", help="grade every answer under this rubric: an id or a file")
    parser.add_argument(
        "--persona",
        action="append",
        metavar="P",
        help="let this persona decide, with its people, rule and weights: an id or a file; may be given several times",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs: one line of JSON for each run")
    form.add_argument("--csv", action="store_true", help="print every rating of both gradings for spreadsheets")
    add_transcripts(parser)
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.engines.choose import engine_of
    from interviewer.engines.decision import decide

    settings = settings_from(arguments)
    planned = _planned(settings, arguments)
    decision = decide(settings)
    engine = engine_of(decision)
    if settings.engine != "offline" or not decision.offline:
        print(one_line(decision.notice), file=sys.stderr, flush=True)
    kept: list[str] = []
    try:
        return asyncio.run(_grade(planned, engine, settings, arguments, kept))
    except KeyboardInterrupt:
        runs = f"Kept: {', '.join(kept)}." if kept else "No run was finished, so none was kept."
        print(f"\nInterrupted. {runs}", file=sys.stderr)
        return INTERRUPTED


def _planned(settings: Settings, arguments: argparse.Namespace) -> list[Regrading]:
    """Everything that is to be graded; whatever cannot be is told before anything is spent."""
    from interviewer.library import Library
    from interviewer.replay.recording import recorded
    from interviewer.replay.regrade import plan_regrading
    from interviewer.transcript.archive import find

    library = Library.default()
    recordings = [recorded(find(settings.transcripts, name)) for name in arguments.recorded]
    return [
        plan_regrading(recording, library, persona, arguments.rubric)
        for recording in recordings
        for persona in arguments.persona or [None]
    ]


async def _grade(
    planned: list[Regrading], engine: Engine, settings: Settings, arguments: argparse.Namespace, kept: list[str]
) -> int:
    from interviewer.replay.gradings import gradings_of
    from interviewer.replay.regrade import BrokenOff, regrade

    code = 0
    try:
        for one in planned:
            before = gradings_of(one.recording, settings.transcripts)
            progress = _Progress(one, engine)
            try:
                run = await regrade(one, engine.grader, engine.reviewer, progress.tell)
            except BrokenOff as broken:
                progress.end()
                kept.append(_kept(broken.run, before, settings, arguments))
                raise
            progress.end()
            name = one.recording.header.id
            failed = [grade for grade in run.grades if grade.status == "failed"]
            if failed and not any(grade.status == "graded" for grade in run.grades):
                print(f"interviewer: {name}: nothing could be graded. {failed[0].note}", file=sys.stderr)
                code = NOTHING_GRADED
                continue
            kept.append(_kept(run, before, settings, arguments))
    finally:
        await engine.close()
    return code


def _kept(run: GradingRun, before: Gradings, settings: Settings, arguments: argparse.Namespace) -> str:
    """Keeps a run and shows it; returns how to name it. One that cannot be kept is shown all the same: it was paid for.

    Args:
        run: the run.
        before: the gradings that there were when it began.
        settings: where it is kept.
        arguments: how it is shown.

    Raises:
        TranscriptError: it cannot be kept.
    """
    from interviewer.cli.compare import show
    from interviewer.replay.gradings import Numbered, gradings_of
    from interviewer.transcript.runs import append_run
    from interviewer.transcript.store import TranscriptError

    recording = before.recording
    try:
        append_run(settings.transcripts, run)
    except TranscriptError:
        number = max((one.number for one in before.all), default=0) + 1
        show([*before.all[:1], Numbered(number, run)], arguments)
        raise
    gradings = gradings_of(recording, settings.transcripts)
    for problem in gradings.problems:
        print(problem, file=sys.stderr)
    new = next(numbered for numbered in reversed(gradings.all) if numbered.run.id == run.id)
    name = f"run {new.number} of {recording.header.id}"
    print(f"Kept as {name}.", file=sys.stderr, flush=True)
    first = gradings.all[0]
    show([first, new] if first != new else [new], arguments)
    return name


class _Progress:
    """One line on standard error while models are asked; rules are too fast to be watched."""

    def __init__(self, planned: Regrading, engine: Engine) -> None:
        self._name = planned.recording.header.id
        self._done, self._of = 0, len(planned.requests)
        self._waits = engine.waits
        self._asked = engine.meter is not None
        self._live = sys.stderr.isatty()
        if self._waits is not None:
            self._waits.listener = self._show
        self._show()

    def tell(self, done: int, of: int) -> None:
        """So many grades of so many are made."""
        self._done, self._of = done, of
        if self._live:
            self._show()

    def _show(self) -> None:
        if self._asked:
            line = f"Grading {self._name}: {self._done} of {self._of}.{self._held_up()}"
            if self._live:
                line = f"\r{line[: shutil.get_terminal_size().columns - 1]}\x1b[K"
            print(line, end="" if self._live else "\n", file=sys.stderr, flush=True)

    def _held_up(self) -> str:
        wait = self._waits.current if self._waits is not None else None
        return f" {one_line(wait.reason)}" if wait is not None else ""

    def end(self) -> None:
        """Takes the line away."""
        if self._asked and self._live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
