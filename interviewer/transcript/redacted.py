"""A transcript with placeholders in place of names and figures, still valid: its quotes stand where it says they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from interviewer.scorecard import (
    AnswerSummary,
    Change,
    CriterionResult,
    Debrief,
    Evidence,
    Grade,
    Member,
    ProbeRecord,
    Rating,
    Scorecard,
    Veto,
    Vote,
)
from interviewer.text import sentences
from interviewer.transcript.events import (
    Answer,
    Draft,
    Event,
    Feedback,
    Gap,
    Header,
    Imported,
    Notice,
    Noticed,
    Profile,
    Reading,
    Turn,
)
from interviewer.transcript.redaction import Edit, Redactor, applied, employers, moved, names_in
from interviewer.transcript.runs import GradingRun

TEXTS: Mapping[type[BaseModel], tuple[str, ...]] = {
    Turn: ("text", "said_by"),
    Answer: ("text",),
    Draft: ("text",),
    Feedback: ("showed", "missed", "better"),
    Notice: ("text",),
    Gap: ("about", "probe", "quote", "earlier"),
    Rating: ("reasoning",),
    Grade: ("note",),
    Vote: ("note",),
    Change: ("reason",),
    CriterionResult: ("reasoning",),
    AnswerSummary: ("asked", "better", "missed", "covered"),
    ProbeRecord: ("about", "asked"),
    Member: ("note",),
    Veto: ("reason",),
    Debrief: ("verdict", "strengths", "missing", "stronger", "practise", "left_out"),
    Scorecard: ("spoken", "why", "feedback", "strengths", "missing", "practice"),
    GradingRun: ("notes",),
}
"""Where words stand that somebody said, or that may repeat them. Evidence and sentence numbers are made anew."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is to be redacted beside addresses, numbers and links."""

    names: tuple[str, ...] = ()
    """Names that the user lists."""
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Redacted:
    """What is given away instead of the transcript."""

    header: Header
    events: tuple[Event, ...]
    runs: tuple[GradingRun, ...]


def redacted(
    header: Header, events: Iterable[Event], runs: Iterable[GradingRun] = (), redaction: Redaction = Redaction()
) -> Redacted:
    """The same interview with placeholders; CV and job advertisement are left out. Folds as the original does."""
    events = tuple(events)
    redactor = Redactor(_names(header, events), redaction.figures, redaction.names)
    safe = _header(header, redactor)  # first, so that the candidate is the first name
    work = _Work(redactor, {one.seq: one.text for one in events if isinstance(one, Answer)})
    done = tuple(work.document(event) for event in events)
    return Redacted(safe, done, tuple(work.document(run) for run in runs))


def _names(header: Header, events: Iterable[Event]) -> tuple[str, ...]:
    """The names that the transcript itself gives away: of the candidate, their employers, and who they speak of."""
    profile = header.profile
    own = (profile.name,) if profile.name else ()
    said_by = {one.said_by: None for one in events if isinstance(one, Turn) and one.said_by}
    texts = [one.text for one in events if isinstance(one, Answer | Draft)]
    if isinstance(header.origin, Imported):  # whoever asked is not made up either
        texts += [one.text for one in events if isinstance(one, Turn)]
    named = names_in(texts)
    made_up = {person.name for person in header.persona.people} | {header.persona.company.name}
    return (*own, *said_by, *employers(profile.cv or ""), *(name for name in named if name not in made_up))


def _header(header: Header, redactor: Redactor) -> Header:
    origin, banks = header.origin, header.banks
    if isinstance(origin, Imported):
        origin = origin.model_copy(update={"file": redactor.text(origin.file)})
        banks = tuple(
            bank.model_copy(
                update={
                    "title": redactor.text(bank.title)[:400],
                    "questions": tuple(
                        one.model_copy(update={"text": redactor.text(one.text)[:4000]}) for one in bank.questions
                    ),
                }
            )
            for bank in banks
        )
    name = redactor.text(header.profile.name) if header.profile.name else None
    return header.model_copy(
        update={
            "id": f"{header.id[:55]}-redacted",
            "profile": Profile(name=name),
            "origin": origin,
            "banks": banks,
        }
    )


Kind = TypeVar("Kind", bound=BaseModel)


class _Work:
    """Redacts documents with the answers at hand that their quotes are from."""

    def __init__(self, redactor: Redactor, answers: Mapping[int, str]) -> None:
        self._redactor = redactor
        self._answers = answers
        self._edits: dict[int, tuple[Edit, ...]] = {seq: redactor.edits(text) for seq, text in answers.items()}
        self._said = {seq: applied(text, self._edits[seq]) for seq, text in answers.items()}

    def document(self, value: Kind) -> Kind:
        """The same document with placeholders in its texts, and in all that it holds."""
        if isinstance(value, Evidence):
            return self._evidence(value)  # type: ignore[return-value]
        if isinstance(value, Reading):
            noticed = tuple(self._noticed(one, value.answer) for one in value.noticed)
            value = value.model_copy(update={"noticed": noticed})
        if isinstance(value, GradingRun):
            value = value.model_copy(update={"transcript": f"{value.transcript[:55]}-redacted"})
        texts = TEXTS.get(type(value), ())
        changes = {}
        for name in type(value).model_fields:
            held = getattr(value, name)
            new = self._text(held) if name in texts else self._inside(held)
            if new is not held:
                changes[name] = new
        return value.model_copy(update=changes) if changes else value

    def _inside(self, held: Any) -> Any:
        if isinstance(held, BaseModel):
            return self.document(held)
        if isinstance(held, tuple) and any(isinstance(one, BaseModel) for one in held):
            return tuple(self.document(one) if isinstance(one, BaseModel) else one for one in held)
        if isinstance(held, dict) and any(isinstance(one, BaseModel) for one in held.values()):
            return {key: self.document(one) if isinstance(one, BaseModel) else one for key, one in held.items()}
        return held

    def _text(self, held: Any) -> Any:
        if isinstance(held, str):
            return self._redactor.text(held)
        if isinstance(held, tuple):
            return tuple(self._redactor.text(one) for one in held)
        return held

    def _evidence(self, evidence: Evidence) -> Evidence:
        """The quote where it stands now; one that was not in its answer before is redacted as any text."""
        before = self._answers.get(evidence.event)
        if before is None or before[evidence.start : evidence.end] != evidence.quote:
            return evidence.model_copy(update={"quote": self._redactor.text(evidence.quote)})
        edits, said = self._edits[evidence.event], self._said[evidence.event]
        start, end = moved(evidence.start, edits), moved(evidence.end, edits, end=True)
        return Evidence(
            event=evidence.event, sentence=_sentence(said, start), start=start, end=end, quote=said[start:end]
        )

    def _noticed(self, noticed: Noticed, answer: int) -> Noticed:
        """The same sentence by its number in the redacted answer."""
        before = sentences(self._answers.get(answer, ""))
        if not 0 < noticed.sentence <= len(before):
            return noticed
        start = moved(before[noticed.sentence - 1].start, self._edits[answer])
        return noticed.model_copy(update={"sentence": _sentence(self._said[answer], start)})


def _sentence(text: str, place: int) -> int:
    """The number of the sentence that an offset is in."""
    found = [one.number for one in sentences(text) if one.start <= place]
    return found[-1] if found else 1
