"""Rates a submission by the checks that its rubric names, each found in the files or not."""

from __future__ import annotations

from typing import Final

from interviewer.batch.submissions.kinds import kind_of
from interviewer.engines.offline.submission import (
    repeatable,
    results,
    running,
    scope,
    splitting,
    structure,
    testing,
    write_up,
)
from interviewer.engines.offline.submission.finding import Check as Rule
from interviewer.engines.offline.submission.finding import Found
from interviewer.engines.offline.submission.handed import Handed
from interviewer.grading.grader import GradingRequest, grade_for, ungraded
from interviewer.rubric import NOT_ASSESSED, Check, Criterion, Level
from interviewer.scorecard import Evidence, Grade, GradeStatus, Rating, Stamp

CHECKS: Final[dict[Check, tuple[str, Rule]]] = {
    "own-problem": ("the task in own words", write_up.own_problem),
    "success-measure": ("what counts as success", write_up.success_measure),
    "assumptions": ("what was assumed", write_up.assumptions),
    "data-figures": ("figures of the data", write_up.data_figures),
    "data-faults": ("a fault of the data", write_up.data_faults),
    "several-tried": ("more than one kind of model", write_up.several_tried),
    "order-told": ("which came first", write_up.order_told),
    "choice-reason": ("choices with reasons", write_up.choice_reason),
    "alternative": ("what was not chosen", write_up.alternative),
    "cost": ("what it costs", write_up.cost),
    "result-figures": ("results as figures", write_up.result_figures),
    "limits": ("what it does badly", write_up.limits),
    "next-steps": ("next steps", write_up.next_steps),
    "next-order": ("their order and gain", write_up.next_order),
    "run-commands": ("commands to run it", running.run_commands),
    "run-fits-files": ("files that the commands name", running.run_fits_files),
    "monitoring": ("what would be watched", write_up.monitoring),
    "rollout": ("how a new version is let in", write_up.rollout),
    "modules": ("steps in files of their own", structure.modules),
    "documented": ("functions with types or docstrings", structure.documented),
    "short-functions": ("short functions", structure.short_functions),
    "split": ("a split with care for how the data came about", splitting.split),
    "validation": ("a part or folds to choose on", splitting.validation),
    "fit-on-train": ("preparation fitted on training data alone", splitting.fit_on_train),
    "pinned": ("fixed versions", repeatable.pinned),
    "seed": ("fixed seeds", repeatable.seed),
    "one-command": ("one command for the whole way", repeatable.one_command),
    "tests": ("tests that can fail", testing.tests),
    "tests-reach-code": ("tests that call the code", testing.tests_reach_code),
    "time-told": ("the hours spent", scope.time_told),
    "cut-told": ("what was left out on purpose", scope.cut_told),
    "within-brief": ("what the brief names", scope.within_brief),
    "per-class": ("figures by class", results.per_class),
    "confusion": ("which class is taken for which", results.confusion),
    "baseline-figure": ("a baseline with its figure", results.baseline_figure),
    "compared": ("both side by side", results.compared),
    "weakest": ("the weakest class with its figure", results.weakest),
    "cause": ("why it fails there", results.cause),
    "cases": ("real cases right and wrong", results.cases),
    "results-kept": ("files of results that the code writes", results.results_kept),
    "figures-traceable": ("figures that are found again in the files", results.figures_traceable),
}
"""What each check looks for, as said to people, and the rule that does."""

MOST_EVIDENCE: Final = 4
"""Passages that a rating cites at most."""

FIRST, FULL = 0.15, 0.9
"""Share of what was looked for from which on the level above the lowest is given, and from which on the highest; the
others lie evenly between."""

HALF: Final = 0.6
"""A check that found this share of what it looks for is told as found, less as found in part."""

LEAST_WORDS, LEAST_LINES = 12, 4
"""Words in own statements, or lines of code, below which nothing was handed in that could be rated."""

_EMPTY: Final = "There is nothing in it but headings, placeholders or the brief."
_STRUNG: Final = "The write-up lists terms and states nothing about them, and there is no code."


