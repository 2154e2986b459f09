"""Claims in an answer that a follow-up can test: a decision, a figure, a size without one, a deed of "we" ...

A rich answer leaves little that is plainly missing, and rules cannot tell well what was told in other words. What
was claimed is there for certain, so a question about the very words cannot suppose what was not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from interviewer.engines.offline.agency import past_deed
from interviewer.engines.offline.figures import figures, worded
from interviewer.engines.offline.quotes import Clause, clauses, tidy
from interviewer.engines.offline.stems import hear
from interviewer.persona import ClaimKind
from interviewer.rubric import ProbeType

PROBE_TYPE: Final[Mapping[ClaimKind, ProbeType]] = {
    "decision": "trade-off",
    "figure": "challenge",
    "cause": "deepen",
    "lesson": "reflection",
    "guess": "quantify",
    "size": "quantify",
    "we": "ownership",
}

ABOUT: Final[Mapping[ClaimKind, str]] = {
    "decision": "What spoke against the choice, and what it cost",
    "figure": "How far the figure can be trusted, and what it leaves out",
    "cause": "Whether it was this cause and not another",
    "lesson": "Whether the lesson has held since",
    "guess": "How the guess could be turned into something known",
    "size": "The figure behind it",
    "we": "Who did it, and which part was theirs",
}

_CHOSE = frozenset(
    """chose chosen decided picked rejected preferred switched replaced dropped refused removed cut kept stopped
    settled postponed delayed accepted ruled skipped disabled rewrote rolled pushed turned merged split blocked killed
    froze reverted argued insisted""".split()
)
_MERE = tuple(
    (word,) for word in ("it", "that", "this", "them", "these", "those", "him", "her", "one", "is", "was", "are")
)
"""After its verb, what a choice was about stands somewhere else."""

_MOVED = frozenset(
    """fell rose grew dropped cut reduced increased improved doubled halved saved gained lost shrank jumped slipped
    corrected reached""".split()
)
_FAULTY = frozenset(
    """wrong missed broke broken failed mistake mistakes error crashed lost worse blind leaked duplicated silently
    misread overlooked forgot outage incident""".split()
)
_MEASURED = frozenset(("percent", "per", "seconds", "minutes", "hours", "days", "times", "of", "points", "euros"))
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COUNTED = frozenset(("it", "this", "that", "two", "three"))
_LESSONS = (
    "since then",
    "from then on",
    "ever since",
    "nowadays",
    "these days",
    "my rule",
    "a rule i",
)
_CAREER = frozenset(("went", "moved", "grew", "became", "joined", "left", "worked", "lived", "been"))
"""What came since then, and no lesson."""

_OURS = frozenset(("i", "we", "my", "our", "nothing", "nobody", "every", "no"))
_SINCE = re.compile(r"^\W*(?:since then|ever since|from then on|nowadays|these days)\b[\s,]*", re.IGNORECASE)
_GUESSES = ("i guess", "i'd guess", "i would guess", "i assume", "my guess", "i bet", "i'd bet", "my estimate")
_GRADED = frozenset(
    """better faster slower cheaper improved improvement reduced increased decreased dropped fewer significantly
    dramatically considerably""".split()
)
_WENT, _UP_DOWN = frozenset(("went", "go", "goes", "came", "moved")), frozenset(("up", "down"))
_TALK = frozenset(
    ("talked", "discussed", "met", "spoke", "hoped", "agreed", "planned", "tried", "started", "looked", "went", "moved")
)
_PAST = frozenset(("was", "were", "had", "did", "went"))
_UNREAL = frozenset("would could should might if not never".split())
_IMAGINED = frozenset(("if", "unless", "would", "could", "should", "might", "will", "maybe", "perhaps"))
_QUOTED = re.compile(r"[\"\u201c\u201d]")
MOST_DROPPED = 2
"""Words at the edges, such as "and then", that a quote may lose."""

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
    "size": (
        "How much is that, in figures?",
        "What was it before, and what was it after?",
        "Which number would you give me for that?",
        "Against what do you measure that?",
        "How would I see that in a table?",
    ),
    "we": (
        "Who was that, person by person?",
        "Which part of that was yours?",
        "Who decided it, and who did it?",
        "What of that would not have happened without you?",
    ),
}
"""What to ask of a claim, said after its words are said back; used where a person has no words of their own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that was claimed, in words that can be said back."""

    kind: ClaimKind
    quote: str
    worth: float
    """How well it can be tested, from 0."""


def claims(answer: str, asked: str) -> tuple[Claim, ...]:
    """The best claim of each kind in an answer, the most testable first.

    Args:
        asked: what it answers; its own words are no claim of the candidate's.
    """
    best: dict[ClaimKind, Claim] = {}
    for clause in clauses(hear(answer), asked):
        quote = _whole(clause)
        if quote is None:
            continue
        words = tuple(word for heard in hear(quote).sentences for word in heard.words)
        for kind, worth_of in _WORTH.items():
            worth = worth_of(clause, words, quote) if words else 0.0
            if worth <= 0:
                continue
            if kind not in best or worth > best[kind].worth:
                best[kind] = Claim(kind, quote, worth)
            break
    return tuple(sorted(best.values(), key=lambda claim: -claim.worth))


def _whole(clause: Clause) -> str | None:
    """The clause in words that can be said back, if nothing of it is cut away and the speaker stands behind it.

    Not: what somebody else said, what stands in quotation marks, and what is said under a condition.
    """
    sentence = clause.heard
    if not _REPORTED.isdisjoint(sentence.words) or not _IMAGINED.isdisjoint(sentence.words):
        return None
    if _QUOTED.search(sentence.text):
        return None
    quote = tidy(_SINCE.sub("", clause.text))
    if quote is None or len(quote.split()) < len(_SINCE.sub("", clause.text).split()) - MOST_DROPPED:
        return None
    return quote


_Words = tuple[str, ...]


def _real(words: _Words) -> bool:
    return _UNREAL.isdisjoint(words)


def _decision(_: Clause, words: _Words, __: str) -> float:
    if not _real(words) or len(words) < 4:
        return 0
    for place, word in enumerate(words):
        verb = next((at for at in range(place + 1, min(place + 4, len(words))) if words[at] in _CHOSE), None)
        if word in {"i", "we"} and verb is not None and words[verb + 1 : verb + 2] not in _MERE:
            return 1.3 if word == "i" else 1.1
    return 0


def _figure(_: Clause, words: _Words, quote: str) -> float:
    if not _real(words) or len(words) < 5 or words[0] in _COUNTED:
        return 0
    if not any(letter.isdigit() for letter in _YEAR.sub("", quote)):
        return 0
    if _MOVED.isdisjoint(words):
        return 0
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


def _lesson(clause: Clause, words: _Words, _: str) -> float:
    plain = f" {' '.join(clause.words)} "
    ours = not _OURS.isdisjoint(clause.words) and _CAREER.isdisjoint(clause.words)
    return 1.2 if ours and len(words) >= 4 and any(f" {mark} " in plain for mark in _LESSONS) else 0


def _guess(_: Clause, words: _Words, __: str) -> float:
    plain = f" {' '.join(words)} "
    return 0.9 if len(words) >= 5 and any(f" {mark} " in plain for mark in _GUESSES) else 0


def _size(clause: Clause, words: _Words, _: str) -> float:
    """A change told without a figure anywhere in its sentence: "it got much faster", "engagement went up a bit"."""
    if (
        not _real(words)
        or any(True for _ in figures(clause.heard.text))
        or any(True for _ in worded(clause.heard.words))
    ):
        return 0
    moved = not _GRADED.isdisjoint(words) or (not _WENT.isdisjoint(words) and not _UP_DOWN.isdisjoint(words))
    return 1.25 if moved and len(words) >= 4 else 0


def _we(_: Clause, words: _Words, __: str) -> float:
    if words[0] != "we" or not _real(words) or not past_deed(words, "we") or len(words) < 4:
        return 0
    return 1.05 if _TALK.isdisjoint(words[:4]) else 0


_WORTH: Final[Mapping[ClaimKind, Callable[[Clause, _Words, str], float]]] = {
    "lesson": _lesson,
    "guess": _guess,
    "decision": _decision,
    "cause": _cause,
    "figure": _figure,
    "size": _size,
    "we": _we,
}
"""The first kind that a clause is counts."""
