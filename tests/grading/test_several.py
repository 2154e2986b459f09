"""Several gradings of one answer come to one, by rule, and every vote is kept."""

from __future__ import annotations

import asyncio
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.cost import Cost
from interviewer.grading.combine import combine, decision_weight
from interviewer.grading.grader import Exchange, GradingRequest, ungraded
from interviewer.grading.panel import run_panel
from interviewer.grading.several import SeveralGraders, combined, status_of
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Grade, GradeStatus, Stamp
from tests import sample
from tests.grading import made

RUBRIC = sample.rubric()
QUESTION = sample.bank().questions[0]
REQUEST = GradingRequest(
    thread=2,
    question=QUESTION,
    rubric=RUBRIC,
    exchanges=(Exchange(asked=QUESTION.text, answer="I did it.", event=3),),
)
POINTS = tuple(point.id for point in QUESTION.key_points)
LEVELS = st.sampled_from((*sample.LEVELS, NOT_ASSESSED))
STATUSES = st.sampled_from(("graded", "graded", "graded", "off-topic", "failed", "refused"))


def vote(result: str, ownership: str = "solid", engine: str = "test", **more: object) -> Grade:
    stamp = made.STAMP.model_copy(update={"engine": engine})
    graded = made.grade({"result": result, "ownership": ownership})
    return graded.model_copy(update={"stamp": stamp, "missed": POINTS, **more})


def without(status: GradeStatus, note: str = "") -> Grade:
    return ungraded(REQUEST, status, note, made.STAMP)


def levels(*votes: str) -> tuple[str, str | None, str | None, bool]:
    """Level, band and whether it is disputed, of one criterion."""
    rating = combined(REQUEST, [vote(level) for level in votes]).rating("result")
    assert rating is not None
    return rating.level, rating.lowest, rating.highest, rating.disputed


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        (("solid", "solid", "solid"), ("solid", "solid", "solid", False)),
        (("weak", "solid", "strong"), ("solid", "weak", "strong", True)),
        (("solid", "strong"), ("solid", "solid", "strong", False)),
        (("strong", "weak"), ("weak", "weak", "strong", True)),
        (("absent", "strong", "strong"), ("strong", "absent", "strong", True)),
        ((NOT_ASSESSED, "solid"), ("solid", "solid", "solid", True)),
        ((NOT_ASSESSED, "solid", "solid"), ("solid", "solid", "solid", True)),
        ((NOT_ASSESSED, "solid", "solid", "solid"), ("solid", "solid", "solid", False)),
        ((NOT_ASSESSED, NOT_ASSESSED, "solid"), (NOT_ASSESSED, None, None, True)),
        ((NOT_ASSESSED, NOT_ASSESSED), (NOT_ASSESSED, None, None, False)),
    ],
)
def test_the_level_is_the_lower_median_of_those_given(
    votes: tuple[str, ...], expected: tuple[str, str | None, str | None, bool]
) -> None:
    assert levels(*votes) == expected
    assert levels(*reversed(votes)) == expected


def test_evidence_and_reasons_are_those_of_the_first_vote_with_that_level() -> None:
    grades = [vote("strong"), vote("solid", engine="second"), vote("solid", engine="third")]
    marked = [
        grade.model_copy(
            update={
                "ratings": tuple(
                    one.model_copy(
                        update={"reasoning": f"{grade.stamp.engine} says", "evidence": (made.evidence(name),)}
                    )
                    for one in grade.ratings
                )
            }
        )
        for grade, name in zip(grades, ("A.", "B.", "C."), strict=True)
    ]
    rating = combined(REQUEST, marked).rating("result")
    assert rating is not None
    assert (rating.reasoning, [one.quote for one in rating.evidence]) == ("second says", ["B."])


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("graded", "graded", "off-topic"), "graded"),
        (("graded", "off-topic"), "graded"),
        (("graded", "off-topic", "no-attempt"), "off-topic"),
        (("no-attempt", "off-topic", "no-attempt", "graded"), "no-attempt"),
        (("failed", "failed", "off-topic"), "off-topic"),
        (("failed", "refused"), "failed"),
        (("refused", "refused"), "refused"),
    ],
)
def test_the_status_is_the_majoritys_of_those_who_judged(
    statuses: tuple[GradeStatus, ...], expected: GradeStatus
) -> None:
    assert status_of(statuses) == expected
    assert status_of(statuses[::-1]) == expected


