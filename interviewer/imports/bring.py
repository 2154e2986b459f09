"""From what was recognised to a transcript in the user's folder."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from interviewer.imports.keep import Kept, keep
from interviewer.imports.making import MOST_QUESTIONS, Judged, make
from interviewer.imports.recognise import Held, Own
from interviewer.imports.source import ImportFault
from interviewer.library import Library
from interviewer.transcript.bundle import Bundle, as_log
from interviewer.vocabulary import Seniority

USUAL_PERSONA = "big-tech-bar-raiser"
"""Who judges where nobody is named: one voice, and criteria that fit interviews about what somebody did."""


def judged_by(library: Library, persona: str = USUAL_PERSONA, seniority: Seniority = "senior") -> Judged:
    """Who judges, with the rubrics that they decide on.

    Raises:
        interviewer.library.NotFound: no such persona, or something that it names is missing.
        interviewer.library.Broken: a file with faults.
    """
    found = library.persona(persona)
    return Judged(found, tuple(library.rubric(name) for name in sorted(found.decision.rubrics)), seniority)


def bring_in(found: Held | Own, folder: Path, judged: Judged) -> Kept:
    """Writes what was recognised into the folder of transcripts. What is there is never overwritten.

    A transcript of our own is copied byte for byte, and `judged` has no part in it.

    Raises:
        ImportFault: it cannot be written, or has too many questions.
    """
    if isinstance(found, Own):
        return keep(folder, found.transcript.header.id, found.bundle)
    if sum(1 for part in found.parts if part.kind == "ask") > MOST_QUESTIONS:
        raise ImportFault(f"{found.path}: has more than {MOST_QUESTIONS} questions. Import one interview at a time.")
    created = datetime.now(UTC)
    header, events = make(
        found.parts,
        judged,
        transcript_id=f"{created:%Y%m%d-%H%M%S}-import-{secrets.token_hex(2)}",
        created=created,
        file=found.path.name,
        form=found.conversation.form,
        candidate=found.candidate.name,
    )
    return keep(folder, header.id, Bundle(as_log(header, events)))
