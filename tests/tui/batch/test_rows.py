"""Rows of a batch as they are drawn, at every width, and which of them can be shown."""

from __future__ import annotations

import pytest

from interviewer.batch.ledger.browsing import Line, Tally, View
from interviewer.tui.screens.batch.only import choices
from interviewer.tui.widgets.batch.rows import columns, draw, reason, title_row
from tests.batch.papers import RUBRIC

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
