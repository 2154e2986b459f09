"""What goes wrong around a batch: nothing is paid twice, nothing is lost, and every error is a clear sentence."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from interviewer.providers.batches import BatchItem, BatchService, Unconfirmed
from interviewer.providers.chat import ProviderError, Reply
from interviewer.providers.handover import fetched, hand_in
from interviewer.providers.retry import Patience
from tests.loopback import KEY, Fault, Loopback
from tests.loopback.batches import Mangling
from tests.loopback.faults import fails
from tests.providers.asking import REQUEST
from tests.providers.batching import CREATE, SERVICES, Waits, failure, ids, intent, items, results, service

each_service = pytest.mark.parametrize("provider", SERVICES)
Make = Callable[[str], BatchService]


@pytest.fixture
async def batches(server: Loopback) -> AsyncIterator[Make]:
    """Makes batch services behind the server and closes them afterwards."""
    closing: list[Callable[[], Awaitable[None]]] = []

    def made(provider: str) -> BatchService:
        batches, close = service(provider, server)
        closing.append(close)
        return batches

    yield made
    for close in closing:
        await close()


def at_creation(server: Loopback, provider: str, *faults: Fault) -> None:
    """Plants faults for the next requests that would create a batch."""
    waiting = list(faults)
    server.fault_for = lambda recorded: (
        waiting.pop(0) if waiting and recorded.path == CREATE[provider] and recorded.method == "POST" else None
    )


TAKEN = {
    "the answer is cut": Fault("cut"),
    "the answer never comes": Fault("hang-mid-stream"),
    "the answer is garbage": Fault("bad-json"),
}
PERHAPS = {
    "reset before the headers": Fault("reset-before"),
    "reset after the headers": Fault("reset-after"),
    "no byte": Fault("hang"),
    "500": fails(500),
    "504": fails(504),
    "web page": Fault("web-page"),
}
SURELY_NOT = {
    "400": fails(400, message="requests: no"),
    "401": fails(401),
    "402": fails(402),
    "413": fails(413),
    "429": fails(429, "7"),
    "redirect": Fault("status", 307, headers=(("location", "http://127.0.0.1:9/v1"),)),
}


# Handing in


@each_service
@pytest.mark.parametrize("fault", [*TAKEN.values(), *PERHAPS.values()], ids=[*TAKEN, *PERHAPS])
async def test_what_may_have_been_taken_is_never_tried_again_by_itself(
    fault: Fault, provider: str, server: Loopback, batches: Make
) -> None:
    at_creation(server, provider, fault)
    error = await failure(batches(provider).submit(items(2), "run"))
    assert isinstance(error, Unconfirmed) and not error.retryable
    assert str(error).startswith("Nobody knows whether") and str(error).endswith("before anything is handed in again.")
    assert "Try again" not in str(error) and len(str(error)) < 300
    assert len(server.batches.batches) == (1 if fault in TAKEN.values() else 0)


@each_service
@pytest.mark.parametrize("fault", SURELY_NOT.values(), ids=SURELY_NOT)
async def test_what_was_refused_was_surely_not_taken(
    fault: Fault, provider: str, server: Loopback, batches: Make
) -> None:
    at_creation(server, provider, fault)
    error = await failure(batches(provider).submit(items(2), "run"))
    assert not isinstance(error, Unconfirmed)
    assert error.retryable == (fault.status == 429)
    assert not server.batches.batches
    assert not server.batches.files, "what was sent is left lying there"


@each_service
async def test_nothing_was_taken_where_nobody_answers(provider: str, server: Loopback, batches: Make) -> None:
    handing = batches(provider)
    assert server._server is not None
    server._server.close()  # takes no connection any more
    error = await failure(handing.submit(items(1), "run"))
    assert error.kind == "no-route" and not isinstance(error, Unconfirmed) and error.retryable


@each_service
@pytest.mark.parametrize("fault", TAKEN.values(), ids=TAKEN)
async def test_a_batch_whose_answer_was_lost_is_found_and_not_paid_twice(
    fault: Fault, provider: str, server: Loopback, batches: Make
) -> None:
    at_creation(server, provider, fault)
    waits = Waits()
    told: list[float] = []

    def on_wait(_attempt: int, seconds: float, _error: ProviderError) -> None:
        told.append(seconds)

    batch_id = await hand_in(batches(provider), items(3), intent(3), on_wait=on_wait, effects=waits.effects)
    assert list(server.batches.batches) == [batch_id]
    assert server.batches.taken == dict.fromkeys(ids(3), 1)
    assert told == waits.seconds
    assert sum(waits.seconds) >= 120, "the list may be behind"


@each_service
@pytest.mark.parametrize("fault", [fails(500), Fault("reset-before"), fails(429, "3")], ids=["500", "reset", "429"])
async def test_a_batch_that_was_not_taken_is_handed_in_again(
    fault: Fault, provider: str, server: Loopback, batches: Make
) -> None:
    at_creation(server, provider, fault, fault)
    batch_id = await hand_in(batches(provider), items(3), intent(3), effects=Waits().effects)
    assert list(server.batches.batches) == [batch_id]
    assert server.batches.taken == dict.fromkeys(ids(3), 1)


async def test_an_upload_that_breaks_is_simply_made_again(server: Loopback, batches: Make) -> None:
    server.faults.extend([Fault("cut"), fails(503), Fault("hang")])
    waits = Waits()
    await hand_in(batches("openai"), items(2), intent(2), effects=waits.effects)
    assert len(server.batches.batches) == 1 and len(waits.seconds) == 3


@each_service
async def test_it_stays_open_if_it_cannot_even_be_looked_for(provider: str, server: Loopback, batches: Make) -> None:
    at_creation(server, provider, Fault("cut"))
    planted = server.fault_for
    server.fault_for = lambda recorded: planted(recorded) or (fails(500) if recorded.method == "GET" else None)
    error = await failure(hand_in(batches(provider), items(2), intent(2), effects=Waits().effects))
    assert isinstance(error, Unconfirmed)
    assert server.batches.taken == dict.fromkeys(ids(2), 1)


# Finding what was lost


@each_service
async def test_what_was_never_handed_in_is_absent(provider: str, server: Loopback, batches: Make) -> None:
    looking = batches(provider)
    assert (await looking.find(intent(3))).state == "absent"
    await looking.submit(items(3, start=100), "another")
    await looking.submit(items(2), "of another size")
    assert (await looking.find(intent(3))).state == "absent"
    assert not [request for request in server.requests if request.status != 200]


@each_service
async def test_a_young_intent_is_unclear_until_the_list_must_show_it(provider: str, batches: Make) -> None:
    found = await batches(provider).find(intent(3, ago=5))
    assert found.state == "unclear" and found.batch_id is None and "two minutes" in found.why


@each_service
async def test_after_a_kill_another_process_finds_the_batch_among_many(
    provider: str, server: Loopback, batches: Make
) -> None:
    handing = batches(provider)
    await handing.submit(items(3, start=500), "of someone else")
    lost = await handing.submit(items(3), "run 7, part 1")
    later = await handing.submit(items(3, start=10), "run 7, part 2")
    pages = [replace(server.batches.batches[later], id=f"later-{number}") for number in range(150)]
    for batch in pages:
        server.batches.take(batch)
    known = [later, *(batch.id for batch in pages)]
    found = await batches(provider).find(intent(3), known)
    assert (found.state, found.batch_id) == ("found", lost)
    assert (await batches(provider).find(intent(3), [*known, lost])).state == "absent"


async def test_openai_is_found_by_its_label_while_it_is_under_way(server: Loopback, batches: Make) -> None:
    server.batches.held = True
    lost = await batches("openai").submit(items(3), "run 7, part 1")
    assert (await batches("openai").find(intent(3))).batch_id == lost
    assert (await batches("openai").find(intent(3, "run 8"))).state == "absent"


async def test_anthropic_is_unclear_while_one_that_may_be_it_is_under_way(server: Loopback, batches: Make) -> None:
    server.batches.held = True
    lost = await batches("anthropic").submit(items(3), "not kept")
    found = await batches("anthropic").find(intent(3))
    assert found.state == "unclear" and lost in found.why and "when it has ended" in found.why
    error = await failure(_hand_in_again(batches("anthropic"), server))
    assert isinstance(error, Unconfirmed)
    server.batches.held = False
    assert (await batches("anthropic").find(intent(3))).batch_id == lost


async def _hand_in_again(handing: BatchService, server: Loopback) -> str:
    at_creation(server, "anthropic", Fault("reset-before"))
    return await hand_in(handing, items(3), intent(3), effects=Waits().effects)


@each_service
async def test_older_batches_are_not_looked_through(provider: str, server: Loopback, batches: Make) -> None:
    handing = batches(provider)
    server.batches.clock = lambda now=server.batches.clock: now() - 7 * 24 * 3600  # type: ignore[misc]
    await handing.submit(items(3), "run 7, part 1")
    assert (await handing.find(intent(3))).state == "absent"


# Fetching


@each_service
async def test_fetched_gives_each_item_once_whatever_the_file_looks_like(
    provider: str, server: Loopback, batches: Make
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
    assert "paid twice" in str(missing[0].error)


@each_service
async def test_results_that_are_wanted_are_all_that_is_given(provider: str, batches: Make) -> None:
    handing = batches(provider)
    batch_id = await handing.submit(items(5), "run")
    found = [result.custom_id async for result in fetched(handing, batch_id, ids(2, start=1))]
    assert sorted(found) == ids(2, start=1)


@each_service
@pytest.mark.parametrize(
    "fault", [Fault("cut"), Fault("hang-mid-stream"), Fault("no-end"), fails(503), Fault("reset-before")]
)
async def test_a_transfer_that_breaks_is_begun_again_and_gives_nothing_twice(
    fault: Fault, provider: str, server: Loopback, batches: Make
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
    provider: str, server: Loopback, batches: Make
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
async def test_only_a_line_feed_ends_a_line(provider: str, server: Loopback, batches: Make) -> None:
    text = "one \u2028 two \u2029 three \x85 four \x0b five \x1e six"
    server.reply = lambda _asked: text
    handing = batches(provider)
    batch_id = await handing.submit([BatchItem("a", REQUEST)], "run")
    (result,) = await results(handing, batch_id)
    assert result.reply is not None and result.reply.text == text


@each_service
async def test_a_batch_that_is_not_known_is_said_to_be_so(provider: str, batches: Make) -> None:
    asking = batches(provider)
    for doing in (asking.status("nope"), results(asking, "nope"), asking.cancel("nope")):
        error = await failure(doing)
        assert (error.kind, error.status) == ("bad-request", 404)
        assert "has no batch 'nope' for this key" in str(error)


@each_service
async def test_nothing_but_a_batch_is_taken_for_one(provider: str, server: Loopback, batches: Make) -> None:
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
    batches: Make,
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
        lambda: handing.cancel(batch_id),
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
