"""What an interviewer's remark does: whether it asks, and whether it goes on with the same question.

Rules on words, simple enough to be told in the preview; where they are wrong, `--all-main` or labels in the file
(`Q1:`, `Follow-up:`) decide instead.
"""

from __future__ import annotations

import re

from interviewer.text import sentences, words

SHORT = 30
"""Words of a remark up to which a word such as "that" is taken to point back at the answer."""

SHARED = 2
"""Telling words that a follow-up shares with the question or the answer before it."""

_COMMAND = re.compile(
    r"^(?:(?:so|okay|ok|now|then|and|great|right|please|well|alright|thanks|thank you)[,.]?\s+)*"
    r"(?:tell|walk|talk|take|describe|explain|give|show|imagine|suppose|design|write|implement|sketch|think of|name"
    r"|list|compare|consider|convince|sell|pitch|pick|choose|estimate|outline|let'?s say|say you|assume|help me"
    r"|elaborate|go on|introduce|start with|share)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:next (?:question|topic|one)|mov(?:e|ing) on|another (?:question|topic|area)|different (?:question|topic)"
    r"|(?:switch|chang)\w* (?:gears|topics?|subjects?)|(?:last|first|final|second|third) question"
    r"|to (?:start|begin) with"
    r"|let'?s (?:start|begin|turn|move|switch|talk about|do|look at)|tell me about a time|tell me about yourself"
    r"|turning to|now (?:for|to) something|on to|coming to|walk me through)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:you (?:said|mentioned|told|just|talked|described|spoke)|earlier|elaborate|say more|tell me more|go on"
    r"|what do you mean|how so|for (?:example|instance)|such as|go back|back to|dig (?:into|deeper)|follow[- ]?up"
    r"|in (?:that|this) (?:case|situation|project|example)|what else|anything else|why not|by that|more (?:detail|about"
    r" (?:that|this|it)))\b|^(?:and|but|why|how come|so|or)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:did|does|do|was|is|were|are|would|could|can|had|has|have|made|makes?|with|about|of|in|for|on|from|by|like|to)"
    r"\s+(?:that|this|those|these)\b(?!\s+you\b)|\b(?:that|this|those|these)\s*[?.!]*$|\b(?:it|they|them|he|she|him|her)\b",
    re.IGNORECASE,
)
_STORY = re.compile(r"\b(?:tell me about|describe|an example of|a time)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]|\band\b|\bor\b|\bwhen\b", re.IGNORECASE)
_PLAIN = frozenset(
    """about above after again also always another answer around because been before being between both come could
    describe does doing done down during each even ever every example explain find first from gave give going good
    great have having here into just know like little look made make many maybe more most much must need never next
    okay once only other over part please question quite really right said same says should show since some something
    still such sure take talk tell than thank thanks that their them then there these they thing things think this
    those through time under until very walk want well went were what when where which while will with within without
    work would your yours yourself""".split()
)
_WORD = re.compile(r"[^\W\d_]{4,}")


def asks(text: str) -> bool:
    """Whether a remark asks for something: it has a question mark, or a sentence of it is a request."""
    return "?" in text or any(_COMMAND.match(sentence.text) for sentence in sentences(text))


def goes_on(text: str, question: str, answer: str) -> str | None:
    """Why a remark that asks is a follow-up to `question` and its last `answer`; None if it is a main question."""
    if _NEW.search(text):
        return None
    asking = _asking_part(text)
    if _BACK.search(asking):
        return "refers back"
    if words(text) <= SHORT and not _STORY.search(asking) and _POINTING.search(_CLAUSE.split(asking)[0].strip()):
        return "points at what was said"
    if not answer.strip():
        return None
    shared = _telling(asking) & (_telling(question) | _telling(answer))
    if len(shared) >= SHARED or (shared and words(asking) <= SHORT // 2):
        return "is about the same thing"
    return None


def _asking_part(text: str) -> str:
    """The sentences of a remark that ask; all of it if it is not plain which do."""
    asking = [one.text for one in sentences(text) if asks(one.text)]
    return " ".join(asking) or text


def _telling(text: str) -> frozenset[str]:
    """The longer words of a text, cut to their beginnings so that `measured` and `measure` are one."""
    return frozenset(word[:6] for word in _WORD.findall(text.casefold()) if word not in _PLAIN)
