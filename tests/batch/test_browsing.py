"""A table looks into a ledger a page at a time: the same facts as the results, in any order, while others write."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.batch.ledger import Failed, Ledger
from interviewer.batch.ledger.browsing import Orders, Pages, View
from interviewer.batch.marking import Papers, marked
from interviewer.batch.output import Judged, overall, status_of
from interviewer.batch.row import Row
from interviewer.grading.grader import ungraded
from interviewer.scorecard import GradeStatus
from tests.batch.papers import RUBRIC, STAMP, filled, graded

ANSWERS = {
    1: "solid work",
    2: "weak 100% of it",
    3: "strong",
    4: "blank",
    5: "server",
    6: "tls",
    7: "claimed",
    8: "left alone",
    9: "",
    10: "solid work",
    11: 'half of it "quoted" a_b Über',
    12: "server again",
}
"""Place -> what is said there, which is also what becomes of it."""


def source() -> list[Row]:
    return [
        Row(
            place,
            f"row {place}",
            f"id-{place}",
            text,
            question="What is overfitting?",
            status="ok" if text else "empty-answer",
            problem="" if text else "The answer is blank.",
        )
        for place, text in ANSWERS.items()
    ]


def grade_some(ledger: Ledger) -> None:
    """Everything becomes of the rows that can."""
    papers = Papers(ledger)
    done = []
    for claim in ledger.claim(100):
        text = claim.parts[0][1]
        request = papers.request(claim)
        word = text.split()[0]
        if word in {"solid", "weak", "strong"}:
            done.append(marked(claim, graded(request, word), STAMP))
        elif word == "half":
            grade = graded(request, "weak")
            ratings = (grade.ratings[0].model_copy(update={"level": "strong"}), grade.ratings[1])
            rest = tuple(one.model_copy(update={"level": "not-assessed"}) for one in grade.ratings[2:])
            done.append(marked(claim, grade.model_copy(update={"ratings": (*ratings, *rest)}), STAMP))
        elif word == "blank":
            status: GradeStatus = "blank"
            done.append(marked(claim, ungraded(request, status, "Only a word.", STAMP), STAMP))
        elif word in {"server", "tls"}:
            done.append(Failed(claim.judge, claim.content, word, f"It is {word}."))
        elif word == "left":
            ledger.give_back([claim])
    ledger.record(done)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = filled(tmp_path, source())
    grade_some(made)
    yield made
    made.close()


@pytest.fixture
def pages(ledger: Ledger) -> Iterator[Pages]:
    made = Pages(ledger)
    yield made
    made.close()


@pytest.fixture
def orders(ledger: Ledger) -> Iterator[Orders]:
    made = Orders(ledger)
    yield made
    made.close()


def test_a_line_says_what_the_result_says(ledger: Ledger, pages: Pages) -> None:
    judged = Judged(ledger)
    for result, line in zip(ledger.every_result(), pages.lines(range(1, 13)), strict=True):
        assert (line.place, line.id, line.found, line.copy_of) == (
            result.place,
            result.id,
            result.found,
            result.copy_of,
        )
        assert line.status == ("under-way" if line.place == 7 else status_of(result))
        if result.grade is None:
            assert line.share is None and not line.levels
        else:
            share = overall(result.grade, judged.rubric(result.grade)).share
            assert line.share == pytest.approx(share) if share is not None else line.share is None
            assert line.levels == {one.criterion: one.level for one in result.grade.ratings if one.assessed}
    assert pages.rubrics[1] == RUBRIC


def test_a_line_says_why_it_is_as_it_is(pages: Pages) -> None:
    told = {line.place: line.problem for line in pages.lines((4, 5, 9, 1))}
    assert told == {1: "", 4: "Only a word.", 5: "It is server.", 9: "The answer is blank."}


def test_only_what_is_asked_for_is_read(pages: Pages) -> None:
    assert [line.place for line in pages.lines((3, 8, 99))] == [3, 8]
    assert pages.lines(()) == ()


def test_all_rows_in_the_order_of_the_source(orders: Orders) -> None:
    assert list(orders.places(View())) == list(range(1, 13))
    assert list(orders.places(View(backwards=True))) == list(range(12, 0, -1))


def test_by_overall_grade_with_those_that_have_none_at_the_end(orders: Orders) -> None:
    ungraded_places = [4, 5, 6, 7, 8, 9, 12]
    assert list(orders.places(View("overall"))) == [2, 1, 10, 11, 3, *ungraded_places]
    assert list(orders.places(View("overall", backwards=True))) == [3, 11, 1, 10, 2, *ungraded_places]


def test_what_is_graded_later_is_sorted_too(ledger: Ledger, orders: Orders) -> None:
    assert orders.places(View("overall"))[0] == 2
    claim = ledger.claim(1)[0]
    ledger.record([marked(claim, graded(Papers(ledger).request(claim), "absent"), STAMP)])
    assert orders.places(View("overall"))[0] == 8


def test_by_status(orders: Orders) -> None:
    assert list(orders.places(View("status"))) == [4, 9, 5, 6, 12, 1, 2, 3, 10, 11, 8, 7]


@pytest.mark.parametrize(
    ("view", "places"),
    [
        (View(status="failed"), [5, 6, 12]),
        (View(failure="server"), [5, 12]),
        (View(status="empty-answer"), [9]),
        (View(status="under-way"), [7]),
        (View(words="WORK solid"), [1, 10]),
        (View(words="id-9"), [9]),
        (View(words="It is tls"), [6]),
        (View(words="100%"), [2]),
        (View(words="a_b"), [11]),
        (View(words='"quoted"'), [11]),
        (View(words="a%b"), []),
        (View(words="üBER HALF"), [11]),
        (View(words="server", status="graded"), []),
        (View(order="overall", words="solid"), [1, 10]),
    ],
)
def test_only_some(orders: Orders, view: View, places: list[int]) -> None:
    assert list(orders.places(view)) == places


def test_they_are_counted(orders: Orders) -> None:
    tally = orders.tally()
    assert tally.statuses == {
        "graded": 5,
        "blank": 1,
        "failed": 3,
        "under-way": 1,
        "not-graded-yet": 1,
        "empty-answer": 1,
    }
    assert tally.failures == {"server": (2, "It is server."), "tls": (1, "It is tls.")}


def test_nobody_who_looks_waits_for_who_writes(ledger: Ledger, pages: Pages, orders: Orders) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(len(pages.lines((1, 2, 3))))
        seen.append(len(orders.places(View("status"))))

    with ledger._transaction() as database:
        database.execute("UPDATE rows SET id = 'changed'")
        looking = threading.Thread(target=look)
        looking.start()
        looking.join(timeout=10)
        assert seen == [3, 12], "what is half written is not seen, and not waited for"
