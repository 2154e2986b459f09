"""Finds two statements of the candidate that cannot both hold.

Telling someone that they contradict themselves when they do not is the worst thing an interviewer can
do with rules alone, so only five plain cases are looked for, and any word that could explain the
difference (another time, another project, a change, a part) ends the search:

* the same thing built "alone" and by a team;
* the same thing measured with two numbers in the same unit;
* the same deed with two very different durations;
* something never done, and done;
* "my team", or "we", of two very different sizes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.engines.offline.agency import deed_at
from interviewer.engines.offline.figures import NUMBER_WORDS
from interviewer.engines.offline.quotes import short
from interviewer.engines.offline.stems import STOP_WORDS, Heard, hear, stem
from interviewer.transcript.events import Gap

LEAST_RATIO = 1.4
"""Two figures for the same thing must differ by this factor; rounding and guessing are no contradiction."""

LEAST_DURATION_RATIO = 3.0

MOST_CLAIMS = 200
"""Claims of one answer that are looked at; nobody makes so many."""

_EXPLAINS = frozenset(
    """first initially later then after before afterwards eventually now grew grow joined until since except apart
    besides another other others second third previous previously next old new prototype poc demo part parts half
    mostly partly initial early earlier originally beginning end ended became become went from dropped reduced
    increased improved fell rose up down per each every peak average averaged median p50 p90 p95 p99 max min maximum
    minimum most least target goal budget would could should might if version v1 v2 rewrite rewrote migration
    sometimes usually school university again both also total combined left hired different same-day separate
    internship once today yesterday current currently almost nearly between plus extra more less fewer test training
    validation dev live offline baseline cut""".split()
)
_ALONE = (
    ("alone",), ("by", "myself"), ("on", "my", "own"), ("single", "handedly"), ("single", "handed"), ("just", "me"),
    ("only", "me"), ("i", "was", "the", "only", "engineer"), ("i", "was", "the", "only", "developer"),
    ("i", "was", "the", "only", "person"), ("all", "myself"), ("solo",),
)  # fmt: skip
_GENERIC = frozenset(
    stem(word)
    for word in """project system work team thing time people person company data model code product platform tool app
    application service software feature problem year month week day engineer build built write make job
    question revenue budget traffic latency accuracy dataset error cost salary test load rate release
    launch goal meeting client school class exam user customer result number way example value process
    version idea part case experience task new""".split()
)
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_OBJECT_ENDS = frozenset(
    """for with including in on to that which and because so by from at when who while but where as using within during
    over after before until into of""".split()
)
_USE = frozenset({"use", "touch", "work", "try", "deploy", "run"})
_LINKS = frozenset(
    "was were is are had has have took of got reached hit stood cost about around roughly some only just".split()
)


@dataclass(frozen=True, slots=True)
class _Deed:
    verb: str
    thing: frozenset[str]
    mine: bool


@dataclass(frozen=True, slots=True)
class _Measure:
    thing: frozenset[str]
    unit: str
    value: float


@dataclass(frozen=True, slots=True)
class _Claim:
    heard: Heard
    alone: bool
    team: bool
    measures: tuple[_Measure, ...]
    duration: float | None
    never: tuple[str, frozenset[str]] | None
    deeds: tuple[_Deed, ...]
    heads: tuple[float, str] | None


def contradiction(answer: str, earlier: Sequence[str]) -> Gap | None:
    """A gap that sets a statement of `answer` beside one of the `earlier` answers, or None.

    `quote` holds the new statement, `earlier` the old one, both in the candidate's own words.
    """
    mine = _claims(answer)
    if not mine:
        return None
    for before in reversed(earlier):
        if before == answer:
            continue
        for new in mine:
            for old in _claims(before):
                for name, clashes in _KINDS.items():
                    if clashes(new, old) or clashes(old, new):
                        found = _gap(name, new.heard, old.heard)
                        if found:
                            return found
    return None


@lru_cache(maxsize=512)
def _claims(text: str) -> tuple[_Claim, ...]:
    """The sentences that claim something of the kinds looked for, without any word that could explain it away."""
    found = []
    for heard in hear(text).sentences:
        if heard.text.endswith("?") or not _EXPLAINS.isdisjoint(heard.words):
            continue
        claim = _Claim(
            heard=heard,
            alone=_holds(heard.words, _ALONE),
            team=_told_of_team(heard.words),
            measures=tuple(_measures(heard)),
            duration=_duration(heard),
            never=_never(heard),
            deeds=tuple(_deeds(heard)),
            heads=_heads(heard),
        )
        if claim.alone or claim.team or claim.measures or claim.duration or claim.never or claim.deeds or claim.heads:
            found.append(claim)
    return tuple(found[:MOST_CLAIMS])


def _gap(name: str, new: Heard, old: Heard) -> Gap | None:
    quote, earlier = short(new.text), short(old.text)
    if quote is None or earlier is None or quote.casefold() == earlier.casefold():
        return None
    return Gap(
        id=f"contradiction:{name}-{new.sentence.start}-{old.sentence.start}",
        source="contradiction",
        about="Two statements that do not fit together.",
        type="contradiction",
        probe="How do those two go together?",
        quote=quote,
        earlier=earlier,
    )


def _deeds(heard: Heard) -> Iterator[_Deed]:
    """What the sentence says was done, to what, as far as it can be told: "built the invoice parser"."""
    words = heard.words
    for place, word in enumerate(words):
        if word not in {"i", "we"}:
            continue
        verb = deed_at(words, place)
        if verb is None:
            continue
        yield _Deed(heard.stems[verb], _thing(heard, verb + 1), word == "i")
    for place, word in enumerate(words):
        if word == "team" and words[place + 1 : place + 2] == ("of",) and place + 3 < len(words):
            yield _Deed(heard.stems[place + 3], _thing(heard, place + 4), False)
    for place in range(1, len(words) - 1):  # "the invoice parser was built by"
        if words[place] in {"was", "were"} and words[place + 1][-2:] in {"ed", "lt", "en", "de"}:
            things = frozenset(s for s in heard.stems[max(0, place - 3) : place] if _telling(s))
            yield _Deed(heard.stems[place + 1], things, False)


def _thing(heard: Heard, start: int) -> frozenset[str]:
    found: set[str] = set()
    for place in range(start, min(start + 5, len(heard.words))):
        word = heard.words[place]
        if word in {"with", "on"} and place == start:
            continue
        if word in _OBJECT_ENDS or word in NUMBER_WORDS or word.isdigit():
            break
        if word not in STOP_WORDS and len(word) > 1 and word != "alone":
            found.add(heard.stems[place])
    return frozenset(found)


def _telling(stemmed: str) -> bool:
    return stemmed not in STOP_WORDS and len(stemmed) > 1


def _same_thing(one: frozenset[str], other: frozenset[str]) -> bool:
    """True for the same name: everything said of one is said of the other, and it is more than a general word."""
    return bool(one - _GENERIC) and one == other


def _alone_and_team(new: _Claim, old: _Claim) -> bool:
    return (
        new.alone
        and old.team
        and not old.alone
        and any(
            one.mine and one.verb == other.verb and _same_thing(one.thing, other.thing)
            for one in new.deeds
            for other in old.deeds
        )
    )


def _holds(words: Sequence[str], parts: Sequence[tuple[str, ...]]) -> bool:
    return any(
        tuple(words[place : place + len(part)]) == part for place in range(len(words)) for part in parts
    ) and not {"not", "never"} & set(words)


def _told_of_team(words: Sequence[str]) -> bool:
    for place, word in enumerate(words):
        ahead = words[place : place + 4]
        if word == "team" and ahead[1:2] == ("of",) and _count(ahead[2:3]) >= 2:
            return True
        if _count((word,)) >= 2 and ahead[1:3] == ("of", "us"):
            return True
        if _count((word,)) >= 2 and ahead[1:2] in {
            ("engineers",),
            ("people",),
            ("colleagues",),
            ("developers",),
        }:
            return True
    return False


def _count(word: Sequence[str]) -> float:
    if not word:
        return 0
    return float(word[0]) if word[0].isdecimal() and len(word[0]) < 5 else NUMBER_WORDS.get(word[0], 0)


def _value(word: str) -> float | None:
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    plain = word.replace(",", "")
    try:
        return float(plain) if plain[:1].isdigit() else None
    except ValueError:
        return None


def _measures(heard: Heard) -> list[_Measure]:
    """Plain statements of size: "the invoice set had 2,000 pages"."""
    found: list[_Measure] = []
    words = heard.words
    for place, word in enumerate(words):
        value = _value(word)
        if value is None or place == 0 or place + 1 >= len(words):
            continue
        start = place - 1
        while start >= 0 and words[start] in _LINKS:
            start -= 1
        if start == place - 1:
            continue
        thing = frozenset(
            heard.stems[back] for back in range(max(0, start - 3), start + 1) if words[back] not in STOP_WORDS
        )
        found.append(_Measure(thing, stem(words[place + 1]), value))
    return found


_HEADS = tuple(
    tuple(pattern.split())
    for pattern in (
        "we are #",
        "we were #",
        "we are a team of #",
        "we were a team of #",
        "our team of #",
        "my team of #",
        "the whole team of #",
        "there are # of us",
        "there were # of us",
        "all # of us",
        "the # of us",
        "my team is #",
        "our team is #",
    )
)
_COUNTED_HEADS = frozenset("people engineers of in on".split())
LEAST_HEADS_APART = 1.5
"""Two sizes of one team must differ by this factor, and by two heads: someone may have joined."""


def _heads(heard: Heard) -> tuple[float, str] | None:
    """How large the speaker's own team is said to be, with the employer named in the sentence, if any."""
    words = heard.words
    found = set()
    for place in range(len(words)):
        for pattern in _HEADS:
            part = words[place : place + len(pattern)]
            if len(part) == len(pattern) and all(p in {"#", w} for p, w in zip(pattern, part, strict=True)):
                count = _count(part[pattern.index("#") : pattern.index("#") + 1])
                following = words[place + len(pattern) : place + len(pattern) + 1]
                whole = len(pattern) > 3 or not following or following[0] in _COUNTED_HEADS
                if count >= 2 and whole:
                    found.add(count)
    named = re.search(r"\b(?:at|for) ([A-Z]\w+)", heard.text)
    return (found.pop(), named[1] if named else "") if len(found) == 1 else None


