"""Figures in a text: which digits and number words measure something, and which are only names or dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_LARGE = "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion".split()
NUMBER_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL, 2)},
    **dict(zip(_LARGE, (20, 30, 40, 50, 60, 70, 80, 90, 100, 1e3, 1e6, 1e9), strict=True)),
    "dozen": 12.0,
}
"""Number words from two on ("one" is mostly no figure). "a hundred" and "dozen" count as figures."""

AMOUNTS = frozenset(
    """doubled tripled halved twice thrice tenfold twofold threefold dozens hundreds thousands millions billions
    doubling halving quadrupled hundred thousand million billion dozen""".split()
)
"""Words that say how much without a digit."""

_ENUMERATED = frozenset(
    """things thing reasons reason ways way options option parts part steps step points point questions question
    aspects examples example approaches kinds types sides choices ideas models problems factors""".split()
)
_NOT_COUNTED = _ENUMERATED | frozenset("main different other key of and or to the in on at is are was".split())
_NAMED_BEFORE = frozenset(
    """step phase question part version python level chapter figure layer section page stage q round room gpt llama
    claude option item number type tier january february march april may june july august september october november
    december java series act day week top""".split()
)
_UNITS_GLUED = re.compile(
    r"(?:%|x|k|m|mm|bn|b|ms|s|sec|secs|h|hr|hrs|d|w|gb|mb|kb|tb|pb|hz|khz|ghz|px|kg|km|cm|g|pp|bps|rps|qps|usd|eur"
    r"|min|mins|fps|tok|tokens)$"
)
_DIGITS = re.compile(r"(?P<value>\d+(?:[.,]\d+)*)(?P<after>[^\W_]*)(?P<percent>\s?%)?")
_CURRENCIES = "$€£"
_MONEY = re.compile(rf"[{_CURRENCIES}]\s?$")
_GLUED = re.compile(r"[^\W\d][-_]?$")
_ORDINAL_ITEM = re.compile(r"^\s*(?:[-*•]\s*)?\d{1,2}[.)]\s")
_LOOK_BACK = _LOOK_AHEAD = 40
_DIGIT = re.compile(r"\d")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_RATIO_SIGNS = frozenset({"/", ":"})
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WORD_NEXT = re.compile(r"[\s-]*([^\W\d_]+)")


class Figure(NamedTuple):
    """A number that measures something: its value, its unit or what is counted, and where it stands."""

    value: float
    unit: str
    start: int
    end: int


def figures(text: str) -> Iterator[Figure]:
    """The figures written with digits in one sentence.

    Left out: years, list ordinals and other ordinals, parts of names ("GPT-4", "p95", "F1", "S3",
    "Python 3", "step 2"), clock times and "24/7".
    """
    if not _DIGIT.search(text):
        return
    body = _ORDINAL_ITEM.match(text)
    for match in _DIGITS.finditer(text, body.end() if body else 0):
        start, end = match.span()
        after = match["after"].casefold()
        head = text[max(0, start - 2) : start]
        apart = head[-1:] == " " and head[0] not in _CURRENCIES  # as nearly all of them stand
        if not apart and _GLUED.search(head):
            continue
        if after and (after in _ORDINALS or not _UNITS_GLUED.match(after)):
            continue
        if match["percent"] or (not apart and _MONEY.search(head)):
            yield _figure(match, "percent" if match["percent"] else "money")
            continue
        if not _RATIO_SIGNS.isdisjoint((text[end : end + 1], head[-1:])) and not _is_ratio(text, match):
            continue
        following = _next_word(text, end)
        if _word_before(text, start) in _NAMED_BEFORE or following in _ENUMERATED or _is_year(match, after, following):
            continue
        yield _figure(match, after or following)


def _figure(match: re.Match[str], unit: str) -> Figure:
    digits = match["value"]
    if digits.isdecimal():
        return Figure(float(digits), unit, match.start(), match.end())
    plain = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:  # several decimal points: a version or an address, kept as its first part
        value = float(plain.split(".", 1)[0])
    return Figure(value, unit, match.start(), match.end())


def _word_before(text: str, start: int) -> str:
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(" -").rsplit(None, 1)
    return before[-1].casefold().strip("(\"'“") if before else ""


def _next_word(text: str, end: int) -> str:
    word = _WORD_NEXT.match(text, end, end + _LOOK_AHEAD)
    return word.group(1).casefold() if word else ""


def _is_year(match: re.Match[str], after: str, following: str) -> bool:
    digits = match["value"]
    return len(digits) == 4 and digits[:2] in {"19", "20"} and not after and following not in _COUNTED


_COUNTED = frozenset(
    "users people rows requests examples images documents customers tickets records tokens samples queries".split()
)


def _is_ratio(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 4) : match.end() + 4]
    return "24/7" not in around and ":" not in around and around.count("/") == 1


def worded(words: Sequence[str]) -> Iterator[tuple[float, str]]:
    """The figures of one sentence that are written as words, with what they count: "five weeks", "twice".

    "Two things" and "three reasons" only count what is said, and are left out.
    """
    if _COUNTING.isdisjoint(words):
        return
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in NUMBER_WORDS and following not in _NOT_COUNTED and following.isalpha():
            yield NUMBER_WORDS[word], following
        elif word in AMOUNTS:
            yield NUMBER_WORDS.get(word, 2.0), following
        elif word in _SHARES and following in {"of", "the", "our", "as"}:
            yield 0.5, "share"


_SHARES = frozenset({"half", "third", "quarter"})
_COUNTING = AMOUNTS | _SHARES | NUMBER_WORDS.keys()
