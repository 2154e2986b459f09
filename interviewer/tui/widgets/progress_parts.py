"""The parts of the progress screen as they are drawn. Everything shown comes from the report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from interviewer.progress import words
from interviewer.progress.gaps import Recurring
from interviewer.progress.habits import Habits, Manner
from interviewer.progress.plan import NextSession
from interviewer.progress.report import Report
from interviewer.progress.schedule import Review
from interviewer.progress.series import Series
from interviewer.tui.widgets.level_chart import COMPARABLE, OTHER, QUIET, LevelChart
from interviewer.tui.widgets.scorecard_parts import BAR, heading, prose

MOST_CHART = 16
"""Interviews in the small chart of a criterion."""

LONGEST_ENTRY = 46
"""Characters of a question in the list."""

MOST_ROWS = 10
"""Interviews in a table, the latest."""


def next_page(report: Report) -> Iterator[Widget]:
    """How much there is to go by, and the plan."""
    if note := words.little_to_go_by(report):
        yield Static(Content(note), classes="notice", markup=False)
    if report.collected.interviews:
        yield prose(words.headline(report))
    else:
        yield prose("Go back with ", ("Esc", "bold"), " and choose who interviews you.")
    if report.plan is not None:
        yield from _plan(report.plan)
    if problems := report.collected.problems:
        yield heading("Not counted")
        yield from (prose(problem, classes="tight") for problem in problems)


def _plan(plan: NextSession) -> Iterator[Widget]:
    yield heading("Next session")
    yield prose(
        (plan.persona_title, "bold"), f", {plan.minutes} minutes.  ", ("Press s to set it up.", "bold $text-primary")
    )
    for reason in plan.reasons:
        yield prose(f"\u2022 {reason}", classes="tight")
    if plan.questions:
        yield heading("Asked first")
    for number, one in enumerate(plan.questions, 1):
        why = f"\n{one.segment}; {one.why}" if one.why else f"\n{one.segment}"
        yield prose((f"{number}. {one.text}", "bold"), (why, QUIET), classes="inset")


def criterion_entry(series: Series) -> Content:
    """A criterion in the list: its small chart and where it stands."""
    marks = "".join(words.spark(series.points, MOST_CHART))
    latest = f"{series.level(series.latest.share)} {series.latest.share:.0%}"
    return Content.assemble(series.title, f"\n{marks}  ", (latest, "bold"))


def criterion(series: Series) -> Iterator[Widget]:
    """A criterion: the chart, where it stands, which way it goes, and what to practise."""
    yield prose((series.title, "bold"), (f"\n{series.rubric_title}", QUIET))
    yield LevelChart(series)
    yield prose(words.standing(series))
    yield prose(words.direction(series))
    if other := words.not_comparable(series):
        yield prose((f"{OTHER} ", "bold"), other, (f" Only {COMPARABLE} are compared.", QUIET))
    yield prose((f"Graded by {words.graders(series.latest.measure.graders)}.", QUIET))
    if series.practice and series.weak:
        yield prose(("To practise\n", QUIET), series.practice)


def gaps(report: Report) -> Iterator[Widget]:
    """What is left out again and again."""
    yield prose(
        "Each interview counts a gap once. Looked at is what could be rated; branches are left out.", classes="tight"
    )
    if not report.gaps:
        yield prose("\nNothing was left out in more than one interview so far.")
    for sort, title in (("kind", "By kind"), ("point", "The same point of the same question")):
        some = [gap for gap in report.gaps if gap.sort == sort]
        if some:
            yield heading(title)
            yield from map(_gap, some)


def _gap(gap: Recurring) -> Widget:
    full = round(BAR * gap.interviews / gap.of)
    return prose(
        (f"{gap.about}\n", "bold"),
        ("\u2588" * full, "$warning"),
        ("\u2591" * (BAR - full), QUIET),
        f"  {words.gap_line(gap)}\n",
        (f"{words.gap_latest(gap)}\n\u201c{gap.latest_question}\u201d", QUIET),
    )


def habits(habits: Habits) -> Iterator[Widget]:
    """How answers are given, all together and interview by interview, and the rhythm of practice."""
    table = _table("", "")
    for name, said in words.manner_lines(habits.overall):
        table.add_row(Text(name, style="bold"), Text(said))
    yield heading("All interviews together")
    yield Static(table, classes="table")
    yield heading("Interview by interview")
    yield _by_interview(habits)
    yield heading("Rhythm")
    yield prose(words.rhythm_line(habits.rhythm), classes="tight")
    yield _weeks(habits)


def _by_interview(habits: Habits) -> Widget:
    table = _table("", "Words", "Seconds", "Fillers/100", "I of I+we", "Out of time")
    for column in table.columns[1:]:
        column.justify = "right"
    for interview, manner in reversed(habits.by_interview[-MOST_ROWS:]):
        table.add_row(Text(words.day(interview.created)), *map(Text, _cells(manner)))
    return Static(table, classes="table")


def _cells(manner: Manner) -> Iterator[str]:
    said = manner.said
    yield f"{manner.words:.0f}"
    yield "\u2013" if manner.seconds is None else f"{manner.seconds:.0f}"
    yield "\u2013" if said.fillers_per_hundred is None else f"{said.fillers_per_hundred:.1f}"
    yield "\u2013" if said.share_of_i is None else f"{said.share_of_i:.0%}"
    yield str(manner.out_of_time)


def _weeks(habits: Habits) -> Widget:
    parts: list[str | tuple[str, str]] = []
    for week in habits.rhythm.weeks:
        branches = f"  {words.count(week.branches, 'branch', 'branches')}" if week.branches else ""
        parts += [
            (f"{week.monday.day:>2} {week.monday:%b}  ", QUIET),
            ("\u2588" * min(BAR, week.interviews), "$primary"),
            f" {week.interviews}{branches}\n",
        ]
    return prose(("Interviews a week, from the Monday named on\n", QUIET), *parts)


def review_entry(review: Review, report: Report) -> Content:
    """A question in the list of those to try again."""
    text = review.text if len(review.text) <= LONGEST_ENTRY else f"{review.text[: LONGEST_ENTRY - 1].rstrip()}\u2026"
    tone = "bold" if review.due <= report.today else "italic"
    return Content.assemble(text, "\n  ", (words.review_when(review, report.today), tone))


def review(review: Review, report: Report) -> Iterator[Widget]:
    """A question to try again, and why."""
    yield prose((review.text, "bold"))
    when = words.review_when(review, report.today)
    yield prose((f"{when[:1].upper()}{when[1:]}. ", "bold"), f"Last answered on {words.day(review.answered)}.")
    yield prose(words.review_line(review))
    if report.asker(review):
        yield prose(("Press a to be asked it first.", "bold $text-primary"))
    else:
        yield prose("Nobody asks it any more: it is in no question bank that there is.")
    yield prose((words.schedule_line(), QUIET))


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold", show_header=any(columns))
    for column in columns:
        table.add_column(Text(column))
    return table
