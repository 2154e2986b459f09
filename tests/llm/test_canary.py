"""A canary key goes through whole interviews with every fault and turns up nowhere but in the requests' headers.

Every file that is written, everything that is printed or logged, every screen. Single calls, their errors and
tracebacks are in `tests/providers/test_secrets.py`.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from bench.candidate import answer
from bench.mischief import FAULTS, SteadyPlayer
from bench.sitting import CountedTime, engine_at
from bench.soak import PROTOCOLS
from bench.tally import Tally
from interviewer.cli import plain
from interviewer.engines.choose import KEYS
from interviewer.engines.llm import interviewer as playing
from interviewer.library import Library
from interviewer.session import Choices, prepare, start
from interviewer.settings import Settings
from interviewer.tui.failures import report_path
from interviewer.tui.screens.scorecard import ScorecardScreen
from tests.loopback import KEY, Fault, Loopback
from tests.loopback.beside import beside
from tests.tui.driving import until
from tests.tui.one_interview import OneInterview, my_turn, say

SIGNS = ("0123456789abcdef", "CANARY")
"""Pieces of the key, either of which would give it away."""

TELLING = f"Refused {KEY}; Authorization: Bearer {KEY}; x-api-key: {KEY}"
"""What an indiscreet server says in its errors."""

EVERY_FAULT = [replace(fault, message=TELLING) if fault.kind == "status" else fault for fault in FAULTS.values()]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Everything that could be written goes to one folder, and the SDKs say all they can."""
    for name in list(os.environ):
        if name.upper().startswith(("OPENAI_", "ANTHROPIC_", "INTERVIEWER_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setenv("OPENAI_LOG", "debug")
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")


def script(folder: Path, answers: int) -> Path:
    chance = random.Random(8)
    path = folder / "answers.txt"
    path.write_text("\n---\n".join([answer(chance) for _ in range(answers)] + ["/end"]))
    return path


def gives_away(text: str) -> list[str]:
    """Where a sign of the key stands, with some of what is around it."""
    places = [text.find(sign) for sign in SIGNS if sign in text]
    return [text[max(0, place - 80) : place + 40] for place in places]


def files_that_give_away(folder: Path) -> dict[str, list[str]]:
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert written, "nothing was written, so this would prove nothing"
    texts = {str(path): path.read_bytes().decode("utf-8", "replace") for path in written}
    return {name: found for name, text in texts.items() if (found := gives_away(text))}


def was_sent(server: Loopback) -> bool:
    headers = [str(recorded.headers) for recorded in server.requests]
    bodies = [str(recorded.body) for recorded in server.requests]
    return all(KEY in header for header in headers) and not any(gives_away(body) for body in bodies)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_key_in_anything_that_an_interview_with_every_fault_writes_or_prints(
    protocol: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server, tally = Loopback(SteadyPlayer()), Tally()
    server.faults.extend(EVERY_FAULT)
    monkeypatch.setenv(KEYS[protocol], KEY)
    with beside(server):
        address = server.url if protocol == "anthropic" else server.v1
        settings = Settings(transcripts=tmp_path / "transcripts", engine=protocol, base_url=address, turn_model="m")
        engine = engine_at(protocol, server, CountedTime(tally), random.Random(1), tally)
        monkeypatch.setattr(plain, "engine_of", lambda _: engine)
        choices = Choices("series-b-panel", seed=5)
        assert plain.new_interview(settings, choices, script(tmp_path, 40), as_json=False) == 0
    assert not server.faults, "not every fault had its turn"
    assert tally.waits and "HTTP Re" in caplog.text
    assert {recorded.asked.stream for recorded in server.requests if recorded.asked} == {True, False}
    out, err = capfd.readouterr()
    assert "offline engine took this turn" in out
    assert gives_away(out + err + caplog.text) == []
    assert files_that_give_away(tmp_path) == {}
    assert was_sent(server)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_no_key_in_what_the_program_itself_prints(protocol: str, tmp_path: Path) -> None:
    """The whole program with the key in its environment and everything logged, against a server that tells."""
    server = Loopback(SteadyPlayer())
    server.faults.extend([None, Fault("status", 400, message=TELLING), Fault("status", 403, message=TELLING)])
    async with server:
        address = server.url if protocol == "anthropic" else server.v1
        command = ["-m", "interviewer", "interview", "seed-founder", "--plain", "--seed"]
        command += ["5", "--answers", str(script(tmp_path, 3)), "--engine", protocol, "--base-url", address]
        environment = os.environ | {
            KEYS[protocol]: KEY,
            "INTERVIEWER_TURN_MODEL": "claude-sonnet-5-5" if protocol == "anthropic" else "gpt-6.1-terra",
            "INTERVIEWER_TRANSCRIPTS": str(tmp_path / "transcripts"),
        }
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, env=environment, stdout=pipe, stderr=pipe
        )
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert b"HTTP Re" in err, "nothing was logged"
    assert gives_away((out + err).decode()) == []
    assert files_that_give_away(tmp_path) == {}
    assert was_sent(server) and len(server.requests) > 4


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_no_key_on_any_screen(protocol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    server, tally = Loopback(SteadyPlayer()), Tally()
    shown = io.StringIO()
    async with server:
        clock = CountedTime(tally)
        engine = engine_at(protocol, server, clock, random.Random(1), tally)
        header = prepare(Library.default(), Choices("seed-founder", seed=5), engine, tmp_path)
        app = OneInterview(tmp_path, lambda hear: start(header, tmp_path, engine, hear, clock), engine=engine)

        def look() -> None:
            print(app.export_screenshot(), file=shown)

        server.faults.append(Fault("status", 401, message=TELLING))
        async with app.run_test(size=(120, 40)) as pilot:
            await my_turn(pilot, app)
            look()
            for fault in (Fault("status", 400, message=TELLING), Fault("status", 503, message=TELLING), Fault("cut")):
                server.faults.append(fault)
                await say(pilot, app, answer(random.Random(len(server.requests))))
                await my_turn(pilot, app)
                look()
            await _breaks_down(pilot, app, monkeypatch, look)
            await pilot.press("f1")
            look()
            await pilot.press("f1")
            server.fault_for = lambda recorded: (
                None if recorded.asked and recorded.asked.stream else Fault("status", 400, message=TELLING)
            )
            app.interview.action_steer("end")
            await until(pilot, lambda: any(one.name == "scorecard" for one in app.interview.query(Button)), 20)
            look()
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
            look()
        await engine.close()
    pictures = shown.getvalue()
    assert pictures.count("<svg") >= 8
    assert "Something&#160;went&#160;wrong" in pictures, "the failure was not shown"
    assert gives_away(pictures) == []
    assert files_that_give_away(tmp_path) == {}
    assert "RuntimeError" in report_path().read_text()
    assert was_sent(server)


async def _breaks_down(
    pilot: Pilot[None], app: OneInterview, monkeypatch: pytest.MonkeyPatch, look: Callable[[], None]
) -> None:
    """A fault of our own, with the key at hand: it is said on the screen, and the details go to a file."""

    def broken(*_: object) -> None:
        held = f"x-api-key: {KEY}"
        raise RuntimeError(f"a fault of length {len(held)}")

    with monkeypatch.context() as patch:
        patch.setattr(playing, "turn_request", broken)
        await say(pilot, app, "I measured it before and after, on 200 cases.")
        await until(pilot, lambda: any(one.name == "again" for one in app.interview.query(Button)))
        look()
    await pilot.press("ctrl+r")
    await my_turn(pilot, app)
