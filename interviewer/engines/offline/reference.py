"""How much of a reference answer is there, as a rating: for written answers that come with one.

The figure is that of `score.py`; its levels were drawn where they agreed best with people's grades on four sets of
short written answers (see `docs/agreement.md`). Rules know words, not whether what is said with them is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from interviewer.engines.offline.score import score
from interviewer.engines.offline.stems import content
from interviewer.grading.grader import Exchange, GradingRequest
from interviewer.rubric import NOT_ASSESSED, Check, Criterion
from interviewer.scorecard import Evidence, Rating
from interviewer.text import Sentence, sentences

CHECK: Final[Check] = "covers-reference"
"""What a criterion names to be judged so."""

BOUNDS: Final = (0.2, 0.3, 0.6)
"""Scores from which the second, third and fourth of four levels begin; other scales are divided in proportion."""

MOST_CITED: Final = 3

NO_REFERENCE: Final = "There is no reference answer to hold this against."


def by_reference(criterion: Criterion, request: GradingRequest, answered: Sequence[Exchange]) -> Rating:
    """Rates one criterion by how much of the question's reference answer was said. Without one it is not assessed."""
    question = request.question
    if not question.reference:
        return Rating(criterion=criterion.id, reasoning=NO_REFERENCE, level=NOT_ASSESSED)
    value = score(question.text, "\n".join(exchange.answer for exchange in answered), question.reference)
    cited = _cited(question.text, question.reference, answered)
    ordered = sorted(request.rubric.levels, key=lambda level: level.value)
    level = ordered[_place(value, len(ordered)) if cited else 0]
    return Rating(
        criterion=criterion.id,
        evidence=tuple(cited) if level.id != ordered[0].id else (),
        reasoning=_told(value, bool(cited)),
        level=level.id,
    )


def _place(value: float, levels: int) -> int:
    """Which of so many levels a score is, from 0."""
    bounds = (0.0, *BOUNDS, 1.0)
    part = next(place for place in range(len(BOUNDS) + 1) if value < bounds[place + 1] or place == len(BOUNDS))
    within = min(1.0, (value - bounds[part]) / (bounds[part + 1] - bounds[part]))
    return min(levels - 1, int((part + within * 0.999) / (len(BOUNDS) + 1) * levels))


def _cited(question: str, reference: str, answered: Sequence[Exchange]) -> list[Evidence]:
    """The sentences that hold most of the reference's words, in the order in which they were said."""
    wanted = (content(reference) - content(question)) or content(reference)
    found: list[tuple[int, Exchange, Sentence]] = []
    for exchange in answered:
        found += [(len(content(one.text) & wanted), exchange, one) for one in sentences(exchange.answer)]
    best = sorted((one for one in found if one[0]), key=lambda one: -one[0])[:MOST_CITED]
    best.sort(key=lambda one: (one[1].event, one[2].number))
    return [
        Evidence(event=exchange.event, sentence=one.number, start=one.start, end=one.end, quote=one.text)
        for _, exchange, one in best
    ]


def _told(value: float, cited: bool) -> str:
    if not cited:
        return "Nothing of the reference answer was found, by its words."
    much = "Most" if value >= 0.75 else "Much" if value >= BOUNDS[2] else "Some" if value >= BOUNDS[1] else "Little"
    return f"{much} of the reference answer was found, by its words."
