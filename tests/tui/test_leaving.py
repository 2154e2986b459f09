"""Screens that are left faster than they can keep up with."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.widgets import Input, Static

from interviewer.settings import Settings
from interviewer.tui.failures import report_path
from interviewer.tui.leaving import OnceScreen
from interviewer.tui.screens.ask import AskScreen
from tests.tui.driving import Bare


class Slow(OnceScreen[None]):
    """Finds its widgets gone when it comes back to them."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.came_back = asyncio.Event()

    def compose(self) -> ComposeResult:
        yield Static(id="there")

    def on_mount(self) -> None:
        self.call_later(self._work)

    async def _work(self) -> None:
        await self.go_on.wait()
        self.came_back.set()
        self.query_one("#there", Static).update("done")


class Hurried(Bare):
    """The application with two screens open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Settings(transcripts=folder, theme="interviewer-dark", engine="offline"))
        self.below = OnceScreen[None]()

    def on_mount(self) -> None:
        self.push_screen(self.below)


async def test_a_dialog_that_is_answered_twice_closes_once(tmp_path: Path) -> None:
    app, given = Hurried(tmp_path), list[str | None]()
    async with app.run_test() as pilot:
        app.push_screen(AskScreen("Title", "", "new"), given.append)
        await pilot.pause()
        line = app.screen.query_one(Input)
        for _ in range(2):
            line.post_message(Input.Submitted(line, "new"))
        await pilot.pause()
        assert app.screen is app.below and given == ["new"]


async def test_a_screen_below_another_does_not_close_the_one_above(tmp_path: Path) -> None:
    app = Hurried(tmp_path)
    async with app.run_test() as pilot:
        above = OnceScreen[None]()
        app.push_screen(above)
        await pilot.pause()
        app.below.dismiss(None)
        await pilot.pause()
        assert app.screen is above


@pytest.mark.parametrize("left", [True, False])
async def test_a_fault_of_a_screen_that_was_left_stops_nothing(tmp_path: Path, left: bool) -> None:
    app, slow = Hurried(tmp_path), Slow()
    async with app.run_test() as pilot:
        app.push_screen(slow)
        await pilot.pause()
        if left:
            slow.dismiss(None)
        await slow.query_one("#there").remove()
        slow.go_on.set()
        await slow.came_back.wait()
        await asyncio.sleep(0.05)
        assert "NoMatches" in report_path().read_text()
        assert app.is_running == left and (app.return_code == 1) != left
        app._exception = None  # seen; not to be raised again at the end
