"""The interview as somebody lives through it: writing, being asked on, pausing, asking, being coached."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Static

from interviewer.transcript.events import Draft
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.pause import PauseScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.widgets.too_small import LEAST
from tests.tui.driving import until
from tests.tui.one_interview import OneInterview, floor, my_turn, say, shown
from tests.tui.scripted import ANSWERS, ScriptedGrader, ScriptedInterviewer, Seconds, events_of, opener


async def test_an_interview_from_hello_to_the_scorecard(tmp_path: Path) -> None:
    interviewer, grader = ScriptedInterviewer(), ScriptedGrader()
    grader.gate = asyncio.Event()
    app = OneInterview(tmp_path, opener(tmp_path, interviewer, grader))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        assert app.box.has_focus
        for answer in ANSWERS:
            await say(pilot, app, answer)
            await until(pilot, lambda: floor(app) in {"candidate", "nobody"} and not app.interview._busy)
            assert answer in app.said
            assert app.box.text == ""
            if floor(app) == "nobody":
                break
        await until(pilot, lambda: floor(app) == "nobody")
        waiting = app.interview.query_one("#say", Static)
        await until(pilot, lambda: "Your scorecard is being made" in str(waiting.content))
        grader.gate.set()
        await until(pilot, lambda: any(button.name == "scorecard" for button in app.interview.query(Button)))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
    assert events_of(tmp_path)[-1] == "finished"


async def test_words_appear_as_they_arrive_and_writing_ahead_is_possible(tmp_path: Path) -> None:
    interviewer = ScriptedInterviewer()
    interviewer.gate = asyncio.Event()
    app = OneInterview(tmp_path, opener(tmp_path, interviewer, ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        speech = app.interview.query_one("Speech", Static)
        await until(pilot, lambda: "is thinking" in str(speech.content))
        await pilot.press("y", "e", "s")
        await pilot.press("ctrl+s")  # not their turn: nothing happens to the text
        assert app.box.text == "yes"
        interviewer.delay, interviewer.gate = 0.05, None
        app.interview._conversation.hear("")
        await pilot.pause(0.05)
        assert floor(app) == "interviewer"
    assert Draft.__name__.lower() in events_of(tmp_path)  # closing the application kept the draft


async def test_pause_stops_the_clock_and_hides_the_question(tmp_path: Path) -> None:
    seconds = Seconds()
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader(), seconds=seconds))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        conductor = app.interview._conductor
        assert conductor is not None
        seconds.now = 65
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, PauseScreen))
        seconds.now = 500
        assert conductor.clock.elapsed() == 65
        assert "support tickets" not in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.interview and conductor.clock.running)
        seconds.now = 510
        assert conductor.clock.elapsed() == 75


async def test_hint_skip_and_end_only_when_they_are_possible(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        screen = app.interview
        assert screen.check_action("steer", ("hint",)) is True
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Start from who is hurt when it is wrong." in app.said)
        await my_turn(pilot, app)
        assert screen.check_action("steer", ("hint",)) is None  # one hint per question
        await pilot.press("ctrl+n")
        await until(pilot, lambda: any("the last thing that broke" in said for said in app.said))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+g", "y")
        await until(pilot, lambda: floor(app) == "nobody")
        assert not screen.check_action("end", ())
        assert not screen.check_action("send", ())


@pytest.mark.parametrize("asks", [False, True], ids=["asked", "asking"])
async def test_every_key_of_the_footer_is_there_in_80_columns(tmp_path: Path, asks: bool) -> None:
    opened = opener(tmp_path, ScriptedInterviewer(), ScriptedGrader(), questions=1, asks=asks)
    app = OneInterview(tmp_path, opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        if asks:
            await pilot.press("ctrl+n")
            await until(pilot, lambda: bool(app.interview._conductor and app.interview._conductor.state.invited))
            await my_turn(pilot, app)
        middle = ["^n Done asking"] if asks else ["^t Hint", "^n Skip"]
        names = ["^s Send", "^o Editor", *middle, "^l Pause", "^g End", "esc Leave", "f3 Overview", "f1 Help"]
        await until(pilot, lambda: shown(app).splitlines()[-1].split() == " ".join(names).split())


async def test_help_stays_in_the_footer_of_the_narrowest_window(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(LEAST.width, LEAST.height)) as pilot:
        await my_turn(pilot, app)
        await until(pilot, lambda: shown(app).splitlines()[-1].endswith(" f1 Help"))


async def test_having_no_more_questions_is_confirmed(tmp_path: Path) -> None:
    opened = opener(tmp_path, ScriptedInterviewer(), ScriptedGrader(), questions=1, asks=True)
    app = OneInterview(tmp_path, opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: bool(app.interview._conductor and app.interview._conductor.state.invited))
        await my_turn(pilot, app)
        assert "Done asking" in shown(app).splitlines()[-1]
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, lambda: app.screen is app.interview)
        assert floor(app) == "candidate"
        await pilot.press("ctrl+n", "y")
        await until(pilot, lambda: floor(app) == "nobody")


async def test_the_coach_speaks_after_an_answer_and_allows_one_more_try(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader(), mode="coach"))
    async with app.run_test(size=(140, 45)) as pilot:
        await my_turn(pilot, app)
        await say(pilot, app, ANSWERS[0])
        await until(pilot, lambda: floor(app) == "feedback" and app.interview._choice.display)
        assert "A stronger sentence:" in app.said[-1]
        await pilot.press("ctrl+r")
        await my_turn(pilot, app)
        assert app.box.text == ANSWERS[0]
        await say(pilot, app, ANSWERS[2])
        await until(pilot, lambda: floor(app) == "feedback" and app.interview._choice.display)
        assert not app.interview.check_action("again", ())  # one retry
        await pilot.press("enter")
        await until(pilot, lambda: "Put a number" in app.said[-1])
        levels = app.interview.query_one("#side #criteria", Static)
        assert "Levels appear here" in str(levels.content)
        await my_turn(pilot, app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "Frames the problem: Strong" in str(levels.content))
        assert "from 1 question" in str(levels.content) and "\u2713 Measures what matters: Solid" in str(levels.content)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
@pytest.mark.parametrize("moment", ["question", "coach", "pause", "over"])
def test_looks(tmp_path: Path, snap_compare: Any, size: tuple[int, int], moment: str) -> None:
    mode, rule = ("coach", "panel") if moment == "coach" else ("realistic", "gut")
    seconds = Seconds()
    opened = opener(tmp_path, ScriptedInterviewer(), ScriptedGrader(), mode, rule, seconds)  # type: ignore[arg-type]
    app = OneInterview(tmp_path, opened)

    async def reach(pilot: Pilot[None]) -> None:
        await my_turn(pilot, app)
        app.box.cursor_blink = False
        seconds.now = 75
        await say(pilot, app, ANSWERS[0])
        if moment == "coach":
            await until(pilot, lambda: floor(app) == "feedback" and app.interview._choice.display)
        else:
            await my_turn(pilot, app)
        seconds.now = 80
        app.interview._tick()
        if moment == "pause":
            await pilot.press("ctrl+l")
            await until(pilot, lambda: isinstance(app.screen, PauseScreen))
        elif moment == "over":
            await pilot.press("ctrl+g", "y")
            await until(pilot, lambda: any(button.name == "scorecard" for button in app.interview.query(Button)))
        elif moment == "question":
            await pilot.press(*"Of 200")
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=reach)
