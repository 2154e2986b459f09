"""Where the candidate writes: typed fast, pasted, written in an editor of one's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.pilot import Pilot

from interviewer.tui.widgets import external_editor
from interviewer.tui.widgets.text_box import TextBox
from tests.tui.driving import until
from tests.tui.one_interview import OneInterview, my_turn
from tests.tui.scripted import ScriptedGrader, ScriptedInterviewer, opener


async def test_a_fast_typist_sends_what_was_typed_before_the_key_and_keeps_the_rest(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        keys = [*((letter, letter) for letter in "sent"), ("ctrl+s", "\x13"), *((letter, letter) for letter in "rest")]
        for key, character in keys:
            app.post_message(Key(key, character))
        await until(pilot, lambda: "sent" in app.said)
        await until(pilot, lambda: app.box.text == "rest")


async def test_an_empty_box_without_room_draws_nothing() -> None:
    class Narrow(App[None]):
        def compose(self) -> ComposeResult:
            yield TextBox(placeholder="Write here.")

    app = Narrow()
    async with app.run_test(size=(40, 12)) as pilot:
        box = app.query_one(TextBox)
        for width in (0, 1, 30):
            box.styles.width = width
            await pilot.pause()
            box.render_line(0)
        assert "Write here." in box.render_line(0).text


async def test_a_paste_is_cleaned_and_a_huge_one_is_taken(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        app.post_message(Paste("\x1b]52;c;aGk=\x07one\r\ntwo\x1b[31m"))
        await until(pilot, lambda: app.box.text == "one\ntwo")
        await pilot.press("ctrl+z")
        assert app.box.text == ""
        app.post_message(Paste("word " * 41_000))
        await until(pilot, lambda: "41,000 words" in str(app.box.border_subtitle))
        assert "5,000 characters too long" in str(app.box.border_subtitle)


async def test_your_own_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))

    async def edited(_: object, text: str) -> str:
        return f"{text}, and more"

    async def fails(_: object, __: str) -> str:
        raise external_editor.EditorError("vi ended with an error (1); the text is as it was before.")

    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await pilot.press("o", "k")
        await _with_editor(pilot, monkeypatch, edited)
        await until(pilot, lambda: app.box.text == "ok, and more")
        await _with_editor(pilot, monkeypatch, fails)
        await until(pilot, lambda: bool(app._notifications))
        assert app.box.text == "ok, and more"
        await pilot.press("ctrl+z")
        assert app.box.text == "ok"


async def _with_editor(
    pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch, edit: Callable[[object, str], Awaitable[str]]
) -> None:
    monkeypatch.setattr("interviewer.tui.screens.interview.screen.edit", edit)
    await pilot.press("ctrl+o")


def test_the_editor_of_the_environment() -> None:
    assert external_editor.editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert external_editor.editor_command({"VISUAL": " ", "EDITOR": "vi"}) == ["vi"]
    with pytest.raises(external_editor.EditorError, match="cannot be understood"):
        external_editor.editor_command({"EDITOR": "vi 'oops"})
