"""Tables: whatever separates, quotes and encodes their cells, every line is a row and a bad one costs only itself."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from interviewer.batch.sources import SourceError, SourceOptions, open_source
from interviewer.batch.sources import cells as cells_module
from tests.batch.reading import brief, opened, read, written


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognised(tmp_path: Path, separator: str, end: str) -> None:
    lines = ["id,answer,note", 'a1,"one, two; three\tfour | ""five""",x', "a2,plain,", "", ""]
    text = end.join(line.replace(",", separator) if number != 1 else line for number, line in enumerate(lines))
    text = text.replace('a1,"', f'a1{separator}"').replace('",x', f'"{separator}x')
    rows = read(tmp_path, "answers.csv", text)
    assert brief(rows) == [("a1", "ok", 'one, two; three\tfour | "five"'), ("a2", "ok", "plain")]


def test_a_quoted_answer_keeps_its_lines_and_the_next_row_its_line_number(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", 'id,answer\n1,"first\n\nthird"\n2,x\n')
    assert [(row.answer, row.where) for row in rows] == [("first\n\nthird", "a.csv, line 2"), ("x", "a.csv, line 5")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (codecs.BOM_UTF8 + "id,answer\n1,Größe\n".encode(), "UTF-8 with byte order mark"),
        ("id,answer\n1,Größe\n".encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + "id,answer\n1,Größe\n".encode("utf-16-be"), "UTF-16"),
        ("id,answer\n1,Größe\n".encode("utf-16-le"), "UTF-16 without byte order mark"),
        ("id,answer\n1,Größe\n".encode("cp1252"), "not UTF-8, so read as Windows-1252"),
    ],
)
def test_encodings_are_recognised_and_said(tmp_path: Path, data: bytes, said: str) -> None:
    source = opened(tmp_path, "a.csv", data)
    assert [(row.id, row.answer) for row in source.rows()] == [("1", "Größe")]
    assert said in source.told()


def test_an_encoding_can_be_told_and_must_be_one(tmp_path: Path) -> None:
    data = "id,answer\n1,яблоко\n".encode("koi8-r")
    assert read(tmp_path, "a.csv", data, SourceOptions(encoding="koi8-r"))[0].answer == "яблоко"
    for wrong in ("klingon", "base64"):
        with pytest.raises(SourceError, match="no text encoding"):
            opened(tmp_path, "a.csv", data, SourceOptions(encoding=wrong))


def test_a_byte_that_is_no_text_makes_its_row_unreadable_and_no_other(tmp_path: Path) -> None:
    good = "".join(f"{number},Größe {number}\n" for number in range(20)).encode()
    rows = read(tmp_path, "a.csv", b"id,answer\n" + good + b"bad,Gr\xf6\xdfe\n" + "last,é\n".encode())
    assert [row.status for row in rows] == ["ok"] * 20 + ["unreadable", "ok"]
    assert "Save it as UTF-8" in rows[20].problem


