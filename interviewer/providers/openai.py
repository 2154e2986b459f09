"""OpenAI's Responses, and Chat Completions as any compatible server speaks them.

The only place that imports the SDK, and only when it is first called.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr

from interviewer.providers.batch_wire import SILENT, Line
from interviewer.providers.chat import ChatRequest, Piece, ProviderError, Reply, Schema
from interviewer.providers.completions import GatheredChat, chat_reply
from interviewer.providers.only_json import OnlyJson
from interviewer.providers.openai_batches import OpenAIBatches
from interviewer.providers.remote import RemoteModel
from interviewer.providers.responses import GatheredResponse, response_reply
from interviewer.providers.service import Service
from interviewer.providers.wire import (
    CONNECT,
    LONGEST,
    TELLING,
    TIMEOUT,
    certificates,
    guarded,
    parsed,
    posted,
    request_id_of,
    streamed,
)

if TYPE_CHECKING:
    import openai

ADDRESS: Final = "https://api.openai.com/v1"
CACHE_FOR: Final = "30m"
OF_EACH_CALL: Final = ("x-stainless-retry-count", "x-stainless-read-timeout")
"""What this SDK says of each call, and no server needs: they are left out, like what it says of the machine."""

Form = Literal["json_schema", "json_object", "none"]
"""How a server is asked for JSON. All but the first put the schema into the prompt."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server has been found to understand."""

    form: Form = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    usage_in_streams: bool = True
    effort: bool = True
    breakpoints: bool = True


class _Model(RemoteModel["openai.AsyncOpenAI"]):
    """What both protocols have in common: the client, and what the server has been found to understand."""

    def __init__(self, service: Service, timeout: float, longest: float, own: bool) -> None:
        super().__init__(service, timeout, longest)
        self._own = own
        self._dialect = Dialect()

    def _headers(self) -> dict[str, Any]:
        """What each call says besides: another server gets its own key or none, whatever is set for OpenAI."""
        import openai

        made: dict[str, Any] = {name: openai.Omit() for name in OF_EACH_CALL}
        key = self._service.key
        if not self._own:
            made["Authorization"] = f"Bearer {key.get_secret_value()}" if key is not None else openai.Omit()
        return made

    def _withheld(self) -> dict[str, Any]:
        """What no call says: what the SDK tells of this machine, and to another server what is meant for OpenAI."""
        import openai

        names = list(TELLING)
        if not self._own:
            ambient = os.environ.get("OPENAI_CUSTOM_HEADERS", "")
            own = [line.partition(":")[0].strip() for line in ambient.split("\n") if ":" in line]
            names += ["OpenAI-Organization", "OpenAI-Project", *own]
        return {name: openai.Omit() for name in names if name.lower() != "authorization"}

    def _made(self) -> openai.AsyncOpenAI:
        import openai

        key = self._service.key
        secret = key.get_secret_value() if key is not None else ""
        timeout = openai.Timeout(self._timeout, connect=min(CONNECT, self._timeout))
        return openai.AsyncOpenAI(
            api_key=secret or "none",
            base_url=self._service.address,
            max_retries=0,
            default_headers=self._withheld(),
            timeout=timeout,
            http_client=openai.DefaultAioHttpClient(
                timeout=timeout, follow_redirects=False, verify=certificates(), trust_env=self.proxied
            ),
        )

    @abstractmethod
    def _simpler(self, dialect: Dialect, error: ProviderError, request: ChatRequest) -> Dialect | None:
        """What to try after a refusal; None if there is nothing that would help. Each is simpler than the last."""

    async def _understood(self, call: Callable[[Dialect], Awaitable[T]], request: ChatRequest) -> T:
        """Makes a call; one that is refused for its form is made again in a simpler one, which is remembered.

        Raises:
            ProviderError: the first refusal, if no form is understood.
        """
        dialect, first = self._dialect, None
        ends = self._ends()
        while True:
            try:
                result = await guarded(call(dialect), self._service, ends)
            except ProviderError as error:
                first = first or error
                simpler = self._simpler(dialect, error, request)
                if simpler is None:
                    problem = first
                    break
                dialect = simpler
            else:
                if first is not None:
                    self._dialect = dialect
                return result
        raise problem


