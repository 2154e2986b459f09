"""Plain mode: the same interview on standard input and output, for pipes, screen readers and scripts."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import signal
import sys
import threading
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from interviewer.cli import INTERRUPTED
from interviewer.engines.choose import Engine, engine_of
from interviewer.engines.decision import decide
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Conductor, IllegalStep, Update, Wrote
from interviewer.interview.moves import legal_controls
from interviewer.library import Library
from interviewer.scorecard import Scorecard
from interviewer.session import ChoiceError, Choices, prepare, resume, start
from interviewer.settings import Settings
from interviewer.text import one_line, sanitise
from interviewer.transcript.events import Action, Event, Feedback, Notice, Turn
from interviewer.transcript.store import TranscriptError

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


def new_interview(settings: Settings, choices: Choices, answers: Path | None, as_json: bool) -> int:
    """Holds a new interview in plain mode and returns the exit code."""
    script = read_script(answers) if answers else None
    engine = _announced(settings)

    def begin(listener: Callable[[Update], None], now: SpokenTime | None) -> Conductor:
        header = prepare(Library.default(), choices, engine, settings.transcripts)
        return start(header, settings.transcripts, engine, listener, now)

    return asyncio.run(_hold(engine, begin, script, as_json))


def resumed_interview(settings: Settings, path: Path, answers: Path | None, as_json: bool) -> int:
    """Goes on with an interview in plain mode and returns the exit code."""
    script = read_script(answers) if answers else None
    engine = _announced(settings)

    def begin(listener: Callable[[Update], None], now: SpokenTime | None) -> Conductor:
        conductor, transcript = resume(path, engine, listener, now)
        for damage in transcript.damage:
            print(f"{path}:{damage.line}: {damage.problem}; everything before it is kept.", file=sys.stderr)
        return conductor

    return asyncio.run(_hold(engine, begin, script, as_json))


def _announced(settings: Settings) -> Engine:
    """The engine that plays. Says who it is and what leaves the machine, unless it was set to be offline."""
    decision = decide(settings)
    engine = engine_of(decision)
    if settings.engine != "offline" or not decision.offline:
        print(one_line(decision.notice), file=sys.stderr, flush=True)
    return engine


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


async def _hold(
    engine: Engine,
    begin: Callable[[Callable[[Update], None], SpokenTime | None], Conductor],
    script: list[str] | None,
    as_json: bool,
) -> int:
    out = sys.stderr if as_json else sys.stdout
    spoken = SpokenTime() if script is not None else None
    quiet = as_json and script is not None

    def show(update: Update) -> None:
        if not isinstance(update, Wrote):
            return
        if spoken is not None and isinstance(update.event, Turn):
            spoken.speak(update.event.text)
        if not quiet:
            _show(conductor, update.event, out)

    conductor = begin(show, spoken)
    interrupted = _on_signals()
    step = asyncio.create_task(_to_the_end(conductor, script, spoken, out if not quiet else None))
    stop = asyncio.create_task(interrupted.wait())
    await asyncio.wait({step, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not step.done():
        step.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await step
    elif step.exception() is not None:
        await conductor.stop()
    scorecard = None if step.cancelled() else step.result()
    await conductor.stop()
    await engine.close()
    if scorecard is None:
        print(f"\nSaved. Go on with: interviewer resume {conductor.state.header.id} --plain", file=sys.stderr)
        return INTERRUPTED
    if as_json:
        print(scorecard.model_dump_json(indent=2))
    else:
        from interviewer.scorecard_text import as_text

        print()
        titles = {rubric.id: rubric.title for rubric in conductor.state.header.rubrics}
        print(as_text(scorecard, rubrics=titles))
    return 0


def _on_signals() -> asyncio.Event:
    """Set when the user or the system asks the program to stop."""
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt
                loop.add_signal_handler(number, event.set)
    return event


async def _to_the_end(
    conductor: Conductor, script: list[str] | None, spoken: SpokenTime | None, out: TextIO | None
) -> Scorecard | None:
    """The conversation and its grading; None if the candidate leaves it to be resumed."""
    return await conductor.finish() if await _converse(conductor, script, spoken, out) else None


async def _converse(
    conductor: Conductor, script: list[str] | None, spoken: SpokenTime | None, out: TextIO | None
) -> bool:
    """Until the interview is closed: true. If the candidate leaves it to be resumed: false."""
    source = _from_script(script) if script is not None else _from_input(conductor)
    if out is not None:
        _show_where(conductor, out)
    await conductor.begin()
    if conductor.state.paused:  # left in a pause, and now taken up again
        await conductor.control("resume")
    try:
        async for given in source:
            if conductor.state.closed:
                break
            if isinstance(given, Wish) and given.word == QUIT:
                return False
            try:
                await _take(conductor, given, spoken)
            except IllegalStep as error:
                if out is not None:
                    print(error, file=out, flush=True)
            if conductor.state.closed:
                break
        if not conductor.state.closed:
            if conductor.state.paused:
                await conductor.control("resume")
            await conductor.control("end")
    finally:
        await source.aclose()
    return True


async def _take(conductor: Conductor, given: Said | Wish, spoken: SpokenTime | None) -> None:
    if isinstance(given, Wish):
        await conductor.control(COMMANDS[given.word])
        return
    if conductor.state.floor == "feedback":  # an answer where "go on or retry" was asked: go on, and give it
        await conductor.control("continue")
        if conductor.state.closed:
            return
    if spoken is not None:
        spoken.speak(given.text)
    try:
        await conductor.answer(given.text)
    except TranscriptError:
        if spoken is None:  # typed by hand: show it again, so that it can be copied
            print(f"\nThis answer was not saved:\n{given.text}\n", file=sys.stderr)
        raise


async def _from_script(script: list[str]) -> AsyncGenerator[Said | Wish, None]:
    for block in script:
        word = block.strip()
        yield Wish(word) if word in COMMANDS or word == QUIT else Said(block)


async def _from_input(conductor: Conductor) -> AsyncGenerator[Said | Wish, None]:
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


def _show_where(conductor: Conductor, out: TextIO) -> None:
    """In an interview that is taken up again: what was asked last, and what was typed and not sent."""
    state = conductor.state
    if state.last is not None and state.floor in {"candidate", "feedback"}:
        _show(conductor, state.last, out)
    if state.floor == "feedback":
        print("Your answer is in. /continue or /retry", file=out, flush=True)
    if state.draft:
        print(f"Your unsent draft was kept:\n{state.draft}\n", file=out, flush=True)


def _show(conductor: Conductor, event: Event, out: TextIO) -> None:
    """What the candidate should see of an event, once it is on the medium."""
    if isinstance(event, Turn):
        person = conductor.state.persona.person(event.move.speaker)
        print(f"\n{person.name} ({person.role}):\n{sanitise(event.text)}\n", file=out, flush=True)
    elif isinstance(event, Feedback):
        showed = [f"  + {text}" for text in event.showed] or ["  + nothing new that could be heard"]
        missed = ["A strong answer also:"] if event.missed else []
        missed += [f"  - {text}" for text in event.missed]
        better = [f"  One better sentence: {event.better}"] if event.better else []
        allowed = legal_controls(conductor.state)
        choice = "/continue or /retry" if "retry" in allowed else "/continue"
        lines = ["Coach (rule-based hints):", *showed, *missed, *better, f"  {choice}"]
        print(sanitise("\n".join(lines)), file=out, flush=True)
    elif isinstance(event, Notice):
        print(sanitise(event.text), file=out, flush=True)
