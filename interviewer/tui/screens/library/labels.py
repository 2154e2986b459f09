"""The dialogs that ask what is to stand on a transcript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from interviewer.transcript.entries import Entry
from interviewer.transcript.labels import (
    BLANK,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    Label,
    LabelError,
    noted,
    tagged,
    titled,
)
from interviewer.tui.screens.ask import AskScreen
from interviewer.tui.screens.write import WriteScreen

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp

What = Literal["title", "tags", "note"]
Change = Callable[[Label], Label]
Again = Callable[[], None]
"""Asks once more, with what was typed."""
Take = Callable[[Change, Again], None]
"""What is done with the answer, and what if that fails."""


def ask(app: InterviewerApp, what: What, entry: Entry, take: Take) -> None:
    """Asks for what is to stand on this transcript."""
    match what:
        case "title":
            _ask_title(app, entry, take)
        case "tags":
            _ask_tags(app, entry, take)
        case "note":
            _ask_note(app, entry, take)


def _ask_title(app: InterviewerApp, entry: Entry, take: Take, typed: str | None = None) -> None:
    """Asks for a title."""

    def done(title: str | None) -> None:
        if title is not None:
            take(lambda label: titled(label, title), lambda: _ask_title(app, entry, take, title))

    hint = f"Left empty, it is called {entry.persona_title} again."
    text = entry.label.title if typed is None else typed
    app.push_screen(AskScreen("Title", hint, text, longest=LONGEST_TITLE, placeholder=entry.persona_title), done)


def _ask_tags(app: InterviewerApp, entry: Entry, take: Take, typed: str | None = None) -> None:
    """Asks for all tags at once."""

    def with_tags(label: Label, words: str) -> Label:
        return tagged(replace(label, tags=()), words.replace(",", " ").split())

    def wrong(words: str) -> str | None:
        try:
            with_tags(BLANK, words)
        except LabelError as error:
            return str(error)
        return None

    def done(words: str | None) -> None:
        if words is not None:
            take(lambda label: with_tags(label, words), lambda: _ask_tags(app, entry, take, words))

    longest = MOST_TAGS * (LONGEST_TAG + 2)
    hint = "Words with spaces between them; a hyphen joins two words to one tag."
    text = " ".join(entry.label.tags) if typed is None else typed
    app.push_screen(AskScreen("Tags", hint, text, check=wrong, longest=longest, placeholder="founder second-try"), done)


def _ask_note(app: InterviewerApp, entry: Entry, take: Take) -> None:
    """Asks for a note, of any number of lines. One that is too long is given back to be cut."""

    def ask(typed: str | None = None) -> None:
        app.push_screen(WriteScreen(f"Note on {entry.title}", entry.label.note, typed), done)

    def done(text: str | None) -> None:
        if text is None:
            return
        try:
            noted(BLANK, text)
        except LabelError as error:
            app.say(str(error), "error")
            ask(text)
        else:
            take(lambda label: noted(label, text), lambda: ask(text))

    ask()
