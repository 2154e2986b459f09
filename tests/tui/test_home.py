"""The home screen: who there is, what was left, what is over, and what each key opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Static

from interviewer.library import Library
from interviewer.settings import Settings
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.home.items import MOST_PAST, BrokenItem, LeftItem, PastItem, PersonItem, UnreadableItem
from interviewer.tui.screens.home.screen import HomeScreen
from interviewer.tui.screens.setup import SetupScreen
from interviewer.tui.widgets.menu import Heading, Menu
from tests.tui import content

SIZES = [(80, 24), (140, 45)]
Compare = Callable[..., bool]


async def settled(pilot: Pilot[None]) -> None:
    """Waits until everything has been read and shown, on a busy machine too."""
    for _ in range(100):
        await pilot.pause(0.02)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screen = pilot.app.screen
        if not isinstance(screen, HomeScreen):
            return
        read = screen._contents.personas is not None and screen._contents.entries is not None
        menu = screen.query_one(Menu)
        if read and menu.items and (menu.highlighted_child is not None or all(item.disabled for item in menu.items)):
            await pilot.pause()
            return


def shown(app: InterviewerApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


def highlighted(app: InterviewerApp) -> object:
    """What Enter would open."""
    return app.screen.query_one(Menu).highlighted_child


async def test_people_are_cards_and_a_first_visit_is_helped(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = shown(app)
        for words in (
            "Ana Ito",
            "The founder [red]",
            "Sample Ltd · Seed · Engineer",
            "answer [today].",
            "30 min (10–60)",
        ):
            assert words in text
        assert "Ana Ito, Ben Okoro and Cleo Marsh" in text
        assert "Decides by gut" in text and "Each rates blind" in text
        assert "New here?" in text
        assert isinstance(highlighted(app), PersonItem)


async def test_unfinished_come_first_and_past_ones_show_verdict_and_date(tmp_path: Path) -> None:
    content.unfinished(tmp_path, "left", seconds=754)
    content.finished(tmp_path, "done", "strong-yes", 0.81)
    content.finished(tmp_path, "unclear", "no-decision", 0.9, day=2)
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        items = app.screen.query_one(Menu).items
        kinds = [type(item) for item in items]
        assert kinds == [Heading, LeftItem, Heading, PersonItem, PersonItem, Heading, PastItem, PastItem]
        assert isinstance(highlighted(app), LeftItem)
        text = shown(app)
        assert "Resume The founder [red]" in text and "13 of 30 min" in text and "4 Mar 2026" in text
        assert ["Strong", "yes", "81%", "1", "Mar", "2026"] in [line.split()[-6:] for line in text.splitlines()]
        assert "No decision" in text and "90%" not in text, "no number without a decision"
        assert "1 unfinished, 2 finished" in text
        assert "New here?" not in text


async def test_what_cannot_be_read_is_listed_with_its_first_fault(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "odd.jsonl").write_text("no transcript\n", encoding="utf-8")
    app = content.app(tmp_path, broken=True)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        text = shown(app)
        assert "mistyped cannot be used" in text and "mistyped.yaml:" in text
        assert "odd.jsonl cannot be read" in text
        broken = app.screen.query_one(BrokenItem)
        assert app.screen.query_one(Menu).items.index(broken) > 2, "people first"
        assert app.screen.query(UnreadableItem)
        await pilot.press("3")
        assert isinstance(app.screen, HomeScreen), "a broken persona has no number"
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert any("mistyped.yaml" in note.message for note in app._notifications)


async def test_nothing_at_all_says_where_was_looked(tmp_path: Path) -> None:
    app = InterviewerApp(Settings(transcripts=tmp_path / "none"), Library(()))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "There are no personas" in shown(app)
        assert highlighted(app) is None
        assert not [key for key, active in app.screen.active_bindings.items() if key == "enter" and active.enabled]
        await pilot.press("enter", "1", "r", "down", "end")
        assert isinstance(app.screen, HomeScreen)


KEYS: list[tuple[list[str], tuple[str, str] | None]] = [
    (["enter"], ("resume", "left")),
    (["r"], ("resume", "left")),
    (["1"], ("persona", "founder")),
    (["2"], ("persona", "panel")),
    (["9"], None),
    (["down", "enter"], ("persona", "founder")),
    (["j", "j", "k", "j", "enter"], ("persona", "panel")),
    (["up", "enter"], ("resume", "left")),
    (["end", "enter"], ("scorecard", "done")),
    (["pagedown", "enter"], ("scorecard", "done")),
]


async def test_what_the_keys_open(tmp_path: Path) -> None:
    content.unfinished(tmp_path, "left")
    content.finished(tmp_path, "done")
    opened: list[tuple[str, str]] = []

    def hook(message: Message) -> None:
        match message:
            case HomeScreen.PersonaChosen():
                opened.append(("persona", message.persona.id))
            case HomeScreen.InterviewChosen():
                opened.append(("resume", message.path.stem))
            case HomeScreen.ScorecardChosen():
                opened.append(("scorecard", message.path.stem))
            case _:
                return
        message.stop()
        message.prevent_default()

    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24), message_hook=hook) as pilot:
        await settled(pilot)
        for keys, expected in KEYS:
            opened.clear()
            await pilot.press("home", *keys)
            await pilot.pause()
            assert list(dict.fromkeys(opened)) == ([expected] if expected else []), keys


async def test_a_click_opens_a_person(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click(app.screen.query(PersonItem)[1])
        await pilot.pause()
        assert isinstance(app.screen, SetupScreen)


async def test_coming_back_reads_anew_and_keeps_the_place(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await pilot.press("escape")
        await pilot.press("end")
        content.unfinished(tmp_path, "left")
        await pilot.press("1", "escape")
        await settled(pilot)
        assert "Resume The founder" in shown(app)
        item = highlighted(app)
        assert isinstance(item, PersonItem) and item.persona.id == "panel"


async def test_a_long_past_is_folded_until_asked_for(tmp_path: Path) -> None:
    for number in range(MOST_PAST + 5):
        content.finished(tmp_path, f"done-{number:02}", day=1 + number)
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert len(app.screen.query(PastItem)) == MOST_PAST
        await pilot.press("end")
        assert "Show 5 more" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.screen.query(PastItem)) == MOST_PAST + 5
        item = highlighted(app)
        assert isinstance(item, PastItem) and item.entry.id == "done-04", "the first of those that were hidden"


async def test_keys_that_do_nothing_are_not_offered(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        offered = {key for key, active in app.screen.active_bindings.items() if active.binding.show and active.enabled}
        assert {"enter", "1", "q", "f1"} <= offered
        assert "r" not in offered, "nothing to resume"
        assert "3" not in app.screen.active_bindings, "there are two people"


async def test_the_side_tells_of_what_is_highlighted_but_gives_nothing_away(tmp_path: Path) -> None:
    content.finished(tmp_path, "done")
    app = content.app(tmp_path)
    async with app.run_test(size=(140, 45)) as pilot:
        await settled(pilot)
        about = app.screen.query_one("#about-text", Static)
        await pilot.press("home")
        text = str(about.render())
        assert "You talk with somebody" in text and "Tests." in text and "30 minutes" in text
        assert "Even." not in text and "We test." not in text and "A flaw" not in text
        await pilot.press("end")
        await pilot.pause()
        text = str(about.render())
        assert "Verdict: Yes, 66%" in text and "done.jsonl" in text


def _full(folder: Path) -> InterviewerApp:
    content.unfinished(folder, "left")
    content.finished(folder, "done", "strong-yes", 0.81)
    content.finished(folder, "other", "no", 0.31, day=2)
    return content.app(folder, broken=True)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["first", "full"])
def test_looks(snap_compare: Compare, tmp_path: Path, monkeypatch: Any, size: tuple[int, int], kind: str) -> None:
    monkeypatch.chdir(tmp_path)  # so that messages name files in a way that is always the same
    app = content.app(tmp_path) if kind == "first" else _full(tmp_path)

    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        if kind == "full":
            await pilot.press("down")

    assert snap_compare(app, terminal_size=size, run_before=before)
