"""The loop that holds an interview together: lets the interviewer speak, takes answers, grades meanwhile.

Every step is written to the transcript before anything builds on it. Grading runs in the background
and never delays the conversation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from interviewer.cost import FREE
from interviewer.grading.grader import Grader
from interviewer.grading.instructing import instructions_in
from interviewer.grading.reveal import Reveal
from interviewer.interview.beside import GradingBeside
from interviewer.interview.clock import Clock
from interviewer.interview.coaching import feedback_on
from interviewer.interview.interviewer import Interviewer, Remark, Words
from interviewer.interview.moves import legal_controls, legal_moves
from interviewer.interview.requests import graded, grading_request
from interviewer.interview.results import build_scorecard
from interviewer.interview.review import Caveat, debriefed, due, revealed, second_vote, with_debrief
from interviewer.interview.reviewer import Reviewer
from interviewer.interview.state import State, apply, fold
from interviewer.persona import Person
from interviewer.scorecard import Grade, Scorecard
from interviewer.text import sanitise
from interviewer.transcript.events import (
    Action,
    Answer,
    Control,
    Draft,
    Event,
    Feedback,
    Finished,
    Gap,
    Graded,
    Header,
    Move,
    Notice,
    Reading,
    Revoted,
    Turn,
)
from interviewer.transcript.store import Transcript, TranscriptWriter

LONGEST_ANSWER = 200_000
"""Characters of an answer that are kept; what is longer is cut, and said so."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """The interviewer has chosen a move and begins to speak."""

    speaker: Person
    move: Move


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of what the interviewer is saying."""

    text: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """An event is on the medium."""

    event: Event


Update: TypeAlias = Speaking | Heard | Wrote


class IllegalStep(Exception):
    """Something was asked of the interview that it does not allow at this moment."""


def _ignore(_: Update) -> None:
    return None


