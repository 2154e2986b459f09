"""Gradings held against each other, for other programs: as JSON, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from interviewer.grading.combine import share_of
from interviewer.replay.comparison import AnswerChange, Comparison, CriterionChange
from interviewer.replay.gradings import Numbered
from interviewer.replay.moves import Held
from interviewer.replay.words import run_graders
from interviewer.scorecard import CriterionResult, Evidence

COLUMNS = (
    "run",
    "created",
    "persona",
    "persona_version",
    "graders",
    "verdict",
    "total",
    "scope",
    "thread",
    "asked",
    "person",
    "rubric",
    "rubric_version",
    "criterion",
    "title",
    "weight",
    "status",
    "level",
    "share",
    "reasoning",
    "evidence",
)
"""Of `rows`. scope: `interview` for a criterion over all answers, `answer` for one of them."""


def as_data(runs: Sequence[Numbered], comparison: Comparison | None = None) -> dict[str, Any]:
    """The runs with every criterion, and what moved between two of them."""
    return {
        "runs": [_run(one) for one in runs],
        "comparison": _comparison(runs, comparison) if comparison is not None else None,
    }


def _run(numbered: Numbered) -> dict[str, Any]:
    run = numbered.run
    return {
        "number": numbered.number,
        "id": run.id,
        "created": run.created.isoformat(),
        "transcript": run.transcript,
        "persona": run.jury.persona,
        "persona_version": run.jury.version,
        "rule": run.jury.decision.rule,
        "stamps": [stamp.model_dump(mode="json") for stamp in dict.fromkeys(grade.stamp for grade in run.grades)],
        "verdict": run.scorecard.verdict,
        "share": run.scorecard.share,
        "assessed": run.scorecard.assessed,
        "failed": sum(1 for grade in run.grades if grade.status == "failed"),
        "dollars": str(run.cost.dollars) if run.cost else None,
        "notes": list(run.notes),
        "criteria": [_result(result) for result in run.scorecard.criteria],
    }


def _result(result: CriterionResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    return {
        "rubric": result.rubric,
        "criterion": result.criterion,
        "title": result.title,
        "weight": result.weight,
        "level": result.level,
        "share": result.share,
    }


def _comparison(runs: Iterable[Numbered], comparison: Comparison) -> dict[str, Any]:
    numbers = {one.run.id: one.number for one in runs}
    return {
        "before": numbers[comparison.before.id],
        "after": numbers[comparison.after.id],
        "reasons": list(comparison.reasons),
        "criteria": [_criterion(change) for change in comparison.criteria],
        "answers": [_answer(answer) for answer in comparison.answers],
    }


def _criterion(change: CriterionChange) -> dict[str, Any]:
    return {
        "rubric": change.rubric,
        "criterion": change.criterion,
        "before": _result(change.before),
        "after": _result(change.after),
        "moved": change.moved,
        "by": change.by,
        "reasons": list(change.reasons),
    }


def _answer(answer: AnswerChange) -> dict[str, Any]:
    moved = []
    for change in answer.moved:
        sides = {"before": held_data(change.before), "after": held_data(change.after)}
        moved.append(asdict(change) | sides)
    return {"thread": answer.thread, "asked": answer.asked, "moved": moved}


def held_data(held: Held | None) -> dict[str, Any] | None:
    """A rating with its grounds."""
    if held is None:
        return None
    return {
        "status": held.status,
        "level": held.level,
        "share": held.share,
        "reasoning": held.reasoning,
        "evidence": [one.model_dump(mode="json") for one in held.evidence],
    }


def rows(runs: Iterable[Numbered]) -> Iterator[tuple[object, ...]]:
    """A heading, then one row for each criterion of each grading, over the interview and for each answer."""
    yield COLUMNS
    for numbered in runs:
        run = numbered.run
        card = run.scorecard
        head = (
            numbered.number,
            run.created.isoformat(),
            run.jury.persona,
            run.jury.version,
            run_graders(run),
            card.verdict,
            card.share,
        )
        for result in card.criteria:
            rubric = run.rubric(result.rubric)
            yield (
                *(*head, "interview", None, None, None, result.rubric, rubric.version if rubric else None),
                *(result.criterion, result.title, result.weight, "graded" if result.share is not None else None),
                *(result.level, result.share, result.reasoning, _quotes(result.evidence)),
            )
        yield from _answer_rows(numbered, head)


def _answer_rows(numbered: Numbered, head: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    run = numbered.run
    asked = {answer.thread: answer.asked for answer in run.scorecard.answers}
    for grade in run.grades:
        rubric = run.rubric(grade.rubric)
        for criterion in rubric.criteria if rubric else ():
            rating = grade.rating(criterion.id)
            share = share_of(rubric, rating.level) if rubric and rating and rating.assessed else None
            yield (
                *(*head, "answer", grade.thread, asked.get(grade.thread), grade.person, grade.rubric),
                *(grade.rubric_version, criterion.id, criterion.title, criterion.weight, grade.status),
                *(rating.level if rating else None, share, rating.reasoning if rating else grade.note),
                _quotes(rating.evidence if rating else ()),
            )


def _quotes(evidence: Iterable[Evidence]) -> str:
    return "\n".join(one.quote for one in evidence)
