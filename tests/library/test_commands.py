"""The commands that check and show what people wrote."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from interviewer.library import lookup
from tests.library.samples import BANK, PERSONA, RUBRIC, SAMPLES, planted, write_library


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the samples, and nothing built in."""
    write_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.setattr(lookup, "built_in_folder", lambda: tmp_path / "built_in")
    return tmp_path


def run(command: str, *arguments: str) -> int:
    module: Any = importlib.import_module(f"interviewer.cli.{command}")
    parser = argparse.ArgumentParser()
    module.configure(parser)
    code = module.run(parser.parse_args(arguments))
    assert isinstance(code, int)
    return code


def test_check_says_that_all_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "personas", "rubrics") == 0
    assert capsys.readouterr().out == "3 files are fine\n"
    assert run("check", "rubrics/depth.yaml") == 0
    assert capsys.readouterr().out == "1 file is fine\n"


def test_check_reports_every_fault_and_counts_them(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rubric = planted(RUBRIC, ("gate: mid", "gate: med"), ("weight: 0.4", "weight: 0.5"))
    (place / "rubrics/depth.yaml").write_text(rubric)
    (place / "personas/pair.yaml").write_text(planted(PERSONA, ("lead: bob", "lead: rob")))
    assert run("check", ".") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "personas/pair.yaml:79: plan[main].lead: `rob` is not one of the people. Did you mean `bob`?"
    assert [line.split(": ")[0] for line in lines[1:3]] == ["rubrics/depth.yaml:9", "rubrics/depth.yaml:14"]
    assert lines[3:] == ["3 faults in 2 files"]


def test_check_follows_references_into_the_library(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "personas/pair.yaml") == 0
    (place / "rubrics/depth.yaml").unlink()
    assert run("check", "personas/questions/basics.yaml") == 1
    assert "There is no rubric at all" in capsys.readouterr().out


def test_check_of_paths_that_cannot_be_read(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "nothing").mkdir()
    assert run("check", "none.yaml", "nothing", "rubrics") == 2
    out = capsys.readouterr().out
    assert "none.yaml:1: file: there is no such file" in out
    assert "nothing:1: folder: there is no YAML file" in out
    assert out.endswith("1 file is fine, 2 paths could not be read\n")


def test_check_reads_a_file_once_and_leaves_hidden_ones_out(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / ".hidden").mkdir()
    (place / ".hidden/x.yaml").write_text("a: 1")
    assert run("check", ".", "rubrics", "rubrics/depth.yaml") == 0
    assert capsys.readouterr().out == "3 files are fine\n"


def test_check_tells_other_yaml_apart(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "x.yaml").write_text("on: push\njobs: {}\n")
    assert run("check", "x.yaml") == 1
    assert "neither a persona, a rubric nor a question bank: it has `on`, `jobs`" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["persona", "rubric", "questions"])
def test_schemas_are_valid_and_accept_what_is_valid(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    from interviewer.library.source import parse

    assert run("schema", kind) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(kind)
    assert schema["title"]
    sample = SAMPLES["bank" if kind == "questions" else kind]
    validator = jsonschema.Draft202012Validator(schema)
    document = parse(sample.encode(), "x").top.plain()
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "colour": "red"}))


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        ("personas", "pair", "14 min    Questions, with Bob"),
        ("rubrics", "depth", "Method (method, 60%)"),
        ("questions", "basics", "Tell me about a model that you shipped."),
        ("questions", "q-one", "A strong answer covers"),
    ],
)
def test_lists_and_shows(command: str, name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command) == 0
    listed = capsys.readouterr().out
    assert "[working folder: " in listed
    assert run(command, name) == 0
    out = capsys.readouterr().out
    assert words in out
    assert max(map(len, (listed + out).splitlines())) <= 80 or str(Path.cwd()) in listed
    assert run(command, name, "--json") == 0
    assert json.loads(capsys.readouterr().out)["id"] == name
    assert run(command, "--json") == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["origin"] == "working folder"


def test_a_persona_is_shown_without_what_the_candidate_should_find_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("personas", "pair")
    out = capsys.readouterr().out
    assert "sign-ups" not in out
    assert "A year." not in out


def test_what_cannot_be_shown(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("personas", "piar") == 2
    assert "Did you mean `pair`?" in capsys.readouterr().err
    (place / "personas/questions/basics.yaml").write_text(planted(BANK, ("minutes: 4", "minutes: 400")))
    assert run("questions", "basics") == 2
    assert "basics.yaml:43" in capsys.readouterr().err
    assert run("questions") == 0
    assert "cannot be used: " in capsys.readouterr().out


def test_nothing_in_a_file_reaches_the_terminal_as_a_code(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "rubrics/depth.yaml").write_text(planted(RUBRIC, ("title: Depth", 'title: "\\e[31mDepth\\a"')))
    (place / "rubrics/other.yaml").write_text('id: "\\e]0;x\\a"\ncriteria: "\\e[2J"\n')
    run("rubrics")
    run("rubrics", "depth")
    run("check", ".")
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "\x07" not in captured.out + captured.err
