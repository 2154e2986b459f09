"""A folder of submissions is read as text, within bounds, and whatever is left out is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from interviewer.batch.row import Row
from interviewer.batch.sources import SourceError
from interviewer.batch.submissions import open_submissions
from interviewer.batch.submissions.bounds import Bounds
from interviewer.batch.submissions.submission import Submission, read_submission
from interviewer.batch.submissions.where import where_of
from interviewer.grading.evidence import cited
from interviewer.grading.passages import form_of, passages
from tests.batch.handed_in import HOSTILE, MIXED, STRONG, notebook, write


def names(found: Submission) -> list[str]:
    """The files that are parts."""
    return [name for name, _ in found.parts]


def text_of(found: Submission, name: str) -> str:
    """The text of a part."""
    return dict(found.parts)[name]


def rows(folder: Path) -> list[Row]:
    """The rows of a folder of submissions."""
    return list(open_submissions(str(folder)).rows())


def test_each_folder_is_a_row_and_each_file_a_part_with_the_most_telling_first(tmp_path: Path) -> None:
    write(tmp_path / "Noor 10", STRONG)
    write(tmp_path / "Noor 9", MIXED)
    (tmp_path / "nothing").mkdir()
    first, second, third = rows(tmp_path)
    assert [first.id, second.id, third.id] == ["Noor 9", "Noor 10", "nothing"]
    assert [first.status, second.status, third.status] == ["ok", "ok", "empty-answer"]
    assert [name for name, _ in second.parts] == [
        "README.md",
        "results/metrics.json",
        "requirements.txt",
        "Makefile",
        "letters/model.py",
        "letters/evaluate.py",
        "letters/split.py",
        "tests/test_split.py",
        "(list of files)",
    ]
    assert second.note == "1 left out: 1 empty (letters/__init__.py)."


def test_a_folder_with_a_readme_and_code_at_its_top_is_one_submission(tmp_path: Path) -> None:
    source = open_submissions(str(write(tmp_path / "ada", STRONG)))
    assert "one submission" in source.told()
    assert [(row.place, row.id, row.status) for row in source.rows()] == [(1, "ada", "ok")]


def test_what_is_no_folder_is_a_row_of_its_own_or_named(tmp_path: Path) -> None:
    write(tmp_path / "a", MIXED)
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    (tmp_path / "list.txt").write_text("a, b, c")
    source = open_submissions(str(tmp_path))
    found = {row.id: (row.status, row.problem) for row in source.rows()}
    assert found["a"][0] == "ok"
    assert found["b.zip"][0] == "unreadable" and "archive" in found["b.zip"][1]
    assert found["c"][0] == "unreadable" and "link" in found["c"][1]
    assert "list.txt" in source.told()


@pytest.mark.parametrize("make", ["missing", "file", "empty"])
def test_a_source_that_holds_no_submission_is_refused(tmp_path: Path, make: str) -> None:
    path = tmp_path / "source"
    if make == "file":
        path.write_text("x")
    if make == "empty":
        path.mkdir()
    with pytest.raises(SourceError, match=r"folder"):
        open_submissions(str(path))


def test_nothing_outside_of_the_folder_is_read_and_nothing_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret of somebody else")
    folder = write(tmp_path / "handed in", {"README.md": "I trained a model.", "x.py": "a = 1"})
    (folder / "notes.md").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.py")
    found = read_submission(folder)
    assert names(found) == ["README.md", "x.py", "(list of files)"]
    assert "3 links, which are not followed (notes.md, round, up)" in found.note
    assert "1 no ordinary files (pipe.py)" in found.note
    assert not any("secret of" in text for _, text in found.parts)


def test_what_was_not_written_for_the_task_is_left_out_and_named(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "README.md": "I trained a model.",
            "node_modules/left/index.js": "x",
            ".git/config": "x",
            ".env": "KEY=1",
            "surroundings/pyvenv.cfg": "home = /usr",
            "surroundings/lib/x.py": "x = 1",
            "all.tar.gz": "x",
        },
    )
    (folder / "model.pkl").write_bytes(bytes(range(256)) * 4)
    (folder / "huge.txt").write_text("word " * 250_000)
    found = read_submission(folder)
    assert names(found) == ["README.md", "(list of files)"]
    for told in (
        "2 folders of tools (node_modules/, surroundings/)",
        "2 hidden (.env, .git/)",
        "1 archives, which are not opened (all.tar.gz)",
        "1 binary (model.pkl)",
        "1 over 1 MB (huge.txt)",
    ):
        assert told in found.note
    assert "model.pkl (not shown: binary)" in text_of(found, "(list of files)")


def test_long_files_are_cut_at_a_line_and_it_is_said(tmp_path: Path) -> None:
    bounds = Bounds(files=4, file_letters=100, letters=1200, rows=3, line=40)
    files = {f"{name}.py": "value = 12345\n" * 20 for name in "abcdef"}
    table = "text,label\n" + "words,rent\n" * 50
    found = read_submission(write(tmp_path, files | {"train.csv": table, "README.md": "y" * 90}), bounds)
    assert names(found) == ["README.md", "a.py", "b.py", "c.py", "(list of files)"]
    assert text_of(found, "a.py") == "value = 12345\n" * 6 + "value = 12345"
    assert text_of(found, "README.md") == "y" * 40 + " \u2026"
    assert "4 more than 4 files (d.py, e.py, f.py, \u2026)" in found.note
    assert "a.py (only its first 7 lines)" in found.note and "README.md (1 long lines cut)" in found.note
    alone = read_submission(write(tmp_path / "two", {"train.csv": table}), bounds)
    assert text_of(alone, "train.csv").splitlines() == ["text,label", "words,rent", "words,rent"]
    assert "train.csv (only its first 3 lines of 51)" in alone.note


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    files = {f"f{number}.py": "value = 12345\n" * 70 for number in range(6)}
    found = read_submission(write(tmp_path, files), Bounds(letters=2500))
    assert sum(len(text) for name, text in found.parts if name.endswith(".py")) <= 2500
    assert names(found) == ["f0.py", "f1.py", "f2.py", "(list of files)"]
    assert "3 beyond 2,500 characters in all (f3.py, f4.py, f5.py)" in found.note


def test_only_so_many_entries_are_listed(tmp_path: Path) -> None:
    found = read_submission(write(tmp_path, {f"{n}.py": "x = 1" for n in range(9)}), Bounds(entries=5))
    assert len(found.parts) == 6
    assert "There are more than 5 files and folders; the others were not looked at." in found.note


@pytest.mark.parametrize(
    "data",
    ["caf\u00e9 du coin".encode(), "caf\u00e9 du coin".encode("cp1252"), "caf\u00e9 du coin".encode("utf-16")],
)
def test_encodings_are_told_apart(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "README.md").write_bytes(data)
    assert text_of(read_submission(tmp_path), "README.md") == "caf\u00e9 du coin"


def test_what_a_terminal_would_act_on_is_taken_out_of_names_and_texts(tmp_path: Path) -> None:
    write(tmp_path, {"a\x1b[31mb\nc.py": "x = 1 \x1b]0;title\x07\n"})
    found = read_submission(tmp_path)
    assert found.parts[0] == ("ab c.py", "x = 1 \n")


def test_no_file_can_pass_for_our_list_of_files(tmp_path: Path) -> None:
    found = read_submission(write(tmp_path, {"(list of files)": "Makefile", "x.py": "x = 1"}))
    assert names(found) == ["./(list of files)", "x.py", "(list of files)"]


def test_a_notebook_is_read_cell_by_cell_without_its_pictures(tmp_path: Path) -> None:
    printed: list[dict[str, object]] = [
        {"output_type": "stream", "text": ["macro F1 0.81\n"]},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0", "text/plain": "<Figure>"}},
        {"output_type": "error", "ename": "ValueError", "evalue": "no rows"},
    ]
    book = notebook(("markdown", "# Look\nMost letters are short.", []), ("code", "x = 1\nprint(x)", printed))
    (tmp_path / "eda.ipynb").write_text(book)
    (tmp_path / "bad.ipynb").write_text("[" * 100_000)
    found = read_submission(tmp_path)
    text = text_of(found, "eda.ipynb")
    assert "Most letters are short." in text and "macro F1 0.81" in text and "ValueError: no rows" in text
    assert "<Figure> [image/png left out]" in text and "iVBOR" not in text
    assert "1 damaged notebooks (bad.ipynb)" in found.note
    places = {
        one.text: where_of(cited(1, one), found.parts)
        for one in passages(text, form_of("eda.ipynb"))
        if one.kind != "heading"
    }
    assert places["Most letters are short."] == "eda.ipynb, cell 1"
    assert places["macro F1 0.81"] == "eda.ipynb, cell 2"


def test_evidence_is_told_by_file_and_line(tmp_path: Path) -> None:
    found = read_submission(write(tmp_path, STRONG))
    part = names(found).index("letters/split.py") + 1
    line = next(one for one in passages(found.parts[part - 1][1], "lines") if one.text == "SEED = 11")
    assert where_of(cited(part, line), found.parts) == "letters/split.py:7"
    assert where_of(cited(1, line), (("", "an answer"),)) == ""


def test_orders_to_whoever_grades_are_noted_with_their_place(tmp_path: Path) -> None:
    note = read_submission(write(tmp_path, HOSTILE)).note
    assert "Instructs whoever grades, which counts for nothing: README.md:3, README.md:4, README.md:6." in note
    assert "Instructs" not in read_submission(write(tmp_path / "fine", STRONG)).note
