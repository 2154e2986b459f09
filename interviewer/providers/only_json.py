"""Takes the JSON object out of what a model says around it, as it comes.

Servers that do not constrain a model's output pass on its thoughts, its fences and its farewells. Pure.
"""

from __future__ import annotations

from typing import Final

_THOUGHT: Final = "<think>"
_THOUGHT_ENDS: Final = "</think>"


class OnlyJson:
    """Give it the text piece by piece; it gives back the first JSON object in it, piece by piece.

    Text without an object is given back whole at the end, so that nothing said is lost. All that comes
    back, joined, is the same however the text was cut.
    """

    def __init__(self) -> None:
        self._held = ""
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._done = False

    def add(self, text: str) -> str:
        """What of the object `text` adds."""
        if self._done:
            return ""
        if self._depth == 0:
            self._held += text
            start = self._start()
            if start is None:
                return ""
            text, self._held = self._held[start:], ""
        return text[: self._scan(text)]

    def rest(self) -> str:
        """What was held back, if no object came. Call it once, at the end."""
        held, self._held = self._held, ""
        return held

    def _start(self) -> int | None:
        """Where the object begins in what is held; None if it is not there yet."""
        after = 0
        if _THOUGHT.startswith(self._held.lstrip()[: len(_THOUGHT)]):
            ends = self._held.find(_THOUGHT_ENDS)
            if ends < 0:
                return None
            after = ends + len(_THOUGHT_ENDS)
        found = self._held.find("{", after)
        return None if found < 0 else found

    def _scan(self, text: str) -> int:
        """Follows the object through `text`; how much of it belongs to the object."""
        for index, character in enumerate(text):
            if self._in_string:
                if self._escaped:
                    self._escaped = False
                elif character == "\\":
                    self._escaped = True
                elif character == '"':
                    self._in_string = False
            elif character == '"':
                self._in_string = True
            elif character == "{":
                self._depth += 1
            elif character == "}":
                self._depth -= 1
                if self._depth == 0:
                    self._done = True
                    return index + 1
        return len(text)
