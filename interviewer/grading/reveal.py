"""The moment when a panel's locked scorecards are shown: what is in dispute, and what may be moved.

Members who vote again may move by one level where the panel is apart, and nowhere else. Which moves hold is
decided here, whoever proposed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.grading.combine import below_gate, combine, decision_weight, share_of
from interviewer.persona import Persona
from interviewer.rubric import NOT_ASSESSED, Level, Rubric
from interviewer.scorecard import Change, CriterionResult, Grade, Revote

Scores = Mapping[str, Mapping[str, CriterionResult]]
"""Person id -> criterion id -> that person's result."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Everybody's locked scorecard, as all members see them."""

    scores: Scores
    scales: Mapping[str, Rubric]
    """Criterion id -> the rubric that it is of."""

    def held(self, criterion: str) -> Mapping[str, CriterionResult]:
        """Person id -> result, of those who assessed this criterion."""
        return {
            person: results[criterion]
            for person, results in self.scores.items()
            if criterion in results and results[criterion].level != NOT_ASSESSED
        }

    @property
    def disputed(self) -> tuple[str, ...]:
        """The criteria on which members are apart."""
        return tuple(
            criterion for criterion in self.scales if len({one.level for one in self.held(criterion).values()}) > 1
        )

    def movable(self, person: str) -> tuple[str, ...]:
        """The criteria in dispute that this person assessed."""
        return tuple(criterion for criterion in self.disputed if person in self.held(criterion))

    def reachable(self, person: str, criterion: str) -> tuple[Level, ...]:
        """The levels that this person may move to: one below and one above what they hold, as far as there are."""
        if criterion not in self.movable(person):
            return ()
        levels = self.scales[criterion].levels
        here = [level.id for level in levels].index(self.scores[person][criterion].level)
        return tuple(levels[place] for place in (here - 1, here + 1) if 0 <= place < len(levels))


def reveal(persona: Persona, rubrics: Sequence[Rubric], grades: Sequence[Grade]) -> Reveal:
    """The panel's blind scorecards, each on its member's own grades and weights."""
    return Reveal(
        {
            person.id: {
                result.criterion: result
                for result in combine(
                    rubrics,
                    [grade for grade in grades if grade.person == person.id],
                    decision_weight(persona.decision, person.cares),
                )
            }
            for person in persona.people
        },
        {criterion.id: rubric for rubric in rubrics for criterion in rubric.criteria},
    )


def valid_changes(shown: Reveal, revote: Revote) -> tuple[dict[str, Change], tuple[str, ...]]:
    """The changes that hold, and in plain words what is wrong with each of the others.

    To stay where one is, said aloud, is no change and no fault.
    """
    kept: dict[str, Change] = {}
    wrong: list[str] = []
    for criterion, change in revote.changes.items():
        if fault := _fault(shown, revote.person, criterion, change):
            wrong.append(fault)
        elif change.level != shown.scores[revote.person][criterion].level:
            kept[criterion] = change
    return kept, tuple(wrong)


def _fault(shown: Reveal, person: str, criterion: str, change: Change) -> str:
    if person not in shown.scores:
        return f"There is no `{person}` on the panel."
    if criterion not in shown.scales:
        return f"There is no criterion `{criterion}`."
    if criterion not in shown.disputed:
        return f"The panel is not apart on `{criterion}`."
    if criterion not in shown.movable(person):
        return f"`{person}` has not assessed `{criterion}`."
    if not change.reason.strip():
        return f"No reason is given for moving on `{criterion}`."
    near = _ids(shown.reachable(person, criterion))
    if change.level not in {*near, shown.scores[person][criterion].level}:
        return f"`{criterion}` may be moved to {' or '.join(f'`{level}`' for level in near)}, not to `{change.level}`."
    return ""


def _ids(levels: Iterable[Level]) -> list[str]:
    return [level.id for level in levels]


def at_level(rubric: Rubric, own: CriterionResult, level_id: str) -> CriterionResult:
    """A result moved to another level. A gate that it passed stays passed: no new evidence came in."""
    level = rubric.level(level_id)
    criterion = rubric.criterion(own.criterion)
    return own.model_copy(
        update={
            "level": level.id,
            "level_title": level.title,
            "share": share_of(rubric, level.id),
            "anchor": criterion.anchors[level.id],
            "gate_failed": own.gate_failed and below_gate(rubric, criterion, level.id),
        }
    )
