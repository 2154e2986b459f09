"""How the screens name things that are ids in the files: stages, ways to decide, verdicts, lengths, dates."""

from __future__ import annotations

from datetime import datetime
from typing import Final, get_args

from interviewer.grading.verdict import verdict_name
from interviewer.persona import DecisionRule, Persona, Verdict
from interviewer.text import one_line
from interviewer.vocabulary import Stage

QUIET: Final = "$foreground 70%"
"""Style of what matters less. `$text-muted` works in style sheets only."""

STAGES: Final[dict[Stage, str]] = {
    "seed": "Seed",
    "series-a": "Series A",
    "series-b": "Series B",
    "big-tech": "Big Tech",
}

DECIDES: Final[dict[DecisionRule, str]] = {
    "gut": "Decides by gut, the same day, on a few heavy signals",
    "panel": "Each rates blind, then all compare and vote again",
    "bar-raiser": "Writes and votes first, recommends a level, can veto",
}

VERDICT_TONES: Final[dict[str, str]] = {
    "strong-yes": "bold $text-success",
    "yes": "$text-success",
    "no": "$text-error",
    "strong-no": "bold $text-error",
    "no-decision": QUIET,
}
"""Styles of verdicts."""


def verdict(name: str | None) -> str:
    """A verdict in words; as it stands if this version does not know it."""
    known: tuple[Verdict, ...] = get_args(Verdict)
    words = next((verdict_name(one) for one in known if one == name), one_line(name or ""))
    return words[:1].upper() + words[1:]


def listed(names: list[str]) -> str:
    """`Ann`, `Ann and Bob`, `Ann, Bob and Cem`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def people(persona: Persona) -> str:
    """The names of those who interview."""
    return listed([person.name for person in persona.people])


def people_and_roles(persona: Persona) -> list[str | tuple[str, str]]:
    """The same with what each does, to be assembled."""
    parts: list[str | tuple[str, str]] = []
    for person in persona.people:
        parts += [", " if parts else "", (person.name, "bold"), (f" ({person.role})", QUIET)]
    return parts


def company(persona: Persona) -> str:
    """The company with what it is."""
    return f"{persona.company.name} · {STAGES[persona.company.stage]} · {persona.company.category}"


def length(persona: Persona) -> str:
    """How long the interview is."""
    minutes = persona.minutes
    if minutes.shortest == minutes.longest:
        return f"{minutes.default} min"
    return f"{minutes.default} min ({minutes.shortest}\u2013{minutes.longest})"


def moment(when: datetime) -> str:
    """Date and time of day where the user is."""
    local = when.astimezone()
    return f"{local.day:2} {local:%b %Y, %H:%M}"


def day(when: datetime) -> str:
    """The date where the user is."""
    local = when.astimezone()
    return f"{local.day:2} {local:%b %Y}"


def minutes_of(seconds: float) -> str:
    """A length in whole minutes, such as `12`; what is shorter than one is `<1`."""
    return str(round(seconds / 60)) if seconds >= 30 or seconds == 0 else "<1"
