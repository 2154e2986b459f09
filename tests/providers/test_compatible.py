"""Servers that speak Chat Completions, each in its own way."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from interviewer.providers.openai import CompatibleModel
from tests.loopback import Asked, Fault, Loopback
from tests.loopback.faults import fails, says
from tests.providers.asking import REQUEST, SCHEMA, WAYS, asked, failed
from tests.providers.conftest import MakeModel

each_way = pytest.mark.parametrize("way", WAYS)


@each_way
@pytest.mark.parametrize(
    ("refuses", "form", "calls"),
    [
        (frozenset(), "json_schema", 1),
        (frozenset({"json_schema"}), "json_object", 2),
        (frozenset({"json_schema", "json_object"}), "none", 3),
        (frozenset({"response_format"}), "none", 3),
    ],
)
async def test_a_refused_form_falls_back_and_is_remembered(
    refuses: frozenset[str], form: str, calls: int, way: str, server: Loopback, make: MakeModel
) -> None:
    server.refuses = refuses
    asking = make("openai-compatible")
    assert isinstance(asking, CompatibleModel)
    reply, _ = await asked(asking, way)
    assert json.loads(reply.text) == {"move": "probe", "gaps": [], "say": "a few words"}
    assert asking.form == form
    assert len(server.requests) == calls
    await asked(asking, way)
    assert len(server.requests) == calls + 1, "it is asked in vain again"
    in_prompt = json.dumps(SCHEMA.body, separators=(",", ":")) in server.last.body["messages"][0]["content"]
    assert in_prompt == (form != "json_schema")
    assert ("response_format" in server.last.body) == (form != "none")


@each_way
@pytest.mark.parametrize("field", ["reasoning_effort", "stream_options"])
async def test_a_refused_field_is_left_out(field: str, way: str, server: Loopback, make: MakeModel) -> None:
    server.refuses = frozenset({field})
    asking = make("openai-compatible")
    for _ in range(2):
        reply, _ = await asked(asking, way)
        assert reply.stop == "complete"
        assert server.last.status == 200 and field not in server.last.body
    assert asking.form == "json_schema"  # type: ignore[attr-defined]
    assert reply.usage.counted == (field != "stream_options" or way == "complete")


@each_way
async def test_the_newest_models_want_another_limit(way: str, server: Loopback, make: MakeModel) -> None:
    asking = make("openai-compatible", model="gpt-6-luna")
    for _ in range(2):
        await asked(asking, way)
    assert [request.status for request in server.requests] == [400, 200, 200]
    assert server.last.body["max_completion_tokens"] == REQUEST.most_tokens


async def test_a_server_that_chokes_on_a_schema_is_asked_without(server: Loopback, make: MakeModel) -> None:
    server.faults.append(fails(500, message="failed to parse grammar"))
    asking = make("openai-compatible")
    await asked(asking, "complete")
    assert asking.form == "json_object"  # type: ignore[attr-defined]


async def test_if_nothing_is_understood_the_first_refusal_counts(server: Loopback, make: MakeModel) -> None:
    refusals = iter(range(100))
    server.fault_for = lambda _: fails(400, message=f"Nonsense number {next(refusals)}")
    asking = make("openai-compatible")
    error = await failed(asking, "complete")
    assert "Nonsense number 0" in str(error)
    assert len(server.requests) <= 5
    assert asking.form == "json_schema", "a refusal taught it something"  # type: ignore[attr-defined]


@each_way
async def test_other_failures_change_no_form(way: str, server: Loopback, make: MakeModel) -> None:
    asking = make("openai-compatible")
    for fault in (fails(401), fails(429), fails(500), fails(503), Fault("web-page"), Fault("status", 404, body={})):
        server.faults.append(fault)
        await failed(asking, way)
    assert asking.form == "json_schema"  # type: ignore[attr-defined]
    assert len(server.requests) == 6


@each_way
async def test_a_server_that_pays_no_heed_gets_the_schema_in_the_prompt(
    way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults += [says("Sure! What would you like to know?"), says('{"answer": 42}')]
    asking = make("openai-compatible")
    await asked(asking, way)
    assert asking.form == "json_object"  # type: ignore[attr-defined]
    await asked(asking, way)
    assert asking.form == "none"  # type: ignore[attr-defined]


@each_way
async def test_a_reply_nested_too_deep_to_be_read_is_one_that_pays_no_heed(
    way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults.append(says("[" * 5_000))
    asking = make("openai-compatible")
    reply, _ = await asked(asking, way)
    assert reply.text == "[" * 5_000
    assert asking.form == "json_object"  # type: ignore[attr-defined]


@each_way
@pytest.mark.parametrize("end", ["truncated", "refused"])
async def test_half_a_reply_teaches_nothing(end: str, way: str, server: Loopback, make: MakeModel) -> None:
    server.faults.append(Fault("truncated" if end == "truncated" else "refused"))
    asking = make("openai-compatible")
    await asked(asking, way)
    assert asking.form == "json_schema"  # type: ignore[attr-defined]


GOOD = '{"move": "probe", "gaps": [], "say": "A {brace} and a \\"quote\\" }"}'


@each_way
@pytest.mark.parametrize(
    "said",
    [
        f"```json\n{GOOD}\n```",
        f"<think>First {{I}} ponder.</think>\n\n{GOOD}",
        f"Here you are:\n{GOOD}\nAnything else? {{}}",
    ],
)
async def test_what_stands_around_the_json_is_left_out(said: str, way: str, server: Loopback, make: MakeModel) -> None:
    server.reply = lambda _: said
    reply, pieces = await asked(make("openai-compatible"), way)
    assert reply.text == GOOD
    assert way == "complete" or "".join(pieces) == GOOD


async def test_without_a_schema_nothing_is_left_out(server: Loopback, make: MakeModel) -> None:
    said = "Use {braces} like ```this```."
    server.reply = lambda _: said
    reply, pieces = await asked(make("openai-compatible"), "stream", replace(REQUEST, schema=None))
    assert reply.text == said == "".join(pieces)


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
async def test_a_base_url_with_and_without_its_end(ending: str, server: Loopback) -> None:
    asking = CompatibleModel(server.url + ending, "qwen3:8b", key=None)
    server.key = None
    assert (await asking.complete(REQUEST)).stop == "complete"
    await asking.close()


async def test_a_server_that_reports_an_error_with_success(server: Loopback, make: MakeModel) -> None:
    server.faults.append(Fault("status", 200, body={"error": {"message": "Rate limit exceeded", "code": 429}}))
    error = await failed(make("openai-compatible"), "complete")
    assert error.kind == "rate-limited" and error.retryable


async def test_a_reply_can_depend_on_the_question(server: Loopback, make: MakeModel) -> None:
    async def reply(question: Asked) -> str:
        return json.dumps({"move": "close", "gaps": [], "say": question.last})

    server.reply = reply
    got, _ = await asked(make("openai-compatible"), "stream")
    assert json.loads(got.text)["say"] == REQUEST.messages[-1].text
