"""What a text says of levels and of the verdict is held against the scorecard."""

from __future__ import annotations

import pytest

from interviewer.grading.claims import mentioned, other_verdicts, wrong_levels
from interviewer.persona import Verdict
from tests import sample
from tests.grading import made

CARD = made.scorecard(result=0.0, ownership=1.0, depth=None)
"""Result is absent, Ownership strong, Depth not assessed."""
RUBRICS = [sample.rubric("sample", ("result", "ownership", "depth"))]


@pytest.mark.parametrize(
    "text",
    [
        "Ownership was strong.",
        "Ownership is Strong; Result is Absent.",
        "Ownership (Strong), Result (Absent).",
        "Strong on Ownership, absent on Result.",
        "Strong ownership and an absent result.",
        "Depth was not assessed.",
        "Result fell short of Solid, and it was not weak, it was absent.",
        "To lift Result to Solid, name a figure.",
        "Result needs to reach Weak first.",
        "Show a strong answer on Result next time.",
        "Give a strong result for once.",
        "The result of a solid plan is a weak excuse.",
        "You gave a figure where it counted.",
    ],
)
def test_what_agrees_or_claims_nothing_passes(text: str) -> None:
    assert wrong_levels(text, CARD, RUBRICS) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Result was strong.", "Result"),
        ("Your result was solid.", "Result"),
        ("You showed a weak ownership.", "Ownership"),
        ("Ownership came out as Solid, Result as Absent.", "Ownership"),
        ("Strong on Result, strong on Ownership.", "Result"),
        ("Ownership was not strong.", "Ownership"),
        ("Ownership fell short of strong.", "Ownership"),
        ("Result isn't absent.", "Result"),
        ("Depth was solid.", "Depth"),
        ("Ownership was not assessed.", "Ownership"),
        ("I'd call Result solid work.", "Result"),
        ("All fine. Then Result, which was weak. All fine.", "Result"),
        ("Ownership: weak", "Ownership"),
    ],
)
def test_another_level_than_the_scorecards_is_found(text: str, title: str) -> None:
    (complaint,) = wrong_levels(text, CARD, RUBRICS)
    assert complaint.startswith(f"{title} is ")


def test_of_two_criteria_of_one_title_either_level_may_be_meant() -> None:
    twice = CARD.model_copy(
        update={"criteria": (*CARD.criteria, made.result("other", 1 / 3, title="Result", rubric="second"))}
    )
    assert wrong_levels("Result was weak.", twice, RUBRICS) == ()
    assert wrong_levels("Result was solid.", twice, RUBRICS)


def test_a_longer_title_is_not_taken_for_a_shorter_one() -> None:
    card = CARD.model_copy(update={"criteria": (*CARD.criteria, made.result("r", 1.0, title="Result and risk"))})
    assert wrong_levels("Result and risk was strong.", card, RUBRICS) == ()


def test_criteria_are_mentioned_by_their_titles_only() -> None:
    assert [one.criterion for one in mentioned("Result counts, and your ownership.", CARD)] == ["result"]


YES = [
    "We'd hire you.",
    "We\u2019ll move you forward.",
    "I would gladly make you an offer.",
    "It's a yes from me.",
    "That is a clear yes.",
    "You are hired!",
    "You've cleared our bar.",
    "I am going to recommend you.",
]
NO = [
    "We are not hiring you.",
    "It's a no.",
    "We would not hire you today.",
    "I am not going to make an offer.",
    "We won't be moving forward.",
    "This is a no-hire.",
    "I have to reject this.",
    "I will pass on you.",
    "My vote is no, for now.",
]
SAID: dict[Verdict, list[str]] = {
    "strong-yes": ["A strong yes.", "You are a strong hire."],
    "yes": YES,
    "no": NO,
    "strong-no": ["A strong no.", "Strong no-hire."],
    "no-decision": ["There is no decision.", "I cannot decide on this."],
}
FITS: dict[Verdict, set[Verdict]] = {
    "strong-yes": {"strong-yes", "yes"},
    "yes": {"yes"},
    "no": {"no"},
    "strong-no": {"strong-no", "no"},
    "no-decision": {"no-decision"},
}


@pytest.mark.parametrize("verdict", FITS)
@pytest.mark.parametrize(("said", "text"), [(said, text) for said, texts in SAID.items() for text in texts])
def test_the_words_of_another_verdict_are_found_and_those_of_the_same_are_not(
    verdict: Verdict, said: Verdict, text: str
) -> None:
    assert bool(other_verdicts(text, verdict)) == (said not in FITS[verdict])


@pytest.mark.parametrize("verdict", FITS)
@pytest.mark.parametrize(
    "text",
    [
        "There was no reason given, and no figure.",
        "You have no number in it. We asked for one, and we asked again.",
        "You hired two people and moved the team forward.",
        "The first call was hiring a colleague; that was the hard part.",
    ],
)
def test_everyday_words_are_no_verdict(verdict: Verdict, text: str) -> None:
    assert other_verdicts(text, verdict) == ()


@pytest.mark.parametrize(
    ("text", "verdict", "fine"),
    [
        ("That is short of a strong yes.", "yes", True),
        ("That is short of a strong yes.", "strong-yes", False),
        ("Not a yes today.", "no", True),
        ("Not a yes today.", "yes", False),
        ("With a figure in it we'd hire you.", "no", False),
    ],
)
def test_a_verdict_denied_or_on_condition(text: str, verdict: Verdict, fine: bool) -> None:
    assert (other_verdicts(text, verdict) == ()) == fine
