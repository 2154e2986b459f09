"""What one finished interview leaves for the comparison with others: small, and kept between runs."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from interviewer.document import Document
from interviewer.progress.speech import Speech
from interviewer.rubric import ProbeType
from interviewer.scorecard import GradeStatus, Stamp
from interviewer.vocabulary import Seniority

FACTS_VERSION = 2
"""Raised whenever the same transcript would give other facts; what was kept before is then read anew."""

Came = Literal["held", "branch", "import"]
"""How an interview came about: held here from its first word, gone on from within another, read from a file."""


class Grader(Document):
    """Who graded, as far as it can move a grade."""

    engine: str
    engine_version: str
    model: str | None = None
    prompt_version: str | None = None
    samples: int = 1

    @classmethod
    def of(cls, stamp: Stamp) -> Grader:
        return cls(
            engine=stamp.engine,
            engine_version=stamp.engine_version,
            model=stamp.model,
            prompt_version=stamp.prompt_version,
            samples=stamp.samples,
        )


class Measure(Document):
    """What a rating was made with. Two ratings of a criterion are alike only if this is the same for both."""

    rubric: str
    rubric_version: int
    graders: tuple[Grader, ...]
    panel: tuple[str, ...] = ()
    """How strict each panel member is; none where one person judges."""
    coached: bool = False
    """After feedback an answer could be given again, and the later one was rated."""


class CriterionFact(Document):
    """One criterion over one interview."""

    criterion: str
    title: str
    rubric_title: str
    rubric: str
    share: float | None
    """0 to 1; None if it was not assessed."""
    weight: float
    """Share of the interview's total, 0 to 1."""
    levels: tuple[str, ...]
    """Titles of the rubric's levels, lowest first."""
    practice: str | None = None


class GapFact(Document):
    """Something that an answer left out."""

    id: str
    type: ProbeType
    about: str
    """In plain words."""


class QuestionFact(Document):
    """One main question with all that was said to it."""

    question: str
    text: str
    topic: str
    rubric: str
    segment: str
    """Title of the part of the interview that it was asked in."""
    status: GradeStatus
    share: float | None = None
    """Weighted mean of its ratings as a share of the scale, 0 to 1; None if nothing was rated."""
    words: tuple[int, ...] = ()
    """Of each answer to it and to its follow-ups."""
    sentences: tuple[int, ...] = ()
    seconds: tuple[float, ...] = ()
    """From the end of a question to the end of the answer, reading and thinking included; empty if not known."""
    said: Speech = Speech()
    """All of its answers together."""
    gaps: tuple[GapFact, ...] = ()
    """Key points never given, and follow-ups that were answered without giving what they went for."""
    asked_for: dict[ProbeType, int] = Field(default_factory=dict)
    """Kind of content -> at how many places it was looked for: key points, and follow-ups beside them."""
    looked_for: tuple[str, ...] = ()
    """Ids of the gaps that could have shown there, one for each of these places."""
    points: int = 0
    """Key points that a strong answer has."""
    points_missed: int = 0
    passed: bool = False
    """The candidate passed on it without an answer."""
    out_of_time: bool = False
    """There was more to ask about the last answer and no time left for it."""
    shared: bool = False
    """In a branch: said in the interview that it branches off."""


class InterviewFacts(Document):
    """One finished interview."""

    id: str
    created: AwareDatetime
    persona: str
    persona_title: str
    came: Came = "held"
    parent: str | None = None
    """The interview that a branch goes on from."""
    mode: str
    seniority: Seniority
    minutes: int
    seconds: float
    """On the interview clock."""
    verdict: str
    share: float | None
    """Weighted total, 0 to 1; None if nothing was assessed."""
    measures: tuple[Measure, ...]
    """What its criteria were rated with, one for each rubric."""
    criteria: tuple[CriterionFact, ...]
    questions: tuple[QuestionFact, ...]

    def measure(self, rubric: str) -> Measure:
        """What the criteria of this rubric were rated with. Raises KeyError if there are none."""
        for measure in self.measures:
            if measure.rubric == rubric:
                return measure
        raise KeyError(rubric)

    @property
    def counts(self) -> bool:
        """Whether it is an interview of its own. A branch is practice: it begins with another's answers."""
        return self.came != "branch"
