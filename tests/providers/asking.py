"""One question to every kind of model, against the server on this machine."""

from __future__ import annotations

from typing import Any, Final

from pydantic import SecretStr

from interviewer.providers.anthropic import AnthropicModel
from interviewer.providers.chat import ChatModel, ChatRequest, Message, Piece, ProviderError, Reply, Schema
from interviewer.providers.openai import CompatibleModel, OpenAIModel
from tests.loopback import KEY, Loopback

PROVIDERS: Final = ("anthropic", "openai", "openai-compatible")
WAYS: Final = ("complete", "stream")

SCHEMA: Final = Schema(
    "turn",
    {
        "type": "object",
        "properties": {
            "move": {"type": "string", "enum": ["probe", "close"]},
            "gaps": {"type": "array", "items": {"type": "string"}},
            "say": {"type": "string"},
        },
        "required": ["move", "gaps", "say"],
        "additionalProperties": False,
    },
)

REQUEST: Final = ChatRequest(
    stable="You are the founder. You ask one question at a time.",
    varying="Ten minutes are left.",
    messages=(
        Message("user", "I am ready."),
        Message("assistant", "What did you build?"),
        Message("user", "A ranking model, naïvely – 你好."),
    ),
    schema=SCHEMA,
    cache_key="seed-founder",
    effort="low",
)


def model(provider: str, server: Loopback, **more: Any) -> ChatModel:
    """A model of this provider behind `server`; times out after half a second unless told otherwise."""
    settings: dict[str, Any] = {"timeout": 0.5, "longest": 5.0, "key": SecretStr(KEY)} | more
    if provider == "anthropic":
        name = settings.pop("model", "claude-sonnet-5-5")
        return AnthropicModel(model=name, base_url=server.url, **settings)
    if provider == "openai":
        return OpenAIModel(model=settings.pop("model", "gpt-6.1-terra"), base_url=server.v1, **settings)
    return CompatibleModel(server.v1, settings.pop("model", "qwen3:8b"), **settings)


async def asked(asking: ChatModel, way: str, request: ChatRequest = REQUEST) -> tuple[Reply, list[str]]:
    """The reply, and the pieces that came before it."""
    if way == "complete":
        return await asking.complete(request), []
    pieces: list[str] = []
    last: Reply | None = None
    async for piece in asking.stream(request):
        assert last is None, "something came after the reply"
        if isinstance(piece, Piece):
            pieces.append(piece.text)
        else:
            last = piece
    assert last is not None, "no reply came"
    return last, pieces


async def failed(asking: ChatModel, way: str, request: ChatRequest = REQUEST) -> ProviderError:
    """The error that the question ends with."""
    try:
        reply, _ = await asked(asking, way, request)
    except ProviderError as error:
        return error
    raise AssertionError(f"it did not fail, but gave {reply}")
