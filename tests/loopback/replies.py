"""What the model says by default: the smallest thing that fits the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.loopback.asked import Asked


def minimal(schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """A minimal instance of a schema within what strict modes accept; texts are a few words."""
    root = schema if root is None else root
    if "$ref" in schema:
        found: Any = root
        for step in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found[step]
        return minimal(found, root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return minimal(schema["anyOf"][0], root)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        return {name: minimal(inner, root) for name, inner in schema.get("properties", {}).items()}
    plain: dict[Any, Any] = {"array": [], "string": "a few words", "integer": 1, "number": 1.0, "boolean": True}
    return plain.get(kind)


def minimal_reply(asked: Asked) -> str:
    """The smallest reply that fits what was asked."""
    if asked.schema is None:
        return "A plain reply."
    return json.dumps(minimal(asked.schema), ensure_ascii=False)
