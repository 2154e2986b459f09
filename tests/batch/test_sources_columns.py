"""What a column is for: as told, by its usual name, by what stands in it; and said in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.batch.row import OVERALL
from interviewer.batch.sources import SourceError, SourceOptions
from interviewer.batch.sources.known_names import NAMES, Gold, Role, gold_of, role_of
from tests.batch.reading import opened, read

LONG = "I trained the model on our own data and measured what it did to the waiting time."


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("answer", "answer"), ("Student Answer", "answer"), ("candidate_response", "answer"), ("fullText", "answer"),
        ("ID", "id"), ("studentId", "id"), ("e-mail", None), ("question", "question"), ("Question_ID", "question_id"),
        ("model-answer", "reference"), ("notes", None),
    ],
)  # fmt: skip
def test_usual_names_are_known_however_they_are_written(name: str, role: Role | None) -> None:
    found = role_of(name)
    assert (found and found[0]) == role


def test_no_name_stands_for_two_roles() -> None:
    names = [name for known in NAMES.values() for name in known]
    assert len(names) == len(set(names))
    assert not [name for name in names if gold_of(name) is not None]


@pytest.mark.parametrize(
    ("name", "gold"),
    [
        ("score", Gold(OVERALL)), ("human_mean", Gold(OVERALL, mean=True)), ("score_1", Gold(OVERALL, "1")),
        ("Rater 2", Gold(OVERALL, "2")), ("gold_depth", Gold("depth")), ("human:model choice", Gold("model-choice")),
        ("gold_depth_2", Gold("depth", "2")), ("gold depth rater 2", Gold("depth", "2")),
        ("score_me", Gold(OVERALL, "score me")), ("answer 2", None), ("year", None),
    ],
)  # fmt: skip
def test_names_of_human_grades_say_criterion_and_rater(name: str, gold: Gold | None) -> None:
    assert gold_of(name) == gold


def test_every_role_is_found_and_said(tmp_path: Path) -> None:
    text = "sid,student_id,question,question_id,response,reference,score,gold_depth,room\n"
    source = opened(tmp_path, "a.csv", text + "9,s1,Why?,q1,Because.,Because so.,3,2,B12\n")
    assert source.told() == (
        "a.csv: CSV, UTF-8, separated by commas, first line names the columns.\n"
        "Answer from `response`; id from `student_id`; question from `question`; question id from `question_id`; "
        "reference answer from `reference`; human grades from `score` (overall), `gold_depth` (depth). "
        "Not used: `sid`, `room`."
    )
    row = next(source.rows())
    assert (row.id, row.question, row.question_id, row.answer, row.reference) == (
        "s1", "Why?", "q1", "Because.", "Because so.",
    )  # fmt: skip
    assert row.gold == {"overall": 3.0, "depth": 2.0}


def test_what_is_told_goes_before_what_is_guessed(tmp_path: Path) -> None:
    text = "id,answer,final,code,why,marks\n1,draft,done,c7,Because?,4\n"
    told = SourceOptions(
        answer_column="FINAL", id_column="4", question_column="why", gold_columns=(("depth", "marks"),)
    )
    row = read(tmp_path, "a.csv", text, told)[0]
    assert (row.answer, row.id, row.question, row.gold) == ("done", "c7", "Because?", {"depth": 4.0})


def test_an_unknown_column_is_refused_with_the_nearest_and_all_there_are(tmp_path: Path) -> None:
    for told in (SourceOptions(answer_column="respnse"), SourceOptions(gold_columns=(("depth", "respnse"),))):
        with pytest.raises(SourceError) as refused:
            opened(tmp_path, "a.csv", "id,response,note\n1,x,y\n", told)
        assert "no column `respnse`" in str(refused.value)
        assert "Did you mean `response`? There are `id`, `response`, `note`." in str(refused.value)
    with pytest.raises(SourceError, match="There are `id`, `note`, `response`"):
        opened(tmp_path, "a.csv", "id,response,note\n1,x,y\n", SourceOptions(id_column="9"))


def test_without_a_usual_name_the_longest_texts_are_the_answer_and_that_is_said(tmp_path: Path) -> None:
    source = opened(tmp_path, "a.csv", f"id,who,words\n1,Ann,{LONG}\n2,Bob,{LONG}\n")
    assert source.mapping.answer == "words"
    assert "`words` has the longest texts and is taken. Say otherwise with --answer-column." in source.told()
    source = opened(tmp_path, "b.csv", f"id,first,second\n1,{LONG},{LONG} x\n")
    assert "`first` could be meant" in source.told()


def test_a_choice_between_two_usual_names_is_said(tmp_path: Path) -> None:
    source = opened(tmp_path, "a.csv", "id,response,answer,score,marks\n1,x,y,1,2\n")
    assert source.mapping.answer == "answer"
    assert "The answer could also be `response`; say so with --answer-column." in source.told()
    assert "Human grades could also be in `marks`; say so with --gold-column." in source.told()


def test_columns_with_one_name_or_none_are_told_apart(tmp_path: Path) -> None:
    source = opened(tmp_path, "a.csv", "id,answer,answer,\n1,x,y,z\n")
    assert (source.mapping.id, source.mapping.answer) == ("id", "answer")
    assert source.mapping.ignored == ("answer (2)", "column 4")
    assert next(source.rows()).answer == "x"


def test_names_of_columns_are_shown_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    source = opened(tmp_path, "a.csv", "id,answer,\x1b[2Jevil\x07\n1,x,y\n")
    assert "\x1b" not in source.told() and "evil" in source.told()
    source = opened(tmp_path, "a.jsonl", json.dumps({"id": 1, "answer": "x", "\x1b[2Jevil\n": 1}))
    assert "\x1b" not in source.told() and "evil" in source.told()


def test_several_raters_keep_their_order_and_have_a_mean(tmp_path: Path) -> None:
    row = read(tmp_path, "a.csv", "id,answer,score_1,score_2,gold_depth\n1,x,3,4,\n")[0]
    assert (row.gold, row.gold_raters) == ({"overall": 3.5}, {"overall": (3.0, 4.0)})
    told = SourceOptions(gold_columns=(("depth", "b"), ("depth", "a")))
    row = read(tmp_path, "b.csv", "id,answer,a,b\n1,x,3,4\n", told)[0]
    assert row.gold_raters == {"depth": (4.0, 3.0)}
    line = {"id": 1, "answer": "x", "human": [3, 5], "human_mean": 4.5, "scale": [0, 5]}
    row = read(tmp_path, "c.jsonl", json.dumps(line))[0]
    assert (row.gold, row.gold_raters, row.gold_scale) == ({"overall": 4.5}, {"overall": (3.0, 5.0)}, (0.0, 5.0))


def test_where_a_rater_is_missing_the_others_still_make_the_mean(tmp_path: Path) -> None:
    row = read(tmp_path, "a.csv", "id,answer,score_1,score_2\n1,x,,4\n")[0]
    assert (row.gold, row.gold_raters, row.note) == ({"overall": 4.0}, {}, "")


@pytest.mark.parametrize(
    ("written", "grade"),
    [("3", 3.0), (" 2.5 ", 2.5), ("2,5", 2.5), ("-1", -1.0), ("", None), ("n/a", None), ("good", None), ("inf", None),
     ("1e999", None), ("1,000", None), ("4/5", None)],
)  # fmt: skip
def test_what_is_no_number_is_no_grade_and_is_said(tmp_path: Path, written: str, grade: float | None) -> None:
    row = read(tmp_path, "a.tsv", f"id\tanswer\tscore\n1\tx\t{written}\n")[0]
    assert row.status == "ok"
    assert row.gold == ({} if grade is None else {"overall": grade})
    assert bool(row.note) == (grade is None and written not in ("", "n/a"))


@pytest.mark.parametrize(
    ("written", "scale"),
    [("0-5", (0.0, 5.0)), ("[1, 4]", (1.0, 4.0)), ("0 to 2.5", (0.0, 2.5)), ("5-5", None), ("high", None)],
)
def test_a_scale_is_read_where_it_is_one(tmp_path: Path, written: str, scale: tuple[float, float] | None) -> None:
    assert read(tmp_path, "a.tsv", f"id\tanswer\tscale\n1\tx\t{written}\n")[0].gold_scale == scale
