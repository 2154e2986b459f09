"""A field for a document: the path of a file, or the text itself, pasted or written."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from interviewer.profile import read_document
from interviewer.text import one_line, sanitise, words
from interviewer.tui.failures import sentence

MOST_LISTED = 2000
"""Names of a folder that are looked through for a completion."""


class PathSuggester(Suggester):
    """Completes a path by the first file or folder that fits."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(completed, value)


def completed(value: str) -> str | None:
    """`value` completed to the first file or folder by name that begins with it; None if there is none."""
    head, _, tail = value.rpartition("/")
    if not value or (not tail and not head):
        return None
    try:
        folder = Path(f"{head}/" if "/" in value else ".").expanduser()
        with os.scandir(folder) as found:
            entries = [entry for _, entry in zip(range(MOST_LISTED), found, strict=False)]
            fitting = [
                entry
                for entry in entries
                if entry.name.startswith(tail) and entry.name != tail and (tail or entry.name[0] != ".")
            ]
            best = min(fitting, key=lambda entry: entry.name, default=None)
            if best is None or not best.name.isprintable():
                return None
            return value + best.name[len(tail) :] + ("/" if best.is_dir() else "")
    except (OSError, ValueError, RuntimeError):
        return None


def as_path(text: str) -> Path:
    """The path that was typed, pasted or dropped: without quotes, escapes and `file://`."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif os.sep == "/":
        text = text.replace("\\ ", " ")
    return Path(text)


class PathInput(Input):
    """Takes a path on one line. Several lines pasted at once are not a path but the document."""

    @dataclass
    class TextPasted(Message):
        """Several lines were pasted."""

        text: str

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete_or_next", "Complete or next", show=False),
    ]

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.strip().splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.TextPasted(event.text))

    def action_complete_or_next(self) -> None:
        """Takes the completion that is shown; without one goes to the next field."""
        if self._suggestion and self.cursor_position == len(self.value):
            self.action_cursor_right()
        else:
            self.screen.focus_next()


class DocumentField(Vertical):
    """The field with a line under it that says what was read, or why nothing could be.

    Args:
        text: a document that is there already.
    """

    DEFAULT_CSS = """
    DocumentField {
        height: auto;
        .status { height: auto; display: none; }
        .status.-shown { display: block; }
        .status.-wrong { color: $text-error; }
        .status.-right { color: $text-success; }
        .status.-busy { color: $text-muted; }
    }
    """
    HELP = """\
Type the **path** of a text, Markdown or PDF file (Tab completes it), or **paste the text** itself.
**Ctrl+O** opens a page to read, write or change the text.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "edit", "Edit text", tooltip="Read, write or change the text itself"),
    ]

    @dataclass
    class Edit(Message):
        """The candidate wants to see or write the text itself."""

        field: DocumentField

    @dataclass
    class Read(Message):
        """A file was read, or could not be."""

        path: str
        text: str | None
        problem: str

    def __init__(self, text: str | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = text
        self._path = ""
        """The path that `_text` or `_problem` came from."""
        self._problem = ""
        self._reading: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        yield PathInput(placeholder="path of a file, or paste the text", suggester=PathSuggester(), compact=True)
        yield Static(classes="status")

    def on_mount(self) -> None:
        if self._text:
            self._show("-right", f"✓ text, {words(self._text):,} words")

    @property
    def text(self) -> str | None:
        """The document; None if there is none."""
        return self._text

    @property
    def problem(self) -> str:
        """Why the file that was named could not be read; empty if it could."""
        return self._problem

    def set_text(self, text: str) -> None:
        """Takes the text itself instead of a file. Blank text takes the document away."""
        text = sanitise(text).strip()
        self._text, self._problem, self._path = text or None, "", ""
        with self.prevent(Input.Changed):
            self.query_one(PathInput).value = ""
        if text:
            self._show("-right", f"✓ text, {words(text):,} words")
        else:
            self._show("", "")

    async def settle(self) -> None:
        """Reads the file that is named if that has not been done, and waits for it."""
        self._read_if_new()
        if self._reading is not None and not self._reading.is_finished:
            await self._reading.wait()
            await asyncio.sleep(0)

    @on(PathInput.TextPasted)
    def _pasted(self, event: PathInput.TextPasted) -> None:
        event.stop()
        self.set_text(event.text)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._read_if_new()
        self.screen.focus_next()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if not event.value.strip():
            self._text, self._problem, self._path = None, "", ""
            self._show("", "")

    def on_descendant_blur(self) -> None:
        self._read_if_new()

    def _read_if_new(self) -> None:
        typed = self.query_one(PathInput).value.strip()
        if typed and typed != self._path:
            self._path = typed
            self._text = None
            self._show("-busy", "reading …")
            self._reading = self._read(typed)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self, typed: str) -> None:
        text: str | None = None
        problem = ""
        try:
            text = read_document(as_path(typed))
        except Exception as error:
            problem = sentence(error, "reading the file")
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take, typed, text, problem)

    def _take(self, typed: str, text: str | None, problem: str) -> None:
        if typed != self._path:
            return
        self._text, self._problem = text, problem
        if text is None:
            self._show("-wrong", f"✗ {problem}")
        else:
            self._show("-right", f"✓ {one_line(as_path(typed).name)}, {words(text):,} words")

    def _show(self, kind: str, text: str) -> None:
        status = self.query_one(".status", Static)
        status.set_classes(f"status {kind}{' -shown' if text else ''}")
        status.update(Content(text))

    def action_edit(self) -> None:
        """Asks for the page on which the text itself is written."""
        self.post_message(self.Edit(self))
