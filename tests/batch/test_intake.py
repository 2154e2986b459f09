"""What a source asks goes into the ledger as far as it fits, and anew when it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.batch.asking import Asked, Asking
from interviewer.batch.ledger import Ledger
from interviewer.batch.output import Judged
from interviewer.batch.row import LONGEST_TEXT, Row
from interviewer.document import LONGEST_PROSE
from interviewer.question import Question
from tests.batch.papers import RUBRIC, fill, filled, rows


def question_of(ledger: Ledger) -> Question:
    (body,) = (body for _, body in ledger.questions())
    return Question.model_validate_json(body)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            Row(1, "row 1", "a", "one", question="What?", reference="r" * LONGEST_TEXT),
            "Of the reference only the first",
        ),
        (Row(1, "row 1", "a", "one", question="q" * LONGEST_TEXT), "Of the question only the first"),
        (
            Row(1, "row 1", "a", "one", question="q" * 5000, reference="r" * 5000, note="Noted."),
            "Noted. Of the question and the reference only the first 4,000 characters are used.",
        ),
    ],
)
def test_what_is_longer_than_a_question_may_be_is_cut_and_that_is_said(tmp_path: Path, row: Row, told: str) -> None:
    ledger = filled(tmp_path, [row])
    question = question_of(ledger)
    assert max(len(question.text), len(question.reference or "")) == LONGEST_PROSE
    assert ledger.results()[0].problem.startswith(told)


def test_what_fits_is_taken_as_it_stands_and_nothing_is_said(tmp_path: Path) -> None:
    text = "x" * LONGEST_PROSE
    ledger = filled(tmp_path, [Row(1, "row 1", "a", "one", question=f" {text}", reference=f"{text}\n")])
    question = question_of(ledger)
    assert (question.text, question.reference, ledger.results()[0].problem) == (text, text, "")


def test_the_words_of_a_row_that_are_not_used_need_no_note() -> None:
    fixed = Question.plain("fixed", "What is overfitting?", rubric="given", stage="seed")
    asked = Asking(RUBRIC, fixed).of(Row(1, "row 1", "a", "one", question="q" * 5000))
    assert asked == Asked(fixed, RUBRIC)


def test_a_sample_of_another_source_is_chosen_from_that_one(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one", "two", "three"]))
    ledger.choose(2)
    fill(ledger, rows(["four", "five", "six"]))
    ledger.choose(2)
    assert ledger.counts().unique == len(ledger.claim(9)) == 2


def test_a_rubric_that_is_as_it_was_again_is_the_one_that_weighs(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one"]))
    lighter = tuple(one.model_copy(update={"weight": one.weight / 2}) for one in RUBRIC.criteria[1:])
    edited = RUBRIC.model_copy(update={"criteria": (RUBRIC.criteria[0], *lighter)})
    fill(ledger, rows(["one"]), rubric=edited)
    assert Judged(ledger).rubrics[RUBRIC.id, RUBRIC.version] == edited
    fill(ledger, rows(["one"]))
    assert Judged(ledger).rubrics[RUBRIC.id, RUBRIC.version] == RUBRIC
