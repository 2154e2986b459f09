"""What a well-behaved model replies, for whole interviews over the loopback server: it reads the legal moves
from the prompt and takes one, and grades with sentences that are there."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

from tests.loopback import Asked

_MOVE = re.compile(r"- `([^`]+)` \(speaker `([^`]+)`")
_SENTENCE = re.compile(r"^\[(\d+\.\d+)\]", re.MULTILINE)


class Player:
    """Takes follow-ups while there are any, up to two in a row, then goes on."""

    def __init__(self) -> None:
        self._turns = count(1)
        self._probes = 0

    def __call__(self, asked: Asked) -> str:
        text = asked.last
        return json.dumps(self._turn(text) if "# Legal moves now" in text else self._grade(asked, text))

    def _turn(self, text: str) -> dict[str, Any]:
        number = next(self._turns)
        moves = text.partition("# Legal moves now")[2]
        block = moves.partition("If the last message is `answered`")[2] or moves
        block = block.partition("\n\n")[0]
        asking = "(the candidate asks)" in text or "runway" in text.rpartition("<candidate>")[2]
        outcome = "company-question" if asking else "answered"
        if outcome == "company-question":
            parts = moves.split("If the last message is ")
            block = next((part for part in parts if "`company-question`" in part), moves)
        found = _MOVE.findall(block)
        probes = [move for move in found if move[0].startswith("probe")]
        others = [move for move in found if not move[0].startswith("probe")]
        if probes and self._probes < 2:
            self._probes += 1
            move, speaker = probes[0]
        else:
            self._probes = 0
            move, speaker = others[0]
        return {
            "answered": outcome,
            "closed_gaps": [],
            "open_gaps": [],
            "move": move,
            "speaker": speaker,
            "say": f"Words of the model, number {number}, and what about this then?",
        }

    def _grade(self, asked: Asked, text: str) -> dict[str, Any]:
        sentences = _SENTENCE.findall(text)
        assert asked.schema is not None
        ratings = asked.schema["properties"]["ratings"]["properties"]
        return {
            "status": "graded",
            "covered": [],
            "ratings": {
                name: {"evidence": sentences[:1], "reasoning": "It is said plainly.", "level": "solid"}
                for name in ratings
            },
        }