def prose_alone(request: GradingRequest) -> GradingRequest:
    """The write-up of a submission as an answer, for rubrics that name no checks: code is not read by their cues."""
    kept = tuple(one for one in request.exchanges if kind_of(one.part) in {"readme", "document"})
    return request.model_copy(update={"exchanges": kept})


def nothing_handed_in(request: GradingRequest, stamp: Stamp) -> Grade | None:
    """The grade of a submission in which there is nothing to rate; None if there is something."""
    return _nothing(request, Handed(request), stamp)


def grade_submission(request: GradingRequest, stamp: Stamp) -> Grade:
    """Rates a submission. The same files always give the same grade."""
    handed = Handed(request)
    nothing = _nothing(request, handed, stamp)
    if nothing is not None:
        return nothing
    wanted = dict.fromkeys(check for one in request.rubric.criteria for check in one.cues.checks)
    outcomes = {check: CHECKS[check][1](handed) for check in wanted}
    levels = sorted(request.rubric.levels, key=lambda level: level.value)
    return grade_for(
        request,
        "graded",
        stamp,
        ratings=tuple(_rating(one, outcomes, levels) for one in request.rubric.criteria),
        note="" if handed.of("readme") else "There is no README at the top of the folder.",
    )


def _nothing(request: GradingRequest, handed: Handed, stamp: Stamp) -> Grade | None:
    words = sum(len(spot.text.split()) for spot in handed.told)
    lines = sum(1 for file in handed.of("code", "notebook", "test") for _ in file.lines)
    if words >= LEAST_WORDS or lines >= LEAST_LINES:
        return None
    status: GradeStatus = "keyword-list" if handed.strung else "blank"
    return ungraded(request, status, _STRUNG if handed.strung else _EMPTY, stamp)


def _rating(criterion: Criterion, outcomes: dict[Check, Found | None], levels: list[Level]) -> Rating:
    found = {check: one for check in criterion.cues.checks if (one := outcomes[check]) is not None}
    if not found:
        why = (
            "By rules nothing can be told of this."
            if not criterion.cues.checks
            else "Neither the files nor the brief give an occasion for this."
        )
        return Rating(criterion=criterion.id, reasoning=why, level=NOT_ASSESSED)
    share = sum(one.worth for one in found.values()) / len(found)
    level = _level(share, levels)
    evidence = _evidence(list(found.values()), lowest=level.id == levels[0].id)
    return Rating(criterion=criterion.id, evidence=evidence, reasoning=_reasoning(found), level=level.id)


def _level(share: float, levels: list[Level]) -> Level:
    low, high = levels[1].value, levels[-1].value
    reached = levels[0]
    for level in levels[1:]:
        step = (level.value - low) / (high - low) if high > low else 1.0
        if share >= FIRST + step * (FULL - FIRST):
            reached = level
    return reached


def _evidence(found: list[Found], *, lowest: bool) -> tuple[Evidence, ...]:
    """First one place of each check, then their further ones; for the lowest level what speaks against it first."""
    places = [one.spots for one in found]
    against = [one.against for one in found]
    rows = [*against, *places] if lowest else [*places, *against]
    deepest = max((len(row) for row in rows), default=0)
    spots = dict.fromkeys(row[depth] for depth in range(deepest) for row in rows if depth < len(row))
    return tuple(spot.evidence for spot in list(spots)[:MOST_EVIDENCE])


def _reasoning(found: dict[Check, Found]) -> str:
    whole = [CHECKS[check][0] for check, one in found.items() if one.worth >= HALF]
    partly = [CHECKS[check][0] for check, one in found.items() if 0 < one.worth < HALF]
    missing = [CHECKS[check][0] for check, one in found.items() if one.worth <= 0]
    parts = [
        f"{said}: {', '.join(names)}."
        for said, names in (("Found", whole), ("Found in part", partly), ("Not found", missing))
        if names
    ]
    return " ".join([*parts, *(one.remark for one in found.values() if one.remark)])
