"""What the model says, before a protocol puts it into its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

End = Literal["complete", "truncated", "refused", "filtered", "no-choices"]


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
