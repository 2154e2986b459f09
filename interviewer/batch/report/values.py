"""What a report says of a batch, as figures, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.batch.ledger import Counts
from interviewer.cost import Cost
from interviewer.grading.bootstrap import Interval, Measured
from interviewer.rubric import Criterion, Level, Rubric
from interviewer.scorecard import Stamp

BINS = 10
"""Columns of the distribution of overall grades."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an answer, cut out around what a rating rests on."""

    where: str
    """File and line of a submission; empty for an answer in words."""
    pieces: tuple[tuple[str, bool], ...]
    """Text, and whether the rating rests on it."""


@dataclass(frozen=True, slots=True)
class Example:
    """An answer that was given a level, with what it rests on."""

    id: str
    found: str
    question: str
    """On one line, and cut if it is long; empty if there is none."""
    level: str
    """Its title."""
    reasoning: str
    passages: tuple[Passage, ...]
    votes: str = ""
    """Of several graders: what they said, such as `Weak to Strong`."""


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """One level of one criterion."""

    level: Level
    share: float
    """Of the scale: 0 for the lowest level, 1 for the highest."""
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far several graders of one answer were apart on one criterion, in numbers of ratings."""

    same: int
    one_level: int
    further: int
    disputed: int
    """By the rule of `grading/several.py`, which also counts those who differ on whether there is anything to rate."""

    @property
    def ratings(self) -> int:
        return self.same + self.one_level + self.further


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """One criterion over all graded answers."""

    criterion: Criterion
    levels: tuple[LevelFigures, ...]
    not_assessed: int
    mean: float | None
    """Of those assessed, as a share of the scale."""
    spread: Spread | None
    """None if nothing was graded by several."""

    @property
    def assessed(self) -> int:
        return sum(one.count for one in self.levels)


@dataclass(frozen=True, slots=True)
class RubricFigures:
    """Everything that was judged by one rubric."""

    rubric: Rubric
    graded: int
    rated: int
    """Of those, how many have an overall grade: the others show nothing that could be rated."""
    bins: tuple[int, ...]
    """How many overall grades lie in each of `BINS` equal parts of the scale."""
    mean: float | None
    deviation: float | None
    criteria: tuple[CriterionFigures, ...]


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question with enough answers to say how hard it is."""

    text: str
    answers: int
    """With an overall grade."""
    unrated: int
    """Read by a grader, and without one."""
    mean: float
    interval: Interval | None
    """None if all answers have the same grade, which says nothing of how others would differ."""


@dataclass(frozen=True, slots=True)
class Questions:
    """How hard questions are."""

    asked: int
    """At least: no more than `questions.MOST_QUESTIONS` are counted."""
    enough: int
    """Questions with enough answers."""
    hardest: tuple[QuestionFigures, ...]
    easiest: QuestionFigures | None
    """To compare with; None if it is among the hardest."""


@dataclass(frozen=True, slots=True)
class StatusFigures:
    """Rows that ended in one way."""

    status: str
    count: int
    first: tuple[str, ...]
    """Id and place of the first few, for people."""
    problem: str
    """What is said of the first of them."""


@dataclass(frozen=True, slots=True)
class BandFigures:
    """Answers to which people gave a low, a middling or a high grade."""

    name: str
    measured: Measured
    """Of levels."""
    bias: float
    """Mean difference as a share of the scale: above zero the grader is the more generous one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Grades of people beside those given here."""

    rubric: Rubric
    criterion: Criterion | None
    """None for the answer as a whole."""
    named: tuple[tuple[float, float], ...]
    """Scales that rows name for what people gave, lowest and highest; the first few."""
    seen: tuple[float, float] | None
    """The lowest and the highest grade there is, of rows that name no scale; None if all do."""
    graded: int
    """Answers with both, of which `levels.answers` were looked at."""
    shares: Measured
    """Of grades as shares of the scale, unrounded: Pearson, Spearman and bias are read from here."""
    levels: Measured
    """Of the nearest levels, counted from 0: exact, within one and kappa are read from here."""
    bands: tuple[BandFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Row: level by people; column: level given here; how many answers."""
    people: Measured | None
    """Of one person against another, on the same answers, in levels; None without several people."""
    people_shares: Measured | None
    most_people: int
    """How many people graded the same answer, at most."""
    left_out: Mapping[str, int]
    """Why answers that people graded have no grade here -> how many."""
    left_out_mean: float | None
    """What people gave those, in the mean, as a share of the scale."""
    furthest: tuple[Example, ...]
    """Where the two are furthest apart."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a report says."""

    counts: Counts
    cost: Cost
    """Of all calls recorded for the grades and failures that stand now."""
    spent: Cost
    """Of everything in this folder, also of grades that are out of date."""
    statuses: tuple[StatusFigures, ...]
    failures: tuple[StatusFigures, ...]
    rubrics: tuple[RubricFigures, ...]
    questions: Questions
    stamps: tuple[tuple[Stamp, int], ...]
    """Who graded, and how many rows."""
    disputed: tuple[Example, ...]
    """The ratings on which several graders were furthest apart."""
    comparisons: tuple[Comparison, ...]
    not_compared: Mapping[str, int]
    """What people graded that no rubric judges -> how many grades."""
