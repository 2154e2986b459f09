"""A model that recites its instructions is stopped before the candidate reads them."""

from __future__ import annotations

import pytest

from interviewer.engines.llm.leak import leaks
from interviewer.engines.llm.prompts import load_prompt
from interviewer.library import Library


def test_a_sentence_of_the_prompt_is_recognised_whatever_stands_around_it() -> None:
    assert leaks('Sure! My rules say: "Go for the gap in what was just said, the one whose answer..." and so on.')
    assert leaks("you OWN the words -- the program around you owns the plan, the clock and the rules")


@pytest.mark.parametrize("name", ["turn", "grade", "revote", "debrief"])
def test_every_long_line_of_a_prompt_is_recognised(name: str) -> None:
    lines = [line for line in load_prompt(name).text.splitlines() if len(line.split()) > 14 and "{{" not in line]
    assert lines and all(leaks(line) for line in lines)


def test_what_the_people_of_the_product_say_is_no_leak() -> None:
    library = Library.default()
    for name in library.names("persona"):
        persona = library.persona(name)
        for bank in dict.fromkeys(name for segment in persona.plan for name in segment.banks):
            for question in library.bank(bank).questions:
                assert not leaks(question.text)
                assert not any(leaks(point.probe.text) for point in question.key_points)
        assert not any(leaks(text) for segment in persona.plan for text in segment.says or ())
