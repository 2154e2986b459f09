"""Batches with grades as a test wants them, for what is told about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.batch.ledger import Failed, Ledger, Marked
from interviewer.batch.marking import Papers, marked
from interviewer.batch.row import Row
from interviewer.cost import Cost
from interviewer.grading.evidence import cited, numbered
from interviewer.grading.grader import ungraded
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Evidence, GradeStatus, Rating, Stamp
from tests import sample
from tests.batch.papers import STAMP, filled

RUBRIC = sample.rubric()
"""Two criteria of equal weight, `result` and `ownership`, on four levels."""


@dataclass(frozen=True)
class Given:
    """An answer and what a grader makes of it."""

    answer: str
    levels: Mapping[str, str] = field(default_factory=dict)
    """Criterion -> level; what is not here is not assessed."""
    status: GradeStatus = "graded"
    failure: str = ""
    question: str = "What did you do?"
    gold: Mapping[str, float] = field(default_factory=dict)
    raters: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    scale: tuple[float, float] | None = None
    votes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Criterion -> lowest and highest level, of several graders."""
    cites: str = ""
    """The beginning of the sentence that every rating rests on; the first one if empty."""
    id: str = ""
    bad: str = ""
    """The status of the row, if it cannot be graded."""
    cost: Cost | None = None


def batch(folder: Path, given: Sequence[Given], rubric: Rubric = RUBRIC, stamp: Stamp = STAMP) -> Ledger:
    """A ledger in which all of it has happened; what neither has levels nor another outcome is left to do."""
    rows = [_row(place, one) for place, one in enumerate(given, 1)]
    ledger = filled(folder, rows, stamp, rubric)
    papers = Papers(ledger)
    by_answer = {(one.question, one.answer): one for one in reversed(given)}
    done: list[Marked | Failed] = []
    while claims := ledger.claim(1000):
        for claim in claims:
            request = papers.request(claim)
            one = by_answer[request.question.text, claim.parts[0][1]]
            if one.failure:
                grade = ungraded(request, "failed", f"It is {one.failure}.", stamp, one.failure)
            else:
                grade = ungraded(request, one.status, "", stamp)
                if one.status == "graded":
                    sentences = [cited(said.event, said.passage) for said in numbered(request.exchanges).values()]
                    ratings = tuple(_rating(name.id, one, sentences) for name in rubric.criteria)
                    grade = grade.model_copy(update={"ratings": ratings})
            done.append(marked(claim, grade.model_copy(update={"cost": one.cost}), stamp))
        ledger.record(done)
    return ledger


def _row(place: int, one: Given) -> Row:
    return Row(
        place,
        f"answers.csv, line {place + 1}",
        one.id or f"id-{place}",
        "" if one.bad else one.answer,
        question=one.question,
        gold=one.gold,
        gold_raters=one.raters,
        gold_scale=one.scale,
        status=one.bad or "ok",  # type: ignore[arg-type]
        problem="It is bad." if one.bad else "",
    )


def _rating(criterion: str, one: Given, sentences: Sequence[Evidence]) -> Rating:
    cited = [evidence for evidence in sentences if evidence.quote.startswith(one.cites)][:1]
    level = one.levels.get(criterion, NOT_ASSESSED)
    lowest, highest = one.votes.get(criterion, (None, None))
    return Rating(
        criterion=criterion,
        evidence=tuple(cited) if level != NOT_ASSESSED else (),
        reasoning=f"Since {criterion} is {level}.",
        level=level,
        lowest=lowest,
        highest=highest,
        disputed=lowest is not None and highest is not None and _apart(lowest, highest) > 1,
    )


def _apart(lowest: str, highest: str) -> int:
    return sample.LEVELS.index(highest) - sample.LEVELS.index(lowest)
