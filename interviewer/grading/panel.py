"""Several interviewers: each rates blind, then scorecards are revealed, re-voted and combined in code.

Mechanical combination of independent ratings is more accurate than a discussed, holistic one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.grading.combine import Total, band_between, below_gate, combine, decision_weight, total
from interviewer.grading.reveal import Reveal, Scores, at_level, reveal, valid_changes
from interviewer.grading.verdict import by_threshold
from interviewer.persona import Person, Persona
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Band, CriterionResult, Grade, Member, Revote, Spread


@dataclass(frozen=True, slots=True)
class PanelOutcome:
    """What a panel came to."""

    members: tuple[Member, ...]
    spreads: tuple[Spread, ...]
    results: tuple[CriterionResult, ...]
    total: Total


def run_panel(
    persona: Persona, rubrics: Sequence[Rubric], grades: Sequence[Grade], revotes: Iterable[Revote] = ()
) -> PanelOutcome:
    """Blind scorecards, reveal, one re-vote, mechanical combination (the mean of the members' totals).

    Args:
        revotes: second votes as they were recorded. For a member without one, the rule votes.
    """
    shown = reveal(persona, rubrics, grades)
    before, scales = shown.scores, shown.scales
    ruled, notes = revote(before, scales, {person.id: _cited(person, grades) for person in persona.people})
    second = {one.person: one for one in revotes}
    told = {person: _told(shown, one) for person, one in second.items() if person in before}
    after = {person: told[person][0] if person in told else ruled[person] for person in before}
    notes = {person: told[person][1] if person in told else notes[person] for person in before}
    members = tuple(
        _member(persona, person, before, after, notes[person.id], second.get(person.id)) for person in persona.people
    )
    shares = [member.share_after for member in members if member.share_after is not None]
    assessed = [total(after[person.id].values()).assessed for person in persona.people]
    results = _pooled(rubrics, persona, after, scales)
    combined = Total(sum(shares) / len(shares) if shares else None, sum(assessed) / len(assessed))
    return PanelOutcome(members, _spreads(before, after, scales), results, combined)


def _told(shown: Reveal, second: Revote) -> tuple[Mapping[str, CriterionResult], str]:
    """One member's scores after a recorded re-vote, and the member's note on it."""
    own = shown.scores[second.person]
    changes, _ = valid_changes(shown, second)
    after = {
        criterion: at_level(shown.scales[criterion], result, changes[criterion].level)
        if criterion in changes
        else result
        for criterion, result in own.items()
    }
    moves = [
        f"{own[criterion].title}: {own[criterion].level_title} to {after[criterion].level_title}. {change.reason}"
        for criterion, change in changes.items()
    ]
    return after, f"Re-vote: {' '.join(moves)}" if moves else "Re-vote: no change."


def _cited(person: Person, grades: Sequence[Grade]) -> Mapping[str, int]:
    """Criterion id -> how many of the candidate's sentences this person cites for it, over all answers."""
    sentences = {
        (rating.criterion, evidence.event, evidence.sentence)
        for grade in grades
        if grade.person == person.id
        for rating in grade.ratings
        for evidence in rating.evidence
    }
    return Counter(criterion for criterion, _, _ in sentences)


def revote(
    before: Scores, scales: Mapping[str, Rubric], cited: Mapping[str, Mapping[str, int]]
) -> tuple[Scores, Mapping[str, str]]:
    """One round after the reveal, by rule: what holds where nobody was asked.

    A member who stands alone against colleagues who all agree moves one level towards them, unless that
    member cites more of the candidate's sentences than any of them. Everyone else stays.

    Args:
        cited: person id -> criterion id -> how many sentences that person cites.

    Returns:
        The scores after the re-vote, and for each person a sentence on what they changed.
    """
    after: dict[str, dict[str, CriterionResult]] = {person: dict(scores) for person, scores in before.items()}
    moved: dict[str, list[str]] = {person: [] for person in before}
    for criterion, rubric in scales.items():
        held = {
            person: scores[criterion]
            for person, scores in before.items()
            if criterion in scores and scores[criterion].level != NOT_ASSESSED
        }
        for person, own in held.items():
            others = {other: result.level for other, result in held.items() if other != person}
            if len(others) < 2 or len(set(others.values())) != 1:
                continue
            target = next(iter(others.values()))
            most = max(cited[other].get(criterion, 0) for other in others)
            if own.level == target or cited[person].get(criterion, 0) > most:
                continue
            after[person][criterion] = at_level(rubric, own, _towards(rubric, own, target))
            moved[person].append(f"{own.title}: {own.level_title} to {after[person][criterion].level_title}")
    notes = {
        person: (
            "Re-vote: " + "; ".join(changes) + ". The colleagues agreed and cited as much."
            if changes
            else "Re-vote: no change."
        )
        for person, changes in moved.items()
    }
    return after, notes


def _towards(rubric: Rubric, own: CriterionResult, target: str) -> str:
    """The next level on the way to `target`."""
    order = [level.id for level in rubric.levels]
    here, there = order.index(own.level), order.index(target)
    return order[here + (1 if there > here else -1)]


def _member(persona: Persona, person: Person, before: Scores, after: Scores, note: str, told: Revote | None) -> Member:
    first, second = total(before[person.id].values()), total(after[person.id].values())
    return Member(
        person=person.id,
        name=person.name,
        role=person.role,
        before={criterion: result.level for criterion, result in before[person.id].items()},
        after={criterion: result.level for criterion, result in after[person.id].items()},
        share_before=first.share,
        share_after=second.share,
        vote_before=by_threshold(first.share, persona.decision.thresholds),
        vote_after=by_threshold(second.share, persona.decision.thresholds),
        note=note,
        revoted_by=told.stamp if told else None,
    )


def _spreads(before: Scores, after: Scores, scales: Mapping[str, Rubric]) -> tuple[Spread, ...]:
    found: list[Spread] = []
    for criterion, rubric in scales.items():
        order = [level.id for level in rubric.levels]
        first, second = (_steps(scores, criterion, order) for scores in (before, after))
        if not first or not second:
            continue
        found.append(
            Spread(
                criterion=criterion,
                title=rubric.criterion(criterion).title,
                lowest=rubric.levels[min(first)].title,
                highest=rubric.levels[max(first)].title,
                before=max(first) - min(first),
                after=max(second) - min(second),
            )
        )
    return tuple(found)


def _steps(scores: Scores, criterion: str, order: Sequence[str]) -> list[int]:
    return [
        order.index(results[criterion].level)
        for results in scores.values()
        if criterion in results and results[criterion].level != NOT_ASSESSED
    ]


def _pooled(
    rubrics: Sequence[Rubric], persona: Persona, after: Scores, scales: Mapping[str, Rubric]
) -> tuple[CriterionResult, ...]:
    """Per criterion: the mean share over the members, told in the words of the member closest to it."""
    template = combine(rubrics, (), decision_weight(persona.decision))
    pooled: list[CriterionResult] = []
    for empty in template:
        held = [
            scores[empty.criterion]
            for scores in after.values()
            if empty.criterion in scores and scores[empty.criterion].share is not None
        ]
        if not held:
            pooled.append(empty)
            continue
        share = sum(result.share or 0.0 for result in held) / len(held)
        closest = min(held, key=lambda result: abs((result.share or 0.0) - share))
        rubric = scales[empty.criterion]
        majority = Counter(result.level for result in held).most_common(1)[0][0]
        level = rubric.level(majority if len({r.level for r in held}) < len(held) else closest.level)
        pooled.append(
            closest.model_copy(
                update={
                    "weight": empty.weight,
                    "share": share,
                    "level": level.id,
                    "level_title": level.title,
                    "anchor": rubric.criterion(empty.criterion).anchors[level.id],
                    "gate_failed": any(result.gate_failed for result in held)
                    and below_gate(rubric, rubric.criterion(empty.criterion), level.id),
                    "band": _pooled_band(rubric, held),
                    "disputed": any(result.disputed for result in held),
                }
            )
        )
    return tuple(pooled)


def _pooled_band(rubric: Rubric, held: Sequence[CriterionResult]) -> Band | None:
    """The mean of the members' bands, before the re-vote; none if each member had one grader."""
    bands = [result.band for result in held if result.band is not None]
    if not bands:
        return None
    lowest, highest = (
        sum(ends) / len(bands) for ends in zip(*((one.lowest, one.highest) for one in bands), strict=True)
    )
    return band_between(rubric, lowest, highest)
