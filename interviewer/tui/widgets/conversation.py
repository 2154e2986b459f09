"""The conversation: what was said, and what is being said right now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Static

from interviewer.text import clock_time

Voice = Literal["interviewer", "candidate", "coach", "note"]

WINDOW = 60
"""Messages that are on the screen at once; earlier ones are brought back on request."""

MOST_SHOWN = 6_000
"""Characters of one message that are shown; the transcript has the rest."""

REDRAWS_PER_SECOND = 10
"""How often words that are arriving are drawn."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was said, or a note about the interview."""

    voice: Voice
    who: str
    text: str
    seconds: float | None = None
    """On the interview clock; none for a note."""
    role: str = ""


def _shown(text: str) -> str:
    if len(text) <= MOST_SHOWN:
        return text
    rest = len(text) - MOST_SHOWN
    return f"{text[:MOST_SHOWN]}\u2026\n[{rest:,} more characters; the transcript has them all]"


def as_content(message: Message) -> Content:
    """A message as it is drawn: who and when in one line, then the words."""
    if message.voice == "note":
        return Content.assemble((f"\u00b7 {message.text}", "$foreground 70% italic"))
    beside = [part for part in (message.role, "" if message.seconds is None else clock_time(message.seconds)) if part]
    head = [(message.who, "bold"), ("  " + "  ".join(beside) if beside else "", "$foreground 70%")]
    return Content.assemble(*head, "\n", _shown(message.text))


class Block(Static):
    """One message."""

    DEFAULT_CSS = """
    Block {
        height: auto; width: 100%; max-width: 104; margin: 1 0 0 0; padding: 0 1 0 1;
        border-left: outer $primary;
        &.candidate { border-left: outer $foreground 25%; margin: 1 0 0 4; }
        &.coach { border-left: outer $accent; background: $boost; }
        &.note { border-left: none; padding: 0 2; }
    }
    """

    def __init__(self, message: Message) -> None:
        super().__init__(as_content(message), markup=False, classes=message.voice)
        self.unseen = message.voice in {"interviewer", "coach"}
        """Whether it is news to the candidate."""


