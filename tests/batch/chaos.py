"""A batch with every kind of bad row, a service that misbehaves, and a process that is killed again and again."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from interviewer.batch.ledger import LEDGER
from interviewer.batch.row import LONGEST_TEXT
from tests.llm.player import Player
from tests.loopback import KEY, Asked, Fault, Loopback
from tests.loopback.asked import Recorded
from tests.loopback.faults import fails, says

_MARK: Final = re.compile(r"case (\d+)\b")

BAD: Final = ("empty-answer", "duplicate", "duplicate-id", "ragged", "too-long")
"""Kinds of bad rows that `source` mixes in, as the reader calls them."""

FAULTS: Final[tuple[Fault, ...]] = (
    fails(429, "0.1"),
    fails(429),
    fails(500),
    fails(529),
    Fault("reset-before"),
    Fault("reset-after"),
    Fault("cut"),
    Fault("bad-json"),
    Fault("truncated"),
    Fault("web-page"),
    says("no JSON at all"),
    says("{}"),
)


def source(path: Path, number: int, seed: int = 1) -> Mapping[str, int]:
    """Writes a table of `number` records, one in eight of them bad; how many there are of each kind."""
    chance = random.Random(seed)
    made: Counter[str] = Counter()
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id", "question", "answer", "score"])
        good: list[list[str]] = []
        for place in range(number):
            kind = chance.choice(BAD) if good and chance.random() < 1 / 8 else "ok"
            made[kind] += 1
            row = _row(place)
            match kind:
                case "ok":
                    good.append(row)
                case "empty-answer":
                    row[2] = " \n "
                case "duplicate":
                    row = chance.choice(good)
                case "duplicate-id":
                    row[0] = chance.choice(good)[0]
                case "ragged":
                    row = [*row, "one more", "and another"]
                case "too-long":
                    row[2] = "word " * (LONGEST_TEXT // 5 + 1) if made[kind] < 4 else " "
                    made["too-long"] -= made[kind] >= 4
                    made["empty-answer"] += row[2] == " "
            table.writerow(row)
    return {kind: count for kind, count in made.items() if count}


def _row(place: int) -> list[str]:
    answer = (
        f"In case {place} the model learned the noise.\nWe saw a gap of {place % 37} points on held-out data, "
        'so we "stopped early", and measured again; it fell by half, because we had fewer features.'
    )
    return [f"r{place}", "What is overfitting, and what did you do about it?", answer, str(place % 4)]


@dataclass
class Service:
    """A model service that misbehaves with one call in `one_in`, and counts what it was really asked to do."""

    one_in: int = 6
    seed: int = 1
    paid: Counter[str] = field(default_factory=Counter)
    """Case -> how often the model worked on it."""
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._player = Player()
        self._chance = random.Random(self.seed)

    def reply(self, asked: Asked) -> str:
        found = _MARK.search(asked.last)
        assert found is not None, asked.last
        self.paid[found[1]] += 1
        return self._player(asked)

    def fault(self, _: Recorded) -> Fault | None:
        if self._chance.randrange(self.one_in):
            return None
        fault = self._chance.choice(FAULTS)
        self.faults[f"{fault.kind} {fault.status}" if fault.kind == "status" else fault.kind] += 1
        return fault


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it."""

    rounds: int
    """How often the command was given."""
    kills: int
    seconds: float
    paid_again: tuple[str, ...]
    """Cases that were paid for after their grade had been recorded."""
    twice: int
    """Cases that were paid for more than once: their process was killed, or the reply was unusable."""


async def grade_with_kills(
    folder: Path, table: Path, service: Service, every: int, at_once: int = 32, latency: float = 0.02
) -> Came:
    """Gives the same command until everything is graded, killing it whenever it has graded about `every` more."""
    chance = random.Random(service.seed)
    paid_again: set[str] = set()
    recorded: dict[str, int] = {}
    kills = rounds = 0
    began = time.monotonic()
    async with Loopback(service.reply, latency=latency) as server:
        server.keep = False
        server.fault_for = service.fault
        command = [sys.executable, "-m", "interviewer", "grade", str(table), "--rubric", "ml-concepts"]
        command += ["--out", str(folder), "--engine", "anthropic", "--base-url", server.url, "--yes"]
        command += ["--at-once", str(at_once)]
        environment = {**os.environ, "ANTHROPIC_API_KEY": KEY, "INTERVIEWER_CONFIG_DIR": str(folder / "none")}
        while True:
            rounds += 1
            process = await asyncio.create_subprocess_exec(
                *command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            assert process.stderr is not None
            telling = asyncio.create_task(process.stderr.read())
            enough = len(recorded) + chance.randint(every // 2, every * 3 // 2)
            while process.returncode is None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), 0.05)
                if process.returncode is None and number_graded(folder) >= enough:
                    process.send_signal(signal.SIGKILL)
                    await process.wait()
                    kills += 1
            said = (await telling).decode()
            assert "Traceback" not in said, said
            paid_again |= {case for case, before in recorded.items() if service.paid[case] != before}
            recorded = {case: service.paid[case] for case in graded_in(folder)}
            if process.returncode == 0:
                break
            assert rounds < 2000, said
    twice = sum(1 for count in service.paid.values() if count > 1)
    return Came(rounds, kills, time.monotonic() - began, tuple(sorted(paid_again)), twice)


def number_graded(folder: Path) -> int:
    """How many grades are on the medium."""
    if not (folder / LEDGER).exists():
        return 0
    database = sqlite3.connect(folder / LEDGER, timeout=30)
    try:
        return int(database.execute("SELECT count(*) FROM grades").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        database.close()


def graded_in(folder: Path) -> set[str]:
    """The cases that have a grade on the medium."""
    if not (folder / LEDGER).exists():
        return set()
    database = sqlite3.connect(folder / LEDGER, timeout=30)
    try:
        found = database.execute("SELECT c.parts FROM grades g JOIN contents c ON c.id = g.content").fetchall()
    except sqlite3.OperationalError:  # it was killed before there were tables
        return set()
    finally:
        database.close()
    return {mark[1] for (parts,) in found if (mark := _MARK.search(json.loads(parts)[0][1]))}


def statuses(folder: Path) -> list[str]:
    """The status of every row of what came out, in its order."""
    with (folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        return [row["status"] for row in csv.DictReader(file)]
