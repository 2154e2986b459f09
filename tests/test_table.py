"""Cells that a spreadsheet shows and does not run."""

from __future__ import annotations

import csv
import io

import pytest

from interviewer.table import csv_cell, csv_text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        *((text, f"'{text}") for text in ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A0", "\uff1d1")),
        ("\t=1", "\t'=1"),
        ("\r=1", "\r'=1"),
        (" =1", " '=1"),
        ('"=1', "\"'=1"),
        ("x;=1+1;y", "x;'=1+1;y"),
        ("a\n+b", "a\n'+b"),
    ],
)
def test_what_would_be_a_formula_becomes_text(text: str, cell: str) -> None:
    assert csv_cell(text) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
        (-0.5, "-0.5"),
        (3, "3"),
        ("ok; fine - so", "ok; fine - so"),
    ],
)
def test_everything_else_stays_as_it_is(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


def test_a_table_reads_back_as_it_was_written() -> None:
    written = csv_text([["a", 'quote "q"', "two\nlines"], [1, None, "=x"]])
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["a", 'quote "q"', "two\nlines"], ["1", "", "'=x"]]
