"""Placeholders stand where names and figures stood, and what rests on an answer still rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from interviewer.interview.state import fold
from interviewer.scorecard import Evidence
from interviewer.text import sentences
from interviewer.transcript.events import Branched, Header, Profile
from interviewer.transcript.reading import read
from interviewer.transcript.redacted import TEXTS, Redaction, redacted
from interviewer.transcript.redaction import Redactor, applied, employers, moved, names_in

SAMPLES = sorted((Path(__file__).parents[2] / "transcripts").glob("*.jsonl"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to sam@acme.io or call +44 20 7946 0958.", "Write to [address 1] or call [phone 1]."),
        ("See https://x.io/a?b=c, please.", "See [link 1], please."),
        ("Maya Chen and Maya agreed; Chen left.", "[name 1] and [name 1] agreed; [name 1] left."),
        ("MAYA's plan", "[name 1]'s plan"),
        ("We saved $1.2 million, 40% of it, in 3 weeks.", "We saved [figure 1], [figure 2] of it, in [figure 3]."),
        ("From 1,400 users to 40% more, then 40% again.", "From [figure 1] to [figure 2] more, then [figure 2] again."),
        ("Top 5 of 2019, version 3.11.", "Top 5 of 2019, version 3.11."),
    ],
)
def test_what_is_replaced(text: str, expected: str) -> None:
    assert Redactor(("Maya Chen",), figures=True).text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the depot in brno, BRNO", "the [name 1] in [name 2], [name 2]"),
        ("depots stay", "depots stay"),
        ("\u6211\u53eb\u674e\u96f7\uff0c", "\u6211\u53eb[name 1]\uff0c"),
        ("will mark it, Will? Mark!", "will mark it, [name 1]? [name 1]!"),
        ("Ada Lovelace", "[name 1]"),
    ],
)
def test_what_is_listed_is_replaced_however_it_is_written(text: str, expected: str) -> None:
    redactor = Redactor(("Will Mark", "Ada [b]Lovelace[/b]"), listed=("depot", "Brno", "\u674e\u96f7"))
    assert redactor.text(text).replace("[name 1] [name 1]", "[name 1]") == expected


def test_figures_stay_unless_they_are_asked_for() -> None:
    assert Redactor().text("40% of $3") == "40% of $3"


def test_names_that_somebody_gives() -> None:
    said = ("My name is Ana de Souza. At Acme Robotics I worked with Hannah Berg, and my manager Petra said no.",)
    assert set(names_in(said)) == {"Ana", "Acme Robotics", "Hannah Berg", "Petra"}
    assert names_in(("I'm Senior. At Monday we met with Python and AWS for March.",)) == ()


def test_companies_of_a_cv() -> None:
    cv = "Ana Souza\nSenior Engineer, Acme Robotics, 2019-2022\nQuillmark Ltd\n2015 - 2019 Developer at Beta Labs\n"
    assert {"Acme Robotics", "Quillmark Ltd", "Beta Labs"} <= set(employers(cv))


@given(
    st.lists(
        st.sampled_from(["Maya", " said ", "40%", ". ", "a@b.io", "x", "https://x.io/y", "\n\n", "Chen "]), max_size=12
    ),
    st.data(),
)
def test_offsets_move_with_the_text(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    edits = Redactor(("Maya Chen",), figures=True).edits(text)
    new = applied(text, edits)
    for one in sentences(text):
        start, end = moved(one.start, edits), moved(one.end, edits, end=True)
        kept = [edit for edit in edits if one.start <= edit.start and edit.end <= one.end]
        if all(edit.end <= one.start or one.end <= edit.start or edit in kept for edit in edits):
            inside = applied(one.text, [type(e)(e.start - one.start, e.end - one.start, e.new) for e in kept])
            assert new[start:end] == inside
    place = data.draw(st.integers(0, len(text)))
    assert 0 <= moved(place, edits) <= moved(place, edits, end=True) <= len(new)


def evidence_in(value: object) -> list[Evidence]:
    """All evidence that a document holds."""
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, BaseModel):
        return [one for name in type(value).model_fields for one in evidence_in(getattr(value, name))]
    if isinstance(value, tuple):
        return [one for item in value for one in evidence_in(item)]
    return []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_redacted_interview_folds_and_every_quote_stands_where_it_says(path: Path) -> None:
    transcript = read(path)
    header = transcript.header.model_copy(
        update={"profile": Profile(name="Petra Long", cv="Quillmark, 2019", job="We hire.")}
    )
    safe = redacted(header, transcript.events, (), Redaction(("Quillmark", "Mirela"), figures=True))
    again = Header.model_validate_json(safe.header.model_dump_json(by_alias=True))
    before, after = fold(header, transcript.events), fold(again, safe.events)
    assert after.scorecard is not None and before.scorecard is not None
    assert after.scorecard.verdict == before.scorecard.verdict
    assert [thread.question for thread in after.threads] == [thread.question for thread in before.threads]
    answers = {event.seq: event.text for event in safe.events if event.type == "answer"}
    found = [one for event in safe.events for one in evidence_in(event)]
    assert found
    for one in found:
        said = answers[one.event]
        assert said[one.start : one.end] == one.quote
        assert sentences(said)[one.sentence - 1].start <= one.start < sentences(said)[one.sentence - 1].end
    assert (again.profile.name, again.profile.cv, again.profile.job) == ("[name 1]", None, None)
    everything = "\n".join(event.model_dump_json() for event in safe.events)
    for name in ("Quillmark", "Mirela", "Petra"):
        assert name not in everything


KEPT = {
    "Turn": {"worded_by"},
    "Answer": set(),
    "Notice": {"kind"},
    "Feedback": {"judged_by"},
    "Gap": {"id"},
    "Rating": {"criterion", "level", "lowest", "highest"},
    "Grade": {"question", "rubric", "person", "covered", "missed", "failure"},
    "Vote": {"levels"},
    "Change": {"level"},
    "CriterionResult": {"rubric", "criterion", "title", "level", "level_title", "anchor", "practice"},
    "AnswerSummary": {"question", "speaker"},
    "ProbeRecord": {"question", "gap"},
    "Member": {"person", "name", "role", "before", "after", "vote_before", "vote_after"},
    "Veto": {"criterion"},
    "Debrief": set(),
    "Scorecard": {"persona", "persona_title", "rubrics", "verdict", "level", "level_reason"},
    "GradingRun": {"id", "product_version", "transcript"},
    "Draft": set(),
}
"""Texts that are ids, or that an author wrote and no candidate can have said."""


def test_every_text_is_either_redacted_or_known_to_be_nobodys_words() -> None:
    for model, texts in TEXTS.items():
        plain = {
            name
            for name, field in model.model_fields.items()
            if "str" in repr(field.annotation) and "Literal" not in repr(field.annotation)
        }
        literal = {name for name, field in model.model_fields.items() if "Literal" in repr(field.annotation)}
        assert plain - literal <= set(texts) | KEPT[model.__name__], model.__name__


def test_a_branch_stays_one() -> None:
    transcript = read(SAMPLES[0])
    header = transcript.header.model_copy(update={"origin": Branched(parent="first", answer=3)})
    assert redacted(header, transcript.events).header.origin == header.origin
