"""The personas, question banks and rubrics of a library that can be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from interviewer.document import Document
from interviewer.library import Library, LibraryError
from interviewer.progress.plan import Material

_Wanted = TypeVar("_Wanted", bound=Document)


def material(library: Library) -> Material:
    """Everything that can be used; what is broken is passed over, since the home screen and `check` tell of it."""
    personas = _usable(library.names("persona"), library.persona)
    banks = {bank for persona in personas.values() for segment in persona.plan for bank in segment.banks}
    return Material(
        personas=tuple(personas.values()),
        banks=_usable(sorted(banks), library.bank),
        rubrics=_usable(library.names("rubric"), library.rubric),
    )


def _usable(names: list[str], load: Callable[[str], _Wanted]) -> dict[str, _Wanted]:
    found: dict[str, _Wanted] = {}
    for name in names:
        try:
            found[name] = load(name)
        except LibraryError:
            continue
    return found
