"""Progress for programs."""

from __future__ import annotations

from typing import Any

from interviewer.progress.gaps import Recurring
from interviewer.progress.habits import Habits, Manner
from interviewer.progress.plan import NextSession
from interviewer.progress.report import Report
from interviewer.progress.schedule import Review
from interviewer.progress.series import Point, Series

VERSION = 1
"""Of this form. Raised when a key changes its meaning or goes away."""


def as_json(report: Report) -> dict[str, Any]:
    """Everything in the report as plain values. Shares run from 0 to 1, dates are ISO 8601."""
    return {
        "version": VERSION,
        "today": report.today.isoformat(),
        "interviews": [
            {
                "id": one.id,
                "created": one.created.isoformat(),
                "persona": one.persona,
                "came": one.came,
                "counts": one.counts,
                "verdict": one.verdict,
                "share": one.share,
            }
            for one in report.collected.interviews
        ],
        "unfinished": report.collected.unfinished,
        "problems": list(report.collected.problems),
        "criteria": [_series(one) for one in report.series],
        "gaps": [_gap(one) for one in report.gaps],
        "habits": _habits(report.habits) if report.habits else None,
        "questions": [_review(one, report) for one in report.reviews],
        "next_session": _plan(report.plan) if report.plan else None,
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "rubric": series.rubric,
        "criterion": series.criterion,
        "title": series.title,
        "levels": list(series.levels),
        "measure": series.latest.measure.model_dump(mode="json"),
        "comparable": len(series.comparable),
        "best": series.best.share,
        "latest": series.latest.share,
        "levels_moved": series.change,
        "levels_between_interviews": series.wobble,
        "low": series.low,
        "points": [_point(point) for point in series.points],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "interview": point.interview,
        "created": point.created.isoformat(),
        "share": point.share,
        "comparable": point.comparable,
    }


def _gap(gap: Recurring) -> dict[str, Any]:
    return {
        "sort": gap.sort,
        "id": gap.id,
        "about": gap.about,
        "interviews": gap.interviews,
        "of_interviews": gap.of,
        "places": gap.missed,
        "of_places": gap.chances,
        "latest": gap.latest.isoformat(),
        "latest_about": gap.latest_about,
        "latest_question": gap.latest_question,
    }


def _habits(habits: Habits) -> dict[str, Any]:
    rhythm = habits.rhythm
    return {
        "overall": _manner(habits.overall),
        "by_interview": [{"interview": one.id, **_manner(manner)} for one, manner in habits.by_interview],
        "days": rhythm.days,
        "days_in_a_row": rhythm.streak,
        "longest_run": rhythm.longest,
        "weeks": [
            {"monday": week.monday.isoformat(), "interviews": week.interviews, "branches": week.branches}
            for week in rhythm.weeks
        ],
    }


def _manner(manner: Manner) -> dict[str, Any]:
    said = manner.said
    return {
        "answers": manner.answers,
        "questions": manner.questions,
        "median_words": manner.words,
        "median_sentences": manner.sentences,
        "median_seconds": manner.seconds,
        "words": said.words,
        "fillers": dict(said.fillers),
        "fillers_per_hundred_words": said.fillers_per_hundred,
        "i": said.i,
        "we": said.we,
        "out_of_time": manner.out_of_time,
    }


def _review(review: Review, report: Report) -> dict[str, Any]:
    return {
        "question": review.question,
        "text": review.text,
        "persona": review.persona,
        "due": review.due.isoformat(),
        "is_due": review.due <= report.today,
        "answered": review.answered.isoformat(),
        "weak": review.weak,
        "why": review.why,
        "answered_well_since": review.step,
    }


def _plan(plan: NextSession) -> dict[str, Any]:
    return {
        "persona": plan.persona,
        "minutes": plan.minutes,
        "criteria": list(plan.criteria),
        "reasons": list(plan.reasons),
        "questions": [
            {"question": one.question, "text": one.text, "segment": one.segment, "why": one.why}
            for one in plan.questions
        ],
    }
