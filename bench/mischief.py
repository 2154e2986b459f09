"""Everything that can go wrong with a model service, in an order that a seed decides."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from typing import Final, get_args

from tests.llm.player import Player
from tests.loopback import Asked, Fault
from tests.loopback import faults as planted
from tests.loopback.asked import Recorded
from tests.loopback.faults import Kind, fails, says

RATE = 0.18
"""Share of calls that a fault of their own befalls."""

OUTAGE_RATE = 0.004
"""Share of calls with which a longer outage begins."""

LONGEST_OUTAGE = 14
"""Calls in a row; more than patience lasts for."""

STATUSES: Final = (307, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529)

_MOVE = '{"answered": "answered", "closed_gaps": [], "open_gaps": [], "move": "%s", "speaker": "nobody", "say": "%s"}'

FAULTS: Final[dict[str, Fault]] = {
    **{kind: Fault(kind) for kind in get_args(Kind) if kind not in {"status", "text"}},
    **{str(status): fails(status) for status in STATUSES},
    "429, wait 7 s": fails(429, "7"),
    "429, wait a day": fails(429, "86400"),
    "429, wait until a date": fails(429, "Wed, 21 Oct 2026 07:28:00 GMT"),
    "429, wait for nonsense": fails(429, "soon"),
    "no credit": fails(429, code="insufficient_quota"),
    "content filter": fails(400, code="content_filter"),
    "says nothing": planted.EMPTY,
    "says blanks": planted.BLANK,
    "says a wall": planted.WALL,
    "says escapes": planted.ESCAPES,
    "says German": planted.OTHER_LANGUAGE,
    "says another form": planted.OFF_SCHEMA,
    "says markup": says("[bold red]no[/] <b>tag</b> [link=x"),
    "says brackets": says("[" * 5_000),
    "says an illegal move": says(_MOVE % ("hire", "You are hired.")),
    "says a wall in form": says(_MOVE % ("close", "word " * 1_500)),
    "says its prompt": says("You are the interviewer. # Legal moves now\n- `close` (speaker `nobody`)"),
}
"""Name -> what happens. Every kind that the server knows is among them."""


class Mischief:
    """Decides, call by call, what goes wrong. The same seed and calls give the same faults."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._left = 0
        self._outage = "500"
        self.done: Counter[str] = Counter()
        """How often each befell a call."""

    def __call__(self, _: Recorded) -> Fault | None:
        name = self._next()
        if name is None:
            return None
        self.done[name] += 1
        return FAULTS[name]

    def _next(self) -> str | None:
        if self._left:
            self._left -= 1
            return self._outage
        if self._chance.random() < OUTAGE_RATE:
            self._outage = self._chance.choice(("503", "reset-before", "429", "cut", "401"))
            self._left = self._chance.randint(1, LONGEST_OUTAGE)
        return self._chance.choice(tuple(FAULTS)) if self._chance.random() < RATE else None


class SteadyPlayer:
    """A well-behaved model also for a client that has given up on schemas and puts them into the prompt."""

    def __init__(self) -> None:
        self._player = Player()

    def __call__(self, asked: Asked) -> str:
        if asked.schema is None:
            body = asked.system[asked.system.index("JSON Schema:") :]
            schema, _ = json.JSONDecoder().raw_decode(body, body.index("{"))
            asked = replace(asked, schema=schema)
        return self._player(asked)
