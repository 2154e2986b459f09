"""How somebody answers: length, time, fillers, "I" and "we"; and how often they practise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from interviewer.interview.clock import SpokenTime
from interviewer.progress.days import day_of
from interviewer.progress.facts import InterviewFacts, QuestionFact
from interviewer.progress.speech import Speech, together

WEEKS = 8
"""Weeks that are looked back on."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How answers were given in one interview, or in several."""

    answers: int
    words: float
    """Median of an answer."""
    sentences: float
    """Median of an answer."""
    seconds: float | None
    """Median of an answer on the interview clock, reading and thinking included; None if not known."""
    said: Speech
    """All answers together."""
    out_of_time: int
    """Questions about which there was more to ask and no time left for it."""
    questions: int

    @property
    def spoken_seconds(self) -> float:
        """What an answer of median length takes to say at an ordinary pace of 150 words a minute."""
        return self.words / SpokenTime.WORDS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday on."""

    monday: date
    interviews: int
    branches: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How regularly somebody practises. Branches count as practice here."""

    days: int
    """Days with an interview or a branch."""
    streak: int
    """Days in a row up to today, or up to yesterday if today has none yet."""
    longest: int
    weeks: tuple[Week, ...]
    """The last eight, this one last; those before the first interview are left out."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Everything about the manner of answering and the rhythm of practice."""

    overall: Manner
    by_interview: tuple[tuple[InterviewFacts, Manner], ...]
    """Earliest first, without branches and those without a single answer."""
    rhythm: Rhythm


def habits(interviews: Sequence[InterviewFacts], today: date) -> Habits | None:
    """None if nothing was answered in any interview."""
    own = [interview for interview in interviews if interview.counts]
    overall = _manner(question for interview in own for question in interview.questions)
    if overall is None:
        return None
    each = ((interview, _manner(interview.questions)) for interview in own)
    return Habits(overall, tuple((one, manner) for one, manner in each if manner), rhythm(interviews, today))


def _manner(questions: Iterable[QuestionFact]) -> Manner | None:
    asked = [question for question in questions if question.words]
    if not asked:
        return None
    timed = [seconds for question in asked for seconds in question.seconds]
    words = [words for question in asked for words in question.words]
    return Manner(
        answers=len(words),
        words=median(words),
        sentences=median(sentences for question in asked for sentences in question.sentences),
        seconds=median(timed) if timed else None,
        said=together([question.said for question in asked]),
        out_of_time=sum(question.out_of_time for question in asked),
        questions=len(asked),
    )


def rhythm(interviews: Iterable[InterviewFacts], today: date) -> Rhythm:
    """How regularly interviews were held, as seen from `today`."""
    held = [(day_of(interview.created), interview.counts) for interview in interviews]
    days = {day for day, _ in held if day <= today}
    until = today if today in days else today - timedelta(days=1)
    this_week = today - timedelta(days=today.weekday())
    mondays = [this_week - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    first = min(days, default=today)
    weeks = (
        Week(
            monday,
            sum(own for day, own in held if _same_week(day, monday)),
            sum(not own for day, own in held if _same_week(day, monday)),
        )
        for monday in mondays
        if monday + timedelta(days=6) >= first
    )
    return Rhythm(
        len(days), _in_a_row(days, until), max((_in_a_row(days, day) for day in days), default=0), tuple(weeks)
    )


def _same_week(day: date, monday: date) -> bool:
    return timedelta() <= day - monday < timedelta(days=7)


def _in_a_row(days: set[date], until: date) -> int:
    count = 0
    while until - timedelta(days=count) in days:
        count += 1
    return count
