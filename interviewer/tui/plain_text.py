"""Keeps control codes away from the terminal, whatever a screen may be given to show."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class PlainText(LineFilter):
    """The last line of defence: takes out of every line what a terminal would act on.

    Text is cleaned where it enters; this is for whatever may ever get past that.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        if not any(_UNSHOWABLE.search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment if segment.control else Segment(_UNSHOWABLE.sub("", segment.text), segment.style, segment.control)
            for segment in segments
        ]
