"""Where plain mode's answers and commands come from: a file, or standard input while it is typed."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import sys
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from interviewer.interview.conductor import Conductor
from interviewer.session import ChoiceError
from interviewer.transcript.events import Action

COMMANDS: dict[str, Action] = {
    "/hint": "hint",
    "/skip": "skip",
    "/pause": "pause",
    "/resume": "resume",
    "/end": "end",
    "/continue": "continue",
    "/retry": "retry",
}
QUIT = "/quit"
SEPARATOR = "---"
LARGEST_ANSWERS_FILE = 16 * 2**20
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A command instead of an answer."""

    word: str


def read_script(path: Path) -> list[str]:
    """The answers of a file, separated by lines of three hyphens.

    Raises:
        ChoiceError: it cannot be read, is too large, or is not text.
    """
    try:
        if path.stat().st_size > LARGEST_ANSWERS_FILE:
            raise ChoiceError(f"{path}: larger than {LARGEST_ANSWERS_FILE // 2**20} MiB.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ChoiceError(f"{path}: cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise ChoiceError(f"{path}: not UTF-8 text (byte {error.start}). Save it as UTF-8.") from None
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == SEPARATOR:
            blocks.append([])
        else:
            blocks[-1].append(line)
    if not any(line.strip() for line in blocks[-1]):
        blocks.pop()
    return ["\n".join(block).strip("\n") for block in blocks]


async def from_script(script: list[str]) -> AsyncGenerator[Said | Wish, None]:
    for block in script:
        word = block.strip()
        yield Wish(word) if word in COMMANDS or word == QUIT else Said(block)


async def from_input(conductor: Conductor) -> AsyncGenerator[Said | Wish, None]:
    """Answers and commands as they are typed. What was typed when the input is interrupted is kept as a draft."""
    lines: list[str] = []
    try:
        async for line in _lines():
            word = line.strip()
            if not lines and (word in COMMANDS or word == QUIT):
                yield Wish(word)
            elif word == ".":
                text, lines = "\n".join(lines), []
                yield Said(text)
            else:
                lines.append("." if word == ".." else line)
        if any(line.strip() for line in lines):
            text, lines = "\n".join(lines), []
            yield Said(text)
    finally:
        if lines and not conductor.state.closed:
            conductor.save_draft("\n".join(lines))


async def _lines() -> AsyncGenerator[str, None]:
    """Lines of standard input, read on a thread of their own so that grading goes on meanwhile.

    The thread reads the descriptor itself: a thread waiting inside Python's buffered reader would keep
    the interpreter from shutting down cleanly.
    """
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    descriptor = sys.stdin.fileno()

    def pump() -> None:
        while True:
            try:
                data = os.read(descriptor, 65536)
            except OSError:
                data = b""
            with contextlib.suppress(RuntimeError):  # the loop is gone: nobody listens any more
                loop.call_soon_threadsafe(queue.put_nowait, data)
            if not data:
                return

    threading.Thread(target=pump, daemon=True, name="standard-input").start()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    while True:
        data = await queue.get()
        rest += decoder.decode(data, final=not data)
        *whole, rest = rest.split("\n")
        for line in whole:
            yield line.removesuffix("\r")
        if not data:
            if rest:
                yield rest
            return
