"""The server on this machine refuses what the real services refuse."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loopback import KEY, Loopback, minimal
from tests.loopback.strict import complaint
from tests.providers.asking import SCHEMA

MESSAGES = "/v1/messages"
RESPONSES = "/v1/responses"
CHAT = "/v1/chat/completions"

GOOD: dict[str, dict[str, Any]] = {
    MESSAGES: {
        "model": "claude-sonnet-5-5",
        "max_tokens": 100,
        "system": [{"type": "text", "text": "s", "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": "hi"}],
        "output_config": {"format": {"type": "json_schema", "schema": SCHEMA.body}},
    },
    RESPONSES: {
        "model": "gpt-6.1-terra",
        "input": [{"role": "user", "content": [{"type": "input_text", "text": "hi"}]}],
        "max_output_tokens": 100,
        "text": {"format": {"type": "json_schema", "name": "n", "strict": True, "schema": SCHEMA.body}},
    },
    CHAT: {
        "model": "qwen3:8b",
        "messages": [{"role": "user", "content": "hi"}],
        "max_tokens": 100,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "n", "strict": True, "schema": SCHEMA.body},
        },
    },
}
HEADERS = {"authorization": f"Bearer {KEY}", "anthropic-version": "2023-06-01"}


@pytest.fixture
async def http(server: Loopback) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=server.url, headers=HEADERS, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", GOOD)
async def test_a_good_request_is_taken(path: str, http: httpx2.AsyncClient, server: Loopback) -> None:
    response = await http.post(path, json=GOOD[path])
    assert response.status_code == 200, response.text
    assert server.billed == 1 and server.last.billed
    assert json.loads(server.last.reply or "") == {"move": "probe", "gaps": [], "say": "a few words"}


GONE = object()
WRONG: list[tuple[str, str, Any, str]] = [
    (MESSAGES, "max_tokens", GONE, "max_tokens: Field required"),
    (MESSAGES, "messages", GONE, "messages: Field required"),
    (MESSAGES, "messages", [], "at least one message"),
    (MESSAGES, "messages", [{"role": "assistant", "content": "x"}], "first message must use the user role"),
    (MESSAGES, "messages", [{"role": "system", "content": "x"}], "role"),
    (MESSAGES, "messages", [{"role": "user", "content": " "}], "non-empty"),
    (MESSAGES, "max_tokens", 0, "max_tokens"),
    (MESSAGES, "temperature", 0.5, "temperature: Extra inputs are not permitted"),
    (MESSAGES, "response_format", {}, "Extra inputs"),
    (MESSAGES, "system", [{"type": "text", "text": ""}], "non-empty"),
    (MESSAGES, "system", [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral", "ttl": "2h"}}], "ttl"),
    (MESSAGES, "output_config", {"effort": "extreme"}, "effort"),
    (MESSAGES, "model", "claude-1", "model: claude-1"),
    (RESPONSES, "model", GONE, "Missing required parameter"),
    (RESPONSES, "input", GONE, "Missing required parameter"),
    (RESPONSES, "messages", [], "Unknown parameter: 'messages'"),
    (RESPONSES, "max_tokens", 5, "Unknown parameter: 'max_tokens'"),
    (RESPONSES, "max_output_tokens", 3, "minimum"),
    (RESPONSES, "temperature", 0.5, "Unsupported parameter: 'temperature'"),
    (RESPONSES, "prompt_cache_key", "x" * 65, "too long"),
    (RESPONSES, "input", [{"role": "user", "content": [{"type": "text", "text": "x"}]}], "expected input_text"),
    (RESPONSES, "input", [{"role": "tool", "content": "x"}], "role"),
    (RESPONSES, "model", "gpt-99", "does not exist"),
    (CHAT, "messages", GONE, "Missing required parameter"),
    (CHAT, "input", "x", "Unknown parameter"),
    (CHAT, "model", "gpt-6-luna", "max_completion_tokens"),
    (CHAT, "stream_options", {"include_usage": True}, "only allowed when 'stream'"),
    (CHAT, "response_format", {"type": "json_object"}, "word 'json'"),
    (CHAT, "response_format", {"type": "xml"}, "Invalid value"),
]


@pytest.mark.parametrize(("path", "field", "value", "says"), WRONG)
async def test_what_the_real_service_refuses(
    path: str, field: str, value: Any, says: str, http: httpx2.AsyncClient, server: Loopback
) -> None:
    body = copy.deepcopy(GOOD[path])
    body.pop(field, None)
    if value is not GONE:
        body[field] = value
    response = await http.post(path, json=body)
    assert response.status_code in {400, 404}
    assert says in response.json()["error"]["message"]
    assert server.billed == 0 and not server.last.billed


@pytest.mark.parametrize("path", GOOD)
async def test_keys_and_versions(path: str, server: Loopback) -> None:
    async with httpx2.AsyncClient(base_url=server.url, trust_env=False) as bare:
        assert (await bare.post(path, json=GOOD[path])).status_code == 401
        wrong = {**HEADERS, "authorization": "Bearer nonsense"}
        assert (await bare.post(path, json=GOOD[path], headers=wrong)).status_code == 401
        response = await bare.post(path, json=GOOD[path], headers={"authorization": f"Bearer {KEY}"})
        assert response.status_code == (400 if path == MESSAGES else 200)
        assert (await bare.post(path, content=b"{}", headers=HEADERS)).status_code == 415
        broken = {**HEADERS, "content-type": "application/json"}
        assert (await bare.post(path, content=b"{", headers=broken)).status_code == 400
        assert (await bare.post("/v1/elsewhere", json={}, headers=HEADERS)).status_code == 404


def obj(**properties: Any) -> dict[str, Any]:
    """A strict object schema."""
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "properties": {}, "required": []},
        obj(a={"type": "string"}) | {"additionalProperties": True},
        obj(a={"type": "string"}) | {"required": []},
        obj(a={"type": "string", "minLength": 1}),
        obj(a={"type": "integer", "minimum": 0}),
        obj(a={"type": "array"}),
        obj(a={"type": "array", "items": {"type": "string"}, "minItems": 1}),
        obj(a={}),
        obj(a={"type": "text"}),
        obj(a={"enum": []}),
        obj(a={"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}),
        obj(a={"allOf": [{"type": "string"}]}),
        obj(a={"anyOf": [{"type": "string", "pattern": "x"}]}),
    ],
)
@pytest.mark.parametrize("path", [RESPONSES, CHAT])
async def test_strict_mode(schema: dict[str, Any], path: str, http: httpx2.AsyncClient) -> None:
    body = copy.deepcopy(GOOD[path])
    form = body["text"]["format"] if path == RESPONSES else body["response_format"]["json_schema"]
    form["schema"] = schema
    response = await http.post(path, json=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_json_schema"


LEAVES = st.one_of(
    st.sampled_from([{"type": kind} for kind in ("string", "integer", "number", "boolean", "null")]),
    st.lists(st.text(min_size=1), min_size=1, max_size=4, unique=True).map(lambda names: {"enum": names}),
    st.just({"type": ["string", "null"]}),
)
SCHEMAS = st.dictionaries(
    st.text(min_size=1),
    st.recursive(
        LEAVES,
        lambda inner: (
            inner.map(lambda items: {"type": "array", "items": items})
            | st.dictionaries(st.text(min_size=1), inner, max_size=3).map(lambda them: obj(**them))
            | st.lists(inner, min_size=1, max_size=2).map(lambda them: {"anyOf": them})
        ),
        max_leaves=6,
    ),
    max_size=4,
).map(lambda them: obj(**them))


@given(SCHEMAS)
def test_the_default_reply_fits_any_strict_schema(schema: dict[str, Any]) -> None:
    assert complaint(schema, every_required=True) is None
    jsonschema.Draft202012Validator(schema).validate(minimal(schema))
