"""What the built-in people ask of a claim, and how they leave a figure to the candidate, in words of their own."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest

from interviewer.interview.duplicates import asked_before
from interviewer.library import Library
from interviewer.persona import ClaimKind, Person
from tests.offline.content import people
from tests.offline.interviews import BUILT_IN

LEAST_OF_A_KIND = 7
LEAST_TO_ASSUME = 5
WORDS = range(5, 17)
"""So few that a line is heard at once, and so many that it is a question of its own."""


def _lines(person: Person) -> tuple[str, ...]:
    return tuple(line for lines in person.phrases.claims.values() for line in lines)


@pytest.mark.parametrize("person", people(), ids=lambda person: person.id)
def test_everyone_has_enough_lines_for_each_kind_of_claim(person: Person) -> None:
    counted = {kind: len(set(person.phrases.claims.get(kind, ()))) for kind in get_args(ClaimKind)}
    assert [kind for kind, count in counted.items() if count < LEAST_OF_A_KIND] == []


@pytest.mark.parametrize("person", people(), ids=lambda person: person.id)
def test_each_line_is_one_short_question(person: Person) -> None:
    for line in _lines(person):
        assert line.endswith("?") and line.count("?") == 1, line
        assert len([word for word in line.split() if word != "-"]) in WORDS, line
        assert "{" not in line, line


@pytest.mark.parametrize("persona", BUILT_IN)
def test_no_two_lines_of_a_persona_count_as_the_same_question(persona: str) -> None:
    lines = [line for person in Library.default().persona(persona).people for line in _lines(person)]
    assert [(one, other) for one, other in combinations(lines, 2) if asked_before(one, [other])] == []


@pytest.mark.parametrize("person", people(), ids=lambda person: person.id)
def test_everyone_leaves_a_figure_to_the_candidate_without_a_question(person: Person) -> None:
    lines = person.phrases.assume or ()
    assert len(set(lines)) >= LEAST_TO_ASSUME
    assert [line for line in lines if "?" in line] == []
