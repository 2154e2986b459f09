"""The screen of a batch: what it shows, and that nothing is lost however one leaves it."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from interviewer.batch.ledger import Claim, Failed, Ledger, Marked
from interviewer.batch.ledger.browsing import Line, Pages
from interviewer.batch.marking import Marking
from interviewer.batch_session import Desk
from interviewer.cli import main
from interviewer.tui.screens.batch.answer import BatchAnswerScreen
from interviewer.tui.screens.batch.only import BatchOnlyScreen
from interviewer.tui.screens.batch.screen import BatchScreen
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.widgets.batch.sheet import OPENS
from interviewer.tui.widgets.batch.table import BatchTable
from interviewer.tui.widgets.long_list import LongList
from interviewer.tui.widgets.paged_rows import AROUND
from tests.batch.papers import Obedient
from tests.tui.batch.one_batch import batch, in_phase, source, told
from tests.tui.driving import until


class Scripted(Obedient):
    """Fails what is bad for as long as it is told to, and lets so many answers through before it waits."""

    def __init__(self, ledger: Ledger, through: int) -> None:
        super().__init__(ledger, self.judge)
        self.failing = True
        self.through = through
        self.open = asyncio.Event()

    def judge(self, answer: str) -> str:
        return "server" if "bad" in answer and self.failing else "graded"

    async def mark(self, claims: Sequence[Claim]) -> Sequence[Marked | Failed]:
        if len(self.asked) + self.under_way >= self.through:
            self.under_way += 1
            await self.open.wait()
            self.under_way -= 1
        return await super().mark(claims)


@pytest.fixture
def grader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Scripted]:
    """Grades without processes; in it the one that is there once a run was begun. Its parameter: how many it lets
    through before it waits."""
    made: list[Scripted] = []

    def marking(desk: Desk) -> tuple[Marking, int]:
        if not made:
            made.append(Scripted(desk.ledger, getattr(request, "param", 1_000_000)))
        return made[0], 2

    monkeypatch.setattr(Desk, "marking", marking)
    return made


def asks(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, ConfirmScreen)


def rows(screen: BatchScreen) -> list[str]:
    table = screen.query_one(BatchTable)
    shown = [table._rows.row(index) for index in range(len(table.order))]
    return [f"{one.id} {one.status}" for one in shown if one is not None]


async def test_from_the_plan_to_the_files_and_into_an_answer(tmp_path: Path) -> None:
    """With the offline engine itself, in a process of its own."""
    good = "I would hold out data, because then the gap between training and validation shows overfitting."
    source(tmp_path, [good, "", "I don't know.", f"{good} We saw it in 2 of 9 models."])
    async with batch(tmp_path, at_once=1).run_test(size=(100, 30)) as pilot:
        screen = await in_phase(pilot, "ready")
        plan = told(screen, "#plan Static")
        assert "answers.csv: CSV" in plan and "1 empty-answer" in plan and "Nothing leaves this machine" in plan
        assert not (tmp_path / "out" / "grades.csv").exists()
        await pilot.press("enter")
        await in_phase(pilot, "resting")
        assert "Everything is graded." in told(screen, "#notice") and "report.html" in told(screen, "#notice")
        assert (tmp_path / "out" / "report.html").exists()
        await until(pilot, lambda: "id-3 no-attempt" in rows(screen))
        assert rows(screen)[1] == "id-2 empty-answer"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BatchAnswerScreen))
        sheet = pilot.app.screen
        await until(pilot, lambda: OPENS in told(sheet, "#said"))
        assert "What is [b]overfitting?" in told(sheet, "#asked")
        assert "What this is worth" in told(sheet, "#reasoning")
        await pilot.press("n")
        await until(pilot, lambda: "Empty answer" in told(sheet, "#outcome"))
        assert told(sheet, "#said") == "(nothing)"
        await pilot.press("escape")
        assert screen.query_one(LongList).highlighted == 1, "back at the answer that was looked at last"


async def test_failures_are_shown_by_reason_and_tried_again(tmp_path: Path, grader: list[Scripted]) -> None:
    source(tmp_path)
    async with batch(tmp_path, begin=True).run_test(size=(80, 24)) as pilot:
        screen = await in_phase(pilot, "resting")
        assert "1 failed; t tries them again" in told(screen, "#notice")
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, BatchOnlyScreen))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: rows(screen) == ["id-2 failed"])
        await until(pilot, lambda: "It is server." in told(screen, "#reason"))
        grader[0].failing = False
        await pilot.press("escape", "t")
        await until(pilot, lambda: "Everything is graded" in told(screen, "#notice"))
        await until(pilot, lambda: "id-2 graded" in rows(screen))
        assert len(grader[0].asked) == 4, "what was graded is not asked for again"


@pytest.mark.parametrize("grader", [4], indirect=True)
async def test_it_pauses_goes_on_and_asks_before_one_leaves(tmp_path: Path, grader: list[Scripted]) -> None:
    source(tmp_path, [f"answer {number}" for number in range(30)])
    async with batch(tmp_path, begin=True).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: grader and grader[0].under_way == 2)
        screen = await in_phase(pilot, "running")
        await pilot.press("p")
        assert "paused" in told(screen, ".aside")
        await pilot.press("p")
        assert "paused" not in told(screen, ".aside")
        await pilot.press("escape")
        assert asks(pilot)
        await pilot.press("n")
        assert not asks(pilot)
        await pilot.press("escape", "y")
        await in_phase(pilot, "stopping")
        grader[0].open.set()
        await until(pilot, lambda: pilot.app.screen is not screen)
    ledger = Ledger(tmp_path / "out")
    assert ledger.counts().graded == len(grader[0].asked) < 30
    assert ledger.counts().claimed == 0
    ledger.close()
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8") as file:
        assert sum(one["status"] == "graded" for one in csv.DictReader(file)) == len(grader[0].asked)


@pytest.mark.parametrize("grader", [5], indirect=True)
async def test_who_leaves_and_opens_an_answer_meanwhile_keeps_it_open(tmp_path: Path, grader: list[Scripted]) -> None:
    source(tmp_path, [f"answer {number}" for number in range(30)])
    async with batch(tmp_path, begin=True).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: grader and grader[0].under_way == 2)
        screen = await in_phase(pilot, "running")
        await pilot.press("escape", "y")
        await in_phase(pilot, "stopping")
        await until(pilot, lambda: len(rows(screen)) > 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BatchAnswerScreen))
        grader[0].open.set()
        await until(pilot, lambda: screen._phase == "resting")
        assert isinstance(pilot.app.screen, BatchAnswerScreen)
        await pilot.press("escape")
        assert await in_phase(pilot, "resting") is screen
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


@pytest.mark.parametrize("grader", [5], indirect=True)
async def test_whatever_ends_the_screens_what_has_arrived_is_kept(tmp_path: Path, grader: list[Scripted]) -> None:
    source(tmp_path, [f"answer {number}" for number in range(40)])
    async with batch(tmp_path, begin=True).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: grader and grader[0].under_way == 2)
        arrived = len(grader[0].asked)
        await pilot.press("ctrl+q")
    ledger = Ledger(tmp_path / "out")
    assert ledger.counts().graded == arrived >= 3
    assert ledger.counts().claimed == 0
    ledger.close()


async def test_however_many_rows_there_are_few_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source(tmp_path, ["answer", *(f"answer {number} of many" for number in range(4999))])
    real, read = Pages.lines, []

    def lines(pages: Pages, places: Sequence[int]) -> tuple[Line, ...]:
        read.append(len(places))
        return real(pages, places)

    monkeypatch.setattr(Pages, "lines", lines)
    async with batch(tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await in_phase(pilot, "ready")
        await pilot.press("v")
        table = screen.query_one(BatchTable)
        await until(pilot, lambda: table.line is not None)
        await pilot.press("end")
        await until(pilot, lambda: table.line is not None and table.line.id == "id-5000")
        assert max(read) <= 24 * (1 + 2 * AROUND)
        await pilot.press("s", "slash", *"4711")
        await until(pilot, lambda: rows(screen) == ["id-4711 not-graded-yet", "id-4713 not-graded-yet"])
        await pilot.press("escape")
        await until(pilot, lambda: len(table.order) == 5000)
        assert screen.query_one(Input).value == ""


async def test_what_cannot_be_graded_is_said_in_a_sentence(tmp_path: Path) -> None:
    source(tmp_path)
    async with batch(tmp_path, rubric="ml-consepts").run_test(size=(80, 24)) as pilot:
        screen = await in_phase(pilot, "broken")
        assert "There is no rubric `ml-consepts`" in told(screen, "#waiting")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--dry-run"], "--dry-run does its work without a screen"),
        (["--via", "batch"], "--via batch does its work without a screen"),
        ([], "the screens need a terminal"),
    ],
)
def test_the_command_says_what_does_not_go_with_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    given = ["grade", source(tmp_path), "--rubric", "ml-concepts", "--out", str(tmp_path / "out"), "--screen", *more]
    assert main(given) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
