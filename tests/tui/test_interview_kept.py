"""Nothing of an interview is lost: leaving it, a signal, a full disk, an interviewer that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Static

from interviewer.interview.conductor import Conductor, Update
from interviewer.transcript.events import Draft, Event
from interviewer.transcript.store import TranscriptError, TranscriptWriter, read
from interviewer.tui.screens.confirm import ConfirmScreen
from tests.tui.driving import until
from tests.tui.one_interview import OneInterview, my_turn, say
from tests.tui.scripted import ANSWERS, ScriptedGrader, ScriptedInterviewer, events_of, opener


async def test_leaving_keeps_everything_and_resuming_brings_it_back(tmp_path: Path) -> None:
    opened = opener(tmp_path, ScriptedInterviewer(), ScriptedGrader())
    app = OneInterview(tmp_path, opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await say(pilot, app, ANSWERS[0])
        await my_turn(pilot, app)
        said = app.said
        await pilot.press(*"half of it")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")  # pressed by mistake
        await until(pilot, lambda: app.screen is app.interview)
        await pilot.press("escape", "y")
        await until(pilot, lambda: app.screen is not app.interview)
        assert not app.interview.is_attached
    again = OneInterview(tmp_path, opened, resumed=True)
    async with again.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, again)
        assert again.said == said
        assert again.box.text == "half of it"


async def test_a_draft_is_saved_while_writing_and_when_something_breaks(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await pilot.press("a", "b")
        await until(pilot, lambda: "draft" in events_of(tmp_path))
        assert "draft saved" in str(app.box.border_subtitle)
        await pilot.press("c")
        app.interview._on_signal(15)
    assert app.return_code == 143
    last = read(tmp_path / "interview.jsonl").events[-1]
    assert isinstance(last, Draft)
    assert last.text == "abc"


async def test_what_cannot_be_saved_stays_in_the_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    append = TranscriptWriter.append
    full = True

    def fails(self: TranscriptWriter, event: Event) -> None:
        if full and event.type == "answer":
            raise TranscriptError("the disk is full.")
        append(self, event)

    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        monkeypatch.setattr(TranscriptWriter, "append", fails)
        await say(pilot, app, ANSWERS[0])
        await until(pilot, lambda: bool(app._notifications))
        assert "the disk is full" in next(iter(app._notifications)).message
        assert app.box.text == ANSWERS[0]
        full = False
        await pilot.press("ctrl+s")
        await until(pilot, lambda: ANSWERS[0] in app.said)
        assert app.box.text == ""


async def test_an_interviewer_that_fails_can_be_asked_again(tmp_path: Path) -> None:
    interviewer = ScriptedInterviewer()
    app = OneInterview(tmp_path, opener(tmp_path, interviewer, ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        interviewer.fails = 1
        await say(pilot, app, ANSWERS[0])
        await until(pilot, lambda: app.interview._choice.display)
        assert "could not go on" in str(app.interview.query_one("#say", Static).content)
        await pilot.press("ctrl+r")
        await my_turn(pilot, app)
        assert app.box.display
        assert events_of(tmp_path).count("answer") == 1


async def test_a_scorecard_that_cannot_be_saved_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    append = TranscriptWriter.append
    full = True

    def fails(self: TranscriptWriter, event: Event) -> None:
        if full and event.type in {"graded", "finished"}:
            raise TranscriptError("the disk is full.")
        append(self, event)

    monkeypatch.setattr(TranscriptWriter, "append", fails)
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await say(pilot, app, ANSWERS[0])
        await my_turn(pilot, app)
        await pilot.press("ctrl+g", "y")
        say_so = app.interview.query_one("#say", Static)
        await until(pilot, lambda: "the disk is full" in str(say_so.content))
        full = False
        await pilot.press("ctrl+r")
        await until(pilot, lambda: any(button.name == "scorecard" for button in app.interview.query(Button)))
    assert events_of(tmp_path)[-1] == "finished"


async def test_an_interview_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    def broken(_: Callable[[Update], None]) -> Conductor:
        raise TranscriptError("another interviewer is writing this transcript right now.")

    app = OneInterview(tmp_path, broken)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.interview._choice.display)
        assert "right now" in str(app.interview.query_one("#say", Static).content)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not app.interview)
