"""The application: what it opens first, what it does with failures, sizes, colours and unclean text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from interviewer.session import Choices
from interviewer.transcript.events import Profile
from interviewer.transcript.store import read_header
from interviewer.tui.app import InterviewerApp, Start
from interviewer.tui.failures import report_path
from interviewer.tui.plain_text import PlainText
from interviewer.tui.screens.help import HelpScreen, key_name
from interviewer.tui.screens.home.screen import HomeScreen
from interviewer.tui.screens.interview.screen import InterviewScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.screens.setup import SetupScreen
from interviewer.tui.themes import DARK, LIGHT
from interviewer.tui.widgets.menu import Menu, MenuItem
from interviewer.tui.widgets.picker import Stepper
from interviewer.tui.widgets.too_small import TooSmall
from tests.tui import content
from tests.tui.test_home import settled, shown


async def until(pilot: Pilot[None], kind: type[Screen[Any]]) -> None:
    """Waits until a screen of this kind is on top."""
    for _ in range(100):
        await pilot.pause(0.02)
        if isinstance(pilot.app.screen, kind):
            return
    raise AssertionError(f"{kind.__name__} did not open; {pilot.app.screen} is on top")


def said(app: InterviewerApp) -> str:
    """What the notifications say."""
    return "\n".join(note.message for note in app._notifications)


async def test_from_home_through_the_set_up_into_an_interview_and_back(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("1")
        await until(pilot, SetupScreen)
        await pilot.press("home", "ctrl+s")
        await until(pilot, InterviewScreen)
        await pilot.pause(0.3)
        transcript = next((tmp_path / "transcripts").glob("*.jsonl"))
        header = read_header(transcript)
        assert (header.persona.id, header.minutes, header.engine) == ("founder", 10, "offline")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, HomeScreen)
        await settled(pilot)
        await pilot.pause()
        assert "Resume The founder" in shown(app)
        chosen = app.screen.query_one(Menu).highlighted_child
        assert isinstance(chosen, MenuItem) and chosen.key == f"interview:{transcript}"
        await pilot.press("r")
        await until(pilot, InterviewScreen)
        await pilot.pause(0.3)


async def test_starts_with_the_set_up_of_a_persona(tmp_path: Path) -> None:
    start = Start(persona="panel", profile=Profile(cv="Ranking."), seed=3)
    app = content.app(tmp_path, start, name="Ada", mode="coach", seniority="mid", minutes=20)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, SetupScreen)
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        assert screen._choices() == Choices(
            persona="panel",
            mode="coach",
            seniority="mid",
            minutes=20,
            seed=3,
            profile=Profile(name="Ada", cv="Ranking."),
        )
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_starts_with_an_interview_that_was_left(tmp_path: Path) -> None:
    path = content.unfinished(tmp_path, "left", seconds=30)
    async with content.app(tmp_path, Start(resume=path)).run_test(size=(80, 24)) as pilot:
        await until(pilot, InterviewScreen)
        await pilot.pause(0.3)


async def test_starts_with_a_scorecard(tmp_path: Path) -> None:
    path = content.finished(tmp_path, "done")
    async with content.app(tmp_path, Start(scorecard=path)).run_test(size=(80, 24)) as pilot:
        await until(pilot, ScorecardScreen)


@pytest.mark.parametrize("kind", ["unfinished", "garbage", "missing"])
async def test_a_scorecard_that_cannot_be_shown_is_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "no.jsonl"
    if kind == "unfinished":
        path = content.unfinished(tmp_path, "left")
    elif kind == "garbage":
        path.write_text("{}\n", encoding="utf-8")
    app = content.app(tmp_path, Start(scorecard=path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        expected = {"unfinished": "no scorecard yet", "garbage": "not an interviewer transcript"}
        assert expected.get(kind, "no.jsonl") in said(app)


async def test_choices_that_do_not_fit_come_back_to_be_put_right(tmp_path: Path) -> None:
    content.library(tmp_path)
    bank = tmp_path / "personas" / "questions" / "sample-bank.yaml"
    app = content.app(tmp_path, Start(persona="founder"), name="Ada")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, SetupScreen)
        await settled(pilot)
        bank.unlink()
        await pilot.press("end", "ctrl+s")
        for _ in range(50):
            await pilot.pause(0.02)
            if said(app):
                break
        await until(pilot, SetupScreen)
        await settled(pilot)
        assert "sample-bank" in said(app)
        assert "This interview cannot be held." in shown(app)
    assert not report_path().exists(), "an error with a message of its own needs no report"


async def test_an_unexpected_error_in_the_background_is_a_sentence_and_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "what-the-candidate-said"

    def broken(pace: float, *_: object) -> None:
        text = f"{secret} {pace}"
        raise ZeroDivisionError("by zero" + text[:0])

    monkeypatch.setattr("interviewer.engines.choose.offline", broken)
    app = content.app(tmp_path, Start(persona="founder"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, SetupScreen)
        await settled(pilot)
        await pilot.press("end", "ctrl+s")
        await pilot.pause(0.2)
        await until(pilot, SetupScreen)
        await settled(pilot)
        assert "Something went wrong while preparing the interview (ZeroDivisionError)" in said(app)
        assert app.screen.query_one(Stepper).value == 60, "nothing that was chosen is lost"
    report = report_path().read_text(encoding="utf-8")
    assert "ZeroDivisionError: by zero" in report and secret not in report
    assert report_path().stat().st_mode & 0o777 == 0o600


CRASH = """
import sys
from pathlib import Path
from interviewer.library import Library
from interviewer.settings import Settings
from interviewer.tui.app import InterviewerApp

def on_ready(self):
    secret = "sk-do-not-print"
    raise ValueError("broken inside")

