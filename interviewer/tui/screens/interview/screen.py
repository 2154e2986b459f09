"""The interview itself: the conversation, the answer box, the clock, and what the candidate may do."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer

from interviewer.interview.conductor import Conductor, IllegalStep, Speaking, Update, Wrote
from interviewer.interview.moves import legal_controls
from interviewer.interview.state import State
from interviewer.transcript.events import Action, Answer, Event
from interviewer.transcript.store import TranscriptError, read
from interviewer.tui.failures import sentence
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.interview import keys, telling
from interviewer.tui.screens.interview.choices import BACK, choices
from interviewer.tui.screens.interview.signals import SignalWatch
from interviewer.tui.screens.overview import OverviewScreen
from interviewer.tui.screens.pause import AfterPause, PauseScreen
from interviewer.tui.widgets.answer_box import AnswerBox
from interviewer.tui.widgets.choice_bar import Choice, ChoiceBar
from interviewer.tui.widgets.clock_bar import ClockBar, time_of
from interviewer.tui.widgets.conversation import Conversation
from interviewer.tui.widgets.draft_keeper import DraftKeeper
from interviewer.tui.widgets.external_editor import EditorError, edit
from interviewer.tui.widgets.history import messages_of
from interviewer.tui.widgets.overview import Overview
from interviewer.tui.widgets.panel_strip import PanelStrip
from interviewer.tui.widgets.wait_bar import WaitBar

if TYPE_CHECKING:
    from interviewer.engines.choose import Engine


class InterviewScreen(Screen[None]):
    """One interview, new or resumed, until its scorecard or until the candidate leaves.

    Args:
        open_conductor: makes the conductor, given who is to be told of every update. May raise; what it
            raises is shown.
        resumed: whether the interview was begun before, so that its conversation is read back first.
        engine: who plays, to show what it waits for and to let go of it at the end.
    """

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "AnswerBox"
    HELP = keys.HELP
    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS

    def __init__(
        self,
        open_conductor: Callable[[Callable[[Update], None]], Conductor],
        resumed: bool = False,
        engine: Engine | None = None,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._wait = WaitBar(engine.waits if engine else None)
        self._open_conductor = open_conductor
        self._resumed = resumed
        self._conductor: Conductor | None = None
        self._left = False
        self._busy = 0
        self._problem = ""
        self._sent = ""
        self._finishing = False
        self._drafts: DraftKeeper | None = None
        self._possible: tuple[object, ...] = ()
        self._signals = SignalWatch(self._on_signal)
        # Held here because the draft is still wanted when the screen is already being taken apart.
        self._box = AnswerBox(id="answer")
        self._conversation = Conversation(id="conversation")
        self._choice = ChoiceBar(id="choice")

    def compose(self) -> ComposeResult:
        yield ClockBar()
        yield PanelStrip()
        with Horizontal(id="middle"):
            with Vertical(id="talk"):
                yield self._conversation.above
                yield self._conversation
                yield self._conversation.below
                yield self._wait
                yield self._box
                yield self._choice
            yield Overview(id="side")
        yield Footer(show_command_palette=False)

    # ---- opening and leaving -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        self._box.border_title = "Your answer (the interview is being opened)"
        self._choice.display = False
        self._signals.start()
        self._open()

    @work(group="open", exit_on_error=False)
    async def _open(self) -> None:
        try:
            conductor = await asyncio.to_thread(self._open_conductor, self._hear)
            events: tuple[Event, ...] = ()
            if self._resumed:
                events = (await asyncio.to_thread(read, conductor.path)).events
        except Exception as error:  # whatever it is, it is said and not thrown at the user
            self._problem = f"The interview could not be opened. {sentence(error, 'opening the interview')}"
            await self._show_choice(self._problem, BACK)
            return
        # What is loaded by now stays loaded: without it, a full collection takes milliseconds instead of a tenth
        # of a second, which would be felt as a key that sticks.
        gc.collect()
        gc.freeze()
        self._conductor = conductor
        state = conductor.state
        await self._conversation.show_all(messages_of(events, state.persona))
        self._drafts = DraftKeeper(self._box, conductor, self.set_timer)
        self._drafts.restore()
        self._show_box(state)
        self.set_interval(0.5, self._tick)

        async def begin() -> None:
            await conductor.begin()
            gc.freeze()  # the SDK of a model service is loaded with the first turn

        self._talk(begin)
        if state.paused:
            self.app.push_screen(PauseScreen(time_of(conductor)), self._after_pause)

    async def on_unmount(self) -> None:
        """However the screen goes away, the draft is saved and the transcript let go of."""
        self._signals.stop()
        await self._stop()

    async def _stop(self) -> None:
        if self._conductor is None or self._left:
            return
        self._left = True
        self._save_draft()
        self.workers.cancel_group(self, "talk")
        self.workers.cancel_group(self, "finish")
        await self._conductor.stop()
        if self._engine is not None:
            await self._engine.close()

    def _on_signal(self, number: int) -> None:
        self._save_draft()
        self.app.exit(return_code=128 + number)

    @work(group="leave", exclusive=True, exit_on_error=False)
    async def action_leave(self) -> None:
        if self._conductor is not None and self._conductor.state.scorecard is None:
            closed = self._conductor.state.closed
            text = "The answers not yet graded are graded when you open it again." if closed else keys.ASK_LEAVE
            if not await self.app.push_screen_wait(ConfirmScreen("Leave the interview?", text, "Leave", "Stay")):
                return
        await self._leave()

    async def _leave(self) -> None:
        await self._stop()
        self.dismiss(None)

    # ---- what the conductor tells ------------------------------------------------------------------------

    def _hear(self, update: Update) -> None:
        conductor = self._conductor
        if conductor is None or self._left:
            return
        telling.show(self._conversation, update, conductor.state)
        match update:
            case Speaking(speaker=person):
                self._show_speaker(person.id)
            case Wrote(event=event):
                if isinstance(event, Answer):
                    self._box.take(self._sent)
                self.call_later(self._refresh)

    # ---- what the candidate does -------------------------------------------------------------------------

    @work(group="talk", exclusive=True, exit_on_error=False)
    async def _talk(self, step: Callable[[], Awaitable[None]]) -> None:
        """Does one step and lets the interviewer react. A new step ends one that is under way."""
        conductor = self._conductor
        if conductor is None or self._left:
            return
        self._busy += 1
        self._problem = ""
        self._conversation.hush()
        telling.show_waiting(self._conversation, conductor.state)
        try:
            await step()
        except TranscriptError as error:
            self._problem = f"That could not be saved. {error}"
        except IllegalStep as error:
            self.notify(str(error), markup=False)
        except Exception as error:  # an engine may fail in any way; the interview must not
            self._problem = f"The interviewer could not go on. {sentence(error, 'the interviewer was speaking')}"
        finally:
            self._busy -= 1
        if self._problem:
            self._conversation.hush()
            if conductor.state.floor == "candidate":
                self.notify(
                    f"{self._problem} Your text is still in the box: send it again.",
                    severity="error",
                    timeout=12,
                    markup=False,
                )
        await self._refresh()

    def on_answer_box_sent(self, event: AnswerBox.Sent) -> None:
        if self.check_action("send", ()):
            self._send(event.text)

    def action_send(self) -> None:
        self._send(self._box.text)

    def _send(self, text: str) -> None:
        conductor = self._conductor
        if conductor is None:
            return
        if not text.strip():
            what = "If you have no more questions" if keys.asks(conductor.state) else "To pass on the question"
            self.notify(f"There is nothing to send yet. {what}, press Ctrl+N.", markup=False)
            return
        self._sent = text
        self._talk(lambda: conductor.answer(text))

    def action_steer(self, action: Action) -> None:
        if conductor := self._conductor:
            self._talk(lambda: conductor.control(action))

    @work(group="leave", exclusive=True, exit_on_error=False)
    async def action_no_more(self) -> None:
        """The candidate's own questions are easily ended by mistake, so that is asked first."""
        if conductor := self._conductor:
            text = keys.what_follows(conductor.state)
            if await self.app.push_screen_wait(ConfirmScreen("No more questions?", text, "No more", "Ask on")):
                self.action_steer("skip")

    def action_again(self) -> None:
        conductor = self._conductor
        if conductor is None:
            return
        if conductor.state.floor == "feedback":
            if not self._box.text and conductor.state.unread:
                self._box.load_text(conductor.state.unread.text)
                self._box.move_cursor(self._box.document.end)
            self.action_steer("retry")
        elif conductor.state.closed:
            self._finish()
        else:
            self._talk(conductor.begin)

    def action_pause(self) -> None:
        if conductor := self._conductor:
            self._save_draft()
            self._talk(lambda: self._pause(conductor))

    async def _pause(self, conductor: Conductor) -> None:
        await conductor.control("pause")
        self.app.push_screen(PauseScreen(time_of(conductor)), self._after_pause)

    def _after_pause(self, choice: AfterPause | None) -> None:
        if choice == "leave":
            self.run_worker(self._leave(), group="leave", exit_on_error=False)
        elif choice is not None:
            self.action_steer(choice)

    @work(group="leave", exclusive=True, exit_on_error=False)
    async def action_end(self) -> None:
        if await self.app.push_screen_wait(ConfirmScreen("End the interview now?", keys.ASK_END, "End it", "Go on")):
            self.action_steer("end")

    @work(group="editor", exclusive=True, exit_on_error=False)
    async def action_editor(self) -> None:
        self._save_draft()
        before = self._box.text
        try:
            after = await edit(self.app, before)
        except (EditorError, OSError) as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
            return
        if after != before:
            self._box.put(after)
        self._box.focus()

    def action_overview(self) -> None:
        if conductor := self._conductor:
            self.app.push_screen(OverviewScreen(conductor.state, conductor.state.speaker))

    def action_do_without(self) -> None:
        self._wait.give_up()

    def action_scroll(self, lines: int) -> None:
        self._conversation.scroll_relative(y=lines, animate=False)

    def on_answer_box_page(self, event: AnswerBox.Page) -> None:
        height = max(1, self._conversation.size.height - 2)
        self._conversation.scroll_relative(y=event.direction * height, animate=False)

    def on_choice_bar_chosen(self, event: ChoiceBar.Chosen) -> None:
        match event.choice:
            case "continue":
                self.action_steer("continue")
            case "again":
                self.action_again()
            case "scorecard":
                self.run_worker(self._to_scorecard(), group="leave", exit_on_error=False)
            case _:
                self.action_leave()

    def on_text_area_changed(self) -> None:
        if self._drafts:
            self._drafts.changed()

    def _save_draft(self) -> None:
        if self._drafts:
            self._drafts.save()

    # ---- after the last word -----------------------------------------------------------------------------

    @work(group="finish", exclusive=True, exit_on_error=False)
    async def _finish(self) -> None:
        conductor = self._conductor
        if conductor is None:
            return
        self._problem, self._finishing = "", True
        try:
            await conductor.finish()
        except TranscriptError as error:
            self._problem = f"The scorecard could not be saved. {error}"
        except Exception as error:  # a grader's fault must leave the interview as it is, to be graded later
            self._problem = f"The scorecard could not be made. {sentence(error, 'making the scorecard')}"
        self._finishing = False
        await self._refresh()

    async def _to_scorecard(self) -> None:
        from interviewer.tui.screens.scorecard import ScorecardScreen

        conductor = self._conductor
        if conductor is None or conductor.state.scorecard is None:
            return
        await self._stop()
        self.app.switch_screen(ScorecardScreen(conductor.state))  # waiting here would be waiting for oneself

    # ---- what is shown -----------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self._conductor and not self._left:
            self.query_one(ClockBar).show(self._conductor)
            if self._finishing:
                self.call_later(self._refresh)

    def _show_speaker(self, speaker: str) -> None:
        if self._conductor:
            state = self._conductor.state
            self.query_one(PanelStrip).show(state.persona.people, speaker)
            self.query_one("#side", Overview).show(state, speaker)

    async def _show_choice(self, say: str, *offered: Choice) -> None:
        await self._choice.show(say, *offered)
        self._choice.display = True
        focused = self.focused
        if focused is None or (focused is not self._conversation and self._choice not in focused.ancestors):
            self.set_focus(self._choice.first)  # before the box goes, or its going would move the focus elsewhere
        self._box.display = False

    async def _refresh(self) -> None:
        """Brings everything in line with where the interview stands."""
        conductor = self._conductor
        if conductor is None or self._left or not self.is_attached:
            return
        state = conductor.state
        self._show_speaker(state.speaker)
        self.query_one(ClockBar).show(conductor)
        problem = "" if self._busy or self._finishing else self._problem
        if state.closed and state.scorecard is None and not problem and not self._finishing:
            self._finishing = True
            self._finish()
        offer = choices(state, problem, conductor.ungraded)
        if offer:
            await self._show_choice(offer[0], *offer[1])
        else:
            self._show_box(state)
        possible = (state.floor, state.ending, legal_controls(state), self._box.display, self._problem)
        if possible != self._possible:  # drawing the footer anew is not free
            self._possible = possible
            self.refresh_bindings()

    def _show_box(self, state: State) -> None:
        box = self._box
        mine = state.floor == "candidate"
        box.border_title = "Your answer" if mine else "Your answer (they are speaking; you may write already)"
        if state.retry_of is not None:
            box.border_title = "Your answer, second try"
        box.placeholder = Content("Write here. Enter makes a new line, Ctrl+S sends.")
        if not box.display:
            self._choice.display, box.display = False, True
            box.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = self._conductor.state if self._conductor and not self._left else None
        if action == "do_without":
            return self._wait.waiting
        failed = bool(self._problem and not self._busy)
        return keys.possible(action, parameters, state, self._box.display, failed)
