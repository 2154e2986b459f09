"""What is left out again and again counts once for each interview."""

from __future__ import annotations

from interviewer.progress.gaps import KINDS, recurring
from tests.progress.invented import gap, interview, question


def test_a_kind_counts_each_interview_once_and_names_the_latest() -> None:
    first = [question("a", gaps=(gap("point:x"), gap("point:y")), asked_for={"quantify": 3})]
    second = [question("b", gaps=(gap("point:z", about="Names the cost."),), asked_for={"quantify": 1})]
    third = [question("c", asked_for={"quantify": 2})]
    interviews = [interview(0, None, *first), interview(1, None, *second), interview(2, None, *third)]
    (found,) = recurring(interviews)
    assert (found.sort, found.about) == ("kind", KINDS["quantify"])
    assert (found.interviews, found.of, found.missed, found.chances) == (2, 3, 3, 6)
    assert (found.latest, found.latest_about, found.latest_question) == (
        interviews[1].created, "Names the cost.", "What of b?"
    )  # fmt: skip


def test_the_same_point_of_the_same_question_is_told_too() -> None:
    asked = question("a", gaps=(gap("point:x"),), asked_for={"quantify": 1})
    found = recurring([interview(0, None, asked), interview(4, None, asked)])
    assert {one.sort: one.id for one in found} == {"kind": "quantify", "point": "a point:x"}


def test_a_point_is_told_with_the_interviews_that_had_it() -> None:
    missed = question("a", gaps=(gap("point:x"),), asked_for={"quantify": 1})
    given = question("a", looked_for=("point:x", "point:y"))
    asked = [missed, given, missed, question("b", looked_for=("point:x",))]
    found = recurring(interview(day, None, one) for day, one in enumerate(asked))
    (point,) = (one for one in found if one.sort == "point")
    assert (point.interviews, point.of, point.missed, point.chances) == (2, 3, 2, 3)


def test_once_is_no_habit_and_neither_a_branch_nor_a_question_passed_on_counts() -> None:
    asked = question("a", gaps=(gap("point:x"),), asked_for={"quantify": 1})
    passed = asked.model_copy(update={"status": "skipped"})
    assert not recurring([interview(0, None, asked)])
    assert not recurring([interview(0, None, asked), interview(1, None, asked, came="branch")])
    assert not recurring([interview(0, None, asked), interview(1, None, passed)])


def test_the_most_frequent_comes_first_then_the_one_missed_more_often() -> None:
    def asked(name: str, missed: int) -> object:
        gaps = tuple(gap(f"point:{number}", "deepen") for number in range(missed))
        return question(name, gaps=(*gaps, gap("gap:n")), asked_for={"deepen": 4, "quantify": 4})

    often = [interview(day, None, asked(f"q-{day}", 2)) for day in range(2)]  # type: ignore[arg-type]
    rare = interview(2, None, question("z", gaps=(gap("gap:n"),), asked_for={"quantify": 4}))
    assert [one.id for one in recurring(often)] == ["deepen", "quantify"]
    assert [one.id for one in recurring([*often, rare])] == ["quantify", "deepen"]
