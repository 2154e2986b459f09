"""What streaming costs on the interview screen: `python -m bench.streaming [--runs N]`.

Holds the beginning of an interview on the real screens in a pseudo-terminal, with the real SDK (Anthropic's)
against a server in this process that takes 200 ms to its first byte and then says a piece of four characters
every 10 ms. Prints, at 80x24 and at 140x45:

* the added time from the moment when the server has sent the first piece of what is said to that piece on the
  screen (aim: at most 25 ms),
* CPU of the program per piece while it streams, drawing included (aim: 2.5 ms),
* how long a key that is typed meanwhile takes to be on the screen (p99, aim: under 100 ms); apart from these,
  keys typed so late that the last word arrives before they are shown, when the turn is also written and graded.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pty
import statistics
import struct
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from itertools import count
from pathlib import Path

from interviewer.engines.choose import KEYS
from tests.llm.player import Player
from tests.loopback import KEY, Asked, Loopback

LATENCY = 0.2
PER_PIECE = 0.01
SIZES = ((80, 24), (140, 45))
TURNS = 12
"""Answers in a run; while every second one is answered, keys are typed."""

BETWEEN_KEYS = 0.11
FIRST = 0x3400
"""Characters from here on begin what is said; those from KEYS_FROM on are typed."""
KEYS_FROM = 0x4E00
SEND = b"\x13"
PASTE = b"\x1b[200~%s\x1b[201~"
ANSWER = (
    "In {number} I rebuilt the matching service alone because it failed every Monday. It took {number} days, and "
    "errors fell from 9 to 2 percent against the old rules of the {number} people who had written them."
)
SAID = (
    "and so I would like to hear how you went about that in the first week: what you looked at before you decided "
    "anything, whom you asked, and which of the numbers that you had at the time turned out to be wrong. I am not "
    "after the method as such. Tell me what you would have done if the figures had been half as good as they were."
)


class Talkative(Player):
    """Says something of the length of a real turn, beginning with a character that stands nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)

    def __call__(self, asked: Asked) -> str:
        made = json.loads(super().__call__(asked))
        if "say" in made:
            made["say"] = f"{chr(FIRST + next(self._numbers))} {SAID}"
        return json.dumps(made, ensure_ascii=False)


class Program:
    """The program in a pseudo-terminal, watched from the event loop."""

    def __init__(self, command: list[str], environment: dict[str, str], size: tuple[int, int]) -> None:
        self.drawn = b""
        self._waiting: list[tuple[bytes, asyncio.Future[float]]] = []
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.execvpe(command[0], command, environment)
        ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        asyncio.get_running_loop().add_reader(self.file, self._read)

    def _read(self) -> None:
        try:
            self.drawn += os.read(self.file, 1 << 16)
        except OSError:
            self.drawn += b"(the program ended)"
        now = time.monotonic()
        for text, future in self._waiting:
            if not future.done() and text in self.drawn:
                future.set_result(now)
        self._waiting = [(text, future) for text, future in self._waiting if not future.done()]

    def seen(self, text: str) -> asyncio.Future[float]:
        """When `text` is drawn, from now on."""
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((text.encode(), future))
        return future

    def press(self, keys: bytes) -> None:
        os.write(self.file, keys)

    def cpu(self) -> float:
        """CPU seconds that all its threads have used."""
        tasks = Path(f"/proc/{self.child}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def end(self) -> None:
        asyncio.get_running_loop().remove_reader(self.file)
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)
        os.close(self.file)


class Stream:
    """What the server has sent of one turn, and when."""

    def __init__(self) -> None:
        self.text = ""
        self.pieces = 0
        self.first = ""
        self.begun = 0.0
        """When the first piece went out that holds anything of what is said."""

    def take(self, data: str) -> None:
        """An event went out."""
        event = json.loads(data)
        if event["type"] != "content_block_delta":
            return
        self.pieces += 1
        self.text += event["delta"]["text"]
        said = self.text.partition('"say": "')[2]
        if said and not self.begun:
            self.begun = time.monotonic()
            self.first = said[0]


