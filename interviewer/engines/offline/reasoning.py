"""One or two plain sentences, to the candidate, that say what was found and what is missing."""

from __future__ import annotations

import re

from interviewer.engines.offline.common_words import COMMON
from interviewer.engines.offline.criteria import Plan
from interviewer.engines.offline.stems import content
from interviewer.engines.offline.strength import Findings
from interviewer.rubric import Signal

_NOUN: dict[Signal, str] = {
    "number": "a figure",
    "own-part": "your own part",
    "alternative": "an alternative",
    "baseline": "what it was compared with",
    "failure": "something that went wrong",
    "scale": "the load or volume",
    "mechanism": "how it works",
    "result": "a result",
    "time-frame": "a time frame",
    "reason": "a reason",
    "trade-off": "a trade-off",
    "reflection": "a lesson",
    "honesty": "a limit or a mistake of yours",
    "example": "a named case",
    "people": "other people",
    "plan": "steps in order",
    "clarifying-question": "a question back",
}

NO_OCCASION = "The question gave you no occasion to show this."
NOTHING = "Nothing you said shows this."

_COUNT = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""A question has ten key points at most."""

MOST_QUOTED = 2
MOST_ABSENT = 2


def reasoning(plan: Plan, findings: Findings) -> str:
    """What the rules found for this criterion, said to the candidate."""
    parts = [*_points(plan, findings), *_turned(findings), *_kinds(plan, findings)] or _phrases(findings)
    absent = [_NOUN[signal] for signal in plan.criterion.cues.signals if signal not in findings.signals][:MOST_ABSENT]
    if not parts:
        text = NOTHING
    else:
        text = f"You {_listed(parts, 'and')}"
        text += f"; you did not mention {_listed(absent, 'or')}." if absent else "."
    if findings.contrary:
        against = [f"“{_spoken(phrase)}”" for phrase in list(findings.contrary)[:MOST_QUOTED]]
        text += f" {_listed(against, 'and')} counts against it."
    return text


def _listed(items: list[str], joint: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"


def _spoken(phrase: str) -> str:
    """A cue as one would write it: "after that I"."""
    return re.sub(r"\bi\b", "I", phrase)


def _points(plan: Plan, findings: Findings) -> list[str]:
    made, bearing = len(findings.points), len(plan.points)
    if made and bearing == 1:
        return ["made the point that matters most here"]
    if made:
        if made == bearing == 2:
            return ["made both points that matter here"]
        return [f"made {_COUNT[made] if made < bearing else 'all'} of the {_COUNT[bearing]} points that matter here"]
    if findings.near:
        return ["came close to what matters here"]
    return []


def _turned(findings: Findings) -> list[str]:
    return ["took up the change of the case"] if findings.twists else []


def _phrases(findings: Findings) -> list[str]:
    said = [f"“{_spoken(phrase)}”" for phrase in findings.cues if content(phrase) - COMMON][:MOST_QUOTED]
    if said:
        return [f"spoke of {_listed(said, 'and')}"]
    return ["touched on it"] if findings.cues else []


def _kinds(plan: Plan, findings: Findings) -> list[str]:
    found = [_NOUN[signal] for signal in plan.criterion.cues.signals if signal in findings.signals]
    return [f"gave {_listed(found, 'and')}"] if found else []