class Conductor:
    """One interview from its first word to its scorecard.

    Args:
        writer: where events go; it decides the sequence numbers.
        state: where the interview stands, folded from what is in the transcript already.
        interviewer: who asks.
        grader: who judges.
        clock: the interview's clock, with the seconds that are already on it.
        listener: told of every update, on the caller's event loop.
        reviewer: who votes again and writes the debrief after the last grade; None where nobody does.
    """

    def __init__(
        self,
        writer: TranscriptWriter,
        state: State,
        interviewer: Interviewer,
        grader: Grader,
        clock: Clock,
        listener: Callable[[Update], None] = _ignore,
        reviewer: Reviewer | None = None,
    ) -> None:
        self.state = state
        self.clock = clock
        self._writer = writer
        self._interviewer = interviewer
        self._grader = grader
        self._listener = listener
        self._reviewer = reviewer
        self._concluding: asyncio.Task[Scorecard] | None = None
        self._beside = GradingBeside(grader, self._keep)
        self._coached: dict[int, Grade] = {}
        self._moving = asyncio.Lock()

    @classmethod
    def start(
        cls,
        writer: TranscriptWriter,
        header: Header,
        interviewer: Interviewer,
        grader: Grader,
        clock: Clock | None = None,
        listener: Callable[[Update], None] = _ignore,
        reviewer: Reviewer | None = None,
    ) -> Conductor:
        """A new interview."""
        return cls(writer, fold(header, ()), interviewer, grader, clock or Clock(), listener, reviewer)

    @classmethod
    def resume(
        cls,
        writer: TranscriptWriter,
        transcript: Transcript,
        interviewer: Interviewer,
        grader: Grader,
        now: Callable[[], float] | None = None,
        listener: Callable[[Update], None] = _ignore,
        reviewer: Reviewer | None = None,
    ) -> Conductor:
        """An interview that was interrupted, where it was, clock included."""
        state = fold(transcript.header, transcript.events)
        clock = Clock(state.clock, now) if now else Clock(state.clock)
        return cls(writer, state, interviewer, grader, clock, listener, reviewer)

    async def begin(self) -> None:
        """Starts the clock and lets the interviewer speak if it is their turn."""
        if not self.state.closed and not self.state.paused:
            self.clock.start()
        self._beside.begin(self.state, (thread for thread in self.state.threads if thread.ended))
        await self._go_on()

    async def answer(self, text: str) -> None:
        """Takes the candidate's answer and lets the interviewer react.

        Raises:
            IllegalStep: the candidate does not have the floor.
            TranscriptError: it could not be saved; nothing has changed and it can be given again.
        """
        self._must_have_floor()  # before waiting too: what is said meanwhile is no answer to what comes next
        async with self._moving:
            self._must_have_floor()
            clean = sanitise(text)
            if len(clean) > LONGEST_ANSWER:
                clean = clean[:LONGEST_ANSWER]
                self._notice("answer-cut", f"The answer was cut to its first {LONGEST_ANSWER:,} characters.")
            self._write(Answer, text=clean, retry_of=self.state.retry_of)
            if told := instructions_in(clean):
                places = ", ".join(str(sentence.number) for sentence in told)
                self._notice("instruction", f"Speaks to whoever grades, and is no evidence: sentence {places}.")
        await self._go_on()

    def _must_have_floor(self) -> None:
        if self.state.paused:
            raise IllegalStep("The interview is paused. Resume it first.")
        if self.state.floor != "candidate":
            raise IllegalStep("It is not your turn to speak.")

    async def control(self, action: Action) -> None:
        """Does what the candidate wants: hint, skip, pause, resume, retry, continue or end.

        Raises:
            IllegalStep: not allowed at this moment; see `legal_controls`.
            TranscriptError: it could not be saved; nothing has changed.
        """
        async with self._moving:
            if action not in legal_controls(self.state):
                raise IllegalStep(_REFUSALS.get(action, "That is not possible right now."))
            self._write(Control, action=action)
            if action == "pause":
                self.clock.stop()
            elif action == "resume":
                self.clock.start()
        await self._go_on()

    def save_draft(self, text: str) -> None:
        """Keeps what stands in the answer box, so that nothing typed is lost.

        Raises:
            TranscriptError: it could not be saved.
        """
        clean = sanitise(text)[:LONGEST_ANSWER]
        if clean != self.state.draft and not self.state.closed:
            self._write(Draft, text=clean)

    @property
    def path(self) -> Path:
        """Where the transcript is, from which everything said so far can be read back."""
        return self._writer.path

    def seconds_left(self) -> float:
        """Seconds until the planned end; never negative."""
        return max(0.0, self.state.plan.seconds - self.clock.elapsed())

    @property
    def ungraded(self) -> int:
        """Answers whose grading has not come back."""
        return sum(1 for task in self._beside.tasks if not task.done())

    async def finish(self) -> Scorecard:
        """Waits for the last grades and writes the scorecard. The interview must be closed.

        One that has a scorecard, with answers that could not be graded then, is graded again where that failed.
        """
        if not self.state.closed:
            raise IllegalStep("The interview is not over yet.")
        self.clock.stop()
        self._beside.begin(self.state, self.state.threads)
        await asyncio.gather(*self._beside.tasks)
        if self.state.scorecard is not None:  # nothing was left to grade, or another call was first
            return self.state.scorecard
        if self._concluding is None or self._concluding.done():
            self._concluding = asyncio.create_task(self._conclude())
        return await asyncio.shield(self._concluding)

    async def stop(self) -> None:
        """Leaves the interview where it is, to be resumed: stops the clock, the graders and the reviewer."""
        self.clock.stop()
        under_way = [*self._beside.tasks, *([self._concluding] if self._concluding else [])]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        self._writer.close()

    async def _conclude(self) -> Scorecard:
        """Second votes, the scorecard and its debrief, once all grades are in."""
        if self._reviewer is not None:
            await self._vote_again(self._reviewer)
        scorecard = build_scorecard(self.state)
        if self._reviewer is not None:
            debrief, caveat = await debriefed(self._reviewer, self.state, scorecard)
            self._remark(caveat)
            scorecard = with_debrief(self.state, scorecard, debrief)
        self._write(Finished, scorecard=scorecard)
        return scorecard

    async def _vote_again(self, reviewer: Reviewer) -> None:
        """All who are due vote at the same time; what each says is on the medium as soon as it is there."""
        shown = revealed(self.state)
        if shown is None:
            return
        votes = [self._second_vote(reviewer, shown, person) for person in due(self.state, shown)]
        for failed in await asyncio.gather(*votes, return_exceptions=True):
            if failed is not None:
                raise failed

    async def _second_vote(self, reviewer: Reviewer, shown: Reveal, person: Person) -> None:
        revote, caveat = await second_vote(reviewer, self.state, shown, person)
        if revote is not None:
            self._write(Revoted, revote=revote)
        self._remark(caveat)

    def _remark(self, caveat: Caveat | None) -> None:
        if caveat is not None:
            self._write(Notice, kind=caveat.kind, text=caveat.text, cost=caveat.cost)

    async def _go_on(self) -> None:
        """Lets the interviewer, or the coach, act until someone else has the floor."""
        async with self._moving:
            while not self.state.paused:
                if self.state.floor == "interviewer":
                    await self._take_turn()
                elif self.state.floor == "coach":
                    await self._coach()
                else:
                    return

    async def _take_turn(self) -> None:
        state, now = self.state, self.clock.elapsed()
        reading: Reading | None = None
        move: Move | None = None
        said: list[str] = []
        cost, worded_by = FREE, self._interviewer.engine
        async for part in self._interviewer.turn(state, now):
            if isinstance(part, Reading):
                reading = part
            elif isinstance(part, Move):
                if part not in legal_moves(state, now, reading):
                    raise IllegalStep(f"The interviewer tried an illegal move: {part.kind}.")
                move = part
                self._listener(Speaking(state.persona.person(move.speaker), move))
            elif isinstance(part, Words):
                said.append(part.text)
                self._listener(Heard(part.text))
            elif isinstance(part, Remark):
                worded_by = part.worded_by or worded_by
                self._notice(part.kind, part.text)
            else:
                cost += part
        if move is None:
            raise IllegalStep("The interviewer made no move.")
        self._write(
            Turn,
            reading=reading,
            move=move,
            text=sanitise("".join(said)).strip(),
            gap=_probed_gap(reading, move),
            worded_by=worded_by,
            cost=cost if cost.calls else None,
        )
        self._beside.begin(self.state, (thread for thread in self.state.threads[-2:] if thread.ended))

    async def _coach(self) -> None:
        """Grades the answer just given and says what it showed and missed, unless it was a question back."""
        thread, answer = self.state.thread, self.state.unread
        if thread is None or answer is None or self._interviewer.asks_back(self.state):
            self._write(Control, action="continue")
            return
        grade = await graded(self._grader, grading_request(self.state, thread))
        question = self.state.question(thread.question)
        rubric = self.state.rubric(question.rubric)
        heard = feedback_on(grade, question, rubric, answer.seq, self._coached.get(thread.turn))
        self._coached[thread.turn] = grade
        self._write(
            Feedback,
            answer=answer.seq,
            showed=heard.showed,
            missed=heard.missed,
            better=heard.better,
            judged_by=grade.stamp.engine,
            cost=grade.cost,
        )

    def _keep(self, grade: Grade) -> None:
        self._write(Graded, grade=grade, final=True)

    def _notice(self, kind: str, text: str) -> None:
        self._write(Notice, kind=kind, text=text)

    def _write(self, event_type: type[Any], /, **fields: Any) -> None:
        event: Event = event_type(
            seq=self._writer.next_seq,
            clock=round(max(self.clock.elapsed(), self.state.clock), 3),
            at=datetime.now(UTC),
            **fields,
        )
        self._writer.append(event)
        self.state = apply(self.state, event)
        self._listener(Wrote(event))


def _probed_gap(reading: Reading | None, move: Move) -> Gap | None:
    if move.kind != "probe" or reading is None:
        return None
    return next(gap for gap in reading.open_gaps if gap.id == move.gap)


_REFUSALS: dict[str, str] = {
    "hint": "There is no hint to give here, or you had it already.",
    "skip": "There is nothing to skip right now.",
    "retry": "One retry per answer.",
    "pause": "The interview is not running.",
    "resume": "The interview is not paused.",
    "continue": "There is nothing to continue from.",
    "end": "The interview is already ending.",
}
