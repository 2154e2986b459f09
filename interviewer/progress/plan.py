"""The next session: who should interview, and what should be asked first, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from interviewer.interview.duplicates import asked_before
from interviewer.interview.moves import fits
from interviewer.interview.plan import make_plan
from interviewer.interview.results import STRONG_SHARE
from interviewer.persona import Persona, Segment
from interviewer.progress.facts import InterviewFacts
from interviewer.progress.schedule import Review
from interviewer.progress.series import Series, weakest
from interviewer.question import Question, QuestionBank
from interviewer.rubric import Criterion, Rubric
from interviewer.vocabulary import Seniority

MOST_CRITERIA = 3
"""Criteria that one session goes for."""

MOST_QUESTIONS = 6
"""Questions that a plan names; the interviewers choose the others as ever."""

RECENT_INTERVIEWS = 3
"""Latest interviews whose questions are not wanted again, unless they are due."""

_DUE, _PROBED, _LISTENED = 3.0, 1.0, 0.5
"""What a question is worth that is due; that follows up on a criterion; whose usual gap is what a criterion hears."""

_DUE_PERSONA = 0.05
"""What a due question adds to a persona's claim on the session, in shares of the total; at most four count."""


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to practise with."""

    personas: tuple[Persona, ...]
    banks: Mapping[str, QuestionBank] = field(default_factory=dict)
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question of a plan."""

    question: str
    text: str
    segment: str
    """Title of the part of the interview that asks it."""
    why: str


@dataclass(frozen=True, slots=True)
class NextSession:
    """A plan for the next interview."""

    persona: str
    persona_title: str
    minutes: int
    reasons: tuple[str, ...]
    """Why this persona, in whole sentences; at least one."""
    questions: tuple[Wanted, ...]
    """In the order of the interview; may be empty."""
    criteria: tuple[str, ...] = ()
    """Titles of the criteria that it goes for."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The ids of its questions."""
        return tuple(one.question for one in self.questions)


@dataclass(frozen=True, slots=True)
class _Place:
    """A question where a persona would ask it."""

    segment: Segment
    question: Question


def next_session(
    interviews: Sequence[InterviewFacts],
    series: Iterable[Series],
    waiting: Iterable[Review],
    material: Material,
    today: date,
) -> NextSession | None:
    """The session that goes for what is weakest and for what is due. Pure.

    Args:
        interviews: all finished ones, earliest first.
        series: every criterion over time.
        waiting: questions with the day on which they are due.
        material: personas, question banks and rubrics that can be used.
        today: the day of the session, or before it.

    Returns:
        None if there is no persona, or no interview to learn from.
    """
    if not interviews or not material.personas:
        return None
    due = {one.question: one for one in waiting if one.due <= today}
    weak = weakest(series)
    seniority = interviews[-1].seniority
    offers = [_Offer.of(persona, material, seniority, weak, due) for persona in material.personas]
    last = {interview.persona: interview.created.timestamp() for interview in interviews}
    best = max(offers, key=lambda offer: (offer.claim, -last.get(offer.persona.id, 0.0)))
    if best.claim == 0:
        return _somebody(interviews, material.personas)
    return best.session(_asked_lately(interviews))


