"""Earlier formats of the transcript, brought to the present one step at a time.

Each step is a pair of pure functions over the plain data of a header and of an event. A transcript that was begun by an
earlier version and gone on with by a later one holds events of both shapes under its first header, which is never
rewritten. So an event that is valid in the present format is taken as that, whatever the header says, and only others
go through the steps: whoever changes what a field means has to give it another name. A step never fails; what it does
not understand is left for the checks that follow.

Version 1 is everything that was written before transcripts could be branches or imports. Within it, a planted flaw that
the candidate noticed was first written down without its sentence, and for a while personas had words for claims about
faults and plans, which are no longer tested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from interviewer.text import sentences

Data: TypeAlias = dict[str, Any]
"""A header or an event as read from JSON. Never changed in place."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an event, for steps that need more than the event itself."""

    header: Data = field(default_factory=dict)
    """As it is after all steps."""
    answers: Mapping[int, str] = field(default_factory=dict)
    """Sequence number -> what was said, of every answer of the transcript."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next."""

    header: Callable[[Data], Data]
    event: Callable[[Data, Around], Data]


def migrated_header(header: Data, version: int) -> Data:
    """The header of format `version` in the present format."""
    for step in STEPS[version - 1 :]:
        header = step.header(header)
    return {**header, "schema_version": len(STEPS) + 1}


def migrated_event(event: Data, version: int, around: Around) -> Data:
    """An event of a transcript of format `version` in the present format."""
    for step in STEPS[version - 1 :]:
        event = step.event(event, around)
    return event


def _header_1_to_2(header: Data) -> Data:
    """Nobody tests claims about faults and plans any more: the words for them go."""
    persona = header.get("persona")
    people = persona.get("people") if isinstance(persona, dict) else None
    if not isinstance(persona, dict) or not isinstance(people, list):
        return header
    return {**header, "persona": {**persona, "people": [_person_1_to_2(person) for person in people]}}


def _person_1_to_2(person: object) -> object:
    phrases = person.get("phrases") if isinstance(person, dict) else None
    claims = phrases.get("claims") if isinstance(phrases, dict) else None
    if not isinstance(person, dict) or not isinstance(phrases, dict) or not isinstance(claims, dict):
        return person
    living = {kind: lines for kind, lines in claims.items() if kind not in {"fault", "plan"}}
    return {**person, "phrases": {**phrases, "claims": living}}


def _event_1_to_2(event: Data, around: Around) -> Data:
    """Finds the sentence that a noticed flaw was noticed in."""
    reading = event.get("reading")
    noticed = reading.get("noticed") if isinstance(reading, dict) else None
    if not isinstance(reading, dict) or not isinstance(noticed, list):
        return event
    if not any(isinstance(flaw, str) for flaw in noticed):
        return event
    answer = reading.get("answer")
    words = around.answers.get(answer, "") if isinstance(answer, int) else ""
    cues = _cues(around.header)
    found = [
        {"flaw": flaw, "sentence": _telling_sentence(words, cues.get(flaw, ""))} if isinstance(flaw, str) else flaw
        for flaw in noticed
    ]
    return {**event, "reading": {**reading, "noticed": found}}


def _cues(header: Data) -> Mapping[str, str]:
    """Planted flaw -> the words that give it away."""
    try:
        flaws = header["persona"]["company"]["flaws"]
        return {flaw["id"]: " ".join(flaw["cues"]) for flaw in flaws}
    except (KeyError, TypeError):
        return {}


def _telling_sentence(answer: str, cues: str) -> int:
    """Number of the sentence that has most words in common with the cues, as format 1 was read; 1 if there is none."""
    wanted = set(cues.casefold().split())
    found = sentences(answer)
    if not found:
        return 1
    return max(found, key=lambda one: len(wanted & set(one.text.casefold().split()))).number


STEPS: tuple[Step, ...] = (Step(_header_1_to_2, _event_1_to_2),)
"""The first leads from version 1 to 2, and so on; the last one to `TRANSCRIPT_SCHEMA`."""
