"""The form of a grade, made from the rubric alone.

An object with one required key for each criterion: a model cannot skip, add or rename one. Within it the
evidence comes first, then the reasons, then the level, so that the level is said last and rests on what
was cited. The same rubric always gives the same schema; providers compile and cache it.
"""

from __future__ import annotations

from typing import Any

from interviewer.rubric import NOT_ASSESSED, Rubric

GRADE_SCHEMA = 1
"""Version of the form."""

STATUSES = ("graded", "no-attempt", "off-topic")
"""What a model may say of a whole answer. Blank, repeated and the like are found in code before it is asked."""


def grade_schema(rubric: Rubric) -> dict[str, Any]:
    """The JSON Schema of a grade under this rubric, within what strict modes accept.

    `covered` names key points of the question. They are free strings here, so that the schema does not
    change from question to question, and are checked in code.
    """
    return _answer_of(ratings=strict_object(**{one.id: _rating(rubric) for one in rubric.criteria}))


def criterion_schema(rubric: Rubric) -> dict[str, Any]:
    """The JSON Schema of a grade that rates one criterion of this rubric.

    It does not name the criterion: providers cache a prompt together with the schema, so a schema for each criterion
    would have the whole rubric paid for again with every call.
    """
    return _answer_of(rating=_rating(rubric))


def _answer_of(**rated: Any) -> dict[str, Any]:
    return strict_object(
        status={"type": "string", "enum": list(STATUSES)},
        covered={"type": "array", "items": {"type": "string"}},
        **rated,
    )


def _rating(rubric: Rubric) -> dict[str, Any]:
    return strict_object(
        evidence={"type": "array", "items": {"type": "string"}},
        reasoning={"type": "string"},
        level={"type": "string", "enum": [*(level.id for level in rubric.levels), NOT_ASSESSED]},
    )


def strict_object(**properties: Any) -> dict[str, Any]:
    """An object in which every property is required and no other is allowed, as strict modes demand."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
