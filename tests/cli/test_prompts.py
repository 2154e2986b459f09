"""Prompts can be read, and replaced by the user's own, without anything from outside being executed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import interviewer
from interviewer.cli import main
from interviewer.engines.choose import EngineError, choose
from interviewer.engines.llm.prompts import NAMES, Prompt, PromptError, load_prompt
from interviewer.settings import Settings

BUILT_IN = Path(interviewer.__file__).parent / "engines" / "llm" / "prompts" / "case.md"
MARKS = dict.fromkeys(re.findall(r"\{\{[a-z]+\}\}", BUILT_IN.read_text(encoding="utf-8")))
OWN = "version: 4\n===\nQ " + " and ".join(MARKS) + "\n"
"""A prompt of the user's own, with the marks that it has to have."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's own prompts go."""
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "prompts").mkdir()
    return tmp_path / "prompts"


def test_the_list_says_version_and_where_each_comes_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "case.md").write_text(OWN, encoding="utf-8")
    assert main(["prompts", "list"]) == 0
    page = capsys.readouterr().out
    assert f"yours: {folder / 'case.md'}\n" in page
    assert main(["prompts", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(rows) == set(NAMES)
    assert all(row["purpose"] and row["fault"] is None for row in rows.values())
    assert rows["case"]["origin"] == "yours" and rows["case"]["version"].startswith("4+user-")
    assert rows["turn"]["origin"] == "built in" and rows["turn"]["version"].isdigit()


def test_a_file_of_the_same_name_takes_the_place_of_the_built_in_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["prompts", "show", "case"])
    built_in = capsys.readouterr().out
    assert built_in.startswith("version: ") and "{{answer}}" in built_in
    (folder / "case.md").write_text(OWN, encoding="utf-8")
    assert main(["prompts", "show", "case"]) == 0
    assert capsys.readouterr().out == OWN
    assert main(["prompts", "show", "case", "--filled", "seed-founder"]) == 0
    assert capsys.readouterr().out.startswith("Q ")


def test_what_is_shown_can_be_saved_as_ones_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in NAMES:
        main(["prompts", "show", name])
        (folder / f"{name}.md").write_text(capsys.readouterr().out, encoding="utf-8")
        assert load_prompt(name).own


def test_two_prompts_of_ones_own_have_different_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = set()
    for number, text in enumerate((OWN, OWN.replace("Q ", "Question: "), OWN)):
        monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path / str(number)))
        (tmp_path / str(number) / "prompts").mkdir(parents=True)
        (tmp_path / str(number) / "prompts" / "case.md").write_text(text, encoding="utf-8")
        versions.add(load_prompt("case").version)
    assert len(versions) == 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (OWN.replace("{{answer}}", ""), "the mark {{answer}} is missing"),
        (OWN + "{{secret}}", "there is no mark {{secret}}"),
        (OWN.replace("{{answer}}", "{{ answer }}"), "there is no mark {{ answer }}"),
        (OWN.replace("{{answer}}", "{{Answer.__class__}}"), "there is no mark {{Answer.__class__}}"),
        ("Hello {{answer}}", "begins with a line 'version: N'"),
        ("", "begins with a line 'version: N'"),
        (b"\xff\xfe", "not UTF-8 text"),
    ],
)
def test_a_prompt_that_cannot_be_used_is_named_with_its_fault(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, named: str
) -> None:
    path = folder / "case.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PromptError) as caught:
        load_prompt("case")
    assert str(path) in str(caught.value) and named in str(caught.value)
    assert main(["prompts", "show", "case"]) == 2
    assert named in capsys.readouterr().err
    assert main(["prompts", "list"]) == 2
    assert named in capsys.readouterr().out
    with pytest.raises(EngineError, match=r"case\.md"):  # before the interview, not in the middle of it
        choose(Settings(transcripts=folder, engine="openai"), environment={"OPENAI_API_KEY": "k"})


def test_an_unknown_name_lists_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "show", "../turn"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in NAMES)
    assert main(["prompts", "show", "turn", "--filled", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("persona", ["seed-founder", "series-b-panel", "big-tech-bar-raiser"])
def test_filled_in_there_is_no_mark_left(name: str, persona: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "show", name, "--filled", persona]) == 0
    text = capsys.readouterr().out
    assert len(text) > 100
    assert "{{" not in text


def test_marks_in_text_from_outside_are_not_filled_in() -> None:
    prompt = Prompt("case", "1", "{{question}} / {{answer}}", Path("case.md"))
    filled = prompt.fill({"question": "{{answer}} {{question}} {0} %s ${answer}", "answer": "{{question}} \\1"})
    assert filled == "{{answer}} {{question}} {0} %s ${answer} / {{question}} \\1\n"
