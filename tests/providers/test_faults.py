"""Every fault, through the real SDKs over HTTP, in all three protocols, streamed and not."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from interviewer.providers.chat import RETRYABLE, ErrorKind, Stop
from interviewer.providers.openai import CompatibleModel
from tests.loopback import KEY, Fault, Loopback
from tests.loopback import faults as planted
from tests.loopback.faults import fails
from tests.providers.asking import PROVIDERS, REQUEST, WAYS, asked, failed
from tests.providers.certificate import context
from tests.providers.conftest import MakeModel

each_way = pytest.mark.parametrize("way", WAYS)
each_provider = pytest.mark.parametrize("provider", PROVIDERS)


@dataclass(frozen=True)
class Case:
    fault: Fault
    kind: ErrorKind
    says: str


LONG = "prompt is too long: 300000 tokens > 200000 maximum"
CASES = {
    "429": Case(fails(429, "7"), "rate-limited", "asks to wait 7 s"),
    "429, no wait given": Case(fails(429), "rate-limited", "Wait a moment"),
    "no credit": Case(fails(429, code="insufficient_quota"), "quota", "no credit left"),
    "no credit, in words": Case(fails(400, message="Your credit balance is too low"), "quota", "no credit left"),
    "402": Case(fails(402), "quota", "no credit left"),
    "403": Case(fails(403), "authentication", "refused access: The server says so."),
    "408": Case(fails(408), "timeout", "did not answer in time"),
    "413": Case(fails(413), "too-long", "longer than"),
    "too long": Case(fails(400, message=LONG), "too-long", "longer than"),
    "filter": Case(fails(400, code="content_filter"), "content-filter", "content filter"),
    "500": Case(fails(500), "server", "failed (500)"),
    "502": Case(fails(502), "server", "failed (502)"),
    "503": Case(fails(503), "overloaded", "overloaded"),
    "529": Case(fails(529), "overloaded", "overloaded"),
    "redirect": Case(
        Fault("status", 307, headers=(("location", "http://127.0.0.1:9/v1"),)), "bad-request", "Set the base URL"
    ),
    "hang": Case(Fault("hang"), "timeout", "did not answer in time"),
    "hang in the middle": Case(Fault("hang-mid-stream"), "timeout", "did not answer in time"),
    "reset before the headers": Case(Fault("reset-before"), "dropped", "broke before the reply was complete"),
    "reset after the headers": Case(Fault("reset-after"), "dropped", "broke before the reply was complete"),
    "cut in the middle": Case(Fault("cut"), "dropped", "broke before the reply was complete"),
    "ends in the middle": Case(Fault("no-end"), "dropped", "broke before the reply was complete"),
    "no choices": Case(Fault("no-choices"), "malformed", "cannot be read"),
    "broken JSON": Case(Fault("bad-json"), "malformed", "not valid JSON"),
    "broken stream": Case(Fault("bad-stream"), "malformed", "not valid JSON"),
    "web page": Case(Fault("web-page"), "bad-request", "web page"),
}


@each_way
@each_provider
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_fault_becomes_one_clear_sentence(
    case: Case, provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults.append(case.fault)
    asking = make(provider)
    began = time.monotonic()
    error = await failed(asking, way)
    assert error.kind == case.kind
    assert case.says in str(error)
    assert str(error).endswith(".")
    assert "\n" not in str(error)
    assert len(str(error)) < 300
    assert error.retryable == (case.kind in RETRYABLE)
    assert time.monotonic() - began < 3, "took longer than its time-out"
    assert len(server.requests) == 1, "the SDK tried again by itself"
    assert error.__cause__ is None and error.__context__ is None  # no headers in a traceback
    reply, _ = await asked(asking, way)  # and the client is as good as new
    assert reply.stop == "complete"


@each_way
@each_provider
async def test_a_wrong_key(provider: str, way: str, server: Loopback, make: MakeModel) -> None:
    error = await failed(make(provider, key=SecretStr("sk-wrong-000111222333")), way)
    assert error.kind == "authentication" and not error.retryable
    assert "did not accept the key" in str(error)
    assert "000111222333" not in str(error)
    assert server.last.status == 401


@each_way
@each_provider
async def test_an_unknown_model(provider: str, way: str, make: MakeModel) -> None:
    error = await failed(make(provider, model="model-of-next-year"), way)
    assert error.kind == "unknown-model" and not error.retryable
    assert "model-of-next-year" in str(error)


@each_way
@each_provider
async def test_a_wrong_address(provider: str, way: str, server: Loopback, make: MakeModel) -> None:
    server.fault_for = lambda _: Fault("status", 404, body={"detail": "Not Found"})
    error = await failed(make(provider), way)
    assert error.kind == "bad-request" and not error.retryable
    assert "Check the base URL" in str(error)


@each_way
@each_provider
async def test_nobody_listens(provider: str, way: str, make: MakeModel) -> None:
    gone = Loopback()
    await gone.start()
    asking = make(provider, gone)
    await gone.stop()
    error = await failed(asking, way)
    assert error.kind == "no-route" and error.retryable
    assert "Nothing answers at 127.0.0.1" in str(error)


async def test_an_unknown_host() -> None:
    asking = CompatibleModel("http://no-such-host.invalid", "m", timeout=5)
    error = await failed(asking, "complete")
    assert error.kind == "no-route"
    assert "no-such-host.invalid" in str(error)
    await asking.close()


@each_way
@each_provider
async def test_a_certificate_that_cannot_be_trusted(provider: str, way: str, make: MakeModel) -> None:
    async with Loopback(tls=context()) as https:
        error = await failed(make(provider, https, timeout=3.0), way)
        assert error.kind == "tls" and not error.retryable
        assert "No secure connection to 127.0.0.1" in str(error)
        assert "self-signed" in str(error)
        assert not https.requests, "the request went out all the same"


async def test_https_where_there_is_none(server: Loopback) -> None:
    asking = CompatibleModel(server.v1.replace("http:", "https:"), "m", SecretStr(KEY))
    error = await failed(asking, "complete")
    assert error.kind == "tls"
    await asking.close()


@each_provider
async def test_an_error_within_a_stream_ends_it(provider: str, server: Loopback, make: MakeModel) -> None:
    server.faults.append(Fault("error-event"))
    error = await failed(make(provider), "stream")
    assert error.kind in {"overloaded", "server"} and error.retryable


@each_provider
async def test_a_stream_that_never_ends_has_a_limit(provider: str, server: Loopback, make: MakeModel) -> None:
    server.per_piece = 0.1  # never silent for long enough to time out
    server.reply = lambda _: '{"say": "' + "word " * 500
    began = time.monotonic()
    error = await failed(make(provider, longest=0.6), "stream")
    assert error.kind == "timeout"
    assert time.monotonic() - began < 2


@each_way
@each_provider
@pytest.mark.parametrize(("fault", "stop"), [("truncated", "truncated"), ("refused", "refused")])
async def test_how_a_reply_ends(
    fault: str, stop: Stop, provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults.append(Fault("truncated" if fault == "truncated" else "refused"))
    reply, pieces = await asked(make(provider), way)
    assert reply.stop == stop
    assert reply.usage.sent > 0 and reply.usage.received > 0
    if stop == "refused":
        assert reply.refusal == "I cannot help with that." and reply.text == ""
    else:
        assert reply.refusal is None and reply.text.startswith("{")
    assert way == "complete" or "".join(pieces) == reply.text


@each_way
@pytest.mark.parametrize("provider", ["openai", "openai-compatible"])
async def test_a_filter_that_stops_a_reply_says_what_it_cost(
    provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    server.faults.append(Fault("filtered"))
    error = await failed(make(provider), way)
    assert error.kind == "content-filter"
    assert error.usage is not None and error.usage.sent > 0


SAID = {
    "nothing": planted.EMPTY,
    "blank": planted.BLANK,
    "escape codes": planted.ESCAPES,
    "another language": planted.OTHER_LANGUAGE,
    "off schema": planted.OFF_SCHEMA,
    "a wall of text": planted.WALL,
}


@each_way
@each_provider
@pytest.mark.parametrize("fault", SAID.values(), ids=SAID)
async def test_what_the_model_says_comes_as_it_is(
    fault: Fault, provider: str, way: str, server: Loopback, make: MakeModel
) -> None:
    """Judging it is not the provider's business."""
    server.faults.append(fault)
    reply, pieces = await asked(make(provider, longest=30.0), way)
    assert reply.text == fault.text
    assert reply.stop == "complete"
    assert way == "complete" or "".join(pieces) == reply.text


@each_provider
async def test_closing_a_stream_early_ends_the_call(provider: str, server: Loopback, make: MakeModel) -> None:
    server.per_piece = 0.01
    server.reply = lambda _: '{"say": "' + "word " * 200 + '"}'
    pieces = make(provider, timeout=5.0).stream(REQUEST)
    await anext(pieces)
    await pieces.aclose()  # type: ignore[attr-defined]
    for _ in range(100):
        if server.last.left:
            break
        await asyncio.sleep(0.01)
    assert server.last.left, "the service went on speaking"


@each_way
@each_provider
async def test_cancelling_ends_the_call_at_once(provider: str, way: str, server: Loopback, make: MakeModel) -> None:
    server.faults.append(Fault("hang"))
    asking = make(provider, timeout=30.0)
    task = asyncio.create_task(asked(asking, way))
    await asyncio.wait_for(server.came.wait(), 5)
    task.cancel()
    began = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 0.5