def _two_team_sizes(new: _Claim, old: _Claim) -> bool:
    if new.heads is None or old.heads is None:
        return False
    (one, here), (other, there) = new.heads, old.heads
    low, high = sorted((one, other))
    return here == there and high / low >= LEAST_HEADS_APART and high - low >= 2


def _two_numbers(new: _Claim, old: _Claim) -> bool:
    if len(new.measures) != 1 or len(old.measures) != 1:
        return False
    one, other = new.measures[0], old.measures[0]
    low, high = sorted((one.value, other.value))
    return one.unit == other.unit and _same_thing(one.thing, other.thing) and low > 0 and high / low >= LEAST_RATIO


def _duration(heard: Heard) -> float | None:
    found = [
        value * _DAYS[unit]
        for place, word in enumerate(heard.words[:-1])
        if (value := _value(word) or (1.0 if word in {"a", "one"} else None))
        and (unit := heard.words[place + 1].rstrip("s")) in _DAYS
    ]
    return found[0] if len(found) == 1 else None


def _two_durations(new: _Claim, old: _Claim) -> bool:
    if not new.duration or not old.duration:
        return False
    low, high = sorted((new.duration, old.duration))
    return high / low >= LEAST_DURATION_RATIO and any(
        mine.verb == theirs.verb and _same_thing(mine.thing, theirs.thing) for mine in new.deeds for theirs in old.deeds
    )


def _never_and_did(new: _Claim, old: _Claim) -> bool:
    """`new` says that it was never done, `old` that it was."""
    if new.never is None or not {"not", "never", "nobody", "no"}.isdisjoint(old.heard.words):
        return False
    verb, thing = new.never
    return any(
        deed.mine and (deed.verb == verb or {deed.verb, verb} <= _USE) and _same_thing(thing, deed.thing)
        for deed in old.deeds
    )


def _never(heard: Heard) -> tuple[str, frozenset[str]] | None:
    words = heard.words
    for place, word in enumerate(words):
        if word != "never" or place == 0 or place + 2 >= len(words):
            continue
        restricted = not _OBJECT_ENDS.isdisjoint(words[place + 3 :])  # "never used it in production"
        if "i" in words[max(0, place - 2) : place] and not restricted:
            return heard.stems[place + 1], _thing(heard, place + 2)
    return None


_KINDS: dict[str, Callable[[_Claim, _Claim], bool]] = {
    "alone": _alone_and_team,
    "number": _two_numbers,
    "duration": _two_durations,
    "never": _never_and_did,
    "heads": _two_team_sizes,
}
