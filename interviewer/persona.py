"""Who interviews: the people, their company, what they plan to ask and how they decide.

A persona is a YAML file (`personas/*.yaml`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from interviewer.document import Document, Identifier, Line, Prose, named
from interviewer.question import TwistKind
from interviewer.rubric import ProbeType, Signal
from interviewer.vocabulary import Stage

Strictness = Literal["lenient", "even", "strict"]
"""How a person rates an answer that lies between two levels."""

Purpose = Literal["opening", "questions", "candidate-questions", "closing"]

DecisionRule = Literal["gut", "panel", "bar-raiser"]
"""gut: one voice, the same day, on a few heavy signals. panel: each member rates blind on their own
weights, then scorecards are revealed and re-voted, and code combines them. bar-raiser: written
feedback and vote, a level recommendation, and a rare veto that cites one criterion and one quote."""

Verdict = Literal["strong-no", "no", "yes", "strong-yes", "no-decision"]

Lines = Annotated[tuple[Prose, ...], Field(min_length=1, max_length=40)]


ClaimKind = Literal["decision", "figure", "cause", "lesson", "guess", "size", "we"]
"""What a candidate can claim: that they chose something, a figure that moved, why something happened, what they
learned, a guess, a size without a figure, a deed of "we" and nobody in particular."""


class Phrases(Document):
    """How a person words what any interviewer has to say. Used by the offline engine.

    A phrase may hold `{quote}` (the candidate's own words) or `{name}` (a person's first name) where
    noted; nothing else is filled in. Several phrases are rotated, so that none is heard twice in a row.
    """

    greet: Lines = Field(description="Opens the interview; says who speaks and how the time will be spent.")
    acknowledge: Lines = Field(description="After an answer, before the next main question. Gives no praise.")
    echo: Lines = Field(description="Leads from the candidate's own words into a follow-up. Holds {quote}.")
    recall: Lines = Field(description="Leads from something said earlier, to anyone, into a question. Holds {quote}.")
    contradiction: Lines = Field(description="Sets two statements side by side. Holds {quote} and {earlier}.")
    transition: Lines = Field(description="Leads into the next part of the interview.")
    redirect: Lines = Field(description="After an answer that is not about the question.")
    blank: Lines = Field(description="After an empty or one-word answer.")
    kind_stop: Lines = Field(description='After "I don\'t know": ends the point kindly.')
    hint: Lines = Field(description="Leads into a hint.")
    clarify: Lines = Field(description="Leads into saying the question again in plain words.")
    assume: Lines | None = Field(
        default=None, description="When a figure is asked for that nobody has: leaves it to the candidate to assume."
    )
    skip: Lines = Field(description="When the candidate passes on a question.")
    invite: Lines = Field(description="Invites the candidate's own questions.")
    more: Lines = Field(description="Invites one more question from the candidate.")
    refuse: Lines = Field(description="Says that something cannot be shared. Names no fact.")
    unknown: Lines | None = Field(
        default=None, description="Says that one does not know; what cannot be shared is said instead if absent."
    )
    defer: Lines = Field(description="When the candidate asks about the company in the middle of the interview.")
    time_up: Lines = Field(description="Stops for time.")
    close: Lines = Field(description="Ends the interview, and says what happens next.")
    hand_over: Lines | None = Field(default=None, description="Hands over to a colleague. Holds {name}.")
    take_over: Lines | None = Field(default=None, description="Begins after a colleague handed over.")
    claims: dict[ClaimKind, Lines] = Field(
        default_factory=dict,
        description="What to ask of a claim of each kind after its words were said back; plain words where absent.",
    )


class Person(Document):
    """One interviewer."""

    id: Identifier
    name: Line
    role: Line
    voice: Prose = Field(description="How they speak; a language model is told this.")
    temper: Prose = Field(description="How they react under a weak or a strong answer.")
    strictness: Strictness = "even"
    cares: dict[Identifier, float] = Field(
        default_factory=dict,
        description="Criterion id -> how much more than others this person weighs it (1 is as written).",
    )
    signals: tuple[Signal, ...] = Field(default=(), description="What this person listens for first.")
    phrases: Phrases


class Number(Document):
    """One figure about the company."""

    id: Identifier
    label: Line
    value: Line


class PlantedFlaw(Document):
    """Something wrong in the company's thinking that a good candidate notices."""

    id: Identifier
    flaw: Prose
    why: Prose = Field(description="Why it is wrong; shown to the candidate only after the interview.")
    cues: tuple[Line, ...] = Field(min_length=1, description="Phrases that show the candidate noticed.")


class Fact(Document):
    """Something told only when asked."""

    id: Identifier
    asks: tuple[Line, ...] = Field(
        min_length=1, description="Words or phrases of questions that this answers (matched by stems)."
    )
    answer: Prose
    person: Identifier | None = Field(default=None, description="Who answers it best; anyone if absent.")