def test_with_a_failed_vote_the_others_decide_and_a_note_says_so() -> None:
    grade = combined(REQUEST, [without("failed", "No route."), vote("strong"), vote("strong")])
    assert grade.status == "graded"
    assert [rating.level for rating in grade.ratings] == ["strong", "solid"]
    assert not any(rating.disputed for rating in grade.ratings)
    assert grade.note == "1 of 3 gradings failed and had no vote."
    assert (grade.votes[0].status, grade.votes[0].note) == ("failed", "No route.")


def test_if_all_fail_nothing_is_graded_and_the_reason_is_told() -> None:
    grade = combined(REQUEST, [without("failed", "No route."), without("failed", "No quota.")])
    assert (grade.status, grade.ratings, grade.note) == ("failed", (), "No route.")


def test_an_answer_that_one_of_two_found_off_topic_is_rated_and_disputed() -> None:
    grade = combined(REQUEST, [without("off-topic"), vote("solid")])
    assert grade.status == "graded"
    assert all(rating.disputed for rating in grade.ratings)
    assert "1 of 2 gradings said off-topic" in grade.note


def test_a_key_point_is_covered_if_half_of_them_found_it() -> None:
    first = vote("solid", covered=POINTS[:1], missed=POINTS[1:])
    assert combined(REQUEST, [first, vote("solid")]).covered == POINTS[:1]
    one_of_three = combined(REQUEST, [first, vote("solid"), vote("solid")])
    assert (one_of_three.covered, one_of_three.missed) == ((), POINTS)


def test_costs_add_up_and_every_vote_is_kept_with_its_levels() -> None:
    cost = Cost(calls=1, sent=100, received=20, dollars=Decimal("0.01"))
    grade = combined(REQUEST, [vote("weak", cost=cost), vote("strong", engine="other", cost=cost), vote("weak")])
    assert grade.cost == cost + cost
    assert [(one.stamp.engine, one.levels["result"]) for one in grade.votes] == [
        ("test", "weak"),
        ("other", "strong"),
        ("test", "weak"),
    ]
    assert combined(REQUEST, [vote("weak"), vote("weak")]).cost is None


def test_the_stamp_says_who_was_combined_and_how_many() -> None:
    first = Stamp(engine="anthropic", engine_version="1", model="a", prompt_version="p", calibration="kappa .6")
    second = Stamp(engine="offline", engine_version="2", calibration="kappa .5")
    grades = [vote("weak", stamp=stamp) for stamp in (first, first, second)]
    stamp = combined(REQUEST, grades).stamp
    assert (stamp.engine, stamp.engine_version, stamp.model, stamp.samples) == ("anthropic+offline", "1+2", "a", 3)
    assert stamp.calibration == "not calibrated"
    assert combined(REQUEST, grades[:2]).stamp != first


def test_a_grade_of_before_there_were_votes_is_still_read() -> None:
    old = made.grade({"result": "solid", "ownership": "weak"}).model_dump(mode="json")
    del old["votes"], old["stamp"]["samples"]
    for rating in old["ratings"]:
        del rating["lowest"], rating["highest"], rating["disputed"]
    grade = Grade.model_validate(old)
    assert (grade.votes, grade.stamp.samples, grade.ratings[0].lowest) == ((), 1, None)


@st.composite
def gradings(draw: st.DrawFn) -> list[Grade]:
    statuses = draw(st.lists(STATUSES, min_size=2, max_size=9))
    return [
        vote(draw(LEVELS), draw(LEVELS)) if status == "graded" else without(status)  # type: ignore[arg-type]
        for status in statuses
    ]


@given(gradings(), st.randoms(use_true_random=False))
def test_the_order_of_graders_changes_no_level(grades: list[Grade], chance: random.Random) -> None:
    shuffled = list(grades)
    chance.shuffle(shuffled)
    before, after = combined(REQUEST, grades), combined(REQUEST, shuffled)
    assert before.status == after.status
    for one, other in zip(before.ratings, after.ratings, strict=True):
        assert (one.level, one.lowest, one.highest, one.disputed) == (
            other.level,
            other.lowest,
            other.highest,
            other.disputed,
        )


