"""A file that somebody wrote, with all that can be said about it: its kind, its document, its faults."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from interviewer.document import Document
from interviewer.library.faults import Fault, shown
from interviewer.library.near import nearest
from interviewer.library.references import Kind, References
from interviewer.library.rules import ADVICE, RULES, Rule
from interviewer.library.shape import Shape, shape_of
from interviewer.library.source import Source
from interviewer.library.tree import Finding, Value
from interviewer.persona import Persona
from interviewer.question import QuestionBank
from interviewer.rubric import Rubric

MODELS: Final[Mapping[Kind, type[Document]]] = {
    "persona": Persona,
    "rubric": Rubric,
    "questions": QuestionBank,
}
"""What each kind of file becomes."""

_TELLING: Final[Mapping[str, Kind]] = {
    "criteria": "rubric",
    "questions": "questions",
    "people": "persona",
    "plan": "persona",
}
"""Keys at the top of a file that tell its kind."""


def kind_of(top: Value) -> Kind | None:
    """The kind of a file by its content; None if nothing in it tells."""
    keys = [key for key, _ in top.entries()]
    for key, kind in _TELLING.items():
        if key in keys:
            return kind
    for key in keys:  # misspelt, perhaps
        if (near := nearest(key, _TELLING)) is not None:
            return _TELLING[near]
    return None


class DocumentFile:
    """One file as it was read. Judging it never raises; what is wrong with it are its faults."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.top = source.top
        self.kind = kind_of(source.top)

    @property
    def id(self) -> str | None:
        """The id that it gives itself; None if there is none to be read."""
        return self.top.at("id").text() or None

    @property
    def title(self) -> str | None:
        """Its title; None if there is none to be read."""
        return self.top.at("title").text() or None

    @functools.cached_property
    def shape(self) -> Shape[Document]:
        """What validation makes of it."""
        if self.kind is None:
            return Shape(None, (self._no_kind(),) if self.top.there else ())
        return shape_of(MODELS[self.kind], self.top)

    def faults(self, references: References) -> tuple[Fault, ...]:
        """All that is wrong with it, in the order of its lines; nothing if it can be used."""
        found = {self.source.fault(finding) for finding in self.shape.findings}
        return tuple(sorted(found.union(self.source.faults, self._broken(RULES, references))))

    def advice(self, references: References) -> tuple[Fault, ...]:
        """What could be better and keeps nobody from using it, in the order of its lines."""
        return tuple(sorted(self._broken(ADVICE, references)))

    def _broken(self, rules: Mapping[Kind, tuple[Rule, ...]], references: References) -> set[Fault]:
        of_kind = rules[self.kind] if self.kind is not None else ()
        return {self.source.fault(finding) for rule in of_kind for finding in rule(self.top, references)}

    def _no_kind(self) -> Finding:
        keys = ", ".join(f"`{shown(key)}`" for key, _ in self.top.entries()[:5])
        has = f"it has {keys}" if keys else "it is not a mapping"
        problem = f"this is neither a persona, a rubric nor a question bank: {has}"
        return Finding((), problem, "A persona has `people` and `plan`, a rubric `criteria`, a bank `questions`.")