class Speech(Static):
    """Words while they arrive, drawn a few times a second however fast they come.

    Args:
        grown: called when it takes more or fewer lines than before.
    """

    DEFAULT_CSS = """
    Speech {
        height: auto; width: 100%; max-width: 104; margin: 1 0 0 0; padding: 0 1 0 1;
        border-left: outer $primary; display: none;
    }
    """

    def __init__(self, grown: Callable[[], None]) -> None:
        super().__init__(markup=False)
        self._grown = grown
        self._head = Content("")
        self._waiting = ""
        self._words: list[str] = []
        self._changed = False
        self._lines = 0
        self._steps = 0
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        self._timer = self.set_interval(1 / REDRAWS_PER_SECOND, self._draw, pause=True)

    def wait_for(self, who: str, role: str, doing: str) -> None:
        """Shows that somebody is about to speak."""
        role = role.split(",", maxsplit=1)[0]  # what stands after a comma would take a second line over every message
        self._head = Content.assemble((who, "bold"), (f"  {role}" if role else "", "$foreground 70%"))
        self._waiting, self._words, self._lines, self._steps = doing, [], 0, 0
        self._changed = True
        self.display = True
        self._draw()
        if self._timer:
            self._timer.resume()

    def add(self, words: str) -> None:
        """Takes in the next words. The first are drawn at once: somebody is waiting for them."""
        first = not self._words
        self._words.append(words)
        self._changed = True
        if first:
            self._draw()

    def stop(self) -> None:
        """Clears it: the message is complete, or will not be."""
        self.display = False
        if self._timer:
            self._timer.pause()

    @property
    def text(self) -> str:
        """What was heard so far."""
        return "".join(self._words)

    def _draw(self) -> None:
        if not self._words:
            self._steps += 1
            dots = "." * (1 + self._steps // 4 % 3) if self.app.animation_level != "none" else "..."
            content = Content.assemble(self._head, "\n", (f"{self._waiting} {dots}", "$foreground 70% italic"))
        elif self._changed:
            content = Content.assemble(self._head, "\n", self.text, ("\u258c", "$primary"))
        else:
            return
        self._changed = False
        lines = content.get_height({}, width) if (width := self.content_size.width) else 0
        self.update(content, layout=lines != self._lines)
        if lines != self._lines:
            self._grown()
        self._lines = lines


class More(Static):
    """A line above or below the conversation, blank unless there is more than is in view."""

    DEFAULT_CSS = """
    More { height: 1; padding: 0 2; color: $text-primary; text-style: bold; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(markup=False)
        self._text = text

    def show(self, more: bool) -> None:
        """Says that there is more, or nothing."""
        self.update(Content(self._text if more else ""), layout=False)


class Conversation(VerticalScroll):
    """The last messages, with earlier ones on request; stays at the end unless scrolled away from it.

    What was said since the candidate last spoke is shown from its beginning if it does not fit as a whole.
    """

    HELP = """
    ## Conversation

    Everything said so far. `Up`, `Down`, `PageUp` and `PageDown` scroll; `End` follows again.
    Only the last messages are on the screen: `e` brings back earlier ones.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "earlier", "Earlier messages", tooltip="Bring back earlier messages"),
    ]

    DEFAULT_CSS = """
    Conversation {
        padding: 0 1; align-vertical: bottom;
        #earlier { width: auto; display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._messages: list[Message] = []
        self._blocks: deque[Block] = deque()
        self._first = 0
        self._speech = Speech(self._keep_in_view)
        self.above = More("\u25b2 more above (PageUp)")
        """To be placed above the conversation."""
        self.below = More("\u25bc more below (PageDown)")
        """To be placed below it."""
        self._unseen: Block | Speech = self._speech
        self._held = False

    def compose(self) -> ComposeResult:
        yield Button("Earlier messages", id="earlier", compact=True)
        yield self._speech

    def on_mount(self) -> None:
        self.anchor()
        self.watch(self, "scroll_y", self._point_out, init=False)
        self.watch(self, "virtual_size", self._point_out, init=False)

    def on_resize(self) -> None:
        self._held = False
        self._keep_in_view()

    # ---- What is in view -----------------------------------------------------------------------------------

    def seen(self) -> None:
        """The candidate has done something, and so has taken in what was said so far."""
        self._begin_run(self._speech)

    def _begin_run(self, block: Block | Speech) -> None:
        """The candidate has spoken and seen all before; from `block` on, everything is unseen."""
        self._unseen, self._held = block, False
        self.anchor()

    def _keep_in_view(self) -> None:
        self.call_after_refresh(self._hold)

    def _hold(self) -> None:
        """Stops following at the beginning of what is unseen, once it is taller than the page."""
        if self._held or self._anchor_released or not self._unseen.is_attached:
            return
        top = self._unseen.virtual_region.y
        if self._unseen.display and self.virtual_size.height - top > self.size.height:
            self._held = True
            self.scroll_to(y=top, animate=False, immediate=True)

    def _point_out(self) -> None:
        self.above.show(self.scroll_y >= 2)  # the first line is blank
        self.below.show(self.max_scroll_y - self.scroll_y >= 1)

    @property
    def messages(self) -> tuple[Message, ...]:
        """Everything said so far."""
        return tuple(self._messages)

    @property
    def hidden(self) -> int:
        """How many earlier messages are not on the screen."""
        return self._first

    async def show_all(self, messages: list[Message]) -> None:
        """Takes over a conversation from before, showing its end."""
        self._messages = list(messages)
        self._first = max(0, len(messages) - WINDOW)
        await self.query(Block).remove()
        self._blocks = deque(Block(message) for message in messages[self._first :])
        await self.mount_all(self._blocks, before=self._speech)
        self._name_earlier()
        first = len(self._blocks)
        while first and self._blocks[first - 1].unseen:
            first -= 1
        self._begin_run(self._blocks[first] if first < len(self._blocks) else self._speech)
        self._keep_in_view()

    def add(self, message: Message) -> None:
        """Adds what was just said."""
        self._messages.append(message)
        block = Block(message)
        self._blocks.append(block)
        self.mount(block, before=self._speech)
        if not block.unseen:
            self.seen()
        elif isinstance(self._unseen, Speech):
            self._unseen = block
        self._keep_in_view()
        if self.is_vertical_scroll_end and len(self._blocks) > WINDOW + WINDOW // 3:
            while len(self._blocks) > WINDOW:  # the screen may still hold blocks that are on their way out
                self._blocks.popleft().remove()
                self._first += 1
            self._name_earlier()

    def wait_for(self, who: str, role: str, doing: str) -> None:
        """Shows that somebody is about to speak."""
        self._speech.wait_for(who, role, doing)

    def hear(self, words: str) -> None:
        """Shows words as they arrive."""
        self._speech.add(words)

    def hush(self) -> None:
        """Nobody is speaking any more; what was complete has been added as a message."""
        self._speech.stop()

    @property
    def hearing(self) -> bool:
        """Whether somebody is speaking or about to."""
        return self._speech.display

    async def action_earlier(self) -> None:
        if not self._first:
            return
        start = max(0, self._first - WINDOW)
        below = self.virtual_size.height - self.scroll_y
        blocks = [Block(message) for message in self._messages[start : self._first]]
        self._blocks.extendleft(reversed(blocks))
        self._first = start
        self.release_anchor()
        await self.mount_all(blocks, after=self.query_one("#earlier"))
        self._name_earlier()
        self.call_after_refresh(lambda: self.scroll_to(y=self.virtual_size.height - below, animate=False))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._first > 0 if action == "earlier" else super().check_action(action, parameters)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "earlier":
            event.stop()
            await self.action_earlier()

    def _name_earlier(self) -> None:
        button = self.query_one("#earlier", Button)
        button.label = f"\u2191 {self._first} earlier message{'s' if self._first != 1 else ''} (e)"
        button.display = self._first > 0
        self.refresh_bindings()
