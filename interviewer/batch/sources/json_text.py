"""Reads JSON values one after the other from a text that need not fit into memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, TextIO

from interviewer.batch.sources.options import SourceError
from interviewer.batch.sources.record import LONGEST_RECORD

_BLOCK: Final = 256 * 1024
_BLANK: Final = re.compile(r"[ \t\r\n\ufeff\0\x1a]*")
_DECODER: Final = json.JSONDecoder()


def lists(file: TextIO, name: str) -> Iterator[tuple[str | None, Iterator[tuple[int, object]]]]:
    """The arrays of a JSON file: itself, or those that are members of its object. Reads to its end.

    Raises:
        SourceError: it is no JSON; the message says the line.
    """
    text = JsonText(file, name)
    first = text.peek()
    if first == "[":
        yield from _list(text, None)
    elif first == "{":
        for key in text.members():
            if text.peek() == "[":
                yield from _list(text, key)
            else:
                text.value()
    elif first:
        raise text.broken("an array or an object should begin here")
    if text.peek():
        raise text.broken("there is more after its end; if each line is an object, say --format jsonl")


def _list(text: JsonText, key: str | None) -> Iterator[tuple[str | None, Iterator[tuple[int, object]]]]:
    items = text.items()
    yield key, items
    for _ in items:  # whatever was left of it
        pass


class JsonText:
    """A place in a JSON text. Every method raises SourceError, with the line, where the text breaks the rules."""

    def __init__(self, file: TextIO, name: str) -> None:
        self.line = 1
        """The line of the place, counted from 1."""
        self._file, self._name = file, name
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not blank, which stays; empty at the end."""
        while True:
            end = _BLANK.match(self._buffer, self._at).end()  # type: ignore[union-attr]  # it matches the empty text
            self._move(end)
            if end < len(self._buffer):
                return self._buffer[end]
            if not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Goes past a sign that must come next."""
        if self.peek() != sign:
            raise self.broken(f"`{sign}` is missing")
        self._at += 1

    def value(self) -> object:
        """The next value, as a whole."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if self._more():
                    continue
                self._move(min(error.pos, len(self._buffer)))
                raise self.broken(error.msg[:1].lower() + error.msg[1:]) from None
            except RecursionError:
                raise self.broken("lists lie within lists without end") from None
            except ValueError:
                raise self.broken("a number has too many digits") from None
            if end == len(self._buffer) and self._more():  # a number may go on in the next block
                continue
            self._move(end)
            return found

    def items(self) -> Iterator[tuple[int, object]]:
        """The line and the value of each item of the array that comes next."""
        self.take("[")
        if self.peek() != "]":
            while True:
                line = self.line
                yield line, self.value()
                if self.peek() == "]":
                    break
                self.take(",")
                self.peek()
        self.take("]")

    def members(self) -> Iterator[str]:
        """The key of each member of the object that comes next; each value is to be taken before the next key."""
        self.take("{")
        if self.peek() != "}":
            while True:
                if self.peek() != '"':
                    raise self.broken("a name in double quotes should stand here")
                key = self.value()
                self.take(":")
                yield str(key)
                if self.peek() == "}":
                    break
                self.take(",")
        self.take("}")

    def broken(self, problem: str) -> SourceError:
        """The error for something that is wrong at this place."""
        return SourceError(f"{self._name}, line {self.line}: this is no valid JSON, {problem}.")

    def _move(self, to: int) -> None:
        self.line += self._buffer.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Reads on; as much again as is waiting, so that a long value is not tried over and over."""
        waiting = len(self._buffer) - self._at
        if self._ended or waiting > LONGEST_RECORD:
            return False
        block = self._file.read(max(_BLOCK, waiting))
        self._ended = not block
        self._buffer = self._buffer[self._at :] + block
        self._at = 0
        return bool(block)
