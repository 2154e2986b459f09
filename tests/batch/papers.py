"""What the tests of a batch share: a rubric, questions, rows, graders that do as they are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from interviewer.batch.asking import Asking, plain
from interviewer.batch.intake import appoint, take_in
from interviewer.batch.ledger import Claim, Failed, Ledger, Marked
from interviewer.batch.marking import Papers, marked
from interviewer.batch.row import Row
from interviewer.grading.grader import GradingRequest, ungraded
from interviewer.library import Library
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, GradeStatus, Rating, Stamp

RUBRIC: Rubric = Library.default().rubric("ml-concepts")
STAMP = Stamp(engine="test", engine_version="1", calibration="not calibrated")


def rows(answers: Iterable[str], question: str = "What is overfitting?") -> list[Row]:
    """A source with these answers."""
    return [
        Row(place, f"row {place}", f"id-{place}", answer, question=question) for place, answer in enumerate(answers, 1)
    ]


def filled(folder: Path, given: Sequence[Row], stamp: Stamp = STAMP, rubric: Rubric = RUBRIC) -> Ledger:
    """A ledger that has taken these rows in."""
    ledger = Ledger(folder)
    fill(ledger, given, stamp, rubric)
    return ledger


def fill(ledger: Ledger, given: Sequence[Row], stamp: Stamp = STAMP, rubric: Rubric = RUBRIC) -> None:
    """Takes rows in, as a source that is unlike any other but for what is in them."""
    take_in(ledger, given, Asking(rubric), repr(given))
    appoint(ledger, lambda _: rubric, stamp)


def graded(request: GradingRequest, level: str = "solid", stamp: Stamp = STAMP) -> Grade:
    """A grade with one level throughout, and no evidence: nobody looks at that here."""
    ratings = tuple(Rating(criterion=one.id, reasoning="So it is.", level=level) for one in request.rubric.criteria)
    return ungraded(request, "graded", "", stamp).model_copy(update={"ratings": ratings})


class Obedient:
    """Grades as it is told, and remembers what it was asked.

    Args:
        ledger: whose answers.
        verdict: for each answer: a status, or the kind of a failure.
    """

    at_once = 1

    def __init__(self, ledger: Ledger, verdict: Callable[[str], str] = lambda _: "graded", at_once: int = 1) -> None:
        self.papers = Papers(ledger)
        self.verdict = verdict
        self.at_once = at_once
        self.asked: list[str] = []
        self.under_way = 0
        self.most_under_way = 0

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        return [self._one(claim) for claim in claims]

    def _one(self, claim: Claim) -> Marked | Failed:
        answer = claim.parts[0][1]
        self.asked.append(answer)
        verdict = self.verdict(answer)
        request = self.papers.request(claim)
        if verdict == "graded":
            return marked(claim, graded(request), STAMP)
        statuses: dict[str, GradeStatus] = {"refused": "refused", "blank": "blank"}
        if verdict in statuses:
            return marked(claim, ungraded(request, statuses[verdict], "", STAMP), STAMP)
        return marked(claim, ungraded(request, "failed", f"It is {verdict}.", STAMP, verdict), STAMP)

    async def close(self) -> None:
        return None


def question_id() -> str:
    """What a plain question is called."""
    return plain("What is overfitting?", None).id
