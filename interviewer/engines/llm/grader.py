"""The grader as a language model: stateless, one call for an answer thread and rubric, checked in code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from interviewer.engines.llm import VERSION
from interviewer.engines.llm.prompts import load_prompt
from interviewer.engines.offline.grader import grade as grade_offline
from interviewer.grading.evidence import invented_quotes, numbered, resolve
from interviewer.grading.grader import GradingRequest, ungraded
from interviewer.grading.schema import GRADE_SCHEMA, grade_schema
from interviewer.providers.chat import ChatModel, ChatRequest, Message, ProviderError, Schema
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import Evidence, Grade, Rating, Stamp
from interviewer.text import fence, sanitise

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

MOST_TOKENS = 2500
"""Limit of a grade; doubled once if a reply was cut off by it."""

LONGEST_REASONING = 900
"""Characters of reasons that are kept."""


class LanguageModelGrader:
    """Grades with a language model.

    Args:
        model: judges; a strong one.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def stamp(self) -> Stamp:
        versions = f"grade {load_prompt('grade').version}, case {load_prompt('case').version}"
        return Stamp(
            engine=self._model.provider,
            engine_version=VERSION,
            model=self._model.model,
            prompt_version=versions,
            grade_schema=GRADE_SCHEMA,
            calibration="not calibrated",
        )

    async def grade(self, request: GradingRequest) -> Grade:
        """Rates one thread; what cannot be rated is a status, never a number."""
        heard = grade_offline(request, self.stamp)
        if heard.status != "graded":  # blank, repeated, a list of keywords: found by rule, and no call is spent
            return heard
        complaint, most_tokens = "", MOST_TOKENS
        for _ in range(2):
            try:
                reply = await self._model.complete(grade_request(request, complaint, most_tokens))
            except ProviderError as error:
                return ungraded(request, "failed", str(error), self.stamp)
            if reply.stop == "refused":
                return ungraded(request, "refused", reply.refusal or "The model declined to grade this.", self.stamp)
            if reply.stop == "truncated":
                complaint, most_tokens = "Your reply was cut off. Keep the reasons short.", 2 * MOST_TOKENS
                continue
            faults = _faults(request.rubric, reply.text)
            if not faults:
                grade, complaint = _grade(request, json.loads(reply.text), self.stamp)
                if not complaint:
                    return grade
                repaired = await self._repaired(request, complaint)
                return repaired or grade
            complaint = faults
        return ungraded(request, "failed", f"The model's reply could not be used: {complaint}", self.stamp)

    async def _repaired(self, request: GradingRequest, complaint: str) -> Grade | None:
        """A second try after evidence that does not hold; None if it is no better in form."""
        try:
            reply = await self._model.complete(grade_request(request, complaint, MOST_TOKENS))
        except ProviderError:
            return None
        if reply.stop != "complete" or _faults(request.rubric, reply.text):
            return None
        return _grade(request, json.loads(reply.text), self.stamp)[0]


def grade_request(request: GradingRequest, complaint: str = "", most_tokens: int = MOST_TOKENS) -> ChatRequest:
    """The call for one grade: the rubric first and the same for every answer, the answer last."""
    rubric = request.rubric
    question = request.question
    available = numbered(request.exchanges)
    blocks: list[str] = []
    for place, exchange in enumerate(request.exchanges, 1):
        asked = exchange.asked if place > 1 else question.text
        lines = [f"[{number}] {one.quote}" for number, one in available.items() if number.split(".")[0] == str(place)]
        blocks.append(f"Asked: {asked}\n" + fence("answer", "\n".join(lines)))
    case = load_prompt("case").fill(
        {
            "question": question.text,
            "points": "\n".join(f"- `{point.id}`: {point.point}" for point in question.key_points),
            "reference": f"\n# A reference answer\n{question.reference}\n" if question.reference else "",
            "answer": "\n\n".join(blocks),
            "complaint": f"\n# Your last reply could not be used\n{complaint}\n" if complaint else "",
        }
    )
    return ChatRequest(
        stable=_rubric_part(rubric),
        varying="",
        messages=(Message("user", case),),
        schema=Schema(f"grade_{rubric.id}".replace("-", "_").replace(".", "_")[:64], grade_schema(rubric)),
        most_tokens=most_tokens,
        cache_key=f"grade:{rubric.id}:{rubric.version}",
    )


