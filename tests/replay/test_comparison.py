"""Two gradings: what moved, by how much, on what grounds, and every reason that the stamps give for it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import pytest_asyncio

from interviewer.replay import words
from interviewer.replay.comparison import compare, side_by_side
from interviewer.replay.comparison_data import COLUMNS, as_data, rows
from interviewer.replay.comparison_text import comparison_text, runs_text, table_text
from interviewer.replay.reasons import DIFFERENT_AND_STILL, SAME_AND_MOVED, SAME_AND_STILL
from interviewer.replay.recording import Recording
from interviewer.rubric import Rubric
from interviewer.scorecard_text.columns import cells
from interviewer.table import csv_text
from tests import sample
from tests.replay.grading import STAMP, numbered, recording, run

Stamped = dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def interview(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return await recording(tmp_path_factory.mktemp("interview"))


def reworded(**more: Any) -> Rubric:
    """The sample rubric with something else about its first criterion."""
    rubric = sample.rubric()
    first = rubric.criteria[0].model_copy(update={"anchors": rubric.criteria[0].anchors | {"weak": "Other words."}})
    return rubric.model_copy(update={"criteria": (first, *rubric.criteria[1:]), **more})


def test_what_moved_is_said_by_criterion_and_by_answer(interview: Recording) -> None:
    before = run(interview)
    after = run(interview, [{"result": "strong"}, {"ownership": "absent"}, {"ownership": "not-assessed"}])
    found = compare(before, after)
    moves: dict[str, tuple[object, ...]] = {one.criterion: (one.moved, one.by) for one in found.criteria}
    threads = len(interview.state.threads)
    assert threads >= 3
    assert moves["result"] == ("up", pytest.approx(1 / 3 / threads))
    assert moves["ownership"][0] == "down"
    told: list[list[tuple[object, ...]]] = [
        [(one.criterion, one.moved, one.by) for one in answer.moved] for answer in found.answers
    ]
    assert told[0] == [("result", "up", pytest.approx(1 / 3))]
    assert told[1] == [("ownership", "down", pytest.approx(-2 / 3))]
    assert told[2] == [("ownership", "not-assessed", None)]
    assert not any(told[3:])
    first = found.answers[0].moved[0]
    assert first.before is not None
    assert first.after is not None
    assert (first.before.level, first.after.level, first.after.reasoning) == ("Solid", "Strong", "Why result.")
    assert first.after.evidence[0].quote


def test_a_failed_grade_is_a_status_and_no_number(interview: Recording) -> None:
    found = compare(run(interview), run(interview, status="failed"))
    assert {one.moved for one in found.criteria} == {"not-assessed"}
    assert {rating.by for answer in found.answers for rating in answer.ratings} == {None}
    last = found.answers[0].ratings[0].after
    assert words.held(last) == "not rated: grading failed"
    failed = run(interview, status="failed")
    assert "have no rating" in words.run_failures(failed)
    blank = run(interview, status="blank")
    assert {one.moved for one in compare(failed, blank).answers[0].ratings} == {"other-status"}


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({}, {"stamp": STAMP.model_copy(update={"engine": "openai"})}, "Engine: openai instead of fake."),
        ({}, {"stamp": STAMP.model_copy(update={"engine_version": "2"})}, "Version of the engine: 2 instead of 1."),
        ({}, {"stamp": STAMP.model_copy(update={"model": "gpt-x"})}, "Model: gpt-x instead of none."),
        ({}, {"stamp": STAMP.model_copy(update={"prompt_version": "grade 2"})}, "Prompts: grade 2 instead of none."),
        ({}, {"stamp": STAMP.model_copy(update={"samples": 3})}, "Each answer was graded 3 times instead of once."),
        (
            {},
            {"rubric": sample.rubric().model_copy(update={"version": 2})},
            "The rubric sample is of version 2 instead of 1.",
        ),
        ({}, {"rubric": reworded()}, "The rubric sample was changed without a new version (both say 1)."),
        ({}, {"rubric": sample.rubric("other")}, "Answers were judged under other instead of sample."),
        (
            {},
            {"persona": sample.persona(version=2)},
            "The persona sample-persona is of version 2 instead of 1.",
        ),
        (
            {},
            {"persona": sample.persona(id="else", title="Someone else")},
            "Decided by Someone else instead of Sample interviewer.",
        ),
        (
            {},
            {"persona": sample.persona(people=[sample.person("ana", "Ana Ito", strictness="strict")])},
            "Ana Ito is strict instead of even.",
        ),
        (
            {},
            {"persona": sample.persona(people=[sample.person("ana", "Ana Ito", cares={"result": 3.0})])},
            "Ana Ito weighs the criteria in another way.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_difference_in_how_they_came_about_is_named(
    interview: Recording, first: Stamped, second: Stamped, reason: str
) -> None:
    moved = compare(run(interview, **first), run(interview, [{"result": "absent", "ownership": "absent"}], **second))
    assert reason in moved.reasons
    assert SAME_AND_MOVED not in moved.reasons


def test_where_nothing_differs_it_is_the_grader_who_does_not_repeat_itself(interview: Recording) -> None:
    assert compare(run(interview), run(interview, [{"result": "weak"}])).reasons == (SAME_AND_MOVED,)
    assert compare(run(interview), run(interview)).reasons == (SAME_AND_STILL,)
    still = compare(run(interview), run(interview, rubric=sample.rubric().model_copy(update={"version": 2})))
    assert still.reasons[-1] == DIFFERENT_AND_STILL


def test_of_a_new_rubric_it_is_said_which_criteria_were_reworded(interview: Recording) -> None:
    found = compare(run(interview), run(interview, [{"result": "weak"}], rubric=reworded(version=2)))
    told = {one.criterion: one.reasons for one in found.criteria}
    assert told["result"] == ("Reworded: its anchors.",)
    assert told["ownership"] == ("The rubric is of another version, but not the wording of this criterion.",)


def test_criteria_that_only_one_of_them_has_are_shown_as_such(interview: Recording) -> None:
    after = run(interview, rubric=sample.rubric(criteria=("result", "courage")))
    found = compare(run(interview), after)
    assert {one.criterion: one.moved for one in found.criteria} == {
        "result": "same",
        "ownership": "only-before",
        "courage": "only-after",
    }
    first, second = numbered(run(interview), after)
    text = comparison_text(first, second, found)
    assert "Only in the first: Ownership (Solid, 67%)" in text
    assert "Only in the second: Courage (Solid, 67%)" in text
    lines = {line.criterion: line for line in side_by_side([run(interview), after])}
    assert [one is None for one in lines["courage"].results] == [True, False]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_pages_keep_to_their_width_and_say_what_moved(interview: Recording, width: int) -> None:
    after = run(interview, [{"result": "absent"}] * 9, notes=("A note.",), persona=sample.persona(title="\u6771" * 30))
    runs = numbered(run(interview), after, after, after, after, after)
    moved = comparison_text(runs[0], runs[1], compare(runs[0].run, after), width)
    text = runs_text(runs, width) + table_text(runs, width) + moved
    assert max(map(cells, text.splitlines())) <= width
    assert "run 5" in text
    assert "A note." in text
    flat = " ".join(text.split())
    assert "* Result: Solid, 67% -> Absent, 0% (-66.7)" in flat
    assert "for the same reasons and on the same words" in flat


def test_for_programs_there_is_everything(interview: Recording) -> None:
    runs = numbered(run(interview), run(interview, [{"result": "strong"}], id="second"))
    data = json.loads(json.dumps(as_data(runs, compare(runs[0].run, runs[1].run))))
    assert [one["number"] for one in data["runs"]] == [0, 1]
    assert data["comparison"]["criteria"][0]["moved"] == "up"
    moved = data["comparison"]["answers"][0]["moved"][0]
    assert (moved["before"]["level"], moved["after"]["level"]) == ("Solid", "Strong")
    table = list(csv.DictReader(io.StringIO(csv_text(rows(runs)))))
    assert tuple(table[0]) == COLUMNS
    threads = len(interview.state.threads)
    assert len(table) == 2 * (2 + 2 * threads)
    assert {row["scope"] for row in table} == {"interview", "answer"}
    assert next(row["level"] for row in table if row["scope"] == "answer" and row["run"] == "1") == "strong"
