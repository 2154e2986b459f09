"""How fast answers are graded: `python -m bench.grading [--rounds N] [--runs N] [--latency SECONDS]`.

Grades answers with the grader that interviews use, everything included (the rules that come first, the prompt,
the call through the SDK, the schema, the evidence, the meter), against a server in a process of its own that
takes `SECONDS` for each reply. Beside it a bare HTTP client (aiohttp) that sends the very same bodies and looks
at nothing. Prints for each, at 32 and at 128 calls under way:

* the time taken against the least possible, `answers x latency / calls under way` (aim: 1.10),
* answers graded per second, and CPU milliseconds of the client per answer (aim: 1.2).

The bare client is also let loose on a server without any latency: more than that the server cannot give.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bench.candidate import ordinary
from interviewer.batch.collecting import collect_seldom
from interviewer.engines.choose import KEYS, Engine, choose
from interviewer.engines.offline.grader import grade as grade_offline
from interviewer.grading.grader import Exchange, GradingRequest
from interviewer.library import Library
from interviewer.scorecard import Stamp
from interviewer.settings import Settings
from tests.llm.player import Player
from tests.loopback import KEY, Loopback

UNDER_WAY = (32, 128)
MOST_QUESTIONS = 8
"""Of each bank, so that all together are those of a few interviews."""

OFFLINE = Stamp(engine="offline", engine_version="1", calibration="not calibrated")
MODELS = {"anthropic": "claude-sonnet-5-5", "openai": "gpt-6.1-terra"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes to the server for one grade."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    answers: int
    seconds: float
    cpu: float
    """Seconds of this process."""

    def ratio(self, latency: float, under_way: int) -> float:
        """Against the least time possible."""
        return self.seconds / (self.answers * latency / under_way)


@contextmanager
def serving(latency: float) -> Iterator[str]:
    """A server in a process of its own; its base URL."""
    command = [sys.executable, "-m", "tests.loopback", "--latency", str(latency), "--reply", "tests.llm.player:Player"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.stdin.close()


def grader_at(engine: str, address: str) -> Engine:
    """The engine as an interview has it."""
    base_url = address if engine == "anthropic" else f"{address}/v1"
    settings = Settings(transcripts=Path(), engine=engine, base_url=base_url, turn_model=MODELS[engine])
    return choose(settings, environment={KEYS[engine]: KEY})


def requests(number: int) -> list[GradingRequest]:
    """Answers to be graded, all different, that the rules leave to the model: questions of every bank, in turn."""
    chance, library = random.Random(3), Library.default()
    banks = [library.bank(entry.id) for entry in library.banks()]
    questions = [question for bank in banks for question in bank.questions[:MOST_QUESTIONS]]
    rubrics = {name: library.rubric(name) for name in {question.rubric for question in questions}}
    made: list[GradingRequest] = []
    while len(made) < number:
        question = questions[len(made) % len(questions)]
        exchanges = tuple(
            Exchange(asked=question.text, answer=ordinary(chance), event=2 * place + 2) for place in range(2)
        )
        request = GradingRequest(thread=1, question=question, rubric=rubrics[question.rubric], exchanges=exchanges)
        if grade_offline(request, OFFLINE).status == "graded":
            made.append(request)
    return made


async def all_of(doing: Callable[[int], Awaitable[None]], number: int, under_way: int) -> Measured:
    """Does `number` things, at most `under_way` at once."""
    numbers = iter(range(number))

    async def work() -> None:
        for each in numbers:
            await doing(each)

    began, cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(under_way):
            group.create_task(work())
    return Measured(number, time.perf_counter() - began, time.process_time() - cpu)


async def graded(engine: str, address: str, given: Sequence[GradingRequest], under_way: int, number: int) -> Measured:
    """The live grader."""
    made = grader_at(engine, address)

    async def grade(place: int) -> None:
        grade = await made.grader.grade(given[place % len(given)])
        if grade.status != "graded":
            raise RuntimeError(f"{grade.status}: {grade.note}")

    await all_of(grade, under_way, under_way)  # opens the connections
    measured = await all_of(grade, number, under_way)
    await made.close()
    return measured


async def bare(bodies: Sequence[Sent], address: str, under_way: int, number: int) -> Measured:
    """A client that sends the same bodies and reads the replies, and that is all."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send(place: int) -> None:
            sent = bodies[place % len(bodies)]
            async with session.post(address + sent.path, data=json.dumps(sent.body), headers=sent.headers) as response:
                if response.status != 200:
                    raise RuntimeError(await response.text())
                await response.json()

        await all_of(send, under_way, under_way)
        return await all_of(send, number, under_way)


async def bodies_of(engine: str, given: Sequence[GradingRequest]) -> list[Sent]:
    """What the grader sends."""
    async with Loopback(Player()) as server:
        made = grader_at(engine, server.url)
        for request in given:
            await made.grader.grade(request)
        await made.close()
        kept = {"content-type", "x-api-key", "authorization", "anthropic-version"}
        return [
            Sent(one.path, {name: value for name, value in one.headers.items() if name in kept}, one.body)
            for one in server.requests
        ]


def line(name: str, runs: Sequence[Measured], latency: float, under_way: int) -> str:
    """The run in the middle, as a line."""
    runs = sorted(runs, key=lambda run: run.seconds)
    run = runs[len(runs) // 2]
    ratios = f"{runs[0].ratio(latency, under_way):.2f} to {runs[-1].ratio(latency, under_way):.2f}"
    cpu = statistics.median(one.cpu / one.answers for one in runs) * 1000
    return (
        f"{name:<22}{under_way:4} under way  {run.ratio(latency, under_way):5.2f} ({ratios})  "
        f"{run.answers / run.seconds:5.0f} answers/s  {cpu:.2f} ms CPU"
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.grading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="calls one after the other")
    parser.add_argument("--runs", type=int, default=3, help="of which the one in the middle counts")
    parser.add_argument("--latency", type=float, default=0.2)
    given = parser.parse_args()
    collect_seldom()  # as in a batch
    answers = requests(max(UNDER_WAY) * given.rounds)
    for engine in MODELS:
        bodies = asyncio.run(bodies_of(engine, answers[:256]))
        with serving(0.0) as address:
            free = asyncio.run(bare(bodies, address, 32, 2000))
            print(f"{engine}: the server gives at most {free.answers / free.seconds:.0f} replies/s")
        with serving(given.latency) as address:
            for under_way in UNDER_WAY:
                number = under_way * given.rounds
                ours: list[Measured] = []
                theirs: list[Measured] = []
                for _ in range(given.runs):
                    theirs.append(asyncio.run(bare(bodies, address, under_way, number)))
                    ours.append(asyncio.run(graded(engine, address, answers, under_way, number)))
                print(line("bare client", theirs, given.latency, under_way), flush=True)
                print(line(f"grader, {engine}", ours, given.latency, under_way), flush=True)


if __name__ == "__main__":
    main()
