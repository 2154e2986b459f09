"""Every kind of fault is found, on its line, with nothing else reported beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.planted import PLANTED
from tests.library.samples import BANK, PERSONA, RUBRIC, SAMPLES, check_texts, marked, planted


@pytest.mark.parametrize(("sample", "changes", "words"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_one_fault_is_one_report_on_its_line(
    tmp_path: Path, sample: str, changes: list[tuple[str, str]], words: str
) -> None:
    text = planted(SAMPLES[sample], *changes)
    report = check_texts(tmp_path, **{sample: text})
    found = [(Path(fault.file).stem, fault.line) for fault in report.faults]
    assert set(found) == {(sample, line) for line in marked(text)}, [str(fault) for fault in report.faults]
    assert any(words in str(fault) for fault in report.faults), [str(fault) for fault in report.faults]


def test_the_samples_are_fine(tmp_path: Path) -> None:
    report = check_texts(tmp_path)
    assert report.faults == report.advice == report.unreadable == ()
    assert len(report.files) == 3


def test_phrases_for_handing_over_are_needed_by_several_people_only(tmp_path: Path) -> None:
    without = planted(PERSONA, ('      hand_over: ["Over to you, {name}."]\n', ""))
    several = check_texts(tmp_path, persona=without).faults
    assert ["`hand_over`" in fault.problem for fault in several] == [True, True]
    bob = without[without.index("  - id: bob") : without.index("company:")]
    alone = planted(without, (bob, ""), ("lead: bob", "lead: ada"), ("rule: panel", "rule: gut"))
    assert check_texts(tmp_path, persona=alone).faults == ()


def test_a_panel_of_one(tmp_path: Path) -> None:
    bob = PERSONA[PERSONA.index("  - id: bob") : PERSONA.index("company:")]
    alone = planted(PERSONA, (bob, ""), ("lead: bob", "lead: ada"), ("rule: panel", "rule: panel #!"))
    (fault,) = check_texts(tmp_path, persona=alone).faults
    assert fault.line == marked(alone)[0]
    assert "two people" in fault.problem


def test_the_reserved_level(tmp_path: Path) -> None:
    rubric = planted(
        RUBRIC,
        ("{id: low,", "{id: not-assessed,"),
        ("low: Says", "not-assessed: Says"),
        ("low: No", "not-assessed: No"),
    )
    (fault,) = check_texts(tmp_path, rubric=rubric).faults
    assert fault.line == 6
    assert "reserved" in fault.problem


def test_a_rubric_that_the_decision_leaves_out_and_one_without_questions(tmp_path: Path) -> None:
    other = RUBRIC.replace("id: depth", "id: breadth")
    bank = planted(BANK, ("stages: [seed]\n    rubric: depth", "stages: [seed]\n    rubric: breadth"))
    persona = planted(PERSONA, ("    rubric: depth\n    q", "    q"))
    (fault,) = check_texts(tmp_path, other=other, bank=bank, persona=persona).faults
    assert "`breadth`, which the decision does not count" in fault.problem
    both = planted(persona, ("    depth: 1", "    depth: 0.5\n    breadth: 0.5"))
    assert check_texts(tmp_path, bank=bank, persona=both).faults == ()
    (fault,) = check_texts(tmp_path, bank=BANK, persona=both).faults
    assert "no question of the plan is under the rubric `breadth`" in fault.problem


def test_an_id_used_twice_in_two_files(tmp_path: Path) -> None:
    bank = BANK.replace("id: basics", "id: more")
    faults = check_texts(tmp_path, more=bank, again=RUBRIC).faults
    assert [(Path(f.file).name, f.line) for f in faults] == [
        ("more.yaml", 5),
        ("more.yaml", 37),
        ("rubric.yaml", 1),
    ]
    assert f"{tmp_path / 'bank.yaml'}:5" in faults[0].problem


def test_a_cue_that_the_question_itself_holds_is_advice(tmp_path: Path) -> None:
    bank = planted(BANK, ("[baseline, simple rule]", "[baseline, A MODEL that] #!"))
    report = check_texts(tmp_path, bank=bank)
    assert report.faults == ()
    assert [remark.line for remark in report.advice] == marked(bank)


def test_eight_kinds_in_one_file(tmp_path: Path) -> None:
    rubric = planted(
        RUBRIC,
        ("version: 1\n", "version: 1\nversion: 2 #!\n"),
        ("title: Depth", "tilte: Depth #!"),
        ("value: 3}", "value: 0} #!"),
        ("criteria:", "criteria: #!"),
        ("weight: 0.6", "weight: 0.7"),
        ("gate: mid", "gate: middle #!"),
        ("type: deepen", "type: deeper #!"),
        ("- id: outcome", "- id: method #!"),
        ("high: An outcome with a figure.", 'high: "An \\x07" #!'),
    )
    report = check_texts(tmp_path, rubric=rubric)
    mine = [fault.line for fault in report.faults if fault.file.endswith("rubric.yaml")]
    assert mine == marked(rubric)
    assert len(mine) == 8


def test_many_faults_in_three_files_in_one_pass(tmp_path: Path) -> None:
    """Faults that do not hide one another are planted together; all of them are reported at once."""
    alone = {
        "text for a number",
        "true for a number",
        "fraction for a whole",
        "weights",
        "criterion twice",
        "bad id",
    }
    alone |= {"levels equal", "out of range", "anchor missing", "gate", "unknown criterion", "question twice"}
    alone |= {
        "nothing for the stage",
        "no bank",
        "no questions",
        "asks none",
        "bank",
        "twist",
        "pool too small",
    }
    texts = dict(SAMPLES)
    number = 0
    for name, sample, changes, _ in PLANTED:
        if name in alone or any(texts[sample].count(old) != 1 for old, _ in changes):
            continue
        texts[sample] = planted(texts[sample], *changes)
        number += 1
    report = check_texts(tmp_path, **texts)
    found = {(Path(fault.file).stem, fault.line) for fault in report.faults}
    expected = {(name, line) for name, text in texts.items() for line in marked(text)}
    assert number >= 40
    assert len(expected) >= 40
    assert expected <= found
    assert list(report.faults) == sorted(report.faults)
