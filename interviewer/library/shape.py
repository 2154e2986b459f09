"""Whether a file has the shape of its kind: pydantic decides, and its errors are put in plain sentences."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from interviewer.document import Document
from interviewer.library.faults import shown
from interviewer.library.near import listed, nearest
from interviewer.library.tree import Finding, Path, Value

Kind = TypeVar("Kind", bound=Document)
_Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Shape(Generic[Kind]):
    """What validation made of a file: a document, or findings that say why there is none."""

    document: Kind | None
    findings: tuple[Finding, ...]


def shape_of(model: type[Kind], top: Value) -> Shape[Kind]:
    """Validates what a file says as a `model`. Never raises."""
    # By way of JSON, because strict mode then takes lists as tuples and still refuses "3" for 3.
    text = json.dumps(top.plain())
    try:
        return Shape(model.model_validate_json(text, strict=True), ())
    except ValidationError as error:
        details = error.errors(include_url=False)
    schema = _schema(model)
    meant = _meant_keys(details, schema)
    findings: list[Finding] = []
    for detail in details:
        place = tuple(step for step in detail["loc"] if step != "[key]")
        if detail["type"] == "missing" and (place[:-1], place[-1]) in meant.values():
            continue  # the misspelt key beside it is the one fault to report
        if (said := _said(dict(detail), place, schema, meant)) is not None:
            findings.append(said)
    if not findings:  # what was left out repeats something else, so this is out of caution
        findings.append(Finding((), "the file does not have the right shape", "Compare it with the JSON Schema."))
    return Shape(None, tuple(findings))


def _meant_keys(details: list[Any], schema: _Schema) -> dict[Path, tuple[Path, str]]:
    """For every unknown key that looks like one that is missing beside it: which one that is."""
    missing: dict[Path, list[str]] = {}
    for detail in details:
        if detail["type"] == "missing":
            missing.setdefault(tuple(detail["loc"][:-1]), []).append(str(detail["loc"][-1]))
    meant: dict[Path, tuple[Path, str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *above, key = detail["loc"]
            free = missing.get(tuple(above), [])
            known = [*_keys(schema, tuple(above))]
            guess = nearest(str(key), known)
            if guess in free:
                free.remove(guess)
                meant[tuple(detail["loc"])] = (tuple(above), guess)
    return meant


def _said(detail: dict[str, Any], place: Path, schema: _Schema, meant: dict[Path, tuple[Path, str]]) -> Finding | None:
    """One error in plain words; None if it only repeats another."""
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    if kind == "missing":
        return Finding(place[:-1], f"the key `{place[-1]}` is missing", _add(schema, place))
    if kind == "extra_forbidden":
        return Finding(place, f"unknown key `{shown(place[-1])}`", _unknown_key(place, schema, meant))
    if kind in {"too_short", "too_long"}:
        return _wrong_count(place, kind, len(value) if isinstance(value, list | dict) else 0, context)
    if kind == "literal_error":
        allowed = _allowed(schema, place, is_key=detail["loc"][-1] == "[key]")
        problem = f"{_value(value)} is not one of the values allowed here"
        guess = nearest(value, allowed) if isinstance(value, str) else None
        either = f"Did you mean `{guess}`? " if guess else ""
        return Finding(place, problem, f"{either}Allowed: {listed(allowed)}.")
    if value is None and kind in _WRONG_TYPE:
        return Finding(place, "there is no value here", f"Write {_WRONG_TYPE[kind][0]}, or remove the key.")
    if kind in _WRONG_TYPE:
        wanted, fix = _WRONG_TYPE[kind]
        return Finding(place, f"{_value(value)} stands where {wanted} should be", fix)
    if kind in _OUT_OF_RANGE:
        problem, fix = _OUT_OF_RANGE[kind](value, context)
        return Finding(place, problem, fix)
    return Finding(place, f"{_value(value)} is refused: {detail['msg'].lower()}", "Correct the value.")


def _unknown_key(place: Path, schema: _Schema, meant: dict[Path, tuple[Path, str]]) -> str:
    keys = _keys(schema, place[:-1])
    guess = meant[place][1] if place in meant else nearest(str(place[-1]), keys)
    if guess:
        return f"Did you mean `{guess}`?"
    return f"Remove it, or use one of {', '.join(f'`{key}`' for key in keys)}." if keys else "Remove it."


def _wrong_count(place: Path, kind: str, count: int, context: Mapping[str, Any]) -> Finding | None:
    """Pydantic counts the valid items only, so the items of the file are counted again."""
    if kind == "too_short":
        least = context["min_length"]
        if count >= least:
            return None
        return Finding(place, f"has {_items(count)}, and at least {least} are needed", "Add what is missing.")
    most = context["max_length"]
    return Finding(place, f"has {_items(max(count, most + 1))}, and at most {most} are allowed", "Remove some.")


def _items(count: int) -> str:
    return {0: "no items", 1: "1 item"}.get(count, f"{count} items")


def _value(value: object) -> str:
    """A wrong value as a message names it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f"the text `{shown(value)}`" if value.strip() else "an empty text"
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    return "a list" if isinstance(value, list) else "a mapping"


