"""What is good and what is wrong with the brief of a take-home task."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.brief_audit import Aspect, Finding, audit, effort_hours
from interviewer.cli import main
from tests.batch.handed_in import BRIEF

BAD = """\
Machine learning challenge

Please build a production-ready platform that predicts churn. It should have a REST API, a dashboard, a database and
Docker images; use Kubernetes if you can.

Expect it to take about 25 hours. The best submissions will be invited. We may use your work in our product.
"""


def finding(brief: str, aspect: Aspect) -> Finding:
    """What was found in one aspect."""
    return next(one for one in audit(brief).findings if one.aspect == aspect)


def test_a_fair_brief_has_no_red_flag() -> None:
    found = audit(BRIEF)
    assert {one.aspect: one.verdict for one in found.findings} == {
        "time": "good",
        "scope": "good",
        "relevance": "good",
        "evaluation": "good",
        "compensation": "good",
    }
    assert not found.serious and found.hours == 5


def test_a_bad_brief_is_told_what_is_wrong_with_quotes_and_what_to_ask() -> None:
    found = audit(BAD)
    assert {one.flag for one in found.findings if one.verdict == "red-flag"} == {
        "too-long",
        "scope-open",
        "no-criteria",
        "free-labour",
    }
    lines = BAD.split("\n")
    for one in found.findings:
        for quote in one.quotes:
            assert lines[quote.line - 1].split()[0] in BAD and quote.text in " ".join(BAD.split())
        assert one.ask or one.verdict == "good"
    assert found.findings[0].quotes[0].line == 6


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("It should take 4-6 hours.", 6),
        ("It should take four to six hours.", 6),
        ("Spend 2.5 h on it.", 2.5),
        ("A task of 20+ hours", 20),
        ("Return it within 24 hours.", None),
        ("You have a 24-hour window and should need 3 hours of it.", 3),
        ("Submit your work 48 hours after receiving this.", None),
        ("A weekend.", None),
    ],
)
def test_hours_of_work_are_no_deadline(words: str, hours: float | None) -> None:
    assert effort_hours(words) == hours


@pytest.mark.parametrize(
    ("aspect", "brief", "verdict", "flag"),
    [
        ("time", "Take the weekend for it.", "red-flag", "time-unclear"),
        ("time", "Send it back within 24 hours.", "red-flag", "time-unclear"),
        ("time", "Train a model.", "red-flag", "time-unclear"),
        ("time", "It should take 12 hours.", "doubtful", "too-long"),
        ("time", "Plan 20 hours for it.", "red-flag", "too-long"),
        ("scope", "Go wild and impress us.", "red-flag", "scope-open"),
        ("scope", "Train a model.", "doubtful", "scope-open"),
        ("scope", "Please include a notebook. A service is not needed.", "good", None),
        ("relevance", "Predict who survived on the Titanic.", "red-flag", "off-topic"),
        ("relevance", "Train a model.", "doubtful", "off-topic"),
        ("relevance", "We may use your work in our product.", "doubtful", "off-topic"),
        ("relevance", "It is like the work you would do here.", "good", None),
        ("evaluation", "Our engineers will take a look.", "red-flag", "no-criteria"),
        ("evaluation", "We look for good work.", "doubtful", "no-criteria"),
        ("evaluation", "It is judged by code quality, tests and reasoning.", "good", None),
        ("compensation", "Train a model.", "doubtful", None),
        ("compensation", "The task is unpaid.", "doubtful", None),
        ("compensation", "Open a pull request to our repository.", "red-flag", "free-labour"),
        ("compensation", "We pay $200. Open a pull request to our repository.", "good", None),
        ("compensation", "We appreciate your time.", "good", None),
    ],
)
def test_each_aspect(aspect: Aspect, brief: str, verdict: str, flag: str | None) -> None:
    found = finding(brief, aspect)
    assert (found.verdict, found.flag) == (verdict, flag)


def test_the_command_tells_programs_and_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(BRIEF)
    bad.write_text(BAD)
    assert main(["brief", str(good)]) == 0
    assert "No red flags, no doubts." in capsys.readouterr().out
    assert main(["brief", str(bad), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["serious"] and told["hours"] == 25 and len(told["findings"]) == 5
    assert main(["brief", str(tmp_path / "none.md")]) == 2
    assert "There is no file" in capsys.readouterr().err
