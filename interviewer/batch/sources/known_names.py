"""The names by which columns are recognised: what a role is usually called, and how grades of people are named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from interviewer.batch.row import OVERALL

Role = Literal["answer", "id", "question", "question_id", "reference", "scale"]
"""What a column is for, human grades aside."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)

NAMES: Final[Mapping[Role, tuple[str, ...]]] = {
    "answer": (
        *("answer", "answer text", "response", "response text", "student answer", "candidate answer"),
        *("student response", "candidate response", "written answer", "answers", "responses", "reply"),
        *("submission", "essay", "full text", "antwort", "réponse", "respuesta", "text", "content", "body"),
    ),
    "id": (
        *("id", "answer id", "response id", "submission id", "record id", "row id", "uid", "uuid"),
        *("candidate id", "student id", "participant id", "respondent id", "user id"),
        *("candidate", "student", "participant", "email", "name", "file"),
    ),
    "question": (*("question", "question text", "prompt", "prompt text", "task", "item text", "frage", "pregunta"),),
    "question_id": (
        *("question id", "question number", "question no", "question nr", "qid", "prompt id", "item id", "task id"),
        *("item", "group", "essay set"),
    ),
    "reference": (
        *("reference", "reference answer", "model answer", "ideal answer", "desired answer", "expected answer"),
        *("sample answer", "sample solution", "correct answer", "gold answer", "expected", "solution"),
    ),
    "scale": ("scale", "score range", "grade range"),
}
"""Role -> names, the surest first. Written with blanks; read alike with `_`, `-`, `.` or in camel case."""

_MEANS: Final = frozenset(("human mean", "mean score", "average score", "score avg", "score mean"))
_OVERALL_NAMES: Final = _MEANS | {
    *("gold", "gold score", "gold grade", "gold overall", "human", "human score", "human grade", "human overall"),
    *("score", "grade", "mark", "marks", "points", "rating", "overall", "total score", "final score", "final grade"),
}
_PREFIXED: Final = re.compile(r"(?:gold|human|score)[ :]+(?P<criterion>\S.*)")
_RATER: Final = re.compile(
    r"(?P<rest>.+?) ?(?:rater |grader |judge |by )?(?P<rater>\d{1,2})|(?P<other>score (?:me|other))"
)
_RATER_ALONE: Final = re.compile(r"(?:rater|grader|judge|annotator) ?(?P<rater>\d{1,2})(?: (?:score|grade))?")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN: Final = re.compile(r"[\s_.\-]+")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a column with human grades is called by its name."""

    criterion: str
    """Criterion id, or `overall`."""
    rater: str = ""
    """What tells several raters apart; empty if the name does not."""
    mean: bool = False
    """The name says that it is the mean of several raters."""


def plain(name: str) -> str:
    """A name as it is compared: `studentAnswer`, `Student_Answer` and `student answer` are one."""
    return _BETWEEN.sub(" ", _CAMEL.sub(" ", name)).strip().casefold()


_ROLE_OF: Final = {plain(name): (role, rank) for role in ROLES for rank, name in enumerate(NAMES[role])}


def role_of(name: str) -> tuple[Role, int] | None:
    """The role that a name stands for and how sure it is, 0 being the surest."""
    return _ROLE_OF.get(plain(name))


def gold_of(name: str) -> Gold | None:
    """What a name says about human grades; None if it is no such name.

    `score`, `human mean`: overall. `score 1`, `human_2`, `rater 2`: overall, by one of several raters.
    `gold_depth`, `human:depth`, `score depth`: of the criterion `depth`; with a number after it: by one of several.
    Ids of criteria are taken in small letters and with hyphens.
    """
    said = plain(name)
    if said in _ROLE_OF:
        return None
    if said in _OVERALL_NAMES:
        return Gold(OVERALL, mean=said in _MEANS)
    if (alone := _RATER_ALONE.fullmatch(said)) is not None:
        return Gold(OVERALL, alone["rater"])
    rater = ""
    if (numbered := _RATER.fullmatch(said)) is not None:
        if numbered["other"]:
            return Gold(OVERALL, numbered["other"])
        said, rater = numbered["rest"], numbered["rater"]
        if said in _OVERALL_NAMES:
            return Gold(OVERALL, rater)
    if (prefixed := _PREFIXED.fullmatch(said)) is None:
        return None
    return Gold(prefixed["criterion"].strip().replace(" ", "-"), rater)


def is_known(name: str) -> bool:
    """Whether a cell of the first line reads like the name of a column."""
    return len(name) <= 60 and (role_of(name) is not None or gold_of(name) is not None)
