"""The screen of a batch: what it tells, what its keys do, and that nothing is lost however one leaves it."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, ClassVar

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from interviewer.batch.ledger import Claim, Failed, Ledger, Marked
from interviewer.batch.ledger.browsing import Line, Pages, Tally, View
from interviewer.batch.marking import Marking
from interviewer.batch.run import Progress
from interviewer.batch_session import Batch, Desk, Task
from interviewer.cli import main
from interviewer.scorecard import Evidence
from interviewer.settings import Settings
from interviewer.tui.app import InterviewerApp, Start
from interviewer.tui.screens.batch import words
from interviewer.tui.screens.batch.answer import BatchAnswerScreen
from interviewer.tui.screens.batch.keys import Situation, offered
from interviewer.tui.screens.batch.only import BatchOnlyScreen, choices
from interviewer.tui.screens.batch.screen import BatchScreen
from interviewer.tui.screens.batch.setup import BatchSetupScreen, Wish, missing, out_beside, task_of
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.widgets.batch.rows import columns, draw, reason, title_row
from interviewer.tui.widgets.batch.sheet import CLOSES, OPENS, marked
from interviewer.tui.widgets.batch.table import BatchTable
from interviewer.tui.widgets.long_list import LongList
from interviewer.tui.widgets.paged_rows import AROUND, PagedRows
from tests.batch.papers import RUBRIC, Obedient
from tests.tui.scripted import APP_STYLE

# ---- Paging ----------------------------------------------------------------------------------------------------------


def test_only_rows_near_those_in_sight_are_held() -> None:
    rows: PagedRows[str] = PagedRows()
    rows.order = range(1, 100_001)
    near = rows.around(50_000, 40)
    assert (near[0], len(near)) == (50_001 - AROUND * 40, (1 + 2 * AROUND) * 40)
    rows.take((key, f"row {key}") for key in near)
    assert rows.row(50_000) == "row 50001"
    assert rows.row(0) is None
    assert not rows.lacks(50_000, 40)
    assert rows.lacks(50_000 + AROUND * 40, 40), "the next screenful is read before one comes to it"


@pytest.mark.parametrize(("top", "first", "last"), [(0, 1, 9), (9, 6, 10), (50, None, None)])
def test_the_ends_of_the_table_end_what_is_held(top: int, first: int | None, last: int | None) -> None:
    rows: PagedRows[str] = PagedRows()
    rows.order = range(1, 11)
    near = rows.around(top, 2) if top else rows.around(top, 3)
    assert (near[0] if near else None, near[-1] if near else None) == (first, last)
    assert not PagedRows[str]().lacks(0, 40)


def test_what_is_read_again_says_what_is_new() -> None:
    rows: PagedRows[str] = PagedRows()
    rows.order = (3, 1, 2)
    assert rows.take([(1, "one"), (2, "two")]) == {1, 2}
    assert rows.take([(1, "one"), (2, "too"), (3, "three")]) == {2, 3}
    assert (rows.key(0), rows.row(0), rows.key(3)) == (3, "three", None)
    assert (rows.index_of(2), rows.index_of(9)) == (2, None)


# ---- Rows ------------------------------------------------------------------------------------------------------------

LEVELS = {"concept-correctness": "strong", "concept-mechanism": "weak"}


def line(**changes: object) -> Line:
    known = {
        "place": 7,
        "id": "[red]Ann\n\x1b[31m",
        "found": "a.csv, line 8",
        "status": "graded",
        "problem": "",
        "copy_of": None,
        "judge": 1,
        "share": 0.625,
        "levels": LEVELS,
    }
    return Line(**(known | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [60, 76, 98, 110, 136, 200])
def test_every_row_fits_and_stands_under_its_titles(width: int) -> None:
    rubrics = {1: RUBRIC}
    shape = columns(width, 100_000, rubrics)
    shown = [draw(one, shape, rubrics).plain for one in (line(), line(status="wrong-shape", share=None, levels={}))]
    titles = title_row(shape, rubrics, View("overall")).plain
    assert all(len(text) <= width for text in (*shown, titles))
    end = titles.index("Overall ▾") + len("Overall ▾")
    assert shown[0][:end].endswith("63%") or shown[0][:end].endswith("62%")
    assert "[red]Ann" in shown[0] and "\x1b" not in shown[0]
    assert "wrong shape" in shown[1]


def test_criteria_have_columns_of_their_own_where_there_is_room() -> None:
    wide, narrow = (columns(width, 300, {1: RUBRIC}) for width in (136, 76))
    assert "Strong" in draw(line(), wide, {1: RUBRIC}).plain
    assert "Correctness" in title_row(wide, {1: RUBRIC}, View()).plain
    assert draw(line(), narrow, {1: RUBRIC}).plain.rstrip().endswith("█▃···")


def test_a_row_that_is_being_read_and_one_of_a_rubric_that_is_gone_are_drawn_too() -> None:
    shape = columns(76, 300, {})
    assert draw(None, shape, {}).plain.strip() == "…"
    assert "graded" in draw(line(), shape, {}).plain


def test_why_a_row_is_as_it_is() -> None:
    assert "line 8" in reason(line()).plain
    assert "It is\x1b" not in reason(line(problem="It is\x1b tls.")).plain
    assert "row 3" in reason(line(copy_of=3)).plain
    assert reason(None).plain == ""


# ---- Words -----------------------------------------------------------------------------------------------------------


def progress(**changes: object) -> Progress:
    known = {
        "graded": 30,
        "failed": 2,
        "failures": {"server": 2},
        "statuses": {"graded": 30},
        "dollars": Decimal("0.25"),
        "unpriced": 0,
        "seconds": 10.0,
        "rate": 4.0,
        "under_way": 3,
        "paused": False,
    }
    return Progress(**(known | changes))  # type: ignore[arg-type]


def standing(run: Progress | None, **changes: object) -> words.Standing:
    known = {"unique": 200, "graded": 50, "failed": 4, "to_do": 150, "spent": Decimal(1), "cap": Decimal(2)}
    calls = words.Calls(3, 8, 0.0)
    return words.Standing(**(known | {"progress": run, "calls": calls} | changes))  # type: ignore[arg-type]


def test_where_it_stands() -> None:
    now = standing(progress())
    assert "80 of 200 graded   40%   30 s left" in words.far(now, 120).plain
    assert words.speed(now.progress).plain == "4.0 a second"
    assert words.under_way(now).plain == "3 calls under way, 8 allowed"
    assert words.trouble(now, 120).plain == "$1.25 of at most $2.00   2 failed (2 server)"


def test_where_it_stands_when_nothing_goes_on() -> None:
    rest = standing(None, cap=None)
    assert words.left_of(rest) is None
    assert words.trouble(rest, 120).plain == "$1.00 spent   4 failed and can be tried again"
    assert "Paused" in words.speed(progress(paused=True)).plain
    assert words.left_of(standing(progress(paused=True))) is None
    assert "costs nothing" in words.trouble(standing(None, calls=None, spent=Decimal(0), cap=None, failed=0), 80).plain


def test_what_is_in_the_way_is_told() -> None:
    held = standing(progress(unrecorded="The disk is full.", unpriced=3), calls=words.Calls(1, 1, 20.0))
    assert "the service asks for 20 s" in words.under_way(held).plain
    assert "The disk is full." in words.trouble(held, 200).plain
    assert "3 calls of unknown price" in words.trouble(held, 200).plain


@pytest.mark.parametrize("width", [20, 40, 76])
def test_no_line_of_it_is_too_long(width: int) -> None:
    now = standing(progress(failures={f"kind-{number}": 1 for number in range(30)}))
    assert max(len(words.far(now, width)), len(words.trouble(now, width))) <= width


@pytest.mark.parametrize(
    ("typed", "cap"), [("2.50", Decimal("2.5")), ("$ 3", Decimal(3)), ("", None), ("0", Decimal(0))]
)
def test_an_amount_is_understood(typed: str, cap: Decimal | None) -> None:
    assert words.cap_of(typed) == cap


@pytest.mark.parametrize("typed", ["ten", "-1", "1e9", "1.2.3", ".", "1001", "٣", "nan"])
def test_what_is_no_amount_is_not_taken_for_one(typed: str) -> None:
    with pytest.raises(ValueError):
        words.cap_of(typed)


def test_a_limit_that_is_changed_holds_for_the_calls_that_follow(tmp_path: Path) -> None:
    batch = Batch(
        Task(source(tmp_path), tmp_path / "out", rubric="ml-concepts"),
        Settings(transcripts=tmp_path, engine="openai", max_cost=1.0),
        environment={"OPENAI_API_KEY": "none"},
    )
    meter = batch.engine.meter
    assert meter is not None and meter.cap == 1
    batch.allow(Decimal("2.5"))
    assert (meter.cap, batch.money_left) == (Decimal("2.5"), Decimal("2.5"))
    batch.allow(None)
    assert meter.cap is batch.money_left is None
    batch.close()


@pytest.mark.parametrize(
    ("action", "situation", "is_offered"),
    [
        ("begin", Situation("ready", False, opened=True), True),
        ("begin", Situation("running", True, opened=True), False),
        ("pause", Situation("running", True, opened=True, grading=True), True),
        ("pause", Situation("running", True, opened=True), False),
        ("resume", Situation("running", True, opened=True, grading=True, paused=True), True),
        ("pause", Situation("running", True, opened=True, grading=True, paused=True), False),
        ("stop", Situation("stopping", True, opened=True, grading=True), False),
        ("go_on", Situation("resting", True, opened=True, to_do=3), True),
        ("go_on", Situation("resting", True, opened=True), False),
        ("retry", Situation("resting", True, opened=True, failed=1), True),
        ("retry", Situation("running", True, opened=True, failed=1), False),
        ("cap", Situation("running", True, opened=True), False),
        ("sort", Situation("ready", False, opened=True), False),
        ("back", Situation("opening", False), True),
    ],
)
def test_only_keys_that_do_something_are_offered(action: str, situation: Situation, is_offered: bool) -> None:
    assert offered(action, situation) == is_offered


def test_what_can_be_shown_is_counted_with_the_reasons_of_failures() -> None:
    tally = Tally({"graded": 5, "failed": 3}, {"server": (2, "It\nis [b]down[/b]."), "tls": (1, "No.")})
    shown = [(only, content.plain.split(maxsplit=1)) for only, content in choices(tally)]
    assert shown == [
        ((None, None), ["8", "All rows"]),
        (("failed", None), ["3", "Failed"]),
        ((None, "server"), ["2", "server  It is [b]down[/b]."]),
        ((None, "tls"), ["1", "tls  No."]),
        (("graded", None), ["5", "Graded"]),
    ]


def evidence(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(event=1, sentence=1, start=start, end=start + len(quote), quote=quote)


def test_what_a_grade_rests_on_is_marked_where_it_stands() -> None:
    text = "One [b]thing[/b]. Two things. Three."
    cited = [evidence(text, "Three."), evidence(text, "One [b]thing[/b].")]
    assert marked(text, cited).plain == f"{OPENS} One [b]thing[/b]. {CLOSES} Two things. {OPENS} Three. {CLOSES}"


def test_offsets_that_do_not_fit_are_not_trusted() -> None:
    wrong = Evidence(event=1, sentence=1, start=0, end=3, quote="Somewhere else.")
    assert marked("One thing.", [wrong]).plain == f"One thing.\n\n{OPENS} Somewhere else. {CLOSES}"


# ---- The form --------------------------------------------------------------------------------------------------------


def test_a_folder_is_proposed_beside_the_source() -> None:
    assert out_beside("/data/spring.csv") == "/data/spring-grades"
    assert out_beside("/data/folder/") == "/data/folder-grades"


def test_a_form_says_what_is_missing_first() -> None:
    full = Wish("answers", "a.csv", "ml-concepts", "", "", "out")
    assert missing(full) is None
    assert task_of(full) == Task("a.csv", Path("out"), rubric="ml-concepts")
    for blank, field in (
        (Wish("answers", "", "r", "", "", "o"), "source"),
        (Wish("answers", "a", "", "", "", "o"), "rubric"),
        (Wish("answers", "a", "r", "", "", ""), "out"),
    ):
        found = missing(blank)
        assert found is not None and found[0] == field
    assert missing(Wish("submissions", "a", "", "", "", "o")) is None


# ---- The screen ------------------------------------------------------------------------------------------------------


class Grading(InterviewerApp):
    """The application with a batch open."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [APP_STYLE]

    def __init__(self, folder: Path, first: Callable[[], Screen[None]]) -> None:
        settings = Settings(transcripts=folder, engine="offline", theme="interviewer-dark")
        super().__init__(settings, start=Start(first=first))

    def get_default_screen(self) -> Screen[None]:
        return Screen()