@dataclass(frozen=True, slots=True)
class _Offer:
    """What one persona can do for the candidate."""

    persona: Persona
    places: tuple[_Place, ...]
    weak: tuple[Series, ...]
    """The weakest criteria that its questions are judged by."""
    missing: float
    """Share of this persona's total that weak criteria cost, 0 to 1."""
    criteria: Mapping[str, Criterion]
    due: Mapping[str, Review]
    """Due questions that it can ask."""

    @classmethod
    def of(
        cls,
        persona: Persona,
        material: Material,
        seniority: Seniority,
        weak: Sequence[Series],
        due: Mapping[str, Review],
    ) -> _Offer:
        places = tuple(_places(persona, material.banks, seniority))
        rubrics = {place.question.rubric for place in places} & persona.decision.rubrics.keys()
        criteria = {
            criterion.id: criterion
            for name in sorted(rubrics)
            if name in material.rubrics
            for criterion in material.rubrics[name].criteria
        }
        here = {place.question.id for place in places}
        judged = [one for one in weak if one.rubric in rubrics]
        return cls(
            persona,
            places,
            tuple(judged[:MOST_CRITERIA]),
            sum(one.cost for one in judged),
            criteria,
            {question: review for question, review in due.items() if question in here},
        )

    @property
    def claim(self) -> float:
        """How much there is to gain with this persona; 0 if nothing."""
        return self.missing + _DUE_PERSONA * min(4, len(self.due))

    def session(self, lately: frozenset[str]) -> NextSession:
        chosen = self._chosen(lately)
        return NextSession(
            persona=self.persona.id,
            persona_title=self.persona.title,
            minutes=self.persona.minutes.default,
            reasons=tuple(self._reasons(chosen)),
            questions=tuple(
                Wanted(place.question.id, place.question.text, place.segment.title, self._why(place.question))
                for place in chosen
            ),
            criteria=tuple(one.title for one in self.weak),
        )

    def _worth(self, question: Question) -> float:
        worth = _DUE if question.id in self.due else 0.0
        for rank, one in enumerate(self.weak):
            worth += self._reaches(question, one) * (1 - one.recent) / (1 + rank)
        return worth

    def _reaches(self, question: Question, series: Series) -> float:
        """How directly a question goes for a criterion; 0 if it is judged by another rubric or does not."""
        if question.rubric != series.rubric:
            return 0.0
        probed = _PROBED if any(probe.criterion == series.criterion for probe in question.probes) else 0.0
        criterion = self.criteria.get(series.criterion)
        heard = frozenset(criterion.cues.signals) if criterion else frozenset()
        listened = sum(gap.signal in heard for gap in question.gaps) / len(question.gaps) if question.gaps else 0.0
        return probed + _LISTENED * listened

    def _chosen(self, lately: frozenset[str]) -> list[_Place]:
        """The best questions, as many for each part of the interview as it plans to ask, in the order of the parts."""
        room = {
            planned.segment.id: planned.questions
            for planned in make_plan(self.persona, self.persona.minutes.default).segments
        }
        ranked = sorted(self.places, key=lambda place: -self._worth(place.question))
        chosen: list[_Place] = []
        for place in ranked:
            question = place.question
            fresh = question.id in self.due or question.id not in lately
            if len(chosen) == MOST_QUESTIONS or self._worth(question) <= 0 or not fresh:
                continue
            if room[place.segment.id] > 0 and not asked_before(question.text, [one.question.text for one in chosen]):
                room[place.segment.id] -= 1
                chosen.append(place)
        order = [segment.id for segment in self.persona.plan]
        return sorted(chosen, key=lambda place: order.index(place.segment.id))

    def _reasons(self, chosen: Sequence[_Place]) -> Iterable[str]:
        alike: dict[tuple[str, str], list[str]] = {}
        for one in self.weak:
            where = _listed([place.segment.title for place in chosen if self._reaches(place.question, one)])
            alike.setdefault((_rated(one), where), []).append(one.title)
        for (rated, where), titles in alike.items():
            asked = f" Asked about in {where}." if where else ""
            yield f"{_listed(titles)} {'were' if len(titles) > 1 else 'was'} {rated}.{asked}"
        if len(self.due) == 1:
            yield "One question of this interview went badly before and is due again."
        elif self.due:
            yield f"{len(self.due)} questions of this interview went badly before and are due again."

    def _why(self, question: Question) -> str:
        parts = []
        if question.id in self.due:
            parts.append(f"due again: {self.due[question.id].why}")
        reached = [one.title for one in self.weak if self._reaches(question, one)]
        if reached:
            parts.append(f"goes for {_listed(reached)}")
        return "; ".join(parts)


def _places(persona: Persona, banks: Mapping[str, QuestionBank], seniority: Seniority) -> Iterable[_Place]:
    """Every question that a persona could ask a candidate of this level, in every part that would."""
    return (
        _Place(segment, question)
        for segment in persona.plan
        if segment.questions > 0
        for name in segment.banks
        if name in banks
        for question in banks[name].questions
        if fits(question, segment, persona.company.stage, seniority)
    )


def askers(material: Material, seniority: Seniority) -> dict[str, tuple[str, ...]]:
    """Question -> the personas that could ask it a candidate of this level."""
    found: dict[str, tuple[str, ...]] = {}
    for persona in material.personas:
        for question in {place.question.id for place in _places(persona, material.banks, seniority)}:
            found[question] = (*found.get(question, ()), persona.id)
    return found


def _asked_lately(interviews: Sequence[InterviewFacts]) -> frozenset[str]:
    latest = sorted(interviews, key=lambda one: one.created)[-RECENT_INTERVIEWS:]
    return frozenset(question.question for interview in latest for question in interview.questions)


def _somebody(interviews: Sequence[InterviewFacts], personas: Sequence[Persona]) -> NextSession:
    """Nothing is weak and nothing is due: whoever was met longest ago, or never."""
    last = {interview.persona: interview.created for interview in interviews}
    unmet = [persona for persona in personas if persona.id not in last]
    persona = unmet[0] if unmet else min(personas, key=lambda one: last[one.id])
    met = "has not interviewed you yet" if unmet else "is the one you met longest ago"
    return NextSession(
        persona=persona.id,
        persona_title=persona.title,
        minutes=persona.minutes.default,
        reasons=(f"Nothing was rated low lately and nothing is due; {persona.title} {met}.",),
        questions=(),
    )


def _rated(series: Series) -> str:
    among = len(series.comparable)
    interviews = "interview" if among == 1 else "interviews"
    if series.low:
        return f"rated low in {series.low} of {among} {interviews}"
    return f"rated below {STRONG_SHARE:.0%} of the scale in the latest interviews"


def _listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`, each once."""
    unique = list(dict.fromkeys(names))
    return "".join(unique) if len(unique) < 2 else f"{', '.join(unique[:-1])} and {unique[-1]}"
