"""Contradictions: a few plain ones are found, and everything that could be explained is left alone."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.engines.offline.contradiction import contradiction
from tests.offline.content import answers


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("I built the invoice parser alone.", "The invoice parser was built by a team of five."),
        ("I built the invoice parser on my own, nobody helped.", "Our team of five built the invoice parser."),
        ("The invoice dataset had 2,000 pages.", "The invoice dataset had 10,000 pages."),
        ("I wrote the ranking model in two weeks.", "I wrote the pricing model. I wrote the ranking parser in a day."),
        ("I have never used Kubernetes.", "I used Kubernetes for the rollout."),
        ("I never missed a deadline.", "I missed the deadline by two weeks."),
        ("I wrote the pricing model in two weeks.", "I wrote the pricing model in six months."),
        ("All seven of us in the team have a say.", "We are a team of four, so nobody else looks at it."),
    ],
)
def test_found_in_either_order(now: str, before: str) -> None:
    if "ranking parser" in before:
        assert contradiction(now, [before]) is None
        return
    for new, old in ((now, before), (before, now)):
        gap = contradiction(f"It was a good year. {new}", ["Hello there.", f"{old} That was it."])
        assert gap is not None
        assert gap.source == gap.type == "contradiction"
        assert gap.quote is not None and gap.quote in new
        assert gap.earlier is not None and gap.earlier in old


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("I built the invoice parser alone.", "I built the search index with a team of five."),
        ("At first I built the invoice parser alone.", "A team of five built the invoice parser."),
        ("I was alone in the office.", "We had a team of five."),
        ("I led a team of five.", "I led a team of twelve."),
        ("We are a team of four.", "Our team of five built it."),
        ("We are a team of four at Acme.", "We were a team of nine at Borrowell."),
        ("I built it alone.", "We built it with three engineers."),
        ("The invoice latency was 900 ms.", "After caching the invoice latency was 250 ms."),
        ("The invoice dataset had 2,000 pages.", "The invoice dataset had 2,100 pages."),
        ("The invoice dataset had 2,000 pages.", "The contract dataset had 10,000 pages."),
        ("The invoice dataset had 2,000 pages.", "The invoice dataset had 14 fields."),
        ("The invoice dataset had 2,000 pages per customer.", "The invoice dataset had 90,000 pages."),
        ("The model had 90 percent accuracy.", "The model had 60 percent accuracy."),
        ("Our revenue was 2 million.", "Our revenue was 5 million."),
        ("We had 3 annotators.", "We had 12 annotators."),
        ("It took two weeks.", "It took six months."),
        ("I wrote the pricing model in two weeks.", "I maintained the pricing model for two years."),
        ("I wrote the pricing model in two weeks.", "I wrote the pricing model in three weeks."),
        ("I have never used Kubernetes.", "My team used Kubernetes."),
        ("I have never used Kubernetes.", "I would use Kubernetes."),
        ("I have never used Kubernetes in production.", "I used Kubernetes at home."),
        ("I had never used Kubernetes until last year.", "I used Kubernetes for the rollout."),
        ("I have never managed people.", "I managed the migration."),
        ("I never missed a deadline.", "We missed the deadline."),
        ("I never trained a ranking model.", "I have not trained a ranking model."),
        ("Have I never used Kubernetes?", "I used Kubernetes for the rollout."),
        ("I decided to use Postgres.", "I decided to use DynamoDB."),
        ("I used Postgres at Northwind.", "I used MySQL at Southwind."),
    ],
)
def test_near_misses_are_left_alone(now: str, before: str) -> None:
    assert contradiction(now, [before]) is None
    assert contradiction(before, [now]) is None


def test_stories_of_different_people_do_not_contradict_each_other() -> None:
    told = [answer for kinds in answers().values() for answer in kinds.values()]
    assert all(contradiction(now, [before]) is None for now, before in permutations(told, 2))


def test_the_same_answer_twice_is_no_contradiction() -> None:
    said = "I built the invoice parser alone. The invoice parser was built by a team of five."
    assert contradiction(said, [said]) is None
    assert contradiction(said, []) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_never_fails(answer: str, earlier: list[str]) -> None:
    contradiction(answer, earlier)
