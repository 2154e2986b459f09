"""`interviewer agreement GOLD`: measures how far grades agree with those of people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.cli.options import add_engine, settings_from
from interviewer.cli.source_options import add_source_options, count, source_options

if TYPE_CHECKING:
    from interviewer.agreement.compare import Comparison
    from interviewer.agreement.items import Item
    from interviewer.batch.row import Row
    from interviewer.batch_session import Batch, Task
    from interviewer.grading.calibration import Calibration
    from interviewer.rubric import Rubric

EPILOG = """\
GOLD is a file of answers that people have graded, in any form that `interviewer grade` reads. Grades of people are in
columns such as `score`, `human`, `human_mean` or `gold_CRITERION`; name others with --gold-column. Answers are graded
as `interviewer grade` does it, into a ledger that is kept: the same command goes on where it was and pays for nothing
twice. Then it tells exact agreement, within one, quadratic weighted kappa, Pearson, Spearman and bias, each with a 95 %
interval from drawing whole questions, by criterion and by how high people graded; which answers were not rated; and
how far people agree with each other, where several graded the same answer.

What was measured is recorded in your configuration folder, and scorecards of the very same grader (engine, version,
model, prompts) cite it. --by measures something else than the grader, and records nothing: reference is the offline
engine's scorer for reference answers, length and tf-idf are baselines to check the figures and to be beaten.

exit codes:
  0 done; 1 some answers could not be graded, or it ended early; 2 wrong usage, content or settings;
  130 interrupted, with everything that was graded saved.
