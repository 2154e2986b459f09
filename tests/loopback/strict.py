"""What strict modes accept of a JSON Schema, and other checks that the protocols share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

ALLOWED = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf"}
    | {"$ref", "$defs", "description", "title"}
)
"""Keywords that both services accept. No bounds on lengths, numbers or items."""

_TYPES = frozenset({"object", "array", "string", "integer", "number", "boolean", "null"})
DEEPEST = 10
NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def complaint(schema: Any, every_required: bool) -> str | None:
    """What a strict mode would say against a schema; None if nothing.

    Args:
        schema: the schema as it came.
        every_required: whether every property must be required.
    """
    if not isinstance(schema, Mapping) or schema.get("type") != "object":
        return "schema must be a JSON Schema of 'type: \"object\"'"
    return _complaint(schema, (), every_required)


def _complaint(schema: Any, where: tuple[str, ...], every_required: bool) -> str | None:
    context = f"In context={where}"
    if not isinstance(schema, Mapping):
        return f"{context}, a schema must be an object"
    if len(where) > 2 * DEEPEST:
        return f"{context}, nested too deep"
    if unknown := set(schema) - ALLOWED:
        return f"{context}, {sorted(unknown)[0]!r} is not permitted"
    if not {"type", "anyOf", "$ref", "enum", "const"} & set(schema):
        return f"{context}, schema must have a 'type' key"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not set(kinds) <= _TYPES:
        return f"{context}, {kinds!r} is not a type"
    inner: list[tuple[Any, tuple[str, ...]]] = []
    if "object" in kinds:
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            return f"{context}, 'additionalProperties' is required to be supplied and to be false"
        required = schema.get("required", [])
        if every_required and set(required) != set(properties):
            return f"{context}, 'required' is required to be supplied and to be an array including every key"
        if not set(required) <= set(properties):
            return f"{context}, 'required' names a key that is no property"
        inner += [(value, (*where, "properties", name)) for name, value in properties.items()]
    if "array" in kinds:
        if "items" not in schema:
            return f"{context}, array schema missing items"
        inner.append((schema["items"], (*where, "items")))
    inner += [(each, (*where, "anyOf")) for each in schema.get("anyOf", [])]
    inner += [(each, (*where, "$defs", name)) for name, each in schema.get("$defs", {}).items()]
    if "enum" in schema and not (isinstance(schema["enum"], list) and 0 < len(schema["enum"]) <= 1000):
        return f"{context}, 'enum' must have 1 to 1000 values"
    return next((found for each, at in inner if (found := _complaint(each, at, every_required))), None)


def tokens(text: str) -> int:
    """About how many tokens a text has."""
    return (len(text) + 3) // 4


def pieces(text: str) -> list[str]:
    """The text as it streams."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]
