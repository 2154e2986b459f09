"""What goes wrong when a batch is fetched: nothing comes twice, nothing is lost, every error is a clear sentence."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Awaitable, Callable

import pytest

from interviewer.providers.batches import BatchItem
from interviewer.providers.chat import ProviderError, Reply
from interviewer.providers.handover import fetched
from interviewer.providers.retry import Patience
from tests.loopback import KEY, Fault, Loopback
from tests.loopback.batches import Mangling
from tests.loopback.faults import fails
from tests.providers.asking import REQUEST
from tests.providers.batching import MakeBatches, Waits, each_service, failure, ids, intent, items, results


@each_service
async def test_fetched_gives_each_item_once_whatever_the_file_looks_like(
    provider: str, server: Loopback, batches: MakeBatches
) -> None:
    first, second, third = ids(20)[3], ids(20)[7], ids(20)[11]
    garbage = [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"custom_id": 7}',
        b'{"no": "id"}',
        b"\xff\xfe",
        b'{"custom_id":"x"}',
        b"[" * 9999,
    ]
    server.batches.mangling = Mangling(True, frozenset({first, second}), frozenset({third}), garbage)
    handing = batches(provider)
    batch_id = await handing.submit(items(20), "run")
    found = [result async for result in fetched(handing, batch_id, ids(20), effects=Waits().effects)]
    assert sorted(result.custom_id for result in found) == ids(20)
    missing = [result for result in found if result.error is not None]
    assert {result.custom_id for result in missing} == {first, second}
    assert all(result.error.kind == "malformed" for result in missing if result.error)
    assert found[-2:] == missing, "what is missing is told last"
    assert "Run again" in str(missing[0].error) and "paid twice" in str(missing[0].error)


@each_service
async def test_results_that_are_wanted_are_all_that_is_given(provider: str, batches: MakeBatches) -> None:
    handing = batches(provider)
    batch_id = await handing.submit(items(5), "run")
    found = [result.custom_id async for result in fetched(handing, batch_id, ids(2, start=1))]
    assert sorted(found) == ids(2, start=1)


@each_service
@pytest.mark.parametrize(
    "fault", [Fault("cut"), Fault("hang-mid-stream"), Fault("no-end"), fails(503), Fault("reset-before")]
)
async def test_a_transfer_that_breaks_is_begun_again_and_gives_nothing_twice(
    fault: Fault, provider: str, server: Loopback, batches: MakeBatches
) -> None:
    handing = batches(provider)
    batch_id = await handing.submit(items(40), "run")
    server.faults.extend([None, fault])  # the status, then the results
    waits = Waits()
    found = [result async for result in fetched(handing, batch_id, ids(40), effects=waits.effects)]
    assert sorted(result.custom_id for result in found) == ids(40)
    assert all(isinstance(result.reply, Reply) for result in found)
    assert server.batches.paid == dict.fromkeys(ids(40), 1)
    by_itself = {"no-end", "reset-before"}  # looks complete; the transport repeats what only reads
    assert len(waits.seconds) == (0 if fault.kind in by_itself else 1)


@each_service
async def test_patience_with_transfers_ends_and_what_came_stands(
    provider: str, server: Loopback, batches: MakeBatches
) -> None:
    handing = batches(provider)
    batch_id = await handing.submit(items(40), "run")
    server.fault_for = lambda recorded: Fault("cut") if recorded.path.endswith(("results", "content")) else None
    came: list[str] = []

    async def fetching() -> None:
        patience = Patience(attempts=3)
        async for result in fetched(handing, batch_id, ids(40), patience=patience, effects=Waits().effects):
            came.append(result.custom_id)

    error = await failure(fetching())
    assert error.kind == "dropped"
    assert 0 < len(came) == len(set(came)) < 40


@each_service
async def test_only_a_line_feed_ends_a_line(provider: str, server: Loopback, batches: MakeBatches) -> None:
    text = "one \u2028 two \u2029 three \x85 four \x0b five \x1e six"
    server.reply = lambda _asked: text
    handing = batches(provider)
    batch_id = await handing.submit([BatchItem("a", REQUEST)], "run")
    (result,) = await results(handing, batch_id)
    assert result.reply is not None and result.reply.text == text


@each_service
async def test_a_batch_that_is_not_known_is_said_to_be_so(provider: str, batches: MakeBatches) -> None:
    asking = batches(provider)
    for doing in (asking.status("nope"), results(asking, "nope")):
        error = await failure(doing)
        assert (error.kind, error.status) == ("bad-request", 404)
        assert "has no batch 'nope' for this key" in str(error)


@each_service
async def test_nothing_but_a_batch_is_taken_for_one(provider: str, server: Loopback, batches: MakeBatches) -> None:
    asking = batches(provider)
    batch_id = await asking.submit(items(1), "run")
    for fault in (Fault("web-page"), Fault("bad-json"), Fault("cut")):
        server.faults.append(fault)
        error = await failure(asking.status(batch_id))
        assert error.kind in {"bad-request", "malformed", "dropped"}, str(error)
        assert str(error).endswith(".")


@each_service
async def test_no_key_in_any_error_or_log(
    provider: str,
    server: Loopback,
    batches: MakeBatches,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    handing = batches(provider)
    batch_id = await handing.submit(items(2), "run")
    seen = io.StringIO()
    said = f"Refused {KEY}; Authorization: Bearer {KEY}"
    server.batches.fault_for = lambda _: fails(400, code="invalid_request_error", message=said)
    planted = [fails(status, message=said) for status in (400, 401, 403, 404, 429, 500, 529)]
    doings: list[Callable[[], Awaitable[object]]] = [
        lambda: handing.submit(items(1), "run"),
        lambda: handing.find(intent(2)),
        lambda: handing.status(batch_id),
        lambda: results(handing, batch_id),
    ]
    for doing in doings:
        for fault in (*planted, Fault("reset-before"), Fault("bad-json"), Fault("web-page")):
            server.faults.append(fault)
            try:
                print(await doing(), file=seen)
            except ProviderError as error:
                assert error.__context__ is None and error.__cause__ is None
                everything = traceback.TracebackException.from_exception(error)
                print(error, vars(error), "".join(everything.format()), file=seen)
            server.faults.clear()
    print(await results(handing, batch_id), repr(handing), file=seen)
    out, err = capfd.readouterr()
    for text in (seen.getvalue(), caplog.text, out, err):
        assert KEY not in text and "0123456789abcdef" not in text.replace("0" * 48, "")
    assert KEY in str(server.last.headers), "the key was not even sent"
