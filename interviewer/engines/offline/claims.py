"""Claims in an answer that a follow-up can test: a decision, a figure, a cause, a fault, a lesson, a guess, a plan.

A rich answer leaves little that is plainly missing, and rules cannot tell well what was told in other words. What
was claimed is there for certain, so a question about the very words cannot suppose what was not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from interviewer.engines.offline.agency import past_deed
from interviewer.engines.offline.quotes import Clause, clauses, tidy
from interviewer.engines.offline.stems import hear
from interviewer.persona import ClaimKind
from interviewer.rubric import ProbeType

PROBE_TYPE: Final[Mapping[ClaimKind, ProbeType]] = {
    "decision": "trade-off",
    "figure": "challenge",
    "cause": "deepen",
    "fault": "failure",
    "lesson": "reflection",
    "guess": "quantify",
    "plan": "counterfactual",
}

ABOUT: Final[Mapping[ClaimKind, str]] = {
    "decision": "What spoke against the choice, and what it cost",
    "figure": "How far the figure can be trusted, and what it leaves out",
    "cause": "Whether it was this cause and not another",
    "fault": "How it was found, and what would have shown it sooner",
    "lesson": "Whether the lesson has held since",
    "guess": "How the guess could be turned into something known",
    "plan": "What the plan rests on, and when it would be dropped",
}

_CHOSE = frozenset(
    """chose chosen decided picked rejected preferred switched replaced dropped refused removed cut kept stopped
    settled postponed delayed accepted ruled skipped disabled rewrote rolled pushed turned merged split blocked killed
    froze reverted argued insisted""".split()
)
_MOVED = frozenset(
    """fell rose grew dropped went cut reduced increased improved doubled halved saved gained lost shrank jumped slipped
    corrected reached""".split()
)
_FAULTY = frozenset(
    """wrong missed broke broken failed mistake mistakes error crashed lost worse blind leaked duplicated silently
    misread overlooked forgot outage incident""".split()
)
_MEASURED = frozenset(("percent", "per", "seconds", "minutes", "hours", "days", "times", "of", "points", "euros"))
_COUNTED = frozenset(("it", "this", "that", "two", "three"))
_METRICS = frozenset(
    """percent cent % rate recall precision accuracy latency error errors auc f1 share median average score loss losses
    gain confidence coverage agreement""".split()
)
_STATES = frozenset(("was", "were", "is", "are", "meant", "means", "had", "has", "crept", "cost", "costs", "takes"))
_LESSONS = ("since then", "from then on", "ever since", "nowadays", "these days", "a rule", "my rule", "now i", "i now")
_SINCE = re.compile(r"^\W*(?:since then|ever since|from then on|nowadays|these days)\b[\s,]*", re.IGNORECASE)
_GUESSES = ("i guess", "i'd guess", "i would guess", "i assume", "my guess", "i bet", "i'd bet", "my estimate")
_PLANS = ("i would", "i'd", "i'll", "i will", "we would", "we'd")
_NO_DEEDS = frozenset(
    """not never prefer like want wish ask say tell expect think need be hope love rather learn have know guess bet
    still also argue believe answer see call trust accept""".split()
)
_FIRST = frozenset(("i", "we", "my", "our"))
_PAST = frozenset(("was", "were", "had", "did", "went"))
_UNREAL = frozenset("would could should might if not never".split())
_REPORTED = frozenset(("said", "says", "told", "asked", "claimed", "wrote"))


LINES: Final[Mapping[ClaimKind, tuple[str, ...]]] = {
    "decision": (
        "What was the other way to do it, and what spoke for it?",
        "What would you have had to see to do the opposite?",
        "Who, if anyone, would have done it differently, and why?",
        "What did that cost you somewhere else?",
        "How would you have noticed that it was the wrong call?",
        "With twice the time, would you still have done that?",
    ),
    "figure": (
        "How was that counted, and who counted it?",
        "What does that figure leave out?",
        "What could make that figure look better than it is?",
        "Had it come out half as large, what would you have done?",
        "Who would read that figure differently from you?",
        "How sure are you of that figure, and what makes you so?",
    ),
    "cause": (
        "How do you know that it was this and not something else?",
        "What else could explain it?",
        "What would have told you that you had the wrong cause?",
        "How long did it take you to be sure of that?",
    ),
    "fault": (
        "What would have shown it to you a day earlier?",
        "How late was it when you saw that, and how did you come to see it?",
        "What kept it from being worse?",
        "Who else could have caught it, if anyone?",
        "Why had nobody expected it?",
    ),
    "lesson": (
        "When did that last cost you something?",
        "Where has that turned out to be wrong since, if anywhere?",
        "Who else works that way now because of it?",
        "What would you have said to that a year before?",
    ),
    "guess": (
        "How would you turn that into something you know?",
        "How far off could you be?",
        "What would it take to change your mind on that?",
        "Which single check would settle it?",
    ),
    "plan": (
        "What would make you drop that halfway?",
        "What does that rest on that you have not checked?",
        "Who will like that least, and what do you tell them?",
        "What would you look at after a week to see whether it works?",
        "If only half of that could be done, which half?",
        "Where would that go wrong first?",
    ),
}
"""What to ask of a claim, said after its words are said back; used where a person has no words of their own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that was claimed, in words that can be said back."""

    kind: ClaimKind
    quote: str
    sentence: int
    """Number of the sentence in the answer, from 1."""
    worth: float
    """How well it can be tested, from 0."""


def claims(answer: str, asked: str) -> tuple[Claim, ...]:
    """The best claim of each kind in an answer, the most testable first.

    Args:
        asked: what it answers; its own words are no claim of the candidate's.
    """
    best: dict[ClaimKind, Claim] = {}
    for clause in clauses(hear(answer), asked):
        quote = tidy(_SINCE.sub("", clause.text))
        if quote is None or not _REPORTED.isdisjoint(clause.words):  # not to be said back, or somebody else's claim
            continue
        words = hear(quote).sentences[0].words if hear(quote).sentences else ()
        for kind, worth_of in _WORTH.items():
            worth = worth_of(clause, words, quote) if words else 0.0
            if worth <= 0:
                continue
            if kind not in best or worth > best[kind].worth:
                best[kind] = Claim(kind, quote, clause.heard.sentence.number, worth)
            break
    return tuple(sorted(best.values(), key=lambda claim: -claim.worth))


_Words = tuple[str, ...]


def _real(words: _Words) -> bool:
    return _UNREAL.isdisjoint(words)


def _decision(_: Clause, words: _Words, __: str) -> float:
    if not _real(words) or len(words) < 4:
        return 0
    for place, word in enumerate(words):
        if word in {"i", "we"} and not _CHOSE.isdisjoint(words[place + 1 : place + 4]):
            return 1.3 if word == "i" else 1.1
    return 0


def _figure(_: Clause, words: _Words, quote: str) -> float:
    if not _real(words) or len(words) < 5 or not any(letter.isdigit() for letter in quote) or words[0] in _COUNTED:
        return 0
    if _MOVED.isdisjoint(words):
        return 0.7 if not _STATES.isdisjoint(words[1:6]) and not _METRICS.isdisjoint(words) else 0
    return 1.1 if not _MEASURED.isdisjoint(words) or "%" in quote else 0.8


def _cause(clause: Clause, words: _Words, _: str) -> float:
    said = clause.heard.words
    if not clause.text.casefold().startswith("because") or not _real(words) or "because" not in said:
        return 0
    before = said[: said.index("because")]
    happened = not (_MOVED | _FAULTY).isdisjoint(before)
    if not happened or not _CHOSE.isdisjoint(before) or not _UNREAL.isdisjoint(before):  # a reason for a choice
        return 0
    return 0.9 if past_deed(words) or not _PAST.isdisjoint(words) else 0


def _fault(_: Clause, words: _Words, __: str) -> float:
    if not _real(words) or _FAULTY.isdisjoint(words):
        return 0
    first = not _FIRST.isdisjoint(words)
    return (1.0 if first else 0.8) if first or not _PAST.isdisjoint(words) else 0


def _lesson(clause: Clause, words: _Words, _: str) -> float:
    plain = f" {' '.join(clause.words)} "
    return 1.2 if len(words) >= 4 and any(f" {mark} " in plain for mark in _LESSONS) else 0


def _guess(_: Clause, words: _Words, __: str) -> float:
    plain = f" {' '.join(words)} "
    return 0.9 if len(words) >= 5 and any(f" {mark} " in plain for mark in _GUESSES) else 0


def _plan(_: Clause, words: _Words, __: str) -> float:
    """Something that one would do, and not merely say, want or expect."""
    plain = " ".join(words)
    start = next((start for start in _PLANS if plain.startswith(f"{start} ")), None)
    if start is None or len(words) < 6:
        return 0
    does = words[len(start.split()) : len(start.split()) + 2]
    return 1.0 if _NO_DEEDS.isdisjoint(does) else 0


_WORTH: Final[Mapping[ClaimKind, Callable[[Clause, _Words, str], float]]] = {
    "lesson": _lesson,
    "guess": _guess,
    "decision": _decision,
    "cause": _cause,
    "figure": _figure,
    "fault": _fault,
    "plan": _plan,
}
"""The first kind that a clause is counts."""
