"""What grading produces: ratings with evidence, grades of single answers, and the scorecard of an interview."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from interviewer.cost import Cost
from interviewer.document import Document, Identifier
from interviewer.persona import DecisionRule, Verdict
from interviewer.rubric import NOT_ASSESSED, ProbeType

SCORECARD_SCHEMA = 1
"""Version of the scorecard format."""

GradeStatus = Literal[
    "graded",
    "blank",
    "off-topic",
    "no-attempt",
    "pasted-question",
    "keyword-list",
    "repeated",
    "skipped",
    "refused",
    "failed",
]
"""Whether an answer could be rated, and if not, why. Only `graded` carries ratings above the lowest level.

blank: empty or a word or two. off-topic: about something else. no-attempt: "I don't know" and nothing
more. pasted-question: the question said back. keyword-list: terms without a statement. repeated: an
earlier answer given again. skipped: the candidate passed, or the interview ended first. refused: the
grader declined. failed: the grader gave nothing usable; can be tried again.
"""


class Stamp(Document):
    """Who graded, exactly: comparing across different stamps has to say so."""

    engine: str = Field(description="`offline`, `anthropic`, ...; of several graders, joined: `anthropic+openai`.")
    engine_version: str
    model: str | None = None
    prompt_version: str | None = None
    grade_schema: int = Field(default=1, ge=1)
    calibration: str = Field(description="Measured agreement with human grades, or `not calibrated`.")
    samples: int = Field(default=1, ge=1, description="How many gradings were combined in code; 1 is a grader alone.")


class Evidence(Document):
    """One sentence of the candidate, where it stands, word for word."""

    event: int = Field(ge=0, description="Sequence number of the answer in the transcript.")
    sentence: int = Field(ge=1, description="Number of the sentence in that answer, from 1.")
    start: int = Field(ge=0, description="Offset of its first character in the answer.")
    end: int = Field(ge=0, description="Offset after its last character.")
    quote: str


class Rating(Document):
    """One criterion's level, with the sentences it rests on."""

    criterion: Identifier
    evidence: tuple[Evidence, ...] = ()
    reasoning: str
    level: Identifier = Field(description="A level id of the rubric, or `not-assessed`.")
    lowest: Identifier | None = Field(
        default=None, description="Of several graders: the lowest level given. None if not assessed, or of one grader."
    )
    highest: Identifier | None = Field(default=None, description="Of several graders: the highest level given.")
    disputed: bool = Field(default=False, description="Several graders were far apart; see `grading/several.py`.")

    @property
    def assessed(self) -> bool:
        return self.level != NOT_ASSESSED


class Vote(Document):
    """What one of several graders made of a thread."""

    stamp: Stamp
    status: GradeStatus
    levels: dict[Identifier, Identifier] = Field(default={}, description="Criterion -> level, if it was graded.")
    note: str = ""


class Grade(Document):
    """One answer thread (a question, its answer, the follow-ups and theirs) judged under one rubric."""

    thread: int = Field(ge=0, description="Sequence number of the turn that asked the main question.")
    question: Identifier
    rubric: Identifier
    rubric_version: int
    person: Identifier | None = Field(default=None, description="The panel member who judged; none if alone.")
    status: GradeStatus
    ratings: tuple[Rating, ...] = ()
    covered: tuple[Identifier, ...] = Field(default=(), description="Key points that were touched.")
    missed: tuple[Identifier, ...] = Field(default=(), description="Key points that were not.")
    note: str = ""
    failure: str | None = Field(default=None, description="failed: the kind of failure, such as `rate-limited`.")
    stamp: Stamp
    cost: Cost | None = Field(default=None, description="Of the calls it took; none if it took none.")
    votes: tuple[Vote, ...] = Field(default=(), description="What each of several graders said; none of one alone.")

    def rating(self, criterion: str) -> Rating | None:
        """The rating of this criterion, or None where there is none."""
        return next((rating for rating in self.ratings if rating.criterion == criterion), None)


class ProbeRecord(Document):
    """A follow-up that was asked, what it went for, and whether the answer closed it."""

    turn: int
    thread: int
    question: Identifier
    gap: str
    type: ProbeType
    about: str = Field(description="The gap in plain words.")
    asked: str
    closed: bool
    answered: bool = Field(default=True, description="False if the interview went on or ended before an answer.")


class Band(Document):
    """Where a criterion would stand with the lowest vote of every answer, and where with the highest."""

    lowest: float = Field(ge=0, le=1, description="As a share of the scale.")
    highest: float = Field(ge=0, le=1)
    lowest_title: str = Field(description="The title of the nearest level.")
    highest_title: str


