"""An interview as it is told to somebody who was not there: passages in order, with what they were worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from interviewer.cost import told as told_cost
from interviewer.interview.results import STRONG_SHARE
from interviewer.interview.salvage import fold_what_fits
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.persona import Persona
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, Scorecard
from interviewer.scorecard_text.words import minutes_and_seconds, status_text
from interviewer.transcript.damage import told as told_damage
from interviewer.transcript.events import Answer, Branched, Control, Feedback, Imported, MoveKind, Notice, Turn
from interviewer.transcript.reading import Transcript

_MOVES: dict[MoveKind, str] = {
    "open": "Opening",
    "next-segment": "Next part",
    "hand-over": "Hand-over",
    "probe": "Follow-up",
    "clarify": "Clarifies",
    "answer": "Answers",
    "hint": "Hint",
    "redirect": "Back to the question",
    "wait": "",
    "invite": "Your questions",
    "close": "Goodbye",
}

_CONTROLS = {
    "hint": "asked for a hint",
    "skip": "passed on the question",
    "end": "ended the interview",
    "pause": "paused",
    "resume": "went on",
    "retry": "answers again",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of an answer that grades rest on."""

    start: int
    end: int
    shows: tuple[str, ...]
    """Criterion and level, such as `Ownership: Solid`."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One criterion of one answer."""

    criterion: str
    level: str
    share: float | None
    """Of the scale; None where it was not assessed."""
    reasoning: str
    judge: str = ""
    """Of a panel, who judged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer was worth, with all that was said to its follow-ups."""

    status: str
    ratings: tuple[Rated, ...]
    share: float | None
    """Mean of what was assessed, 0 to 1."""
    weak: bool
    """Not rated, or below what counts as a strength."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing that was said or done."""

    seq: int
    clock: float
    by: str
    """Who; empty for what nobody said."""
    kind: str
    """`interviewer`, `candidate`, `note` or `part` (the title of a part that begins here)."""
    label: str
    text: str
    question: int | None = None
    """The number of the main question that begins here."""
    marks: tuple[Mark, ...] = ()
    closed: bool | None = None
    """Of a follow-up: whether the answer gave what it went for; None if it was not answered or nobody knows."""
    verdict: Verdict | None = None
    """After the last word to a question: what the answers to it were worth."""


@dataclass(frozen=True, slots=True)
class Story:
    """An interview, told."""

    title: str
    facts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    seconds: float
    scorecard: Scorecard | None
    rubrics: Mapping[str, str]
    """Rubric id -> title."""
    candidate: str
    caveat: str = ""
    """What is missing of a damaged transcript."""


def story_of(transcript: Transcript, facts: Iterable[tuple[str, str]] = ()) -> Story:
    """The story that a transcript tells; `facts` are added to those about it.

    Raises:
        TranscriptError: its header contradicts itself.
    """
    salvaged = fold_what_fits(transcript)
    state, header = salvaged.state, transcript.header
    teller = _Teller(state)
    for event in salvaged.events:
        if isinstance(event, Turn):
            teller.turn(event)
        elif isinstance(event, Answer):
            teller.answer(event)
        elif isinstance(event, Control) and event.action in _CONTROLS:
            teller.note(event.seq, event.clock, f"{teller.candidate} {_CONTROLS[event.action]}.")
        elif isinstance(event, Notice):
            teller.note(event.seq, event.clock, event.text)
        elif isinstance(event, Feedback):
            teller.note(event.seq, event.clock, _feedback(event))
    teller.judge()
    return Story(
        title=header.persona.title,
        facts=(*_facts(state), *facts),
        passages=tuple(teller.passages),
        seconds=max(state.clock, 0.001),
        scorecard=state.scorecard,
        rubrics={rubric.id: rubric.title for rubric in header.rubrics},
        candidate=teller.candidate,
        caveat=told_damage(salvaged.damage) if salvaged.damage else "",
    )


