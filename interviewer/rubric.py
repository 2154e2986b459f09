"""What answers are judged against: criteria with an observable anchor for every level.

A rubric is a YAML file (`rubrics/*.yaml`). Anchored scales agree better between raters than bare
numbers (behaviourally anchored rating scales), and an even number of levels leaves no neutral middle
to hide in, so four levels are the default.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from interviewer.document import Document, Identifier, Line, Prose, named

ProbeType = Literal[
    "clarify",
    "deepen",
    "ownership",
    "quantify",
    "challenge",
    "trade-off",
    "counterfactual",
    "scale",
    "failure",
    "contradiction",
    "reflection",
]
"""What a follow-up goes for.

clarify: an undefined term. deepen: no mechanism. ownership: "we" without "I". quantify: no number.
challenge: an unsupported claim. trade-off: one option only. counterfactual: what if it had been
otherwise. scale: works today, but at ten times the load? failure: only success was told.
contradiction: conflicts with an earlier turn. reflection: a closed story with no lesson.
"""

Signal = Literal[
    "number",
    "own-part",
    "alternative",
    "baseline",
    "failure",
    "scale",
    "mechanism",
    "result",
    "time-frame",
    "reason",
    "trade-off",
    "reflection",
    "honesty",
    "example",
    "people",
    "plan",
    "clarifying-question",
]
"""Something that the offline engine can tell from the words of an answer without a model.

number: a figure that measures something. own-part: what the speaker did, said with "I".
alternative: another option that was considered. baseline: a simple thing compared against.
failure: something that broke or went wrong. scale: load, growth or volume. mechanism: how or why a
thing works. result: what came of it. time-frame: when or how long. reason: because, so that.
trade-off: a cost accepted for a gain. reflection: a lesson or a changed habit. honesty: a limit or a
gap admitted. example: a named, concrete case. people: other people involved. plan: ordered steps.
clarifying-question: the candidate asks before answering.
"""

Check = Literal[
    "own-problem",
    "success-measure",
    "assumptions",
    "data-figures",
    "data-faults",
    "several-tried",
    "order-told",
    "choice-reason",
    "alternative",
    "cost",
    "result-figures",
    "limits",
    "next-steps",
    "next-order",
    "run-commands",
    "run-fits-files",
    "monitoring",
    "rollout",
    "modules",
    "documented",
    "short-functions",
    "split",
    "validation",
    "fit-on-train",
    "pinned",
    "seed",
    "one-command",
    "tests",
    "tests-reach-code",
    "time-told",
    "cut-told",
    "within-brief",
    "per-class",
    "confusion",
    "baseline-figure",
    "compared",
    "weakest",
    "cause",
    "cases",
    "results-kept",
    "figures-traceable",
    "covers-reference",
]
"""Something that the offline engine can tell without a model: from the files of a submission, without running them, or
(`covers-reference`) from the reference answer that comes with a question. What each looks for is said where it is made:
`engines/offline/submission/`, `engines/offline/reference.py`.
"""

NOT_ASSESSED = "not-assessed"
"""What stands where a level would, when the answer gives no ground for one. Reserved: no level has this id."""


class Level(Document):
    """One step of a rubric's scale."""

    id: Identifier
    title: Line
    value: float = Field(ge=0, le=100, description="What the level counts for in totals.")


DEFAULT_LEVELS = (
    Level(id="absent", title="Absent", value=0),
    Level(id="weak", title="Weak", value=1),
    Level(id="solid", title="Solid", value=2),
    Level(id="strong", title="Strong", value=3),
)


class Probe(Document):
    """A follow-up question, worded so that it can be asked as it stands."""

    type: ProbeType
    text: Prose


class Cues(Document):
    """What the offline engine looks for. A phrase matches by word stems, in order, case aside."""

    positive: tuple[Line, ...] = Field(default=(), alias="for", description="Phrases that count for.")
    negative: tuple[Line, ...] = Field(default=(), alias="against", description="Phrases that count against.")
    signals: tuple[Signal, ...] = Field(default=(), description="Kinds of content that count for.")
    checks: tuple[Check, ...] = Field(default=(), description="What is looked for besides words, by rules.")


class Criterion(Document):
    """One thing that is judged, with what each level of it looks like from outside."""

    id: Identifier
    title: Line
    asks: Prose = Field(description="The question a grader answers about the candidate.")
    weight: float = Field(gt=0, le=1, description="Share of the total; the weights of a rubric sum to one.")
    anchors: dict[Identifier, Prose] = Field(description="Level id -> what is seen or heard at that level.")
    evidence_for: tuple[Line, ...] = ()
    evidence_against: tuple[Line, ...] = ()
    probes: tuple[Probe, ...] = Field(default=(), description="Follow-ups for when evidence is missing.")
    gate: Identifier | None = Field(
        default=None, description="A level; rated below it, the verdict cannot be positive."
    )
    cues: Cues = Cues()
    practice: Prose | None = Field(default=None, description="What to practise when this one is weak.")


class Rubric(Document):
    """A scale and the criteria rated on it."""

    id: Identifier
    version: int = Field(ge=1)
    title: Line
    about: Prose
    levels: tuple[Level, ...] = Field(default=DEFAULT_LEVELS, min_length=2, max_length=10)
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=30)

    @property
    def has_checks(self) -> bool:
        """Whether it says what is looked for in the files of a submission."""
        return any(set(one.cues.checks) - {"covers-reference"} for one in self.criteria)

    def level(self, level_id: str) -> Level:
        """The level with this id. Raises KeyError if there is none."""
        return named(self.levels, level_id)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id. Raises KeyError if there is none."""
        return named(self.criteria, criterion_id)
