"""How a file's references to other files are followed while it is checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, Protocol

from interviewer.library.near import nearest, suggestion
from interviewer.library.tree import Value

Kind = Literal["persona", "rubric", "questions"]
"""The kinds of files: a persona, a rubric, a bank of questions."""

NOUNS: Final[dict[Kind, str]] = {"persona": "persona", "rubric": "rubric", "questions": "question bank"}


class References(Protocol):
    """What is there to be referred to."""

    def find(self, kind: Kind, wanted: str) -> Value | None:
        """What the file with this id says; None if there is no such file.

        A file that is there but cannot be read is a Value that is not `there`.
        """

    def names(self, kind: Kind) -> Iterable[str]:
        """The ids of all files of a kind."""


class Nothing:
    """No other files at all."""

    def find(self, kind: Kind, wanted: str) -> Value | None:  # noqa: ARG002
        """None."""
        return None

    def names(self, kind: Kind) -> Iterable[str]:  # noqa: ARG002
        """Nothing."""
        return ()


def meant_name(references: References, kind: Kind, wanted: str | None) -> str | None:
    """`wanted` if it names something; if not, what it was probably meant to name; None if that is not clear.

    So a misspelt reference, which is reported as such, neither hides nor causes other faults.
    """
    if wanted is None or references.find(kind, wanted) is not None:
        return wanted
    return nearest(wanted, references.names(kind))


def meant(references: References, kind: Kind, wanted: str) -> Value | None:
    """What the file says that `wanted` names or was probably meant to name; None if it cannot be read."""
    name = meant_name(references, kind, wanted)
    found = references.find(kind, name) if name is not None else None
    return found if found is not None and found.there else None


def unknown(references: References, kind: Kind, wanted: str) -> str:
    """A sentence that helps when `wanted` names nothing of this kind."""
    return suggestion(wanted, references.names(kind), none=f"There is no {NOUNS[kind]} at all; write one.")