class _Teller:
    """Collects passages, and knows where in the interview it is."""

    def __init__(self, state: State) -> None:
        self.passages: list[Passage] = []
        self.candidate = state.header.profile.name or "Candidate"
        self._state = state
        self._threads = {thread.turn: thread for thread in state.threads}
        self._closed = {
            probed.turn: _was_closed(thread, probed.turn) for thread in state.threads for probed in thread.probes
        }
        self._marks = _marks(state)
        self._asked = 0
        self._segment = ""
        self._thread: int | None = None

    def turn(self, turn: Turn) -> None:
        """Something that an interviewer said."""
        kind = turn.move.kind
        if kind in {"ask", "next-segment", "hand-over", "close"} or turn.move.segment:
            self.judge()
        thread = self._threads.get(turn.seq) if kind == "ask" else None
        segment = turn.move.segment or (thread.segment if thread else self._segment)
        if segment and segment != self._segment:
            self._segment = segment
            title = self._state.persona.segment(segment).title
            self.passages.append(Passage(turn.seq, turn.clock, "", "part", "", title))
        question = None
        if thread is not None:
            self._asked += 1
            self._thread, question = turn.seq, self._asked
        label = f"Question {self._asked}" if question else _MOVES.get(kind, "")
        by = turn.said_by or self._state.persona.person(turn.move.speaker).name
        closed = self._closed.get(turn.seq)
        self.passages.append(
            Passage(turn.seq, turn.clock, by, "interviewer", label, turn.text, question, closed=closed)
        )

    def answer(self, answer: Answer) -> None:
        """Something that the candidate said."""
        again = "Answers again" if answer.retry_of is not None else ""
        marks = self._marks.get(answer.seq, ())
        self.passages.append(
            Passage(answer.seq, answer.clock, self.candidate, "candidate", again, answer.text, marks=marks)
        )

    def note(self, seq: int, clock: float, text: str) -> None:
        """Something that nobody said."""
        self.passages.append(Passage(seq, clock, "", "note", "", text))

    def judge(self) -> None:
        """Ends the question under discussion: its verdict stands with the last thing said to it."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        verdict = _verdict(self._state, thread)
        if verdict is not None:
            spoken = [place for place, one in enumerate(self.passages) if one.kind in {"interviewer", "candidate"}]
            self.passages[spoken[-1]] = replace(self.passages[spoken[-1]], verdict=verdict)


def _was_closed(thread: Thread, turn: int) -> bool | None:
    probed = next(one for one in thread.probes if one.turn == turn)
    return probed.closed if any(said.turn >= turn for said in thread.answers) else None


def _judged(state: State) -> list[tuple[Grade, Rubric]]:
    rubrics = {rubric.id: rubric for rubric in state.header.rubrics}
    return [(grade, rubrics[grade.rubric]) for grade in state.grades if grade.rubric in rubrics]


def _marks(state: State) -> dict[int, tuple[Mark, ...]]:
    """Answer -> the pieces of it that are quoted, in order and not overlapping."""
    quoted: dict[int, dict[tuple[int, int], dict[str, None]]] = {}
    for grade, rubric in _judged(state):
        for rating in grade.ratings:
            if rating.assessed:
                shows = f"{rubric.criterion(rating.criterion).title}: {rubric.level(rating.level).title}"
                for one in rating.evidence:
                    quoted.setdefault(one.event, {}).setdefault((one.start, one.end), {})[shows] = None
    marks: dict[int, tuple[Mark, ...]] = {}
    for event, places in quoted.items():
        kept: list[Mark] = []
        for (start, end), shown in sorted(places.items()):
            if end > start and (not kept or kept[-1].end <= start):
                kept.append(Mark(start, end, tuple(shown)))
        marks[event] = tuple(kept)
    return marks


def _verdict(state: State, thread: int) -> Verdict | None:
    """What the answers to a question were worth, of every judge; None if nobody judged them."""
    judged = [(grade, rubric) for grade, rubric in _judged(state) if grade.thread == thread]
    if not judged:
        return None
    ratings: list[Rated] = []
    for grade, rubric in judged:
        judge = _name(state.persona, grade.person)
        highest = max(level.value for level in rubric.levels) or 1.0
        for rating in grade.ratings:
            title = rubric.criterion(rating.criterion).title
            if rating.assessed:
                level = rubric.level(rating.level)
                ratings.append(Rated(title, level.title, level.value / highest, rating.reasoning, judge))
    shares = [one.share for one in ratings if one.share is not None]
    share = sum(shares) / len(shares) if shares else None
    status = next((grade.status for grade, _ in judged if grade.status == "graded"), judged[0][0].status)
    return Verdict(status_text(status), tuple(ratings), share, share is None or share < STRONG_SHARE)


def _name(persona: Persona, person: str | None) -> str:
    return next((one.name for one in persona.people if one.id == person), "") if person else ""


def _feedback(event: Feedback) -> str:
    pieces: list[str] = []
    for name, points in (("Showed", event.showed), ("Missed", event.missed)):
        if points:
            pieces.append(f"{name}: {_listed(points)}.")
    if event.better:
        pieces.append(f"For example: \u201c{event.better}\u201d")
    return f"Feedback. {' '.join(pieces)}" if pieces else "Feedback: nothing to add."


def _listed(points: Sequence[str]) -> str:
    return "; ".join(point.rstrip(".") for point in points)


def _facts(state: State) -> Iterable[tuple[str, str]]:
    header = state.header
    yield "Date", f"{header.created:%d %B %Y}".lstrip("0")
    yield "Length", minutes_and_seconds(state.clock)
    if isinstance(header.origin, Imported):
        yield "Held", f"elsewhere; read from {header.origin.file}"
    else:
        model = f", {header.model}" if header.model else ""
        yield "Interviewed by", f"{header.engine} {header.engine_version}{model}"
        yield "Mode", header.mode
    if isinstance(header.origin, Branched):
        yield "Branch of", header.origin.parent
    if state.cost.calls:
        yield "Cost", told_cost(state.cost)
