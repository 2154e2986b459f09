"""What a model service is asked and what comes back, the same for every provider.

Effects and SDKs are in the modules beside this one; here are only values, the protocol and the errors.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, Protocol

Role = Literal["user", "assistant"]

Effort = Literal["low", "medium", "high"]
"""How long a model may think before it answers. Less is sooner and cheaper."""

Stop = Literal["complete", "truncated", "refused"]
"""Why a reply ended. truncated: the limit of output tokens was reached."""

ErrorKind = Literal[
    "authentication",
    "quota",
    "rate-limited",
    "overloaded",
    "server",
    "timeout",
    "dropped",
    "no-route",
    "tls",
    "unknown-model",
    "bad-request",
    "content-filter",
    "too-long",
    "malformed",
    "cost-cap",
    "not-run",
]
"""What went wrong with a call. dropped: the connection broke before the reply was whole. malformed: the
service answered with something that is no reply. not-run: its batch was over before it had its turn."""

RETRYABLE: frozenset[ErrorKind] = frozenset(
    {"rate-limited", "overloaded", "server", "timeout", "dropped", "no-route", "malformed", "not-run"}
)
"""Kinds that may pass if tried again. A refusal, a wrong key or a bad request never does."""


class ProviderError(Exception):
    """A call failed. The message is one clear sentence with what to do, and holds no key.

    Args:
        kind: what went wrong.
        message: the sentence.
        retry_after: seconds that the service asked to wait, if it did.
        usage: tokens that were billed although the call failed, as far as the service said.
        request_id: what the service calls this request, for its support.
        status: the HTTP status, if one came that was no success.
    """

    cost: Decimal | None = None
    """US dollars that were billed; None where that is not known, or nobody metered the call."""

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        retry_after: float | None = None,
        *,
        usage: Usage | None = None,
        request_id: str | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.kind: ErrorKind = kind
        self.retry_after = retry_after
        self.usage = usage
        self.request_id = request_id
        self.status = status

    @property
    def retryable(self) -> bool:
        """Whether trying again may help."""
        return self.kind in RETRYABLE


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the conversation with the model."""

    role: Role
    text: str


@dataclass(frozen=True)
class Schema:
    """The form that a reply must have: a JSON Schema object within what strict modes accept.

    Every property required, `additionalProperties` false, no bounds on lengths or numbers.
    """

    name: str
    body: Mapping[str, Any] = field(hash=False)

    @cached_property
    def size(self) -> int:
        """Bytes of the body as JSON. Worked out once: one schema serves many calls."""
        return len(json.dumps(self.body))


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One call. `stable` is the same from call to call and comes first, so that a provider can cache it."""

    stable: str
    """System prompt that many calls share."""
    varying: str
    """System prompt of this call only; may be empty."""
    messages: tuple[Message, ...]
    schema: Schema | None = None
    most_tokens: int = 2048
    """Limit of output tokens, thinking included."""
    cache_key: str | None = None
    """Calls with the same stable part share it."""
    effort: Effort | None = None
    """None: the model's own."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call. `cached` is part of `sent`, whatever the provider calls it."""

    sent: int = 0
    cached: int = 0
    """Of those sent, read from the provider's cache."""
    cache_written: int = 0
    """Of those sent, written to the provider's cache."""
    received: int = 0
    """Thinking included."""
    counted: bool = True
    """False if the service did not say: then the figures are no figures, and nobody knows the cost."""

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.sent + other.sent,
            self.cached + other.cached,
            self.cache_written + other.cache_written,
            self.received + other.received,
            self.counted and other.counted,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the reply's text, as it arrives."""

    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply."""

    text: str
    stop: Stop
    usage: Usage
    model: str
    """As the service named it."""
    request_id: str | None = None
    refusal: str | None = None
    """What the model said when it refused."""
    cost: Decimal | None = None
    """US dollars; None where the price or the tokens are not known, or nobody metered the call."""


class ChatModel(Protocol):
    """A model behind a service. One long-lived client; safe for many calls at once."""

    @property
    def provider(self) -> str:
        """`anthropic`, `openai`, `openai-compatible`."""

    @property
    def model(self) -> str:
        """The model's name, as asked for."""

    def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The reply in pieces, and at the end whole, once. Closing it early ends the call.

        Raises:
            ProviderError: the call failed; nothing is retried here.
        """

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply.

        Raises:
            ProviderError: the call failed; nothing is retried here.
        """

    async def close(self) -> None:
        """Lets go of connections."""