class OpenAIModel(_Model):
    """A model of OpenAI's, asked over Responses.

    Args:
        key: sent to `base_url` and nowhere else.
        model: as OpenAI names it.
        base_url: another address that speaks Responses.
        timeout: seconds without a byte after which a call has failed.
        longest: seconds that a call may take in all.
        key_from: where the key comes from, for messages about it.
    """

    provider: Final = "openai"

    def __init__(
        self,
        key: SecretStr,
        model: str,
        base_url: str | None = None,
        timeout: float = TIMEOUT,
        longest: float = LONGEST,
        key_from: str = "OPENAI_API_KEY",
    ) -> None:
        address = base_url or ADDRESS
        own = address == ADDRESS
        service = Service.at(address, model, key, key_from, "OpenAI" if own else None)
        super().__init__(service, timeout, longest, own)

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError."""
        client = await self._ready()

        async def call(dialect: Dialect) -> Reply:
            response = await posted(client, self._service, "/responses", self._asked(request, dialect), self._headers())
            return response_reply(parsed(response, self._service), request_id_of(response.headers), self._service)

        return await self._understood(call, request)

    def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The reply in pieces, then whole. Raises ProviderError."""

        async def call(dialect: Dialect) -> openai.AsyncStream[Any]:
            client = await self._ready()
            opened: openai.AsyncStream[Any] = await client.responses.create(
                **self._asked(request, dialect), stream=True, extra_headers=self._headers()
            )
            return opened

        gathered = GatheredResponse(self._service)
        return streamed(lambda: self._understood(call, request), gathered, self._service, self._longest)

    def batches(self, silent: float = SILENT) -> OpenAIBatches:
        """The batch service for this model. It shares the client, and what the model was found to understand.

        Args:
            silent: seconds that the service may be silent after a batch was sent.
        """

        def body(request: ChatRequest) -> Mapping[str, Any]:
            return self._asked(request, self._dialect)

        def reply(body: Mapping[str, Any], request_id: str | None) -> Reply:
            return response_reply(body, request_id, self._service)

        line = Line(self._service, self._ready, body, reply, self._headers, self._longest, silent)
        return OpenAIBatches(line)

    def _simpler(self, dialect: Dialect, error: ProviderError, request: ChatRequest) -> Dialect | None:
        """Models before 5.6 know no explicit breakpoints, and some know no effort."""
        if error.kind != "bad-request":
            return None
        if dialect.breakpoints and "prompt_cache" in str(error):
            return replace(dialect, breakpoints=False)
        if dialect.effort and request.effort is not None and "reasoning" in str(error):
            return replace(dialect, effort=False)
        return None

    def _asked(self, request: ChatRequest, dialect: Dialect) -> dict[str, Any]:
        """The request in the words of the protocol: what many calls share first, with the breakpoint after it."""
        parts: list[dict[str, Any]] = []
        if request.stable:
            parts.append({"type": "input_text", "text": request.stable})
            if dialect.breakpoints:
                parts[0]["prompt_cache_breakpoint"] = {"mode": "explicit"}
        if request.varying:
            parts.append({"type": "input_text", "text": request.varying})
        said = [{"role": message.role, "content": message.text} for message in request.messages]
        asked: dict[str, Any] = {
            "model": self.model,
            "input": [*([{"role": "developer", "content": parts}] if parts else []), *said],
            "max_output_tokens": request.most_tokens,
            "store": False,
        }
        if request.stable and dialect.breakpoints:
            asked["prompt_cache_options"] = {"mode": "explicit", "ttl": CACHE_FOR}
        if request.cache_key is not None:
            asked["prompt_cache_key"] = _short(request.cache_key)
        if request.effort is not None and dialect.effort:
            asked["reasoning"] = {"effort": request.effort}
        if request.schema is not None:
            asked["text"] = {"format": {"type": "json_schema", **_named(request.schema)}}
        return asked


