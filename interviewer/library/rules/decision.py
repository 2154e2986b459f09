"""What must hold for how a persona decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from interviewer.library.faults import shown
from interviewer.library.near import listed, nearest
from interviewer.library.references import References, meant, unknown
from interviewer.library.rules.common import (
    SUM_TOLERANCE,
    Rule,
    ascending,
    duplicate_ids,
    known_name,
    names_one_of,
    sum_of,
)
from interviewer.library.rules.plan import plan_pools, rubric_of
from interviewer.library.rules.rubric import criterion_ids
from interviewer.library.tree import Finding, Value
from interviewer.persona import Thresholds, Verdict


def _known_criteria(top: Value, references: References) -> list[str] | None:
    """The criteria of all rubrics that the decision counts; None if they cannot all be read."""
    known: list[str] = []
    for name, _ in top.at("decision", "rubrics").entries():
        rubric = meant(references, "rubric", name)
        criteria = criterion_ids(rubric) if rubric is not None else None
        if criteria is None:
            return None
        known += criteria
    return known or None


def _criteria_exist(top: Value, references: References) -> Iterator[Finding]:
    known = _known_criteria(top, references)
    if known is None:
        return
    decision = top.at("decision")
    which = "a criterion of the decision's rubrics"
    for value in [
        *decision.at("heavy").items(),
        *decision.at("veto").items(),
        decision.at("level_criterion"),
    ]:
        yield from names_one_of(value, known, which)
    for person in top.at("people").items():
        for name, weight in person.at("cares").entries():
            yield from known_name(name, weight.path, known, which)


def _rubrics_exist(top: Value, references: References) -> Iterator[Finding]:
    for name, value in top.at("decision", "rubrics").entries():
        if references.find("rubric", name) is None:
            yield Finding(value.path, f"there is no rubric `{shown(name)}`", unknown(references, "rubric", name))


def _rubric_weights_sum_to_one(top: Value, _: References) -> Iterator[Finding]:
    rubrics = top.at("decision", "rubrics")
    weights = [weight for _, weight in rubrics.entries()]
    for weight in weights:
        if (number := weight.number()) is not None and number <= 0:
            yield Finding(weight.path, f"the weight {number:g} is not above 0", "Raise it, or remove the rubric.")
    total = sum_of(weights)
    if weights and total is not None and abs(total - 1) > SUM_TOLERANCE:
        yield Finding(rubrics.path, f"the weights of the rubrics sum to {total:.7g}, not 1", "Change the weights.")


def _rubrics_cover_the_plan(top: Value, references: References) -> Iterator[Finding]:
    """Every question is under a rubric that counts, and every rubric that counts has questions."""
    rubrics = top.at("decision", "rubrics")
    pools = plan_pools(top, references)
    counted = [name for name, _ in rubrics.entries()]
    if not counted or not pools:
        return
    used = {rubric_of(question, references) for _, pool in pools for question in pool.questions}
    missing = sorted(name for name in used if name and name not in counted)
    # A misspelt name is reported as one that does not exist, and not again here.
    if missing and all(references.find("rubric", name) is not None for name in counted):
        problem = f"questions of the plan are under {listed(missing)}, which the decision does not count"
        yield Finding(rubrics.path, problem, "Add the rubric with its weight, or narrow the segments with `rubric:`.")
    if None in used or not all(pool.sound for _, pool in pools):
        return
    for name, value in rubrics.entries():
        if name not in used and references.find("rubric", name) is not None:
            problem = f"no question of the plan is under the rubric `{shown(name)}`"
            yield Finding(value.path, problem, "Remove it, or draw from a bank with such questions.")


def _thresholds_ascend(top: Value, _: References) -> Iterator[Finding]:
    thresholds = top.at("decision", "thresholds")
    numbers = {key: thresholds.at(key).number() for key in Thresholds.model_fields}
    standard = Thresholds().model_dump()
    before: tuple[str, float] | None = None
    for key, written in numbers.items():
        number = standard[key] if written is None else written
        if before is not None and number <= before[1]:
            problem = f"the threshold for `{key}`, {number:g}, is not above that for `{before[0]}`, {before[1]:g}"
            place = key if written is not None else before[0]
            yield Finding((*thresholds.path, place), problem, "Make no < yes < strong_yes.")
        before = (key, number)


def _every_verdict_is_spoken(top: Value, _: References) -> Iterator[Finding]:
    spoken = top.at("decision", "spoken")
    if spoken.node is None or not isinstance(spoken.node.value, dict):
        return
    missing = [verdict for verdict in get_args(Verdict) if not spoken.at(verdict).there]
    for name, _lines in spoken.entries():
        # A misspelt verdict is reported as one that is not allowed, and not as missing too.
        if name not in get_args(Verdict) and (meant_verdict := nearest(name, missing)) is not None:
            missing.remove(meant_verdict)
    if missing:
        yield Finding(spoken.path, f"no words for the verdict {listed(missing)}", "Add them.")


def _rule_has_what_it_needs(top: Value, _: References) -> Iterator[Finding]:
    decision = top.at("decision")
    rule = decision.at("rule")
    if rule.text() == "panel" and len(top.at("people").items()) == 1:
        yield Finding(rule.path, "a panel needs at least two people", "Add a person, or choose another rule.")
    if rule.text() == "bar-raiser" and not decision.at("levels").items():
        yield Finding(rule.path, "a bar raiser needs `levels` to recommend", "Add `levels:`, lowest first.")


def _ladder_ascends(top: Value, _: References) -> Iterator[Finding]:
    levels = top.at("decision", "levels")
    yield from duplicate_ids(levels, "level")
    yield from ascending(
        [level.at("at_least") for level in levels.items()],
        "the share {number} is not above {before}, that of the level before it",
        "Order the levels from the lowest to the highest.",
    )


DECISION_RULES: Final[tuple[Rule, ...]] = (
    _criteria_exist,
    _rubrics_exist,
    _rubric_weights_sum_to_one,
    _rubrics_cover_the_plan,
    _thresholds_ascend,
    _every_verdict_is_spoken,
    _rule_has_what_it_needs,
    _ladder_ascends,
)
