"""What a well-behaved model replies, for whole interviews over the loopback server: it reads the legal moves
from the prompt and takes one, grades with sentences that are there, votes again where it may, and writes a debrief
that agrees with the scorecard."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import count, cycle
from typing import Any

from tests.loopback import Asked

_MOVE = re.compile(r"- `([^`]+)` \(speaker `([^`]+)`")
_DISPUTED = re.compile(r"^## `([^`]+)`.*?^You may move to `([^`]+)`", re.MULTILINE | re.DOTALL)
_RATED = re.compile(r"^`([^`]+)` [^:]+: (?!not assessed)([^.]+)\.", re.MULTILINE)
_SENTENCE = re.compile(r"^\[(\d+\.\d+)\]", re.MULTILINE)


class Player:
    """Takes follow-ups while there are any, up to two in a row, then goes on.

    Args:
        levels: given in turn, one to a grade.
        debrief: fields of the debrief that are to be written otherwise.
    """

    def __init__(self, levels: Sequence[str] = ("solid",), debrief: Mapping[str, Any] | None = None) -> None:
        self._turns = count(1)
        self._probes = 0
        self._levels = cycle(levels)
        self._debriefed = debrief or {}

    def __call__(self, asked: Asked) -> str:
        text, fields = asked.last, asked.schema["properties"] if asked.schema else {}
        if "changes" in fields:
            return json.dumps(self._revote(text))
        if "practise" in fields:
            return json.dumps({**self._debrief(text), **self._debriefed})
        return json.dumps(self._turn(text) if "# Legal moves now" in text else self._grade(asked, text))

    def _revote(self, text: str) -> dict[str, Any]:
        """Moves on the first criterion in dispute."""
        moves = [
            {"criterion": criterion, "level": level, "reason": "My colleagues heard what I did not."}
            for criterion, level in _DISPUTED.findall(text)
        ]
        return {"changes": moves[:1]}

    def _debrief(self, text: str) -> dict[str, Any]:
        rated = _RATED.findall(text)
        good = [name for name, level in rated if "the lowest level" not in level]
        open_ = [name for name, level in rated if "the highest level" not in level]
        return {
            "verdict": "You heard my questions, and I heard your answers. What I could hold on to decided it.",
            "strengths": [{"criterion": name, "text": "It was said plainly."} for name in good[:2]],
            "missing": [{"criterion": name, "text": "One step more would have carried it."} for name in open_[:2]],
            "stronger": "I rebuilt the service alone because it failed, and [what changed for the users].",
            "practise": ["Tell one story aloud until it has a figure in it.", "Say what you did not choose, and why."],
        }

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
        level = next(self._levels)
        return {
            "status": "graded",
            "covered": [],
            "ratings": {
                name: {"evidence": sentences[:1], "reasoning": "It is said plainly.", "level": level}
                for name in ratings
            },
        }
