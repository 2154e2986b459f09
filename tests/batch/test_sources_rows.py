"""Rows: ids that occur again, texts that are too long, and what holds for every source there can be."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.batch.row import LONGEST_TEXT, Row
from interviewer.batch.sources import SourceError, SourceOptions, open_source
from interviewer.batch.sources.options import FORMATS, Format
from interviewer.batch.sources.seen import Seen
from interviewer.text import sanitise
from tests.batch.reading import brief, read


def test_an_id_that_occurs_again_is_a_duplicate_or_a_clash(tmp_path: Path) -> None:
    text = "id,question,answer\na,q,one\nb,q,one\na,q,one\na,q,two\na,other,two\n,q,one\n,q,one\na,q,\n"
    rows = read(tmp_path, "a.csv", text)
    assert [row.status for row in rows] == [
        "ok", "ok", "duplicate", "duplicate-id", "ok", "ok", "ok", "empty-answer",
    ]  # fmt: skip
    assert "row 1" in rows[2].problem
    assert "row 1" in rows[3].problem
    assert [row.id for row in rows] == ["a", "b", "a", "a", "a", "#6", "#7", "a"]


def test_without_ids_no_answer_is_a_duplicate(tmp_path: Path) -> None:
    assert brief(read(tmp_path, "a.csv", "answer\nNo.\nNo.\n")) == [("#1", "ok", "No."), ("#2", "ok", "No.")]


def test_what_was_seen_is_found_again_when_it_no_longer_fits_into_memory() -> None:
    seen = Seen()
    number = 20_000
    for place in range(number):
        assert seen.before((f"id {place}", "", ""), "x", place) is None
    assert seen.before(("id 7", "", ""), "x", number) == ("same", 7)
    assert seen.before(("id 19999", "", ""), "y", number) == ("other", 19999)
    seen.close()


def test_a_text_longer_than_the_bound_is_cut_and_told(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", f"id,answer\n1,{'x' * (LONGEST_TEXT + 1)}\n2,{'y' * LONGEST_TEXT}\n")
    assert [(row.status, len(row.answer)) for row in rows] == [("too-long", LONGEST_TEXT), ("ok", LONGEST_TEXT)]
    assert "200,001 characters" in rows[0].problem


def test_rows_can_be_read_any_number_of_times_and_left_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,answer\n1,x\n2,y\n", encoding="utf-8")
    source = open_source(str(path))
    first = source.rows()
    assert next(first).id == "1"
    assert [row.id for row in source.rows()] == ["1", "2"]
    assert [row.id for row in first] == ["2"]
    path.unlink()
    with pytest.raises(SourceError, match="can no longer be read"):
        list(source.rows())


CELL = st.text(st.sampled_from("ab1 ,;|\t\"'\\\n\r=-é€\u2028\U0001f600"), max_size=12)
DIALECTS = list(product([",", "\t", ";", "|"], ["\n", "\r\n"], [csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))


@contextmanager
def source_of(data: bytes, name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield str(path)


def same(row: Row, cell: str) -> bool:
    wanted = sanitise(cell)
    return row.answer == ("" if wanted.isspace() else wanted)


@given(
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8),
    st.sampled_from(DIALECTS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example([('"', "a\n,"), ("\\", '\\"')], DIALECTS[0], "utf-8")
def test_every_table_that_the_csv_module_writes_is_read_as_written(
    cells: list[tuple[str, str]], dialect: tuple[str, str, int], encoding: str
) -> None:
    separator, end, quoting = dialect
    if "\r" not in end:  # then the module leaves a lone one without quotes, where nothing can tell it from a line end
        cells = [(answer.replace("\r", "\r\n"), note.replace("\r", "\r\n")) for answer, note in cells]
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["id", "answer", "note"])
    for number, (answer, note) in enumerate(cells):
        writer.writerow([f"r{number}", answer, note])
    with source_of(table.getvalue().encode(encoding), "a.csv") as path:
        rows = list(open_source(path).rows())
    assert [row.place for row in rows] == list(range(1, len(cells) + 1))
    assert [row.id for row in rows] == [f"r{number}" for number in range(len(cells))]
    assert all(same(row, answer) for row, (answer, _) in zip(rows, cells, strict=True))
    assert all(row.status in ("ok", "empty-answer") for row in rows)


LINE = st.one_of(
    st.fixed_dictionaries({"id": st.integers(), "answer": st.one_of(CELL, st.integers(), st.none())}).map(json.dumps),
    st.sampled_from(["[]", "null", '"x"', "{", '{"id": 3}', '{"id": 4, "answer": {}}', "\x00", '{"a": NaN}', "1e999"]),
)


@given(st.lists(LINE, max_size=8))
def test_every_line_of_json_lines_is_one_row_in_order(lines: list[str]) -> None:
    data = "\n".join(['{"id": "first", "answer": "x"}', *lines]).encode()
    with source_of(data, "a.jsonl") as path:
        rows = list(open_source(path).rows())
    there = [number for number, line in enumerate(lines, 2) if line.strip("\0")]
    assert [row.where for row in rows[1:]] == [f"a.jsonl, line {number}" for number in there]
    assert [row.place for row in rows] == list(range(1, len(there) + 2))


ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.text(st.sampled_from("id,answer\n\r\"'{}[]:;\t- \\&*!|>#0\x00é\ufeff"), max_size=80).map(str.encode),
    st.text(st.sampled_from('id,answer\n"{}[]: é'), max_size=40).map(lambda text: text.encode("utf-16")),
)


@given(
    ANYTHING,
    st.sampled_from([None, *(form for form in FORMATS if form != "folder")]),
    st.sampled_from(["a", "a.csv", "a.json", "a.yaml", "a.txt"]),
)
@example(b"{}", None, "a")
def test_no_bytes_end_in_anything_but_rows_or_a_sentence(data: bytes, form: Format | None, name: str) -> None:
    with source_of(data, name) as path:
        try:
            source = open_source(path, SourceOptions(format=form))
        except SourceError as refused:
            assert str(refused).endswith(".")
            assert str(refused).isprintable()
            return
        rows = list(source.rows())
    assert [row.place for row in rows] == list(range(1, len(rows) + 1))
    assert rows
    assert all((row.status == "ok") == (row.problem == "") for row in rows)
    assert all(row.id and row.answer == sanitise(row.answer) for row in rows)
