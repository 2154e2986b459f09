"""One question under discussion, as it was: what was said to it, what was asked further, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.grading.grader import Exchange
from interviewer.transcript.events import Gap, Outcome

ASIDE: frozenset[Outcome] = frozenset({"company-question", "clarifying-question"})
"""Outcomes that are no answer: the candidate asked something back."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer within a thread, and what it answered."""

    turn: int
    asked: str
    gap: str | None
    answer: int
    text: str
    outcome: Outcome | None = None
    """None until the interviewer's next turn has read it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A planted flaw that was pointed out: in which answer, in which of its sentences, in what words."""

    flaw: str
    answer: int
    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class Probed:
    """A follow-up and whether what it went for was then given."""

    turn: int
    gap: Gap
    text: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """One main question with all that followed from it."""

    turn: int
    question: str
    asked: str
    segment: str
    speaker: str
    since: float
    said_by: str | None = None
    """The name of who really asked, where that was not the speaker: in an interview that was held elsewhere."""
    said: tuple[Said, ...] = ()
    probes: tuple[Probed, ...] = ()
    open_gaps: tuple[Gap, ...] = ()
    closed: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()
    hints: int = 0
    redirects: int = 0
    clarified: int = 0
    waited: int = 0
    skipped: bool = False
    ended: bool = False

    @property
    def answers(self) -> tuple[Said, ...]:
        """What was really answered, without questions that the candidate asked back."""
        return tuple(said for said in self.said if said.outcome not in ASIDE)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was really answered, as who reads for gaps sees it."""
        return tuple(_exchange(said) for said in self.answers)

    @property
    def record(self) -> tuple[Exchange, ...]:
        """As a grader sees it: with the questions that the candidate asked back about the task, which can be judged."""
        return tuple(_exchange(said) for said in self.said if said.outcome != "company-question")

    def used(self, gap: str) -> bool:
        """Whether this gap was probed, was closed, or was given up."""
        return gap in self.closed or gap in self.dead or any(probed.gap.id == gap for probed in self.probes)


def _exchange(said: Said) -> Exchange:
    return Exchange(asked=said.asked, gap=said.gap, answer=said.text, event=said.answer)
