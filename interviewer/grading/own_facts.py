"""A candidate's answer told anew, with nothing in it that the candidate did not say.

Numbers and names are what can be checked: those that were not given become placeholders in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from interviewer.grading.figures import figures, values_in
from interviewer.text import sentences

NUMBER = "[number]"
NAME = "[name]"

_WORD = re.compile(r"[^\W_][\w'\u2019&+#/.-]*[^\W_]|[^\W_]")
_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")
_VAGUE = re.compile(r"\b(?:dozens|hundreds|thousands|millions|billions|half|twice|double|triple)\b", re.IGNORECASE)
"""Amounts that are no numbers, and facts all the same."""
_SOMEBODY = re.compile(r"\s+(?:and|or)\s+(?:I|me|my)\b|\s+[A-Z][a-z]")
"""After the first word of a sentence: then that word is a name."""
_EVERYDAY = frozenset(
    "i i'm i'd i've i'll ok monday tuesday wednesday thursday friday saturday sunday english a b".split()
)
_NO_FACT = frozenset({Decimal(0), Decimal(1)})
"""`one of` and `zero in on` are said of anything."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A number or a name that the candidate did not give."""

    start: int
    end: int
    text: str
    placeholder: str


def foreign(text: str, said: Iterable[str], heard: Iterable[str] = ()) -> tuple[Foreign, ...]:
    """What is in `text` and was not given, in order and without overlaps. Placeholders may stay.

    Args:
        text: the answer told anew.
        said: the candidate's own words.
        heard: what the candidate was asked: names in it may be taken up, numbers may not.
    """
    said = tuple(said)
    found = [*_numbers(text, said), *_names(text, (*said, *heard))]
    kept: list[Foreign] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def with_placeholders(text: str, found: Iterable[Foreign]) -> str:
    """`text` with a placeholder for each of these; placeholders side by side become one."""
    pieces, here = [], 0
    for one in found:
        pieces += [text[here : one.start], one.placeholder]
        here = one.end
    whole = "".join([*pieces, text[here:]])
    return re.sub(r"(\[name\])(?:\s+\[name\])+", r"\1", whole)


def _numbers(text: str, said: Iterable[str]) -> Iterator[Foreign]:
    said = tuple(said)
    given = values_in(said) | _NO_FACT
    brackets = list(_BRACKETS.finditer(text))
    for figure in figures(text):
        if figure.values & given:
            continue
        inside = next((one for one in brackets if one.start() <= figure.start < one.end()), None)
        start, end = inside.span() if inside else _token(text, figure.start, figure.end)
        yield Foreign(start, end, text[start:end], NUMBER)
    told = {word.casefold() for one in said for word in _VAGUE.findall(one)}
    for vague in _VAGUE.finditer(text):
        if vague.group().casefold() not in told and not any(
            one.start() <= vague.start() < one.end() for one in brackets
        ):
            yield Foreign(vague.start(), vague.end(), vague.group(), NUMBER)


def _token(text: str, start: int, end: int) -> tuple[int, int]:
    """The number with what is written together with it, such as a currency, a unit or the rest of a name."""
    while start and (text[start - 1].isalnum() or text[start - 1] in "$\u20ac\u00a3#~-"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "%"):
        end += 1
    return start, end


def _names(text: str, known: Iterable[str]) -> Iterator[Foreign]:
    words = {part for one in known for word in _WORD.findall(one) for part in _parts(word)} | _EVERYDAY
    inside = [one.span() for one in _BRACKETS.finditer(text)]
    firsts = _firsts(text)
    named = {  # a word that is a name elsewhere in the text is one at the beginning of a sentence too
        word.group() for word in _WORD.finditer(text) if _capital(word.group()) and word.start() not in firsts
    }
    for word in _WORD.finditer(text):
        written = word.group()
        if not _capital(written) or any(start <= word.start() < end for start, end in inside):
            continue
        if all(part in words for part in _parts(written)):
            continue
        if firsts.get(word.start(), False) and written not in named and not _mixed(written):
            continue
        yield Foreign(word.start(), word.end(), written, NAME)


def _parts(word: str) -> Iterator[str]:
    plain = word.replace("\u2019", "'").casefold()
    yield plain.removesuffix("'s")


def _capital(word: str) -> bool:
    return word[0].isupper() or _mixed(word)


def _mixed(word: str) -> bool:
    """Capitals where plain words have none, as in `PyTorch`, `AWS` and `iOS`."""
    return any(letter.isupper() for letter in word[1:]) and word.replace("\u2019", "'").casefold() not in _EVERYDAY


def _firsts(text: str) -> Mapping[int, bool]:
    """Where sentences begin, and whether their first word may be any: not if it is plainly somebody's name."""
    found: dict[int, bool] = {}
    for one in sentences(text):
        first = _WORD.search(text, one.start)
        if first is not None:
            plain = first.group().replace("\u2019", "'").casefold()
            somebody = plain.endswith("'s") or _SOMEBODY.match(text, first.end())
            found[first.start()] = plain in _STARTERS or not somebody
    return found


_STARTERS = frozenset(
    "i we my our the a an it it's that that's there there's here what who when where after before in on at for to with "
    "by from as if so but and then next first finally because since while once each every they he she this these those "
    "let's how why".split()
)
