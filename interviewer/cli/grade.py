"""`interviewer grade SOURCE`: grades a file of written answers, or a folder of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.cli.options import add_engine, settings_from
from interviewer.cli.source_options import add_source_options, count, said_of_source, source_options

if TYPE_CHECKING:
    from interviewer.batch.jobs import Post
    from interviewer.batch.ledger import Counts
    from interviewer.batch_session import Batch, Desk, Task

EPILOG = """\
SOURCE is a CSV, TSV, JSONL, JSON, YAML or Parquet file, a folder of text or Markdown files (one answer each), or -
for standard input. With --submissions it has a folder for each take-home submission, whose files are read as text and
never executed; --brief FILE says what the task was. What columns mean is guessed from their names, shown, and set with
the flags below.

What is graded goes into DIR: ledger.sqlite as it comes, and at the end grades.csv, grades.jsonl, report.md and
report.html. Interrupted, killed or out of disk space, the same command goes on where it was; what is recorded is
never paid for twice. After a change of an answer, a rubric, a prompt or a model the same command grades again exactly
what that touches, and says why.

exit codes:
  0 done; 1 some answers could not be graded, or it ended early; 2 wrong usage, content or settings;
  130 interrupted, with everything that was graded saved.
"""


OF_A_RUN: Final = ("rubric", "question", "brief", "questions", "dry-run", "limit", "sample", "at-once", "submissions")
"""Flags that say nothing to `--collect`: it was all said when the answers were handed in."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("source", nargs="?", metavar="SOURCE", help="a file, a folder, or - for standard input")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where everything goes")
    parser.add_argument(
        "--collect", type=Path, metavar="DIR", help="fetch what was handed in with --via batch, from any machine"
    )
    parser.add_argument("--rubric", metavar="R", help="judges every answer: an id or a file; see: interviewer rubrics")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--question", metavar="Q", help="the question of every answer: its id, or its words")
    asked.add_argument("--brief", type=Path, metavar="FILE", help="the same from a file: the brief of a take-home task")
    asked.add_argument(
        "--questions", action="append", default=[], metavar="BANK", help="rows name questions of this bank"
    )
    run = parser.add_argument_group("the run")
    run.add_argument("--dry-run", action="store_true", help="tell the plan and stop")
    run.add_argument("--screen", action="store_true", help="watch it, steer it and look into answers on a screen")
    run.add_argument("--yes", "-y", action="store_true", help="do not ask before money is spent")
    run.add_argument("--limit", type=count, metavar="N", help="grade N answers and stop")
    run.add_argument("--sample", type=count, metavar="N", help="grade N answers from all over the source")
    run.add_argument(
        "--via",
        choices=("calls", "batch"),
        default="calls",
        help="batch: the provider's own batch service, at half the price and within a day",
    )
    run.add_argument("--wait", action="store_true", help="with a batch service: wait until everything is collected")
    run.add_argument("--at-once", type=count, metavar="N", help="calls (offline: processes) at once, at most")
    source = parser.add_argument_group("what the source says")
    source.add_argument("--submissions", action="store_true", help="SOURCE has a folder for each take-home submission")
    add_source_options(source)
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.batch.ledger import LedgerError
    from interviewer.batch.sources import SourceError
    from interviewer.batch_session import Batch, TaskError
    from interviewer.cli import FAULTS, INTERRUPTED, USAGE
    from interviewer.providers.chat import ProviderError

    if arguments.screen:
        return _on_screen(arguments)
    try:
        desk = _collecting(arguments) if arguments.collect else _opened(arguments)
    except (SourceError, TaskError, LedgerError) as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    try:
        return _graded(desk, arguments) if isinstance(desk, Batch) else _collected(desk, arguments)
    except TaskError as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    except (SourceError, LedgerError, ProviderError, ChildProcessError, OSError) as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return FAULTS
    except KeyboardInterrupt:
        print("\ninterviewer: interrupted. What is recorded is kept; the same command goes on.", file=sys.stderr)
        return INTERRUPTED
    finally:
        desk.close()


def _collecting(arguments: argparse.Namespace) -> Desk:
    from interviewer.batch.ledger import LEDGER
    from interviewer.batch_session import Desk, TaskError

    given = ["SOURCE"] if arguments.source is not None else []
    given += [f"--{name}" for name in ("out", *OF_A_RUN) if getattr(arguments, name.replace("-", "_"))]
    given += said_of_source(arguments)
    if given:
        raise TaskError(
            "--collect DIR fetches what was handed in, as it was asked for then: only --wait and the engine go with "
            f"it. Leave out {', '.join(given)}."
        )
    if not (arguments.collect / LEDGER).is_file():
        raise TaskError(f"{arguments.collect}: no answers were handed in from there. Name the folder given as --out.")
    return Desk(arguments.collect, settings_from(arguments))


def _opened(arguments: argparse.Namespace) -> Batch:
    from interviewer.batch_session import Batch, TaskError

    if arguments.wait and arguments.via != "batch":
        raise TaskError("--wait is for a batch service: add --via batch, or leave it out.")
    return Batch(_task(arguments), settings_from(arguments))


def _on_screen(arguments: argparse.Namespace) -> int:
    """Opens the screen, which tells the plan and asks before it begins."""
    from interviewer.batch_session import TaskError
    from interviewer.cli import USAGE
    from interviewer.cli.screens import open_screens

    apart = {
        "--collect": arguments.collect,
        "--dry-run": arguments.dry_run,
        "--via batch": arguments.via == "batch",
        "--wait": arguments.wait,
    }
    for flag in (flag for flag, given in apart.items() if given):
        print(f"interviewer: {flag} does its work without a screen. Leave out --screen, or {flag}.", file=sys.stderr)
        return USAGE
    try:
        task = _task(arguments)
    except TaskError as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    from interviewer.tui.screens.batch.screen import BatchScreen

    return open_screens(arguments, first=lambda: BatchScreen(task, begin=arguments.yes))