def source(folder: Path, answers: Sequence[str] = ("one is good", "two is bad", "", "three is good")) -> str:
    path = folder / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id", "question", "answer"])
        table.writerows((f"id-{place}", "What is [b]overfitting?", text) for place, text in enumerate(answers, 1))
    return str(path)


def batch(folder: Path, *, begin: bool = False, rubric: str = "ml-concepts", at_once: int | None = None) -> Grading:
    task = Task(str(folder / "answers.csv"), folder / "out", rubric=rubric, at_once=at_once)
    return Grading(folder, lambda: BatchScreen(task, begin=begin))


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


async def until(pilot: Pilot[None], reached: Callable[[], object], seconds: float = 20) -> None:
    """Waits for what happens in the background."""
    for _ in range(int(seconds / 0.02)):
        await pilot.pause(0.02)
        if reached():
            await pilot.pause()
            return
    raise AssertionError("it did not come to this")


async def in_phase(pilot: Pilot[None], *phases: str) -> BatchScreen:
    def reached() -> bool:
        return isinstance(pilot.app.screen, BatchScreen) and pilot.app.screen._phase in phases

    await until(pilot, reached)
    screen = pilot.app.screen
    assert isinstance(screen, BatchScreen)
    return screen


def asks(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, ConfirmScreen)


def told(screen: Screen[Any], where: str) -> str:
    """What is written there."""
    return "\n".join(str(one.content) for one in screen.query(where).results(Static))


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


async def test_a_form_leads_to_the_plan(tmp_path: Path) -> None:
    path = source(tmp_path)
    async with Grading(tmp_path, BatchSetupScreen).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "ml-concepts" in told(pilot.app.screen, "#rubrics"))
        form = pilot.app.screen
        form.query_one("#source", Input).value = path
        await pilot.press("ctrl+s")
        assert form.focused is form.query_one("#rubric"), "what is missing is asked for"
        form.query_one("#rubric", Input).value = "ml-concepts"
        await pilot.press("ctrl+s")
        await in_phase(pilot, "ready")
        assert (tmp_path / "answers-grades" / "ledger.sqlite").exists()


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