class Figures:
    """What was measured at one size."""

    def __init__(self) -> None:
        self.first: list[float] = []
        self.per_piece: list[float] = []
        self.keys: list[float] = []
        """Seconds until they were on the screen, while words were arriving all the time."""
        self.at_the_end: list[float] = []
        """The same of keys between which and the screen the last word arrived."""


async def one_turn(program: Program, server: Loopback, number: int, figures: Figures, typing: bool) -> None:
    """Sends an answer and watches what is said to it."""
    begun, ended = asyncio.Event(), asyncio.Event()
    stream = Stream()

    def sent(data: str) -> None:
        stream.take(data)
        if stream.begun:
            begun.set()
        if '"message_stop"' in data:
            ended.set()

    program.press(PASTE % ANSWER.format(number=2000 + number).encode())
    await asyncio.sleep(0.4)
    server.sent = sent
    program.press(SEND)
    await asyncio.wait_for(begun.wait(), 10)
    if stream.first.encode() in program.drawn:
        raise RuntimeError("something was on the screen before it was said")
    figures.first.append(await asyncio.wait_for(program.seen(stream.first), 10) - stream.begun)
    cpu, pieces = program.cpu(), stream.pieces
    if typing:
        await type_meanwhile(program, ended, figures)
    else:
        await ended.wait()
        figures.per_piece.append((program.cpu() - cpu) / (stream.pieces - pieces))
    await asyncio.sleep(0.6)


async def type_meanwhile(program: Program, ended: asyncio.Event, figures: Figures) -> None:
    """Types characters that stand nowhere else, and waits for each on the screen."""
    for number in count(len(figures.keys) + len(figures.at_the_end)):
        if ended.is_set():
            return
        key = chr(KEYS_FROM + number)
        began, shown = time.monotonic(), program.seen(key)
        program.press(key.encode())
        took = await asyncio.wait_for(shown, 10) - began
        (figures.at_the_end if ended.is_set() else figures.keys).append(took)
        await asyncio.sleep(BETWEEN_KEYS)


async def measure(size: tuple[int, int], runs: int) -> Figures:
    """Interviews at one size."""
    figures = Figures()
    for run in range(runs):
        with tempfile.TemporaryDirectory() as home:
            async with Loopback(Talkative(), latency=LATENCY, per_piece=PER_PIECE) as server:
                environment = os.environ | {
                    "TERM": "xterm-256color",
                    "COLORTERM": "truecolor",
                    "INTERVIEWER_CONFIG_DIR": home,
                    "INTERVIEWER_TRANSCRIPTS": home,
                    "INTERVIEWER_TURN_MODEL": "claude-sonnet-5-5",
                    KEYS["anthropic"]: KEY,
                }
                command = [str(Path(sys.executable).parent / "interviewer"), "interview", "seed-founder"]
                command += ["--engine", "anthropic", "--base-url", server.url, "--seed", str(run + 1)]
                program = Program(command, environment, size)
                await asyncio.sleep(4)
                program.press(SEND)
                await asyncio.wait_for(program.seen(chr(FIRST + 1)), 30)
                await asyncio.sleep(6)
                for number in range(TURNS):
                    await one_turn(program, server, number, figures, typing=number % 2 == 1)
                program.end()
    return figures


def milliseconds(values: list[float], share: float = 0.5) -> str:
    """A quantile."""
    return f"{sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000:.1f} ms"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.streaming", description=__doc__)
    parser.add_argument("--runs", type=int, default=2, help="interviews at each size")
    given = parser.parse_args()
    for size in SIZES:
        found = asyncio.run(measure(size, given.runs))
        print(
            f"{size[0]}x{size[1]}  first word {milliseconds(found.first)} (worst {milliseconds(found.first, 1)}), "
            f"{statistics.median(found.per_piece) * 1000:.2f} ms CPU a piece, "
            f"key {milliseconds(found.keys)}, p99 {milliseconds(found.keys, 0.99)} ({len(found.keys)} keys; worst of "
            f"{len(found.at_the_end)} at the end of a turn {milliseconds(found.at_the_end or [0.0], 1)})",
            flush=True,
        )


if __name__ == "__main__":
    main()