_WRONG_TYPE: dict[str, tuple[str, str]] = {
    "string_type": ("a text", "Write a text; put it in quotes if it looks like a number."),
    "int_type": ("a whole number", "Write a whole number without quotes."),
    "int_from_float": ("a whole number", "Write a whole number."),
    "float_type": ("a number", "Write a number without quotes."),
    "bool_type": ("`true` or `false`", "Write `true` or `false` without quotes."),
    "tuple_type": ("a list", "Write a list: one item a line, each beginning with `- `."),
    "dict_type": ("a mapping", "Write keys with their values: `key: value`, one a line."),
    "model_type": ("a mapping", "Write keys with their values: `key: value`, one a line."),
}

_Sentence = tuple[str, str]
_OUT_OF_RANGE: dict[str, Callable[[Any, Mapping[str, Any]], _Sentence]] = {
    "greater_than": lambda v, c: (f"{shown(v)} is too small", f"It must be more than {c['gt']:g}."),
    "greater_than_equal": lambda v, c: (f"{shown(v)} is too small", f"It must be {c['ge']:g} or more."),
    "less_than": lambda v, c: (f"{shown(v)} is too large", f"It must be less than {c['lt']:g}."),
    "less_than_equal": lambda v, c: (f"{shown(v)} is too large", f"It must be {c['le']:g} or less."),
    "string_too_short": lambda v, c: ("the text is empty", "Write something, or remove it."),  # noqa: ARG005
    "string_too_long": lambda v, c: (
        f"the text has {len(v)} characters",
        f"Shorten it to {c['max_length']} or fewer.",
    ),
    "string_pattern_mismatch": lambda v, c: (  # noqa: ARG005
        f"`{shown(v)}` is not a valid id",
        "Use letters, digits, dot, underscore and hyphen, 64 at most, beginning with a letter or digit.",
    ),
}


@functools.cache
def _schema(model: type[Document]) -> _Schema:
    return model.model_json_schema(by_alias=True)


def _resolved(root: _Schema, schema: Any) -> _Schema:
    """The schema itself, where it is only pointed at or is one of it and null."""
    for _ in range(4):
        if "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in schema:
            schema = next((s for s in schema["anyOf"] if s.get("type") != "null"), {})
    found: _Schema = schema
    return found


def _schema_at(root: _Schema, place: Path) -> _Schema:
    """What is allowed at a place; empty if nothing is known to be."""
    here = _resolved(root, root)
    for step in place:
        if isinstance(step, int):
            below: Any = here.get("items", {})
        else:
            by_pattern = next(iter(here.get("patternProperties", {}).values()), None)
            below = here.get("properties", {}).get(step) or by_pattern or here.get("additionalProperties")
        here = _resolved(root, below) if isinstance(below, dict) else {}
    return here


def _keys(root: _Schema, place: Path) -> list[str]:
    return list(_schema_at(root, place).get("properties", {}))


def _allowed(root: _Schema, place: Path, *, is_key: bool) -> list[str]:
    here = _schema_at(root, place[:-1]).get("propertyNames", {}) if is_key else _schema_at(root, place)
    here = _resolved(root, here)
    return [str(value) for value in here.get("enum", [here["const"]] if "const" in here else [])]


def _add(root: _Schema, place: Path) -> str:
    """How to put in a key that is missing; its description where the format gives one."""
    above = _schema_at(root, place[:-1])
    about = str(above.get("properties", {}).get(place[-1], {}).get("description", "")).rstrip(".")
    return f"Add `{place[-1]}:` ({about})." if about else f"Add `{place[-1]}:`."
