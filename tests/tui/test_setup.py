"""The set-up: what can be chosen, what is brought along, and what goes into the interview."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from interviewer.providers import local
from interviewer.session import Choices
from interviewer.transcript.events import Profile
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.home.screen import HomeScreen
from interviewer.tui.screens.setup import SetupScreen
from interviewer.tui.screens.write import WriteScreen
from interviewer.tui.widgets.document_field import DocumentField, as_path, completed
from interviewer.tui.widgets.picker import Picker, Stepper
from tests.tui import content
from tests.tui.test_home import SIZES, settled, shown

Compare = Callable[..., bool]


class Setup:
    """A set-up on the screen, and what came out of it."""

    def __init__(self, pilot: Pilot[None], screen: SetupScreen, chosen: list[Choices | None]) -> None:
        self.pilot = pilot
        self.screen = screen
        self.chosen = chosen


async def opened(pilot: Pilot[None], choices: Choices | None = None) -> Setup:
    """Opens a set-up."""
    chosen: list[Choices | None] = []
    choices = choices or Choices(persona="founder")
    screen = SetupScreen(choices.persona, choices)
    await pilot.app.push_screen(screen, chosen.append)
    await settled(pilot)
    return Setup(pilot, screen, chosen)


async def test_enter_all_the_way_takes_what_is_there(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot, Choices(persona="founder", seed=7))
        await pilot.press(*["enter"] * 7)
        await settled(pilot)
        assert setup.chosen == [Choices(persona="founder", minutes=30, seed=7)]


async def test_every_choice_goes_into_the_interview(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        await pilot.press("right", "plus", "plus", "down", "right", "down", "left", "left", "down", *"Ada L.", "ctrl+s")
        await settled(pilot)
        assert setup.chosen == [
            Choices(persona="founder", mode="coach", seniority="junior", minutes=37, profile=Profile(name="Ada L."))
        ]


LENGTHS: list[tuple[list[str], int]] = [
    (["left"], 25),
    (["home"], 10),
    (["left", "minus"], 10),
    (["plus", "right"], 15),
    (["end"], 60),
    (["right", "plus"], 60),
    (["minus", "left"], 55),
]


async def test_length_stays_within_what_the_persona_takes(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        for keys, minutes in LENGTHS:
            await pilot.press(*keys)
            assert setup.screen.query_one(Stepper).value == minutes, keys
            assert f"{minutes} minutes" in str(setup.screen.query_one("#plan", Static).render())


@pytest.mark.parametrize(("asked", "given"), [(200, 60), (5, 10), (45, 45)])
async def test_a_length_from_the_settings_is_brought_into_range(tmp_path: Path, asked: int, given: int) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot, Choices(persona="founder", minutes=asked))
        assert setup.screen.query_one(Stepper).value == given


async def test_the_mouse_can_do_it_too(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        await pilot.click("#mode", offset=(20, 0))
        assert setup.screen.query_one("#mode", Picker).value == "coach"
        await pilot.click(Stepper, offset=(0, 0))
        assert setup.screen.query_one(Stepper).value == 25
        await pilot.click("#start")
        await settled(pilot)
        assert setup.chosen and setup.chosen[0] and setup.chosen[0].mode == "coach"


async def test_what_mode_and_engine_mean_is_said(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = shown_by(pilot)
        assert "No feedback until the end" in text
        assert "Offline" in text and "not a model's judgement" in text
        await pilot.press("down", "right")
        assert "may retry once" in shown_by(pilot)


async def test_with_auto_what_was_found_and_where_answers_go_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-canary-set-up")
    async with content.app(tmp_path, engine="auto").run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        text = " ".join(shown_by(pilot).split())
        assert "Anthropic" in text and "go to api.anthropic.com" in text
        assert "Auto found ANTHROPIC_API_KEY." in text
        assert "canary" not in text


async def test_looking_for_engines_keeps_no_key_waiting_and_nothing_starts_before_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    looked: list[int] = []

    def slow(*_: object) -> None:
        looked.append(threading.get_ident())
        done.wait(10)

    monkeypatch.setattr(local, "USUAL", (("Ollama", 11434),))
    monkeypatch.setattr(local, "_ask", slow)
    async with content.app(tmp_path, engine="auto").run_test(size=(110, 40)) as pilot:
        chosen: list[Choices | None] = []
        assert looked == [], "the home screen has looked already"
        await pilot.app.push_screen(SetupScreen("founder", Choices(persona="founder")), chosen.append)
        while not looked or not pilot.app.screen.query(Stepper):
            await pilot.pause(0.01)
        await pilot.press("right", "ctrl+s")
        assert "Looking" in shown_by(pilot)
        assert pilot.app.screen.query_one(Stepper).value == 35
        assert chosen == [] and threading.get_ident() not in looked
        done.set()
        await settled(pilot)
        assert "Auto found no key and no local server" in " ".join(shown_by(pilot).split())
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert chosen and chosen[0]


def shown_by(pilot: Pilot[None]) -> str:
    """All text on the screen."""
    assert isinstance(pilot.app, InterviewerApp)
    return shown(pilot.app)


async def test_a_document_is_read_from_its_path(tmp_path: Path) -> None:
    cv = tmp_path / "my cv.md"
    cv.write_text("Built a ranking system [bold]\x1b[31m.\n", encoding="utf-8")
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        field = setup.screen.query_one("#cv", DocumentField)
        field.query_one(Input).focus()
        field.query_one(Input).value = f"'{cv}'"
        await pilot.press("enter")
        await settled(pilot)
        assert "✓ my cv.md, 5 words" in shown_by(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert setup.chosen[0] is not None
        assert setup.chosen[0].profile.cv == "Built a ranking system [bold]."


async def test_a_file_that_is_missing_stops_the_start_and_says_so(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        box = setup.screen.query_one("#job", DocumentField).query_one(Input)
        box.value = "/no/such/advert.txt"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert setup.chosen == [] and pilot.app.screen is setup.screen
        assert "✗ There is no file /no/such/advert.txt." in shown_by(pilot)
        assert pilot.app.focused is box
        box.value = ""
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert setup.chosen and setup.chosen[0] and setup.chosen[0].profile.job is None


async def test_pasted_lines_are_the_document_itself(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        field = setup.screen.query_one("#job", DocumentField)
        field.query_one(Input).post_message(events.Paste("We look for\r\nan engineer\x9b31m.\n"))
        await pilot.pause()
        assert field.text == "We look for\nan engineer."
        assert field.query_one(Input).value == ""
        assert "✓ text, 5 words" in shown_by(pilot)


async def test_a_document_can_be_written_and_changed_on_a_page_of_its_own(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot, Choices(persona="founder", profile=Profile(cv="Old text.")))
        field = setup.screen.query_one("#cv", DocumentField)
        field.query_one(Input).focus()
        await pilot.press("ctrl+o")
        assert isinstance(pilot.app.screen, WriteScreen)
        await pilot.press("ctrl+end", *" New", "escape", "escape")
        assert isinstance(pilot.app.screen, WriteScreen) and "New" in pilot.app.screen.query_one(TextArea).text
        await pilot.press("escape", "y")
        assert isinstance(pilot.app.screen, SetupScreen) and field.text == "Old text."
        await pilot.press("ctrl+o")
        pilot.app.screen.query_one(TextArea).text = "New text."
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert field.text == "New text."


def test_paths_are_completed_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "resume.pdf").touch()
    (tmp_path / "results").mkdir()
    (tmp_path / ".hidden").touch()
    assert completed(f"{tmp_path}/resu") == f"{tmp_path}/results/"
    assert completed(f"{tmp_path}/resum") == f"{tmp_path}/resume.pdf"
    assert completed(f"{tmp_path}/.h") == f"{tmp_path}/.hidden"
    for nothing in ("", f"{tmp_path}/x", f"{tmp_path}/resume.pdf", "/no/such/folder/x", "\0/a", "~nobody-at-all/x"):
        assert completed(nothing) is None


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("a.txt", "a.txt"),
        (" 'my cv.pdf' ", "my cv.pdf"),
        ('"my cv.pdf"', "my cv.pdf"),
        (r"/home/my\ cv.pdf", "/home/my cv.pdf"),
        ("file:///home/my%20cv.pdf", "/home/my cv.pdf"),
    ],
)
def test_paths_as_terminals_drop_them(typed: str, path: str) -> None:
    assert as_path(typed) == Path(path)


async def test_tab_takes_the_completion_then_goes_on(tmp_path: Path) -> None:
    (tmp_path / "resume.md").write_text("Ranking.", encoding="utf-8")
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        box = setup.screen.query_one("#cv", DocumentField).query_one(Input)
        box.focus()
        box.value = f"{tmp_path}/resum"
        box.cursor_position = len(box.value)
        await pilot.pause(0.1)
        await pilot.press("tab")
        assert box.value == f"{tmp_path}/resume.md" and box.has_focus
        await pilot.press("tab")
        await settled(pilot)
        assert not box.has_focus
        assert setup.screen.query_one("#cv", DocumentField).text == "Ranking."


async def test_escape_goes_back_without_an_interview(tmp_path: Path) -> None:
    async with content.app(tmp_path).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot)
        await pilot.press("escape")
        assert setup.chosen == [None]
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize("persona", ["nobody", "mistyped"])
async def test_a_persona_that_cannot_be_used_is_explained(tmp_path: Path, persona: str) -> None:
    async with content.app(tmp_path, broken=True).run_test(size=(80, 24)) as pilot:
        setup = await opened(pilot, Choices(persona=persona))
        assert "This interview cannot be held." in shown_by(pilot) and persona in shown_by(pilot)
        assert "ctrl+s" not in setup.screen.active_bindings
        await pilot.press("ctrl+s", "down", "enter", "escape")
        assert setup.chosen == [None]


@pytest.mark.parametrize("size", SIZES)
def test_looks(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("2", "down", "down")
        await pilot.pause()

    assert snap_compare(content.app(tmp_path), terminal_size=size, run_before=before)
