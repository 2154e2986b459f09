"""A small interview of one's own and people who follow a script, for tests of the screens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from textual.pilot import Pilot

from interviewer import tui
from interviewer.grading.grader import GradingRequest
from interviewer.interview.clock import Clock
from interviewer.interview.conductor import Conductor, Update
from interviewer.interview.interviewer import TurnPart, Words
from interviewer.interview.moves import legal_moves
from interviewer.interview.state import State
from interviewer.persona import Persona
from interviewer.question import QuestionBank
from interviewer.rubric import Rubric
from interviewer.scorecard import Evidence, Grade, GradeStatus, Rating, Stamp
from interviewer.text import sentences
from interviewer.transcript.events import Gap, Header, Move, Noticed, Outcome, Profile, Reading
from interviewer.transcript.store import TranscriptWriter, read
from interviewer.vocabulary import Mode

APP_STYLE = Path(tui.__file__).with_name("app.tcss")
"""The application's style sheet, for applications derived from it."""

LEVELS = ("absent", "weak", "solid", "strong")

_PHRASES: dict[str, Any] = {
    name: [f"{name.replace('_', ' ')}."]
    for name in (
        "greet", "acknowledge", "echo", "recall", "contradiction", "transition", "redirect", "blank", "kind_stop",
        "hint", "clarify", "skip", "invite", "more", "refuse", "defer", "time_up", "close", "hand_over", "take_over",
    )
}  # fmt: skip

_CRITERIA = (
    ("problem", "Frames the problem", 0.4),
    ("numbers", "Measures what matters", 0.35),
    ("own", "Owns it", 0.25),
)

Rule = Literal["gut", "panel", "bar-raiser"]


def rubric(criteria: Sequence[tuple[str, str, float]] = _CRITERIA) -> Rubric:
    """Three criteria on four levels; the first is a gate."""
    return Rubric.model_validate(
        {
            "id": "craft",
            "version": 3,
            "title": "Craft",
            "about": "How somebody works.",
            "criteria": [
                {
                    "id": name,
                    "title": title,
                    "asks": f"Does the candidate show: {title.lower()}?",
                    "weight": weight,
                    "anchors": {level: f"{title}: this is what {level} looks like." for level in LEVELS},
                    "gate": "weak" if index == 0 else None,
                    "practice": f"Practise: {title.lower()} in two sentences.",
                }
                for index, (name, title, weight) in enumerate(criteria)
            ],
        }
    )


def bank(questions: int = 2) -> QuestionBank:
    """Questions with two key points each."""
    texts = (
        "Our model answers support tickets. How would you know that it is any good?",
        "Tell me about the last thing that broke because of you.",
        "Half of the labels are wrong and nobody has time. What now?",
    )
    return QuestionBank.model_validate(
        {
            "id": "bank",
            "version": 1,
            "title": "Questions",
            "questions": [
                {
                    "id": f"q{number}",
                    "text": texts[number],
                    "format": "talk",
                    "topic": "T-1",
                    "stages": ["seed"],
                    "rubric": "craft",
                    "minutes": 4,
                    "key_points": [
                        {
                            "id": f"point{point}",
                            "point": ["Names a measure before a method", "Says what would prove it wrong"][point],
                            "cues": ["measure"],
                            "probe": {"type": "quantify", "text": ["How much?", "What would change your mind?"][point]},
                        }
                        for point in range(2)
                    ],
                    "gaps": [
                        {
                            "id": "no-number",
                            "gap": "No number at all",
                            "signal": "number",
                            "probe": {"type": "quantify", "text": "Put a number on it for me."},
                        }
                    ],
                    "hint": "Start from who is hurt when it is wrong.",
                    "better": "I would sample two hundred tickets a week and count the ones a person had to redo.",
                }
                for number in range(questions)
            ],
        }
    )