class Withheld(Document):
    """Something that the interviewers may not say."""

    id: Identifier
    asks: tuple[Line, ...] = Field(min_length=1)
    reply: Prose


class Company(Document):
    """The fact sheet. Answers to the candidate's questions come from here and from nowhere else."""

    name: Line
    stage: Stage
    category: Line
    pitch: Prose
    product: Prose
    numbers: tuple[Number, ...] = ()
    flaws: tuple[PlantedFlaw, ...] = ()
    facts: tuple[Fact, ...] = Field(min_length=1)
    withheld: tuple[Withheld, ...] = ()


class Minutes(Document):
    """How long the interview may be, in minutes."""

    default: int = Field(ge=5, le=240)
    shortest: int = Field(ge=5, le=240)
    longest: int = Field(ge=5, le=240)


class Segment(Document):
    """One part of the interview."""

    id: Identifier
    title: Line
    purpose: Purpose
    minutes: float = Field(gt=0, le=120, description="At the default length; scaled with the interview.")
    lead: Identifier = Field(description="The person who leads it.")
    says: Lines | None = Field(default=None, description="Said by the lead when the segment begins, one of them.")
    banks: tuple[Identifier, ...] = Field(default=(), description="Question banks it draws from.")
    topics: tuple[Identifier, ...] = Field(default=(), description="Only these topics; all if empty.")
    formats: tuple[Identifier, ...] = Field(default=(), description="Only these formats; all if empty.")
    rubric: Identifier | None = Field(default=None, description="Only questions under this rubric; all if absent.")
    questions: int = Field(default=0, ge=0, le=20, description="How many main questions, at most.")
    follow_ups: int = Field(default=0, ge=0, le=8, description="How many follow-ups to a question, at most.")


class Moves(Document):
    """What these interviewers like to do."""

    probes: dict[ProbeType, float] = Field(description="Probe type -> weight; an absent type weighs 1.")
    twists: tuple[TwistKind, ...] = ()
    twist_weight: float = Field(default=1, ge=0, le=10, description="Weight of a twist against a probe of weight 1.")
    interject: bool = Field(default=False, description="A colleague may follow up in another's segment.")
    silence: bool = Field(default=False, description="After a thin answer, first waits with a few words.")
    silences: tuple[Prose, ...] = Field(default=(), description="What is said while waiting.")
    hints: int = Field(default=1, ge=0, le=10, description="Hints per question, at most.")


class LevelRecommendation(Document):
    """One grade of a company's ladder."""

    id: Identifier
    title: Line
    at_least: float = Field(ge=0, le=1, description="Lowest share of the total that supports this level.")
    looks_like: Prose


class Thresholds(Document):
    """Lowest share of the total (0 to 1) for each verdict; below `no` it is a strong no."""

    no: float = Field(default=0.3, ge=0, le=1)
    yes: float = Field(default=0.55, ge=0, le=1)
    strong_yes: float = Field(default=0.8, ge=0, le=1)


class Decision(Document):
    """How the verdict comes about."""

    rule: DecisionRule
    rubrics: dict[Identifier, float] = Field(min_length=1, description="Rubric id -> weight in the total.")
    heavy: tuple[Identifier, ...] = Field(default=(), description="gut: the criteria that decide; each counts double.")
    thresholds: Thresholds = Thresholds()
    least_assessed: float = Field(
        default=0.5, ge=0, le=1, description="Share of the weight that must be assessed, or no decision."
    )
    levels: tuple[LevelRecommendation, ...] = Field(default=(), description="bar-raiser: the ladder, lowest first.")
    level_criterion: Identifier | None = Field(
        default=None, description="bar-raiser: the level is read off this criterion's share; off the total if absent."
    )
    veto: tuple[Identifier, ...] = Field(
        default=(), description="bar-raiser: criteria that a veto may cite when rated at the lowest level."
    )
    spoken: dict[Verdict, Lines] = Field(description="The verdict in the persona's voice.")


class Persona(Document):
    """Everything about one interview: who, where, what is asked and how it is decided."""

    id: Identifier
    version: int = Field(ge=1)
    title: Line
    tagline: Line
    about: Prose
    stage: Stage
    formats: tuple[Identifier, ...] = Field(min_length=1)
    minutes: Minutes
    people: tuple[Person, ...] = Field(min_length=1, max_length=6)
    company: Company
    plan: tuple[Segment, ...] = Field(min_length=1, max_length=12)
    moves: Moves
    decision: Decision

    def person(self, person_id: str) -> Person:
        """The person with this id. Raises KeyError if there is none."""
        return named(self.people, person_id)

    def segment(self, segment_id: str) -> Segment:
        """The segment with this id. Raises KeyError if there is none."""
        return named(self.plan, segment_id)
