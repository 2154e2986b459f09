"""What was measured of a grader is kept, and cited by that very grader and by no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewer.engines.choose import choose
from interviewer.grading.calibration import Agreement, Calibration, Calibrations, Estimate, as_it_is
from interviewer.grading.calibration_folder import FOLDER, LARGEST, keep, read
from interviewer.grading.several import SeveralGraders
from interviewer.scorecard import Stamp
from interviewer.scorecard_text.words import stamp_sentence
from interviewer.settings import Settings
from tests.grading.made import STAMP

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MODEL = Stamp(engine="openai", engine_version="1", model="m-1", prompt_version="grade 2", calibration="not calibrated")


def record(
    stamp: Stamp = MODEL, kappa: float = 0.61, measured: datetime = NOW, name: str = "exam.csv", rubric: str = "r"
) -> Calibration:
    figures = Agreement(
        answers=80,
        questions=20,
        scale=(0, 5),
        kappa=Estimate(value=kappa, low=kappa - 0.1, high=kappa + 0.1),
        pearson=Estimate(value=0.7),
        ungraded={"blank": 3},
    )
    return Calibration(
        graded_set=name, measured=measured, stamp=stamp, rubrics={rubric: 2}, figures={"overall": figures}
    )


def test_the_very_same_grader_cites_it_and_no_other_does() -> None:
    known = Calibrations((record(),))
    cited = known.cite(MODEL).calibration
    assert "QWK .61 (.51 to .71), Pearson .70" in cited
    assert "80 of 83 answers to 20 questions (exam.csv, rubric r 2, 2026-03-04)" in cited
    assert "little of other rubrics" in cited
    assert "Measured agreement: QWK .61" in stamp_sentence(known.cite(MODEL))
    for other in ({"model": "m-2"}, {"prompt_version": "grade 3"}, {"engine_version": "2"}, {"samples": 3}):
        stamp = MODEL.model_copy(update=other)
        assert known.cite(stamp) == stamp


def test_what_a_grader_cites_is_no_part_of_who_it_is() -> None:
    known = Calibrations((record(MODEL.model_copy(update={"calibration": "QWK .2"})),))
    assert known.cite(MODEL).calibration != MODEL.calibration


def test_the_latest_of_each_set_and_rubric_counts() -> None:
    later = NOW + timedelta(days=3)
    known = Calibrations((record(), record(kappa=0.44, measured=later), record(name="other.csv"), record(rubric="s")))
    found = known.of(MODEL)
    assert [(one.graded_set, *one.rubrics, one.figures["overall"].kappa.value) for one in found] == [  # type: ignore[union-attr]
        ("exam.csv", "r", 0.44),
        ("other.csv", "r", 0.61),
        ("exam.csv", "s", 0.61),
    ]


def test_few_records_are_cited_and_the_others_are_counted() -> None:
    known = Calibrations(tuple(record(name=f"set {number}") for number in range(5)))
    assert known.cite(MODEL).calibration.count("QWK") == 3
    assert "2 more are kept" in known.cite(MODEL).calibration


def test_without_a_figure_for_the_whole_answer_the_span_of_the_criteria_is_cited() -> None:
    one = record()
    criteria = {
        name: one.figures["overall"].model_copy(update={"kappa": Estimate(value=kappa)})
        for name, kappa in (("a", 0.3), ("b", -0.05))
    }
    assert one.model_copy(update={"figures": criteria}).told().startswith("QWK -.05 to .30 by criterion")


def test_records_are_kept_and_read_again(tmp_path: Path) -> None:
    assert read(tmp_path).calibrations.records == ()
    path = keep(tmp_path, record())
    assert keep(tmp_path, record(kappa=0.2, measured=NOW + timedelta(1))) == path  # measured again: it takes its place
    keep(tmp_path, record(name="../../etc/passwd"))
    kept = read(tmp_path)
    assert {one.parent for one in tmp_path.rglob("*.json")} == {tmp_path / FOLDER}
    assert sorted(one.graded_set for one in kept.calibrations.records) == ["../../etc/passwd", "exam.csv"]
    assert kept.problems == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b'{"format": 2}', b"[" * 100_000, b" " * (LARGEST + 1)])
def test_a_damaged_record_is_told_and_passed_over(tmp_path: Path, damage: bytes) -> None:
    keep(tmp_path, record())
    (tmp_path / FOLDER / "bad.json").write_bytes(damage)
    kept = read(tmp_path)
    assert len(kept.calibrations.records) == 1
    assert len(kept.problems) == 1
    assert "bad.json is no calibration record" in kept.problems[0]


def test_a_folder_that_is_a_file_keeps_nobody_from_grading(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("", encoding="utf-8")
    assert read(tmp_path).calibrations.records == ()


def test_every_engine_cites_what_was_measured_of_it(tmp_path: Path) -> None:
    environment = {"INTERVIEWER_CONFIG_DIR": str(tmp_path), "OPENAI_API_KEY": "k"}
    rules = Settings(transcripts=tmp_path, engine="offline")
    for settings in (
        rules,
        Settings(transcripts=tmp_path, engine="openai", grade_model="m-1"),
        Settings(transcripts=tmp_path, engine="openai", grade_model="m-1", samples=3),
        Settings(transcripts=tmp_path, engine="offline", graders=("offline", "openai:m-1")),
    ):
        before = choose(settings, environment=environment).grader.stamp
        assert "exam.csv" not in before.calibration
        keep(tmp_path, record(before))
        assert "exam.csv" in choose(settings, environment=environment).grader.stamp.calibration


def test_of_parts_nothing_follows_for_the_whole() -> None:
    class One:
        stamp = STAMP.model_copy(update={"calibration": "QWK .9"})

    assert SeveralGraders([(One(), 2)], as_it_is).stamp.calibration == "not calibrated"  # type: ignore[list-item]
