"""Replay: a saved interview watched again, with what the graders made of every answer."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Static

from interviewer.replay import player as play
from interviewer.replay.judgement import Judgement, judgement
from interviewer.replay.player import Player, Stop
from interviewer.replay.reel import Reel, open_reel
from interviewer.replay.seek import Hits, moment_of, search
from interviewer.text import one_line
from interviewer.transcript.damage import TranscriptError, told
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import OnceScreen, hand_over
from interviewer.tui.screens.replay.keys import BINDINGS, HELP
from interviewer.tui.widgets.judgement_pane import JudgementPane
from interviewer.tui.widgets.replay_entry import Entry, entry, unread
from interviewer.tui.widgets.replay_page import ReplayPage
from interviewer.tui.widgets.seek_prompt import PROMPTS, Asked, SeekPrompt
from interviewer.tui.widgets.timeline_bar import TimelineBar
from interviewer.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from interviewer.interview.state import State
    from interviewer.replay.states import States
    from interviewer.replay.timeline import Given
    from interviewer.tui.app import InterviewerApp

FRAMES_PER_SECOND = 10
"""How often the play head is moved while it plays."""


class ReplayScreen(OnceScreen[None]):
    """A transcript, played.

    Args:
        path: any transcript, finished or not, damaged or not.
        now: the viewer's time in seconds, monotonic.
    """

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    @dataclass
    class Opened(Message):
        """The transcript was read."""

        reel: Reel

    @dataclass
    class Searched(Message):
        """Everything was searched."""

        hits: Hits

    @dataclass
    class Stood(Message):
        """The interview as it was at the moment that was asked for."""

        state: State

    @dataclass
    class Failed(Message):
        """Something could not be read."""

        problem: str
        fatal: bool = False

    def __init__(self, path: Path, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.path = path
        self._now = now
        self._reel: Reel | None = None
        self._player: Player | None = None
        self._since = 0.0
        self._states: States | None = None
        self._hits = Hits("", ())
        self._timer: Timer | None = None

    @property
    def _app(self) -> InterviewerApp:
        return cast("InterviewerApp", self.app)

    @property
    def player(self) -> Player | None:
        """Where the replay is; None until the transcript is read."""
        return self._player

    def compose(self) -> ComposeResult:
        yield TitleLine("Replay")
        yield Static(id="damage", markup=False)
        with Horizontal(id="body"):
            yield Static("Opening \u2026", id="opening")
        yield SeekPrompt()
        yield TimelineBar()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._timer = self.set_interval(1 / FRAMES_PER_SECOND, self.tick, pause=True)
        self._read()

    # ---- Reading -------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            reel = open_reel(self.path)
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, "opening the transcript"), fatal=True))
        else:
            hand_over(self, self.Opened(reel))

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, reel: Reel, query: str) -> None:
        try:
            hits = search(reel, query)
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, "searching the transcript")))
        else:
            hand_over(self, self.Searched(hits))

    @work(thread=True, exclusive=True, group="overview", exit_on_error=False)
    def _look_at(self, reel: Reel, position: int) -> None:
        from interviewer.replay.states import States

        try:
            states = self._states or States(reel.header, reel.events)
            state = states.at(position)
        except Exception as error:
            hand_over(self, self.Failed(sentence(error, "looking at that moment")))
        else:
            self._states = states
            hand_over(self, self.Stood(state))

    @on(Failed)
    def _tell(self, event: Failed) -> None:
        self._app.say(event.problem, "error")
        if event.fatal:
            self.query_one("#opening", Static).update(Content("This transcript cannot be shown."))

    @on(Opened)
    async def _opened(self, event: Opened) -> None:
        reel = self._reel = event.reel
        header = reel.header
        created = header.created.astimezone()
        self.query_one(TitleLine).update(
            f"Replay: {one_line(header.persona.title)}",
            f"{created.day} {created:%b %Y} \u00b7 {one_line(header.engine)}",
        )
        if reel.damage:
            note = self.query_one("#damage", Static)
            note.update(Content(one_line(told(reel.damage))))
            note.add_class("told")
        if not reel.timeline.said:
            self.query_one("#opening", Static).update(Content("Nothing was said in this interview yet."))
            return
        page = ReplayPage(self._entry)
        body = self.query_one("#body")
        async with body.batch():
            await self.query_one("#opening").remove()
            await body.mount(page, JudgementPane())
        page.focus()
        self._go(play.opened(reel.timeline))

    def _entry(self, place: int) -> Entry:
        assert self._reel is not None
        try:
            return entry(self._reel, place, self._hits.query)
        except TranscriptError as error:
            return unread(error)

    def _judged(self, question: int) -> Judgement | None:
        """How a question was graded; None if that can no longer be read, which the conversation tells."""
        assert self._reel is not None
        try:
            return judgement(self._reel, question)
        except TranscriptError:
            return None

    # ---- Showing -------------------------------------------------------------------------------------------

    def _go(self, player: Player) -> None:
        """The play head is somewhere else, or something about it changed."""
        before, self._player = self._player, player
        if player.playing and (before is None or not before.playing):
            self._since = self._now()
        if self._timer is not None:
            (self._timer.resume if player.playing else self._timer.pause)()
        self._show(player)
        if before is None:
            self.refresh_bindings()

    def _show(self, player: Player) -> None:
        assert self._reel is not None
        timeline = player.timeline
        self.query_one(ReplayPage).show(timeline.shown, bisect_left(timeline.shown, player.position))
        self.query_one(TimelineBar).show(player, self._hits.told(player))
        place = player.place or 0
        question = timeline.question_at(place)
        answered = question is not None and place >= timeline.questions[question].stop
        given = self._given
        self.query_one(JudgementPane).show(
            self._judged(question) if question is not None and answered else None,
            given.seq if given else None,
            "The grade comes with the answer." if question is not None else "Nothing is graded here.",
        )

    def tick(self) -> None:
        """Moves the play head by the time that has passed since the last tick."""
        if self._player is None or not self._player.playing:
            return
        since, self._since = self._since, self._now()
        self._go(play.passed(self._player, self._since - since))

    # ---- What the keys do ----------------------------------------------------------------------------------

    def action_play(self) -> None:
        """Plays, or pauses."""
        if self._player:
            self._go(play.toggled(self._player))

    def action_speed(self, steps: int) -> None:
        if self._player:
            self._go(play.faster(self._player, steps))

    def action_shorten(self) -> None:
        """Cuts long pauses, or plays them in full."""
        if self._player:
            self._go(play.shortening(self._player, not self._player.shortened))

    def action_jump(self, kind: str, direction: int) -> None:
        if self._player and kind in get_args(Stop):
            self._go(play.jumped(self._player, play.stops(self._player.timeline, cast("Stop", kind)), direction))

    def action_edge(self, end: bool) -> None:
        """Goes to the first words, or to the end."""
        if self._player:
            last = len(self._player.timeline) - 1
            self._go(play.at_place(self._player, last if end else play.opened(self._player.timeline).position - 1))

    def action_hit(self, direction: int) -> None:
        if self._player:
            self._go(play.jumped(self._player, self._hits.places, direction))

    def action_swap(self) -> None:
        """Shows the grade instead of the conversation, or beside it, or not."""
        self.toggle_class("-swapped")
        pane = self.query_one(JudgementPane)
        self.call_after_refresh((pane if pane.display and self.has_class("-narrow", "-swapped") else self._page).focus)

    @property
    def _page(self) -> ReplayPage:
        return self.query_one(ReplayPage)

    def action_overview(self) -> None:
        """Shows people, parts and, in coach mode, levels as they were at this moment."""
        if self._player and self._reel:
            self._look_at(self._reel, self._player.position)

    @on(Stood)
    def _stood(self, event: Stood) -> None:
        from interviewer.tui.screens.overview import OverviewScreen

        self.app.push_screen(OverviewScreen(event.state, event.state.speaker))

    def action_again(self) -> None:
        """Goes on live from here, in a new interview, with the answer that was given last given anew."""
        if self._player is None:
            return
        until = max(self._player.position - 1, min(self._player.timeline.answers, default=0))
        given = [one for place, one in self._player.timeline.answers.items() if place <= until]
        if given:
            self._app.answer_again(self.path, given[-1].seq)

    @property
    def _given(self) -> Given | None:
        """The answer that the play head is at."""
        if self._player is None or self._player.place is None:
            return None
        return self._player.timeline.answers.get(self._player.place)

    def action_scorecard(self) -> None:
        self._app.open_scorecard(self.path)

    def action_back(self) -> None:
        if self._prompt.open:
            self._prompt.close()
            self._page.focus()
        elif self._hits.query:
            self._found(Hits("", ()))
        elif self.has_class("-narrow", "-swapped"):
            self.action_swap()
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are not offered."""
        player = self._player
        match action:
            case "again":
                return player is not None and bool(player.timeline.answers)
            case "play" | "speed" | "shorten" | "edge" | "swap" | "ask" | "overview":
                return player is not None
            case "jump":
                return player is not None and bool(play.stops(player.timeline, cast("Stop", parameters[0])))
            case "hit":
                return bool(self._hits.places)
            case "scorecard":
                return player is not None and player.timeline.verdict is not None
            case _:
                return True

    @on(TimelineBar.Wanted)
    def _pointed_at(self, event: TimelineBar.Wanted) -> None:
        if self._player:
            self._go(play.at_clock(self._player, event.share * self._player.timeline.seconds))

    # ---- Looking for something -----------------------------------------------------------------------------

    @property
    def _prompt(self) -> SeekPrompt:
        return self.query_one(SeekPrompt)

    def action_ask(self, asked: Asked) -> None:
        """Asks for words to look for, or for a moment to go to."""
        if self._player:
            self._go(replace(self._player, playing=False))
            self._prompt.ask(asked, self._hits.query if asked == "search" else "")

    @on(SeekPrompt.Answered)
    def _answered(self, event: SeekPrompt.Answered) -> None:
        self._page.focus()
        if self._player is None or self._reel is None:
            return
        if event.asked == "search":
            if event.value:
                self._search(self._reel, event.value)
            else:
                self._found(Hits("", ()))
        elif (moment := moment_of(event.value, self._player)) is not None:
            self._go(moment)
        else:
            typed = event.value or "Nothing"
            self._app.say(f"{typed} is no time and no event of this interview. {PROMPTS['moment']}.", "error")

    @on(Searched)
    def _searched(self, event: Searched) -> None:
        self._found(event.hits)
        if not event.hits.places:
            self._app.say(f"Nobody said \u201c{event.hits.query}\u201d.", "warning")
        elif self._player:
            self._go(play.at_place(self._player, event.hits.nearest(self._player)))

    def _found(self, hits: Hits) -> None:
        self._hits = hits
        self._page.forget()
        if self._player:
            self._go(self._player)
        self.refresh_bindings()
