"""The scorecard of a finished interview, computed from its state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.cost import FREE, Cost
from interviewer.grading.combine import combine, decision_weight, total
from interviewer.grading.panel import run_panel
from interviewer.grading.verdict import Heard, Ruling, find_veto, recommend_level, rule, verdict_name
from interviewer.interview.state import State
from interviewer.interview.thread import Sighting, Thread
from interviewer.persona import LevelRecommendation, Persona
from interviewer.rubric import Rubric
from interviewer.scorecard import (
    AnswerSummary,
    CriterionResult,
    Evidence,
    FlawNoticed,
    Grade,
    Member,
    Revote,
    Scorecard,
    Spread,
    Stamp,
    Veto,
)
from interviewer.text import sentences

STRONG_SHARE = 2 / 3
"""Share of the scale from which a criterion is named as a strength."""

SPOKEN_OF = 2
"""Longer words of a planted flaw that the interviewers must have used, or it was not planted in this interview."""

MOST_NAMED = 3
"""Strengths, gaps and exercises named at the top of a scorecard."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The grades of an interview, and by whose rules they are counted."""

    persona: Persona
    rubrics: tuple[Rubric, ...]
    grades: tuple[Grade, ...]
    revotes: tuple[Revote, ...] = ()
    cost: Cost = FREE
    """Of the calls that it took."""

    @classmethod
    def of(cls, state: State) -> Judged:
        """As whoever held the interview judges it."""
        return cls(state.persona, state.header.rubrics, state.grades, state.revotes, state.cost)

    @property
    def decisive(self) -> tuple[tuple[Rubric, ...], tuple[Grade, ...]]:
        """The rubrics that the verdict rests on, and the grades under them."""
        counted = self.persona.decision.rubrics
        return (
            tuple(rubric for rubric in self.rubrics if rubric.id in counted),
            tuple(grade for grade in self.grades if grade.rubric in counted),
        )


def build_scorecard(state: State, judged: Judged | None = None) -> Scorecard:
    """Ratings in, verdict out. Pure: the same state and grades always give the same scorecard.

    Args:
        state: what was asked and answered.
        judged: the grades, and who decides on them; whoever held the interview if not given.
    """
    judged = judged or Judged.of(state)
    persona, decision = judged.persona, judged.persona.decision
    rubrics, grades = judged.decisive
    members: tuple[Member, ...] = ()
    spreads: tuple[Spread, ...] = ()
    if decision.rule == "panel":
        panel = run_panel(persona, rubrics, grades, judged.revotes)
        results, overall, members, spreads = panel.results, panel.total, panel.members, panel.spreads
    else:
        results = combine(rubrics, grades, decision_weight(decision, persona.people[0].cares))
        overall = total(results)
    veto = find_veto(decision, rubrics, grades) if decision.rule == "bar-raiser" else None
    ruling = rule(decision, overall, results, _heard(state, judged.grades), veto)
    if veto is not None and "Vetoed" not in ruling.why:
        veto = None  # the verdict was not positive without it, so there was nothing to veto
    level = recommend_level(decision, overall, results) if ruling.verdict != "no-decision" else None
    spoken = decision.spoken[ruling.verdict]
    return Scorecard(
        persona=persona.id,
        persona_version=persona.version,
        persona_title=persona.title,
        rubrics={rubric.id: rubric.version for rubric in rubrics},
        rule=decision.rule,
        stamps=_stamps(grades),
        verdict=ruling.verdict,
        spoken=spoken[state.header.seed % len(spoken)],
        why=ruling.why,
        share=overall.share,
        assessed=overall.assessed,
        criteria=results,
        answers=tuple(_summary(state, thread, judged.grades) for thread in state.threads),
        probes=state.probe_records(),
        flaws=_flaws(state),
        members=members,
        spreads=spreads,
        level=level.title if level else None,
        level_reason=level.looks_like if level else None,
        veto=veto,
        feedback=_feedback(ruling, results, level, veto) if decision.rule == "bar-raiser" else None,
        strengths=_strengths(results),
        missing=_missing(results),
        practice=_practice(results),
        seconds=state.clock,
        cost=judged.cost if judged.cost.calls else None,
    )


def decisive(state: State) -> tuple[tuple[Rubric, ...], tuple[Grade, ...]]:
    """The rubrics that the interview's own verdict rests on, and the grades under them."""
    return Judged.of(state).decisive


def _stamps(grades: Sequence[Grade]) -> tuple[Stamp, ...]:
    return tuple(dict.fromkeys(grade.stamp for grade in grades))


