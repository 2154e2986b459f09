"""Gradings and answers held against each other on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import OptionList, Static, TabbedContent

from interviewer.replay.branch import branch
from interviewer.replay.recording import Recording
from interviewer.settings import Settings
from interviewer.transcript.runs import append_run
from interviewer.tui.screens.answers import AnswersScreen
from interviewer.tui.screens.comparison import ComparisonScreen
from interviewer.tui.screens.interview.screen import InterviewScreen
from interviewer.tui.screens.moment import MomentScreen
from interviewer.tui.widgets.comparison_parts import Pair
from interviewer.tui.widgets.quote import Quote
from tests import sample
from tests.replay.branching import ENGINE
from tests.replay.grading import recording, run
from tests.replay.test_fork import BETTER, answered
from tests.tui.driving import Bare, until


class OneScreen(Bare):
    """The application with one screen open."""

    def __init__(self, folder: Path, one: Screen[None]) -> None:
        super().__init__(Settings(transcripts=folder, theme="interviewer-dark", engine="offline"))
        self.one = one

    def on_mount(self) -> None:
        self.push_screen(self.one)

    @property
    def page(self) -> str:
        pane = self.one.query_one(TabbedContent).active_pane
        assert pane is not None
        return "\n".join(str(static.content) for static in pane.query(Static))

    @property
    def lines(self) -> str:
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())


def keep(folder: Path, interview: Recording) -> None:
    append_run(folder, run(interview, [{"result": "absent"}], id="first", notes=("It was [red]late[/].",)))
    append_run(folder, run(interview, [{"result": "strong"}], id="second", rubric=sample.rubric()))


async def test_what_moved_first_then_on_what_grounds(tmp_path: Path) -> None:
    interview = await recording(tmp_path)
    keep(tmp_path, interview)
    app = OneScreen(tmp_path, ComparisonScreen(interview.path, (1, 2)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "WHAT MOVED" in app.lines)
        assert "Run 1, regraded" in app.page
        assert "Same everything: the grader does not repeat itself." in app.page
        assert "It was [red]late[/]." in app.page
        assert f"\u25b2 +{100 / len(interview.state.threads):.1f}".removesuffix(".0") in app.page
        await pilot.press("3")
        await until(pilot, lambda: "1 of 2 moved" in app.lines)
        assert "for the same reasons and on the same words" in app.page
        await pilot.press("enter")
        assert isinstance(app.focused, Quote)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MomentScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.one)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not app.one)


async def test_any_two_gradings_can_be_chosen(tmp_path: Path) -> None:
    interview = await recording(tmp_path)
    keep(tmp_path, interview)
    screen = ComparisonScreen(interview.path)
    app = OneScreen(tmp_path, screen)
    async with app.run_test(size=(140, 45)) as pilot:
        await until(pilot, lambda: "WHAT MOVED" in app.lines)
        assert "Run 0, the original" in app.page
        assert "Run 2, regraded" in app.page
        await pilot.press("5", "down", "f")
        await until(pilot, lambda: screen._names == ("run 1", "run 2"))
        await pilot.press("up", "enter")
        await until(pilot, lambda: screen._names == ("run 1", "run 0"))
        assert app.one.query_one("#runs-list", OptionList).highlighted == 0
        await pilot.press("2")
        await until(pilot, lambda: "RUN 1" in app.lines and "RUN 0" in app.lines)
        assert all(pair.has_class("-beside") for pair in app.one.query("#criteria Pair"))


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_two_answers_stand_beside_or_below_each_other(tmp_path: Path, size: tuple[int, int]) -> None:
    parent = await recording(tmp_path)
    new = await answered(branch(parent, parent.state.threads[1].said[0].answer, tmp_path, ENGINE), BETTER)
    app = OneScreen(tmp_path, AnswersScreen(new, parent.path))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.one.query("#ratings")))
        await pilot.pause()
        pairs = app.one.query(Pair)
        assert len(pairs) == 3, "the answers, and the two criteria that moved"
        first, second = pairs[0].children
        if size[0] == 80:
            assert second.region.y >= first.region.bottom
        else:
            assert second.region.x >= first.region.right
        await pilot.press("j", "tab")
        if isinstance(app.focused, Quote):
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, MomentScreen))


async def test_what_cannot_be_compared_is_told_and_the_screen_goes(tmp_path: Path) -> None:
    parent = await recording(tmp_path / "a")
    other = await recording(tmp_path / "b", id="sample-2")
    app = OneScreen(tmp_path, AnswersScreen(parent.path, other.path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen is not app.one)
        assert any("do not begin in the same way" in note.message for note in app._notifications)


async def test_an_answer_is_given_again_on_the_screens(tmp_path: Path) -> None:
    parent = await recording(tmp_path)
    before = parent.path.read_bytes()
    app = OneScreen(tmp_path / "mine", Screen())
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer_again(parent.path, parent.state.threads[1].said[0].answer)
        await until(pilot, lambda: isinstance(app.screen, InterviewScreen))
        await until(pilot, lambda: "ask said" in app.lines)
    assert len(list((tmp_path / "mine").glob("*.jsonl"))) == 1
    assert parent.path.read_bytes() == before