class CompatibleModel(_Model):
    """A model behind any server that speaks Chat Completions: Ollama, llama.cpp, vLLM, LM Studio, gateways.

    A server that refuses a form of request is asked in a simpler one, and that is remembered.

    Args:
        base_url: with or without the `/v1` at its end.
        model: as the server names it.
        key: sent to `base_url` and nowhere else; none for servers that want none.
        timeout: seconds without a byte after which a call has failed.
        longest: seconds that a call may take in all.
        key_from: where the key comes from, for messages about it.
    """

    provider: Final = "openai-compatible"

    def __init__(
        self,
        base_url: str,
        model: str,
        key: SecretStr | None = None,
        timeout: float = TIMEOUT,
        longest: float = LONGEST,
        key_from: str = "the key set for it",
    ) -> None:
        address = base_url.rstrip("/")
        if not urlsplit(address).path:
            address += "/v1"
        if key is not None and not key.get_secret_value().strip():
            key = None
        super().__init__(Service.at(address, model, key, key_from), timeout, longest, own=False)

    @property
    def form(self) -> Form:
        """How this server is asked for JSON, as far as is known."""
        return self._dialect.form

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError."""
        client = await self._ready()

        async def call(dialect: Dialect) -> Reply:
            asked = self._asked(request, dialect)
            response = await posted(client, self._service, "/chat/completions", asked, self._headers())
            body = parsed(response, self._service)
            return chat_reply(body, request_id_of(response.headers), self._service, request.schema is not None)

        return self._learned(await self._understood(call, request), request)

    async def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The reply in pieces, then whole. Raises ProviderError."""

        async def call(dialect: Dialect) -> openai.AsyncStream[Any]:
            client = await self._ready()
            asked = self._asked(request, dialect)
            if dialect.usage_in_streams:
                asked["stream_options"] = {"include_usage": True}
            opened: openai.AsyncStream[Any] = await client.chat.completions.create(
                **asked, stream=True, extra_headers=self._headers()
            )
            return opened

        gathered = GatheredChat(self._service, OnlyJson() if request.schema is not None else None)
        pieces = streamed(lambda: self._understood(call, request), gathered, self._service, self._longest)
        try:
            async for piece in pieces:
                yield self._learned(piece, request) if isinstance(piece, Reply) else piece
        finally:
            await pieces.aclose()

    def _simpler(self, dialect: Dialect, error: ProviderError, request: ChatRequest) -> Dialect | None:
        """A refusal often names what the server does not know. If not: the effort, then the form."""
        words = str(error)
        about_form = _FORM.search(words) is not None
        refused = error.kind == "bad-request" and (error.status in {400, 422, 501} or about_form)
        if not refused and not (error.kind == "server" and about_form):
            return None
        if dialect.limit == "max_tokens" and "max_completion_tokens" in words:
            return replace(dialect, limit="max_completion_tokens")
        if dialect.usage_in_streams and re.search("stream_options|include_usage", words):
            return replace(dialect, usage_in_streams=False)
        if dialect.effort and request.effort is not None and not about_form:
            return replace(dialect, effort=False)
        if request.schema is not None and dialect.form in _SIMPLER:
            return replace(dialect, form=_SIMPLER[dialect.form])
        return None

    def _learned(self, reply: Reply, request: ChatRequest) -> Reply:
        """Remembers that a server accepts a schema and pays no heed to it: then it goes into the prompt."""
        if request.schema is None or reply.stop != "complete" or not reply.text.strip():
            return reply
        heeded = set(request.schema.body.get("required", ())) <= _keys(reply.text)
        if not heeded and (form := _SIMPLER.get(self._dialect.form)):
            self._dialect = replace(self._dialect, form=form)
        return reply

    def _asked(self, request: ChatRequest, dialect: Dialect) -> dict[str, Any]:
        system = [text for text in (request.stable, request.varying) if text]
        asked: dict[str, Any] = {"model": self.model, dialect.limit: request.most_tokens}
        if request.schema is not None:
            if dialect.form == "json_schema":
                asked["response_format"] = {"type": "json_schema", "json_schema": _named(request.schema)}
            else:
                system.insert(1 if request.stable else 0, in_words(request.schema))
            if dialect.form == "json_object":
                asked["response_format"] = {"type": "json_object"}
        if request.effort is not None and dialect.effort:
            asked["reasoning_effort"] = request.effort
        said = [{"role": message.role, "content": message.text} for message in request.messages]
        asked["messages"] = [*([{"role": "system", "content": "\n\n".join(system)}] if system else []), *said]
        return asked


def in_words(schema: Schema) -> str:
    """The schema for a prompt, where a server takes none."""
    body = json.dumps(schema.body, ensure_ascii=False, separators=(",", ":"))
    return f"Reply with one JSON object and nothing else. It must match this JSON Schema:\n{body}"


_SIMPLER: Final[Mapping[Form, Form]] = {"json_schema": "json_object", "json_object": "none"}
_FORM: Final = re.compile(r"(?i)response_format|json_?schema|json_?object|grammar|guided|structured|\bschema\b")


def _short(name: str) -> str:
    """A cache key of at most 64 characters, the same for the same name."""
    return name if len(name) <= 64 else hashlib.sha256(name.encode()).hexdigest()


def _keys(text: str) -> set[str]:
    try:
        made = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    return set(made) if isinstance(made, dict) else set()


def _named(schema: Schema) -> dict[str, Any]:
    return {"name": schema.name, "schema": dict(schema.body), "strict": True}
