"""The page of progress: where each criterion stands, what to practise, and one key that starts it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, TabbedContent, TabPane

from interviewer.progress import load as loading
from interviewer.progress.facts import InterviewFacts
from interviewer.progress.series import all_series
from interviewer.tui.app import InterviewerApp, Start
from interviewer.tui.screens.home.screen import HomeScreen
from interviewer.tui.screens.progress import ProgressScreen
from interviewer.tui.screens.setup import SetupScreen
from interviewer.tui.widgets import progress_parts as parts
from interviewer.tui.widgets.level_chart import COMPARABLE, OTHER, chart
from tests.progress.invented import gap, interview, measure, question, report
from tests.tui import content
from tests.tui.driving import until


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def shown(app: InterviewerApp) -> str:
    """All text on the screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips(app.size))


async def loaded(pilot: Pilot[None]) -> None:
    """Waits until everything was read and drawn."""
    await until(pilot, lambda: bool(pilot.app.screen.query(TabPane)))
    await pilot.pause()


FULL = (
    interview(0, {"result": 0.9, "ownership": 0.5}, measured=measure(rubric_version=9)),
    *(
        interview(
            day,
            {"result": 0.1 * day, "ownership": 0.9},
            question(f"q{day}", 0.1, gaps=(gap("point:x"),), asked_for={"quantify": 1}, text=f"[red]Number[/] {day}?"),
        )
        for day in (1, 2, 5)
    ),
)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is over interviews that nobody held."""
    monkeypatch.setattr(loading, "load", lambda *_: report(*FULL))


async def test_nothing_yet_says_what_will_be_here_and_how_to_begin(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and bool(app.screen._contents.personas))
        await pilot.press("p")
        await loaded(pilot)
        text = shown(app)
        assert "No interview is finished yet." in text and "choose who interviews you" in text
        assert len(app.screen.query(TabPane)) == 1
        assert not [key for key, one in app.screen.active_bindings.items() if key in {"s", "a"} and one.enabled]
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_one_finished_interview_of_ones_own(tmp_path: Path) -> None:
    content.finished(tmp_path, "done", "no", 0.4)
    app = content.app(tmp_path, Start(first=ProgressScreen))
    async with app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        text = shown(app)
        assert "1 finished interview on 1 Mar 2026." in text and "Too early to speak of a direction" in text


@pytest.mark.usefixtures("full")
async def test_every_page_is_there_and_the_plan_is_set_up_with_one_key(tmp_path: Path) -> None:
    app = content.app(tmp_path, Start(first=ProgressScreen))
    async with app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        assert "Press s to set it up." in shown(app) and "[red]Number[/] 1?" not in shown(app)
        await pilot.press("2")
        await until(pilot, lambda: COMPARABLE in shown(app))
        assert "Practise result." not in shown(app)
        await pilot.press("pagedown")
        assert "Practise result." in shown(app), "what does not fit beside the list can be scrolled to"
        await pilot.press("right")
        assert "Figures, left out" in shown(app)
        await pilot.press("right")
        assert "ALL INTERVIEWS TOGETHER" in shown(app)
        await pilot.press("5")
        await until(pilot, lambda: "Press a to be asked it first." in shown(app))
        assert "[red]Number[/] 1?" in shown(app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SetupScreen))
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        assert screen._defaults.wanted == report(*FULL).plan.wanted  # type: ignore[union-attr]


@pytest.mark.usefixtures("full")
async def test_a_question_is_asked_again_on_request_and_the_page_is_kept(tmp_path: Path) -> None:
    app = content.app(tmp_path, Start(first=ProgressScreen))
    async with app.run_test(size=(140, 45)) as pilot:
        await loaded(pilot)
        await pilot.press("2")
        await until(pilot, lambda: COMPARABLE in shown(app))
        assert OTHER in shown(app) and "1 interview is not comparable: rubric version 9, now 1." in shown(app)
        await pilot.press("5", "down")
        await until(pilot, lambda: app.screen.query_one("#again OptionList", OptionList).highlighted == 1)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, SetupScreen))
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        assert screen._defaults.wanted == ("q2",)
        await pilot.press("escape")
        await loaded(pilot)
        assert app.screen.query_one(TabbedContent).active == "again"


async def test_the_page_is_kept_when_there_is_a_new_interview(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reports = iter([report(*FULL[:2]), report(*FULL)])
    monkeypatch.setattr(loading, "load", lambda *_: next(reports))
    app = content.app(tmp_path, Start(first=ProgressScreen))
    async with app.run_test(size=(140, 45)) as pilot:
        await loaded(pilot)
        await pilot.press("2", "s")
        await until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await pilot.press("escape")
        await until(pilot, lambda: f"{len(FULL)} interviews" in shown(app))
        assert app.screen.query_one(TabbedContent).active == "criteria"


async def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "transcripts").write_text("no folder", encoding="utf-8")
    app = content.app(tmp_path, Start(first=ProgressScreen))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app._notifications))
        assert "cannot be read" in shown(app)


def test_a_chart_joins_what_is_comparable_and_nothing_else() -> None:
    (series,) = all_series(_results())
    drawn = str(chart(series, 40)).splitlines()
    assert [line[:8].strip(" ┤│") for line in drawn[:7:2]] == ["Strong", "Solid", "Weak", "Absent"]
    assert sum(line.count(COMPARABLE) for line in drawn) == 3 and sum(line.count(OTHER) for line in drawn) == 1
    braille = [column for line in drawn for column, mark in enumerate(line) if 0x2800 < ord(mark) < 0x2900]
    other = next(line.index(OTHER) for line in drawn if OTHER in line)
    first = min(line.index(COMPARABLE) for line in drawn if COMPARABLE in line)
    assert other < first <= min(braille)
    assert max(map(len, drawn)) <= 40


@pytest.mark.parametrize("width", [1, 12, 20, 300])
def test_a_chart_fits_any_width(width: int) -> None:
    (series,) = all_series(_results())
    assert max(map(len, str(chart(series, width)).splitlines())) <= max(width, 24)


def test_a_long_history_shows_its_latest() -> None:
    (series,) = all_series(interview(day, {"result": 0.5}) for day in range(500))
    assert str(parts.criterion_entry(series)).count("▅") == parts.MOST_CHART
    assert str(chart(series, 60)).count(COMPARABLE) <= 30


def _results() -> list[InterviewFacts]:
    return [interview(0, {"result": 0.9}, measured=measure(rubric_version=9))] + [
        interview(day, {"result": 0.3 * day}) for day in (1, 2, 3)
    ]
