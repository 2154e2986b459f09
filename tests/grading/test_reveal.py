"""After the reveal a member may move by one level where the panel is apart, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.panel import PanelOutcome, run_panel
from interviewer.grading.reveal import Reveal, reveal, valid_changes
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Change, Grade, Revote
from tests import sample
from tests.grading import made

PEOPLE = ("ana", "ben", "cleo")
WHO = sample.persona(panel=True)
ORDER = [*sample.LEVELS]
ANY_LEVEL = st.sampled_from((*ORDER, NOT_ASSESSED))


def grades(**levels: str) -> list[Grade]:
    """Each person's grade: `result` at this level, `ownership` solid."""
    return [made.grade({"result": level, "ownership": "solid"}, person) for person, level in levels.items()]


APART = grades(ana="strong", ben="absent", cleo="weak")


def shown(rated: list[Grade]) -> Reveal:
    return reveal(WHO, [sample.rubric()], rated)


def vote(person: str, reason: str = "I heard it now.", /, **levels: str) -> Revote:
    changes = {criterion: Change(level=level, reason=reason) for criterion, level in levels.items()}
    return Revote(person=person, changes=changes, stamp=made.STAMP)


def outcome(rated: list[Grade], *revotes: Revote) -> PanelOutcome:
    return run_panel(WHO, [sample.rubric()], rated, revotes)


def levels(found: PanelOutcome) -> dict[str, str]:
    return {member.person: member.after["result"] for member in found.members}


def test_only_what_the_panel_is_apart_on_is_in_dispute() -> None:
    assert shown(APART).disputed == ("result",)
    assert shown(grades(ana="weak", ben="weak", cleo="weak")).disputed == ()
    assert shown(grades(ana="weak", ben="solid", cleo=NOT_ASSESSED)).disputed == ("result",)
    assert shown(grades(ana="weak", ben=NOT_ASSESSED, cleo=NOT_ASSESSED)).disputed == ()


def test_who_did_not_assess_it_cannot_move_on_it() -> None:
    there = shown(grades(ana="weak", ben="solid", cleo=NOT_ASSESSED))
    assert [there.movable(person) for person in PEOPLE] == [("result",), ("result",), ()]


@pytest.mark.parametrize(
    ("person", "near"), [("ana", ["solid"]), ("ben", ["weak"]), ("cleo", ["absent", "solid"]), ("zoe", [])]
)
def test_the_levels_next_to_ones_own_can_be_reached(person: str, near: list[str]) -> None:
    assert [level.id for level in shown(APART).reachable(person, "result")] == near


@pytest.mark.parametrize(
    ("proposed", "complaint"),
    [
        (vote("zoe", result="solid"), "no `zoe` on the panel"),
        (vote("ana", charm="solid"), "no criterion `charm`"),
        (vote("ana", ownership="strong"), "not apart on `ownership`"),
        (vote("ana", result="weak"), "may be moved to `solid`, not to `weak`"),
        (vote("ana", result="superb"), "not to `superb`"),
        (vote("ana", result=NOT_ASSESSED), "not to `not-assessed`"),
        (vote("ana", " ", result="solid"), "No reason is given"),
    ],
)
def test_a_move_that_does_not_hold_is_named(proposed: Revote, complaint: str) -> None:
    kept, (wrong,) = valid_changes(shown(APART), proposed)
    assert kept == {}
    assert complaint in wrong


def test_one_wrong_move_does_not_cost_the_others() -> None:
    kept, wrong = valid_changes(shown(APART), vote("ana", result="solid", ownership="weak"))
    assert list(kept) == ["result"]
    assert len(wrong) == 1


def test_to_stay_is_no_change_and_no_fault() -> None:
    assert valid_changes(shown(APART), vote("ana", result="strong")) == ({}, ())


def test_a_recorded_vote_counts_in_place_of_the_rule() -> None:
    alone = grades(ana="strong", ben="absent", cleo="absent")
    assert levels(outcome(alone))["ana"] == "solid", "the rule moves a lone voice"
    stays = outcome(alone, vote("ana"))
    assert levels(stays)["ana"] == "strong"
    assert stays.members[0].note == "Re-vote: no change."
    assert [member.revoted_by for member in stays.members] == [made.STAMP, None, None]


def test_the_rule_votes_for_members_without_a_recorded_vote() -> None:
    alone = grades(ana="strong", ben="absent", cleo="absent")
    assert levels(outcome(alone, vote("ben", result="weak"))) == {"ana": "solid", "ben": "weak", "cleo": "absent"}


def test_the_note_says_what_was_moved_and_why_in_the_members_words() -> None:
    (ana, _, _) = outcome(APART, vote("ana", "Ben is right, there was no figure.", result="solid")).members
    assert ana.note == "Re-vote: Result: Strong to Solid. Ben is right, there was no figure."
    assert ana.share_before == pytest.approx(5 / 6)
    assert ana.share_after == pytest.approx(2 / 3)


def test_a_recorded_vote_that_does_not_hold_changes_nothing() -> None:
    assert levels(outcome(APART, vote("ana", result="absent"), vote("zoe", result="solid"))) == {
        "ana": "strong",
        "ben": "absent",
        "cleo": "weak",
    }


@given(
    st.lists(st.tuples(ANY_LEVEL, ANY_LEVEL), min_size=3, max_size=3),
    st.lists(
        st.tuples(
            st.sampled_from((*PEOPLE, "zoe")), st.dictionaries(st.sampled_from(("result", "ownership")), ANY_LEVEL)
        ),
        max_size=4,
    ),
)
def test_whatever_is_proposed_nobody_moves_further_than_allowed(
    rated: list[tuple[str, str]], proposed: list[tuple[str, dict[str, str]]]
) -> None:
    blind = [
        made.grade({"result": first, "ownership": second}, person)
        for person, (first, second) in zip(PEOPLE, rated, strict=True)
    ]
    revotes = [vote(person, **changes) for person, changes in proposed]
    found, there = outcome(blind, *revotes), shown(blind)
    for member in found.members:
        for criterion, before in member.before.items():
            after = member.after[criterion]
            assert (before == NOT_ASSESSED) == (after == NOT_ASSESSED)
            if before != after:
                assert criterion in there.disputed
                assert abs(ORDER.index(before) - ORDER.index(after)) == 1
    assert outcome(blind, *revotes) == found
    without = {person for person in PEOPLE if person not in {one.person for one in revotes}}
    by_rule = levels(outcome(blind))
    assert {person: levels(found)[person] for person in without} == {person: by_rule[person] for person in without}
