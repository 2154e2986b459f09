"""What is written down: one header, then one event per line.

Everything that is ever shown of an interview is a fold over these. An event is never changed.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, Field, TypeAdapter

from interviewer.cost import Cost
from interviewer.document import Document, Identifier, Line
from interviewer.persona import Persona
from interviewer.question import QuestionBank, TwistKind
from interviewer.rubric import ProbeType, Rubric
from interviewer.scorecard import Grade, Revote, Scorecard
from interviewer.vocabulary import Mode, Seniority

TRANSCRIPT_SCHEMA = 2
"""Version of the transcript format. A reader refuses a later one and migrates an earlier (`reading/migrations.py`)."""

GapSource = Literal["key-point", "typical", "twist", "criterion", "contradiction", "claim"]
"""Where a gap comes from. claim: the candidate's own words, to be tested."""

Outcome = Literal[
    "answered",
    "dont-know",
    "blank",
    "off-topic",
    "pasted-question",
    "repeated",
    "keyword-list",
    "company-question",
    "clarifying-question",
    "no-questions",
]
"""What an answer was. `company-question` and `clarifying-question` ask something back; `no-questions`
is the candidate's "nothing more" when invited to ask."""

MoveKind = Literal[
    "open",
    "next-segment",
    "hand-over",
    "ask",
    "probe",
    "clarify",
    "answer",
    "hint",
    "redirect",
    "wait",
    "invite",
    "close",
]


class Gap(Document):
    """Something that is missing in what was said about a question, and how to ask for it."""

    id: str
    source: GapSource
    about: str = Field(description="The gap in plain words.")
    type: ProbeType
    probe: str = Field(description="A follow-up that goes for it, as written by the author of the question.")
    twist: TwistKind | None = None
    quote: str | None = Field(default=None, description="The candidate's words that the gap is about.")
    earlier: str | None = Field(default=None, description="For a contradiction: what was said before.")


class Noticed(Document):
    """A planted flaw that the candidate pointed out, and the sentence that did."""

    flaw: Identifier
    sentence: int = Field(ge=1, description="Number of the sentence in the answer, from 1.")


class Reading(Document):
    """What the interviewer understood of one answer."""

    answer: int = Field(ge=0, description="Sequence number of the answer.")
    outcome: Outcome
    closed_gaps: tuple[str, ...] = Field(default=(), description="Gaps that the answer closed.")
    open_gaps: tuple[Gap, ...] = Field(default=(), description="Gaps that it left or opened, best first.")
    noticed: tuple[Noticed, ...] = ()


class Move(Document):
    """What the interviewer does this turn."""

    kind: MoveKind
    speaker: Identifier = Field(description="Who speaks.")
    segment: Identifier | None = Field(default=None, description="next-segment, hand-over, first invite: where to.")
    question: Identifier | None = Field(default=None, description="ask: which one.")
    gap: str | None = Field(default=None, description="probe: which gap it goes for.")


class Profile(Document):
    """What the candidate brought. Kept in the transcript so that a resumed interview still knows it."""

    name: str | None = None
    cv: str | None = None
    job: str | None = None


class Branched(Document):
    """Shares its beginning with another interview, and goes another way from one answer on."""

    kind: Literal["branch"] = "branch"
    parent: Identifier = Field(description="Id of the transcript that it began as.")
    answer: int = Field(ge=1, description="Sequence number of the answer that is given anew; all before it is shared.")


class Imported(Document):
    """Was held elsewhere and read from a file."""

    kind: Literal["import"] = "import"
    file: Line = Field(description="Name of the file, without its folder.")
    form: Identifier = Field(description="What it was read as, such as `captions`.")


Origin: TypeAlias = Annotated[Branched | Imported, Field(discriminator="kind")]
"""How a transcript came about that was not held live from its first word."""


class Header(Document):
    """The first line of a transcript: what was set up, with everything needed to understand it later."""

    type: Literal["header"] = "header"
    schema_version: int = TRANSCRIPT_SCHEMA
    id: Identifier
    created: AwareDatetime
    product_version: str
    engine: str
    engine_version: str
    model: str | None = None
    mode: Mode
    minutes: int = Field(ge=5, le=240)
    seniority: Seniority
    seed: int = Field(ge=0)
    origin: Origin | None = Field(default=None, description="None for an interview held live from its first word.")
    persona: Persona = Field(description="Comes first of what is long: a listing reads no further.")
    profile: Profile = Profile()
    recent: tuple[str, ...] = Field(
        default=(), description="Questions of the last interviews with this persona; others are preferred."
    )
    wanted: tuple[str, ...] = Field(
        default=(), description="Questions that are asked before all others where they fit, first to last."
    )
    rubrics: tuple[Rubric, ...]
    banks: tuple[QuestionBank, ...]
    hashes: dict[str, str] = Field(description="`persona`, `rubric:ID`, `bank:ID` -> SHA-256 of the content.")


class _Event(Document):
    seq: int = Field(ge=1, description="Position in the log; the header is 0.")
    clock: float = Field(ge=0, description="Seconds on the interview clock.")
    at: AwareDatetime = Field(description="Wall time.")


class Turn(_Event):
    """The interviewer understood the last answer (if there was one), chose a move and said something."""

    type: Literal["turn"] = "turn"
    reading: Reading | None = None
    move: Move
    text: str
    gap: Gap | None = Field(default=None, description="probe: the gap it goes for.")
    worded_by: str = Field(default="offline", description="The engine that found the words; `person` if imported.")
    said_by: Line | None = Field(default=None, description="Imported: the name of who really said it.")
    cost: Cost | None = Field(default=None, description="Of the calls it took; none if it took none.")


class Answer(_Event):
    """The candidate said something."""

    type: Literal["answer"] = "answer"
    text: str
    retry_of: int | None = Field(default=None, description="Coach mode: the answer that this replaces.")


Action = Literal["hint", "skip", "end", "pause", "resume", "retry", "continue"]


class Control(_Event):
    """The candidate steered: asked for a hint, skipped, paused, ended, or after feedback went on or retried."""

    type: Literal["control"] = "control"
    action: Action


class Draft(_Event):
    """What stood in the answer box, unsent. An empty text clears it."""

    type: Literal["draft"] = "draft"
    text: str


class Graded(_Event):
    """A grade was made."""

    type: Literal["graded"] = "graded"
    grade: Grade
    final: bool = Field(default=False, description="The thread was complete when this was made.")


class Feedback(_Event):
    """Coach mode: what an answer showed and missed, and one better sentence."""

    type: Literal["feedback"] = "feedback"
    answer: int
    showed: tuple[str, ...]
    missed: tuple[str, ...]
    better: str | None = None
    judged_by: str = Field(default="offline", description="The engine whose grade this rests on.")
    cost: Cost | None = Field(default=None, description="Of the calls it took; none if it took none.")


class Notice(_Event):
    """Something the reader of the log should know that nobody said."""

    type: Literal["notice"] = "notice"
    kind: Identifier
    text: str
    cost: Cost | None = Field(default=None, description="Of calls that came to nothing else; none if there were none.")


class Revoted(_Event):
    """A panel member saw the others' locked scorecards and voted again."""

    type: Literal["revoted"] = "revoted"
    revote: Revote


class Finished(_Event):
    """The interview is over and graded."""

    type: Literal["finished"] = "finished"
    scorecard: Scorecard


Event: TypeAlias = Annotated[
    Turn | Answer | Control | Draft | Graded | Feedback | Notice | Revoted | Finished, Field(discriminator="type")
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads and writes one event."""