def persona(rule: Rule = "gut", questions: int = 2, *, asks: bool = False) -> Persona:
    """One person, or three on a panel; one segment of questions, then a close."""
    names = [("dana", "Dana Reyes", "Co-founder and CTO")]
    if rule == "panel":
        names += [("sam", "Sam Okafor", "Staff ML Engineer"), ("li", "\u674e\u5a1c Li Na", "Design Lead")]
    return Persona.model_validate(
        {
            "id": "tiny",
            "version": 2,
            "title": {"gut": "Seed founder", "panel": "Series B panel", "bar-raiser": "Bar raiser"}[rule],
            "tagline": "Short and to the point.",
            "about": "For tests.",
            "stage": "seed",
            "formats": ["talk"],
            "minutes": {"default": 15, "shortest": 5, "longest": 30},
            "people": [
                {
                    "id": name,
                    "name": full,
                    "role": role,
                    "voice": "Plain.",
                    "temper": "Calm.",
                    "cares": {"numbers": 1 + index},
                    "phrases": _PHRASES,
                }
                for index, (name, full, role) in enumerate(names)
            ],
            "company": {
                "name": "Crate",
                "stage": "seed",
                "category": "Tools",
                "pitch": "Orders typed by themselves.",
                "product": "Reads orders.",
                "flaws": [
                    {
                        "id": "one-metric",
                        "flaw": "They count answered tickets, not solved ones.",
                        "why": "An answer that is wrong counts as a success.",
                        "cues": ["redo"],
                    },
                    {
                        "id": "churn",
                        "flaw": "Every support question goes to the model, churn or not.",
                        "why": "It is most of it.",
                        "cues": ["churn"],
                    },
                ],
                "facts": [{"id": "team", "asks": ["team"], "answer": "We are four."}],
            },
            "plan": [
                {"id": "opening", "title": "Hello", "purpose": "opening", "minutes": 1, "lead": "dana"},
                {
                    "id": "work",
                    "title": "How you work",
                    "purpose": "questions",
                    "minutes": 12,
                    "lead": "dana",
                    "banks": ["bank"],
                    "questions": questions,
                    "follow_ups": 1,
                },
                *(
                    [
                        {
                            "id": "yours",
                            "title": "You ask",
                            "purpose": "candidate-questions",
                            "minutes": 3,
                            "lead": "dana",
                        }
                    ]
                    if asks
                    else []
                ),
                {"id": "bye", "title": "Goodbye", "purpose": "closing", "minutes": 2, "lead": "dana"},
            ],
            "moves": {"probes": {"quantify": 2}, "interject": rule == "panel"},
            "decision": {
                "rule": rule,
                "rubrics": {"craft": 1},
                "heavy": ["problem"] if rule == "gut" else [],
                "veto": ["own"] if rule == "bar-raiser" else [],
                "levels": [
                    {"id": "l4", "title": "L4", "at_least": 0, "looks_like": "Does what is asked, well."},
                    {"id": "l5", "title": "L5", "at_least": 0.5, "looks_like": "Finds out what to ask for."},
                ]
                if rule == "bar-raiser"
                else [],
                "spoken": {
                    "strong-no": ["No. And not for lack of time."],
                    "no": ["Not this time, and I will tell you why."],
                    "yes": ["I want you here on Monday."],
                    "strong-yes": ["Do not leave the building."],
                    "no-decision": ["I have not heard enough to say."],
                },
            },
        }
    )


def header(mode: Mode = "realistic", rule: Rule = "gut", questions: int = 2, *, asks: bool = False) -> Header:
    """What a transcript of the small interview begins with."""
    return Header(
        id="20260102-030405-tiny-abcd",
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        product_version="0.0.0",
        engine="scripted",
        engine_version="1",
        mode=mode,
        minutes=15,
        seniority="senior",
        seed=7,
        profile=Profile(name="Alex"),
        persona=persona(rule, questions, asks=asks),
        rubrics=(rubric(),),
        banks=(bank(questions),),
        hashes={},
    )


class ScriptedInterviewer:
    """Takes the first legal move, probing the first answer of a thread, and says simple things.

    Args:
        delay: seconds before each word; 0 says everything at once.
        fails: how many turns fail before the next one works.
        outcome: what answers are understood as.
    """

    engine = "scripted"

    def __init__(self, delay: float = 0.0, outcome: Outcome = "answered") -> None:
        self.delay = delay
        self.outcome: Outcome = outcome
        self.fails = 0
        self.spoken: Callable[[Move], str] | None = None
        self.gate: asyncio.Event | None = None

    async def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the line went dead")
        reading = None
        if state.unread is not None and state.wish is None and state.thread is not None:
            gap = Gap(id=f"{state.thread.question}-n", source="typical", about="No number was given",
                      type="quantify", probe="Put a number on that for me, would you?")  # fmt: skip
            probed = bool(state.thread.probes)
            heard = next((one for one in sentences(state.unread.text) if "redo" in one.text), None)
            noticed = (Noticed(flaw="one-metric", sentence=heard.number),) if heard else ()
            reading = Reading(
                answer=state.unread.seq,
                outcome=self.outcome,
                closed_gaps=(gap.id,) if probed else (),
                open_gaps=() if probed else (gap,),
                noticed=noticed,
            )
            yield reading
        move = legal_moves(state, now, reading)[0]
        yield move
        if self.gate is not None:
            await self.gate.wait()
        for word in self._words(state, move, reading).split(" "):
            if self.delay:
                await asyncio.sleep(self.delay)
            yield Words(word + " ")

    def _words(self, state: State, move: Move, reading: Reading | None) -> str:
        if self.spoken is not None:
            return self.spoken(move)
        match move.kind:
            case "open":
                return "Hello Alex, good to see you. We have a quarter of an hour."
            case "ask":
                return state.question(move.question or "").text
            case "probe" if reading:
                return reading.open_gaps[0].probe
            case "hint" if state.thread:
                return state.question(state.thread.question).hint or "No hint."
            case "close":
                return "That is our time. You will hear from me today."
            case _:
                return f"Let us go on ({move.kind})."

    def asks_back(self, state: State) -> bool:
        return state.unread is not None and state.unread.text.endswith("?")


