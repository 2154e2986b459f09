"""What was said, as it is shown: from its beginning, not all at once, and never more than text."""

from __future__ import annotations

from pathlib import Path

from interviewer.tui.widgets.conversation import WINDOW, Conversation, Message
from interviewer.tui.widgets.panel_strip import people_in_a_line
from tests.tui.driving import until
from tests.tui.one_interview import OneInterview, lines, my_turn, say, shown
from tests.tui.scripted import ScriptedGrader, ScriptedInterviewer, opener
from tests.tui.tiny import persona


async def test_what_is_unseen_is_shown_from_its_beginning_and_what_is_beyond_is_pointed_out(tmp_path: Path) -> None:
    interviewer = ScriptedInterviewer()
    interviewer.spoken = lambda move: f"FIRST {move.kind} " + "and so on and on and on " * 22 + "LAST"
    app = OneInterview(tmp_path, opener(tmp_path, interviewer, ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await until(pilot, lambda: "FIRST open" in shown(app) and "more below" in shown(app))
        assert "more above" not in shown(app)
        await pilot.press("pagedown", "pagedown")
        await until(pilot, lambda: "more above" in shown(app) and "more below" not in shown(app))
        await say(pilot, app, "Short.")
        await my_turn(pilot, app)
        await until(pilot, lambda: "FIRST probe" in shown(app) and "LAST" in shown(app))


async def test_only_the_last_messages_are_on_the_screen(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        conversation = app.interview.query_one(Conversation)
        await conversation.show_all([Message("note", "", f"number {number}") for number in range(200)])
        assert len(conversation.query("Block")) == WINDOW
        assert conversation.hidden == 200 - WINDOW
        conversation.focus()
        await pilot.press("e")
        assert len(conversation.query("Block")) == 2 * WINDOW
        app.box.focus()
        for number in range(90):
            conversation.add(Message("note", "", f"later {number}"))
        await until(pilot, lambda: len(conversation.query("Block")) <= WINDOW + WINDOW // 3)
        assert len(conversation.messages) == 290
        assert conversation.hidden == 290 - len(conversation.query("Block"))
        assert "later 89" in shown(app)


async def test_hostile_and_odd_text_is_only_text(tmp_path: Path) -> None:
    interviewer = ScriptedInterviewer()
    odd = (
        "[/bold] [link=x]\\ \x1b]0;title\x07 \u202eabc "
        + "x" * 300
        + " \U0001f468\u200d\U0001f469\u200d\U0001f467 \u6587\u5b57 [$error]"
    )
    interviewer.spoken = lambda _: odd
    app = OneInterview(tmp_path, opener(tmp_path, interviewer, ScriptedGrader(), rule="panel"))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await say(pilot, app, odd)
        await my_turn(pilot, app)
        await pilot.resize_terminal(200, 50)
        await pilot.resize_terminal(60, 18)
        await pilot.resize_terminal(20, 5)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not any("\x1b" in strip.text or "\u202e" in strip.text for strip in lines(app))


def test_the_speaker_is_marked_by_a_sign_and_named_with_a_role() -> None:
    people = persona("panel").people
    wide = people_in_a_line(people, "sam", 200).plain
    assert "\u25b6 Sam Okafor, Staff ML Engineer" in wide
    assert wide.count("\u25cb") == 2
    narrow = people_in_a_line(people, "sam", 60).plain
    assert "\u25b6 Sam Okafor, Staff ML Engineer" in narrow
    assert "Co-founder" not in narrow
