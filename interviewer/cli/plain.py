"""Plain mode: the same interview on standard input and output, for pipes, screen readers and scripts."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from interviewer.cli import INTERRUPTED
from interviewer.cli.answers import COMMANDS, QUIT, Said, Wish, from_input, from_script, read_script
from interviewer.cli.telling import Once, holds_up, of_wait, show, show_where, ungraded
from interviewer.engines.choose import Engine, engine_of
from interviewer.engines.decision import Decision, decide
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Conductor, IllegalStep, Update, Wrote
from interviewer.library import Library
from interviewer.scorecard import Scorecard
from interviewer.session import Choices, prepare, resume, start
from interviewer.settings import Settings
from interviewer.text import one_line
from interviewer.transcript.damage import told
from interviewer.transcript.events import Notice, Turn
from interviewer.transcript.store import TranscriptError

if TYPE_CHECKING:
    from interviewer.providers.waits import Wait

LEFT_OFFLINE = (
    "This interview began offline. From here on what was said in it before is sent too; "
    "to keep all of it here, leave it now and resume it with --engine offline."
)


def new_interview(settings: Settings, choices: Choices, answers: Path | None, as_json: bool) -> int:
    """Holds a new interview in plain mode and returns the exit code."""
    script = read_script(answers) if answers else None
    engine, _ = _announced(settings)

    def begin(listener: Callable[[Update], None], now: SpokenTime | None) -> Conductor:
        header = prepare(Library.default(), choices, engine, settings.transcripts)
        return start(header, settings.transcripts, engine, listener, now)

    return asyncio.run(_hold(engine, begin, script, as_json))


def resumed_interview(settings: Settings, path: Path, answers: Path | None, as_json: bool) -> int:
    """Goes on with an interview in plain mode and returns the exit code."""
    script = read_script(answers) if answers else None
    engine, decision = _announced(settings)

    def begin(listener: Callable[[Update], None], now: SpokenTime | None) -> Conductor:
        conductor, transcript = resume(path, engine, listener, now)
        if transcript.header.engine == "offline" and not decision.offline:
            print(LEFT_OFFLINE, file=sys.stderr, flush=True)
        if transcript.damage:
            print(f"{path}: {told(transcript.damage)}", file=sys.stderr)
        return conductor

    return asyncio.run(_hold(engine, begin, script, as_json))


def _announced(settings: Settings) -> tuple[Engine, Decision]:
    """The engine that plays. Says who it is and what leaves the machine, unless it was set to be offline."""
    decision = decide(settings)
    engine = engine_of(decision)
    if settings.engine != "offline" or not decision.offline:
        print(one_line(decision.notice), file=sys.stderr, flush=True)
    return engine, decision


async def _hold(
    engine: Engine,
    begin: Callable[[Callable[[Update], None], SpokenTime | None], Conductor],
    script: list[str] | None,
    as_json: bool,
) -> int:
    out = sys.stderr if as_json else sys.stdout
    spoken = SpokenTime() if script is not None else None
    quiet = as_json and script is not None
    once = Once()

    def hear(update: Update) -> None:
        if not isinstance(update, Wrote):
            return
        if spoken is not None and isinstance(update.event, Turn):
            spoken.speak(update.event.text)
        if once.worth(update.event) and (not quiet or isinstance(update.event, Notice)):
            show(conductor.state, update.event, out)

    conductor = begin(hear, spoken)
    _tell_waits(engine, conductor)
    interrupted = _on_signals(engine, conductor)
    step = asyncio.create_task(_to_the_end(conductor, script, spoken, out if not quiet else None))
    stop = asyncio.create_task(interrupted.wait())
    try:
        await asyncio.wait({step, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not step.done():
            step.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await step
        scorecard = None if step.cancelled() else step.result()
    finally:
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
    for line in ungraded(conductor.state):
        print(line, file=sys.stderr)
    return 0


def _tell_waits(engine: Engine, conductor: Conductor) -> None:
    """Has each wait that holds the candidate up told once, when it begins."""
    waits = engine.waits
    if waits is None:
        return
    told: set[Wait] = set()

    def tell() -> None:
        wait = waits.current
        if wait is not None and wait not in told and holds_up(wait, conductor.state):
            told.add(wait)
            print(of_wait(wait, waits.seconds_left()), file=sys.stderr, flush=True)

    waits.listener = tell


def _on_signals(engine: Engine, conductor: Conductor) -> asyncio.Event:
    """Set when the user or the system asks the program to stop. Ctrl-C in a wait ends only the wait."""
    event = asyncio.Event()
    loop = asyncio.get_running_loop()

    def interrupt() -> None:
        if engine.waits is not None and holds_up(engine.waits.current, conductor.state):
            engine.waits.give_up()
        else:
            event.set()

    for name, react in (("SIGINT", interrupt), ("SIGTERM", event.set), ("SIGHUP", event.set)):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt
                loop.add_signal_handler(number, react)
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
    source = from_script(script) if script is not None else from_input(conductor)
    if out is not None:
        show_where(conductor.state, out)
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
                _give_back(given, spoken)
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
            _give_back(given, spoken)
            return
    if spoken is not None:
        spoken.speak(given.text)
    try:
        await conductor.answer(given.text)
    except TranscriptError:
        _give_back(given, spoken)
        raise


def _give_back(given: Said | Wish, spoken: SpokenTime | None) -> None:
    """Shows an answer that was not taken, if it was typed by hand, so that it can be copied."""
    if isinstance(given, Said) and given.text.strip() and spoken is None:
        print(f"\nThis answer was not saved:\n{given.text}\n", file=sys.stderr, flush=True)
