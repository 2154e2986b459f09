"""Numbers in a text, in digits or in words, so that one text can be held against another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

SMALL = Decimal(10)
"""Up to this, a number word is everyday language (`two options`) more often than a fact."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SIMPLE = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * place for place, word in enumerate(_TENS, 2)}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_LONG_SCALES = "dozen|hundred|thousand|million|billion|trillion"
_SMALL_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(reversed(_UNITS))})"
_IN_WORDS = (  # any number of `two hundred`, `thousand`, then a rest such as `and twenty-five`; or only that
    rf"\b(?:(?:{_SMALL_WORDS}[\s-]+)?(?:{_LONG_SCALES})\b"
    rf"(?:[\s-]+(?:and[\s-]+)?(?:{_SMALL_WORDS}[\s-]+)?(?:{_LONG_SCALES})\b)*"
    rf"(?:[\s-]+(?:and[\s-]+)?{_SMALL_WORDS}\b)?|{_SMALL_WORDS}\b)"
)
_IN_DIGITS = (
    r"(?:\d{1,3}(?:[,\u202f\u00a0_]\d{3})+|\d+)(?:[.,]\d+)?"  # 12,500.5 and 12500 and, elsewhere, 3,5
    rf"(?:[\s-]?(?:{_LONG_SCALES})\b|\s?(?:k|m|bn|b)\b)?"
)
_NUMBER = re.compile(rf"(?P<digits>{_IN_DIGITS})|(?P<words>{_IN_WORDS})", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[,\u202f\u00a0_](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and where it stands."""

    start: int
    end: int
    text: str
    values: frozenset[Decimal]
    """What it may mean: `5m` is five of something, or five million."""
    spelled: bool
    """Written in words."""

    @property
    def small(self) -> bool:
        """A number word up to ten."""
        return self.spelled and max(self.values) <= SMALL


def figures(text: str) -> Iterator[Figure]:
    """Every number in `text`, in order. Ordinal words and vague ones such as `dozens` are none."""
    for found in _NUMBER.finditer(text):
        written = found.group()
        spelled = found.group("digits") is None
        values = frozenset({_spelled(written)}) if spelled else frozenset(_in_digits(written))
        if values:
            yield Figure(found.start(), found.end(), written, values, spelled)


def values_in(texts: Iterable[str]) -> frozenset[Decimal]:
    """Every value that a number in these texts may mean."""
    return frozenset(value for text in texts for figure in figures(text) for value in figure.values)


def _in_digits(written: str) -> Iterator[Decimal]:
    number = re.match(r"[\d,.\u202f\u00a0_]*\d", written)
    if number is None:
        return
    scale = _SCALES.get(written[number.end() :].strip(" \t\n-").casefold(), 1)
    value = Decimal(_GROUPED.sub("", number.group()).replace(",", "."))
    yield value
    yield value * scale


def _spelled(written: str) -> Decimal:
    """`two hundred and fifty thousand` as a number."""
    whole, part = 0, 0
    for word in re.findall(r"[a-z]+", written.casefold()):
        if word in _SIMPLE:
            part += _SIMPLE[word]
        elif word in {"dozen", "hundred"}:
            part = max(part, 1) * _SCALES[word]
        elif word in _SCALES:
            whole, part = whole + max(part, 1) * _SCALES[word], 0
    return Decimal(whole + part)
