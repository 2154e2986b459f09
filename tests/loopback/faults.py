"""Every way in which the server can misbehave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "status",
    "hang",
    "hang-mid-stream",
    "reset-before",
    "reset-after",
    "cut",
    "no-end",
    "truncated",
    "refused",
    "filtered",
    "no-choices",
    "bad-json",
    "bad-stream",
    "web-page",
    "error-event",
    "text",
    "no-usage",
]
"""status: an error status. hang: no byte until the client goes. reset-before, reset-after: the connection
is reset before or after the headers. cut: it is reset after half of the reply. no-end: the stream ends
politely after half of it. truncated, refused, filtered: as the protocol says it. error-event: an error
within a reply that began well. text: the model says something else. no-usage: the tokens are not counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour, for one request.

    Args:
        kind: what happens.
        status: of the answer, for `status`.
        retry_after: header of that name: seconds, or an HTTP date.
        code: what the error is called in the body; the usual one for the status if absent.
        message: the service's words.
        text: what the model says, for `text` and `refused`.
        headers: further headers of the answer.
    """

    kind: Kind
    status: int = 500
    retry_after: str | None = None
    code: str | None = None
    message: str | None = None
    text: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None


def says(text: str) -> Fault:
    """The model says `text`, whatever it was asked."""
    return Fault("text", text=text)


def fails(status: int, retry_after: str | None = None, code: str | None = None, message: str | None = None) -> Fault:
    """The service answers with an error status."""
    return Fault("status", status, retry_after, code, message)


EMPTY = says("")
BLANK = says(" \n\t ")
WALL = says("word " * 3_000)
ESCAPES = says("\x1b]0;owned\x07\x1b[2J\x1b[31mred\u202e\x9b5m")
OTHER_LANGUAGE = says("Ich antworte lieber auf Deutsch, ganz ohne JSON.")
OFF_SCHEMA = says('{"unexpected": true}')
