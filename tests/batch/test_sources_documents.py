"""JSON Lines, JSON, YAML and Parquet: what is an object is a row, and a document that breaks off is refused at once."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from interviewer.batch.sources import SourceError, SourceOptions, json_text, open_source
from tests.batch.reading import brief, opened, read


def test_every_line_of_json_lines_is_one_row(tmp_path: Path) -> None:
    lines = (
        '\ufeff{"id": 1, "answer": "one"}', "[1, 2]", "{bad", '"text"', '{"id": 2}', '{"id": 3, "answer": ["a"]}',
        '{"id": 4, "answer": null}', '{"id": 5, "answer": 42}', "", "[" * 100_000, '{"id": 6, "answer": "é"}',
    )  # fmt: skip
    rows = read(tmp_path, "a.jsonl", "\n".join(lines))
    assert [(row.id, row.status) for row in rows] == [
        ("1", "ok"), ("#2", "wrong-shape"), ("#3", "unreadable"), ("#4", "wrong-shape"), ("2", "wrong-shape"),
        ("3", "wrong-shape"), ("4", "empty-answer"), ("5", "ok"), ("#9", "unreadable"), ("6", "ok"),
    ]  # fmt: skip
    assert rows[7].answer == "42"
    assert rows[-1].where == "a.jsonl, line 11"
    assert all(row.problem.endswith(".") for row in rows if row.status != "ok")


def test_json_is_an_array_or_an_object_with_one(tmp_path: Path) -> None:
    items = [{"id": 1, "answer": "one"}, 3, {"id": 2, "answer": "two"}]
    wanted = [("1", "ok", "one"), ("#2", "wrong-shape", ""), ("2", "ok", "two")]
    assert brief(read(tmp_path, "a.json", json.dumps(items, indent=2))) == wanted
    source = opened(tmp_path, "b.json", json.dumps({"meta": {"x": [1]}, "tags": ["a"], "rows": items, "end": 1}))
    assert brief(list(source.rows())) == wanted
    assert "`rows`" in source.told()


def test_json_lines_that_are_called_json_are_recognised(tmp_path: Path) -> None:
    lines = '{"id": 1, "answer": "one"}\n{"id": 2, "answer": "two"}\n'
    for name in ("a.json", "a"):
        source = opened(tmp_path, name, lines)
        assert brief(list(source.rows())) == [("1", "ok", "one"), ("2", "ok", "two")]
        assert "JSON Lines" in source.told()


@pytest.mark.parametrize("block", [1, 2, 7])
def test_json_is_read_alike_however_it_is_cut_into_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(json_text, "_BLOCK", block)
    text = '{ "n": 1234, "rows" :[ {"id":12.5,"answer":"a\\u00e9 \\"]"} ,{"id" : 100, "answer":"b"}\n ] }  '
    assert brief(read(tmp_path, "a.json", text)) == [("12.5", "ok", 'aé "]'), ("100", "ok", "b")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"id": 1,\n "answer": "x"},\n {"id": 2 "answer": 3}]', "line 3"),
        ('[{"answer": "x"}', "line 1"),
        ('[{"answer": "x"}] [', "more after its end"),
        ('{"a": [{"answer": "x"}], "b": [{"answer": "y"}]}', "several lists of named values (`a`, `b`)"),
        ('["one", "two"]', "not named values"),
        ("[]", "no row"),
        ('{"answers": []}', "no row"),
        ("[" * 100_000, "without end"),
        ("[1" + "0" * 5000 + "]", "too many digits"),
        ("nonsense", "array or an object"),
    ],
)
def test_json_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        opened(tmp_path, "a.json", text)
    assert said in str(refused.value)


def test_yaml_is_a_list_or_a_mapping_with_one(tmp_path: Path) -> None:
    text = "- id: 1\n  answer: no\n- id: 2\n  answer: |\n    two\n    lines\n- a text\n- {id: 3, answer: ~}\n"
    source = opened(tmp_path, "a.yaml", text)
    assert brief(list(source.rows())) == [
        ("1", "ok", "no"), ("2", "ok", "two\nlines\n"), ("#3", "wrong-shape", ""), ("3", "empty-answer", ""),
    ]  # fmt: skip
    text = "version: 1\nanswers:\n- &same {id: 2024-01-01, answer: &words yes}\n- {id: b, answer: *words}\n"
    assert brief(read(tmp_path, "b.yml", text)) == [("2024-01-01", "ok", "yes"), ("b", "ok", "yes")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('- answer: "x\n- answer: y\n', "line 1: a quote is opened here and never closed"),
        ("- a: &a [x, x]\n- b: [*a, *a]\n", "line 2: the alias `*a` stands for no text"),
        ("- &a [*a]\n", "the alias `*a`"),
        ("- " + "[" * 5000, "more than 32 deep"),
        ("- answer: x\n---\n- answer: y\n", "line 2: a second document"),
        ("- answer: x\n  answer: y\n", "line 2: the key `answer` stands here for the second time"),
        ("- ? [a]\n  : b\n", "a key is not a text"),
        ("just words\n", "no row"),
        ("# nothing\n", "no row"),
    ],
)
def test_yaml_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        opened(tmp_path, "a.yaml", text)
    assert said in str(refused.value)


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.yaml", "- {id: 1, answer: !!python/object/apply:os.getcwd []}\n- {id: 2, answer: x}\n")
    assert [(row.id, row.status) for row in rows] == [("1", "wrong-shape"), ("2", "ok")]


def test_yaml_with_a_byte_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 3"):
        opened(tmp_path, "a.yaml", "- answer: ééé\n- answer: é\n".encode() + b"- answer: \xff\n")


def parquet(path: Path, table: dict[str, list[object]], group: int) -> str:
    pq.write_table(pa.table(table), path, row_group_size=group)
    return str(path)


def test_parquet_is_read_group_by_group(tmp_path: Path) -> None:
    table: dict[str, list[object]] = {
        "id": ["a", "b", "c"],
        "response": ["one", None, "three"],
        "score": [1.5, float("nan"), 3.0],
        "human": [[1, 2], [], [3, 3]],
    }
    source = open_source(parquet(tmp_path / "a.parquet", table, 2))
    rows = list(source.rows())
    assert brief(rows) == [("a", "ok", "one"), ("b", "empty-answer", ""), ("c", "ok", "three")]
    assert rows[0].gold == {"overall": 1.5}
    assert "2 row groups" in source.told()


def test_a_damaged_part_of_a_parquet_file_costs_no_row_its_place(tmp_path: Path) -> None:
    table: dict[str, list[object]] = {"id": list("abcdef"), "answer": [f"answer {number}" * 50 for number in range(6)]}
    path = Path(parquet(tmp_path / "a.parquet", table, 2))
    chunk = pq.ParquetFile(path).metadata.row_group(1).column(1)
    data = bytearray(path.read_bytes())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    data[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(bytes(data))
    rows = list(open_source(str(path), SourceOptions(answer_column="answer")).rows())
    assert [row.status for row in rows] == ["ok", "ok", "unreadable", "unreadable", "ok", "ok"]
    assert [row.place for row in rows] == [1, 2, 3, 4, 5, 6]


def test_parquet_without_pyarrow_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path / "a.parquet", {"answer": ["x"]}, 1)
    for module in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SourceError, match=r"pip install interviewer\[parquet\]"):
        open_source(path)


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + b"\xff" * 200 + b"PAR1", b"answer\nx\n"])
def test_what_is_no_parquet_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError, match="Parquet"):
        opened(tmp_path, "a.parquet", data)
