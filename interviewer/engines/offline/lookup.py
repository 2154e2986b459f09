"""Finds many fixed phrases in a sequence of words at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

Label = TypeVar("Label")


@dataclass(slots=True)
class _Node(Generic[Label]):
    words: dict[str, _Node[Label]] = field(default_factory=dict)
    beginnings: dict[str, _Node[Label]] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


class Lookup(Generic[Label]):
    """Labelled phrases of words, found where their words stand side by side.

    A word ending in `*` stands for every word that begins so. Built once, never changed after.
    """

    __slots__ = ("_begin", "_root")

    def __init__(self, phrases: Mapping[Label, Iterable[str]]) -> None:
        self._root: _Node[Label] = _Node()
        for label, texts in phrases.items():
            for text in texts:
                self._add(text.split(), label)
        self._begin: Callable[[str], tuple[_Node[Label], ...]] = lru_cache(maxsize=1 << 14)(
            lambda word: tuple(_step(self._root, word))
        )

    def _add(self, words: Sequence[str], label: Label) -> None:
        node = self._root
        for word in words:
            if word.endswith("*"):
                node = node.beginnings.setdefault(word[:-1], _Node())
            else:
                node = node.words.setdefault(word, _Node())
        node.labels.append(label)

    def find(self, words: Sequence[str]) -> Iterator[tuple[Label, int, int]]:
        """The label, first and last place of every phrase that occurs in `words`."""
        end = len(words)
        for first, word in enumerate(words):
            reached: Sequence[_Node[Label]] = self._begin(word)
            place = first
            while reached:
                for node in reached:
                    for label in node.labels:
                        yield label, first, place
                place += 1
                if place == end:
                    break
                if len(reached) == 1:
                    reached = _step(reached[0], words[place])
                else:
                    reached = [node for before in reached for node in _step(before, words[place])]

    def labels(self, words: Sequence[str]) -> frozenset[Label]:
        """The labels of all phrases that occur in `words`."""
        return frozenset(label for label, _, _ in self.find(words))


def _step(node: _Node[Label], word: str) -> list[_Node[Label]]:
    following = node.words.get(word)
    found = [] if following is None else [following]
    if node.beginnings:
        found += [after for beginning, after in node.beginnings.items() if word.startswith(beginning)]
    return found
