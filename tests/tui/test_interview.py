"""The interview as somebody lives through it: writing, being asked on, pausing, leaving, losing the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path, PurePath
from typing import Any, ClassVar

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Static

from interviewer.interview.conductor import Conductor, Update
from interviewer.settings import Settings
from interviewer.transcript.events import Draft, Event
from interviewer.transcript.store import TranscriptError, TranscriptWriter, read
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.pause import PauseScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.widgets import external_editor
from interviewer.tui.widgets.answer_box import AnswerBox
from interviewer.tui.widgets.conversation import WINDOW, Conversation, Message, clock_time
from interviewer.tui.widgets.panel_strip import people_in_a_line
from tests.tui.scripted import (
    ANSWERS,
    APP_STYLE,
    ScriptedGrader,
    ScriptedInterviewer,
    Seconds,
    events_of,
    opener,
    persona,
    until,
)

Opener = Callable[[Callable[[Update], None]], Conductor]


class OneInterview(InterviewerApp):
    """The application with one interview open."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [APP_STYLE]

    def __init__(self, folder: Path, opened: Opener, resumed: bool = False) -> None:
        super().__init__(Settings(transcripts=folder, theme="interviewer-dark"))
        self.interview = InterviewScreen(opened, resumed)

    def on_mount(self) -> None:
        self.push_screen(self.interview)

    def get_default_screen(self) -> Screen[None]:
        return Screen()

    @property
    def said(self) -> list[str]:
        return [message.text for message in self.interview.query_one(Conversation).messages]

    @property
    def box(self) -> AnswerBox:
        return self.interview.query_one(AnswerBox)


def floor(app: OneInterview) -> str:
    conductor = app.interview._conductor
    return conductor.state.floor if conductor else "opening"


async def my_turn(pilot: Pilot[None], app: OneInterview) -> None:
    await until(pilot, lambda: floor(app) == "candidate" and not app.interview._busy)


async def say(pilot: Pilot[None], app: OneInterview, text: str) -> None:
    app.box.load_text(text)
    await pilot.press("ctrl+s")


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


async def test_a_fast_typist_sends_what_was_typed_before_the_key_and_keeps_the_rest(tmp_path: Path) -> None:
    app = OneInterview(tmp_path, opener(tmp_path, ScriptedInterviewer(), ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        keys = [*((letter, letter) for letter in "sent"), ("ctrl+s", "\x13"), *((letter, letter) for letter in "rest")]
        for key, character in keys:
            app.post_message(Key(key, character))
        await until(pilot, lambda: "sent" in app.said)
        await until(pilot, lambda: app.box.text == "rest")


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
        assert "support tickets" not in _shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.interview and conductor.clock.running)
        seconds.now = 510
        assert conductor.clock.elapsed() == 75


def _lines(app: OneInterview) -> list[Any]:
    return app.screen._compositor.render_strips()


def _shown(app: OneInterview) -> str:
    return "\n".join(strip.text for strip in _lines(app))


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


async def test_having_no_more_questions_is_confirmed(tmp_path: Path) -> None:
    opened = opener(tmp_path, ScriptedInterviewer(), ScriptedGrader(), questions=1, asks=True)
    app = OneInterview(tmp_path, opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: bool(app.interview._conductor and app.interview._conductor.state.invited))
        await my_turn(pilot, app)
        assert "No more questions" in _shown(app).splitlines()[-1]
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, lambda: app.screen is app.interview)
        assert floor(app) == "candidate"
        await pilot.press("ctrl+n", "y")
        await until(pilot, lambda: floor(app) == "nobody")


async def test_what_is_unseen_is_shown_from_its_beginning_and_what_is_beyond_is_pointed_out(tmp_path: Path) -> None:
    interviewer = ScriptedInterviewer()
    interviewer.spoken = lambda move: f"FIRST {move.kind} " + "and so on and on and on " * 22 + "LAST"
    app = OneInterview(tmp_path, opener(tmp_path, interviewer, ScriptedGrader()))
    async with app.run_test(size=(80, 24)) as pilot:
        await my_turn(pilot, app)
        await until(pilot, lambda: "FIRST open" in _shown(app) and "more below" in _shown(app))
        assert "more above" not in _shown(app)
        await pilot.press("pagedown", "pagedown")
        await until(pilot, lambda: "more above" in _shown(app) and "more below" not in _shown(app))
        await say(pilot, app, "Short.")
        await my_turn(pilot, app)
        await until(pilot, lambda: "FIRST probe" in _shown(app) and "LAST" in _shown(app))


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
    monkeypatch.setattr("interviewer.tui.screens.interview.edit", edit)
    await pilot.press("ctrl+o")


def test_the_editor_of_the_environment() -> None:
    assert external_editor.editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert external_editor.editor_command({"VISUAL": " ", "EDITOR": "vi"}) == ["vi"]
    with pytest.raises(external_editor.EditorError, match="cannot be understood"):
        external_editor.editor_command({"EDITOR": "vi 'oops"})


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
        assert not any("\x1b" in strip.text or "\u202e" in strip.text for strip in _lines(app))


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
        assert "later 89" in _shown(app)


def test_the_speaker_is_marked_by_a_sign_and_named_with_a_role() -> None:
    people = persona("panel").people
    wide = people_in_a_line(people, "sam", 200).plain
    assert "\u25b6 Sam Okafor, Staff ML Engineer" in wide
    assert wide.count("\u25cb") == 2
    narrow = people_in_a_line(people, "sam", 60).plain
    assert "\u25b6 Sam Okafor, Staff ML Engineer" in narrow
    assert "Co-founder" not in narrow


def test_times() -> None:
    assert [clock_time(seconds) for seconds in (0, 59.9, 61, 3_725, -4)] == [
        "00:00",
        "00:59",
        "01:01",
        "1:02:05",
        "00:00",
    ]


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
