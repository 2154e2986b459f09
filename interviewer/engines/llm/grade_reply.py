"""The grade that a reply of the right form makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from interviewer.grading.evidence import Said, citable, invented_quotes, numbered, resolve
from interviewer.grading.grader import GradingRequest, grade_for, ungraded
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Grade, Rating, Stamp
from interviewer.text import sanitise

LONGEST_REASONING = 900
"""Characters of reasons that are kept."""


def grade_of(
    request: GradingRequest, reply: Mapping[str, Any], stamp: Stamp, criterion: str | None = None
) -> tuple[Grade, str]:
    """The grade that a reply of the right form makes, and what its evidence lacks, in words for the model.

    Args:
        criterion: the one that was asked for, and then the grade rates no other.
    """
    if reply["status"] != "graded":
        return ungraded(request, reply["status"], "", stamp), ""
    said = numbered(request.exchanges)
    found = reply["ratings"] if criterion is None else {criterion: reply["rating"]}
    may_be_cited = citable(said)
    rated = [_rating(request.rubric, name, found[name], said, may_be_cited) for name in found]
    ratings = _RATINGS.validate_python([rating for rating, _ in rated])
    covered = {str(one).strip("` ") for one in reply["covered"]}
    grade = grade_for(request, "graded", stamp, ratings=ratings, covered=covered)
    return grade, " ".join(complaint for _, complaint in rated if complaint)


_RATINGS: Final = TypeAdapter(tuple[Rating, ...])
"""Makes all ratings of a reply at once: quicker than one after the other, with their evidence."""


def _rating(
    rubric: Rubric,
    criterion: str,
    found: Mapping[str, Any],
    said: Mapping[str, Said],
    may_be_cited: Mapping[str, Said],
) -> tuple[Mapping[str, Any], str]:
    """One rating, and what its evidence lacks.

    Above the lowest level it needs a sentence that may be cited, or it is not assessed.
    """
    evidence, wrong = resolve([str(one) for one in found["evidence"]], may_be_cited)
    reasoning = " ".join(sanitise(found["reasoning"]).split())[:LONGEST_REASONING]
    level = found["level"]
    complaint = ""
    if wrong:
        complaint = f"`{criterion}` cites {', '.join(wrong[:5])}; there are no such sentences."
    if invented := invented_quotes(reasoning, said):
        complaint += f" `{criterion}` quotes words that were not said: {invented[0]!r}."
        reasoning = "The reasons given quoted words that were not said, and are left out."
    if level not in {NOT_ASSESSED, rubric.levels[0].id} and not evidence:
        complaint += f" `{criterion}` is rated {level} without evidence."
        level = NOT_ASSESSED
    cited = [one.fields for one in evidence]
    return {"criterion": criterion, "evidence": cited, "reasoning": reasoning, "level": level}, complaint.strip()
