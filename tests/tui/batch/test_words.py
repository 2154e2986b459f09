"""Where a batch stands, in words, and what it may cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from interviewer.batch.run import Progress
from interviewer.batch_session import Batch, Task
from interviewer.settings import Settings
from interviewer.tui.screens.batch import words
from tests.tui.batch.one_batch import source


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
    ("typed", "cap"),
    [("2.50", Decimal("2.5")), ("$ 3", Decimal(3)), ("", None), ("0", Decimal(0)), ("25000", Decimal(25000))],
)
def test_an_amount_is_understood(typed: str, cap: Decimal | None) -> None:
    assert words.cap_of(typed) == cap


@pytest.mark.parametrize("typed", ["ten", "-1", "1e9", "1.2.3", ".", "100001", "٣", "nan"])
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