@given(gradings())
def test_a_level_is_always_one_that_somebody_gave_and_lies_in_its_band(grades: list[Grade]) -> None:
    order = list(sample.LEVELS)
    for rating in combined(REQUEST, grades).ratings:
        given_levels = {one.level for grade in grades if (one := grade.rating(rating.criterion)) is not None}
        assert rating.level in given_levels
        if rating.assessed:
            assert rating.lowest in given_levels
            assert rating.highest in given_levels
            assert order.index(str(rating.lowest)) <= order.index(rating.level) <= order.index(str(rating.highest))
        else:
            assert rating.lowest is None


@given(LEVELS, LEVELS, st.integers(2, 9))
def test_the_same_grade_many_times_is_that_grade(result: str, ownership: str, times: int) -> None:
    one = vote(result, ownership)
    together = combined(REQUEST, [one] * times)
    assert [(rating.level, rating.evidence, rating.disputed) for rating in together.ratings] == [
        (rating.level, rating.evidence, False) for rating in one.ratings
    ]


@given(st.lists(gradings().map(lambda grades: combined(REQUEST, grades)), min_size=1, max_size=4))
def test_over_several_answers_the_band_holds_the_result(grades: list[Grade]) -> None:
    for result in combine([RUBRIC], grades, decision_weight(made.decision())):
        if result.share is None:
            assert (result.band, result.disputed) == (None, False)
        else:
            assert result.band is not None
            assert result.band.lowest - 1e-9 <= result.share <= result.band.highest + 1e-9


def test_a_criterion_is_disputed_if_one_of_its_answers_is() -> None:
    apart = combined(REQUEST, [vote("absent"), vote("strong")])
    agreed = combined(REQUEST, [vote("strong"), vote("strong")])
    (result, ownership) = combine([RUBRIC], [apart, agreed], decision_weight(made.decision()))
    assert result.disputed
    assert not ownership.disputed
    assert result.band is not None
    assert (result.band.lowest, result.band.highest) == (0.5, 1.0)
    alone = combine([RUBRIC], [made.grade({"result": "weak", "ownership": "weak"})], decision_weight(made.decision()))
    assert alone[0].band is None


def test_a_panels_result_keeps_the_mean_of_its_members_bands() -> None:
    apart = combined(REQUEST, [vote("absent"), vote("strong")]).model_copy(update={"person": "ana"})
    agreed = combined(REQUEST, [vote("strong"), vote("strong")]).model_copy(update={"person": "ben"})
    (result, ownership) = run_panel(sample.persona(panel=True), [RUBRIC], [apart, agreed]).results
    assert result.band is not None
    assert (result.band.lowest, result.band.highest, result.disputed) == (0.5, 1.0, True)
    assert not ownership.disputed


class _Fixed:
    """Gives the same grade, after everybody was asked."""

    def __init__(self, grade: Grade, gate: asyncio.Barrier) -> None:
        self._grade, self._gate = grade, gate
        self.stamp = grade.stamp

    async def grade(self, request: GradingRequest) -> Grade:
        assert request == REQUEST
        await self._gate.wait()
        if self._grade.status == "failed":
            raise RuntimeError("broken")
        return self._grade


async def test_graders_are_asked_all_at_once_and_one_that_breaks_costs_only_its_vote() -> None:
    gate = asyncio.Barrier(4)  # passes nobody before all four have come
    graders = SeveralGraders(
        [(_Fixed(vote("weak"), gate), 2), (_Fixed(without("failed"), gate), 1), (_Fixed(vote("solid"), gate), 1)]
    )
    grade = await asyncio.wait_for(graders.grade(REQUEST), 5)
    assert [one.status for one in grade.votes] == ["graded", "graded", "failed", "graded"]
    assert grade.votes[2].note == "RuntimeError: broken"
    assert grade.ratings[0].level == "weak"
    assert grade.stamp == graders.stamp
