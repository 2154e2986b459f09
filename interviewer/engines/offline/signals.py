"""Which kinds of content a sentence shows, told from its words alone.

The rules go for precision: an interviewer who asks for a number that was just given sounds deaf, but
one who takes "we had no baseline" for a baseline is fooled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from interviewer.engines.offline.agency import own_part
from interviewer.engines.offline.figures import figures, worded
from interviewer.engines.offline.lookup import Lookup
from interviewer.engines.offline.signal_words import NOT_SHOWN_BY, SHOWN_BY
from interviewer.engines.offline.stems import Heard, Passage, hear
from interviewer.rubric import Signal

_DENIABLE: frozenset[Signal] = frozenset(
    ("alternative", "baseline", "failure", "scale", "result", "example", "plan", "people")
)
_DENIALS = frozenset("not no never without nor lacked lacking neither".split())
_OPINIONS = frozenset("think believe recall remember".split())
_CLAUSE_STARTS = frozenset("but and we i it so because they which that who".split())
_UNREAL = frozenset("would could should might will can to if want wants hope hopes may must".split())
_TIME_UNITS = frozenset(
    "minute minutes min mins hour hours hr hrs h day days d week weeks w month months year years quarter quarters "
    "sprint sprints night nights weekend weekends".split()
)
_LARGE_UNITS = frozenset("k m mm bn b qps rps gb tb pb million millions billion billions".split())
_LARGE_FROM = 1000.0
_YEAR_SAID = re.compile(r"\b(?:in|since|from|until|by|of|during) (?:early |late |mid )?(?:19|20)\d\d\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NAME_INSIDE = re.compile(r" [A-Z][\w&.-]")
_NAMED_CASE = re.compile(r"(?:^At|(?<=\s)(?:at|for|with|called|named|joined)) (?:the )?[A-Z][\w&.-]+")
_ASKS_FIRST = frozenset(
    "is are do does did can could should may would what which how who when where was were am".split()
)
_THE_OTHER = frozenset(("you", "your"))
_ORDERED_ITEM = re.compile(
    r"^\s*(?:\d{1,2}[.)]\s|step \d|day \d|week \d|phase \d|first,|second,|third,|next,|then,|finally,)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _table() -> Lookup[tuple[Signal, bool]]:
    shows = {(signal, True): texts for signal, texts in SHOWN_BY.items()}
    masks = {(signal, False): texts for signal, texts in NOT_SHOWN_BY.items()}
    return Lookup({**shows, **masks})


def _told(words: Sequence[str]) -> set[Signal]:
    shown: list[tuple[Signal, int, int]] = []
    masked: list[tuple[Signal, int, int]] = []
    for (signal, shows), first, last in _table().find(words):
        (shown if shows else masked).append((signal, first, last))
    return {
        signal
        for signal, first, last in shown
        if not (masked and any(mask == signal and start <= last and first <= end for mask, start, end in masked))
        and not (signal in _DENIABLE and _denied(words, first))
        and not (signal == "result" and _unreal(words, first))
    }


def _denied(words: Sequence[str], place: int) -> bool:
    """True if "not", "no", "never" or "without" stands up to three words before, in the same clause.

    "I do not think we had ..." denies what follows as well.
    """
    for back in range(place - 1, max(place - 4, -1), -1):
        if words[back] in _DENIALS:
            return True
        if words[back] in _CLAUSE_STARTS:
            before = words[max(back - 2, 0) : back]
            return len(before) == 2 and before[0] in _DENIALS and before[1] in _OPINIONS
    return False


def _unreal(words: Sequence[str], place: int) -> bool:
    """True for what was hoped for or planned: "would have saved", "to cut"."""
    return any(words[back] in _UNREAL for back in range(max(place - 2, 0), place))


def _from_figures(heard: Heard) -> set[Signal]:
    found: set[Signal] = set()
    measured = [(figure.value, figure.unit) for figure in figures(heard.text)]
    for value, unit in (*measured, *worded(heard.words)):
        found.add("number")
        if unit in _TIME_UNITS:
            found.add("time-frame")
        if unit in _LARGE_UNITS or (value >= _LARGE_FROM and unit not in {"money", "percent"}):
            found.add("scale")
    return found


def _asks(heard: Heard, following: Heard | None) -> bool:
    """True for a question to the interviewer; one that the speaker answers in the next words is rhetoric."""
    if not heard.text.rstrip("\"'”’) ").endswith("?") or not heard.words:
        return False
    if following is not None and following.words[:1] and following.words[0] in {"because", "well", "simple", "simply"}:
        return False
    return not _THE_OTHER.isdisjoint(heard.words) or heard.words[0] in _ASKS_FIRST


def _explains(heard: Heard) -> bool:
    """True for a way ("by caching the joins") and for a condition with its consequence ("if it fills, ...")."""
    if "by" in heard.words and any(
        word == "by" and len(following) > 5 and following.endswith("ing") and following not in _NO_WAY
        for word, following in pairwise(heard.words)
    ):
        return True
    return "if" in heard.words[:-3] and len(heard.content) >= 4 and "?" not in heard.text


_NO_WAY = frozenset(("evening", "morning", "spring", "during", "something", "anything", "everything", "nothing"))


@lru_cache(maxsize=512)
def shown(text: str) -> tuple[frozenset[Signal], ...]:
    """For each sentence of `text`, in order, the signals that it shows."""
    heard = hear(text).sentences
    return tuple(
        _signals(one, heard[number + 1] if number + 1 < len(heard) else None) for number, one in enumerate(heard)
    )


def _signals(heard: Heard, following: Heard | None) -> frozenset[Signal]:
    found = _told(heard.words) | _from_figures(heard)
    if own_part(heard.words):
        found.add("own-part")
    if _YEAR.search(heard.text) and _YEAR_SAID.search(heard.text):
        found.add("time-frame")
    if _NAME_INSIDE.search(heard.text) and _NAMED_CASE.search(heard.text):
        found.add("example")
    if _explains(heard):
        found.add("mechanism")
    if _ORDERED_ITEM.match(heard.text):
        found.add("plan")
    if _asks(heard, following):
        found.add("clarifying-question")
    return frozenset(found)


def signals(passage: Passage) -> frozenset[Signal]:
    """All signals that any sentence of the passage shows."""
    return frozenset().union(*shown(passage.text))