class CriterionResult(Document):
    """One criterion over the whole interview."""

    rubric: Identifier
    criterion: Identifier
    title: str
    weight: float = Field(description="Share of the interview's total, 0 to 1.")
    share: float | None = Field(description="Mean over the answers that showed it, 0 to 1; none if not assessed.")
    level: Identifier
    level_title: str
    anchor: str = Field(description="What the rubric says of that level.")
    reasoning: str
    evidence: tuple[Evidence, ...] = ()
    gate_failed: bool = False
    practice: str | None = None
    band: Band | None = Field(default=None, description="How far several graders leave it open; none of one alone.")
    disputed: bool = Field(default=False, description="On at least one answer they were far apart.")


class Member(Document):
    """One panel member's own scorecard, made blind and locked before the others' were shown."""

    person: Identifier
    name: str
    role: str
    before: dict[str, str] = Field(description="Criterion -> level, as locked.")
    after: dict[str, str] = Field(description="Criterion -> level, after the re-vote.")
    share_before: float | None
    share_after: float | None
    vote_before: Verdict
    vote_after: Verdict
    note: str
    revoted_by: Stamp | None = Field(default=None, description="Who re-voted for this member; none if it was the rule.")


class Change(Document):
    """One criterion moved in a re-vote, and why."""

    level: Identifier
    reason: str = Field(description="In the member's voice.")


class Revote(Document):
    """A panel member's second vote, after the locked scorecards were revealed."""

    person: Identifier
    changes: dict[Identifier, Change] = Field(
        default_factory=dict, description="Criterion -> the level moved to. What is not here stays."
    )
    stamp: Stamp
    cost: Cost | None = Field(default=None, description="Of the calls it took; none if it took none.")


class Spread(Document):
    """How far the panel was apart on one criterion, in levels."""

    criterion: Identifier
    title: str
    lowest: str
    highest: str
    before: int
    after: int


class Veto(Document):
    """A bar raiser's veto: one criterion and one sentence of the candidate."""

    criterion: Identifier
    evidence: Evidence
    reason: str


class FlawNoticed(Document):
    """Something wrong that the interviewers planted, and whether the candidate saw it."""

    flaw: str
    why: str
    noticed: Evidence | None


class AnswerSummary(Document):
    """One main question and what became of it."""

    thread: int
    question: Identifier
    asked: str
    speaker: str
    status: GradeStatus
    follow_ups: int
    better: str | None = Field(default=None, description="A sentence of the kind a strong answer has.")
    missed: tuple[str, ...] = Field(default=(), description="Key points not touched, in plain words.")
    covered: tuple[str, ...] = ()


class Debrief(Document):
    """What a language model wrote from the finished scorecard, checked against it by code."""

    verdict: str = Field(description="Two to four sentences in the persona's voice.")
    strengths: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    weakest: int | None = Field(
        default=None, description="Thread of the weakest rated answer, found by code; none if nothing was rated."
    )
    stronger: str | None = Field(
        default=None,
        description="That answer made stronger, in the candidate's first person and from what they said themselves; "
        "a fact that is missing stands in [brackets].",
    )
    practise: tuple[str, ...] = ()
    left_out: tuple[str, ...] = Field(default=(), description="What was not kept of what was written, and why.")
    stamp: Stamp
    cost: Cost | None = Field(default=None, description="Of the calls it took; none if it took none.")


class Scorecard(Document):
    """The result of an interview. Totals, gates and the verdict are computed in code from the ratings."""

    schema_version: int = SCORECARD_SCHEMA
    persona: Identifier
    persona_version: int
    persona_title: str
    rubrics: dict[str, int] = Field(description="Rubric id -> version.")
    rule: DecisionRule
    stamps: tuple[Stamp, ...]
    verdict: Verdict
    spoken: str = Field(description="The verdict in the persona's voice.")
    why: str = Field(description="How the verdict follows from the ratings, in plain words.")
    share: float | None = Field(description="Weighted total, 0 to 1; none if nothing was assessed.")
    assessed: float = Field(ge=0, le=1, description="Share of the weight that could be assessed.")
    criteria: tuple[CriterionResult, ...]
    answers: tuple[AnswerSummary, ...]
    probes: tuple[ProbeRecord, ...] = ()
    flaws: tuple[FlawNoticed, ...] = ()
    members: tuple[Member, ...] = ()
    spreads: tuple[Spread, ...] = ()
    level: str | None = Field(default=None, description="bar-raiser: the level recommended.")
    level_reason: str | None = None
    veto: Veto | None = None
    feedback: str | None = Field(default=None, description="bar-raiser: the written assessment.")
    strengths: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    practice: tuple[str, ...] = ()
    debrief: Debrief | None = Field(default=None, description="None where no language model wrote a usable one.")
    seconds: float = Field(ge=0, description="Length of the interview on its own clock.")
    cost: Cost | None = Field(default=None, description="Of all calls of the interview; none if there were none.")
