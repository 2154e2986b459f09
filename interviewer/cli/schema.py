"""`interviewer schema KIND`: the JSON Schema of what people write, for editors and other programs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from interviewer.cli.page import write_json

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("kind", choices=sorted(SCHEMAS), help="what kind of file")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; always 0."""
    write_json(SCHEMAS[arguments.kind]())
    return 0


def schema_of(model: type[BaseModel], kind: str, title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a model as it is written in files."""
    body = model.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": DIALECT, "$id": f"urn:interviewer:schema:{kind}", **body, "title": title}


def _persona() -> dict[str, Any]:
    from interviewer.persona import Persona

    return schema_of(Persona, "persona", "Persona")


def _rubric() -> dict[str, Any]:
    from interviewer.rubric import Rubric

    return schema_of(Rubric, "rubric", "Rubric")


def _questions() -> dict[str, Any]:
    from interviewer.question import LEAST_GAPS, LEAST_KEY_POINTS, QuestionBank

    schema = schema_of(QuestionBank, "questions", "Question bank")
    question = schema["$defs"]["Question"]  # in a bank, more is demanded than of a question that was asked elsewhere
    for key, least in (("key_points", LEAST_KEY_POINTS), ("gaps", LEAST_GAPS)):
        question["properties"][key]["minItems"] = least
        question["properties"][key].pop("default", None)
        question["required"].append(key)
    return schema


def _scorecard() -> dict[str, Any]:
    from interviewer.scorecard import Scorecard

    return schema_of(Scorecard, "scorecard", "Scorecard")


def _transcript() -> dict[str, Any]:
    """One line of a transcript: the header or an event."""
    from pydantic import TypeAdapter

    from interviewer.transcript.events import Event, Header

    line: TypeAdapter[Any] = TypeAdapter(Header | Event)
    body = line.json_schema(by_alias=True, mode="validation")
    return {"$schema": DIALECT, "$id": "urn:interviewer:schema:transcript", **body, "title": "A line of a transcript"}


SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "persona": _persona,
    "rubric": _rubric,
    "questions": _questions,
    "transcript": _transcript,
    "scorecard": _scorecard,
}
"""Kind of file -> what makes its schema; imports what it needs when it is called."""
