"""Reads the items of YAML lists one after the other, from a text that need not fit into memory.

Stands on the events of PyYAML's parser and never on its constructor, so a file can make texts, lists and mappings and
nothing else. Every scalar is the text that was written, so `no` is an answer; only a plain `null` or `~` is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TextIO

from interviewer.batch.sources.decoding import UNDECODED
from interviewer.batch.sources.options import SourceError
from interviewer.text import one_line

if TYPE_CHECKING:
    import yaml

LARGEST: Final = 200 * 1024 * 1024
"""Characters of a YAML file, at most: it is read at a small part of the speed of JSON Lines."""
DEEPEST: Final = 32
"""Lists and mappings within one another, at most."""

_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
_REFUSED: Final = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that a YAML parser stops at, and byte order marks."""


def lists(file: TextIO, name: str) -> Iterator[tuple[str | None, Iterator[tuple[int, object]]]]:
    """The lists of a YAML file: itself, or those that are values of its mapping. Reads to its end.

    Raises:
        SourceError: it is no YAML, or holds what a file of answers has no need of; the message says the line.
    """
    return _YamlText(file, name).lists()


class _Clean:
    """A text file as the parser may read it."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file, self._name = file, name
        self._line, self._size = 1, 0

    def read(self, size: int = -1) -> str:
        text = self._file.read(size)
        self._size += len(text)
        if self._size > LARGEST:
            raise SourceError(
                f"{self._name} has more than {LARGEST // 1024**2} million characters. Write it as JSON Lines."
            )
        if (bad := UNDECODED.search(text)) is not None:
            line = self._line + text.count("\n", 0, bad.start())
            raise SourceError(
                f"{self._name}, line {line}: here is a byte that is no text in its encoding. Save it as UTF-8."
            )
        self._line += text.count("\n")
        return _REFUSED.sub("", text)


class _YamlText:
    """The events of one YAML document."""

    def __init__(self, file: TextIO, name: str) -> None:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[yaml.Event] = yaml.parse(_Clean(file, name), Loader=loader)
        self._name = name
        self._anchors: dict[str, str | None] = {}

    def lists(self) -> Iterator[tuple[str | None, Iterator[tuple[int, object]]]]:
        import yaml

        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return
        top = self._next()
        if isinstance(top, yaml.SequenceStartEvent):
            yield from self._list(None)
        elif isinstance(top, yaml.MappingStartEvent):
            while not isinstance(event := self._next(), yaml.MappingEndEvent):
                key = self._key(event)
                value = self._next()
                if isinstance(value, yaml.SequenceStartEvent):
                    yield from self._list(key)
                else:
                    self._value(value, 1)
        self._next()  # the document ends
        if not isinstance(more := self._next(), yaml.StreamEndEvent):
            raise self._refused(more, "a second document begins here. Put it in a file of its own")

    def _next(self) -> yaml.Event:
        import yaml

        try:
            return next(self._events)
        except yaml.YAMLError as error:
            from interviewer.library.syntax import in_plain_words

            line, problem, fix = in_plain_words(error, "")
            raise SourceError(f"{self._name}, line {line}: {problem}. {fix}") from None

    def _list(self, key: str | None) -> Iterator[tuple[str | None, Iterator[tuple[int, object]]]]:
        items = self._items()
        yield key, items
        for _ in items:  # whatever was left of it
            pass

    def _items(self) -> Iterator[tuple[int, object]]:
        import yaml

        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield _line(event), self._value(event, 1)

    def _value(self, event: yaml.Event, depth: int) -> object:
        """The value that begins with an event."""
        import yaml

        if depth > DEEPEST:
            raise self._refused(event, f"lists and mappings lie more than {DEEPEST} deep. Write it flatter")
        if isinstance(event, yaml.ScalarEvent):
            text = None if event.implicit[0] and event.value in _NULLS else event.value
            if event.anchor is not None:
                self._anchors[event.anchor] = text
            return text
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                problem = (
                    f"the alias `*{one_line(event.anchor or '')[:40]}` stands for no text. Write out what it means"
                )
                raise self._refused(event, problem)
            return self._anchors[event.anchor]
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[object] = []
            while not isinstance(inner := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(inner, depth + 1))
            return items
        members: dict[str, object] = {}
        while not isinstance(inner := self._next(), yaml.MappingEndEvent):
            key = self._key(inner)
            if key in members:
                raise self._refused(inner, f"the key `{one_line(key)[:40]}` stands here for the second time")
            members[key] = self._value(self._next(), depth + 1)
        return members

    def _key(self, event: yaml.Event) -> str:
        import yaml

        if not isinstance(event, yaml.ScalarEvent):
            raise self._refused(event, "a key is not a text")
        key: str = event.value
        return key

    def _refused(self, event: yaml.Event, problem: str) -> SourceError:
        return SourceError(f"{self._name}, line {_line(event)}: {problem}.")


def _line(event: yaml.Event) -> int:
    """Where an event begins, counted from 1."""
    return 1 if event.start_mark is None else event.start_mark.line + 1
