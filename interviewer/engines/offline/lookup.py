"""Finds many fixed phrases in a sequence of words at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

Label = TypeVar("Label")


@dataclass(slots=True)
class _Node(Generic[Label]):
    """What was read so far, and how phrases go on from here."""

    words: dict[str, _Node[Label]] = field(default_factory=dict)
    beginnings: dict[str, _Node[Label]] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)


class Lookup(Generic[Label]):
    """Labelled phrases of words, found where their words stand side by side.

    A word ending in `*` stands for every word that begins so. Built once, never changed after.
    """

    __slots__ = ("_begin",)

    def __init__(self, phrases: Mapping[Label, Iterable[str]]) -> None:
        root: _Node[Label] = _Node()
        for label, texts in phrases.items():
            for text in texts:
                _add(root, text.split(), label)
        _settle(root)
        self._begin: Callable[[str], _Node[Label] | None] = lru_cache(maxsize=1 << 13)(lambda word: _after(root, word))

    def find(self, words: Sequence[str]) -> Iterator[tuple[Label, int, int]]:
        """The label, first and last place of every phrase that occurs in `words`."""
        end = len(words)
        for first, begun in enumerate(map(self._begin, words)):
            if begun is None:  # as nearly always
                continue
            node: _Node[Label] | None = begun
            place = first
            while node is not None:
                for label in node.labels:
                    yield label, first, place
                place += 1
                if place == end:
                    break
                node = _after(node, words[place]) if node.beginnings else node.words.get(words[place])

    def labels(self, words: Sequence[str]) -> frozenset[Label]:
        """The labels of all phrases that occur in `words`."""
        return frozenset(label for label, _, _ in self.find(words))


def _add(node: _Node[Label], words: Sequence[str], label: Label) -> None:
    for word in words:
        if word.endswith("*"):
            node = node.beginnings.setdefault(word[:-1], _Node())
        else:
            node = node.words.setdefault(word, _Node())
    node.labels.append(label)


def _settle(node: _Node[Label]) -> None:
    """Has every word lead to one node only: its own, or else that of the longest beginning, holds all that it means."""
    longest_first = sorted(node.beginnings, key=len, reverse=True)
    for word, following in node.words.items():
        for beginning in longest_first:
            if word.startswith(beginning):
                _merge(following, node.beginnings[beginning])
    for place, longer in enumerate(longest_first):
        for beginning in longest_first[place + 1 :]:
            if longer.startswith(beginning):
                _merge(node.beginnings[longer], node.beginnings[beginning])
    node.beginnings = {beginning: node.beginnings[beginning] for beginning in longest_first}
    for following in (*node.words.values(), *node.beginnings.values()):
        _settle(following)


def _merge(node: _Node[Label], other: _Node[Label]) -> None:
    node.labels += other.labels
    for word, following in other.words.items():
        _merge(node.words.setdefault(word, _Node()), following)
    for beginning, following in other.beginnings.items():
        _merge(node.beginnings.setdefault(beginning, _Node()), following)


def _after(node: _Node[Label], word: str) -> _Node[Label] | None:
    """Where one more word leads; None if no phrase goes on with it."""
    following = node.words.get(word)
    if following is None and node.beginnings:
        return next((after for beginning, after in node.beginnings.items() if word.startswith(beginning)), None)
    return following
