"""Whether the effort went where the brief asked for it: hours, what was cut, and what the brief names."""

from __future__ import annotations

import re
from typing import Final

from interviewer.brief_audit import effort_hours
from interviewer.engines.offline.submission import results, testing, write_up
from interviewer.engines.offline.submission.finding import NOTHING, Check, Found, by_count, found, matching, pattern
from interviewer.engines.offline.submission.handed import Handed, Spot
from interviewer.text import sentences

_SPENT: Final = pattern(
    r"\b(?: spent | took | worked | stopped | used | in[ ]all | in[ ]total | total\w* | time-?box\w* )\b"
)
_CUT: Final = pattern(
    r"""\b(?: left[ ]out | cut | skipped | dropped | on[ ]purpose | out[ ]of[ ]scope | deliberate\w* | not[ ]attempted
    | chose[ ]not | (?:did[ ]not|didn't)[ ](?:tune|build|deploy|try|add|write|do) | no[ ]time )\b"""
)

FAR_TOO_LONG: Final = 16.0
"""Hours that are too many for a take-home task whose brief names none."""
OVERRUN: Final = 1.25
"""What may be taken of the hours that the brief gives."""


def time_told(handed: Handed) -> Found:
    """The hours spent, within those that the brief gives."""
    told = [spot for spot in matching(handed.told, _SPENT) if effort_hours(spot.text) is not None]
    if not told:
        return NOTHING
    spent, given = max(effort_hours(spot.text) or 0.0 for spot in told), effort_hours(handed.brief)
    if spent > (FAR_TOO_LONG if given is None else OVERRUN * given):
        limit = "than such a task should take" if given is None else f"than the {given:g} that the brief gives"
        return Found(0.0, (), tuple(told[:1]), f"{spent:g} hours are more {limit}.")
    return found(1.0, told)


def cut_told(handed: Handed) -> Found:
    """What was left out on purpose."""
    return by_count(matching(handed.told, _CUT, words=6), 0.7, 1.0)


_ASKED: Final[dict[str, tuple[re.Pattern[str], Check]]] = {
    "a baseline": (pattern(r"\bbaselines?\b"), results.baseline_figure),
    "tests": (pattern(r"\b(?:unit[ ])?tests?\b(?![ ](?:set|part|split|data|accuracy|f1))"), testing.tests),
    "figures by class": (
        pattern(r"\b(?:per[- ]class|by[ ]class|for[ ]each[ ](?:class|field|category)|confusion[ ]matrix)\b"),
        results.per_class,
    ),
    "an error analysis": (pattern(r"\berror[ ]analysis\b|\bwhere[ ]it[ ]fails\b"), results.cause),
    "a README": (pattern(r"\breadme\b|\bwrite-?up\b"), write_up.own_problem),
    "next steps": (pattern(r"\b(?:next[ ]steps?|more[ ]time|future[ ]work)\b"), write_up.next_steps),
    "assumptions": (pattern(r"\bassum\w+\b"), write_up.assumptions),
    "what it costs": (pattern(r"\b(?:costs?|latency)\b"), write_up.cost),
    "monitoring": (pattern(r"\b(?:monitor\w*|drift)\b"), write_up.monitoring),
    "a comparison": (pattern(r"\bcompar\w+\b"), results.compared),
}
"""What briefs ask for -> the words by which they do, and the check that finds it."""

_UNASKED: Final = re.compile(
    r"(?:^|/)(?:k8s|kubernetes|helm|terraform|charts|infra(?:structure)?|deploy(?:ment)?s?|frontend|webapp|ui)/|\.tf$"
    r"|(?:^|/)(?:docker-compose|compose)\.ya?ml$|\.(?:tsx|jsx|vue)$",
    re.IGNORECASE,
)
_DEPLOYED: Final = pattern(
    r"\b(?:deploy\w*|docker\w*|kubernetes|production|front-?end|dashboard|demo|apis?|service|interface|terraform|cloud)\b"
)
_DENIED: Final = pattern(r"\b(?:not|no|nor|without|optional|neither|don't|doesn't)\b")
_UNASKED_COSTS: Final = 0.5


def within_brief(handed: Handed) -> Found | None:
    """What the brief names is answered, and no deployment stack is there that nobody wanted."""
    wanted = {name: check for name, (words, check) in _ASKED.items() if words.search(handed.brief)}
    deployed = any(_DEPLOYED.search(one.text) and not _DENIED.search(one.text) for one in sentences(handed.brief))
    extra = () if deployed else _extra(handed)
    if len(wanted) < 2:
        return None  # too little is known of what was wanted
    answered = {
        name: one.spots[0] for name, check in wanted.items() if (one := check(handed)) is not None and one.spots
    }
    missing = [name for name in wanted if name not in answered]
    share = len(answered) / len(wanted)
    remarks = [f"The brief asks for {missing[0]}, which is not there."] if missing else []
    if extra:
        remarks.append("It holds a stack for deployment that the brief does not ask for.")
    worth = max(0.0, share - _UNASKED_COSTS * bool(extra))
    spots = tuple(answered.values())[:2]
    return Found(worth if spots else 0.0, spots, extra[:2], " ".join(remarks))


def _extra(handed: Handed) -> tuple[Spot, ...]:
    return tuple(spot for file in handed.of("list") for spot in file.spots if _UNASKED.search(spot.text))
