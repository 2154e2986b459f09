"""Anthropic's Messages. The only place that imports its SDK, and only when it is first called."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import SecretStr

from interviewer.providers.anthropic_batches import AnthropicBatches
from interviewer.providers.batch_wire import SILENT, Line
from interviewer.providers.chat import ChatRequest, Piece, ProviderError, Reply, Stop, Usage
from interviewer.providers.failures import malformed, reported, too_long
from interviewer.providers.remote import RemoteModel
from interviewer.providers.service import Service
from interviewer.providers.wire import (
    CONNECT,
    LONGEST,
    TELLING,
    TIMEOUT,
    amount,
    certificates,
    each,
    guarded,
    inside,
    parsed,
    plain,
    posted,
    request_id_of,
    streamed,
    text_of,
)

if TYPE_CHECKING:
    import anthropic

ADDRESS: Final = "https://api.anthropic.com"
CACHE_FOR: Final = "1h"
"""How long the stable part is kept. People think longer than the five minutes of the default."""

T = TypeVar("T")


class AnthropicModel(RemoteModel["anthropic.AsyncAnthropic"]):
    """A model of Anthropic's.

    Args:
        key: sent to `base_url` and nowhere else.
        model: as Anthropic names it.
        base_url: another address that speaks the same protocol.
        timeout: seconds without a byte after which a call has failed.
        longest: seconds that a call may take in all.
        key_from: where the key comes from, for messages about it.
    """

    provider: Final = "anthropic"

    def __init__(
        self,
        key: SecretStr,
        model: str,
        base_url: str | None = None,
        timeout: float = TIMEOUT,
        longest: float = LONGEST,
        key_from: str = "ANTHROPIC_API_KEY",
    ) -> None:
        address = base_url or ADDRESS
        own = "Anthropic" if address == ADDRESS else None
        super().__init__(Service.at(address, model, key, key_from, own), timeout, longest)
        self._effort = True

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError."""
        client = await self._ready()

        async def call() -> Reply:
            response = await posted(client, self._service, "/v1/messages", self._asked(request))
            return _reply(parsed(response, self._service), request_id_of(response.headers), self._service)

        return await self._understood(call, request)

    def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The reply in pieces, then whole. Raises ProviderError."""

        async def call() -> anthropic.AsyncStream[Any]:
            client = await self._ready()
            opened: anthropic.AsyncStream[Any] = await client.messages.create(**self._asked(request), stream=True)
            return opened

        gathered = _Gathered(self._service)
        return streamed(lambda: self._understood(call, request), gathered, self._service, self._longest)

    def batches(self, silent: float = SILENT) -> AnthropicBatches:
        """The batch service for this model. It shares the client, and what the model was found to understand.

        Args:
            silent: seconds that the service may be silent after a batch was sent.
        """

        def reply(body: Mapping[str, Any], request_id: str | None) -> Reply:
            return _reply(body, request_id, self._service)

        line = Line(self._service, self._ready, self._asked, reply, dict, self._longest, silent)
        return AnthropicBatches(line)

    def _headers(self) -> dict[str, Any]:
        """What takes the place of headers of the SDK, and of the environment: another address gets none of those.

        Given once to the client and not to each call: this SDK logs the headers of a call as they are.
        """
        import anthropic

        key = self._service.key
        withheld: dict[str, Any] = {name: anthropic.Omit() for name in TELLING}
        if self._service.address == ADDRESS:
            return withheld
        ambient = os.environ.get("ANTHROPIC_CUSTOM_HEADERS", "")
        names = [line.partition(":")[0].strip() for line in ambient.split("\n") if ":" in line]
        made = withheld | {name: anthropic.Omit() for name in names}
        if key is not None:
            bearer = f"Bearer {key.get_secret_value()}"
            made |= {name: bearer for name in names if name.lower() == "authorization"}
        return made

    def _made(self) -> anthropic.AsyncAnthropic:
        import anthropic

        timeout = anthropic.Timeout(self._timeout, connect=min(CONNECT, self._timeout))
        key = self._service.key
        return anthropic.AsyncAnthropic(
            api_key=key.get_secret_value() if key is not None else None,
            base_url=self._service.address,
            max_retries=0,
            default_headers=self._headers(),
            timeout=timeout,
            http_client=anthropic.DefaultAioHttpClient(
                timeout=timeout, follow_redirects=False, verify=certificates(), trust_env=self.proxied
            ),
        )

    async def _understood(self, call: Callable[[], Awaitable[T]], request: ChatRequest) -> T:
        """Makes a call; a model that knows no effort is asked again without, and that is remembered."""
        ends = self._ends()
        try:
            return await guarded(call(), self._service, ends)
        except ProviderError as error:
            unknown = error.kind == "bad-request" and "effort" in str(error)
            if not (unknown and self._effort and request.effort is not None):
                raise
        self._effort = False
        return await guarded(call(), self._service, ends)

    def _asked(self, request: ChatRequest) -> dict[str, Any]:
        """The request in the words of the protocol: what many calls share first, with the breakpoint after it."""
        system: list[dict[str, Any]] = []
        if request.stable:
            kept = {"type": "ephemeral", "ttl": CACHE_FOR}
            system.append({"type": "text", "text": request.stable, "cache_control": kept})
        if request.varying:
            system.append({"type": "text", "text": request.varying})
        asked: dict[str, Any] = {
            "model": self.model,
            "max_tokens": request.most_tokens,
            "messages": [{"role": message.role, "content": message.text} for message in request.messages],
        }
        if system:
            asked["system"] = system
        output: dict[str, Any] = {}
        if request.schema is not None:
            output["format"] = {"type": "json_schema", "schema": dict(request.schema.body)}
        if request.effort is not None and self._effort:
            output["effort"] = request.effort
        if output:
            asked["output_config"] = output
        return asked


class _Gathered:
    """A reply as its events come."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._texts: list[str] = []
        self._usage: dict[str, Any] = {}
        self._model = service.model
        self._stop: str | None = None
        self._details: Mapping[str, Any] | None = None
        self._ended = False

    @property
    def usage(self) -> Usage | None:
        return _usage(self._usage) if self._usage else None

    def add(self, event: Any) -> str:
        kind = inside(event, "type")
        if kind == "content_block_delta":
            if inside(event, "delta", "type") != "text_delta":
                return ""
            text = text_of(inside(event, "delta", "text"))
            self._texts.append(text)
            return text
        if kind == "message_start":
            self._model = inside(event, "message", "model") or self._model
            self._count(inside(event, "message", "usage"))
        elif kind == "message_delta":
            whole = plain(event)
            self._stop = inside(whole, "delta", "stop_reason") or self._stop
            self._details = inside(whole, "delta", "stop_details")
            self._count(inside(event, "usage"))
        elif kind == "message_stop":
            self._ended = True
        return ""

    def reply(self, request_id: str | None) -> Reply | None:
        if not self._ended:
            return None
        if self._stop is None:
            raise malformed(self._service, "there is no content in it")
        return _made_of(
            "".join(self._texts), self._stop, self._details, self._usage, self._model, request_id, self._service
        )

    def _count(self, usage: Any) -> None:
        """Later counts stand for earlier ones; those that are missing leave them."""
        if usage is not None:
            self._usage |= {key: value for key, value in plain(usage).items() if value is not None}