def _heard(state: State, grades: Sequence[Grade]) -> Heard:
    asked = {thread.turn for thread in state.threads}
    rated = {grade.thread for grade in grades if grade.status == "graded"}
    planned = sum(planned.questions for planned in state.plan.segments)
    return Heard(len(asked & rated), len(asked), planned)


def _summary(state: State, thread: Thread, grades: Sequence[Grade]) -> AnswerSummary:
    grade = next((grade for grade in grades if grade.thread == thread.turn), None)
    question = state.question(thread.question)
    points = {point.id: point.point for point in question.key_points}
    # What a follow-up went for and was answered is not told as missing; whether it was right, the grader says.
    answered = {probed.gap.id.removeprefix("point:") for probed in thread.probes if probed.closed}
    covered = set(grade.covered) if grade else set()
    graded = grade is not None and grade.status == "graded"
    return AnswerSummary(
        thread=thread.turn,
        question=question.id,
        asked=question.text,
        speaker=thread.said_by or state.persona.person(thread.speaker).name,
        status=grade.status if grade else "skipped",
        follow_ups=len(thread.probes),
        better=question.better,
        missed=tuple(text for point, text in points.items() if point not in covered | answered) if grade else (),
        covered=tuple(text for point, text in points.items() if point in covered) if graded else (),
    )


def _flaws(state: State) -> tuple[FlawNoticed, ...]:
    """What was planted in this interview; what nobody came to say is left out."""
    first = {sighting.flaw: sighting for sighting in reversed(state.noticed)}
    spoken = _telling(" ".join(state.spoken))
    return tuple(
        FlawNoticed(flaw=flaw.flaw, why=flaw.why, noticed=_where(first.get(flaw.id)))
        for flaw in state.persona.company.flaws
        if flaw.id in first or _spoken_of(_telling(flaw.flaw), spoken)
    )


def _spoken_of(flaw: frozenset[str], spoken: frozenset[str]) -> bool:
    return len(flaw & spoken) >= min(SPOKEN_OF, len(flaw))


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > 4)


def _where(sighting: Sighting | None) -> Evidence | None:
    """The sentence that names a flaw, as it was said."""
    if sighting is None:
        return None
    found = next((one for one in sentences(sighting.text) if one.number == sighting.sentence), None)
    if found is None:
        return None
    return Evidence(event=sighting.answer, sentence=found.number, start=found.start, end=found.end, quote=found.text)


def _rated(results: Sequence[CriterionResult]) -> list[CriterionResult]:
    return [result for result in results if result.share is not None]


def _strengths(results: Sequence[CriterionResult]) -> tuple[str, ...]:
    strong = [result for result in _rated(results) if (result.share or 0) >= STRONG_SHARE and result.evidence]
    strong.sort(key=lambda result: -(result.share or 0) * result.weight)
    return tuple(f"{result.title}: {result.reasoning}" for result in strong[:MOST_NAMED])


def _weakest(results: Sequence[CriterionResult]) -> list[CriterionResult]:
    weak = [result for result in _rated(results) if (result.share or 0) < STRONG_SHARE]
    return sorted(weak, key=lambda result: (1 - (result.share or 0)) * -result.weight)


def _missing(results: Sequence[CriterionResult]) -> tuple[str, ...]:
    return tuple(f"{result.title}: {result.reasoning}" for result in _weakest(results)[:MOST_NAMED])


def _practice(results: Sequence[CriterionResult]) -> tuple[str, ...]:
    return tuple(result.practice for result in _weakest(results) if result.practice)[:MOST_NAMED]


def _feedback(
    ruling: Ruling, results: Sequence[CriterionResult], level: LevelRecommendation | None, veto: Veto | None
) -> str:
    """The written assessment that a bar raiser files before anyone talks."""
    lines = [f"Vote: {verdict_name(ruling.verdict)}. {ruling.why}"]
    for result in sorted(_rated(results), key=lambda one: -(one.share or 0)):
        cited = f" They said: \u201c{result.evidence[0].quote}\u201d" if result.evidence else ""
        lines.append(f"{result.title} ({result.level_title.casefold()}). {result.reasoning}{cited}")
    unknown = [result.title for result in results if result.share is None]
    if unknown:
        lines.append("Not assessed: " + ", ".join(unknown) + ".")
    if level:
        lines.append(f"Level: {level.title}. {level.looks_like}")
    if veto:
        lines.append(f"Veto on {veto.criterion}, on these words: \u201c{veto.evidence.quote}\u201d")
    return "\n".join(lines)
