"""What answers leave out again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from interviewer.progress.facts import GapFact, InterviewFacts, QuestionFact
from interviewer.rubric import ProbeType

LEAST_TO_RECUR = 2
"""Interviews with a gap from which it recurs."""

KINDS: Final[dict[ProbeType, str]] = {
    "clarify": "Words left undefined",
    "deepen": "How it works, left out",
    "ownership": "Your own part, left out",
    "quantify": "Figures, left out",
    "challenge": "Claims without support",
    "trade-off": "Alternatives and what they cost, left out",
    "counterfactual": "What else could have happened, left out",
    "scale": "What happens under more load, left out",
    "failure": "What went wrong, left out",
    "contradiction": "Statements that do not fit together",
    "reflection": "What you learned, left out",
}
"""Kind of follow-up that a gap calls for -> the gap in plain words."""

Sort = Literal["kind", "point"]
"""kind: the same kind of content, whatever was asked. point: the very same thing, asked again."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A gap that several interviews have, each counted once."""

    sort: Sort
    id: str
    """The kind, or question and gap."""
    about: str
    """In plain words."""
    interviews: int
    """Those with the gap at least once."""
    of: int
    """Those in which it could have shown."""
    missed: int
    """Places where it was left out, all interviews together."""
    chances: int
    """Places where it was looked for."""
    latest: datetime
    latest_about: str
    """What was left out the last time."""
    latest_question: str
    """To which question."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One thing that was looked for in one answer. `gap` is None if it was there."""

    interview: InterviewFacts
    question: QuestionFact
    gap: GapFact | None


def recurring(interviews: Iterable[InterviewFacts]) -> tuple[Recurring, ...]:
    """Gaps that two interviews or more have, the most frequent first.

    Only what could be rated is looked at: whoever passed on a question left out everything, which says nothing of
    habits. Branches are left out.
    """
    kinds: dict[str, list[_Place]] = {}
    points: dict[str, list[_Place]] = {}
    for interview in interviews:
        if not interview.counts:
            continue
        for question in interview.questions:
            if question.status != "graded":
                continue
            for kind, count in question.asked_for.items():
                missing = [gap for gap in question.gaps if gap.type == kind]
                kinds.setdefault(kind, []).extend(_places(interview, question, missing, count))
            for name, count in Counter(question.looked_for).items():
                missing = [gap for gap in question.gaps if gap.id == name]
                places = _places(interview, question, missing, count)
                points.setdefault(f"{question.question} {name}", []).extend(places)
    found = [_recurring("kind", kind, places) for kind, places in kinds.items()]
    found += [_recurring("point", point, places) for point, places in points.items()]
    wanted = [one for one in found if one is not None and one.interviews >= LEAST_TO_RECUR]
    return tuple(sorted(wanted, key=lambda one: (-one.interviews, -one.missed / one.chances, one.id)))


def _places(interview: InterviewFacts, question: QuestionFact, missing: list[GapFact], count: int) -> Iterator[_Place]:
    """All places where one thing was looked for, those where it was missing first."""
    yield from (_Place(interview, question, gap) for gap in missing)
    yield from [_Place(interview, question, None)] * (count - len(missing))


def _recurring(sort: Sort, name: str, places: list[_Place]) -> Recurring | None:
    missing = [(place, place.gap) for place in places if place.gap is not None]
    if not missing:
        return None
    last, gap = max(missing, key=lambda pair: pair[0].interview.created)
    return Recurring(
        sort=sort,
        id=name,
        about=KINDS[gap.type] if sort == "kind" else gap.about,
        interviews=len({place.interview.id for place, _ in missing}),
        of=len({place.interview.id for place in places}),
        missed=len(missing),
        chances=len(places),
        latest=last.interview.created,
        latest_about=gap.about,
        latest_question=last.question.text,
    )
