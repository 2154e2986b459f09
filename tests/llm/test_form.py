"""The form of a reply: a quick look and a validator say the same, and what is wrong is said in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from interviewer.engines.llm.form import fitting, read
from interviewer.grading.schema import strict_object

RATING = strict_object(
    evidence={"type": "array", "items": {"type": "string"}},
    level={"type": "string", "enum": ["weak", "strong"]},
)
FORM = strict_object(status={"type": "string"}, ratings=strict_object(depth=RATING))


def reply(evidence: Any = ("1.1",), level: Any = "strong", **more: Any) -> dict[str, Any]:
    given = list(evidence) if isinstance(evidence, tuple) else evidence
    return {"status": "graded", "ratings": {"depth": {"evidence": given, "level": level}}} | more


@pytest.mark.parametrize(
    "data",
    [
        reply(),
        reply(evidence=()),
        reply(evidence=("1.1", 2)),
        reply(evidence="1.1"),
        reply(level="splendid"),
        reply(level=None),
        reply(status=1),
        reply(status=["graded"]),
        reply(ratings={}),
        reply(ratings=[]),
        reply(extra="x"),
        {"status": "graded"},
        {},
        [],
        "graded",
        None,
    ],
)
def test_the_quick_look_agrees_with_the_validator(data: Any) -> None:
    right = Draft202012Validator(FORM).is_valid(data)
    assert fitting(FORM)(data) == right
    assert (read(FORM, json.dumps(data))[1] == "") == right


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 3},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
        {"type": "object", "properties": {}, "required": []},
        {"type": ["string", "null"]},
        {"anyOf": [{"type": "string"}]},
        strict_object(number={"type": "integer"}),
    ],
)
@pytest.mark.parametrize("data", ["ab", "abc", [], ["a"], {}, {"number": 1}, None])
def test_what_the_quick_look_does_not_know_is_left_to_the_validator(schema: dict[str, Any], data: Any) -> None:
    assert not fitting(schema)(data)
    assert (read(schema, json.dumps(data))[1] == "") == Draft202012Validator(schema).is_valid(data)


def test_what_is_wrong_is_said_with_its_place() -> None:
    assert read(FORM, json.dumps(reply(level="splendid")))[1].startswith("At ratings/depth/level: 'splendid'")
    assert read(FORM, "{")[1].startswith("The reply was not valid JSON")
