"""The scorecard of an interview: every quote is the candidate's, every follow-up is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.interview.results import build_scorecard
from interviewer.scorecard import Evidence, Scorecard
from interviewer.transcript.events import Answer
from tests import sample
from tests.interview.fakes import Table
from tests.interview.steps import LONG

PLAIN = "I rebuilt it in two weeks. The old one was slow, so I measured it before I began. " * 2
FIGURE = "It fell by nine percent. I checked it against the old one over two weeks. " * 2
FLAW = "First of all, we should look at this again. I think that cannot work for your customers. We could ask them."


async def held(folder: Path, answers: tuple[str, ...] = (PLAIN, FIGURE), level: str = "solid", **header: Any) -> Table:
    """A whole interview with these answers in turn, finished."""
    table = Table(folder, sample.header(**header))
    table.grader.level = level
    await table.conductor.begin()
    await table.talk(answers)
    await table.conductor.finish()
    await table.conductor.stop()
    return table


def scorecard(table: Table) -> Scorecard:
    made = table.state.scorecard
    assert made is not None
    return made


def quotes(card: Scorecard) -> Iterator[Evidence]:
    for result in card.criteria:
        yield from result.evidence
    yield from (flaw.noticed for flaw in card.flaws if flaw.noticed)
    if card.veto:
        yield card.veto.evidence


@pytest.mark.parametrize("panel", [False, True])
async def test_every_quote_is_the_candidates_word_for_word(tmp_path: Path, panel: bool) -> None:
    table = await held(tmp_path, (PLAIN, FLAW, "Ok.", LONG), persona=sample.persona(panel=panel))
    said = {event.seq: event.text for event in table.events if isinstance(event, Answer)}
    found = list(quotes(scorecard(table)))
    assert found
    for evidence in found:
        assert said[evidence.event][evidence.start : evidence.end] == evidence.quote


async def test_the_same_state_gives_the_same_scorecard(tmp_path: Path) -> None:
    table = await held(tmp_path)
    assert build_scorecard(table.state) == scorecard(table)


async def test_every_follow_up_is_listed_with_what_came_of_it(tmp_path: Path) -> None:
    table = await held(tmp_path, (PLAIN, FIGURE, PLAIN, PLAIN))
    probed = [probed for thread in table.state.threads for probed in thread.probes]
    records = scorecard(table).probes
    assert [record.asked for record in records] == [one.text for one in probed]
    assert {record.closed for record in records} == {True, False}
    assert sum(answer.follow_ups for answer in scorecard(table).answers) == len(records)


async def test_every_question_is_listed_with_what_became_of_it(tmp_path: Path) -> None:
    table = await held(tmp_path, (PLAIN, "", "I don't know."))
    card = scorecard(table)
    assert [answer.question for answer in card.answers] == [thread.question for thread in table.state.threads]
    assert {answer.status for answer in card.answers} >= {"graded"}
    for answer in card.answers:
        if answer.status == "graded":
            assert answer.covered
            assert answer.missed
        assert answer.better == "I cut it from 9 minutes to 2 by caching the joins."


async def test_a_planted_flaw_is_shown_with_the_sentence_that_noticed_it(tmp_path: Path) -> None:
    (flaw,) = scorecard(await held(tmp_path, (FLAW, PLAIN))).flaws
    assert flaw.why == "It is wrong."
    assert flaw.noticed is not None
    assert flaw.noticed.quote == "I think that cannot work for your customers."


async def test_a_flaw_that_was_not_noticed_is_shown_afterwards(tmp_path: Path) -> None:
    (flaw,) = scorecard(await held(tmp_path)).flaws
    assert flaw.noticed is None


async def test_a_closed_interview_without_any_question_has_no_verdict_but_a_scorecard(tmp_path: Path) -> None:
    table = Table(tmp_path)
    await table.conductor.begin()
    await table.conductor.control("end")
    card = await table.conductor.finish()
    await table.conductor.stop()
    assert card.verdict == "no-decision"
    assert [answer.status for answer in card.answers] == ["skipped"]


async def test_the_verdict_is_spoken_in_the_personas_voice(tmp_path: Path) -> None:
    card = scorecard(await held(tmp_path, level="absent"))
    assert card.verdict == "strong-no"
    assert card.spoken == "spoken strong-no"
    assert card.missing
    assert card.practice == ("Practise result.", "Practise ownership.")


async def test_what_was_strong_is_named(tmp_path: Path) -> None:
    card = scorecard(await held(tmp_path, level="strong"))
    assert card.verdict == "strong-yes"
    assert [strength.split(":")[0] for strength in card.strengths] == ["Result", "Ownership"]
    assert card.missing == card.practice == ()


BAR_RAISER = {
    "rule": "bar-raiser",
    "rubrics": {"sample": 1.0},
    "levels": [
        {"id": "l5", "title": "L5", "at_least": 0.0, "looks_like": "Solid."},
        {"id": "l6", "title": "L6", "at_least": 0.9, "looks_like": "Leads."},
    ],
    "veto": ["ownership"],
    "spoken": {verdict: [verdict] for verdict in ("strong-no", "no", "yes", "strong-yes", "no-decision")},
}


@pytest.mark.parametrize(("level", "title"), [("solid", "L5"), ("strong", "L6")])
async def test_a_bar_raiser_recommends_a_level_and_writes_an_assessment(tmp_path: Path, level: str, title: str) -> None:
    card = scorecard(await held(tmp_path, level=level, persona=sample.persona(decision=BAR_RAISER)))
    assert card.level == title
    assert card.feedback is not None
    assert card.feedback.startswith("Vote: ")
    assert "They said: \u201c" in card.feedback
    assert card.veto is None


async def test_a_veto_is_shown_only_where_it_turned_the_verdict(tmp_path: Path) -> None:
    table = await held(tmp_path, level="strong", persona=sample.persona(decision=BAR_RAISER))
    first, *rest = table.state.grades
    low = first.ratings[1].model_copy(update={"level": "absent"})
    vetoed = first.model_copy(update={"ratings": (first.ratings[0], low)})
    card = build_scorecard(_with_grades(table, vetoed, *rest))
    assert card.verdict == "no"
    assert card.veto is not None
    assert card.veto.criterion == "ownership"
    all_low = [
        grade.model_copy(
            update={"ratings": tuple(rating.model_copy(update={"level": "absent"}) for rating in grade.ratings)}
        )
        for grade in table.state.grades
    ]
    card = build_scorecard(_with_grades(table, *all_low))
    assert card.verdict == "strong-no"
    assert card.veto is None


def _with_grades(table: Table, *grades: Any) -> Any:
    from dataclasses import replace

    return replace(table.state, grades=grades)
