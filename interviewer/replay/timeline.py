"""What happened when in an interview: its parts, questions, follow-ups, answers and grades, each by its place.

A place is the index of an event in the log, from 0. A timeline keeps places and a few short texts and none of the
events, so that one of a very long interview stays small.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from interviewer.grading.combine import answer_share, weighed
from interviewer.interview.results import STRONG_SHARE
from interviewer.interview.thread import ASIDE
from interviewer.rubric import ProbeType, Rubric
from interviewer.scorecard import Grade, GradeStatus
from interviewer.transcript.events import (
    Answer,
    Control,
    Event,
    Feedback,
    Finished,
    Graded,
    Header,
    Notice,
    Outcome,
    Reading,
    Turn,
)

NOTHING_GIVEN: frozenset[GradeStatus] = frozenset(
    {"blank", "off-topic", "no-attempt", "pasted-question", "keyword-list", "repeated", "skipped"}
)
"""Why an answer was not rated, where the reason is the answer itself and not the grader."""

STEERED = frozenset({"pause", "hint", "skip", "end", "retry"})
"""What the candidate asked for that a reader of the conversation should see."""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of the interview as it was held. Times are seconds on the interview clock."""

    id: str
    title: str
    place: int
    """Its first event."""
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up, the gap it went for, and what came of it."""

    place: int
    turn: int
    """Sequence number, by which a scorecard names it."""
    gap: str
    about: str
    """The gap in plain words."""
    type: ProbeType
    closed: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One answer."""

    place: int
    seq: int
    question: int | None
    """Index of the question it belongs to; none before the first and after the last."""
    outcome: Outcome | None = None
    """What it was understood as; None if the interview broke off before."""
    led_to: int | None = None
    """Place of the follow-up that came of it."""
    replaced: bool = False
    """Coach mode: it was given again, and only the later one counts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A main question with everything that belongs to it."""

    place: int
    turn: int
    """Sequence number, by which grades name it."""
    question: str
    speaker: str
    part: int
    """Index of the part it was asked in."""
    last: int
    """Place of the last thing that was asked or answered about it."""
    until: int | None = None
    """Place of the turn that ended it; None if it never ended."""
    answers: tuple[int, ...] = ()
    """Their places."""
    follow_ups: tuple[int, ...] = ()
    """Indexes of its follow-ups."""
    grades: tuple[int, ...] = ()
    """Places of the grades that count: the last one of every grader."""
    status: GradeStatus | None = None
    """None as long as it has no grade; `graded` if anybody could rate it."""
    share: float | None = None
    """Weighted mean of everybody's ratings, 0 to 1; None if nothing was rated."""

    @property
    def weak(self) -> bool:
        """Whether a better answer is worth trying: rated below what counts as a strength, or nothing to rate."""
        if self.share is not None:
            return self.share < STRONG_SHARE - 1e-9
        return self.status in NOTHING_GIVEN

    @property
    def stop(self) -> int:
        """Where one wants to be to look at how it was answered: its first answer, or the question if there is none."""
        return self.answers[0] if self.answers else self.place


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Everything that a replay finds its way by."""

    seconds: float
    """Length on the interview clock."""
    clocks: Sequence[float]
    """Of every event; never goes back."""
    seqs: Sequence[int]
    """Sequence number of every event, ascending."""
    shown: Sequence[int]
    """Places of what a conversation shows."""
    said: Sequence[int]
    """Places of what somebody said, and of the end: what one steps by."""
    parts: tuple[Part, ...]
    questions: tuple[Asked, ...]
    follow_ups: tuple[FollowUp, ...]
    answers: Mapping[int, Given] = field(repr=False)
    """Place -> answer."""
    verdict: int | None
    """Place of the scorecard that counts; none if the interview is unfinished."""

    def __len__(self) -> int:
        return len(self.clocks)

    def question_at(self, place: int) -> int | None:
        """Index of the question under discussion at `place`; None between questions."""
        index = bisect_right(self.questions, place, key=lambda question: question.place) - 1
        if index < 0:
            return None
        until = self.questions[index].until
        return index if until is None or place < until else None

    def follow_up_at(self, place: int) -> FollowUp | None:
        """The follow-up that is put at `place`, if one is."""
        index = bisect_left(self.follow_ups, place, key=lambda one: one.place)
        found = self.follow_ups[index : index + 1]
        return found[0] if found and found[0].place == place else None

    def place_of(self, seq: int) -> int | None:
        """Where the event with this sequence number stands; None if the log has lost it."""
        place = bisect_left(self.seqs, seq)
        return place if place < len(self.seqs) and self.seqs[place] == seq else None

    def at_clock(self, seconds: float) -> int:
        """How many events had happened by then."""
        return bisect_right(self.clocks, seconds)


class Builder:
    """Goes through a log once, in order, and keeps what a timeline needs. Nothing in a log makes it fail.

    It is to events what `interview.state.apply` is, but for where things are instead of what is legal next; a property
    test holds the two together.
    """

    def __init__(self, header: Header) -> None:
        self._titles = {segment.id: segment.title for segment in header.persona.plan}
        self._rubrics = {rubric.id: rubric for rubric in header.rubrics}
        self._clocks: list[float] = []
        self._seqs: list[int] = []
        self._shown: list[int] = []
        self._said: list[int] = []
        self._parts: list[Part] = []
        self._questions: list[Asked] = []
        self._follow_ups: list[FollowUp] = []
        self._answers: dict[int, Given] = {}
        self._by_turn: dict[int, int] = {}
        self._graded: dict[tuple[int, str | None], tuple[int, _Mark]] = {}
        self._open = False
        self._closed: set[str] = set()
        self._last_answer: int | None = None
        self._verdict: int | None = None
        self._enter(0, header.persona.plan[0].id)

    def add(self, event: Event) -> None:
        """Takes in the next event."""
        place = len(self._clocks)
        self._clocks.append(max(event.clock, self._clocks[-1] if self._clocks else 0.0))
        self._seqs.append(event.seq)
        match event:
            case Turn():
                self._turn(place, event)
            case Answer():
                self._answer(place, event)
            case Graded():
                self._grade(place, event.grade)
            case Finished():
                self._verdict = place
        if isinstance(event, Answer | Feedback | Finished) or (isinstance(event, Turn) and event.text):
            self._said.append(place)
            self._shown.append(place)
        elif isinstance(event, Notice) or (isinstance(event, Control) and event.action in STEERED):
            self._shown.append(place)

    def timeline(self) -> Timeline:
        """What was found so far."""
        end = self._clocks[-1] if self._clocks else 0.0
        begins = [part.begins for part in self._parts]
        return Timeline(
            seconds=end,
            clocks=tuple(self._clocks),
            seqs=tuple(self._seqs),
            shown=tuple(self._shown),
            said=tuple(self._said),
            parts=tuple(replace(part, ends=ends) for part, ends in zip(self._parts, [*begins[1:], end], strict=True)),
            questions=tuple(self._judged()),
            follow_ups=tuple(self._answered()),
            answers=dict(self._answers),
            verdict=self._verdict,
        )

    # ---- What the interviewer does -------------------------------------------------------------------------

    def _turn(self, place: int, turn: Turn) -> None:
        if turn.reading is not None:
            self._read(turn.reading)
        move = turn.move
        match move.kind:
            case "next-segment" | "hand-over" | "invite" if move.segment:
                self._end_question(place)
                self._enter(place, move.segment)
            case "close":
                self._end_question(place)
            case "ask" if move.question:
                self._end_question(place)
                self._by_turn[turn.seq] = len(self._questions)
                part = len(self._parts) - 1
                self._questions.append(Asked(place, turn.seq, move.question, move.speaker, part, place))
                self._open, self._closed = True, set()
            case "probe" if turn.gap is not None and self._open:
                self._probe(place, turn)

    def _probe(self, place: int, turn: Turn) -> None:
        assert turn.gap is not None
        question = self._questions[-1]
        said = question.answers[-1] if question.answers else None
        if said is not None:
            self._answers[said] = replace(self._answers[said], led_to=place)
        follow_ups = (*question.follow_ups, len(self._follow_ups))
        self._questions[-1] = replace(question, follow_ups=follow_ups, last=place)
        self._follow_ups.append(FollowUp(place, turn.seq, turn.gap.id, turn.gap.about, turn.gap.type))

    def _enter(self, place: int, segment: str) -> None:
        begins = self._clocks[place] if self._clocks else 0.0
        self._parts.append(Part(segment, self._titles.get(segment, segment), place, begins, begins))

    def _end_question(self, place: int) -> None:
        if self._open:
            self._questions[-1] = replace(self._questions[-1], until=place)
            self._open = False

    def _read(self, reading: Reading) -> None:
        """Takes in what was understood of the last answer, and which gaps it closed."""
        given = self._answers.get(self._last_answer) if self._last_answer is not None else None
        if given is None or given.seq != reading.answer:
            return
        self._answers[given.place] = replace(given, outcome=reading.outcome)
        if given.question is None or not self._open:
            return
        self._closed.update(reading.closed_gaps)
        for index in self._questions[given.question].follow_ups:
            if self._follow_ups[index].gap in self._closed:
                self._follow_ups[index] = replace(self._follow_ups[index], closed=True)

    # ---- What the candidate does ---------------------------------------------------------------------------

    def _answer(self, place: int, answer: Answer) -> None:
        index = len(self._questions) - 1 if self._open else None
        self._last_answer = place
        self._answers[place] = Given(place, answer.seq, index)
        if index is None:
            return
        question = self._questions[index]
        earlier = question.answers
        if answer.retry_of is not None and earlier and self._answers[earlier[-1]].seq == answer.retry_of:
            self._answers[earlier[-1]] = replace(self._answers[earlier[-1]], replaced=True)
            earlier = earlier[:-1]
        self._questions[index] = replace(question, answers=(*earlier, place), last=place)

    def _answered(self) -> Iterator[FollowUp]:
        """The follow-ups, with whether anything that was said to them later is an answer."""
        for question in self._questions:
            answers = [place for place in question.answers if self._answers[place].outcome not in ASIDE]
            for index in question.follow_ups:
                one = self._follow_ups[index]
                yield replace(one, answered=bool(answers) and answers[-1] > one.place)

    # ---- What the graders do -------------------------------------------------------------------------------

    def _grade(self, place: int, grade: Grade) -> None:
        """A later grade of the same question by the same person takes the place of an earlier one."""
        self._graded[grade.thread, grade.person] = (place, _mark(grade, self._rubrics.get(grade.rubric)))
        self._verdict = None

    def _judged(self) -> list[Asked]:
        marks: dict[int, list[tuple[int, _Mark]]] = {}
        for (thread, _), mark in self._graded.items():
            if thread in self._by_turn:
                marks.setdefault(self._by_turn[thread], []).append(mark)
        judged = list(self._questions)
        for index, found in marks.items():
            found.sort(key=lambda one: one[0])
            statuses = [mark.status for _, mark in found]
            judged[index] = replace(
                judged[index],
                grades=tuple(place for place, _ in found),
                status="graded" if "graded" in statuses else statuses[-1],
                share=answer_share(mark.weighed for _, mark in found),
            )
        return judged


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a timeline keeps of one grade."""

    status: GradeStatus
    weighed: tuple[float, float] = (0.0, 0.0)


def _mark(grade: Grade, rubric: Rubric | None) -> _Mark:
    if grade.status != "graded" or rubric is None:
        return _Mark(grade.status)
    return _Mark(grade.status, weighed(rubric, grade.ratings))
