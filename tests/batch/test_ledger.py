"""A grade is recorded once and found again by what determines it, whoever else works on the same folder."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from interviewer.batch.ledger import Claim, Entry, Failed, Gold, Ledger, LedgerError, Marked
from interviewer.batch.ledger.database import problem_of
from interviewer.batch.marking import Papers, marked
from interviewer.batch.row import Row
from interviewer.cost import Cost
from tests.batch.papers import RUBRIC, STAMP, fill, filled, graded, rows

COST = Cost(calls=1, sent=100, cached=60, received=20, dollars=Decimal("0.0000375"))


def grade_all(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    papers = Papers(ledger)
    ledger.record([marked(one, graded(papers.request(one)).model_copy(update={"cost": COST}), STAMP) for one in claims])


def test_what_is_recorded_is_not_claimed_again(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one", "two", "three"]))
    first = ledger.claim(2)
    assert [claim.parts for claim in first] == [(("", "one"),), (("", "two"),)]
    grade_all(ledger, first)
    second = ledger.claim(5)
    assert [claim.parts for claim in second] == [(("", "three"),)]
    grade_all(ledger, second)
    assert ledger.claim(5) == ()
    assert ledger.counts().missing == 0


def test_it_is_there_for_the_next_process(tmp_path: Path) -> None:
    with_one = filled(tmp_path, rows(["one", "two"]))
    grade_all(with_one, with_one.claim(1))
    with_one.close()
    ledger = Ledger(tmp_path)
    assert [claim.parts[0][1] for claim in ledger.claim(5)] == ["two"]
    found = ledger.results()
    assert [result.grade is not None for result in found] == [True, False]
    assert found[0].grade is not None and found[0].grade.cost == COST
    assert ledger.cost() == COST


def test_two_processes_never_have_the_same_in_hand(tmp_path: Path) -> None:
    ledger, other = filled(tmp_path, rows(["one", "two", "three"])), Ledger(tmp_path)
    first, second = ledger.claim(2), other.claim(2)
    assert {claim.content for claim in first} & {claim.content for claim in second} == set()
    assert other.claim(2) == ()
    ledger.close()  # what it had in hand is free again
    assert len(other.claim(5)) == 2


def test_words_repeated_are_graded_once_and_stand_in_every_row(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["same", "other", "same"]))
    claims = ledger.claim(9)
    assert len(claims) == 2
    grade_all(ledger, claims)
    found = ledger.results()
    assert [result.copy_of for result in found] == [None, None, 1]
    assert found[0].grade == found[2].grade
    counts = ledger.counts()
    assert (counts.rows, counts.unique, counts.copies, counts.graded) == (3, 2, 1, 2)


def test_a_changed_answer_alone_is_graded_again_and_it_says_why(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one", "two"]))
    grade_all(ledger, ledger.claim(9))
    fill(ledger, rows(["one", "two, but better"]))
    assert ledger.edited() == {"answer": 1}
    claims = ledger.claim(9)
    assert [claim.parts[0][1] for claim in claims] == ["two, but better"]
    grade_all(ledger, claims)
    fill(ledger, rows(["one", "two, but better"]), rubric=RUBRIC.model_copy(update={"version": 9}))
    assert ledger.edited() == {}, "that it was edited is no reason any more"


def test_a_changed_rubric_or_model_has_all_graded_again_and_earlier_grades_stay(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one", "two"]))
    grade_all(ledger, ledger.claim(9))
    newer = RUBRIC.model_copy(update={"version": RUBRIC.version + 1})
    fill(ledger, rows(["one", "two"]), rubric=newer)
    assert sum(ledger.regraded().values()) == 2
    assert len(ledger.claim(9)) == 2
    fill(ledger, rows(["one", "two"]))  # back to the old one: nothing is paid twice
    assert ledger.claim(9) == ()
    assert ledger.regraded() == {}


def test_how_well_a_grader_agrees_with_people_does_not_change_its_grades(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one"]))
    grade_all(ledger, ledger.claim(9))
    fill(ledger, rows(["one"]), stamp=STAMP.model_copy(update={"calibration": "QWK .7"}))
    assert ledger.claim(9) == ()
    grade = ledger.results()[0].grade
    assert grade is not None and grade.stamp.calibration == "QWK .7"


def test_a_failure_is_no_grade_and_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one"]))
    ledger.begin()
    (claim,) = ledger.claim(9)
    ledger.record([Failed(claim.judge, claim.content, "server", "It broke.", COST)])
    assert ledger.claim(9) == ()
    assert ledger.counts().failures == {"server": 1}
    (result,) = ledger.results()
    assert (result.grade, result.failure, result.problem) == (None, "server", "It broke.")
    assert ledger.retry() == 1
    grade_all(ledger, ledger.claim(9))
    counts = ledger.counts()
    assert counts.failures == {}
    assert ledger.cost() == COST + COST, "what failed was paid for too"


def test_a_sample_is_the_same_each_time_and_spread_over_all(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows([f"answer {number}" for number in range(200)]))
    ledger.choose(10)
    chosen = [claim.content for claim in ledger.claim(99)]
    assert len(chosen) == 10
    assert max(chosen) - min(chosen) > 60
    ledger.begin()
    ledger.give_back([])
    ledger.choose(20)
    assert (ledger.counts().unique, ledger.counts().copies) == (20, 0)
    ledger.choose(None)
    assert ledger.counts().unique == 200


def test_bad_rows_keep_their_place_and_reason(tmp_path: Path) -> None:
    good = rows(["one"])[0]
    bad = Row(2, "row 2", "id-2", status="ragged", problem="It has 3 cells, not 2.")
    ledger = filled(tmp_path, [good, bad])
    assert ledger.counts().bad == {"ragged": 1}
    result = ledger.results()[1]
    assert (result.place, result.status, result.problem, result.parts) == (2, "ragged", "It has 3 cells, not 2.", ())


def test_what_people_gave_is_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    gold = Gold({"overall": 3.5}, {"overall": (3.0, 4.0)}, (0.0, 5.0))
    ledger.take_in([Entry(1, "a", "row 1", "ok", "", ledger.question("{}"), (("", "one"),), gold)], "x")
    assert ledger.results()[0].gold == gold


def test_a_reading_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one", "two"]))

    def broken() -> Iterator[Entry]:
        yield Entry(1, "a", "row 1", "ok", "", ledger.question("{}"), (("", "three"),), None)
        raise RuntimeError("the file is gone")

    with pytest.raises(RuntimeError):
        ledger.take_in(broken(), "another")
    assert [result.parts for result in ledger.results()] == [(("", "one"),), (("", "two"),)]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"not a database, by far", "no ledger"), (b"SQLite format 3\0" + b"\xff" * 200, "no ledger")],
)
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(LedgerError, match=told):
        Ledger(tmp_path)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/data/full-run/ledger.sqlite"), "cannot be written there"),
        (OSError(errno.ENOSPC, "No space left on device", "/data/ledger.sqlite"), "the disk is full"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
    ],
)
def test_what_is_wrong_is_told_by_the_error_and_not_by_the_name_of_the_folder(error: Exception, told: str) -> None:
    assert told in problem_of(Path("/data/full-run/ledger.sqlite"), error)


def test_what_was_spent_is_added_up_once_and_stays_right(tmp_path: Path) -> None:
    ledger, other = filled(tmp_path, rows(["one", "two", "three"])), Ledger(tmp_path)
    assert ledger.spent() == Cost()
    grade_all(other, other.claim(1))
    (claim,) = ledger.claim(1)
    ledger.record([Failed(claim.judge, claim.content, "server", "It broke.", COST)])
    assert ledger.spent() == COST + COST
    grade_all(other, other.claim(9))
    ledger.record([Failed(claim.judge, claim.content, "server", "It broke again.", COST)])
    assert ledger.spent() == other.spent() == COST + COST + COST + COST


def test_a_later_form_is_refused_in_a_sentence(tmp_path: Path) -> None:
    filled(tmp_path, rows(["one"])).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        database.execute("UPDATE notes SET value = '99' WHERE name = 'version'")
    with pytest.raises(LedgerError, match="later version"):
        Ledger(tmp_path)


def test_an_earlier_form_is_brought_up_to_this_one(tmp_path: Path) -> None:
    filled(tmp_path, rows(["one"])).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        database.execute("UPDATE notes SET value = '1' WHERE name = 'version'")
        database.execute("ALTER TABLE jobs DROP COLUMN picodollars")
    ledger = Ledger(tmp_path)
    ledger.intend("label", "anthropic", "model", ledger.claim(9), Decimal("0.25"))
    assert (ledger.promised(), ledger.counts().claimed) == (Decimal("0.25"), 1)
    ledger.close()
    Ledger(tmp_path).close()


def test_damage_within_the_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    filled(tmp_path, rows([f"answer {number}" for number in range(300)])).close()
    path = tmp_path / "ledger.sqlite"
    whole = path.read_bytes()
    told = 0
    for page in range(1, len(whole) // 4096):
        path.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        try:
            ledger = Ledger(tmp_path)
            found = (ledger.counts().rows, len(list(ledger.every_result())))
            ledger.close()
            assert found == (300, 300), "rows are missing, and nobody says so"
        except LedgerError as error:
            assert "damaged" in str(error)
            told += 1
    assert told > 5


def test_recording_the_same_twice_keeps_the_first(tmp_path: Path) -> None:
    ledger = filled(tmp_path, rows(["one"]))
    (claim,) = ledger.claim(9)
    body = graded(Papers(ledger).request(claim)).model_dump_json(exclude={"stamp", "cost"}, exclude_defaults=True)
    ledger.record([Marked(claim.judge, claim.content, "graded", body, COST)])
    ledger.record([Marked(claim.judge, claim.content, "graded", body, COST + COST)])
    assert ledger.cost() == COST


def test_nobody_changes_the_judges_or_the_source_under_another_process(tmp_path: Path) -> None:
    ledger, other = filled(tmp_path, rows(["one", "two"])), Ledger(tmp_path)
    newer = RUBRIC.model_copy(update={"version": RUBRIC.version + 1})
    fill(other, rows(["one", "two"]))  # the very same: they share the work
    with pytest.raises(LedgerError, match="another rubric or engine"):
        fill(other, rows(["one", "two"]), rubric=newer)
    with pytest.raises(LedgerError, match="another source"):
        fill(other, rows(["three"]))
    with pytest.raises(LedgerError, match="another sample"):
        other.choose(1)
    ledger.close()
    fill(other, rows(["three"]), rubric=newer)
    assert [claim.parts[0][1] for claim in other.claim(9)] == ["three"]


def test_what_one_process_failed_at_is_not_tried_in_turns_for_ever(tmp_path: Path) -> None:
    ledger, other = filled(tmp_path, rows(["one"])), Ledger(tmp_path)
    ledger.begin()
    other.begin()
    (claim,) = ledger.claim(9)
    ledger.record([Failed(claim.judge, claim.content, "server", "It broke.")])
    assert other.claim(9) == ()
