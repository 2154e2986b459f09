"""From totals and gates to a verdict: three decision rules, all in code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.grading.combine import Total
from interviewer.persona import Decision, LevelRecommendation, Thresholds, Verdict
from interviewer.rubric import Rubric
from interviewer.scorecard import CriterionResult, Grade, Veto

ANSWERED_NEEDED = 0.5
"""Share of the questions asked that must have been answered so that they could be rated, or no decision."""

PLANNED_NEEDED = 1 / 3
"""Share of the questions planned that must have been: an interview that was broken off decides nothing."""

HEAVY_FLOOR = 1 / 3
"""gut: a heavy criterion below this share keeps the verdict from being positive."""

_NAMES: dict[Verdict, str] = {
    "strong-no": "strong no",
    "no": "no",
    "yes": "yes",
    "strong-yes": "strong yes",
    "no-decision": "no decision",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """How much of an interview there is to decide on, in main questions."""

    rated: int
    """Those whose answers could be rated."""
    asked: int
    planned: int

    @property
    def enough(self) -> bool:
        """Whether a verdict can rest on it."""
        return self.rated > 0 and self.rated >= max(ANSWERED_NEEDED * self.asked, PLANNED_NEEDED * self.planned)

    def __str__(self) -> str:
        return f"{self.rated} of the {self.asked} questions asked, with {self.planned} planned, had an answer"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict and how it follows from the ratings, in plain words."""

    verdict: Verdict
    why: str


def verdict_name(verdict: Verdict) -> str:
    """The verdict in words."""
    return _NAMES[verdict]


def by_threshold(share: float | None, thresholds: Thresholds) -> Verdict:
    """The verdict that the total alone supports."""
    if share is None:
        return "no-decision"
    if share >= thresholds.strong_yes:
        return "strong-yes"
    if share >= thresholds.yes:
        return "yes"
    return "no" if share >= thresholds.no else "strong-no"


def rule(
    decision: Decision, total: Total, results: Iterable[CriterionResult], heard: Heard, veto: Veto | None = None
) -> Ruling:
    """The verdict: the total against the thresholds, then what may hold it down.

    Where too little was heard or assessed there is no decision.
    """
    results = tuple(results)
    if total.share is None or not heard.enough or total.assessed < decision.least_assessed:
        return Ruling(
            "no-decision",
            f"Too little to decide on: {heard} that could be rated, "
            f"and {total.assessed:.0%} of the rubric's weight was assessed.",
        )
    verdict = by_threshold(total.share, decision.thresholds)
    told = f"The weighted total is {total.share:.1%} of the scale, which alone says {_NAMES[verdict]}"
    why = [f"{told}: {_line(verdict, decision.thresholds)}."]
    for held in _held_down(decision, results, veto):
        if verdict in {"yes", "strong-yes"}:
            verdict = "no"
            why.append(held)
    return Ruling(verdict, " ".join(why))


def _line(verdict: Verdict, thresholds: Thresholds) -> str:
    """Where the next better verdict begins; of the best one, where that does."""
    if verdict in {"yes", "strong-yes"}:
        return f"a strong yes begins at {thresholds.strong_yes:.0%}"
    return f"a yes begins at {thresholds.yes:.0%}"


def _held_down(decision: Decision, results: Sequence[CriterionResult], veto: Veto | None) -> Iterable[str]:
    for result in results:
        if result.gate_failed:
            yield f"{result.title} is a gate and was rated {result.level_title.casefold()}, so it cannot be positive."
    if decision.rule == "gut":
        for result in results:
            if result.criterion in decision.heavy and result.share is not None and result.share < HEAVY_FLOOR:
                yield f"{result.title} weighs most here and was rated {result.level_title.casefold()}."
    if veto is not None:
        yield f"Vetoed on {veto.criterion}: {veto.reason}"


def find_veto(decision: Decision, rubrics: Sequence[Rubric], grades: Iterable[Grade]) -> Veto | None:
    """The ground for a veto, if there is one: a criterion that may be cited, at the lowest level, with a quote.

    A rating without evidence is no ground: a veto has to cite what was said.
    """
    by_id = {rubric.id: rubric for rubric in rubrics}
    for grade in grades:
        lowest = by_id[grade.rubric].levels[0].id
        for rating in grade.ratings:
            if rating.criterion in decision.veto and rating.level == lowest and rating.evidence:
                return Veto(criterion=rating.criterion, evidence=rating.evidence[0], reason=rating.reasoning)
    return None


def recommend_level(decision: Decision, total: Total, results: Iterable[CriterionResult]) -> LevelRecommendation | None:
    """The highest level of the ladder that the evidence supports; none if there is no ladder or no evidence."""
    if not decision.levels:
        return None
    share = total.share
    if decision.level_criterion is not None:
        share = next((r.share for r in results if r.criterion == decision.level_criterion), None)
    if share is None:
        return None
    return next((level for level in reversed(decision.levels) if share >= level.at_least), None)
