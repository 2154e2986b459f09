"""What is asked: a question with what a strong answer covers and where answers usually fall short.

Questions live in banks, YAML files under `personas/questions/`. One that was asked elsewhere, of which nothing but its
words is known, is a `Question.plain`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from interviewer.document import LONGEST_PROSE, Document, Identifier, Line, Prose, named
from interviewer.rubric import Probe, Signal
from interviewer.vocabulary import Seniority, Stage

TwistKind = Literal["plant-flaw", "remove-resource", "flip-problem", "first-week"]
"""How an interviewer changes the case under the candidate.

plant-flaw: says something wrong and waits to be corrected. remove-resource: takes away the data, the
budget or the people and asks again. flip-problem: the problem changed overnight. first-week: what
exactly would you do in the first days.
"""


class KeyPoint(Document):
    """One thing that a strong answer covers."""

    id: Identifier
    point: Prose
    cues: tuple[Line, ...] = Field(
        min_length=1,
        description="Phrases of which any one shows the point was touched (offline engine; matched by stems).",
    )
    probe: Probe = Field(description="What to ask when the point was not touched.")


class TypicalGap(Document):
    """One way in which answers to this question usually fall short."""

    id: Identifier
    gap: Prose
    signal: Signal = Field(description="The kind of content whose absence shows the gap to the offline engine.")
    probe: Probe


class Twist(Document):
    """A change to the case, put after the first answer."""

    id: Identifier
    kind: TwistKind
    text: Prose = Field(description="What the interviewer says, ready to be spoken.")
    looks_for: Prose = Field(description="What a good reaction shows.")
    cues: tuple[Line, ...] = Field(min_length=1, description="Phrases that show a good reaction.")


class CriterionProbe(Probe):
    """A follow-up that goes for one criterion of the question's rubric."""

    criterion: Identifier


class Question(Document):
    """One main question with everything needed to follow up on its answer and to judge it."""

    id: Identifier
    text: Prose
    format: Identifier = Field(description="The interview format it belongs to, such as `founder-seed`.")
    topic: Identifier = Field(description="The topic it is about, such as `T-PRO-06`.")
    stages: tuple[Stage, ...] = Field(min_length=1)
    seniority: tuple[Seniority, ...] = Field(default=("junior", "mid", "senior", "staff"), min_length=1)
    rubric: Identifier
    minutes: float = Field(gt=0, le=60, description="Time for the answer with its follow-ups, in minutes.")
    key_points: tuple[KeyPoint, ...] = Field(default=(), max_length=10)
    gaps: tuple[TypicalGap, ...] = Field(default=(), max_length=10)
    twists: tuple[Twist, ...] = Field(default=(), max_length=4)
    probes: tuple[CriterionProbe, ...] = Field(default=(), max_length=10)
    hint: Prose | None = Field(default=None, description="A nudge that gives a way in, not the answer.")
    better: Prose | None = Field(
        default=None, description="One sentence of the kind a strong answer has; coach mode shows it."
    )
    reference: Prose | None = None

    @classmethod
    def plain(
        cls,
        question_id: str,
        text: str,
        *,
        rubric: str,
        stage: Stage,
        minutes: float = 5.0,
        origin: str = "plain",
        reference: str | None = None,
    ) -> Question:
        """A question that no author prepared: only its words are known, so it is judged by the rubric alone.

        `origin` says where it comes from, such as `imported`; it stands where an authored question has its format
        and topic. Texts are cut to what a question may hold.

        Raises:
            pydantic.ValidationError: the text is blank, or an id is none.
        """
        return cls(
            id=question_id,
            text=cut(text),
            format=origin,
            topic=origin,
            stages=(stage,),
            rubric=rubric,
            minutes=minutes,
            reference=cut(reference) if reference else None,
        )


def cut(text: str) -> str:
    """`text` as long as a question may be."""
    text = text.strip()
    return text if len(text) <= LONGEST_PROSE else f"{text[: LONGEST_PROSE - 1]}\u2026"


LEAST_KEY_POINTS, LEAST_GAPS = 2, 1
"""What a question in a bank has of each, at least: rules of the library, as a plain question has none."""


class QuestionBank(Document):
    """A file of questions on one subject."""

    id: Identifier
    version: int = Field(ge=1)
    title: Line
    questions: tuple[Question, ...] = Field(min_length=1, max_length=500)

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError if there is none."""
        return named(self.questions, question_id)
