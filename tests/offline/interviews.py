"""Whole interviews with the built-in personas, for tests of what the offline interviewer says in them."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from interviewer.engines.choose import offline
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Wrote
from interviewer.interview.moves import legal_controls
from interviewer.library import Library
from interviewer.session import Choices, prepare, start
from interviewer.transcript.events import Event, Header, Turn
from interviewer.transcript.store import read
from interviewer.vocabulary import Mode

BUILT_IN = ("seed-founder", "series-b-panel", "big-tech-bar-raiser")

SAID = (
    "I rebuilt the estimates alone in six weeks because they were 40 minutes off, and the error fell to 14 minutes.",
    "We fixed it.",
    "I don't know.",
    "",
    "What do you mean by that?",
    "How much runway do you have?",
    "We chose Postgres over a vector store because we had only 20,000 documents, and I could explain each result.",
    "It broke once: a supplier changed the format and we were blind for a day. I added schema checks after that.",
    "The weather is nice today and my sister has a boat on the lake near the mountains.",
    "I disagreed with my manager, wrote down three risks, and one of them came true in spring. I would do it again.",
    "I used {quote} and {name} as placeholders in the template, and they reached 300 customers by mistake.",
    "Everything was perfect and all customers were happy, so the whole team celebrated the launch together.",
    "I never worked alone on it. The team decided everything. I wrote the evaluation and it took nine days.",
)
ASKED = (
    "How is the team organised, and who would I work with?",
    "How much runway do you have?",
    "What does your cap table look like?",
    "What is the name of the office dog?",
    "What would success look like in the first three months? And how do you handle being on call?",
    "No, that is all. Thank you.",
)


async def hold(persona: str, seed: int, chance: random.Random, folder: Path, mode: Mode, drafts: bool) -> Path:
    """Holds one interview to its end; what is said in it is drawn by `chance`."""
    spoken = SpokenTime()

    def listen(update: object) -> None:
        if isinstance(update, Wrote) and isinstance(update.event, Turn):
            spoken.speak(update.event.text)

    engine = offline()
    header = prepare(Library.default(), Choices(persona, seed=seed, mode=mode), engine, folder)
    conductor = start(header, folder, engine, listen, spoken)
    await conductor.begin()
    asked = list(ASKED)
    while not conductor.state.closed:
        if conductor.state.floor == "feedback":
            await conductor.control("continue")
            continue
        if chance.random() < 0.08:
            action = chance.choice(sorted(legal_controls(conductor.state) & {"hint", "skip"}))
            await conductor.control(action)
            continue
        asks = conductor.state.planned.segment.purpose == "candidate-questions"
        text = asked.pop(0) if asks and asked else chance.choice(SAID)
        if drafts:
            conductor.save_draft(text[:5])
            await asyncio.sleep(0)
        spoken.speak(text)
        await conductor.answer(text)
    await conductor.finish()
    await conductor.stop()
    return conductor.path


@lru_cache(maxsize=64)
def interview(
    persona: str, seed: int = 1, said: int = 1, mode: Mode = "realistic", drafts: bool = False
) -> tuple[Header, Sequence[Event]]:
    """The transcript of one interview; the same arguments give the same one."""
    with tempfile.TemporaryDirectory() as folder:
        path = asyncio.run(hold(persona, seed, random.Random(said), Path(folder), mode, drafts))
        transcript = read(path)
        return transcript.header, transcript.events


def turns(events: Sequence[Event]) -> list[Turn]:
    return [event for event in events if isinstance(event, Turn)]
