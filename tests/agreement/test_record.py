"""What is recorded of a measurement, and what says too little to be."""

from __future__ import annotations

from datetime import UTC, datetime

from interviewer.agreement.compare import Comparison, compare
from interviewer.agreement.items import Item
from interviewer.agreement.record import record_of, why_not
from interviewer.agreement.scale import Scale
from tests.grading.made import STAMP

FIVE = Scale(0, 5, known=True)


def measured(answers: int = 40, questions: int = 8, same: bool = False) -> Comparison:
    items = [
        Item(f"q{place % questions}", place % 6, (place % 6, 5), given=0.4 if same else (place % 5) / 5)
        for place in range(answers)
    ]
    return compare("overall", [*items, Item("q0", 5 if same else 1, state="blank")], FIVE)


def test_what_says_too_little_is_not_recorded_and_it_is_said_why() -> None:
    assert why_not([measured()], pending=0) == ""
    assert "12 answers have no grade yet" in why_not([measured()], pending=12)
    assert "it takes 30" in why_not([measured(answers=29)], pending=0)
    assert "one question" in why_not([measured(questions=1)], pending=0)
    alike = compare("overall", [Item(f"q{place}", 2, given=0.4) for place in range(40)], FIVE)
    assert "not defined" in why_not([alike], pending=0)


def test_a_record_holds_every_figure_with_its_interval() -> None:
    one = measured()
    record = record_of("a\x1b[31m set\n", STAMP, {"r": 3}, [one], datetime(2026, 3, 4, tzinfo=UTC))
    assert record.graded_set == "a set"
    kept = record.figures["overall"]
    assert (kept.answers, kept.questions, kept.scale, kept.ungraded) == (40, 8, (0, 5), {"blank": 1})
    for name in ("exact", "within_one", "pearson", "spearman", "kappa", "bias"):
        estimate, figure = getattr(kept, name), getattr(one.figures, name)
        assert (estimate.value, estimate.low, estimate.high) == (
            figure.value,
            figure.interval.low,
            figure.interval.high,
        )
    assert kept.people_kappa is not None
