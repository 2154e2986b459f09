"""`interviewer compare TRANSCRIPT [BRANCH]`: gradings of one interview, or a branch and what it branches off."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli import USAGE
from interviewer.cli.options import add_transcripts, settings_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.replay.gradings import Numbered


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.epilog = (
        "With one transcript: its gradings; run 0 is the one that the interview ended with, later ones come from "
        "`interviewer regrade`. With two: what was answered where they part, and how it was graded."
    )
    parser.add_argument("transcript", metavar="TRANSCRIPT", help="an id or a file")
    parser.add_argument("branch", nargs="?", metavar="BRANCH", help="another that shares its beginning")
    parser.add_argument("--runs", metavar="A,B", help="only these gradings, by number; all if absent")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help="as text instead of screens")
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--csv", action="store_true", help="for spreadsheets: every rating of every grading")
    add_transcripts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.transcript.archive import find

    settings = settings_from(arguments)
    path = find(settings.transcripts, arguments.transcript)
    chosen = _numbers(arguments.runs)
    if chosen is None:
        print(f"interviewer: --runs takes numbers with commas between them, not {arguments.runs!r}.", file=sys.stderr)
        return USAGE
    screens = not (arguments.plain or arguments.json or arguments.csv) and sys.stdin.isatty() and sys.stdout.isatty()
    if arguments.branch:
        return _answers(arguments, path, find(settings.transcripts, arguments.branch), screens)
    if screens:
        from interviewer.cli.screens import open_screens
        from interviewer.tui.screens.comparison import ComparisonScreen

        return open_screens(arguments, first=lambda: ComparisonScreen(path, chosen))
    from interviewer.replay.gradings import gradings_of
    from interviewer.replay.recording import recorded

    gradings = gradings_of(recorded(path), settings.transcripts)
    for problem in gradings.problems:
        print(problem, file=sys.stderr)
    known = {one.number: one for one in gradings.all}
    unknown = [str(number) for number in chosen if number not in known]
    if unknown or not known:
        there = f"There are: {', '.join(map(str, known))}." if known else "It was never graded."
        missing = f"There is no run {unknown[0]}. " if unknown else ""
        print(
            f"interviewer: {path}: {missing}{there} Grade it with: interviewer regrade {gradings.recording.header.id}",
            file=sys.stderr,
        )
        return USAGE
    show([known[number] for number in chosen] or list(gradings.all), arguments)
    return 0


def _numbers(text: str | None) -> list[int] | None:
    """The numbers; none given is an empty list, and None what are no numbers."""
    if text is None:
        return []
    given = [part.strip() for part in text.split(",")]
    return list(dict.fromkeys(map(int, given))) if all(part.isascii() and part.isdigit() for part in given) else None


def show(runs: Sequence[Numbered], arguments: argparse.Namespace) -> None:
    """Prints gradings as the flags say, with what moved from the first of them to the last."""
    from interviewer.replay.comparison import compare
    from interviewer.replay.comparison_data import as_data, rows
    from interviewer.replay.comparison_text import comparison_text, runs_text, table_text

    comparison = compare(runs[0].run, runs[-1].run) if len(runs) > 1 else None
    if arguments.json:
        print(json.dumps(as_data(runs, comparison)))
    elif arguments.csv:
        from interviewer.table import csv_text

        sys.stdout.write(csv_text(rows(runs)))
    else:
        print(runs_text(runs))
        print(table_text(runs))
        if comparison is not None:
            print(comparison_text(runs[0], runs[-1], comparison), end="")


def _answers(arguments: argparse.Namespace, first: Path, second: Path, screens: bool) -> int:
    """A branch and what it branches off, or two branches."""
    if arguments.csv or arguments.runs:
        print("interviewer: --csv and --runs compare gradings of one transcript; name only one.", file=sys.stderr)
        return USAGE
    if screens:
        from interviewer.cli.screens import open_screens
        from interviewer.tui.screens.answers import AnswersScreen

        return open_screens(arguments, first=lambda: AnswersScreen(first, second))
    from interviewer.replay.fork import fork
    from interviewer.replay.fork_text import as_data, as_text
    from interviewer.replay.recording import recorded

    found = fork(recorded(first), recorded(second))
    if arguments.json:
        print(json.dumps(as_data(found)))
    else:
        print(as_text(found), end="")
    return 0
