"""What goes into a ledger and what is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from interviewer.cost import Cost
from interviewer.scorecard import Grade, GradeStatus, Stamp

PENDING: Final = "not-graded-yet"
"""What is said of a row that can be graded and has no grade."""


@dataclass(frozen=True, slots=True)
class Gold:
    """What people gave an answer."""

    grades: Mapping[str, float]
    """Criterion id, or `overall` -> the mean of those who graded it."""
    raters: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """The same for each of several people."""
    scale: tuple[float, float] | None = None
    """The lowest and the highest that they could give, if it is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the source, as it goes into the ledger."""

    place: int
    """From 1, in the order of the source."""
    id: str
    found: str
    """Where it stands in the source, for people."""
    status: str
    """`ok`, or what is wrong with the row."""
    problem: str
    question: int | None = None
    """Number of the question in the ledger; None if the row cannot be graded."""
    parts: tuple[tuple[str, str], ...] = ()
    """What was handed in: name and text of each part; one without a name for a plain answer."""
    gold: Gold | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """Who grades, and by what."""

    rubric: int
    """Number of the rubric."""
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Claim:
    """Something to be graded by this process and no other."""

    judge: int
    content: int
    question: int
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A grade that is to be recorded."""

    judge: int
    content: int
    status: GradeStatus
    body: str
    """The grade as JSON, without its stamp where that is the judge's."""
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A grading that came to nothing and can be tried again."""

    judge: int
    content: int
    kind: str
    problem: str
    cost: Cost | None = None


JobState = Literal["intended", "handed-in", "over"]
"""intended: written down, and perhaps taken by the service. handed-in: the service has it, and its id is known.
over: its results are recorded, or there will be none."""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch at a provider's batch service."""

    label: str
    provider: str
    model: str
    state: JobState
    batch: str | None
    """Its id there; None while it is only intended."""
    items: int
    made: datetime
    told: str
    """What was last known of it, as a sentence."""


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the source with what became of it."""

    place: int
    id: str
    found: str
    status: str
    """Of the row: `ok`, or what was wrong with it."""
    problem: str
    """Of the row, or of the grading that failed."""
    question: int | None
    parts: tuple[tuple[str, str], ...]
    gold: Gold | None
    grade: Grade | None
    """None if the row could not be graded, or has not been yet."""
    failure: str | None
    """The kind of failure, if the last try failed."""
    copy_of: int | None
    """Place of the first row with the same question and answer, if this is not it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a ledger has got. All in rows, but for `unique` and `graded`, which count what is graded once."""

    rows: int
    bad: Mapping[str, int]
    """Status of rows that cannot be graded -> how many."""
    copies: int
    """Rows that say again what another row said."""
    unique: int
    """Different answers to be graded; of a sample, those in it."""
    graded: int
    """Of those, how many are."""
    failures: Mapping[str, int]
    """Kind of failure -> how many wait to be tried again."""
    claimed: int
    """Under way in some process."""

    @property
    def missing(self) -> int:
        """Answers that have no grade yet."""
        return self.unique - self.graded
