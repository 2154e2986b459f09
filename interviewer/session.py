"""Puts an interview together: content from the library, an engine, a transcript and the loop.

Used by the command line and by the screens alike, so that both run the very same interview.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from interviewer import __version__
from interviewer.engines.choose import Engine
from interviewer.interview.clock import Clock
from interviewer.interview.conductor import Conductor, Update
from interviewer.interview.salvage import fold_what_fits
from interviewer.library import Library
from interviewer.persona import Persona
from interviewer.question import QuestionBank
from interviewer.rubric import Rubric
from interviewer.transcript.archive import listing
from interviewer.transcript.events import Header, Profile
from interviewer.transcript.store import ENDING, Transcript, TranscriptError, TranscriptWriter, read
from interviewer.vocabulary import Mode, Seniority

RECENT_INTERVIEWS = 3
"""Interviews with the same persona whose questions are avoided while there are others."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the candidate chose before the interview."""

    persona: str
    mode: Mode = "realistic"
    seniority: Seniority = "senior"
    minutes: int | None = None
    """None: the persona's own length."""
    profile: Profile = field(default_factory=Profile)
    seed: int | None = None
    """None: a fresh one. The same seed, content and answers give the same interview."""
    wanted: tuple[str, ...] = ()
    """Questions that are asked before all others where they fit, first to last."""


class ChoiceError(Exception):
    """A choice that does not fit; the message says which and what fits."""


def prepare(library: Library, choices: Choices, engine: Engine, transcripts: Path) -> Header:
    """Everything that is fixed before the first word.

    Raises:
        ChoiceError: the length does not fit the persona, or a wanted question is not among those that it asks.
        interviewer.library.NotFound: no such persona, or something that it names is missing.
        interviewer.library.Broken: a file with faults.
    """
    persona = library.persona(choices.persona)
    minutes = choices.minutes if choices.minutes is not None else persona.minutes.default
    if not persona.minutes.shortest <= minutes <= persona.minutes.longest:
        raise ChoiceError(
            f"{persona.title} takes {persona.minutes.shortest} to {persona.minutes.longest} minutes, not {minutes}."
        )
    names = dict.fromkeys(bank for segment in persona.plan for bank in segment.banks)
    written = tuple(library.bank(name) for name in names)
    _must_know(persona, written, choices.wanted)
    banks = tuple(_askable(bank, persona, choices.seniority) for bank in written)
    used = {question.rubric for bank in banks for question in bank.questions}
    rubrics = tuple(library.rubric(name) for name in sorted(used | set(persona.decision.rubrics)))
    created = datetime.now(UTC)
    seed = choices.seed if choices.seed is not None else secrets.randbelow(2**31)
    return Header(
        id=f"{created:%Y%m%d-%H%M%S}-{persona.id}-{secrets.token_hex(2)}"[:64],
        created=created,
        product_version=__version__,
        engine=engine.name,
        engine_version=engine.version,
        model=engine.model,
        mode=choices.mode,
        minutes=minutes,
        seniority=choices.seniority,
        seed=seed,
        profile=choices.profile,
        recent=_recent(transcripts, persona.id) if choices.seed is None else (),
        wanted=choices.wanted,
        persona=persona,
        rubrics=rubrics,
        banks=banks,
        hashes=_hashes(persona, rubrics, written),
    )


def _must_know(persona: Persona, banks: tuple[QuestionBank, ...], wanted: tuple[str, ...]) -> None:
    known = {question.id for bank in banks for question in bank.questions}
    unknown = next((question for question in wanted if question not in known), None)
    if unknown is not None:
        names = ", ".join(bank.id for bank in banks)
        raise ChoiceError(f"{persona.title} has no question {unknown}. See them with: interviewer questions ({names})")


def _askable(bank: QuestionBank, persona: Persona, seniority: Seniority) -> QuestionBank:
    """The bank with only the questions that this interview could ask, so that transcripts stay small."""
    fitting = tuple(
        question
        for question in bank.questions
        if persona.company.stage in question.stages and seniority in question.seniority
    )
    if not fitting:
        raise ChoiceError(f"The question bank {bank.id} has nothing for {seniority} candidates at this stage.")
    return bank.model_copy(update={"questions": fitting})


def _hashes(persona: Persona, rubrics: tuple[Rubric, ...], banks: tuple[QuestionBank, ...]) -> dict[str, str]:
    named: list[tuple[str, Persona | Rubric | QuestionBank]] = [("persona", persona)]
    named += [(f"rubric:{rubric.id}", rubric) for rubric in rubrics]
    named += [(f"bank:{bank.id}", bank) for bank in banks]
    return {name: document.content_hash() for name, document in named}


def _recent(transcripts: Path, persona: str) -> tuple[str, ...]:
    """Questions asked in the last interviews with this persona, latest first."""
    entries, _ = listing(transcripts)
    same = sorted((entry for entry in entries if entry.persona == persona), key=lambda entry: entry.created)
    asked: list[str] = []
    for entry in reversed(same[-RECENT_INTERVIEWS:]):
        try:
            state = fold_what_fits(read(entry.path)).state
        except TranscriptError:
            continue
        asked += [thread.question for thread in state.threads]
    return tuple(dict.fromkeys(asked))


def start(
    header: Header,
    transcripts: Path,
    engine: Engine,
    listener: Callable[[Update], None],
    now: Callable[[], float] | None = None,
) -> Conductor:
    """Begins the transcript and returns the interview, not yet begun.

    Raises:
        TranscriptError: the transcript cannot be written.
    """
    writer = TranscriptWriter.create(transcripts / f"{header.id}{ENDING}", header)
    clock = Clock(now=now) if now else Clock()
    return Conductor.start(writer, header, engine.interviewer, engine.grader, clock, listener, engine.reviewer)


def resume(
    path: Path, engine: Engine, listener: Callable[[Update], None], now: Callable[[], float] | None = None
) -> tuple[Conductor, Transcript]:
    """Opens an interrupted interview where it was, clock included.

    Raises:
        TranscriptError: it cannot be read or written, or is being written by another process.
    """
    writer, transcript = TranscriptWriter.reopen(path)
    try:
        fitting = fold_what_fits(transcript)
    except TranscriptError:
        writer.close()
        raise
    transcript = replace(transcript, events=fitting.events, damage=fitting.damage)
    conductor = Conductor.resume(writer, transcript, engine.interviewer, engine.grader, now, listener, engine.reviewer)
    return conductor, transcript
