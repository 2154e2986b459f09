"""Puts the sections of a report in order."""

from __future__ import annotations

from datetime import datetime

from interviewer import __version__
from interviewer.batch.report.blocks import Report, Section
from interviewer.batch.report.sections import criteria, overview, people, questions, running
from interviewer.batch.report.values import Figures
from interviewer.batch.report.words import counted


def report_of(figures: Figures, written: datetime) -> Report:
    """A report on these figures.

    Args:
        figures: what it says.
        written: when, as it says at the top.
    """
    made = written.strftime("%Y-%m-%d %H:%M %Z").strip()
    sections: tuple[Section | None, ...] = (
        overview.overview(figures),
        *criteria.grades(figures),
        people.people(figures),
        questions.questions(figures),
        questions.differences(figures),
        overview.rows(figures),
        overview.failures(figures),
        running.cost(figures),
        running.graders(figures),
    )
    return Report(
        title=f"Grades of {counted(figures.counts.rows, 'row')}",
        lead=f"Written {made} by interviewer {__version__}. Every grade with its evidence is in grades.jsonl.",
        sections=tuple(section for section in sections if section is not None),
    )
