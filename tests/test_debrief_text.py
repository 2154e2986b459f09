"""The debrief and second votes as they are told: who wrote them, and that code checked them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.interview.state import State
from interviewer.scorecard import Debrief, Stamp
from interviewer.scorecard_text import as_text
from interviewer.scorecard_text.columns import cells
from interviewer.scorecard_text.words import debrief_sentence, revoted_sentence, stronger_name
from tests.tui.scripted import finished
from tests.tui.test_scorecard import OneScorecard
from tests.tui.tiny import Rule

STAMP = Stamp(
    engine="openai", engine_version="1", model="m-1", prompt_version="debrief 1", calibration="not calibrated"
)


async def with_debrief(folder: Path, rule: Rule = "gut", **more: object) -> State:
    """A finished interview with a debrief on its scorecard."""
    state = await finished(folder, rule)
    assert state.scorecard is not None
    debrief = Debrief.model_validate(
        {
            "verdict": "You carried it. [bold]Twice[/].",
            "strengths": ("Owns it: you did it yourself.",),
            "missing": ("Speed: nobody heard when.",),
            "weakest": state.scorecard.answers[1].thread,
            "stronger": "I rebuilt it in [how many weeks].",
            "practise": ("Tell it with one figure.",),
            "stamp": STAMP,
        }
        | more
    )
    return replace(state, scorecard=state.scorecard.model_copy(update={"debrief": debrief}))


@pytest.mark.parametrize("width", [24, 40, 80])
async def test_the_debrief_follows_the_verdict_in_lines_that_fit(tmp_path: Path, width: int) -> None:
    card = (await with_debrief(tmp_path)).scorecard
    assert card is not None and card.debrief is not None
    text = as_text(card, width)
    assert max(cells(line) for line in text.split("\n")) <= width
    plain = " ".join(text.split())
    places = [plain.index(said) for said in ("Verdict: ", "Debrief", "You carried it.", "[how many weeks]", "Criteria")]
    assert places == sorted(places)
    written = card.debrief
    for said in (*written.strengths, *written.missing, *written.practise, "Your weakest answer (number 2)"):
        assert said in plain
    assert "[bold]Twice[/]" in plain


async def test_who_wrote_it_and_how_it_was_checked_is_said(tmp_path: Path) -> None:
    state = await with_debrief(tmp_path)
    assert state.scorecard is not None and state.scorecard.debrief is not None
    debrief = state.scorecard.debrief
    told = debrief_sentence(debrief)
    assert told.startswith("Written by openai 1, m-1, prompt version debrief 1, from the finished scorecard")
    assert told.endswith("checked against the ratings by code: its numbers, levels, quotes and verdict.")
    one, two = (debrief.model_copy(update={"left_out": ("x",) * count}) for count in (1, 2))
    assert debrief_sentence(one).endswith("One fault was found; what it was in is mended or left out.")
    assert debrief_sentence(two).endswith("2 faults were found; what they were in is mended or left out.")
    nowhere = debrief.model_copy(update={"weakest": None})
    assert stronger_name(state.scorecard, nowhere) == "An answer made stronger"


async def test_without_a_debrief_nothing_is_said_of_one(tmp_path: Path) -> None:
    card = (await finished(tmp_path)).scorecard
    assert card is not None
    assert "Debrief" not in as_text(card)


async def test_second_votes_of_a_model_are_named_as_such(tmp_path: Path) -> None:
    card = (await finished(tmp_path, "panel")).scorecard
    assert card is not None
    assert revoted_sentence(card) == ""
    first, *others = card.members
    again = card.model_copy(update={"members": (first.model_copy(update={"revoted_by": STAMP}), *others)})
    told = revoted_sentence(again)
    assert told.startswith("Second votes by openai 1, m-1, prompt version debrief 1, each move checked by code. For ")
    assert all(member.name in told for member in others)
    assert first.name not in told
    assert told in " ".join(as_text(again, 200).split())


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_the_debrief_has_its_page_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    state = await with_debrief(tmp_path, "panel")
    assert state.scorecard is not None and state.scorecard.debrief is not None
    app = OneScorecard(tmp_path, state)
    async with app.run_test(size=size) as pilot:
        await pilot.press("2")
        await pilot.pause()
        shown = app.shown
        assert "You carried it. [bold]Twice[/]." in shown
        assert "I rebuilt it in [how many weeks]." in shown
        assert debrief_sentence(state.scorecard.debrief) in shown
        for heading in ("STRONG", "MISSING", "PRACTISE NEXT", "YOUR WEAKEST ANSWER (NUMBER 2), MADE STRONGER"):
            assert heading in shown


async def test_a_verdict_without_reasons_keeps_its_debrief_back_until_asked(tmp_path: Path) -> None:
    app = OneScorecard(tmp_path, await with_debrief(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        assert "You carried it" not in app.shown
        await pilot.press("r", "2")
        await pilot.pause()
        assert "You carried it" in app.shown
