"""Batch grading, measured: `python -m bench.batch live|many|offline [--rows N] [--at-once N] [--latency SECONDS]`.

live:    gradings with `at-once` calls under way, against a server in a process of its own that takes `latency` for
         each reply; everything included: claims, rules, prompt, SDK, schema, evidence, ledger on the medium. Against
         the least time possible, `rows x latency / at-once`, with the CPU time of the client. Two figures: from the
         first row on, with the start that begins with few calls, and once all calls are under way. Beside every run
         one of a bare HTTP client that sends such bodies and looks at nothing: machines differ, and moments too.
many:    the real command on a table of `rows` answers, by the server: memory, and rate in each tenth.
offline: the real command on a table of `rows` answers, by rules on all processors: memory of all processes, rate in
         each tenth, and, after a kill at nine tenths, seconds until the same command records the next grade.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.candidate import ordinary
from bench.grading import MODELS, Sent, bare, bodies_of, serving
from interviewer.batch.asking import Asked
from interviewer.batch.ledger import LEDGER
from interviewer.batch.marking import request_of
from interviewer.batch.run import Run
from interviewer.batch_session import Batch, Task
from interviewer.engines.choose import KEYS
from interviewer.library import Library
from interviewer.settings import Settings
from tests.loopback import KEY

BANK, RUBRIC = "ml-concepts", "ml-concepts"
QUESTIONS = 8


def table(path: Path, rows: int) -> None:
    """Writes a table of answers, all different, to the first questions of a bank."""
    names = [question.id for question in Library.default().bank(BANK).questions[:QUESTIONS]]
    answers = answers_of(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(["id", "question_id", "answer"])
        for place in range(rows):
            written.writerow([f"r{place}", names[place % len(names)], next(answers)])


def answers_of(rows: int) -> Iterator[str]:
    """Answers, all different."""
    chance = random.Random(5)
    return (f"{ordinary(chance)} That was case {place}." for place in range(rows))


def command(source: Path, out: Path, *more: str) -> list[str]:
    """The real command."""
    begin = [sys.executable, "-m", "interviewer", "grade", str(source), "--rubric", RUBRIC, "--questions", BANK]
    return [*begin, "--out", str(out), "--yes", *more]


# ---- live ----------------------------------------------------------------------------------------------


def sent_by(engine: str) -> list[Sent]:
    """What goes to the server for some of the rows."""
    library = Library.default()
    rubric = library.rubric(RUBRIC)
    asked = [Asked(question, rubric) for question in library.bank(BANK).questions[:QUESTIONS]]
    requests = [request_of(asked[place % QUESTIONS], [("", answer)]) for place, answer in enumerate(answers_of(256))]
    return asyncio.run(bodies_of(engine, requests))


async def live(engine: str, address: str, rows: int, at_once: int, latency: float) -> str:
    """One run; a line about it."""
    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "answers.csv"
        table(source, rows + 4 * at_once)
        base_url = address if engine == "anthropic" else f"{address}/v1"
        settings = Settings(
            transcripts=Path(made),
            engine=engine,
            base_url=base_url,
            turn_model=MODELS[engine],
            grade_model=MODELS[engine],
        )
        task = Task(str(source), Path(made) / "out", RUBRIC, questions=(BANK,), at_once=at_once)
        batch = Batch(task, settings, environment={KEYS[engine]: KEY})
        batch.take_in()
        marking, workers = batch.marking()
        began, cpu = time.perf_counter(), time.process_time()
        first = await Run(batch.ledger, marking, workers, limit=4 * at_once).run()
        starting, start_cpu = time.perf_counter() - began, time.process_time() - cpu
        began, cpu = time.perf_counter(), time.process_time()
        ended = await Run(batch.ledger, marking, workers, limit=rows).run()
        seconds, spent = time.perf_counter() - began, time.process_time() - cpu
        await batch.engine.close()
        assert first.progress.graded + ended.progress.graded == rows + 4 * at_once, ended
        batch.close()
    least = rows * latency / at_once
    whole = (rows + 4 * at_once) * latency / at_once
    all_spent = (spent + start_cpu) / (rows + 4 * at_once) * 1000
    return (
        f"{engine:<10}{at_once:4} under way  {seconds / least:5.2f} of the least time  {spent / rows * 1000:.2f} ms CPU"
        f"  with its slow start {(seconds + starting) / whole:5.2f}, {all_spent:.2f} ms"
    )


# ---- many and offline ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """How it stood at a moment."""

    seconds: float
    graded: int
    megabytes: float
    """Of all processes."""


def watched(process: subprocess.Popen[bytes], out: Path, every: float) -> Iterator[Look]:
    """Looks at a run from outside until it ends."""
    began = time.monotonic()
    while process.poll() is None:
        time.sleep(every)
        yield Look(time.monotonic() - began, graded(out), megabytes(process.pid))


def graded(out: Path) -> int:
    """Grades on the medium: the highest number given, which costs nothing to look up."""
    if not (out / LEDGER).exists():
        return 0
    database = sqlite3.connect(f"file:{out / LEDGER}?mode=ro", timeout=30, uri=True)
    try:
        return int(database.execute("SELECT coalesce(max(id), 0) FROM grades").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        database.close()


def megabytes(process: int) -> float:
    """Memory that a process and its children hold for themselves and share, each page counted once."""
    total = 0.0
    for each in (process, *children(process)):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0) / 1024
    return total


def children(process: int) -> list[int]:
    """The processes that a process began, and those that they began."""
    try:
        begun = [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:
        return []
    return [each for one in begun for each in (one, *children(one))]


def tenths(looks: Sequence[Look], rows: int) -> str:
    """Answers a second in each tenth."""
    rates = []
    whole = next((place for place, look in enumerate(looks) if look.graded >= rows), len(looks))
    looks = looks[: whole + 1]  # after that the files are written
    for tenth in range(10):
        inside = [look for look in looks if rows * tenth / 10 <= look.graded <= rows * (tenth + 1) / 10]
        if len(inside) > 1 and inside[-1].seconds > inside[0].seconds:
            rates.append((inside[-1].graded - inside[0].graded) / (inside[-1].seconds - inside[0].seconds))
    return " ".join(f"{rate:,.0f}" for rate in rates)


def told(name: str, looks: Sequence[Look], rows: int) -> str:
    """A run in two lines."""
    working = [look for look in looks if look.graded]
    whole = next((look for look in looks if look.graded == working[-1].graded), working[-1])
    most = max(look.megabytes for look in looks)
    early = max((look.megabytes for look in working if look.graded < rows / 10), default=0.0)
    rate = (whole.graded - working[0].graded) / max(0.1, whole.seconds - working[0].seconds)
    return (
        f"{name}: {rows:,} rows, {looks[-1].seconds:.0f} s in all, first grade after {working[0].seconds:.0f} s, "
        f"{rate:,.0f} answers/s, memory {early:.0f} MB in the first tenth, {most:.0f} MB at most\n"
        f"  answers/s by tenth: {tenths(looks, rows)}"
    )


def many(rows: int, at_once: int, latency: float) -> None:
    """By the server."""
    with tempfile.TemporaryDirectory() as made, serving(latency) as address:
        source, out = Path(made) / "answers.csv", Path(made) / "out"
        table(source, rows)
        more = ("--engine", "anthropic", "--base-url", address, "--at-once", str(at_once))
        environment = {**os.environ, "ANTHROPIC_API_KEY": KEY}
        process = subprocess.Popen(command(source, out, *more), env=environment, stdout=subprocess.DEVNULL)
        print(told("by the server", list(watched(process, out, 1.0)), rows), flush=True)


def offline(rows: int) -> None:
    """By rules, with a kill at nine tenths."""
    with tempfile.TemporaryDirectory() as made:
        source, out = Path(made) / "answers.csv", Path(made) / "out"
        table(source, rows)
        process = subprocess.Popen(command(source, out, "--engine", "offline"), stdout=subprocess.DEVNULL)
        looks = []
        for look in watched(process, out, 0.5):
            looks.append(look)
            if look.graded >= rows * 9 // 10:
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
        print(told("by rules, to nine tenths", looks, rows), flush=True)
        before, began = graded(out), time.monotonic()
        process = subprocess.Popen(command(source, out, "--engine", "offline"), stdout=subprocess.DEVNULL)
        while process.poll() is None and graded(out) <= before:
            time.sleep(0.02)
        print(
            f"  after the kill: the next grade {time.monotonic() - began:.1f} s after the command was given", flush=True
        )
        code = process.wait()
        print(f"  and all of {graded(out):,} in {time.monotonic() - began:.0f} s more, exit code {code}")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("what", choices=("live", "many", "offline"))
    parser.add_argument("--rows", type=int)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--at-once", type=int, default=128)
    parser.add_argument("--latency", type=float, default=0.2)
    given = parser.parse_args()
    if given.what == "live":
        with serving(given.latency) as address:
            rows, at_once, latency = given.rows or 2000, given.at_once, given.latency
            for engine in MODELS:
                bodies = sent_by(engine)
                for _ in range(given.runs):
                    theirs = asyncio.run(bare(bodies, address, at_once, rows))
                    cpu = theirs.cpu / rows * 1000
                    print(f"bare client{theirs.ratio(latency, at_once):21.2f}{cpu:23.2f} ms CPU", flush=True)
                    print(asyncio.run(live(engine, address, rows, at_once, latency)), flush=True)
    elif given.what == "many":
        many(given.rows or 100_000, given.at_once, given.latency)
    else:
        offline(given.rows or 1_000_000)


if __name__ == "__main__":
    main()
