"""A debrief may not contradict the scorecard that it was written from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.debrief_check import Draft, Point, Record, faults, mended
from interviewer.grading.grader import Exchange
from interviewer.scorecard import AnswerSummary
from tests import sample
from tests.grading import made

ASKED = "Describe a payment outage at Kestrel that shaped your work."
ANSWER = "In 2023 I rebuilt the ledger alone at Acme. Errors fell from 9 to 2 percent, and twelve people slept again."
CARD = made.scorecard("no", result=0.0, ownership=1.0, speed=1 / 3, depth=None).model_copy(
    update={
        "answers": (
            AnswerSummary(
                thread=2,
                question="q0",
                asked=ASKED,
                speaker="Ana Ito",
                status="graded",
                follow_ups=1,
                better="I cut it from 77 minutes to 2 by caching the joins.",
                missed=("Explains what 365 days of it cost.",),
            ),
        )
    }
)
RECORD = Record(
    CARD,
    (sample.rubric("sample", ("result", "ownership", "speed", "depth")),),
    (Exchange(asked=ASKED, answer=ANSWER, event=3),),
)
GOOD = Draft(
    verdict="You owned the ledger, and I heard what came of it. What it was worth to anybody I did not hear.",
    strengths=(
        Point("ownership", "Ownership was strong: you said \u201cI rebuilt the ledger alone at Acme\u201d."),
        Point("speed", "You moved from 9 to 2 percent before anybody asked."),
    ),
    missing=(Point("result", "Result is absent: say what it was worth."), Point("depth", "Nobody heard any depth.")),
    stronger="In 2023 I rebuilt the ledger alone at Acme, and errors fell from 9 to 2 percent, which saved [how much].",
    practise=("Tell the ledger story in two minutes, with one figure for its worth.",),
)


def complaints(draft: Draft) -> list[tuple[str, int, str]]:
    return [(fault.part, fault.place, fault.complaint) for fault in faults(draft, RECORD)]


def test_a_debrief_that_agrees_is_kept_whole() -> None:
    assert complaints(GOOD) == []
    assert mended(GOOD, (), RECORD) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        "Your total is 42%, and 80 percent could be assessed.",
        "The total came to 41.7% of the scale.",
        "You had one question, and 1 follow-up in 25 minutes.",
        "Twelve people slept again, and 365 days of it cost something.",
        "From nine to two percent, in two steps, before ten.",
        "You said \u2018Errors fell from 9 to 2 percent\u2019.",
        "It is a no, and that is fair.",
    ],
)
def test_what_is_on_record_may_be_said(text: str) -> None:
    assert complaints(replace(GOOD, verdict=text)) == []


PLANTED = [
    "Errors fell by 40 percent.",
    "You led eleven people.",
    "It took you thirty-five days.",
    "You cut it to 77 minutes.",
    "You scored 9 percent overall.",
    "Your total is 67%.",
    "Result was solid.",
    "Ownership was not strong.",
    "Depth was weak.",
    "A strong no.",
    "With that, we'd hire you.",
    "It's a yes.",
    "You told us \u201cI led the whole company\u201d.",
    'You told us "I led the whole company".',
    "You told us \u2018I led the whole company\u2019.",
    "You told us 'I didn't lead the whole company'.",
    "You told us \u00abI led the whole company\u00bb.",
]


@pytest.mark.parametrize("text", PLANTED)
def test_a_contradiction_is_found_wherever_it_stands(text: str) -> None:
    texts = f"It was a long talk. {text} Let us see."
    assert {part for part, _, _ in complaints(replace(GOOD, verdict=texts))} == {"verdict"}
    in_list = replace(
        GOOD,
        strengths=(*GOOD.strengths, Point("ownership", texts)),
        missing=(Point("depth", texts), *GOOD.missing),
        practise=(*GOOD.practise, texts),
    )
    found = {(part, place) for part, place, _ in complaints(in_list)}
    assert {("strengths", 2), ("missing", 0), ("practise", 1)} <= found
    kept = mended(in_list, faults(in_list, RECORD), RECORD)
    assert kept == GOOD
    assert mended(replace(GOOD, verdict=texts), faults(replace(GOOD, verdict=texts), RECORD), RECORD) is None


@pytest.mark.parametrize(
    ("part", "point", "complaint"),
    [
        ("strengths", Point("result", "You measured what came of it."), "Result is rated at the lowest level"),
        ("strengths", Point("ownership", "Result was what carried you."), "Result is rated at the lowest level"),
        ("strengths", Point("depth", "You know the field."), "Depth was not assessed"),
        ("strengths", Point("charm", "You were charming."), "There is no criterion `charm`"),
        ("missing", Point("ownership", "You hid behind others."), "Ownership is rated at the highest level"),
        ("missing", Point("result", "There was no sign of Ownership."), "Ownership is rated at the highest level"),
        ("missing", Point("", "Something was missing."), "There is no criterion ``"),
    ],
)
def test_nothing_is_praised_that_was_lowest_nor_called_missing_that_was_highest(
    part: str, point: Point, complaint: str
) -> None:
    draft = replace(GOOD, strengths=(point,)) if part == "strengths" else replace(GOOD, missing=(point,))
    ((where, place, said),) = complaints(draft)
    assert (where, place) == (part, 0)
    assert said.startswith(complaint)


def test_an_empty_verdict_is_no_debrief() -> None:
    draft = replace(GOOD, verdict=" ")
    assert mended(draft, faults(draft, RECORD), RECORD) is None


@pytest.mark.parametrize(
    ("stronger", "kept"),
    [
        ("In 2021 I rebuilt it at Globex.", "In [number] I rebuilt it at [name]."),
        ("At Kestrel I rebuilt it in 2023.", "At Kestrel I rebuilt it in 2023."),
        ("Rebuilt the ledger alone.", ""),
        ("I rebuilt it. " * 60, ""),
        ("", ""),
    ],
)
def test_the_stronger_version_has_only_the_candidates_facts(stronger: str, kept: str) -> None:
    draft = replace(GOOD, stronger=stronger)
    assert {part for part, _, _ in complaints(draft)} <= {"stronger"}
    whole = mended(draft, faults(draft, RECORD), RECORD)
    assert whole == replace(GOOD, stronger=kept)


_TEXTS = st.sampled_from([*PLANTED, *(point.text for point in (*GOOD.strengths, *GOOD.missing)), "I see.", "", "42"])
_CRITERIA = st.sampled_from(["result", "ownership", "speed", "depth", "x"])
_POINTS = st.lists(st.builds(Point, _CRITERIA, _TEXTS), max_size=4)


@given(_TEXTS, _POINTS, _POINTS, _TEXTS, st.lists(_TEXTS, max_size=4).map(tuple))
def test_what_is_mended_has_no_fault_left(
    verdict: str, strengths: list[Point], missing: list[Point], stronger: str, practise: tuple[str, ...]
) -> None:
    draft = Draft(verdict, tuple(strengths), tuple(missing), stronger, practise)
    kept = mended(draft, faults(draft, RECORD), RECORD)
    assert kept is None or faults(kept, RECORD) == ()


@given(st.text(max_size=80))
def test_any_text_can_be_checked(text: str) -> None:
    draft = Draft(text, (Point("result", text),), (Point(text, text),), text, (text,))
    kept = mended(draft, faults(draft, RECORD), RECORD)
    assert kept is None or faults(kept, RECORD) == ()
