"""The parts of a report: what is cut out of an answer, what is kept of very many, how numbers are said."""

from __future__ import annotations

import pytest

from interviewer.batch.report.excerpt import LONGEST, MOST_PASSAGES, WHOLE, passages_of
from interviewer.batch.report.questions import student
from interviewer.batch.report.smallest import Smallest, by_chance
from interviewer.batch.report.words import points, share, short, with_interval
from interviewer.grading.bootstrap import Figure, Interval
from interviewer.scorecard import Evidence


def cite(text: str, quote: str, event: int = 1) -> Evidence:
    start = text.index(quote)
    return Evidence(event=event, sentence=1, start=start, end=start + len(quote), quote=quote)


def shown(text: str, *quotes: str) -> tuple[str, list[str]]:
    """What is shown of an answer in words, and what of it is marked."""
    (passage,) = passages_of((("", text),), [cite(text, quote) for quote in quotes])
    return "".join(piece for piece, _ in passage.pieces), [piece for piece, marked in passage.pieces if marked]


def test_a_short_answer_is_shown_whole_with_its_evidence_marked() -> None:
    text = "First this. Then that. And so on."
    assert shown(text, "And so on.", "First this.") == (text, ["First this.", "And so on."])
    assert shown(text) == (text, [])


def test_pieces_that_overlap_are_marked_once() -> None:
    text = "One two three four."
    assert shown(text, "One two three", "two three four.") == (text, [text])


def test_of_a_long_answer_what_is_around_the_evidence_is_shown() -> None:
    filler = "and then some more of the very same " * 60
    text = f"{filler}I cut it by half. {filler}It held for a year. {filler}"
    whole, marked = shown(text, "I cut it by half.", "It held for a year.")
    assert marked == ["I cut it by half.", "It held for a year."]
    assert len(whole) < WHOLE
    assert whole.startswith("[\u2026] ")
    assert whole.count("[\u2026]") == 3
    for piece in whole.split("[\u2026]"):
        assert piece.strip() in text
    whole, marked = shown(text)
    assert text.startswith(whole.removesuffix(" [\u2026]"))
    assert LONGEST - 50 < len(whole) <= LONGEST + 5


def test_a_piece_of_evidence_that_is_very_long_is_cut() -> None:
    text = "word " * 1000
    whole, marked = shown(text, text.strip())
    assert len(marked[0]) == LONGEST
    assert whole.rstrip().endswith("[\u2026]")


def test_a_submission_says_file_and_line_and_shows_few_files() -> None:
    parts = [(f"src/file{place}.py", "import os\nx = 1\ny = 2\n") for place in range(9)]
    found = passages_of(parts, [cite(parts[0][1], "x = 1", event) for event in range(1, 10)])
    assert [one.where for one in found] == [f"src/file{place}.py:2" for place in range(MOST_PASSAGES)]


def test_what_is_not_in_the_answer_is_not_shown_as_evidence() -> None:
    wrong = Evidence(event=1, sentence=1, start=0, end=4, quote="Else")
    nowhere = Evidence(event=7, sentence=1, start=0, end=4, quote="Text")
    (passage,) = passages_of((("", "Text of it."),), [wrong, nowhere])
    assert passage.pieces == (("Text of it.", False),)
    assert passages_of((), [nowhere]) == ()


def test_the_smallest_of_very_many_are_kept_in_order() -> None:
    kept: Smallest[int] = Smallest(3)
    for place in range(10_000):
        kept.offer(by_chance(place), place)
    assert kept.items() == sorted(range(10_000), key=by_chance)[:3]
    assert kept.offered == 10_000


def test_of_equal_keys_the_first_are_kept() -> None:
    kept: Smallest[str] = Smallest(2)
    for name in "abcd":
        kept.offer(1.0, name)
    assert kept.items() == ["a", "b"]


def test_a_sample_by_chance_leans_to_no_part_of_the_source() -> None:
    kept: Smallest[int] = Smallest(1000)
    for place in range(20_000):
        kept.offer(by_chance(place), place)
    assert sum(kept.items()) / 1000 == pytest.approx(10_000, rel=0.05)


@pytest.mark.parametrize(("freedom", "tabled"), [(7, 2.3646), (10, 2.2281), (20, 2.0860), (30, 2.0423), (120, 1.9799)])
def test_students_t_is_that_of_the_tables(freedom: int, tabled: float) -> None:
    assert student(freedom) == pytest.approx(tabled, abs=0.001)


def test_numbers_are_said_so_that_nothing_is_rounded_away() -> None:
    assert [share(value) for value in (None, 0.0, 0.004, 0.5, 0.999, 1.0)] == [
        "\u2013", "0%", "0.4%", "50%", "99.9%", "100%",
    ]  # fmt: skip
    assert points(-0.031) == "\u22123.1"
    assert with_interval(Figure(0.5, Interval(0.25, 0.75)), share) == "50% (25% to 75%)"
    assert with_interval(Figure(None, None)) == "\u2013"
    assert short("a long\n line that goes on", 12) == "a long line \u2026"
