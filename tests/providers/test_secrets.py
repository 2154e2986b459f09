"""A canary key goes through every fault and turns up nowhere."""

from __future__ import annotations

import io
import logging
import traceback
from typing import Any, get_args

import pytest

from interviewer.providers.chat import ChatModel, ProviderError, Reply
from interviewer.providers.meter import Meter, MeteredModel
from interviewer.providers.prices import load_prices
from interviewer.providers.retry import Patience, retrying
from tests.loopback import KEY, Fault, Loopback
from tests.loopback.faults import Kind, fails
from tests.providers.asking import PROVIDERS, WAYS, asked
from tests.providers.conftest import MakeModel

CANARY = "0123456789abcdef"
"""The heart of the key."""


async def outcome_of(asking: ChatModel, way: str) -> Reply | ProviderError:
    """What a call comes to. The error's traceback begins here and holds none of the test's own values."""
    try:
        return (await asked(asking, way))[0]
    except ProviderError as error:
        return error


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_no_key_in_any_error_log_or_repr(
    provider: str,
    way: str,
    server: Loopback,
    make: MakeModel,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert CANARY in KEY
    monkeypatch.setenv("OPENAI_LOG", "debug")
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    asking = make(provider, timeout=0.1)
    seen = io.StringIO()
    faults = [Fault(kind) for kind in get_args(Kind) if kind not in {"status", "text"}]
    faults += [
        fails(status, message=f"Refused {KEY}; Authorization: Bearer {KEY}")
        for status in (307, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 503, 529)
    ]
    errors = 0
    for fault in faults:
        server.faults.append(fault)
        outcome = await outcome_of(asking, way)
        print(outcome, repr(outcome), file=seen)
        if isinstance(outcome, ProviderError):
            errors += 1
            print(vars(outcome), outcome.__context__, outcome.__cause__, file=seen)
            everything = traceback.TracebackException.from_exception(outcome, capture_locals=True)
            print("".join(everything.format()), file=seen)
        server.faults.clear()
    assert errors > 20
    print(asking, repr(asking), repr(vars(asking)), file=seen)
    metered = MeteredModel(asking, Meter(), load_prices(), "turn")
    print(repr(metered), repr(vars(metered)), file=seen)
    out, err = capfd.readouterr()
    for text in (seen.getvalue(), caplog.text, out, err):
        assert CANARY not in text
    assert f"Bearer {KEY}" in str(server.last.headers), "the key was not even sent"


async def test_the_last_error_of_many_has_no_headers_in_its_chain(server: Loopback, make: MakeModel) -> None:
    server.fault_for = lambda _: fails(500, message=KEY)
    asking = make("anthropic")
    with pytest.raises(ProviderError) as caught:
        await retrying(lambda: asked(asking, "complete"), patience=Patience(first=0.001, attempts=3))
    chain: list[Any] = [caught.value]
    while (beneath := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(beneath)
    assert all(not hasattr(each, "response") and not hasattr(each, "request") for each in chain)
    assert len(server.requests) == 3
