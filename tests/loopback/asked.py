"""What was asked of the server, the same for every protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.loopback.faults import Fault, Kind

ProtocolName = Literal["responses", "chat", "messages"]


class RefusedError(Exception):
    """The real service would refuse this."""

    def __init__(self, status: int, kind: str, message: str, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.param = param
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that the real service would accept."""

    protocol: ProtocolName
    model: str
    system: str
    """All system text, joined with empty lines."""
    messages: tuple[tuple[str, str], ...]
    """Role and text of each."""
    schema: Mapping[str, Any] | None
    most_tokens: int | None
    stream: bool
    prefix: str | None
    """What stands before the cache breakpoint; None if there is none."""
    usage_in_stream: bool
    body: Mapping[str, Any]

    @property
    def last(self) -> str:
        """What the user said last."""
        return next((text for role, text in reversed(self.messages) if role == "user"), "")


@dataclass(slots=True)
class Recorded:
    """A request as it came, and what became of it."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Any
    asked: Asked | None = None
    """None if it was refused."""
    fault: Fault | None = None
    """What was made to go wrong."""
    status: int | None = None
    reply: str | None = None
    """The text that the model said."""
    billed: bool = False
    left: bool = False
    """The client went away before the end."""
    times: list[float] = field(default_factory=list)
    """When it came and when the first byte of the reply went out, in seconds on the loop's clock."""
    method: str = "POST"
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def fault_kind(self) -> Kind | None:
        """Of what was made to go wrong."""
        return self.fault.kind if self.fault is not None else None
