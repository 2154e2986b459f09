"""Where the candidate writes: several lines, counted, kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from interviewer.interview.conductor import LONGEST_ANSWER
from interviewer.text import sanitise, words
from interviewer.tui.widgets.text_box import TextBox

SEND_KEYS = ("ctrl+s", "f2", "ctrl+enter")
"""The first arrives everywhere, also through tmux; the last only where the terminal tells it from Enter."""

COUNT_AT_ONCE = 4_000
"""Characters up to which words are counted at each key; longer texts are counted a little later."""


class AnswerBox(TextBox):
    """A text area that cleans what is pasted, counts words, and leaves free page keys to the conversation."""

    HELP = """
    ## Your answer

    `Enter` makes a new line. `Ctrl+S` (or `F2`, or `Ctrl+Enter` where the terminal tells it apart) sends.
    `Ctrl+O` opens the text in your own editor (`$VISUAL` or `$EDITOR`).
    `Ctrl+Z` undoes, `Ctrl+Y` does again. `PageUp` and `PageDown` scroll the conversation while the
    whole text is in view. What you write is saved as you go, sent or not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    DEFAULT_CSS = """
    AnswerBox {
        height: 8; border: round $foreground 30%; background: $background; padding: 0 1;
        border-title-color: $text-muted; border-subtitle-color: $text-muted; border-title-style: none;
        scrollbar-size-vertical: 1;
        &:focus { border: round $primary; border-title-color: $text; border-title-style: bold; }
        & .text-area--placeholder { color: $text-muted; }
        & .text-area--cursor-line { background: transparent; }
    }
    """

    @dataclass
    class Sent(Message):
        """A key to send was pressed while this stood in the box."""

        text: str

    @dataclass
    class Page(Message):
        """The page keys were pressed while there is nothing to page through here."""

        direction: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            highlight_cursor_line=False,
            max_checkpoints=200,
        )
        self._remark = ""
        self._counting: Timer | None = None

    def on_mount(self) -> None:
        self._count()

    @property
    def remark(self) -> str:
        """What is said beside the word count, such as that the draft is saved."""
        return self._remark

    @remark.setter
    def remark(self, remark: str) -> None:
        if remark != self._remark:
            self._remark = remark
            self._count()

    def put(self, text: str) -> None:
        """Takes `text` in place of what is there, in a way that can be undone, and goes to its end."""
        self.replace(sanitise(text), (0, 0), self.document.end, maintain_selection_offset=False)
        self.move_cursor(self.document.end)

    def on_text_area_changed(self) -> None:
        if self.document.line_count < 50 and sum(map(len, self.document.lines)) <= COUNT_AT_ONCE:
            self._count()
        elif self._counting is None:
            self._counting = self.set_timer(0.3, self._count)

    def _count(self) -> None:
        self._counting = None
        text = self.text
        number = words(text)
        parts = [f"{number:,} word{'' if number == 1 else 's'}"]
        if len(text) > LONGEST_ANSWER:
            parts.append(f"{len(text) - LONGEST_ANSWER:,} characters too long: the end will be cut")
        if self._remark:
            parts.append(self._remark)
        self.border_subtitle = " \u00b7 ".join(parts).replace("[", "(")

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        if result := self._replace_via_keyboard(sanitise(event.text), *self.selection):
            self.move_cursor(result.end_location)

    async def _on_key(self, event: events.Key) -> None:
        """Sends exactly what was typed before the key, however fast more is typed behind it.

        A binding would not do: it is looked up by the application, which is ahead of this widget's queue
        or behind it, and a fast typist would lose or add words.
        """
        if event.key in SEND_KEYS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Sent(self.text))

    def take(self, sent: str) -> None:
        """Clears what was sent; what was typed behind it stays."""
        text = self.text
        if text.startswith(sent):
            self.load_text(text[len(sent) :].lstrip("\n") if sent else text)
            self.move_cursor(self.document.end)
        self.remark = ""

    def action_page(self, direction: int) -> None:
        if self.wrapped_document.height <= self.content_size.height:
            self.post_message(self.Page(direction))
        elif direction < 0:
            self.action_cursor_page_up()
        else:
            self.action_cursor_page_down()
