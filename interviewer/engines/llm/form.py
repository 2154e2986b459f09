"""What a raw reply holds, if it has the form that was asked for; and in words for the model what is wrong with it."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from interviewer.engines.offline.identical import Identical

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


async def ready() -> None:
    """Imports what `read` needs beside the loop: a tenth of a second in it would be felt as a key that sticks."""
    if "jsonschema" not in sys.modules:
        await asyncio.to_thread(importlib.import_module, "jsonschema")


def read(schema: Mapping[str, Any], text: str) -> tuple[Any, str]:
    """The data of a raw reply, and what is wrong with its form, in words for the model; empty if nothing is."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return None, f"The reply was not valid JSON: {error}"
    if _fitting(Identical(schema))(data):
        return data, ""
    from jsonschema.exceptions import best_match

    fault = best_match(_validator(Identical(schema)).iter_errors(data))
    if fault is None:
        return data, ""
    return data, f"At {'/'.join(str(part) for part in fault.path) or 'the top'}: {fault.message[:300]}"


@lru_cache(maxsize=64)
def _fitting(schema: Identical[Mapping[str, Any]]) -> Callable[[Any], bool]:
    return fitting(schema.value)


def fitting(schema: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Tells whether data plainly has the form: objects with exactly these keys, arrays, texts, choices of texts.

    Far quicker than a validator, which has the last word on whatever does not fit here. A schema that says anything
    else is left to it altogether.
    """
    match schema:
        case {"type": "object", "properties": properties, "required": required, "additionalProperties": False, **more}:
            parts = {key: fitting(part) for key, part in properties.items()}
            if not more and parts.keys() == set(required):
                return lambda data: (
                    isinstance(data, dict)
                    and data.keys() == parts.keys()
                    and all(fits(data[key]) for key, fits in parts.items())
                )
        case {"type": "array", "items": items, **more} if not more:
            each = fitting(items)
            return lambda data: isinstance(data, list) and all(map(each, data))
        case {"type": "string", "enum": choices, **more} if not more:
            return lambda data: isinstance(data, str) and data in choices
        case {"type": "string", **more} if not more:
            return lambda data: isinstance(data, str)
    return lambda _: False


@lru_cache(maxsize=64)
def _validator(schema: Identical[Mapping[str, Any]]) -> Validator:
    """Built once for each schema: building one takes far longer than using it."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema.value)
