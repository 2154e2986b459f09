"""Why two gradings of the same answers may differ: everything about how they came about that is not the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from interviewer.persona import Decision
from interviewer.rubric import Criterion, Rubric
from interviewer.scorecard import Stamp
from interviewer.transcript.runs import GradingRun, Judge

SAME_AND_STILL = "Nothing differs in how they came about, and nothing moved."
SAME_AND_MOVED = "Same everything: the grader does not repeat itself."
DIFFERENT_AND_STILL = "None of this moved a rating."


def reasons(before: GradingRun, after: GradingRun, *, still: bool) -> tuple[str, ...]:
    """What differs between two gradings, one sentence each, what weighs most first.

    Args:
        before: the earlier one.
        after: the later one.
        still: whether nothing moved.
    """
    found = [*_transcript(before, after), *_jury(before, after), *_rubrics(before, after), *_graders(before, after)]
    if not found:
        return (SAME_AND_STILL if still else SAME_AND_MOVED,)
    return (*found, DIFFERENT_AND_STILL) if still else tuple(found)


def criterion_reasons(before: GradingRun, after: GradingRun, rubric: str, criterion: str) -> tuple[str, ...]:
    """What differs about one criterion itself. Empty if its wording, its scale and its weight are the same."""
    old, new = before.rubric(rubric), after.rubric(rubric)
    if old is None or new is None:
        return ()
    first, second = _criterion(old, criterion), _criterion(new, criterion)
    if first is None or second is None:
        return ()
    found = []
    changed = [name for name, differs in _differences(first, second) if differs]
    if changed:
        found.append(f"Reworded: {', '.join(changed)}.")
    elif old.version != new.version and old.levels == new.levels:
        found.append("The rubric is of another version, but not the wording of this criterion.")
    if old.levels != new.levels:
        found.append("The scale of the rubric is another.")
    if abs(first.weight - second.weight) > 1e-9:
        found.append(f"Its weight in the rubric went from {first.weight:.0%} to {second.weight:.0%}.")
    return tuple(found)


def _criterion(rubric: Rubric, criterion: str) -> Criterion | None:
    return next((one for one in rubric.criteria if one.id == criterion), None)


def _differences(old: Criterion, new: Criterion) -> Iterator[tuple[str, bool]]:
    yield "what is asked", old.asks != new.asks
    yield "its anchors", old.anchors != new.anchors
    yield (
        "what counts as evidence",
        (old.evidence_for, old.evidence_against, old.cues) != (new.evidence_for, new.evidence_against, new.cues),
    )
    yield "its gate", old.gate != new.gate


def _transcript(before: GradingRun, after: GradingRun) -> Iterator[str]:
    turns = [{one.thread for one in run.scorecard.answers} for run in (before, after)]
    if turns[0] != turns[1]:
        yield f"The interview had gone on in between: {len(turns[0])} questions then, {len(turns[1])} now."


def _jury(before: GradingRun, after: GradingRun) -> Iterator[str]:
    old, new = before.jury, after.jury
    if old.persona != new.persona:
        yield f"Decided by {new.title} instead of {old.title}."
    elif old.version != new.version:
        yield f"The persona {new.persona} is of version {new.version} instead of {old.version}."
    yield from _decisions(old.decision, new.decision, same_persona=old.persona == new.persona)
    if old.persona == new.persona:
        yield from _people(old.people, new.people)


def _decisions(old: Decision, new: Decision, *, same_persona: bool) -> Iterator[str]:
    if old.rule != new.rule:
        yield f"It is decided by the rule {new.rule} instead of {old.rule}."
    if old.rubrics != new.rubrics:
        yield f"The verdict counts {_weighed(new)} instead of {_weighed(old)}."
    if not same_persona:
        return
    for what, differs in (
        ("which criteria count double", old.heavy != new.heavy),
        ("the thresholds of the verdict", old.thresholds != new.thresholds),
        ("how much must be assessed", old.least_assessed != new.least_assessed),
        ("what may be vetoed", old.veto != new.veto),
    ):
        if differs:
            yield f"The persona changed {what}."


def _weighed(decision: Decision) -> str:
    whole = sum(decision.rubrics.values()) or 1.0
    if len(decision.rubrics) == 1:
        return next(iter(decision.rubrics))
    return " and ".join(f"{name} ({weight / whole:.0%})" for name, weight in sorted(decision.rubrics.items()))


def _people(old: Iterable[Judge], new: Iterable[Judge]) -> Iterator[str]:
    first, second = {one.id: one for one in old}, {one.id: one for one in new}
    if first.keys() != second.keys():
        yield "Other people judge."
    for one in (name for name in first if name in second):
        if first[one].strictness != second[one].strictness:
            yield f"{second[one].name} is {second[one].strictness} instead of {first[one].strictness}."
        if first[one].cares != second[one].cares:
            yield f"{second[one].name} weighs the criteria in another way."


def _rubrics(before: GradingRun, after: GradingRun) -> Iterator[str]:
    old, new = ({one.id: one for one in run.rubrics} for run in (before, after))
    for name in sorted(old.keys() & new.keys()):
        first, second = old[name], new[name]
        if first.version != second.version:
            yield f"The rubric {name} is of version {second.version} instead of {first.version}."
        elif first != second:
            yield f"The rubric {name} was changed without a new version (both say {second.version})."
    judged = [sorted({grade.rubric for grade in run.grades}) for run in (before, after)]
    if judged[0] != judged[1]:
        yield f"Answers were judged under {_listed(judged[1])} instead of {_listed(judged[0])}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "no rubric"


def _graders(before: GradingRun, after: GradingRun) -> Iterator[str]:
    """From the stamps on the grades. Several stamps in one grading are told together."""
    stamps = [_stamps(run) for run in (before, after)]
    if not all(stamps):
        return
    for name, value in _GRADERS.items():
        first, second = (" and ".join(dict.fromkeys(value(one) for one in found)) for found in stamps)
        if first != second:
            yield f"{name}: {second} instead of {first}."
    first, second = (" and ".join(sorted({_gradings(one.samples) for one in found})) for found in stamps)
    if first != second:
        yield f"Each answer was graded {second} instead of {first}."
    old, new = ({one.revoted_by for one in run.scorecard.members} for run in (before, after))
    if old and new and (None in old) != (None in new):
        yield f"Second votes were cast by {'the rule' if None in new else 'a model'} instead of " + (
            "the rule." if None in old else "a model."
        )


_GRADERS: dict[str, Callable[[Stamp], str]] = {
    "Engine": lambda stamp: stamp.engine,
    "Version of the engine": lambda stamp: stamp.engine_version,
    "Model": lambda stamp: stamp.model or "none",
    "Prompts": lambda stamp: stamp.prompt_version or "none",
    "Form of a grade": lambda stamp: str(stamp.grade_schema),
}


def _stamps(run: GradingRun) -> list[Stamp]:
    return sorted(
        {grade.stamp for grade in run.grades}, key=lambda one: (one.engine, one.engine_version, one.model or "")
    )


def _gradings(times: int) -> str:
    return "once" if times == 1 else f"{times} times"
