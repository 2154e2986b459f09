"""What goes over the wire, and what is made of what comes back."""

from __future__ import annotations

import asyncio
import platform
from dataclasses import replace

import pytest
from pydantic import SecretStr

from interviewer.providers.anthropic import AnthropicModel
from interviewer.providers.chat import Message, Schema
from interviewer.providers.openai import OpenAIModel
from tests.loopback import KEY, Fault, Loopback
from tests.providers.asking import PROVIDERS, REQUEST, SCHEMA, WAYS, asked, failed
from tests.providers.conftest import MakeModel

each_way = pytest.mark.parametrize("way", WAYS)
each_provider = pytest.mark.parametrize("provider", PROVIDERS)


@each_way
@each_provider
async def test_everything_said_arrives_and_comes_back(
    provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    said = '{"move": "probe", "gaps": ["naïve – 你好"], "say": "How \\"good\\" was it?\\n🙂"}'
    server.reply = lambda _: said
    reply, pieces = await asked(make(provider), way)
    got = server.last.asked
    assert got is not None
    assert got.system == f"{REQUEST.stable}\n\n{REQUEST.varying}"
    assert got.messages == tuple((message.role, message.text) for message in REQUEST.messages)
    assert got.schema == SCHEMA.body
    assert got.most_tokens == REQUEST.most_tokens
    assert got.stream == (way == "stream")
    assert reply.text == said
    assert reply.stop == "complete" and reply.refusal is None
    assert reply.request_id == "req_000001"
    assert reply.model == got.model
    if way == "stream":
        assert "".join(pieces) == said
        assert len(pieces) > 10, "it came in one lump"


@each_way
@each_provider
async def test_a_call_without_schema_system_and_effort(
    provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    bare = replace(REQUEST, stable="", varying="", schema=None, cache_key=None, effort=None)
    reply, _ = await asked(make(provider), way, bare)
    assert reply.text == "A plain reply."
    body = server.last.body
    assert not {"system", "output_config", "text", "reasoning", "reasoning_effort", "response_format"} & set(body)
    assert not {"temperature", "top_p", "tools"} & set(body)


async def test_anthropic_caches_the_stable_part_for_an_hour(server: Loopback, make: MakeModel) -> None:
    await asked(make("anthropic"), "complete")
    stable, varying = server.last.body["system"]
    assert stable == {
        "type": "text",
        "text": REQUEST.stable,
        "cache_control": {"type": "ephemeral", "ttl": "1h"},
    }
    assert varying == {"type": "text", "text": REQUEST.varying}
    assert server.last.body["output_config"] == {
        "format": {"type": "json_schema", "schema": SCHEMA.body},
        "effort": "low",
    }


async def test_openai_has_its_breakpoint_after_the_stable_part(server: Loopback, make: MakeModel) -> None:
    await asked(make("openai"), "complete")
    body = server.last.body
    first = body["input"][0]
    assert first["role"] == "developer"
    assert first["content"] == [
        {"type": "input_text", "text": REQUEST.stable, "prompt_cache_breakpoint": {"mode": "explicit"}},
        {"type": "input_text", "text": REQUEST.varying},
    ]
    assert body["prompt_cache_options"] == {"mode": "explicit", "ttl": "30m"}
    assert body["prompt_cache_key"] == "seed-founder"
    assert body["store"] is False
    assert body["text"]["format"]["strict"] is True
    assert body["reasoning"] == {"effort": "low"}


async def test_openai_keeps_a_long_cache_key_short_and_the_same(server: Loopback, make: MakeModel) -> None:
    long = replace(REQUEST, cache_key="rubric:" + "x" * 200)
    asking = make("openai")
    await asked(asking, "complete", long)
    await asked(asking, "complete", long)
    first, second = (request.body["prompt_cache_key"] for request in server.requests)
    assert first == second and len(first) == 64


@each_way
async def test_an_older_model_of_openai_is_asked_without_breakpoints(
    way: str, server: Loopback, make: MakeModel
) -> None:
    asking = make("openai", model="gpt-5.1")
    for _ in range(3):
        reply, _ = await asked(asking, way)
        assert reply.stop == "complete"
    assert [request.status for request in server.requests] == [400, 200, 200, 200], "it is not remembered"


@each_way
async def test_an_older_model_of_anthropic_is_asked_without_effort(way: str, server: Loopback, make: MakeModel) -> None:
    asking = make("anthropic", model="claude-haiku-4-5")
    for _ in range(3):
        reply, _ = await asked(asking, way)
        assert reply.stop == "complete"
    assert [request.status for request in server.requests] == [400, 200, 200, 200], "it is not remembered"


@each_way
@each_provider
async def test_the_second_call_reads_the_cache(provider: str, way: str, make: MakeModel) -> None:
    asking = make(provider)
    first, second = [(await asked(asking, way))[0].usage for _ in range(2)]
    assert first.counted and second.counted
    assert first.sent == second.sent and first.received == second.received > 0
    assert first.cached == 0
    assert 0 < second.cached < second.sent
    assert second.cache_written == 0
    if provider != "openai-compatible":  # which says nothing of what it wrote
        assert first.cache_written == second.cached


@each_way
@each_provider
async def test_tokens_that_are_not_counted_are_no_figures(
    provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults.append(Fault("no-usage"))
    reply, _ = await asked(make(provider), way)
    assert not reply.usage.counted


@each_provider
async def test_many_calls_at_once_share_one_client(provider: str, server: Loopback, make: MakeModel) -> None:
    server.latency = 0.05
    asking = make(provider)
    replies = await asyncio.gather(*(asked(asking, way) for way in WAYS * 16))
    assert len(replies) == server.billed == 32
    assert server.most_in_flight > 16
    assert server.connections <= 33
    before = server.connections
    await asked(asking, "complete")
    assert server.connections == before, "connections are not kept"


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
async def test_a_schema_that_strict_modes_refuse_is_said_to_be_refused(provider: str, make: MakeModel) -> None:
    loose = Schema("loose", {"type": "object", "properties": {"a": {"type": "string", "minLength": 3}}})
    error = await failed(make(provider), "complete", replace(REQUEST, schema=loose))
    assert error.kind == "bad-request" and not error.retryable
    assert "schema" in str(error)


async def test_a_model_can_be_closed_twice_and_used_again(make: MakeModel) -> None:
    asking = make("anthropic")
    await asking.close()
    await asked(asking, "complete")
    await asking.close()
    await asking.close()
    await asked(asking, "complete")


async def test_the_environment_sends_no_key_elsewhere(
    server: Loopback, make: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set for OpenAI and Anthropic is not sent to another server, and moves no call to another host."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai-environment-0001")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-openai-environment-0002")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-environment")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-environment")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "authorization: Bearer sk-openai-environment-0003\nX-Team: environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "sk-ant-environment-0004")
    ambient = "authorization: Bearer sk-ant-environment-0005\nx-api-key: sk-ant-environment-0006\nX-Team: environment"
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", ambient)
    server.key = None
    for way in WAYS:
        await asked(make("openai-compatible", key=None), way)
        assert "authorization" not in server.last.headers
        await asked(make("openai-compatible"), way)
        assert server.last.headers["authorization"] == f"Bearer {KEY}"
        await asked(make("openai"), way)
        assert server.last.headers["authorization"] == f"Bearer {KEY}"
        await asked(make("anthropic"), way)
        assert server.last.headers["authorization"] == f"Bearer {KEY}"
    for recorded in server.requests:
        assert "environment" not in str(recorded.headers)


async def test_no_call_describes_the_machine(server: Loopback, make: MakeModel) -> None:
    for provider in PROVIDERS:
        for way in WAYS:
            await asked(make(provider), way)
    told = str([recorded.headers for recorded in server.requests]).casefold()
    for word in (platform.system(), platform.python_version(), platform.python_implementation(), "asyncio"):
        assert word.casefold() not in told


async def test_without_an_address_the_services_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://elsewhere.example")
    openai = OpenAIModel(SecretStr("sk-x"), "gpt-6.1-terra")
    anthropic = AnthropicModel(SecretStr("sk-x"), "claude-sonnet-5-5")
    assert str((await openai._ready()).base_url) == "https://api.openai.com/v1/"
    assert str((await anthropic._ready()).base_url) == "https://api.anthropic.com"
    await openai.close()
    await anthropic.close()


async def test_a_last_message_by_the_assistant_is_refused_where_it_cannot_be(make: MakeModel) -> None:
    error = await failed(
        make("anthropic"), "complete", replace(REQUEST, messages=(Message("user", "a"), Message("assistant", "b")))
    )
    assert error.kind == "bad-request"
    assert "prefill" in str(error)