class ScriptedGrader:
    """Rates by length, quoting the first sentences; may wait, fail, or judge people differently."""

    stamp = Stamp(engine="scripted", engine_version="1", calibration="not calibrated")

    def __init__(self, status: GradeStatus = "graded") -> None:
        self.status: GradeStatus = status
        self.gate: asyncio.Event | None = None

    async def grade(self, request: GradingRequest) -> Grade:
        if self.gate is not None:
            await self.gate.wait()
        person = request.person.id if request.person else None
        status: GradeStatus = self.status if request.exchanges and not request.skipped else "skipped"
        ratings = tuple(self._rate(request, index) for index, _ in enumerate(request.rubric.criteria))
        return Grade(
            thread=request.thread,
            question=request.question.id,
            rubric=request.rubric.id,
            rubric_version=request.rubric.version,
            person=person,
            status=status,
            ratings=ratings if status == "graded" else (),
            covered=("point0",) if status == "graded" else (),
            missed=("point1",) if status == "graded" else ("point0", "point1"),
            stamp=self.stamp,
        )

    def _rate(self, request: GradingRequest, index: int) -> Rating:
        criterion = request.rubric.criteria[index]
        answer = request.exchanges[0] if request.exchanges else None
        found = sentences(answer.answer)[index : index + 1] if answer else ()
        evidence = tuple(
            Evidence(event=answer.event, sentence=one.number, start=one.start, end=one.end, quote=one.text)
            for one in found
            if answer
        )
        strict = 1 if request.person and request.person.id == "li" else 0
        level = LEVELS[max(0, 3 - index - strict)] if evidence else "not-assessed"
        said = "It is said plainly." if evidence else "Nothing was said about it."
        return Rating(criterion=criterion.id, evidence=evidence, reasoning=said, level=level)


class Seconds:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opener(
    folder: Path,
    interviewer: ScriptedInterviewer,
    grader: ScriptedGrader,
    mode: Mode = "realistic",
    rule: Rule = "gut",
    seconds: Seconds | None = None,
    questions: int = 2,
    *,
    asks: bool = False,
) -> Callable[[Callable[[Update], None]], Conductor]:
    """What a screen calls to open an interview: begins one, or goes on with the one in the folder."""

    def begin(listener: Callable[[Update], None]) -> Conductor:
        path = folder / "interview.jsonl"
        if path.exists():
            writer, transcript = TranscriptWriter.reopen(path)
            return Conductor.resume(writer, transcript, interviewer, grader, seconds, listener)
        first = header(mode, rule, questions, asks=asks)
        clock = Clock(now=seconds) if seconds else Clock()
        return Conductor.start(TranscriptWriter.create(path, first), first, interviewer, grader, clock, listener)

    return begin


ANSWERS = (
    "I would look at what people redo after the model answered. I would count those redone tickets every week, "
    "about 200 of them. I own that count myself.",
    "Of 200 tickets, 31 were redone in March.",
    "I pushed a change on a Friday. It cost us 4 hours and 1,200 wrong orders. I wrote the check that was missing.",
    "4 hours.",
)


async def finished(folder: Path, rule: Rule = "gut", answers: Sequence[str] = ANSWERS) -> State:
    """The state of an interview that was held and graded."""
    seconds = Seconds()
    conductor = opener(folder, ScriptedInterviewer(), ScriptedGrader(), rule=rule, seconds=seconds)(lambda _: None)
    await conductor.begin()
    for answer in answers:
        seconds.now += 75
        if conductor.state.floor == "candidate":
            await conductor.answer(answer)
    if not conductor.state.closed:
        await conductor.control("end")
    await conductor.finish()
    await conductor.stop()
    return conductor.state


def events_of(folder: Path) -> list[str]:
    """The kinds of events in the transcript, in order."""
    return [event.type for event in read(folder / "interview.jsonl").events]


async def until(pilot: Pilot[Any], reached: Callable[[], bool], seconds: float = 5) -> None:
    """Waits until something has come about."""
    for _ in range(round(seconds / 0.02)):
        if reached():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come about")