"""

BY: Final = ("engine", "reference", "length", "tf-idf")


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("source", nargs="?", metavar="GOLD", help="a file, a folder, or - for standard input")
    parser.add_argument("--list", action="store_true", help="tell what was measured so far, and stop")
    parser.add_argument("--rubric", metavar="R", help="judges every answer: an id or a file; see: interviewer rubrics")
    parser.add_argument(
        "--by",
        "--predictor",
        choices=BY,
        default="engine",
        help="what is measured; the grader of the engine if not said",
    )
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--question", metavar="Q", help="the question of every answer: its id, or its words")
    asked.add_argument(
        "--questions", action="append", default=[], metavar="BANK", help="rows name questions of this bank"
    )
    parser.add_argument("--name", metavar="NAME", help="what the record calls these answers; else the name of the file")
    parser.add_argument("--no-record", action="store_true", help="record nothing for scorecards to cite")
    parser.add_argument("--json", action="store_true", help="print JSON")
    run = parser.add_argument_group("the run")
    run.add_argument("--out", type=Path, metavar="DIR", help="where the ledger is kept; else in your cache folder")
    run.add_argument("--yes", "-y", action="store_true", help="do not ask before money is spent")
    run.add_argument("--limit", type=count, metavar="N", help="grade N answers and stop")
    run.add_argument("--sample", type=count, metavar="N", help="grade N answers from all over the source")
    run.add_argument("--at-once", type=count, metavar="N", help="calls (offline: processes) at once, at most")
    add_source_options(parser.add_argument_group("what the source says"))
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.batch.ledger import LedgerError
    from interviewer.batch.sources import SourceError
    from interviewer.batch_session import TaskError
    from interviewer.cli import FAULTS, USAGE

    if arguments.list:
        return _listed(arguments)
    if arguments.source is None:
        print("interviewer: which answers did people grade? Name a file of them, or see --list.", file=sys.stderr)
        return USAGE
    try:
        return _graded(arguments) if arguments.by == "engine" else _predicted(arguments)
    except (SourceError, TaskError) as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    except (LedgerError, ChildProcessError, OSError) as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return FAULTS


def _say(arguments: argparse.Namespace) -> Callable[[str], None]:
    """What is told beside the figures goes out of the way of JSON."""
    return lambda text: print(text, file=sys.stderr if arguments.json else sys.stdout)


# ---- Of the grader -----------------------------------------------------------------------------------------


def _graded(arguments: argparse.Namespace) -> int:
    import asyncio

    from interviewer.batch_session import Batch, TaskError
    from interviewer.cli import FAULTS, INTERRUPTED, USAGE
    from interviewer.cli.carrying_out import INTERRUPTED_BY, agreed, carried_out
    from interviewer.cli.grading_progress import Line

    if arguments.rubric is None and not arguments.questions:
        raise TaskError(
            "Nothing says how these answers are judged. Name a rubric: --rubric ID. If they come with reference "
            "answers, --by reference measures the offline engine's scorer for those."
        )
    say, line = _say(arguments), Line(sys.stderr)
    batch = Batch(_task(arguments), settings_from(arguments))
    try:
        say(batch.source.told())
        batch.take_in(lambda rows: line.show(f"Reading: {rows:,} rows"))
        line.end()
        _refuse_without_gold(batch.source.rows(), batch.source.name)
        plan = batch.plan()
        say(plan.told())
        say(f"Engine: {batch.decision.who} ({batch.decision.why}). Kept in {batch.out}.")
        if plan.to_do and plan.calls and not arguments.yes and not agreed(batch):
            say("Nothing was sent.")
            return 0 if sys.stdin.isatty() else USAGE
        ended = asyncio.run(carried_out(batch, line, plan.to_do)) if plan.to_do else None
        line.end()
        stopped_by = ended.stopped_by if ended is not None else ""
        if stopped_by:
            print(f"interviewer: ended early. {stopped_by}", file=sys.stderr)
        _told_of(batch, arguments)
        if stopped_by.startswith(INTERRUPTED_BY):
            return INTERRUPTED
        return FAULTS if stopped_by or batch.ledger.counts().failures else 0
    finally:
        batch.close()


def _task(arguments: argparse.Namespace) -> Task:
    from interviewer.batch_session import Task

    return Task(
        source=arguments.source,
        out=arguments.out or _kept_in(arguments.source),
        rubric=arguments.rubric,
        question=arguments.question,
        questions=tuple(arguments.questions),
        options=source_options(arguments),
        at_once=arguments.at_once,
        limit=arguments.limit,
        sample=arguments.sample,
    )


def _kept_in(source: str) -> Path:
    """A folder of its own for each source, so that no grade is paid for twice."""
    import hashlib

    import platformdirs

    from interviewer.settings import APPLICATION

    place = "standard input" if source == "-" else str(Path(source).absolute())
    stem = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in Path(place).stem)[:40]
    digest = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return platformdirs.user_cache_path(APPLICATION, appauthor=False) / "agreement" / f"{stem}-{digest}"


def _refuse_without_gold(rows: Iterable[Row], name: str) -> None:
    from interviewer.batch_session import TaskError

    if not any(row.gold for row in rows):
        raise TaskError(
            f"In {name} there is no grade by people to compare with. Name the column that has them: --gold-column NAME."
        )


def _told_of(batch: Batch, arguments: argparse.Namespace) -> None:
    """Compares what is graded so far, tells it, and records it if it can be cited."""
    from datetime import UTC, datetime

    from interviewer.agreement.compare import compare
    from interviewer.agreement.items import beside, criterion_rubrics, on_one_scale
    from interviewer.agreement.record import record_of, why_not
    from interviewer.batch.ledger import PENDING
    from interviewer.batch.output import Judged
    from interviewer.batch.row import OVERALL
    from interviewer.rubric import Rubric

    ledger, stamp = batch.ledger, batch.engine.grader.stamp
    rubrics = [Rubric.model_validate_json(body) for body in ledger.present_rubrics()]
    having = criterion_rubrics(rubrics)
    found = beside(batch.source.rows(), ledger.every_result(), Judged(ledger))
    if arguments.sample is not None:
        found = {name: [item for item in items if item.state != PENDING] for name, items in found.items()}
    unknown = [name for name in found if name != OVERALL and name not in having]
    comparisons = []
    for name in (OVERALL, *having):
        if items := found.get(name):
            scale, items = on_one_scale(items, having.get(name))
            comparisons.append(compare(name, items, scale))
    for name in unknown:
        print(
            f"People's grades of `{name}` are not compared: no criterion of the rubric has this id. Name it with "
            "--gold-column CRITERION=COLUMN.",
            file=sys.stderr,
        )
    if not comparisons:
        print("Nothing was compared.", file=sys.stderr)
        return
    name = arguments.name or batch.source.name
    graders = {rubric.id: rubric.version for rubric in rubrics}
    against = why_not(comparisons, ledger.counts().missing)
    record = None if against else record_of(name, stamp, graders, comparisons, datetime.now(UTC))
    about = f"{batch.decision.who}, {stamp.engine_version}, by rubric " + " and ".join(
        f"{rubric.title} ({rubric.id} {rubric.version})" for rubric in rubrics
    )
    _show(arguments, name, about, comparisons, rubrics, record)
    if not arguments.no_record:
        _record(record, against)


def _record(record: Calibration | None, against: str) -> None:
    """Keeps a record, or says why there is none."""
    import os

    from interviewer.grading.calibration_folder import keep
    from interviewer.settings import config_folder

    if record is None:
        print(f"Nothing was recorded for scorecards to cite. {against}", file=sys.stderr)
        return
    try:
        path = keep(config_folder(os.environ), record)
    except OSError as error:
        print(f"interviewer: the record could not be kept: {error}.", file=sys.stderr)
        return
    print(f"Recorded in {path}: scorecards of this grader cite it from now on.", file=sys.stderr)


# ---- Of a predictor ----------------------------------------------------------------------------------------


def _predicted(arguments: argparse.Namespace) -> int:
    from interviewer.agreement.compare import compare_predictor
    from interviewer.agreement.items import on_one_scale
    from interviewer.agreement.predictors import ABOUT
    from interviewer.batch.sources import open_source

    with open_source(arguments.source, source_options(arguments)) as source:
        _say(arguments)(source.told())
        _refuse_without_gold(source.rows(), source.name)
        scale, items = on_one_scale(_predictions(arguments, source.rows()))
        comparison = compare_predictor("overall", items, scale)
        name = arguments.name or source.name
    _show(arguments, name, f"{arguments.by}: {ABOUT[arguments.by]}", [comparison], [], None)
    return 0


def _predictions(arguments: argparse.Namespace, rows: Iterable[Row]) -> list[Item]:
    """What the predictor says of every answer that people graded as a whole."""
    from dataclasses import replace

    from interviewer.agreement.items import item_of
    from interviewer.agreement.predictors import NEED_REFERENCE, PREDICTORS, Answer
    from interviewer.batch.row import OVERALL
    from interviewer.batch_session import TaskError

    kept = [row for row in rows if OVERALL in row.gold and row.status in {"ok", "empty-answer"}]
    if not kept:
        raise TaskError("People graded no whole answer here, only criteria; a predictor has nothing to say of those.")
    if arguments.by in NEED_REFERENCE and not any(row.reference for row in kept):
        raise TaskError(f"--by {arguments.by} needs reference answers. Name their column: --reference-column NAME.")
    texts = [Answer(row.question or arguments.question or "", row.answer, row.reference or "") for row in kept]
    figures = PREDICTORS[arguments.by](texts)
    return [replace(item_of(row), given=figure) for row, figure in zip(kept, figures, strict=True)]


# ---- What is shown -----------------------------------------------------------------------------------------


def _show(
    arguments: argparse.Namespace,
    name: str,
    about: str,
    comparisons: Sequence[Comparison],
    rubrics: Sequence[Rubric],
    record: Calibration | None,
) -> None:
    from interviewer.cli.page import Page, write_json

    if arguments.json:
        from interviewer.agreement.as_data import as_data

        write_json(
            {
                "set": name,
                "graded_by": about,
                "comparisons": [as_data(one) for one in comparisons],
                "record": None if record is None or arguments.no_record else record.model_dump(mode="json"),
            }
        )
        return
    from interviewer.cli.agreement_text import show

    page = Page()
    page.space()
    page.heading(f"Agreement with people: {name}")
    page.text(f"Graded by {about}")
    show(page, comparisons, {one.id: one.title for rubric in rubrics for one in rubric.criteria})


def _listed(arguments: argparse.Namespace) -> int:
    import os

    from interviewer.cli.page import Page, write_json, write_lines
    from interviewer.engines.choose import choose
    from interviewer.grading.calibration_folder import read
    from interviewer.settings import config_folder

    kept = read(config_folder(os.environ))
    write_lines(kept.problems, sys.stderr)
    records = sorted(kept.calibrations.records, key=lambda one: one.measured, reverse=True)
    if arguments.json:
        write_json([one.model_dump(mode="json") for one in records])
        return 0
    from interviewer.cli.agreement_text import show_records

    in_force = kept.calibrations.of(choose(settings_from(arguments)).grader.stamp) if records else ()
    show_records(Page(), records, in_force)
    return 0
