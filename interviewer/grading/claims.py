"""What a text claims about levels and the verdict, held against the scorecard.

Written for short texts that a language model wrote from a finished scorecard. It reads sentence by sentence
and on the strict side: a text can always be put more plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.grading.verdict import verdict_name
from interviewer.persona import Verdict
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import CriterionResult, Scorecard
from interviewer.text import sentences

FARTHEST = 60
"""Characters between a criterion's title and a level that may still belong together."""

_NOT_ASSESSED_TITLE = "not assessed"

_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nor|hardly|barely|without|lack(?:s|ed|ing)?|missing|below|less than|short of|far from)"
    r"|n't)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:reach(?:ing|es)?|towards?|become|becoming|needs?|needed|should|must|aim(?:ing)?|makes?|than|beyond|for"
    r"|from|into|what|give|tell|find|add|write|build|practi[sc]e|prepare|choose|rehearse)\W+(?:\w+\W+){0,2}$"
    r"|\b(?:get|gets|lift|lifts|raise|raises|bring|brings|move|moves|push|take|takes|turn)\b.{0,40}\bto\W+(?:a\W+)?$",
    re.IGNORECASE,
)
_NO_LEVEL = re.compile(
    r"\s+(?:yes|no|hire|answer|candidate|version|response|story|interview|reply|point)s?\b", re.IGNORECASE
)
"""After a level's word: it then speaks of something else."""
_IS = re.compile(
    r"(?:\W|\b(?:is|was|were|are|be|being|came|comes|out|as|at|to|rated|only|still|just|a|an|very|quite|simply|looked"
    r"|seemed|remained|stayed|rating|level|counts?)\b)*",
    re.IGNORECASE,
)
"""All that may stand between a criterion's name in everyday spelling and its level."""


_BREAK = re.compile(r"[,;\u2013\u2014.]|\b(?:and|but|while|whereas|yet|or)\b", re.IGNORECASE)
"""What parts a sentence."""


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    title: str
    named: bool
    """Spelled as the title is; in everyday spelling it may be any word."""


def mentioned(text: str, card: Scorecard) -> tuple[CriterionResult, ...]:
    """The criteria whose title stands in the text as it is spelled on the scorecard."""
    titles = {mention.title for mention in _mentions(text, card) if mention.named}
    return tuple(result for result in card.criteria if result.title in titles)


def wrong_levels(text: str, card: Scorecard, rubrics: Iterable[Rubric]) -> tuple[str, ...]:
    """Where a criterion is said to be at a level that it is not at, in words for whoever wrote it."""
    scales = {level.title.casefold() for rubric in rubrics for level in rubric.levels}
    scales.add(_NOT_ASSESSED_TITLE)
    held: dict[str, set[str]] = {}
    for result in card.criteria:
        title = _NOT_ASSESSED_TITLE if result.level == NOT_ASSESSED else result.level_title.casefold()
        held.setdefault(result.title, set()).add(title)
    return tuple(
        f"{title} is {' or '.join(sorted(held[title]))} on the scorecard, and not what is said here: {sentence!r}."
        for sentence in (one.text for one in sentences(text))
        for title in dict.fromkeys(_contradicted(sentence, card, sorted(scales), held))
    )


def _contradicted(sentence: str, card: Scorecard, scales: Sequence[str], held: Mapping[str, set[str]]) -> Iterator[str]:
    mentions = _mentions(sentence, card)
    words = "|".join(re.escape(scale) for scale in sorted(scales, key=len, reverse=True))
    for level in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", sentence, re.IGNORECASE):
        if _NO_LEVEL.match(sentence, level.end()) or any(one.start <= level.start() < one.end for one in mentions):
            continue
        near = min(mentions, key=lambda one: _distance(sentence, one, level), default=None)
        if near is None or not _belong(sentence, near, level):
            continue
        before, said = sentence[: level.start()], level.group().casefold()
        true = said in held[near.title]
        if true if _NEGATED.search(before) else not true and not _AIM.search(before):
            yield near.title


def _between(mention: _Mention, level: re.Match[str]) -> int:
    return max(mention.start - level.end(), level.start() - mention.end)


def _distance(sentence: str, mention: _Mention, level: re.Match[str]) -> int:
    """How far apart, in characters; what stands in another part of the sentence is farther away."""
    first, second = sorted(((mention.start, mention.end), (level.start(), level.end())))
    return _between(mention, level) + (FARTHEST if _BREAK.search(sentence[first[1] : second[0]]) else 0)