def _task(arguments: argparse.Namespace) -> Task:
    from interviewer.batch_session import Task, TaskError

    if arguments.source is None:
        raise TaskError("What is to be graded? Name a file, a folder, or - for standard input.")
    if arguments.out is None:
        raise TaskError("Where should the grades go? Name a folder: --out DIR.")
    return Task(
        source=arguments.source,
        out=arguments.out,
        rubric=arguments.rubric,
        question=_brief(arguments.brief) if arguments.brief else arguments.question,
        questions=tuple(arguments.questions),
        options=source_options(arguments),
        at_once=arguments.at_once,
        limit=arguments.limit,
        sample=arguments.sample,
        submissions=arguments.submissions,
        in_batches=arguments.via == "batch",
    )


def _brief(path: Path) -> str:
    """The brief of a task, as long as a question may be. Raises ProfileError, as any document that cannot be read."""
    from interviewer.document import LONGEST_PROSE
    from interviewer.profile import read_document

    text = read_document(path)
    if len(text) > LONGEST_PROSE:
        print(f"Of the brief the first {LONGEST_PROSE:,} characters are used.", file=sys.stderr)
    return text


def _graded(batch: Batch, arguments: argparse.Namespace) -> int:
    import asyncio

    from interviewer.cli import FAULTS, INTERRUPTED, USAGE
    from interviewer.cli.carrying_out import INTERRUPTED_BY, agreed, carried_out
    from interviewer.cli.grading_progress import Line

    line = Line(sys.stderr)
    print(batch.source.told())
    batch.take_in(lambda rows: line.show(f"Reading: {rows:,} rows"))
    line.end()
    plan = batch.plan()
    print(plan.told())
    print(f"Engine: {batch.decision.who} ({batch.decision.why}).")
    if arguments.dry_run:
        return 0
    if plan.to_do and plan.calls and not arguments.yes and not agreed(batch):
        print("Nothing was sent.")
        return 0 if sys.stdin.isatty() else USAGE
    if batch.task.in_batches:
        return asyncio.run(_handed_in(batch, arguments.wait))
    ended = asyncio.run(carried_out(batch, line, plan.to_do)) if plan.to_do else None
    line.end()
    counts = _written(batch)
    if ended is not None and ended.stopped_by:
        print(f"interviewer: ended early. {ended.stopped_by}", file=sys.stderr)
    if ended is not None and ended.stopped_by.startswith(INTERRUPTED_BY):
        return INTERRUPTED
    return FAULTS if counts.failures or (ended is not None and ended.stopped_by) else 0


def _written(desk: Desk) -> Counts:
    """Writes what comes out, and says so."""
    from interviewer.batch.writing import FILES, write
    from interviewer.cli.grading_progress import Line

    line = Line(sys.stderr)
    write(desk.ledger, desk.out, lambda rows: line.show(f"Writing: {rows:,} rows"))
    line.end()
    counts = desk.ledger.counts()
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(counts.failures.items()))
    failed = f", {sum(counts.failures.values()):,} failed and can be tried again ({kinds})" if counts.failures else ""
    print(f"Graded: {counts.graded:,} of {counts.unique:,}{failed}. In {desk.out}: {', '.join(FILES)}.")
    return counts


async def _handed_in(batch: Batch, wait: bool) -> int:
    """Hands everything in. One answer is graded at once: if that takes a call, it tells what is wrong with a key or a
    model, and how the service wants to be asked."""
    from interviewer.batch.run import Run
    from interviewer.cli import FAULTS
    from interviewer.providers.chat import ProviderError

    post, code = batch.post(print), 0
    try:
        marking, _ = batch.marking()
        ended = await Run(batch.ledger, marking, 1, limit=1).run()
        if ended.stopped_by:
            print(f"interviewer: nothing more was handed in. {ended.stopped_by}", file=sys.stderr)
            code = FAULTS
        else:
            limit = None if batch.task.limit is None else batch.task.limit - 1
            await post.hand_in(limit, batch.money_left)
        if wait:
            await post.collect(wait=True)
    except ProviderError as error:  # what was handed in before is there to be collected
        print(f"interviewer: {error}", file=sys.stderr)
        code = FAULTS
    finally:
        await batch.engine.close()
    return _told(batch, post) or code


def _collected(desk: Desk, arguments: argparse.Namespace) -> int:
    import asyncio

    async def collect() -> Post:
        post = desk.post(print)
        try:
            await post.collect(wait=arguments.wait)
        finally:
            await desk.engine.close()
        return post

    return _told(desk, asyncio.run(collect()))


def _told(desk: Desk, post: Post) -> int:
    """What became of what was handed in; the exit code."""
    from interviewer.cli import FAULTS

    report = post.report
    for note in (*report.notes, *report.awaited.values()):
        print(note)
    counts = _written(desk)
    waiting = sum(job.items for job in desk.ledger.jobs() if job.state != "over")
    if waiting:
        print(f"{waiting:,} answers are with the service. Collect them with: interviewer grade --collect {desk.out}")
    elif counts.missing:
        print("Give the command with SOURCE again to have the rest graded.")
    return FAULTS if counts.failures or report.failures else 0
