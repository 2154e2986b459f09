"""A folder of texts: one file is one answer, in natural order, and nothing outside the folder is read."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

import pytest

from interviewer.batch.row import LONGEST_TEXT
from interviewer.batch.sources import SourceError, SourceOptions, open_source
from interviewer.batch.sources import place as place_module
from interviewer.batch.sources.front_matter import split
from tests.batch.reading import brief, read, written


def test_files_come_in_natural_order_those_of_folders_after_their_own(tmp_path: Path) -> None:
    for name in ("a10.txt", "a9.md", "B2.txt", "b/x.md", "A/c.txt", "a1.TXT"):
        written(tmp_path, name, f"Answer in {name}.")
    source = open_source(str(tmp_path))
    assert [row.id for row in source.rows()] == ["a1.TXT", "a9.md", "a10.txt", "B2.txt", "A/c.txt", "b/x.md"]
    assert "6 text files" in source.told()
    assert [row.where for row in source.rows()][-1] == f"{tmp_path.name}/b/x.md"


def test_what_is_no_answer_is_left_out_and_said_and_bad_files_are_rows(tmp_path: Path) -> None:
    outside = written(tmp_path, "outside/secret.txt", "secret")
    folder = tmp_path / "answers"
    written(folder, "1.txt", "One.")
    written(folder, "2.txt", bytes(range(256)) * 2)
    written(folder, "3.txt", " \n")
    written(folder, "4.md", "Größe.".encode("cp1252"))
    written(folder, "5.txt", "x" * (LONGEST_TEXT + 1))
    written(folder, ".hidden.txt", "hidden")
    written(folder, ".git/a.txt", "hidden")
    written(folder, "code.py", "print()")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    source = open_source(str(folder))
    rows = list(source.rows())
    assert [(row.id, row.status) for row in rows] == [
        ("1.txt", "ok"), ("2.txt", "unreadable"), ("3.txt", "empty-answer"), ("4.md", "ok"), ("5.txt", "too-long"),
        ("link.txt", "unreadable"), ("pipe.txt", "unreadable"),
    ]  # fmt: skip
    assert rows[3].answer == "Größe."
    assert len(rows[4].answer) == LONGEST_TEXT
    assert not any("secret" in row.answer for row in rows)
    assert "Left out of the folder: 2 hidden, 1 of another kind, 1 linked from elsewhere." in source.told()


def test_front_matter_makes_columns(tmp_path: Path) -> None:
    written(tmp_path, "a.md", '---\nquestion: "Why: now?"\nscore: 3\n# a remark\n\nid: x7\n---\n\nBecause.\n')
    written(tmp_path, "b.md", "---\nJust a rule above a text.\n---\nMore.")
    first, second = open_source(str(tmp_path)).rows()
    assert (first.id, first.question, first.gold, first.answer) == ("a.md", "Why: now?", {"overall": 3.0}, "Because.\n")
    assert second.answer.startswith("---\nJust a rule")
    assert next(open_source(str(tmp_path), SourceOptions(id_column="id")).rows()).id == "x7"


@pytest.mark.parametrize(
    "text",
    ["---", "---\n---\nx", "---\na: 1\nx", "---\na: [1]\n---\nx", "---\na: 1\na: 2\n---\nx", "x\n---\na: 1\n---\n", ""],
)
def test_what_is_not_plainly_front_matter_is_text(text: str) -> None:
    assert split(text) == ({}, text)


def test_one_text_file_is_one_answer_but_a_table_called_txt_is_a_table(tmp_path: Path) -> None:
    assert brief(read(tmp_path, "one.txt", "One answer, in one file.\nIts end.\n")) == [
        ("one.txt", "ok", "One answer, in one file.\nIts end.\n")
    ]
    assert [row.id for row in read(tmp_path, "table.txt", "id\tanswer\n1\tx\n2\ty\n")] == ["1", "2"]


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "a.py", "print()")
    with pytest.raises(SourceError, match=r"no \.txt or \.md file"):
        open_source(str(tmp_path))


class Piped:
    """Standard input with these bytes."""

    def __init__(self, data: bytes, *, keyboard: bool = False) -> None:
        self.buffer = io.BytesIO(data)
        self._keyboard = keyboard

    def isatty(self) -> bool:
        return self._keyboard


def test_standard_input_is_read_twice_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", Piped(b'{"id": 1, "answer": "x"}\n{"id": 2, "answer": "y"}\n'))
    with open_source("-") as source:
        assert [row.where for row in source.rows()] == ["standard input, line 1", "standard input, line 2"]
        assert len(list(source.rows())) == 2
        assert len(list(tmp_path.iterdir())) == 1
    assert not list(tmp_path.iterdir())


def test_standard_input_that_cannot_be_used_is_refused_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(place_module, "LARGEST_PIPED", 10)
    for piped, said in (
        (Piped(b""), "empty"),
        (Piped(b"id,answer\n1,x\n"), "More than"),
        (Piped(b"", keyboard=True), "keyboard"),
    ):
        monkeypatch.setattr(sys, "stdin", piped)
        with pytest.raises(SourceError, match=said):
            open_source("-")
        assert not list(tmp_path.iterdir())


def test_a_named_pipe_is_a_source() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"id,answer\n1,x\n")
    os.close(write_end)
    with open_source(f"/dev/fd/{read_end}") as source:
        assert [row.answer for row in source.rows()] == ["x"]
    os.close(read_end)