def _reply(body: Mapping[str, Any], request_id: str | None, service: Service) -> Reply:
    if inside(body, "type") == "error":
        raise reported(body, service)
    if not isinstance(body.get("content"), list) or not isinstance(body.get("stop_reason"), str):
        raise malformed(service, "there is no content in it")
    text = "".join(text_of(inside(block, "text")) for block in each(body["content"]) if inside(block, "type") == "text")
    model = inside(body, "model") or service.model
    return _made_of(text, body["stop_reason"], body.get("stop_details"), body.get("usage"), model, request_id, service)


def _made_of(
    text: str, reason: str, details: Any, usage: Any, model: str, request_id: str | None, service: Service
) -> Reply:
    counted = _usage(usage)
    if reason == "model_context_window_exceeded":
        problem: ProviderError = too_long(service)
        problem.usage, problem.request_id = counted, request_id
        raise problem
    stops: dict[str, Stop] = {"max_tokens": "truncated", "refusal": "refused"}
    stop = stops.get(reason, "complete")
    refusal = text_of(inside(details, "explanation")) if stop == "refused" else ""
    return Reply(text, stop, counted, str(model), request_id, refusal or None)


def _usage(usage: Any) -> Usage:
    """Anthropic counts what is sent without what is read from or written to the cache; here it is with both."""
    if not isinstance(usage, Mapping) or not isinstance(usage.get("input_tokens"), int):
        return Usage(counted=False)
    read, written = amount(usage.get("cache_read_input_tokens")), amount(usage.get("cache_creation_input_tokens"))
    sent = amount(usage.get("input_tokens")) + read + written
    return Usage(sent, read, written, amount(usage.get("output_tokens")))
