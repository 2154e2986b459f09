"""Of many rows only those near what is in sight are held."""

from __future__ import annotations

import pytest

from interviewer.tui.widgets.paged_rows import AROUND, PagedRows


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
