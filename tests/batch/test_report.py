"""The report: figures that can be checked by hand, every row accounted for, and nothing claimed of too little."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from interviewer.batch.report import people
from interviewer.batch.report.compose import report_of
from interviewer.batch.report.gather import gather
from interviewer.batch.report.markdown import as_markdown
from interviewer.batch.report.values import Comparison, Figures
from interviewer.batch.writing import write
from interviewer.cli import main
from interviewer.cost import Cost
from interviewer.grading.agreement import agreement
from interviewer.scorecard import Stamp
from tests.batch.papers import STAMP
from tests.batch.reported import Given, batch

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BOTH = {"result": "solid", "ownership": "weak"}


def figures(folder: Path, given: list[Given], stamp: Stamp = STAMP) -> Figures:
    ledger = batch(folder, given, stamp=stamp)
    try:
        return gather(ledger, ledger.every_result())
    finally:
        ledger.close()


def told(found: Figures) -> str:
    return as_markdown(report_of(found, NOON))


def test_every_row_is_under_one_state_with_what_to_do(tmp_path: Path) -> None:
    found = figures(
        tmp_path,
        [
            Given("I cut it by half.", BOTH),
            Given("Nothing.", status="blank"),
            Given("Down.", failure="overloaded"),
            Given("Down again.", failure="authentication"),
            Given("", bad="ragged", id="odd one"),
            Given("I cut it by half.", BOTH, id="twin"),
        ],
    )
    assert {one.status: one.count for one in found.statuses} == {"graded": 2, "failed": 2, "blank": 1, "ragged": 1}
    assert sum(one.count for one in found.statuses) == found.counts.rows == 6
    text = told(found)
    assert "odd one (answers.csv, line 6)" in text.replace("\\", "")
    assert "Set the right one, then run again" in text
    assert "1 row repeats another word for word" in text
    assert "2 answers have no grade yet" in text


def test_levels_are_counted_and_what_is_not_assessed_stands_apart(tmp_path: Path) -> None:
    found = figures(
        tmp_path,
        [
            Given("One.", {"result": "strong", "ownership": "absent"}),
            Given("Two.", {"result": "strong"}),
            Given("Three.", {"result": "weak"}),
            Given("Four."),
        ],
    )
    (rubric,) = found.rubrics
    result, ownership = rubric.criteria
    assert {one.level.id: one.count for one in result.levels} == {"absent": 0, "weak": 1, "solid": 0, "strong": 2}
    assert (result.assessed, result.not_assessed) == (3, 1)
    assert result.mean == pytest.approx(7 / 9)
    assert (ownership.assessed, ownership.not_assessed, ownership.mean) == (1, 3, 0)
    assert (rubric.graded, rubric.rated, rubric.bins) == (4, 3, (0, 0, 0, 1, 0, 1, 0, 0, 0, 1))
    assert rubric.mean == pytest.approx((0.5 + 1 + 1 / 3) / 3)


def test_examples_show_their_level_their_evidence_and_are_always_the_same(tmp_path: Path) -> None:
    long = "I did it myself. " * 200
    given = [Given(f"Short number {place}. I cut it to {place}.", BOTH, cites="I cut") for place in range(30)]
    readable = "We had a slow page, and nobody knew why it was slow until I measured it. I cut it to a tenth."
    given += [Given(long, BOTH), Given(readable, BOTH, cites="I cut", id="the readable one")]
    (rubric,) = figures(tmp_path / "a", given).rubrics
    examples = {one.level.id: one.examples for one in rubric.criteria[0].levels}
    first, second = examples["solid"]
    assert not examples["weak"]
    assert (first.id, first.level, first.reasoning) == ("the readable one", "Solid", "Since result is solid.")
    assert [text for text, marked in first.passages[0].pieces if marked] == ["I cut it to a tenth."]
    assert "".join(text for text, _ in first.passages[0].pieces) == readable
    assert len(second.passages[0].pieces) > 1
    (again,) = figures(tmp_path / "b", given).rubrics
    assert again == rubric


def test_a_question_counts_as_hard_only_with_enough_answers(tmp_path: Path) -> None:
    given = [Given(f"Easy {place}.", {"result": "strong"}, question="Easy?") for place in range(8)]
    given += [
        Given(f"Hard {place}.", {"result": ("absent", "weak")[place % 2]}, question="Hard?") for place in range(8)
    ]
    given += [Given(f"Rare {place}.", {"result": "absent"}, question="Rare?") for place in range(7)]
    everything = figures(tmp_path, given)
    found = everything.questions
    assert (found.asked, found.enough) == (3, 2)
    hard, easy = found.hardest
    assert (hard.text, hard.answers) == ("Hard?", 8)
    assert hard.mean == pytest.approx(1 / 6)
    assert hard.interval is not None
    half = 2.364624 * (8 / 7 / 36) ** 0.5 / 8**0.5  # Student's t for 7 degrees of freedom, from a table
    assert hard.interval.low == pytest.approx(1 / 6 - half, abs=1e-4)
    assert hard.interval.high == pytest.approx(1 / 6 + half, abs=1e-4)
    assert easy.interval is None
    assert "Rare?" not in told(everything).split("## Hardest questions")[1].split("## ")[0]


def test_what_graders_differ_on_is_counted_and_shown_furthest_first(tmp_path: Path) -> None:
    found = figures(
        tmp_path,
        [
            Given("One.", BOTH, votes={"result": ("solid", "solid"), "ownership": ("weak", "weak")}),
            Given("Two.", BOTH, votes={"result": ("solid", "strong"), "ownership": ("weak", "strong")}),
            Given("Three.", BOTH, votes={"result": ("absent", "strong"), "ownership": ("weak", "weak")}, id="torn"),
        ],
    )
    spread = found.rubrics[0].criteria[0].spread
    assert spread is not None
    assert (spread.same, spread.one_level, spread.further, spread.disputed) == (1, 1, 1, 1)
    assert [(one.id, one.votes) for one in found.disputed] == [("torn", "Absent to Strong"), ("id-2", "Weak to Strong")]
    assert "Where graders differ" in told(found)


def test_one_grader_alone_differs_from_nobody(tmp_path: Path) -> None:
    assert "Where graders differ" not in told(figures(tmp_path, [Given("One.", BOTH)]))


def test_grades_are_compared_with_those_of_people(tmp_path: Path) -> None:
    levels = ["absent", "weak", "solid", "strong"] * 6
    people_gave = [0, 2, 6, 9, 1, 3, 5, 7] * 3  # on a scale of 0 to 9, where a level is 3
    given = [
        Given(f"Answer {place}.", {"result": level, "ownership": level}, question=f"Q{place % 6}?",
              gold={"overall": gold, "result": gold}, scale=(0, 9))
        for place, (level, gold) in enumerate(zip(levels, people_gave, strict=True))
    ]  # fmt: skip
    given.append(Given("Blank.", status="blank", gold={"overall": 9.0}, scale=(0, 9)))
    found = figures(tmp_path, given)
    whole, result = found.comparisons
    assert (whole.criterion, result.criterion and result.criterion.id) == (None, "result")
    place_of = {"absent": 0, "weak": 1, "solid": 2, "strong": 3}
    here, nearest = [place_of[level] for level in levels], [0, 1, 2, 3, 0, 1, 2, 2] * 3
    by_hand = agreement(here, nearest)
    assert whole.levels.exact.value == by_hand.exact == 7 / 8
    assert whole.levels.kappa.value == pytest.approx(by_hand.kappa)
    plain = agreement([place / 3 for place in here], [gold / 9 for gold in people_gave])
    assert whole.shares.pearson.value == pytest.approx(plain.pearson)
    assert whole.shares.spearman.value == pytest.approx(plain.spearman)
    assert whole.shares.bias.value == pytest.approx(plain.bias)
    assert whole.shares.bias.interval is not None
    assert (whole.levels.answers, whole.levels.clusters) == (24, 6)
    assert whole.confusion[2] == (0, 0, 6, 3)
    assert [(band.name, band.measured.answers) for band in whole.bands] == [("low", 9), ("middling", 6), ("high", 9)]
    assert (whole.left_out, whole.left_out_mean) == ({"blank": 1}, 1)
    assert whole.people is None
    assert [one.level for one in result.furthest] == ["Strong"] * 3
    text = told(found)
    assert "People graded from 0 to 9." in text
    assert "1 blank" in text


def test_without_a_named_scale_the_grades_that_there_are_span_it_and_that_is_said(tmp_path: Path) -> None:
    given = [Given(f"Answer {place}.", BOTH, gold={"overall": place}) for place in (1, 2, 5)]
    found = figures(tmp_path, given)
    assert (found.comparisons[0].named, found.comparisons[0].seen) == ((), (1, 5))
    assert "no scale is named" in told(found)


def test_each_row_is_put_on_the_scale_that_it_names(tmp_path: Path) -> None:
    given = [
        Given("One.", {"result": "strong"}, gold={"overall": 2}, scale=(0, 2)),
        Given("Two.", {"result": "strong"}, gold={"overall": 10}, scale=(0, 10)),
    ]
    whole = figures(tmp_path, given).comparisons[0]
    assert whole.levels.exact.value == 1


def test_people_are_compared_with_each_other(tmp_path: Path) -> None:
    pairs = [(0, 0), (1, 1), (2, 3), (3, 3), (0, 1), (2, 2)]
    given = [
        Given(f"Answer {place}.", BOTH, question=f"Q{place % 3}?", gold={"overall": (one + other) / 2},
              raters={"overall": (one, other)}, scale=(0, 3))
        for place, (one, other) in enumerate(pairs)
    ]  # fmt: skip
    whole = figures(tmp_path, given).comparisons[0]
    assert whole.people is not None
    by_hand = agreement([one for one, _ in pairs], [other for _, other in pairs])
    assert (whole.people.answers, whole.people.exact.value) == (6, 4 / 6)
    assert whole.people.kappa.value == pytest.approx(by_hand.kappa)


def test_of_very_many_answers_a_fair_sample_is_compared_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "MOST_PAIRS", 10)
    given = [
        Given(f"Answer {place}.", {"result": "strong" if place % 2 else "weak"}, gold={"overall": place % 4})
        for place in range(40)
    ]
    found = figures(tmp_path, given)
    whole: Comparison = found.comparisons[0]
    assert (whole.levels.answers, whole.graded) == (10, 40)
    assert "10 of 40 answers, drawn by chance" in told(found)


def test_grades_of_what_the_rubric_does_not_judge_are_named(tmp_path: Path) -> None:
    text = told(figures(tmp_path, [Given("One.", BOTH, gold={"charm": 3})]))
    assert "“charm” (1) are not compared" in text


def test_cost_and_what_is_not_known_of_it(tmp_path: Path) -> None:
    cost = Cost(calls=1, sent=1000, cached=750, received=100, dollars=Decimal("0.02"))
    unpriced = Cost(calls=1, sent=1000, received=100, unpriced=1)
    text = told(figures(tmp_path, [Given("One.", BOTH, cost=cost), Given("Two.", BOTH, cost=unpriced)]))
    section = text.replace("\\", "").split("## Cost")[1]
    assert "- Price: $0.02" in section
    assert "- Of these from a cache: 38%" in section
    assert "The price of 1 call is not known" in section
    assert "nothing was paid" in told(figures(tmp_path / "free", [Given("One.", BOTH)]))


def test_who_graded_and_that_nobody_measured_it(tmp_path: Path) -> None:
    stamp = Stamp(
        engine="fake", engine_version="7", model="m-1", prompt_version="grade 3", calibration="not calibrated"
    )
    text = told(figures(tmp_path, [Given("One.", BOTH)], stamp)).replace("\\", "")
    assert "| fake | 7 | m-1 | grade 3 | 1 | 1 |" in text
    assert "Not calibrated" in text
    assert "treat grades as a first reading" in text


def test_before_anything_is_graded_there_is_a_report_that_says_so(tmp_path: Path) -> None:
    text = told(figures(tmp_path, [Given("", bad="unreadable")]))
    assert "Nothing is rated yet" in text
    assert "unreadable" in text


def test_both_files_are_put_in_place_whole_and_for_nobody_else(tmp_path: Path) -> None:
    ledger = batch(tmp_path, [Given("One.", BOTH)])
    write(ledger, tmp_path, written=NOON)
    ledger.close()
    for name in ("report.html", "report.md"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
        assert "2026-03-04 12:00 UTC" in (tmp_path / name).read_text(encoding="utf-8").replace("\\", "")
    assert not list(tmp_path.glob(".report*"))


def test_the_command_writes_the_report_beside_the_grades(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "answers.csv"
    source.write_text(
        "id,question,answer,score\n"
        '1,What is overfitting?,"The model fits noise: training error falls to 2 percent, test error does not.",3\n'
        "2,What is overfitting?,,0\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    arguments = ["grade", str(source), "--rubric", "ml-concepts", "--out", str(out), "--at-once", "1"]
    assert main(arguments) == 0
    assert "report.html, report.md, grades.csv, grades.jsonl" in capsys.readouterr().out
    assert {"report.html", "report.md", "grades.csv", "grades.jsonl"} <= {path.name for path in out.iterdir()}
    text = (out / "report.md").read_text(encoding="utf-8")
    assert "| empty-answer | 1 | 50% |" in text.replace("\\", "")
    assert "Agreement with people" in text
