"""What the graders made of one question, put into words and numbers that a screen and a page of text can show."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from interviewer.grading.combine import share_of
from interviewer.replay.reel import Reel
from interviewer.replay.timeline import Asked, FollowUp
from interviewer.rubric import Rubric
from interviewer.scorecard import Evidence, Grade, GradeStatus, Rating
from interviewer.transcript.events import Graded


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion as one grader rated it."""

    title: str
    level: str
    share: float
    """Of the scale, 0 to 1."""
    reasoning: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one grader made of a question, or several who agree in every word."""

    who: tuple[str, ...]
    """The panel members' names; empty where one judges alone."""
    status: GradeStatus
    note: str
    judged: tuple[Judged, ...]
    """What was rated, best first; what nobody could rate is left out."""
    unassessed: int
    """Criteria that nothing was said about."""
    missed: tuple[str, ...]
    """Key points that were not touched, nor got by a follow-up, in plain words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that came of one question."""

    number: int
    """From 1, as asked."""
    asked: Asked
    text: str
    """The question as its author wrote it."""
    opinions: tuple[Opinion, ...]
    follow_ups: tuple[FollowUp, ...]

    def evidence(self, answer: int) -> tuple[tuple[Evidence, float], ...]:
        """What is cited of the answer with this sequence number, each with the best level it was cited for."""
        best: dict[Evidence, float] = {}
        for opinion in self.opinions:
            for judged in opinion.judged:
                for one in judged.evidence:
                    if one.event == answer:
                        best[one] = max(judged.share, best.get(one, 0.0))
        return tuple(sorted(best.items(), key=lambda found: found[0].start))


def judgement(reel: Reel, index: int) -> Judgement:
    """What came of the question with this index.

    Raises:
        TranscriptError: the transcript changed while it was open.
    """
    asked = reel.timeline.questions[index]
    follow_ups = tuple(reel.timeline.follow_ups[one] for one in asked.follow_ups)
    got = {one.gap for one in follow_ups if one.closed}
    grades = [event.grade for event in (reel.events[place] for place in asked.grades) if isinstance(event, Graded)]
    return Judgement(
        number=index + 1,
        asked=asked,
        text=_question_text(reel, asked.question),
        opinions=_together([_opinion(reel, grade, got) for grade in grades]),
        follow_ups=follow_ups,
    )


def _together(opinions: list[Opinion]) -> tuple[Opinion, ...]:
    """Those who agree in every word, as one."""
    found: dict[Opinion, tuple[str, ...]] = {}
    for opinion in opinions:
        key = replace(opinion, who=())
        found[key] = (*found.get(key, ()), *opinion.who)
    return tuple(replace(opinion, who=who) for opinion, who in found.items())


def _question_text(reel: Reel, question_id: str) -> str:
    questions = (question for bank in reel.header.banks for question in bank.questions)
    return next((question.text for question in questions if question.id == question_id), question_id)


def _opinion(reel: Reel, grade: Grade, got: Set[str]) -> Opinion:
    rubric = next((one for one in reel.header.rubrics if one.id == grade.rubric), None)
    judged = [one for one in (_judged(rubric, rating) for rating in grade.ratings) if one is not None]
    judged.sort(key=lambda one: -one.share)
    people = {person.id: person.name for person in reel.header.persona.people}
    points = {
        point.id: point.point
        for bank in reel.header.banks
        for question in bank.questions
        if question.id == grade.question
        for point in question.key_points
    }
    return Opinion(
        who=(people.get(grade.person, grade.person),) if grade.person else (),
        status=grade.status,
        note=grade.note,
        judged=tuple(judged),
        unassessed=len(grade.ratings) - len(judged),
        missed=tuple(points[point] for point in grade.missed if point in points and f"point:{point}" not in got),
    )


def _judged(rubric: Rubric | None, rating: Rating) -> Judged | None:
    """None for what was not assessed, or under a rubric that the transcript does not have."""
    if rubric is None or not rating.assessed:
        return None
    criterion = next((one for one in rubric.criteria if one.id == rating.criterion), None)
    level = next((one for one in rubric.levels if one.id == rating.level), None)
    if criterion is None or level is None:
        return None
    return Judged(criterion.title, level.title, share_of(rubric, level.id), rating.reasoning, rating.evidence)