def _belong(sentence: str, mention: _Mention, level: re.Match[str]) -> bool:
    if mention.named:
        return _between(mention, level) <= FARTHEST
    if level.end() <= mention.start:  # "weak ownership"
        return not sentence[level.end() : mention.start].strip()
    return bool(_IS.fullmatch(sentence[mention.end : level.start()]))


def _mentions(text: str, card: Scorecard) -> tuple[_Mention, ...]:
    """Where criteria are named, the longer title first where two overlap."""
    found: list[_Mention] = []
    for title in sorted({result.title for result in card.criteria}, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(title)}(?!\w)", text, re.IGNORECASE):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(_Mention(match.start(), match.end(), title, match.group() == title))
    return tuple(found)


_HIRE = (
    r"(?:(?:hire|hiring)(?=\s+(?:you|them|her|him|this candidate|today|now|tomorrow|on the spot|at once)\b|\s*[.,;!)]"
    r"|\s*$)|(?:make|making|extend|extending) (?:you )?an offer|offer(?:ing)? you (?:the|a) (?:job|role|position)"
    r"|mov(?:e|ing) (?:you )?(?:forward|ahead|on to the next)|advanc(?:e|ing) you|put(?:ting)? you through"
    r"|recommend(?:ing)? (?:hiring|you\b|a hire|an offer|to hire)|bring(?:ing)? you on)"
)
_WORDS: tuple[tuple[Verdict, str], ...] = (
    ("no-decision", r"\bno decision\b|\b(?:can(?:not|'t)|could(?: not|n't)) decide\b|\bundecided\b"),
    ("strong-no", r"\bstrong(?:ly)? (?:no\b(?! hire)|no[- ]hire)"),
    ("strong-yes", r"\bstrong (?:yes|hire)\b"),
    (
        "no",
        rf"(?:\b(?:not|never|cannot)|n't)\s+(?:\w+\s+){{0,3}}?(?:{_HIRE}|hiring\b|go(?:ing)? (?:further|ahead)"
        r"|proceed(?:ing)?\b)|\bno[- ]hire\b|\breject(?:ed|ing|ion)?\b|\bturn(?:ed|ing)? you down\b"
        r"|\bpass(?:ing)? on you\b|\b(?:clear|firm|definite|soft|hard)\s+no\b"
        r"|\b(?:a|is|was|say|said|votes?|voted|verdict:|vote:)\s+no(?=\s*(?:[.,;:!?)\u2014]|$)| from | for now| today)",
    ),
    (
        "yes",
        rf"\b(?:we|i)(?:'d|'ll|'re|'m| would| will| are| am| want| can)(?:\s+\w+){{0,3}}?\s+{_HIRE}"
        r"|\byou(?:'re| are) (?:hired|through to)\b|\b(?:clear|lean|soft|definite)\s+hire\b"
        r"|\byou(?:'ve| have)? (?:got the job|made the cut|(?:cleared|met|passed) (?:our|the|my|this) "
        r"(?:bar|round|interview))\b"
        r"|\b(?:clear|firm|definite|soft|leaning|a|is|was|say|said|votes?|voted|verdict:|vote:)\s+yes\b",
    ),
)
"""Verdict -> its words, those first whose words hold those of another."""
_VERDICTS = tuple((verdict, re.compile(pattern, re.IGNORECASE)) for verdict, pattern in _WORDS)


def other_verdicts(text: str, verdict: Verdict) -> tuple[str, ...]:
    """Where the words of another verdict are used, in words for whoever wrote them."""
    wrong: list[str] = []
    for one in sentences(text.replace("\u2019", "'")):
        rest = one.text
        for said, pattern in _VERDICTS:
            for match in pattern.finditer(rest):
                negated = said in {"yes", "strong-yes", "strong-no"} and bool(_NEGATED.search(rest[: match.start()]))
                if negated == _agrees(said, verdict):
                    words = " ".join(match.group().split())
                    wrong.append(f"The verdict is {verdict_name(verdict)}, which {words!r} contradicts.")
            rest = pattern.sub(lambda match: "\u2026" * len(match.group()), rest)
    return tuple(dict.fromkeys(wrong))


def _agrees(said: Verdict, verdict: Verdict) -> bool:
    return said == verdict or (said, verdict) in {("yes", "strong-yes"), ("no", "strong-no")}
