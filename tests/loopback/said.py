"""What the model says, before a protocol puts it into its words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from tests.loopback.asked import Asked
from tests.loopback.faults import Fault
from tests.loopback.strict import tokens

End = Literal["complete", "truncated", "refused", "filtered", "no-choices"]

_ENDS: Final[dict[str | None, End]] = {
    "truncated": "truncated",
    "refused": "refused",
    "filtered": "filtered",
    "no-choices": "no-choices",
}
"""Kind of a fault -> how the reply ends; all others leave it complete."""


@dataclass(frozen=True, slots=True)
class Said:
    """One reply and what it cost. `sent` includes `cached` and `written`."""

    number: int
    text: str
    end: End
    sent: int
    cached: int
    written: int
    received: int
    counted: bool = True


def said_to(asked: Asked, text: str, fault: Fault | None, number: int, known: set[bytes]) -> Said:
    """What comes of `text` as the reply to a request.

    Args:
        asked: the request.
        text: what the model would say if nothing went wrong.
        fault: what goes wrong.
        number: of the reply.
        known: the prefixes in the cache; that of this request is put there.
    """
    end = _ENDS.get(fault.kind if fault is not None else None, "complete")
    if fault is not None and fault.text is not None:
        text = fault.text
    elif end == "refused":
        text = "I cannot help with that."
    elif end == "truncated":
        text = text[: len(text) // 2]
    cached = written = 0
    if asked.prefix:
        prefix = hashlib.sha256(f"{asked.protocol}\0{asked.model}\0{asked.prefix}".encode()).digest()
        if prefix in known:
            cached = tokens(asked.prefix)
        else:
            written = tokens(asked.prefix)
            known.add(prefix)
    sent = tokens(asked.system) + sum(tokens(said) for _, said in asked.messages)
    sent = max(sent, cached + written)
    counted = fault is None or fault.kind != "no-usage"
    return Said(number, text, end, sent, cached, written, tokens(text), counted)
