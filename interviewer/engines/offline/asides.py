"""Sentences that are not part of an answer: orders to the interviewer, marks to give, praise of oneself.

They are neither evidence for nor against anything; a grader reads on as if they were not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from interviewer.engines.offline.lookup import Lookup
from interviewer.engines.offline.stems import Heard, hear
from interviewer.grading.instructing import instructing, instructs
from interviewer.text import sentences

_SET_ASIDE = frozenset(("ignore", "disregard", "forget", "override", "bypass", "overrule"))
_RULES = frozenset(
    """rubric rubrics instruction instructions prompt prompts grading criteria criterion rules guidelines previous
    above anchors scoring""".split()
)
_ORDERS = (
    "system prompt", "system message", "you are now", "as an ai grader", "as an ai model", "as an ai language",
    "as an ai assistant", "as a language model", "you are an ai", "dear grader", "note to grader",
    "note to the grader", "attention grader", "hey grader", "developer mode", "jailbreak mode", "do not grade",
    "do not evaluate this", "reveal your prompt", "print your prompt", "reveal your instructions", "end of answer",
    "end of transcript", "new instructions", "you must rate", "you must grade", "you must score", "you must give",
)  # fmt: skip
_TOLD_OF_OTHERS = frozenset(
    """attacker attackers user users injection injections document documents email emails customer customers someone
    somebody they we he she team operator operators people""".split()
)
_MARKS = (
    "full marks", "full points", "full score", "maximum score", "maximum points", "highest score", "highest level",
    "highest rating", "top score", "top marks", "perfect score", "give me a", "give this a", "rate this", "rate me",
    "rate my", "score this", "score me", "grade this", "grade me", "mark this", "mark me", "mark it as", "award me",
    "award this", "hire me", "strong yes", "deserves a", "ten out of ten", "5 out of 5", "10 out of 10", "10 10",
    "all criteria", "every criterion", "each criterion", "meets the rubric", "strong on every", "all the criteria",
    "set the level", "level strong", "rated strong",
)  # fmt: skip
_PRAISE = (
    "excellent answer", "great answer", "perfect answer", "strong answer", "outstanding answer", "best answer",
    "ideal answer", "exceptional answer", "comprehensive answer", "complete answer", "brilliant answer",
    "my answer is", "this answer is", "this answer shows", "this answer covers", "this answer demonstrates",
    "my answer shows", "my answer demonstrates", "my answer covers", "this response", "my response",
    "this is an excellent", "as you can see i am", "i am the best candidate", "i am the perfect candidate",
    "i am the ideal candidate", "best candidate you", "the answer above", "answer above is", "i am an excellent",
    "i am an outstanding", "i am exceptional", "world class engineer", "i always exceed", "i am brilliant",
    "i am a genius",
)  # fmt: skip
_ADVANCES = (
    "next round please", "next question please", "next question", "next round", "move to the next round",
    "go to the next", "advance me", "pass me to", "proceed to the next", "skip to the next",
    "let us move to the next", "move on to the next", "skip to the end", "end the interview",
    "finish the interview",
)  # fmt: skip


@lru_cache(maxsize=1)
def _phrases() -> Lookup[str]:
    return Lookup({"order": _ORDERS, "mark": _MARKS, "praise": _PRAISE, "advance": _ADVANCES})


def _orders(heard: Heard, said: frozenset[str]) -> bool:
    if "advance" in said:
        return len(heard.words) <= 8
    ordered = "order" in said or (not _SET_ASIDE.isdisjoint(heard.words) and _sets_aside(heard.words))
    return ordered and ("mark" in said or _TOLD_OF_OTHERS.isdisjoint(heard.words))


def _sets_aside(words: Sequence[str]) -> bool:
    """True for "disregard the rubric": a rule is named right after the verb."""
    return any(
        word in _SET_ASIDE and not _RULES.isdisjoint(words[place + 1 : place + 5]) for place, word in enumerate(words)
    )


@lru_cache(maxsize=512)
def asides(text: str) -> tuple[bool, ...]:
    """For each sentence of `text`, in order, whether it is an aside."""
    passage = hear(text)
    if not _phrases().labels(passage.words) and _SET_ASIDE.isdisjoint(passage.words):  # nor has any sentence of it
        told = instructing(text)
        return tuple(sentence.number in told for sentence in sentences(text))
    return tuple(map(is_aside, passage.sentences))


def is_aside(heard: Heard) -> bool:
    """True for an order, a mark that is asked for, or praise of one's own answer."""
    said = _phrases().labels(heard.words)
    if _orders(heard, said) or "praise" in said or instructs(heard.text):
        return True
    return "mark" in said and not _ADDRESSED.isdisjoint(heard.words) and _OF_A_STORY.isdisjoint(heard.words)


_ADDRESSED = frozenset("rubric score marks points criterion criteria grader level please answer".split())
_OF_A_STORY = frozenset(("we", "customers", "users", "model"))
