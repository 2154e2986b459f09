"""The replay on the screen: it opens anything, plays without anybody waiting, and always shows the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from interviewer.replay.player import Player
from interviewer.replay.reel import open_reel
from interviewer.settings import Settings
from interviewer.tui.screens.overview import OverviewScreen
from interviewer.tui.screens.replay.screen import ReplayScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.widgets.judgement_pane import JudgementPane
from interviewer.tui.widgets.replay_entry import entry
from interviewer.tui.widgets.timeline_bar import answers_line, column, head_line, parts_line, where
from tests.tui.driving import Bare, until
from tests.tui.scripted import Seconds, finished
from tests.tui.tiny import Rule


class OneReplay(Bare):
    """The application with one replay open."""

    def __init__(self, path: Path, now: Callable[[], float] | None = None) -> None:
        super().__init__(Settings(transcripts=path.parent, theme="interviewer-dark"))
        self.replay = ReplayScreen(path, now or Seconds())
        self.again: tuple[Path, int] | None = None

    def on_mount(self) -> None:
        self.push_screen(self.replay)

    @property
    def shown(self) -> str:
        """The rows of the screen."""
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())

    @property
    def player(self) -> Player:
        assert self.replay.player is not None
        return self.replay.player

    def answer_again(self, path: Path, answer: int) -> None:  # type: ignore[override]  # here nothing goes on
        self.again = (path, answer)

    async def opened(self, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: self.replay.player is not None)


def held(folder: Path, rule: Rule = "gut") -> Path:
    """The transcript of an interview of two questions that was held and graded."""
    asyncio.run(finished(folder, rule))
    return folder / "interview.jsonl"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return held(tmp_path)


async def test_it_plays_on_the_clock_and_the_words_appear_when_they_were_said(path: Path) -> None:
    seconds = Seconds()
    app = OneReplay(path, seconds)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.opened(pilot)
        assert "Hello Alex" in app.shown and "You  01:15" not in app.shown
        await pilot.press("space", "plus")
        assert app.player.playing and "playing 2\u00d7" in app.shown
        for now, said in ((37.0, False), (38.0, True)):
            seconds.now = now
            app.replay.tick()
            await pilot.pause()
            assert ("You  01:15" in app.shown) == said
        seconds.now = 10_000
        app.replay.tick()
        await pilot.pause()
        assert app.player.ended and not app.player.playing and "at the end" in app.shown
        assert "Verdict" in app.shown


async def test_it_goes_on_when_its_file_is_taken_away(path: Path) -> None:
    app = OneReplay(path)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.opened(pilot)
        await asyncio.to_thread(path.rename, path.with_suffix(".gone"))
        await pilot.press("end", "w", "d", "d")
        assert "cannot" in app.shown  # be read, each in its place
        path.with_suffix(".gone").rename(path)
        await pilot.press("slash", *"march", "enter")
        await until(pilot, lambda: "\u201cmarch\u201d 1 of 1" in app.shown)


async def test_keys_step_jump_search_and_go_to_a_time(path: Path) -> None:
    app = OneReplay(path)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.opened(pilot)
        await pilot.press("full_stop", "full_stop")  # the first words come before the first question
        assert app.player.timeline.question_at(app.player.position - 1) == 1
        await pilot.press("comma", "right")
        assert app.player.place == app.player.timeline.questions[0].answers[0]
        given = app.player.timeline.answers[app.player.position - 1]
        await pilot.press("a")
        assert app.again == (path, given.seq)
        assert "cited for" in app.shown and "gap \u2713 closed: No number was given" in app.shown
        await pilot.press("slash", *"march", "enter")
        await until(pilot, lambda: "\u201cmarch\u201d 1 of 1" in app.shown)
        assert "31 were redone in March." in app.shown
        await pilot.press("escape", "t", *"0:10", "enter")
        assert app.player.clock == 10 and "march" not in app.shown
        await pilot.press("t", *"99", "enter")
        await pilot.pause()
        assert "no time and no event of this interview" in app.shown.replace("\n", " ") or app._notifications


async def test_the_grade_stands_beside_it_or_takes_its_place(path: Path) -> None:
    app = OneReplay(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened(pilot)
        await pilot.press("right", "right")
        await pilot.press("right")
        assert not app.replay.query_one(JudgementPane).display
        await pilot.press("d")
        await pilot.pause()
        assert "Frames the problem  Strong" in app.shown
        await pilot.press("right")
        assert app.player.position > 0, "the keys that move the replay go on doing so"
        await pilot.press("escape")
        assert app.screen is app.replay and not app.replay.query_one(JudgementPane).display
        await pilot.resize_terminal(140, 45)
        await pilot.pause()
        assert app.replay.query_one(JudgementPane).display
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        assert "\u25b6 How you work" in app.shown, "where the interview stood at this moment, not where it ended"
        await pilot.press("escape", "g")
        await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))


@pytest.fixture
def damaged(path: Path) -> Path:
    """The same with a line that is no event."""
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = b"{nothing\n"
    path.write_bytes(b"".join(lines))
    return path


async def test_a_damaged_transcript_is_shown_with_one_line_of_what_is_missing(damaged: Path) -> None:
    app = OneReplay(damaged)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.opened(pilot)
        note = app.replay.query_one("#damage", Static)
        assert note.display and "line 5" in app.shown
        await pilot.press("end")
        assert "Verdict" in app.shown


@pytest.mark.parametrize("content", [b"not a transcript", None])
async def test_what_cannot_be_opened_is_told_and_can_be_left(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "wrong.jsonl"
    if content is not None:
        path.write_bytes(content)
    app = OneReplay(path)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "cannot be shown" in app.shown)
        await pilot.press("space", "right", "slash", "d", "end", "escape")
        assert app.screen is not app.replay


def test_outside_text_is_shown_and_never_acted_on(path: Path) -> None:
    words = b"I would look at what people redo after the model answered."
    wild = (
        b"[red]I[/red] \\u001b]0;gotcha\\u0007would \\u001b[2Jlook \\u202eat [@click=app.quit]what[/] people redo now"
    )
    path.write_bytes(path.read_bytes().replace(words, wild))
    reel = open_reel(path)
    given = next(iter(reel.timeline.answers))
    shown = entry(reel, given).content.plain
    assert "[red]I[/red] would look at [@click=app.quit]what[/] people redo now" in shown


def test_cited_sentences_stand_out_where_they_stand(path: Path) -> None:
    reel = open_reel(path)
    content = entry(reel, next(iter(reel.timeline.answers))).content
    marked = [content.plain[span.start : span.end] for span in content.spans if "underline" in str(span.style)]
    assert marked == [
        "I would look at what people redo after the model answered.",
        "I would count those redone tickets every week, about 200 of them.",
        "I own that count myself.",
    ]
    hits = entry(reel, next(iter(reel.timeline.answers)), "REDO").content
    assert [hits.plain[span.start : span.end] for span in hits.spans if "reverse" in str(span.style)] == [
        "redo",
        "redo",
    ]


@pytest.mark.parametrize("width", [3, 20, 78, 138, 400])
def test_the_timeline_fits_any_width(path: Path, width: int) -> None:
    timeline = open_reel(path).timeline
    assert parts_line(timeline, width).cell_length == width
    assert answers_line(timeline, width).cell_length == width
    for seconds in (0.0, timeline.seconds / 3, timeline.seconds):
        line = head_line(timeline, width, seconds)
        assert line.cell_length == width and line.plain.index("\u25cf") == column(timeline, seconds, width)
    told = where(Player(timeline, position=4), "\u201cword\u201d 1 of 2", width)
    assert "01:15 of 05:00" in told and (len(told) <= width or width < 40)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
@pytest.mark.parametrize(
    ("rule", "keys"),
    [("gut", "right,right,right"), ("panel", "right,right,right,d"), ("gut", "end")],
    ids=["answer", "d", "end"],
)
def test_looks(tmp_path: Path, snap_compare: Any, size: tuple[int, int], rule: Rule, keys: str) -> None:
    app = OneReplay(held(tmp_path, rule))

    async def reach(pilot: Pilot[None]) -> None:
        await app.opened(pilot)
        await pilot.press(*keys.split(","))
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=reach)
