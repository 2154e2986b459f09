"""Words that stand for much the same when people tell of their work.

"I read 500 bills" and "what have you looked at?" share no stem and speak of the same thing. A group of such words
is a kinship: weaker than the same word, stronger than nothing. The groups are few and wide on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from interviewer.engines.offline.stems import hear, stem

_GROUPS: dict[str, str] = {
    "look": """look looking read reading inspect see saw seen watch sat sit observe audit eye eyes examine study visit
        review plot plotted beside""",
    "talk": """talk ask call phone telephone rang ring spoke speak conversation walk meet meeting met interview
        told tell mail message wrote said say sentence listen""",
    "gauge": """measure metric figure percent number score count error accuracy precision recall median mean rate
        share kappa agreement interval auc agree""",
    "usage": "use usage opened open adopt adoption click accept ignore login view mute",
    "time": """day week month hour minute year quarter deadline date evening morning night weekend spring summer autumn
        winter january february march april june july august september october november december soon late""",
    "money": "cost price pay paid money dollar euro budget expensive cheap saving worth revenue credit bargain detour",
    "wrong": """wrong error mistake fail failure broke break broken bug fault bad badly worse worst miss trouble problem
        false ugly unpleasant nasty leak drift destroy suffer lose lost harm hurt""",
    "lesson": """lesson learn taught teach realise realize habit change since nowadays earlier differently again
        hindsight""",
    "forgo": """drop leave left skip cut remove reject give gave stop kill instead without refuse sacrifice postpone
        wait""",
    "choice": "choose chose chosen choice decide decision pick alternative option select prefer took take reject",
    "compare": "compare comparison baseline against versus beat than next best other rule reference replay side",
    "cause": "because why reason cause due grounds explain",
    "mine": "i my mine myself own hands handwriting personally me alone role part",
    "effect": """result effect outcome came fell rose went improve grew shipped live halved doubled end happen change
        follow""",
    "chance": """random randomly sample slice chance drawn draw blind blindly exploration holdout untouched unseen
        independent fresh""",
    "label": "label mark annotate annotator truth correction grade",
    "load": "load volume traffic million thousand peak second scale throughput lot",
    "alarm": "alarm alert monitor notice detect dashboard watch hear heard sign signal symptom quiet",
    "edge": "limit blind except only weak weakness boundary stop sleep catch caught miss uncertain",
    "guard": "rollback switch guard fallback gate return check test prevent previous restore shadow canary",
    "people": """user customer people person colleague reviewer manager partner lead team somebody someone driver
        dispatcher shopper planner client anybody""",
    "start": "first begin began start initially initial outset opening",
    "simple": "simple naive rule table lookup average sort keyword majority heuristic straw dumbest query sql",
    "doubt": "unsure doubt maybe guess perhaps honest honestly feeling sure know admit certain believe trust",
    "plan": "plan order rank priority criteria effort rule second third sequence",
    "speed": "fast faster quick quickly slow slower latency speed wait seconds milliseconds long",
    "lack": "without lack miss nobody none shortage barely afraid beyond could",
}


@lru_cache(maxsize=1)
def _kin() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in _GROUPS.items():
        for word in words.split():
            found.setdefault(stem(word), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def kin(stems: Iterable[str]) -> frozenset[str]:
    """The groups that hold any of these stems."""
    table = _kin()
    return frozenset().union(*(table[one] for one in stems if one in table))


@lru_cache(maxsize=512)
def kinned(text: str) -> tuple[frozenset[str], ...]:
    """For each sentence of `text`, in order, the groups of its words."""
    return tuple(kin(heard.stems) for heard in hear(text).sentences)
