"""`interviewer progress`: what changes from interview to interview, and what to practise next."""

from __future__ import annotations

import argparse
import shutil
import sys
from typing import TYPE_CHECKING

from interviewer.cli.options import add_transcripts, settings_from

if TYPE_CHECKING:
    from interviewer.cli.page import Page
    from interviewer.progress.report import Report

MOST_CHART = 12
"""Interviews in the small chart of a criterion."""

MOST_GAPS = 8
MOST_DUE = 10
"""Lines of a list on the page; the JSON has all."""

LEAST_WIDTH = 40

TITLES = 30
"""Columns for the title of a criterion."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help="text even on a terminal")
    form.add_argument("--json", action="store_true", help="for programs")
    add_transcripts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    if not (arguments.plain or arguments.json) and sys.stdout.isatty() and sys.stdin.isatty():
        from interviewer.cli.screens import open_screens
        from interviewer.tui.screens.progress import ProgressScreen

        return open_screens(arguments, first=ProgressScreen)
    from interviewer.cli.page import Page, write_json, write_lines
    from interviewer.library import Library
    from interviewer.progress.load import load
    from interviewer.progress.material import material

    report = load(settings_from(arguments).transcripts, lambda: material(Library.default()))
    write_lines(report.collected.problems, sys.stderr)
    if arguments.json:
        from interviewer.progress.as_json import as_json

        write_json(as_json(report))
        return 0
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    show(Page(width=min(80, max(LEAST_WIDTH, columns))), report)
    return 0


def show(page: Page, report: Report) -> None:
    """Writes everything as text."""
    from interviewer.progress import words

    page.heading("Progress")
    if note := words.little_to_go_by(report):
        page.text(note)
    if not report.collected.interviews:
        page.text("Begin with: interviewer")
        return
    page.text(words.headline(report))
    for part in (_plan, _criteria, _gaps, _habits, _due):
        part(page, report)


def _plan(page: Page, report: Report) -> None:
    from interviewer.cli.page import write_lines
    from interviewer.progress import words

    plan = report.plan
    if plan is None:
        return
    page.space()
    page.heading("Next session", "-")
    page.text(f"{plan.persona_title}, {plan.minutes} minutes.")
    for reason in plan.reasons:
        page.entry("-", reason, indent=2)
    for one in plan.questions:
        page.space()
        page.entry(f"[{one.segment}]", one.text, indent=2)
        page.text(one.why, indent=4)
    page.space()
    page.text("Start it with:")
    write_lines([words.plan_command(plan.persona, plan.wanted)], page.out)


def _criteria(page: Page, report: Report) -> None:
    from itertools import groupby

    from interviewer.progress import words

    for _, group in groupby(report.series, key=lambda one: one.rubric):
        several = list(group)
        page.space()
        page.heading(several[0].rubric_title, "-")
        wide = min(MOST_CHART, max(len(one.points) for one in several))
        for one in several:
            chart = "".join(words.spark(one.points, MOST_CHART)).rjust(wide)
            page.entry(one.title, f"{chart}  {words.short_standing(one)}", indent=2, column=TITLES)
        for other in dict.fromkeys(filter(None, map(words.not_comparable, several))):
            page.text(f"{words.NOT_COMPARABLE} {other}", indent=2)
    if report.series:
        page.space()
        page.text(words.READING)


def _gaps(page: Page, report: Report) -> None:
    from interviewer.progress import words

    page.space()
    page.heading("What is left out again and again", "-")
    if not report.gaps:
        page.text("Nothing was left out in more than one interview.")
    for gap in report.gaps[:MOST_GAPS]:
        page.entry(f"{gap.about.rstrip('.')}:", words.gap_line(gap), indent=2)
        page.text(words.gap_latest(gap), indent=4)


def _habits(page: Page, report: Report) -> None:
    from interviewer.progress import words

    if report.habits is None:
        return
    page.space()
    page.heading("How you answer", "-")
    for name, said in words.manner_lines(report.habits.overall):
        page.entry(name, said, indent=2, column=16)
    page.text(words.rhythm_line(report.habits.rhythm), indent=2)
    page.text(words.week_line(report.habits), indent=2)


def _due(page: Page, report: Report) -> None:
    from interviewer.progress import words

    page.space()
    page.heading("Questions to try again", "-")
    page.text(words.schedule_line())
    if not report.reviews:
        page.text("None is waiting.")
    for review in report.reviews[:MOST_DUE]:
        page.space()
        page.entry(f"{words.review_when(review, report.today)}:", review.text, indent=2)
        page.text(words.review_line(review), indent=4)
    if len(report.reviews) > MOST_DUE:
        page.space()
        page.text(f"And {len(report.reviews) - MOST_DUE} more; --json has all.")
