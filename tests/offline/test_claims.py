"""Claims that a follow-up can test: found in the candidate's own words, and never in anybody else's."""

from __future__ import annotations

import pytest

from interviewer.engines.offline.claims import ABOUT, LINES, PROBE_TYPE, claims
from interviewer.interview.duplicates import asked_before

QUESTION = "Tell me about a system that you changed."


def kinds(answer: str, asked: str = QUESTION) -> list[str]:
    return [claim.kind for claim in claims(answer, asked)]


@pytest.mark.parametrize(
    ("answer", "kind", "quote"),
    [
        ("We met on Monday, and I rolled back after 26 hours.", "decision", "I rolled back after 26 hours"),
        ("In May we switched to weekly retraining.", "decision", "In May we switched to weekly retraining"),
        ("Ring losses fell from 410,000 to 190,000 euros.", "figure", "Ring losses fell from 410,000 to 190,000 euros"),
        ("Errors rose because the new scanner had a lower contrast.", "cause", "the new scanner had a lower contrast"),
        ("Since then nothing ships without a replay.", "lesson", "nothing ships without a replay"),
        ("My guess is a loss of four percent.", "guess", "My guess is a loss of four percent"),
    ],
)
def test_a_claim_is_found_with_words_that_can_be_said_back(answer: str, kind: str, quote: str) -> None:
    found = {claim.kind: claim.quote for claim in claims(answer, QUESTION)}
    assert found.get(kind) == quote  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "answer",
    [
        "I would not put a model there.",
        "It was better when it had been 9 percent, if I remember.",
        "The text was: \u201cI stopped the job\u201d.",
        "The shift leads had a rule of thumb.",
        "The system went live in April 2024.",
        "Since then we went from intents to retrieval.",
        "I would say that it depends.",
        "Dele told me that we missed the leap day.",
        "I kept it for two years.",
        "If we had rolled back after an hour it might have been better.",
        "It took 3 days.",
        "Should I have rolled back after 26 hours?",
    ],
)
def test_what_was_denied_reported_or_only_imagined_is_no_claim(answer: str) -> None:
    assert kinds(answer) == []


def test_words_of_the_question_are_no_claim_of_the_candidates() -> None:
    assert kinds("We switched to weekly retraining in May.", "You switched to weekly retraining in May. Why?") == []


def test_there_is_one_claim_of_each_kind_the_most_testable_first() -> None:
    answer = "I stopped the job. Then errors fell from 9 to 2 percent. I decided to keep the old queue."
    found = claims(answer, QUESTION)
    assert len({claim.kind for claim in found}) == len(found) == 2
    assert [claim.worth for claim in found] == sorted((claim.worth for claim in found), reverse=True)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("It got much faster after that.", "size"),
        ("Clicks went down a bit and the complaints stopped.", "size"),
        ("We rebuilt the importer in spring.", "we"),
    ],
)
def test_a_size_without_a_figure_and_a_deed_of_nobody_in_particular_are_claims(answer: str, kind: str) -> None:
    assert kind in kinds(answer)


def test_a_size_with_its_figure_is_not_asked_for_one() -> None:
    assert "size" not in kinds("It got much faster after that, from 9 to 2 seconds.")


def test_no_two_plain_lines_count_as_the_same_question() -> None:
    lines = [line for kind in LINES.values() for line in kind]
    assert [line for place, line in enumerate(lines) if asked_before(line, lines[:place])] == []
    assert LINES.keys() == ABOUT.keys() == PROBE_TYPE.keys()
