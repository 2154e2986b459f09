"""The scorecard on the screen: the verdict first, and every quote leads to where it was said."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static, TabbedContent

from interviewer.interview.state import State
from interviewer.scorecard import Band, Evidence, GradeStatus, Stamp, Veto
from interviewer.scorecard_text import as_text
from interviewer.scorecard_text.words import status_meaning, status_text
from interviewer.settings import Settings
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.moment import CLOSES, OPENS, MomentScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.widgets.quote import Quote
from interviewer.tui.widgets.scorecard_parts import criterion_entry
from tests.tui.driving import Bare, until
from tests.tui.scripted import ANSWERS, finished
from tests.tui.tiny import Rule


class OneScorecard(Bare):
    """The application with one scorecard open."""

    def __init__(self, folder: Path, state: State) -> None:
        super().__init__(Settings(transcripts=folder, theme="interviewer-dark"))
        self.card = ScorecardScreen(state)

    def on_mount(self) -> None:
        self.push_screen(self.card)

    @property
    def shown(self) -> str:
        pane = self.card.query_one(TabbedContent).active_pane
        assert pane is not None
        return "\n".join(str(static.content) for static in pane.query(Static))


def _lines(app: InterviewerApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_a_gut_verdict_comes_first_and_its_rubric_on_request(tmp_path: Path) -> None:
    app = OneScorecard(tmp_path, await finished(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "I want you here on Monday." in app.shown
        assert "YES (+)" in app.shown
        assert "weighted total" not in app.shown
        await pilot.press("right")
        assert app.card.query_one(TabbedContent).active == "verdict"
        await pilot.press("r")
        assert "weighted total is 79.8%" in app.shown
        assert "Not calibrated" in app.shown
        await pilot.press("5")
        assert app.card.query_one(TabbedContent).active == "flaws"
        assert "\u2713 Noticed" in app.shown
        assert "\u2717 Not noticed" in app.shown


async def test_from_a_quote_to_the_moment_and_back(tmp_path: Path) -> None:
    app = OneScorecard(tmp_path, await finished(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "2")
        assert isinstance(app.focused, OptionList)
        await pilot.press("down", "enter")
        quote = app.focused
        assert isinstance(quote, Quote)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MomentScreen))
        here = str(app.screen.query_one("#here", Static).content)
        assert f"{OPENS} {quote.evidence.quote} {CLOSES}" in here
        await until(pilot, lambda: OPENS in _lines(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.card)
        assert app.focused is quote
        await pilot.press("escape")
        assert isinstance(app.focused, OptionList)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not app.card)


async def test_a_sentence_deep_in_a_long_answer_is_scrolled_to(tmp_path: Path) -> None:
    long = "This is filler that goes on. " * 300 + "The needle is 42 percent. " + "And so it ends. " * 200
    state = await finished(tmp_path, answers=(long, *ANSWERS[1:]))
    start = long.index("The needle")
    answer = state.threads[0].said[0].answer
    evidence = Evidence(event=answer, sentence=301, start=start, end=start + 25, quote="The needle is 42 percent.")
    app = OneScorecard(tmp_path, state)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(MomentScreen(state, evidence))
        await until(pilot, lambda: "needle" in _lines(app))
        await pilot.press("home")
        await until(pilot, lambda: "needle" not in _lines(app))
        await pilot.press("j")
        await until(pilot, lambda: "needle" in _lines(app))
        await pilot.resize_terminal(140, 45)
        await until(pilot, lambda: "needle" in _lines(app))


async def test_what_was_not_assessed_says_so(tmp_path: Path) -> None:
    state = await finished(tmp_path, answers=("I would count redone tickets every week.",))
    app = OneScorecard(tmp_path, state)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "2", "down", "down")
        await pilot.pause()
        assert "not assessed" in app.shown
        assert "0%," not in app.shown


async def test_a_panel_shows_blind_votes_and_the_vote_after(tmp_path: Path) -> None:
    app = OneScorecard(tmp_path, await finished(tmp_path, "panel"))
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        lines = _lines(app)
        assert "NO (-)" in lines
        assert "Solid \u2192 Strong" in lines
        assert "1 \u2192 0" in lines


async def test_the_whole_panel_table_is_there_in_80_columns(tmp_path: Path) -> None:
    state = await finished(tmp_path, "panel")
    card = state.scorecard
    assert card is not None
    long = card.criteria[0].model_copy(update={"title": "Says what a wrong answer costs and to whom"})
    levels = {long.criterion: "strong"}
    members = [
        member.model_copy(update={"name": name, "before": {long.criterion: "absent"}, "after": levels})
        for member, name in zip(card.members, ("Bartholomew", "Maximiliana", "Wilhelmina"), strict=True)
    ]
    wide = card.model_copy(update={"criteria": (long,), "members": tuple(members)})
    app = OneScorecard(tmp_path, replace(state, scorecard=wide))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "end")
        await until(pilot, lambda: "Apart" in _lines(app))
        (head,) = (line.split() for line in _lines(app).splitlines() if line.split()[:1] == ["Criterion"])
        assert head[:5] == ["Criterion", "Bartholomew", "Maximiliana", "Wilhelmina", "Apart"]
        assert _lines(app).count("Absent \u2192") == 3


async def test_criteria_of_the_same_name_are_told_apart_by_their_rubric(tmp_path: Path) -> None:
    state = await finished(tmp_path, "panel")
    card = state.scorecard
    assert card is not None
    twin = card.criteria[0].model_copy(update={"rubric": "ml-depth", "criterion": "twin", "share": None})
    both = card.model_copy(update={"criteria": (*card.criteria, twin), "rubrics": {"craft": 3, "ml-depth": 1}})
    app = OneScorecard(tmp_path, replace(state, scorecard=both))
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        lines = [line[:46].strip(" \u2595") for line in _lines(app).splitlines()]
        assert lines.index("Craft") < lines.index("Frames the problem") < lines.index("ML depth")
        await pilot.press("end")
        await pilot.pause()
        assert "Rubric: ML depth" in app.shown
        await pilot.press("3")
        await pilot.pause()
        assert "Frames the problem (Craft)" in _lines(app)
        assert "left out here: 1 of 4 criteria" in app.shown
    text = as_text(both)
    assert "Rubric: Craft\n\n" in text and "Rubric: ML depth\n\n" in text
    assert "left out here: 1 of 4 criteria" in " ".join(text.split())


@pytest.mark.parametrize("status", ["keyword-list", "pasted-question", "repeated", "off-topic", "blank", "skipped"])
async def test_why_an_answer_was_not_rated_is_said_plainly(tmp_path: Path, status: GradeStatus) -> None:
    state = await finished(tmp_path)
    card = state.scorecard
    assert card is not None
    first = card.answers[0].model_copy(update={"status": status})
    odd = card.model_copy(update={"answers": (first, *card.answers[1:])})
    app = OneScorecard(tmp_path, replace(state, scorecard=odd))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "3")
        await pilot.pause()
        assert "! Not rated: " in app.shown and status_meaning(status) in app.shown
    assert status_text(status) in " ".join(as_text(odd).split())


async def test_the_offline_engine_says_first_what_it_is_worth(tmp_path: Path) -> None:
    state = await finished(tmp_path)
    card = state.scorecard
    assert card is not None
    stamp = Stamp(engine="offline", engine_version="1", calibration="rule-based; QWK .5 on 80 answers")
    app = OneScorecard(tmp_path, replace(state, scorecard=card.model_copy(update={"stamps": (stamp,)})))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.shown.startswith(
            "Offline engine 1: rule-based hints, not a model's judgement. Measured agreement: QWK"
        )


async def test_practice_is_criterion_level_one_sentence_and_an_exercise(tmp_path: Path) -> None:
    state = await finished(tmp_path)
    card = state.scorecard
    assert card is not None
    weak = card.criteria[2].model_copy(update={"reasoning": "It is thin. And much more is said about it."})
    changed = card.model_copy(
        update={"criteria": (*card.criteria[:2], weak), "missing": (f"{weak.title}: {weak.reasoning}",)}
    )
    app = OneScorecard(tmp_path, replace(state, scorecard=changed))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "6")
        await pilot.pause()
        assert f"Owns it: {weak.level_title}\nIt is thin.\n\u2192 To practise: Practise: owns it" in app.shown
        assert "much more" not in app.shown


async def test_a_criterion_on_which_graders_are_apart_says_so_in_words(tmp_path: Path) -> None:
    state = await finished(tmp_path)
    card = state.scorecard
    assert card is not None
    stamp = Stamp(engine="a+b", engine_version="1+2", calibration="not calibrated", samples=2)
    band = Band(lowest=1 / 3, highest=1.0, lowest_title="Weak", highest_title="Strong")
    apart = card.criteria[0].model_copy(update={"band": band, "disputed": True})
    changed = card.model_copy(update={"criteria": (apart, *card.criteria[1:]), "stamps": (stamp,)})
    app = OneScorecard(tmp_path, replace(state, scorecard=changed))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "Made by a 1 and b 2; 2 gradings of each answer" in app.shown
        await pilot.press("2")
        await pilot.pause()
        assert "graders apart: Weak to Strong" in app.shown
        assert f"{criterion_entry(apart)}".count("~ graders apart") == 1


async def test_a_veto_cites_its_sentence(tmp_path: Path) -> None:
    state = await finished(tmp_path, "bar-raiser")
    card = state.scorecard
    assert card is not None
    veto = Veto(criterion="own", evidence=card.criteria[2].evidence[0], reason="Blames others.")
    app = OneScorecard(tmp_path, replace(state, scorecard=card.model_copy(update={"veto": veto})))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert "! VETO on Owns it. Blames others." in app.shown
        assert "L5" in app.shown
        await pilot.press("j")
        assert isinstance(app.screen, MomentScreen)


PAGES: list[tuple[Rule, str]] = [
    ("gut", ""),
    ("gut", "r"),
    ("gut", "r2"),
    ("panel", "3"),
    ("bar-raiser", "3"),
    ("gut", "r2j"),
]


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
@pytest.mark.parametrize(("rule", "keys"), PAGES, ids=[f"{rule}-{keys or 'first'}" for rule, keys in PAGES])
def test_looks(tmp_path: Path, snap_compare: Any, size: tuple[int, int], rule: Rule, keys: str) -> None:
    app = OneScorecard(tmp_path, asyncio.run(finished(tmp_path, rule)))

    async def reach(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=reach)
