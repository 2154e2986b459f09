"""Grades made by hand, for tests of what code does with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from interviewer.persona import Decision, Verdict
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import CriterionResult, Evidence, Grade, Rating, Scorecard, Stamp
from tests import sample

STAMP = Stamp(engine="test", engine_version="1", calibration="not calibrated")
SPOKEN = dict.fromkeys(("strong-no", "no", "yes", "strong-yes", "no-decision"), ("Said.",))


def evidence(words: str = "I did it.", event: int = 3) -> Evidence:
    return Evidence(event=event, sentence=1, start=0, end=len(words), quote=words)


def rating(criterion: str, level: str, quotes: int = 1) -> Rating:
    """A rating at this level, with as many quotes."""
    cited = () if level == NOT_ASSESSED else tuple(evidence(f"Words {place}.", place + 1) for place in range(quotes))
    return Rating(criterion=criterion, evidence=cited, reasoning=f"{criterion} was {level}", level=level)


def grade(
    levels: Mapping[str, str], person: str | None = None, thread: int = 2, rubric: str = "sample", quotes: int = 1
) -> Grade:
    """A grade with this level for each criterion."""
    return Grade(
        thread=thread,
        question="q1",
        rubric=rubric,
        rubric_version=1,
        person=person,
        status="graded",
        ratings=tuple(rating(criterion, level, quotes) for criterion, level in levels.items()),
        stamp=STAMP,
    )


def rubric(weights: Mapping[str, float], rubric_id: str = "sample", **gates: str) -> Rubric:
    """A rubric with these weights; a keyword names a gate of a criterion."""
    made = sample.rubric(rubric_id, tuple(weights)).model_dump(by_alias=True)
    for criterion in made["criteria"]:
        criterion["weight"] = weights[criterion["id"]]
        criterion["gate"] = gates.get(criterion["id"])
    return Rubric.model_validate(made)


def decision(rule: str = "panel", **more: Any) -> Decision:
    """How a verdict comes about, on the sample rubric unless said otherwise."""
    return Decision.model_validate({"rule": rule, "rubrics": {"sample": 1.0}, "spoken": SPOKEN} | more)


def result(criterion: str, share: float | None, weight: float = 0.5, **more: Any) -> CriterionResult:
    """A criterion's result; the level follows from the share."""
    level = NOT_ASSESSED if share is None else sample.LEVELS[round(share * 3)]
    return CriterionResult.model_validate(
        {
            "rubric": "sample",
            "criterion": criterion,
            "title": criterion.title(),
            "weight": weight,
            "share": share,
            "level": level,
            "level_title": level.title(),
            "anchor": "",
            "reasoning": "",
        }
        | more
    )


def shares(results: Sequence[CriterionResult]) -> dict[str, float | None]:
    return {one.criterion: one.share for one in results}


def scorecard(verdict: Verdict = "no", **shares: float | None) -> Scorecard:
    """A scorecard with a criterion for each keyword, at this share."""
    return Scorecard(
        persona="sample-persona",
        persona_version=1,
        persona_title="Sample",
        rubrics={"sample": 1},
        rule="gut",
        stamps=(STAMP,),
        verdict=verdict,
        spoken="Said.",
        why="The weighted total is 41.7% of the scale.",
        share=0.417,
        assessed=0.8,
        criteria=tuple(result(name, share) for name, share in shares.items()),
        answers=(),
        seconds=1500,
    )
