"""A transcript made of an interview that was held elsewhere: a header and the events, which fold like any others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interviewer import __version__
from interviewer.engines.offline.reading import read_answer
from interviewer.imports.parts import Part
from interviewer.imports.remarks import Form
from interviewer.interview.state import apply, begin
from interviewer.persona import Persona, Segment
from interviewer.question import Question, QuestionBank, cut
from interviewer.rubric import ProbeType, Rubric
from interviewer.text import one_line, words
from interviewer.transcript.events import Answer, Event, Gap, Header, Imported, Move, Notice, Profile, Reading, Turn
from interviewer.vocabulary import Seniority

WORDS_A_MINUTE = 150
"""How fast is spoken where the record has no times: a usual pace of conversation."""

MOST_QUESTIONS = 500

LONGEST_PLANNED, MOST_PLANNED = 120, 20
"""Minutes and questions of one segment, at most."""

_END = "(The record ends here.)"


@dataclass(frozen=True, slots=True)
class Judged:
    """Who will judge an imported interview, under what."""

    persona: Persona
    rubrics: tuple[Rubric, ...]
    """Those that the persona decides on."""
    seniority: Seniority = "senior"

    @property
    def main(self) -> Rubric:
        """The rubric that weighs most in the persona's decision: every imported question is judged under it."""
        weights = self.persona.decision.rubrics
        return max(self.rubrics, key=lambda rubric: weights.get(rubric.id, 0.0))


@dataclass(frozen=True, slots=True)
class Timed:
    """A part with its place on the interview clock, in seconds."""

    part: Part
    clock: float


def timed(parts: Sequence[Part]) -> tuple[Timed, ...]:
    """When every part was: an interviewer's when it began, an answer when it ended.

    Times of the record count where there are any; between them, length is estimated from the number of words.
    """
    first = next((one.remark.start for one in parts if one.remark.start is not None), 0.0)
    found: list[Timed] = []
    now = 0.0
    for place, part in enumerate(parts):
        remark = part.remark
        if remark.start is not None:
            now = max(now, remark.start - first)
        begun, guessed = now, now + 60.0 * words(remark.text) / WORDS_A_MINUTE
        after = parts[place + 1].remark.start if place + 1 < len(parts) else None
        if remark.end is not None:
            now = max(now, remark.end - first)
        elif after is not None:
            now = max(now, min(guessed, after - first) if part.kind != "said" else after - first)
        else:
            now = guessed
        found.append(Timed(part, round(now if part.kind == "said" else begun, 3)))
    return tuple(found)


def make(
    parts: Sequence[Part],
    judged: Judged,
    *,
    transcript_id: str,
    created: datetime,
    file: str,
    form: Form,
    candidate: str,
) -> tuple[Header, tuple[Event, ...]]:
    """The transcript: closed, not graded. Of which kind every answer is, the rules of the offline engine say."""
    schedule = timed(parts)
    header = _header(parts, schedule, judged, transcript_id, created, file, form, candidate)
    maker = _Maker(header)
    others = tuple(dict.fromkeys(one.remark.speaker for one in parts if one.kind != "said"))
    told = f"Held elsewhere; read from {one_line(file)}. {', '.join(others)} asked, {candidate} answered."
    maker.add(Notice(seq=1, clock=0.0, at=created, kind="imported", text=told))
    for one in schedule:
        maker.part(one)
    if not maker.state.closed:
        maker.turn("close", schedule[-1].clock, _END, None)
    return header, tuple(maker.events)


def _header(
    parts: Sequence[Part],
    schedule: Sequence[Timed],
    judged: Judged,
    transcript_id: str,
    created: datetime,
    file: str,
    form: Form,
    candidate: str,
) -> Header:
    persona = judged.persona
    minutes = min(240, max(5, math.ceil(schedule[-1].clock / 60)))
    asked = [one for one in parts if one.kind == "ask"]
    questions = tuple(
        Question.plain(
            f"q{number}",
            one.remark.text,
            rubric=judged.main.id,
            stage=persona.stage,
            minutes=max(1.0, min(60.0, minutes / len(asked))),
            origin="imported",
        )
        for number, one in enumerate(asked, 1)
    )
    file = one_line(file)[:400] or "file"
    bank = QuestionBank(id="imported", version=1, title=f"Questions in {file}"[:400], questions=questions)
    hashes = {"persona": persona.content_hash(), "bank:imported": bank.content_hash()}
    return Header(
        id=transcript_id,
        created=created,
        product_version=__version__,
        engine="person",
        engine_version="1",
        mode="realistic",
        minutes=minutes,
        seniority=judged.seniority,
        seed=0,
        origin=Imported(file=file, form=form),
        persona=persona.model_copy(update={"plan": _plan(persona, parts, minutes)}),
        profile=Profile(name=candidate),
        rubrics=judged.rubrics,
        banks=(bank,),
        hashes=hashes | {f"rubric:{rubric.id}": rubric.content_hash() for rubric in judged.rubrics},
    )


