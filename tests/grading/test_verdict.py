"""From totals and gates to a verdict, by rules that anyone can check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.combine import Total
from interviewer.grading.verdict import Heard, by_threshold, find_veto, recommend_level, rule
from interviewer.persona import Decision, Thresholds, Verdict
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Grade, Veto
from tests import sample
from tests.grading import made

ORDER: list[Verdict] = ["strong-no", "no", "yes", "strong-yes"]
VETO = Veto(criterion="result", evidence=made.evidence("I made the figure up."), reason="made up")
LADDER = [
    {"id": name, "title": name.upper(), "at_least": least, "looks_like": f"As {name} does."}
    for name, least in (("l4", 0.0), ("l5", 0.5), ("l6", 0.8))
]


WHOLE = Heard(rated=6, asked=6, planned=6)


def verdict(share: float | None, assessed: float = 1.0, heard: Heard = WHOLE) -> Verdict:
    return rule(made.decision("gut"), Total(share, assessed), (), heard).verdict


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, "strong-no"),
        (0.29, "strong-no"),
        (0.3, "no"),
        (0.54, "no"),
        (0.55, "yes"),
        (0.8, "strong-yes"),
        (1, "strong-yes"),
    ],
)
def test_the_total_alone_gives_a_verdict_by_threshold(share: float, expected: str) -> None:
    assert verdict(share) == expected


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_a_better_total_never_gives_a_worse_verdict(shares: list[float], limits: list[float]) -> None:
    low, high = sorted(shares)
    no, yes, strong = sorted(limits)
    thresholds = Thresholds(no=no, yes=yes, strong_yes=strong)
    worse, better = by_threshold(low, thresholds), by_threshold(high, thresholds)
    assert ORDER.index(worse) <= ORDER.index(better)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 12), st.integers(0, 12), st.integers(1, 12))
def test_every_total_gets_a_verdict_and_a_reason(
    share: float, assessed: float, rated: int, more: int, planned: int
) -> None:
    heard = Heard(rated, rated + more, planned)
    ruling = rule(made.decision(), Total(share, assessed), (), heard)
    too_little = rated == 0 or more > rated or 3 * rated < planned
    assert (ruling.verdict == "no-decision") == (assessed < 0.5 or too_little)
    assert ruling.why


def test_too_little_gives_no_decision_and_says_so() -> None:
    assert verdict(None, 0.0) == "no-decision"
    assert verdict(1.0, assessed=0.49) == "no-decision"
    assert verdict(1.0, heard=Heard(2, 5, 5)) == "no-decision"
    assert verdict(1.0, assessed=0.5, heard=Heard(3, 6, 6)) == "strong-yes"
    why = rule(made.decision(), Total(0.9, 0.2), (), Heard(1, 4, 5)).why
    assert "1 of the 4 questions asked" in why
    assert "20%" in why


def test_an_interview_that_was_broken_off_after_one_answer_decides_nothing() -> None:
    assert verdict(0.1, heard=Heard(1, 1, 6)) == "no-decision"
    assert verdict(0.1, heard=Heard(2, 2, 6)) == "strong-no"


def test_a_failed_gate_keeps_the_verdict_from_being_positive() -> None:
    results = [made.result("result", 0.0, gate_failed=True), made.result("ownership", 1.0)]
    ruling = rule(made.decision(), Total(0.9, 1.0), results, WHOLE)
    assert ruling.verdict == "no"
    assert "Result is a gate" in ruling.why


def test_a_failed_gate_makes_a_negative_verdict_no_worse() -> None:
    results = [made.result("result", 0.0, gate_failed=True)]
    assert rule(made.decision(), Total(0.4, 1.0), results, WHOLE).verdict == "no"
    assert rule(made.decision(), Total(0.1, 1.0), results, WHOLE).verdict == "strong-no"


@pytest.mark.parametrize(("kind", "expected"), [("gut", "no"), ("panel", "yes"), ("bar-raiser", "yes")])
def test_a_weak_heavy_signal_decides_only_by_gut(kind: str, expected: str) -> None:
    decision = made.decision(kind, heavy=["result"], levels=LADDER)
    results = [made.result("result", 0.2), made.result("ownership", 1.0)]
    assert rule(decision, Total(0.7, 1.0), results, WHOLE).verdict == expected


def test_a_heavy_signal_that_was_not_assessed_holds_nothing_down() -> None:
    decision = made.decision("gut", heavy=["result"])
    assert rule(decision, Total(0.7, 1.0), [made.result("result", None)], WHOLE).verdict == "yes"


@pytest.mark.parametrize(("share", "expected"), [(0.9, "no"), (0.6, "no"), (0.4, "no"), (0.1, "strong-no")])
def test_a_veto_bites_on_a_positive_verdict_only(share: float, expected: str) -> None:
    ruling = rule(bar_raiser(), Total(share, 1.0), (), WHOLE, VETO)
    assert ruling.verdict == expected
    assert ("Vetoed" in ruling.why) == (share >= 0.55)


def test_a_veto_does_not_replace_no_decision() -> None:
    assert rule(bar_raiser(), Total(None, 0.0), (), Heard(0, 0, 6), VETO).verdict == "no-decision"


def bar_raiser(**more: object) -> Decision:
    return made.decision("bar-raiser", levels=LADDER, veto=["result"], **more)


@pytest.mark.parametrize(
    ("grade", "found"),
    [
        (made.grade({"result": "absent", "ownership": "strong"}), True),
        (made.grade({"result": "absent", "ownership": "strong"}, quotes=0), False),
        (made.grade({"result": "weak", "ownership": "strong"}), False),
        (made.grade({"result": "strong", "ownership": "absent"}), False),
        (made.grade({"result": NOT_ASSESSED, "ownership": "strong"}), False),
    ],
    ids=["lowest with a quote", "no quote", "not the lowest", "may not be cited", "not assessed"],
)
def test_a_veto_needs_a_citable_criterion_at_the_lowest_level_with_a_quote(grade: Grade, found: bool) -> None:
    veto = find_veto(bar_raiser(), [sample.rubric()], [grade])
    assert (veto is not None) is found
    if veto is not None:
        assert veto.criterion == "result"
        assert veto.evidence in grade.ratings[0].evidence


@pytest.mark.parametrize(
    ("share", "level"), [(0.0, "l4"), (0.49, "l4"), (0.5, "l5"), (0.79, "l5"), (0.8, "l6"), (1.0, "l6")]
)
def test_the_level_is_the_highest_that_the_total_supports(share: float, level: str) -> None:
    found = recommend_level(bar_raiser(), Total(share, 1.0), ())
    assert found is not None
    assert found.id == level


def test_the_level_may_be_read_off_one_criterion() -> None:
    decision = bar_raiser(level_criterion="ownership")
    found = recommend_level(decision, Total(0.1, 1.0), [made.result("result", 0.0), made.result("ownership", 1.0)])
    assert found is not None
    assert found.id == "l6"
    assert recommend_level(decision, Total(0.9, 1.0), [made.result("ownership", None)]) is None


def test_without_a_ladder_or_a_total_no_level_is_recommended() -> None:
    assert recommend_level(made.decision(), Total(1.0, 1.0), ()) is None
    assert recommend_level(bar_raiser(), Total(None, 0.0), ()) is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_total_never_gives_a_lower_level(one: float, other: float) -> None:
    low, high = sorted((one, other))
    order = [step["id"] for step in LADDER]
    worse, better = (recommend_level(bar_raiser(), Total(share, 1.0), ()) for share in (low, high))
    assert worse is not None
    assert better is not None
    assert order.index(worse.id) <= order.index(better.id)
