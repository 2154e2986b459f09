"""The base of everything that is written by people or kept in a log: frozen, strict about unknown keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""A name that other files refer to: letters, digits, dot, underscore and hyphen, 64 characters at most."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
"""A short text: a title, a cue, a name."""

LONGEST_PROSE = 4000
"""Characters of one piece of prose."""

Prose = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_PROSE, strip_whitespace=True)]
"""One or a few paragraphs."""


class Document(BaseModel):
    """A value: cannot be changed after it is made, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def content_hash(self) -> str:
        """SHA-256 of the content, in hexadecimal: the same for equal values, whatever file they were read from."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()


class HasId(Protocol):
    """Anything that other parts refer to by its id."""

    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=HasId)


def named(items: Iterable[Named], wanted: str) -> Named:
    """The item whose id is `wanted`. Raises KeyError if there is none."""
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)