def test_nul_bytes_and_escape_sequences_are_taken_out(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", b"id,answer\n1,be\0fore \x1b[31mred\x1b[0m\n2,x\n")
    assert brief(rows) == [("1", "ok", "before red"), ("2", "ok", "x")]


def test_a_line_with_too_few_or_too_many_cells_is_ragged(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", "id,answer,score\n1,fine,2\n2,short\n3,one, two,3\n4,padded,1,,\n")
    assert [row.status for row in rows] == ["ok", "ragged", "ragged", "ok"]
    assert rows[1].id == "2"
    assert "2 cells where the table has 3 columns" in rows[1].problem


def test_empty_lines_are_no_rows_and_empty_answers_are(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", 'id,answer\n\n1,x\n  \n2,\n3," "\n\n\n\x1a')
    assert brief(rows) == [("1", "ok", "x"), ("2", "empty-answer", ""), ("3", "empty-answer", "")]


def test_a_stray_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    text = 'id,answer\n1,"never closed\n2,fine\n3,"he said "yes" to me"\n4,5" screen\n5,"two\nlines"\n6,"open'
    rows = read(tmp_path, "a.csv", text)
    assert [(row.id, row.status) for row in rows] == [
        ("1", "unreadable"), ("2", "ok"), ("3", "ok"), ("4", "ok"), ("5", "ok"), ("6", "unreadable"),
    ]  # fmt: skip
    assert rows[0].problem.startswith("A quote is opened here")
    assert rows[2].note
    assert [rows[place].answer for place in (1, 3, 4)] == ["fine", '5" screen', "two\nlines"]
    assert [row.where[-6:] for row in rows] == ["line 2", "line 3", "line 4", "line 5", "line 6", "line 8"]


def test_a_record_without_end_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "LONGEST_RECORD", 200)
    open_quote = '1,"open\n' + "".join(f"{number},line number {number}\n" for number in range(2, 40))
    giant = f"40,{'x' * 5000}\n41,after\n" + '42,"open\n' + "y" * 3000 + "\n43,last\n"
    rows = read(tmp_path, "a.csv", "id,answer\n" + open_quote + giant)
    assert [row.status for row in rows[:39]] == ["unreadable"] + ["ok"] * 38
    assert [row.status for row in rows[39:]] == ["too-long", "ok", "unreadable", "too-long", "ok"]
    assert rows[-1].where == "a.csv, line 45"


def test_single_quotes_backslashes_and_the_hint_of_a_spreadsheet(tmp_path: Path) -> None:
    assert read(tmp_path, "a.csv", "'id','answer'\n'1','one, two'\n'2','it''s'\n")[1].answer == "it's"
    assert read(tmp_path, "b.csv", 'id,answer\n1,"say \\"hi\\", then"\n2,x\n')[0].answer == 'say "hi", then'
    assert read(tmp_path, "c.csv", "sep=;\nid;answer\n1;a, b\n")[0].answer == "a, b"


def test_apostrophes_are_no_quotes(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", "id,answer\n1,'tis fine\n2,don't worry\n3,'quoted' is a word\n")
    assert [row.answer for row in rows] == ["'tis fine", "don't worry", "'quoted' is a word"]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", "answer\nI tried, then measured; it worked\nNo\n")
    assert brief(rows) == [("#1", "ok", "I tried, then measured; it worked"), ("#2", "ok", "No")]


def test_a_table_without_a_header_loses_no_row_and_says_so(tmp_path: Path) -> None:
    source = opened(tmp_path, "a.csv", 'a1,I trained a model and it was good.\na2,"Second, with a comma."\n')
    assert [row.answer for row in source.rows()] == ["I trained a model and it was good.", "Second, with a comma."]
    assert (source.mapping.answer, source.mapping.ignored) == ("column 2", ("column 1",))
    assert "--header" in source.told()
    named = opened(tmp_path, "b.csv", "who,words\n" + f"x,{'long text ' * 20}\n" * 3)
    assert len(list(named.rows())) == 3
    assert "--no-header" in named.told()
    told = SourceOptions(header=False, answer_column="2")
    assert len(read(tmp_path, "c.csv", "id,answer\n1,x\n", told)) == 2


def test_a_separator_can_be_told(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.txt", "id~answer\n1~x, y\n", SourceOptions(separator="~", format="csv"))
    assert brief(rows) == [("1", "ok", "x, y")]
    assert read(tmp_path, "b.txt", "id\tanswer\n1\tx\n", SourceOptions(separator="tab", format="csv"))[0].id == "1"
    with pytest.raises(SourceError, match="cannot be a separator"):
        opened(tmp_path, "a.csv", "id,answer\n1,x\n", SourceOptions(separator="::"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n\n", "is empty"),
        ("a.csv", b"id,answer\n", "no row under them"),
        ("a.csv", b"a,b\n1,2\n3,4\n", "no column that can be the answer, only `a`, `b`"),
        ("a.csv", b'"id,answer\n1,x\n', "line 1 cannot be read"),
        ("a.xlsx", b"PK\x03\x04....", "Save the sheet as CSV"),
        ("a.csv.gz", b"\x1f\x8b....", "gunzip"),
        ("a.bin", bytes(range(256)) * 4, "no text"),
        ("a.dat", b"just a line of words\nand another\n", "--format"),
    ],
)
def test_what_cannot_be_a_source_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        opened(tmp_path, name, data)
    assert said in str(refused.value)
    assert name in str(refused.value)


def test_a_path_that_leads_nowhere_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for wrong, said in (
        (str(tmp_path / "none.csv"), "There is no file"),
        ("a\0b", "not a path"),
        ("/dev/null", "neither"),
    ):
        with pytest.raises(SourceError, match=said):
            open_source(wrong)
    with pytest.raises(SourceError, match="is a folder"):
        open_source(str(tmp_path), SourceOptions(format="csv"))
    with pytest.raises(SourceError, match="is a file"):
        open_source(written(tmp_path, "a.csv", "id,answer\n1,x\n"), SourceOptions(format="folder"))
