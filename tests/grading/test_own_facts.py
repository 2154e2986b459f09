"""An answer told anew holds nothing that the candidate did not give: it becomes a placeholder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.own_facts import foreign, with_placeholders

SAID = (
    "In 2023 I rebuilt the matching service alone at Acme in Python. It took three weeks, and errors fell from 9 to 2 "
    "percent for 12,500 users.",
)


def told(text: str, *heard: str) -> str:
    return with_placeholders(text, foreign(text, SAID, heard))


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 I rebuilt Acme's matching service in Python within 3 weeks.",
        "Errors fell from 9% to 2%, for 12.5k users. One of them wrote to me.",
        "Latency fell too. I'd do it again on a Monday, and I'll say why.",
        "I cut it by [how much] for [which customer, at Globex], which [what it changed].",
        "",
    ],
)
def test_what_was_given_stays_word_for_word(text: str) -> None:
    assert told(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I did it in 2021.", "I did it in [number]."),
        ("It took eleven weeks.", "It took [number] weeks."),
        ("We saved $40k a month.", "We saved [number] a month."),
        ("Errors halved to 4.5%.", "Errors halved to [number]."),
        ("It served thousands of people, twice as fast.", "It served [number] of people, [number] as fast."),
        ("I moved it to AWS.", "I moved it to [name]."),
        ("I told Priya Nair about it.", "I told [name] about it."),
        ("Priya and I did it, so I thanked Priya.", "[name] and I did it, so I thanked [name]."),
        ("PyTorch did the rest.", "[name] did the rest."),
        ("I tuned GPT-4 and p99.", "I tuned [number] and [number]."),
        ("I cut it by [e.g. 30%].", "I cut it by [number]."),
        ("Maria's team helped.", "[name] team helped."),
    ],
)
def test_what_was_not_given_becomes_a_placeholder(text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_name_from_the_question_may_be_taken_up_and_a_number_may_not() -> None:
    asked = "How would you serve Kestrel with 40 engineers?"
    assert told("At Kestrel I would ask 40 engineers.", asked) == "At Kestrel I would ask [number] engineers."


@given(st.text(alphabet="I 9wéÄb[].,'%$\n2023Acmek-", max_size=80))
def test_nothing_foreign_is_left_of_any_text(text: str) -> None:
    assert foreign(told(text), SAID) == ()


@given(st.lists(st.sampled_from([*" ".join(SAID).split(), "[name]", "[number]"]), max_size=30))
def test_the_candidates_own_words_are_never_foreign(words: list[str]) -> None:
    assert foreign(" ".join(word.strip(",.") for word in words), SAID) == ()
