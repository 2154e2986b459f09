"""Who of the speakers is the candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.imports.asking import asks
from interviewer.imports.remarks import Remark
from interviewer.imports.written import CANDIDATE
from interviewer.text import words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is taken for the candidate, and why."""

    name: str
    why: str
    guessed: bool


class NoCandidate(Exception):
    """Nobody can be taken for the candidate; the message says why and what to do."""


def choose_candidate(remarks: Sequence[Remark], wanted: str | None = None) -> Candidate:
    """The candidate: who was named, or whose label says it, or who asks least of what they say.

    Raises:
        NoCandidate: there are not two speakers, or nobody has the name.
    """
    speakers = tuple(dict.fromkeys(remark.speaker for remark in remarks))
    if not speakers:
        raise NoCandidate("no line says who speaks. A record needs `Q:` and `A:`, or a name and a colon.")
    if wanted is not None:
        return Candidate(_named(wanted, speakers), "as you said", False)
    if len(speakers) == 1:
        raise NoCandidate(f"only one speaker was found ({speakers[0]}), and an interview needs two.")
    if CANDIDATE in speakers:
        return Candidate(CANDIDATE, "as the record says", False)
    said = {name: [one for one in remarks if one.speaker == name] for name in speakers}
    asked = {name: sum(1 for one in said[name] if asks(one.text)) for name in speakers}
    spoken = {name: sum(words(one.text) for one in said[name]) for name in speakers}
    most = max(spoken.values())
    heard = [name for name in speakers if spoken[name] * 10 >= most]  # who hardly speaks is neither
    name = min(heard, key=lambda one: (asked[one] / len(said[one]), -spoken[one]))
    share = spoken[name] / max(1, sum(spoken.values()))
    remarks_made = len(said[name])
    why = f"asks in {asked[name]} of {remarks_made} remarks, and says {share:.0%} of all words"
    return Candidate(name, why, True)


def _named(wanted: str, speakers: Sequence[str]) -> str:
    key = " ".join(wanted.casefold().split())
    exact = [name for name in speakers if name.casefold() == key]
    fitting = exact or [name for name in speakers if name.casefold().startswith(key)]
    if len(fitting) == 1:
        return fitting[0]
    which = "fits several speakers" if fitting else "did not say anything here"
    raise NoCandidate(f"{wanted!r} {which}. There are: {', '.join(speakers)}.")
