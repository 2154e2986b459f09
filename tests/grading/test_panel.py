"""A panel rates blind, reveals, re-votes once by rule, and is combined in code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.panel import PanelOutcome, run_panel
from interviewer.persona import Persona
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Grade
from tests import sample
from tests.grading import made

PEOPLE = ("ana", "ben", "cleo")
ANY_LEVEL = st.sampled_from((*sample.LEVELS, NOT_ASSESSED))


def panel(**levels: str) -> PanelOutcome:
    """The outcome if each person rates `result` so and `ownership` solid."""
    return run(*(made.grade({"result": level, "ownership": "solid"}, person) for person, level in levels.items()))


def run(*grades: Grade, who: Persona | None = None) -> PanelOutcome:
    return run_panel(who or sample.persona(panel=True), [sample.rubric()], grades)


def levels(outcome: PanelOutcome, after: bool) -> dict[str, str]:
    return {member.person: (member.after if after else member.before)["result"] for member in outcome.members}


def test_each_member_is_rated_on_their_own_grades_and_weights() -> None:
    outcome = run(
        made.grade({"result": "strong", "ownership": "absent"}, "ana"),
        made.grade({"result": "strong", "ownership": "absent"}, "ben"),
    )
    shares = {member.person: member.share_before for member in outcome.members}
    assert shares["ana"] == pytest.approx(0.5)
    assert shares["ben"] == pytest.approx(2 / 3), "Ben cares twice as much for results"
    assert shares["cleo"] is None
    assert {member.vote_before for member in outcome.members} == {"no", "yes", "no-decision"}


def test_a_lone_voice_moves_one_level_towards_the_others() -> None:
    outcome = panel(ana="strong", ben="absent", cleo="absent")
    assert levels(outcome, after=False) == {"ana": "strong", "ben": "absent", "cleo": "absent"}
    assert levels(outcome, after=True) == {"ana": "solid", "ben": "absent", "cleo": "absent"}
    notes = {member.person: member.note for member in outcome.members}
    assert "Result: Strong to Solid" in notes["ana"]
    assert "no change" in notes["ben"]


def test_a_lone_voice_moves_up_as_well_as_down() -> None:
    assert levels(panel(ana="absent", ben="solid", cleo="solid"), after=True)["ana"] == "weak"


def test_a_lone_voice_who_cites_more_than_any_other_stays() -> None:
    outcome = run(
        made.grade({"result": "strong", "ownership": "solid"}, "ana", quotes=3),
        made.grade({"result": "absent", "ownership": "solid"}, "ben", quotes=2),
        made.grade({"result": "absent", "ownership": "solid"}, "cleo", quotes=1),
    )
    assert levels(outcome, after=True)["ana"] == "strong"


def test_a_lone_voice_who_cites_as_much_as_another_moves() -> None:
    outcome = run(
        made.grade({"result": "strong", "ownership": "solid"}, "ana", quotes=2),
        made.grade({"result": "absent", "ownership": "solid"}, "ben", quotes=2),
        made.grade({"result": "absent", "ownership": "solid"}, "cleo", quotes=1),
    )
    assert levels(outcome, after=True)["ana"] == "solid"


def test_where_the_others_differ_nobody_moves() -> None:
    outcome = panel(ana="strong", ben="absent", cleo="weak")
    assert levels(outcome, after=True) == levels(outcome, after=False)


def test_one_colleague_alone_moves_nobody() -> None:
    outcome = panel(ana="strong", ben="absent", cleo=NOT_ASSESSED)
    assert levels(outcome, after=True) == {"ana": "strong", "ben": "absent", "cleo": NOT_ASSESSED}


def test_the_spread_is_shown_before_and_after_the_re_vote() -> None:
    (spread, even) = panel(ana="strong", ben="absent", cleo="absent").spreads
    assert (spread.criterion, spread.before, spread.after) == ("result", 3, 2)
    assert (spread.lowest, spread.highest) == ("Absent", "Strong")
    assert (even.criterion, even.before, even.after) == ("ownership", 0, 0)


def test_the_total_is_the_mean_of_the_members_totals() -> None:
    outcome = panel(ana="strong", ben="absent", cleo="weak")
    after = [member.share_after for member in outcome.members if member.share_after is not None]
    assert outcome.total.share == pytest.approx(sum(after) / 3)
    assert outcome.total.assessed == pytest.approx(1)


def test_a_member_who_could_not_assess_does_not_pull_the_total() -> None:
    outcome = run(made.grade({"result": "strong", "ownership": "strong"}, "ana"))
    assert outcome.total.share == 1.0
    assert outcome.total.assessed == pytest.approx(1 / 3)


def test_nothing_assessed_by_anyone_gives_no_total() -> None:
    outcome = run()
    assert (outcome.total.share, outcome.total.assessed) == (None, 0.0)
    assert outcome.spreads == ()
    assert {member.vote_after for member in outcome.members} == {"no-decision"}


def test_the_pooled_level_is_what_most_members_hold() -> None:
    (pooled, _) = panel(ana="solid", ben="solid", cleo="absent").results
    assert pooled.level == "solid"
    assert pooled.share == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)


def test_a_gate_of_the_panel_fails_where_its_pooled_level_is_below() -> None:
    gated = made.rubric({"result": 0.5, "ownership": 0.5}, result="weak")
    who = sample.persona(panel=True)
    low = [made.grade({"result": "absent", "ownership": "solid"}, person) for person in PEOPLE]
    assert run_panel(who, [gated], low).results[0].gate_failed
    mixed = [
        made.grade({"result": level, "ownership": "solid"}, person)
        for level, person in zip(("solid", "solid", "absent"), PEOPLE, strict=True)
    ]
    assert not run_panel(who, [gated], mixed).results[0].gate_failed


@given(st.lists(st.tuples(ANY_LEVEL, ANY_LEVEL, st.integers(0, 4)), min_size=3, max_size=3))
def test_any_panel_keeps_its_promises(rated: list[tuple[str, str, int]]) -> None:
    grades = [
        made.grade({"result": first, "ownership": second}, person, quotes=quotes)
        for person, (first, second, quotes) in zip(PEOPLE, rated, strict=True)
    ]
    outcome = run(*grades)
    assert outcome.total.share is None or 0 <= outcome.total.share <= 1
    assert 0 <= outcome.total.assessed <= 1
    for spread in outcome.spreads:
        assert 0 <= spread.after <= spread.before
    order = [*sample.LEVELS]
    for member, grade in zip(outcome.members, grades, strict=True):
        for rating in grade.ratings:
            before, after = member.before[rating.criterion], member.after[rating.criterion]
            assert before == rating.level
            assert (before == NOT_ASSESSED) == (after == NOT_ASSESSED)
            if before != NOT_ASSESSED:
                assert abs(order.index(before) - order.index(after)) <= 1
    assert run(*grades) == outcome
