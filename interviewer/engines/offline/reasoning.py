"""One or two plain sentences that say what was found and what is missing."""

from __future__ import annotations

from interviewer.engines.offline.criteria import Plan
from interviewer.engines.offline.strength import Findings
from interviewer.rubric import Signal

_NOUN: dict[Signal, str] = {
    "number": "a figure",
    "own-part": "the speaker's own part",
    "alternative": "an alternative",
    "baseline": "a baseline",
    "failure": "something that went wrong",
    "scale": "load or volume",
    "mechanism": "how it works",
    "result": "a result",
    "time-frame": "a time frame",
    "reason": "a reason",
    "trade-off": "a trade-off",
    "reflection": "a lesson",
    "honesty": "a limit or mistake admitted",
    "example": "a named case",
    "people": "other people",
    "plan": "ordered steps",
    "clarifying-question": "a question back",
}


def _listed(items: list[str], joint: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"


_COUNT = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""A question has ten key points at most."""


def reasoning(plan: Plan, findings: Findings) -> str:
    """What the rules found for this criterion, in words."""
    turned = ["takes up the change of the case"] if findings.twists else []
    parts = [*_points(plan, findings), *turned, *_phrases(findings), *_kinds(plan, findings)]
    if not parts:
        text = "Nothing was found that shows this."
    else:
        joined = "; ".join(parts)
        text = joined[0].upper() + joined[1:] + "."
        absent = [_NOUN[signal] for signal in plan.criterion.cues.signals if signal not in findings.signals]
        if absent:
            text += f" Not found: {_listed(absent, 'or')}."
    if findings.contrary:
        against = [f"“{phrase}”" for phrase in list(findings.contrary)[:2]]
        text += f" Against it: words like {_listed(against, 'and')}."
    return text


def _points(plan: Plan, findings: Findings) -> list[str]:
    if not findings.points and not findings.near:
        return []
    bearing = len(plan.points)
    if findings.points:
        whole = f"covers {_COUNT[len(findings.points)]} of {_COUNT[bearing]} key points that bear on it"
        return [f"{whole} and comes near {_COUNT[len(findings.near)]} more" if findings.near else whole]
    return [f"comes near {_COUNT[len(findings.near)]} of {_COUNT[bearing]} key points that bear on it"]


def _phrases(findings: Findings) -> list[str]:
    said = [f"“{phrase}”" for phrase in list(findings.cues)[:3]]
    return [f"says words like {_listed(said, 'and')}"] if said else []


def _kinds(plan: Plan, findings: Findings) -> list[str]:
    found = [_NOUN[signal] for signal in plan.criterion.cues.signals if signal in findings.signals]
    return [f"gives {_listed(found, 'and')}"] if found else []