def _rubric_part(rubric: Rubric) -> str:
    return load_prompt("grade").fill(
        {
            "title": rubric.title,
            "about": rubric.about,
            "levels": ", ".join(f"`{level.id}` ({level.title})" for level in rubric.levels),
            "criteria": "\n\n".join(
                f"## `{one.id}`: {one.title}\n{one.asks}\n"
                + "\n".join(f"- `{level.id}`: {one.anchors[level.id]}" for level in rubric.levels)
                for one in rubric.criteria
            ),
        }
    )


def _faults(rubric: Rubric, text: str) -> str:
    """What is wrong with the raw reply, in words for the model; empty if nothing is."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"The reply was not valid JSON: {error}"
    from jsonschema.exceptions import best_match

    fault = best_match(_validator(json.dumps(grade_schema(rubric))).iter_errors(data))
    return f"At {'/'.join(str(part) for part in fault.path) or 'the top'}: {fault.message[:300]}" if fault else ""


@lru_cache(maxsize=64)
def _validator(schema: str) -> Validator:
    """Built once for each schema: building one takes far longer than using it."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema))


def _grade(request: GradingRequest, reply: Mapping[str, Any], stamp: Stamp) -> tuple[Grade, str]:
    """The grade that a reply of the right form makes, and what its evidence lacks, in words for the model."""
    if reply["status"] != "graded":
        return ungraded(request, reply["status"], "", stamp), ""
    available = numbered(request.exchanges)
    complaints: list[str] = []
    ratings: list[Rating] = []
    for criterion in request.rubric.criteria:
        rating, complaint = _rating(request.rubric, criterion.id, reply["ratings"][criterion.id], available)
        ratings.append(rating)
        complaints += [complaint] if complaint else []
    points = [point.id for point in request.question.key_points]
    covered = tuple(point for point in points if point in {str(one).strip("` ") for one in reply["covered"]})
    grade = Grade(
        thread=request.thread,
        question=request.question.id,
        rubric=request.rubric.id,
        rubric_version=request.rubric.version,
        person=request.person.id if request.person else None,
        status="graded",
        ratings=tuple(ratings),
        covered=covered,
        missed=tuple(point for point in points if point not in covered),
        stamp=stamp,
    )
    return grade, " ".join(complaints)


def _rating(
    rubric: Rubric, criterion: str, found: Mapping[str, Any], available: Mapping[str, Evidence]
) -> tuple[Rating, str]:
    """One rating. Above the lowest level it needs a sentence that is there, or it is not assessed."""
    evidence, wrong = resolve([str(one) for one in found["evidence"]], available)
    reasoning = " ".join(sanitise(found["reasoning"]).split())[:LONGEST_REASONING]
    level = found["level"]
    complaint = ""
    if wrong:
        complaint = f"`{criterion}` cites {', '.join(wrong[:5])}; there are no such sentences."
    if invented := invented_quotes(reasoning, available):
        complaint += f" `{criterion}` quotes words that were not said: {invented[0]!r}."
    if level not in {NOT_ASSESSED, rubric.levels[0].id} and not evidence:
        complaint += f" `{criterion}` is rated {level} without evidence."
        level = NOT_ASSESSED
    if invented_quotes(reasoning, available):
        reasoning = "The reasons given quoted words that were not said, and are left out."
    return Rating(criterion=criterion, evidence=evidence, reasoning=reasoning, level=level), complaint.strip()
