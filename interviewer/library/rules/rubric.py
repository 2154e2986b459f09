"""What must hold within a rubric."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from interviewer.library.faults import shown
from interviewer.library.near import nearest, suggestion
from interviewer.library.references import References
from interviewer.library.rules.common import (
    SUM_TOLERANCE,
    Rule,
    ascending,
    duplicate_ids,
    names_one_of,
    no_hidden_codes,
    placeholders,
    sum_of,
    wordless,
)
from interviewer.library.tree import Finding, Value
from interviewer.rubric import DEFAULT_LEVELS, NOT_ASSESSED


def level_ids(rubric: Value) -> list[str] | None:
    """The ids of a rubric's levels, lowest first; None if they cannot all be read."""
    levels = rubric.at("levels")
    if not levels.there:
        return [level.id for level in DEFAULT_LEVELS]
    names = [level.at("id").text() for level in levels.items()]
    return [name for name in names if name] if names and all(names) else None


def criterion_ids(rubric: Value) -> list[str] | None:
    """The ids of a rubric's criteria; None if they cannot all be read."""
    names = [criterion.at("id").text() for criterion in rubric.at("criteria").items()]
    return [name for name in names if name] if names and all(names) else None


def _ids_are_unique(top: Value, _: References) -> Iterator[Finding]:
    yield from duplicate_ids(top.at("levels"), "level")
    yield from duplicate_ids(top.at("criteria"), "criterion")


def _no_level_is_reserved(top: Value, _: References) -> Iterator[Finding]:
    for level in top.at("levels").items():
        if level.at("id").text() == NOT_ASSESSED:
            problem = f"the level id `{NOT_ASSESSED}` is reserved for answers that give no ground for a rating"
            yield Finding((*level.path, "id"), problem, "Choose another id.")


def _levels_ascend(top: Value, _: References) -> Iterator[Finding]:
    yield from ascending(
        [level.at("value") for level in top.at("levels").items()],
        "the level's value {number} is not above {before}, that of the level before it",
        "Order the levels from the lowest to the highest.",
    )


def _weights_sum_to_one(top: Value, _: References) -> Iterator[Finding]:
    criteria = top.at("criteria")
    total = sum_of(criterion.at("weight") for criterion in criteria.items())
    if criteria.items() and total is not None and abs(total - 1) > SUM_TOLERANCE:
        yield Finding(criteria.path, f"the weights of the criteria sum to {total:.7g}, not 1", "Change the weights.")


def _anchors_fit_levels(top: Value, _: References) -> Iterator[Finding]:
    levels = level_ids(top)
    if levels is None:
        return
    for criterion in top.at("criteria").items():
        anchors = criterion.at("anchors")
        if anchors.node is None or not isinstance(anchors.node.value, dict):
            continue
        missing = [level for level in levels if not anchors.at(level).there]
        for name, anchor in anchors.entries():
            if name not in levels:
                yield Finding(anchor.path, f"there is no level `{shown(name)}`", suggestion(name, missing or levels))
                # One slip is one fault: a misspelt level is not reported as missing too.
                if (meant := nearest(name, missing)) is not None:
                    missing.remove(meant)
        for level in missing:
            problem = f"there is no anchor for the level `{shown(level)}`"
            yield Finding(anchors.path, problem, f"Add `{shown(level)}:` with what is seen or heard at that level.")


def _gates_name_levels(top: Value, _: References) -> Iterator[Finding]:
    levels = level_ids(top)
    if levels is not None:
        for criterion in top.at("criteria").items():
            yield from names_one_of(criterion.at("gate"), levels, "a level of this rubric")


def _cues_have_words(top: Value, _: References) -> Iterator[Finding]:
    for criterion in top.at("criteria").items():
        yield from wordless(criterion.at("cues", "for"))
        yield from wordless(criterion.at("cues", "against"))


def _probes_can_be_said(top: Value, _: References) -> Iterator[Finding]:
    for criterion in top.at("criteria").items():
        yield from placeholders(probe.at("text") for probe in criterion.at("probes").items())


RUBRIC_RULES: Final[tuple[Rule, ...]] = (
    no_hidden_codes,
    _ids_are_unique,
    _no_level_is_reserved,
    _levels_ascend,
    _weights_sum_to_one,
    _anchors_fit_levels,
    _gates_name_levels,
    _cues_have_words,
    _probes_can_be_said,
)
