"""Everything there is to say of somebody's progress, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from interviewer.progress.collect import Collected
from interviewer.progress.facts import InterviewFacts
from interviewer.progress.gaps import Recurring, recurring
from interviewer.progress.habits import Habits, habits
from interviewer.progress.plan import Material, NextSession, askers, next_session
from interviewer.progress.schedule import Review, reviews
from interviewer.progress.series import Series, all_series


@dataclass(frozen=True, slots=True)
class Report:
    """What the screen, the text and the JSON show."""

    today: date
    collected: Collected
    series: tuple[Series, ...]
    gaps: tuple[Recurring, ...]
    habits: Habits | None
    reviews: tuple[Review, ...]
    plan: NextSession | None
    askers: Mapping[str, tuple[str, ...]]
    """Question -> the personas that could ask it."""

    def asker(self, review: Review) -> str | None:
        """Who can ask this question again: the persona that did, else another; None if there is none any more."""
        able = self.askers.get(review.question, ())
        return review.persona if review.persona in able else next(iter(able), None)

    @property
    def own(self) -> tuple[InterviewFacts, ...]:
        """Interviews of their own, earliest first."""
        return tuple(one for one in self.collected.interviews if one.counts)

    @property
    def branches(self) -> int:
        """Interviews that go on from within another: practice."""
        return len(self.collected.interviews) - len(self.own)

    @property
    def due(self) -> tuple[Review, ...]:
        """Questions that are due today or were before."""
        return tuple(one for one in self.reviews if one.due <= self.today)

    @property
    def later(self) -> tuple[Review, ...]:
        """Questions that will be due."""
        return tuple(one for one in self.reviews if one.due > self.today)


def make_report(collected: Collected, material: Material, today: date) -> Report:
    """Pure: the same transcripts, library and day always give the same report."""
    interviews = collected.interviews
    series = all_series(interviews)
    waiting = reviews(interviews)
    return Report(
        today=today,
        collected=collected,
        series=series,
        gaps=recurring(interviews),
        habits=habits(interviews, today),
        reviews=waiting,
        plan=next_session(interviews, series, waiting, material, today),
        askers=askers(material, interviews[-1].seniority) if interviews else {},
    )
