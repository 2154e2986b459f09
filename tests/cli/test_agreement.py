"""`interviewer agreement` measures, records what it measured, and pays for nothing twice."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from interviewer.batch.ledger import LEDGER
from interviewer.cli import FAULTS, USAGE, main
from tests.loopback import KEY, Loopback
from tests.loopback.faults import fails

QUESTIONS = ("What is overfitting?", "Why is validation data kept apart?", "What does dropout do?")
ANSWERS = (
    ("I don't know.", 0),
    ("A model learns the noise of the training data, because it has too much capacity, so it fails on new data.", 4),
    ("We saw training accuracy of 99 % and 71 % on validation, which means it memorised; I added weight decay.", 5),
    ("It is bad.", 1),
)


def gold(path: Path, copies: int = 4, criterion: bool = False) -> Path:
    """A file of graded answers: two people, a scale from 0 to 5, one row without an answer."""
    rows: list[dict[str, Any]] = [
        {
            "id": f"a{number}-{place}-{copy}",
            "question": question,
            "reference": "A model that learns noise does badly on data that it has not seen.",
            "answer": f"{text} Case {copy}." if copy else text,
            "human": [grade, max(0, grade - 1)],
            "scale": [0, 5],
            "group": f"g{number}",
            **({"gold_mechanism": grade // 2, "gold_style": 1} if criterion else {}),
        }
        for number, question in enumerate(QUESTIONS)
        for place, (text, grade) in enumerate(ANSWERS)
        for copy in range(copies)
    ]
    rows.append({**rows[0], "id": "empty", "answer": " "})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `interviewer agreement` in folders of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    capfd.readouterr()

    def ran(*arguments: str) -> Done:
        code = main(["agreement", *arguments])
        return Done(code, *capfd.readouterr())

    return ran


def records(folder: Path) -> Sequence[Path]:
    return sorted((folder / "config" / "calibration").glob("*.json"))


def test_measured_recorded_and_cited(run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = str(gold(tmp_path / "gold.jsonl", copies=9, criterion=True))
    words = (source, "--rubric", "ml-concepts", "--at-once", "1")
    page = run(*words)
    assert page.code == 0, page.err
    assert "The whole answer" in page.out
    assert "People graded from 0 to 5." in page.out
    assert "1 empty-answer" in page.out
    assert "people, 2 by 2" in page.out
    assert max(map(len, page.out[page.out.index("Agreement with") :].splitlines())) <= 80
    (path,) = records(tmp_path)
    assert f"Recorded in {path}" in page.err
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["graded_set"], kept["rubrics"]) == ("gold.jsonl", {"ml-concepts": 1})
    assert kept["figures"]["overall"]["answers"] + sum(kept["figures"]["overall"]["ungraded"].values()) == 109

    listed = run("--list")
    assert "* offline" in listed.out
    assert "gold.jsonl" in listed.out
    main(["doctor"])
    assert "Agreement   QWK" in capfd.readouterr().out

    again = run(*words, "--json", "--no-record")
    assert "To grade: 0 answers" in again.err  # it is all in the ledger
    overall = again.data["comparisons"][0]
    assert overall["figures"]["questions"] <= 3
    assert overall["person_against_person"]["answers"] == 109
    assert overall["nothing_to_rate_as_lowest"]["answers"] > overall["figures"]["answers"]
    assert sum(map(sum, overall["confusion"]["people_by_given"])) == overall["figures"]["answers"]
    assert {one["state"] for one in overall["not_graded"]} >= {"no-attempt", "empty-answer"}
    assert "People's grades of `style` are not compared" in again.err


def test_without_a_terminal_money_is_spent_only_if_that_was_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setattr("sys.stdin", StringIO())
    source = str(gold(tmp_path / "gold.jsonl", copies=1))
    done = run(source, "--rubric", "ml-concepts", "--engine", "anthropic", "--base-url", "http://[::1]:1")
    assert done.code == USAGE
    assert "--yes" in done.err


def test_a_part_is_measured_and_not_recorded(run: Run, tmp_path: Path) -> None:
    source = str(gold(tmp_path / "gold.jsonl", copies=1))
    kept = tmp_path / "kept"
    part = run(source, "--rubric", "ml-concepts", "--at-once", "1", "--limit", "3", "--out", str(kept))
    assert part.code == 0
    assert "9 answers have no grade yet" in part.err
    assert (kept / LEDGER).exists()
    assert records(tmp_path) == []


@pytest.mark.parametrize(("by", "pearson"), [("length", 0.8), ("tf-idf", 0.05), ("reference", 0.2)])
def test_predictors_are_measured_without_grading(run: Run, tmp_path: Path, by: str, pearson: float) -> None:
    done = run(str(gold(tmp_path / "gold.jsonl")), "--by", by, "--json")
    assert done.code == 0, done.err
    (one,) = done.data["comparisons"]
    assert (one["figures"]["answers"], one["figures"]["questions"]) == (49, 3)  # the row without an answer too
    assert one["figures"]["pearson"]["value"] > pearson
    assert one["pearson_on_unseen_questions"]["low"] is not None
    assert done.data["record"] is None
    assert not records(tmp_path)
    assert not (tmp_path / "cache").exists()


def test_what_is_missing_is_told(run: Run, tmp_path: Path) -> None:
    source = gold(tmp_path / "gold.jsonl", copies=1)
    bare = tmp_path / "bare.csv"
    bare.write_text("id,question,answer\n1,What is it?,A thing.\n", encoding="utf-8")
    graded = tmp_path / "graded.csv"
    graded.write_text("id,question,answer,score\n1,What is it?,A thing.,3\n", encoding="utf-8")
    for words, told in (
        ((), "which answers did people grade?"),
        ((str(source),), "--rubric ID"),
        ((str(source), "--rubric", "none-such"), "none-such"),
        ((str(tmp_path / "nowhere.csv"), "--by", "length"), "nowhere.csv"),
        ((str(bare), "--rubric", "ml-concepts"), "--gold-column"),
        ((str(bare), "--by", "length"), "--gold-column"),
        ((str(graded), "--by", "tf-idf"), "--reference-column"),
    ):
        done = run(*words)
        assert (done.code, done.out.count("Agreement with")) == (USAGE, 0), done
        assert told in done.err


def test_a_damaged_record_disturbs_nothing(run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "config" / "calibration"
    folder.mkdir(parents=True)
    (folder / "bad.json").write_text("{", encoding="utf-8")
    listed = run("--list")
    assert "bad.json is no calibration record" in listed.err
    assert "Nothing yet" in listed.out
    assert run("--list", "--json").data == []
    assert main(["doctor"]) == FAULTS
    assert "bad.json" in capfd.readouterr().out


def test_a_model_is_paid_once(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: Loopback,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("INTERVIEWER_BASE_URL", server.url)
    source = str(gold(tmp_path / "gold.jsonl"))
    words = (source, "--rubric", "ml-concepts", "--engine", "anthropic", "--grade-model", "claude-sonnet-5-5", "--json")
    refused = run(*words)
    assert "say --yes" in refused.err
    assert len(server.requests) == 0
    server.faults.extend([fails(400)])
    first = run(*words, "--yes")
    assert first.code == FAULTS
    assert "have no grade yet" in first.err
    calls = len(server.requests)
    second = run(*words, "--yes")
    assert second.code == 0, second.err
    assert len(server.requests) == calls + 1
    assert second.data["record"]["stamp"]["model"] == "claude-sonnet-5-5"
    assert "claude-sonnet-5-5" in run("--list", "--engine", "anthropic", "--grade-model", "claude-sonnet-5-5").out
