"""What a file says, before anything is known to be right: values with their place and their line.

Checks read through `Value`, which copes with whatever is there. So one misspelt key never hides
another fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from interviewer.library.faults import shown

Scalar: TypeAlias = str | int | float | bool | None
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file. A value that is used several times by alias is one node."""

    value: Scalar | list[Node] | dict[str, Node]
    line: int
    """Where it begins, counted from 1."""
    keys: dict[str, int] = field(default_factory=dict)
    """Of a mapping: the line of each key."""
    size: int = 1
    """How many values it stands for, aliases written out."""
    height: int = 1
    """How deep it goes, aliases written out."""


class Value:
    """A place in a file and what stands there, if anything does."""

    __slots__ = ("node", "path")

    def __init__(self, node: Node | None, path: Path = ()) -> None:
        self.node = node
        self.path = path

    @property
    def there(self) -> bool:
        """Whether the file has anything at this place."""
        return self.node is not None

    def at(self, *keys: str) -> Value:
        """The value under these keys, one within the other; one that is not there if any is missing."""
        node, path = self.node, self.path
        for key in keys:
            node = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
            path = (*path, key)
        return Value(node, path)

    def items(self) -> list[Value]:
        """The items of a list; none if it is not a list."""
        if self.node is None or not isinstance(self.node.value, list):
            return []
        return [Value(node, (*self.path, index)) for index, node in enumerate(self.node.value)]

    def entries(self) -> list[tuple[str, Value]]:
        """The keys and values of a mapping; none if it is not a mapping."""
        if self.node is None or not isinstance(self.node.value, dict):
            return []
        return [(key, Value(node, (*self.path, key))) for key, node in self.node.value.items()]

    def text(self) -> str | None:
        """The text, without surrounding blanks; None if it is not a text."""
        value = self.node.value if self.node is not None else None
        return value.strip() if isinstance(value, str) else None

    def number(self) -> float | None:
        """The number; None if it is not one."""
        value = self.node.value if self.node is not None else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def texts(self) -> list[tuple[str, Value]]:
        """Every item of a list that is a text, with its place."""
        return [(text, item) for item in self.items() if (text := item.text()) is not None]

    def walk(self) -> Iterator[Value]:
        """Every scalar at or below this place."""
        if self.node is None:
            return
        if isinstance(self.node.value, list):
            for item in self.items():
                yield from item.walk()
        elif isinstance(self.node.value, dict):
            for _, entry in self.entries():
                yield from entry.walk()
        else:
            yield self

    def plain(self) -> Any:
        """The same as dicts, lists and scalars. A value used several times by alias is one object."""
        return _plain(self.node, {}) if self.node is not None else None


def _plain(node: Node, made: dict[int, Any]) -> Any:
    value = node.value
    if not isinstance(value, list | dict):
        return value
    if id(node) not in made:
        if isinstance(value, list):
            made[id(node)] = [_plain(item, made) for item in value]
        else:
            made[id(node)] = {key: _plain(item, made) for key, item in value.items()}
    return made[id(node)]


def line_of(root: Node | None, path: Path) -> int:
    """The line of the value at `path`: that of its key, or of the item in a list.

    A place that is not there has the line of the nearest one above it that is.
    """
    if root is None:
        return 1
    node, line = root, root.line
    for step in path:
        if isinstance(step, str) and isinstance(node.value, dict) and step in node.value:
            node, line = node.value[step], node.keys[step]
        elif isinstance(step, int) and isinstance(node.value, list) and step < len(node.value):
            node = node.value[step]
            line = node.line
        else:
            break
    return line


def words_of(root: Node | None, path: Path) -> str:
    """`path` for people: items of a list by their id where they have one, else by number from 1."""
    words = ""
    node = root
    for step in path:
        below: Node | None = None
        if isinstance(step, int):
            if node is not None and isinstance(node.value, list) and step < len(node.value):
                below = node.value[step]
            name = Value(below).at("id").text()
            words += f"[{shown(name) if name else f'#{step + 1}'}]"
        else:
            if node is not None and isinstance(node.value, dict):
                below = node.value.get(step)
            words += f".{shown(step)}" if words else shown(step)
        node = below
    return words or "file"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place of a file; with the file's name and line it becomes a fault."""

    path: Path
    problem: str
    fix: str