def _plan(persona: Persona, parts: Sequence[Part], minutes: int) -> tuple[Segment, ...]:
    """What was held instead of what the persona would have planned: the questions, and the candidate's own."""
    lead = persona.people[0].id
    asked = sum(1 for one in parts if one.kind == "ask")
    length = min(LONGEST_PLANNED, minutes)
    planned = min(MOST_PLANNED, max(1, round(asked * length / minutes)))
    held = Segment(
        id="held-elsewhere",
        title="Held elsewhere",
        purpose="questions",
        minutes=length,
        lead=lead,
        banks=("imported",),
        questions=planned,
        follow_ups=8,
    )
    if not any(one.kind == "invite" for one in parts):
        return (held,)
    own = Segment(
        id="own-questions", title="The candidate's questions", purpose="candidate-questions", minutes=1, lead=lead
    )
    return held, own


class _Maker:
    """Adds events one by one, with the state after them."""

    def __init__(self, header: Header) -> None:
        self.state = begin(header)
        self.events: list[Event] = []
        self._header = header
        self._asked = 0

    def add(self, event: Event) -> None:
        self.events.append(event)
        self.state = apply(self.state, event)

    def part(self, one: Timed) -> None:
        remark = one.part.remark
        if one.part.kind == "said":
            self.add(Answer(seq=self._seq, clock=one.clock, at=self._header.created, text=remark.text))
        else:
            self.turn(one.part.kind, one.clock, remark.text, remark.speaker)

    def turn(self, kind: str, clock: float, text: str, said_by: str | None) -> None:
        question = gap = segment = None
        if kind == "ask":
            self._asked += 1
            question = f"q{self._asked}"
        elif kind == "probe":
            gap = Gap(id=f"asked:{self._seq}", source="claim", about=_ABOUT, type=_goes_for(text), probe=cut(text))
        elif kind == "invite":
            segment = self._header.persona.plan[-1].id
        move = Move.model_validate(
            {
                "kind": kind,
                "speaker": self._header.persona.people[0].id,
                "segment": segment,
                "question": question,
                "gap": gap.id if gap else None,
            }
        )
        self.add(
            Turn(
                seq=self._seq,
                clock=clock,
                at=self._header.created,
                reading=self._reading(),
                move=move,
                text=text,
                gap=gap,
                worded_by="person",
                said_by=said_by,
            )
        )

    @property
    def _seq(self) -> int:
        return len(self.events) + 1

    def _reading(self) -> Reading | None:
        """What kind of answer it was, and whether it gave what the interviewer had asked further.

        What was left open is not said: nobody knows what this interviewer would have found missing.
        """
        if self.state.unread is None:
            return None
        reading = read_answer(self.state)
        thread = self.state.thread
        asked = {probed.gap.id for probed in thread.probes} if thread else set()
        return Reading(
            answer=reading.answer,
            outcome=reading.outcome,
            closed_gaps=tuple(gap for gap in reading.closed_gaps if gap in asked),
        )


_ABOUT = "What the interviewer asked further."

_GOES_FOR: tuple[tuple[ProbeType, tuple[str, ...]], ...] = (
    ("quantify", ("how much", "how many", "how long", "how often", "number", "figure", "percent", "measure")),
    ("ownership", ("your part", "your role", "you personally", "did you do", "yourself")),
    ("trade-off", ("instead", "alternative", "trade", "other option", "compare")),
    ("counterfactual", ("what if", "had you", "would you have", "differently")),
    ("scale", ("scale", "ten times", "10x", "million")),
    ("failure", ("go wrong", "went wrong", "fail", "break", "broke")),
    ("reflection", ("learn", "lesson", "looking back", "hindsight")),
    ("clarify", ("what do you mean", "define", "what is a", "clarify")),
    ("challenge", ("are you sure", "convinced", "not sure i agree", "disagree", "really")),
)


def _goes_for(text: str) -> ProbeType:
    """What a follow-up goes for, by its words; for more depth where they say nothing else."""
    said = text.casefold()
    return next((kind for kind, signs in _GOES_FOR if any(sign in said for sign in signs)), "deepen")