InterviewerApp.on_ready = on_ready
app = InterviewerApp(Settings(transcripts=Path(sys.argv[1])), Library(()))
app.run(headless=True)
sys.exit(app.return_code or 0)
"""


def test_a_crash_ends_with_a_sentence_a_report_and_an_exit_code(tmp_path: Path) -> None:
    program = tmp_path / "crash.py"
    program.write_text(CRASH, encoding="utf-8")
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    assert done.returncode == 1
    everything = done.stdout + done.stderr
    assert "interviewer had to stop" in everything and "is saved" in everything
    assert "Traceback" not in everything and "sk-do-not-print" not in everything
    report = next(tmp_path.rglob("last-failure.txt")).read_text(encoding="utf-8")
    assert "ValueError: broken inside" in report and "sk-do-not-print" not in report


async def test_a_small_window_is_covered_and_nothing_is_lost(tmp_path: Path) -> None:
    app = content.app(tmp_path, Start(persona="founder"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, SetupScreen)
        await settled(pilot)
        await pilot.press("right", "down", "down", "down", *"Ada")
        await pilot.resize_terminal(59, 24)
        await pilot.pause(0.1)
        assert "59 columns and 24 rows" in shown(app) and "Length" not in shown(app)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert isinstance(app.screen, HomeScreen) and app.screen.query(TooSmall), "covered wherever one goes"
        await pilot.press("1")
        await until(pilot, SetupScreen)
        await settled(pilot)
        await pilot.press("down", "down", "down", *"Ada")
        await pilot.resize_terminal(60, 18)
        await pilot.pause(0.1)
        assert not app.screen.query(TooSmall)
        assert app.screen.query_one("#name", Input).value == "Ada"
        await pilot.resize_terminal(80, 17)
        await pilot.pause(0.1)
        assert app.screen.query(TooSmall)


def test_control_codes_never_reach_the_terminal() -> None:
    odd = [Segment("a\x1b[31mb\x9b1m\u202ec\td\n"), Segment("kept\x07", control=[(1,)])]  # type: ignore[list-item]
    clean = PlainText().apply(odd, Color(0, 0, 0))
    assert clean[0].text == "a[31mb1mc\td\n"
    assert clean[1] is odd[1], "what the terminal is meant to act on stays"
    plain = [Segment("nothing to do")]
    assert PlainText().apply(plain, Color(0, 0, 0)) is plain


async def test_unclean_text_on_a_screen_is_cleaned(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.screen.mount(Static(Content("\x1b]52;c;aGk=\x07seen"), id="odd"), before=0)
        await pilot.pause()
        text = shown(app)
        assert "52;c;aGk=seen" in text and "\x1b" not in text and "\x07" not in text


async def test_an_unknown_theme_is_said_and_a_known_one_used(tmp_path: Path) -> None:
    app = content.app(tmp_path, theme="no-such")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "There is no theme no-such" in said(app) and "interviewer-light" in said(app)
    app = content.app(tmp_path, theme="interviewer-light")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.theme == "interviewer-light"
        app.action_dark_or_light()
        assert app.theme == "interviewer-dark"


async def test_help_tells_of_the_screen_and_goes_away_again(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(140, 45)) as pilot:
        await settled(pilot)
        for close in ("f1", "escape"):
            await pilot.press("f1")
            await until(pilot, HelpScreen)
            await pilot.pause()
            assert "opens its scorecard" in " ".join(shown(app).split())
            await pilot.press(close)
            await until(pilot, HomeScreen)


async def test_help_closes_before_the_screen_does_and_scrolls_where_it_is_long(tmp_path: Path) -> None:
    app = content.app(tmp_path, Start(persona="founder"))
    async with app.run_test(size=(60, 18)) as pilot:
        await until(pilot, SetupScreen)
        await settled(pilot)
        await pilot.press("f1")
        await until(pilot, HelpScreen)
        await pilot.pause()
        assert "Set up the interview" in shown(app)
        await pilot.press("end")
        await pilot.pause()
        assert "Five less, five more" in shown(app) and "Open and close this help" in shown(app)
        await pilot.press("escape")
        await until(pilot, SetupScreen)
        await pilot.press("escape")
        await until(pilot, HomeScreen)


def test_keys_are_named_as_on_a_keyboard() -> None:
    assert [key_name(key) for key in ("ctrl+s", "escape", "f3", "ctrl+up", "r", "pagedown")] == [
        "Ctrl+S", "Esc", "F3", "Ctrl+\u2191", "r", "PageDown",
    ]  # fmt: skip


def test_inactive_tabs_can_be_read_in_both_themes() -> None:
    for theme in (DARK, LIGHT):
        ground, ink = Color.parse(theme.background or ""), Color.parse(theme.foreground or "")
        for share in (0.7, 0.8):
            words = ground.blend(ink, share)
            lighter, darker = sorted((luminance(words), luminance(ground)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(color: Color) -> float:
    """As WCAG 2 has it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_the_palette_offers_people_and_what_the_keys_do(tmp_path: Path) -> None:
    content.unfinished(tmp_path, "left")
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"Open", "Resume", "Be interviewed by Ana Ito", "Theme", "Dark or light", "Quit"} <= set(titles)
        assert len(titles) == len(set(titles))
        assert all("[" not in command.help for command in app.get_system_commands(app.screen)), "no markup"
        await pilot.press("ctrl+p", *"by Ana Ito, B", "enter")
        await until(pilot, SetupScreen)


async def test_without_colour_what_is_chosen_can_still_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = [line for line in shown(app).splitlines() if "▌" in line]
        assert lines and all("Ito" in line or line.startswith(" ▌   ") for line in lines)
        await pilot.press("1")
        await pilot.pause()
        assert "● Realistic" in shown(app) and "○ Coach" in shown(app)
