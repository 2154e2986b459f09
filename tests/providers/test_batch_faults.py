"""What goes wrong when a batch is handed in: nothing is paid twice, and what was lost is found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.providers.batches import BatchService, Unconfirmed
from interviewer.providers.chat import ProviderError
from interviewer.providers.handover import hand_in
from tests.loopback import Fault, Loopback
from tests.loopback.faults import fails
from tests.providers.batching import CREATE, MakeBatches, Waits, each_service, failure, ids, intent, items


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
    fault: Fault, provider: str, server: Loopback, batches: MakeBatches
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
    fault: Fault, provider: str, server: Loopback, batches: MakeBatches
) -> None:
    at_creation(server, provider, fault)
    error = await failure(batches(provider).submit(items(2), "run"))
    assert not isinstance(error, Unconfirmed)
    assert error.retryable == (fault.status == 429)
    assert not server.batches.batches
    assert not server.batches.files, "what was sent is left lying there"


@each_service
async def test_nothing_was_taken_where_nobody_answers(provider: str, server: Loopback, batches: MakeBatches) -> None:
    handing = batches(provider)
    assert server._server is not None
    server._server.close()  # takes no connection any more
    error = await failure(handing.submit(items(1), "run"))
    assert error.kind == "no-route" and not isinstance(error, Unconfirmed) and error.retryable


@each_service
@pytest.mark.parametrize("fault", TAKEN.values(), ids=TAKEN)
async def test_a_batch_whose_answer_was_lost_is_found_and_not_paid_twice(
    fault: Fault, provider: str, server: Loopback, batches: MakeBatches
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
    fault: Fault, provider: str, server: Loopback, batches: MakeBatches
) -> None:
    at_creation(server, provider, fault, fault)
    batch_id = await hand_in(batches(provider), items(3), intent(3), effects=Waits().effects)
    assert list(server.batches.batches) == [batch_id]
    assert server.batches.taken == dict.fromkeys(ids(3), 1)


async def test_an_upload_that_breaks_is_simply_made_again(server: Loopback, batches: MakeBatches) -> None:
    server.faults.extend([Fault("cut"), fails(503), Fault("hang")])
    waits = Waits()
    await hand_in(batches("openai"), items(2), intent(2), effects=waits.effects)
    assert len(server.batches.batches) == 1 and len(waits.seconds) == 3


@each_service
async def test_it_stays_open_if_it_cannot_even_be_looked_for(
    provider: str, server: Loopback, batches: MakeBatches
) -> None:
    at_creation(server, provider, Fault("cut"))
    planted = server.fault_for
    server.fault_for = lambda recorded: planted(recorded) or (fails(500) if recorded.method == "GET" else None)
    waits = Waits()
    told: list[float] = []

    def on_wait(_attempt: int, seconds: float, _error: ProviderError) -> None:
        told.append(seconds)

    error = await failure(hand_in(batches(provider), items(2), intent(2), on_wait=on_wait, effects=waits.effects))
    assert isinstance(error, Unconfirmed)
    assert told == waits.seconds and len(told) > 1, "also while it looks"
    assert server.batches.taken == dict.fromkeys(ids(2), 1)


# Finding what was lost


@each_service
async def test_what_was_never_handed_in_is_absent(provider: str, server: Loopback, batches: MakeBatches) -> None:
    looking = batches(provider)
    assert (await looking.find(intent(3))).state == "absent"
    await looking.submit(items(3, start=100), "another")
    await looking.submit(items(2), "of another size")
    assert (await looking.find(intent(3))).state == "absent"
    assert not [request for request in server.requests if request.status != 200]


@each_service
async def test_a_young_intent_is_unclear_until_the_list_must_show_it(provider: str, batches: MakeBatches) -> None:
    found = await batches(provider).find(intent(3, ago=5))
    assert found.state == "unclear" and found.batch_id is None and "two minutes" in found.why


@each_service
async def test_after_a_kill_another_process_finds_the_batch_among_many(
    provider: str, server: Loopback, batches: MakeBatches
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


async def test_openai_is_found_by_its_label_while_it_is_under_way(server: Loopback, batches: MakeBatches) -> None:
    server.batches.held = True
    lost = await batches("openai").submit(items(3), "run 7, part 1")
    assert (await batches("openai").find(intent(3))).batch_id == lost
    assert (await batches("openai").find(intent(3, "run 8"))).state == "absent"


async def test_anthropic_is_unclear_while_one_that_may_be_it_is_under_way(
    server: Loopback, batches: MakeBatches
) -> None:
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
async def test_older_batches_are_not_looked_through(provider: str, server: Loopback, batches: MakeBatches) -> None:
    handing = batches(provider)
    server.batches.clock = lambda now=server.batches.clock: now() - 7 * 24 * 3600  # type: ignore[misc]
    await handing.submit(items(3), "run 7, part 1")
    assert (await handing.find(intent(3))).state == "absent"
