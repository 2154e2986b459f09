"""Handing a batch in once and fetching every result of it once, whatever goes wrong on the way.

The rule: a call that may have been taken is never made again before it is known not to have been. The caller
writes an `Intent` down, hands in, and notes the id that comes back; after a crash in between, `BatchService.find`
tells from the intent what became of it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import aclosing
from typing import Final

from interviewer.providers.batch_wire import SETTLED
from interviewer.providers.batches import BatchItem, BatchResult, BatchService, Intent, Unconfirmed
from interviewer.providers.chat import ProviderError
from interviewer.providers.retry import EFFECTS, PATIENCE, Effects, OnWait, Patience, retrying, wait_before

ROUNDS: Final = 3
"""How often a batch is handed in that was surely not taken although it seemed so."""
LOOKS: Final = 2
"""How often whole results are read in which something is missing."""


async def hand_in(
    service: BatchService,
    items: Sequence[BatchItem],
    intent: Intent,
    known: Collection[str] = (),
    *,
    patience: Patience = PATIENCE,
    on_wait: OnWait | None = None,
    effects: Effects = EFFECTS,
) -> str:
    """Hands a batch in; its id.

    What surely failed is tried again at once. After what may have been taken it waits until the service's list
    must show the batch, looks there, and hands in again only what is absent.

    Args:
        service: where to.
        items: one batch.
        intent: of these very items, on the medium before this is called.
        known: ids of other batches.
        patience: how long and how often.
        on_wait: told before each wait.
        effects: time and chance.

    Raises:
        Unconfirmed: the service may have taken it. Keep the intent, and look again later.
        ProviderError: it was surely not taken.
    """

    async def submitting() -> str:
        return await service.submit(items, intent.label)

    for left in reversed(range(ROUNDS)):
        try:
            return await retrying(submitting, patience=patience, on_wait=on_wait, effects=effects)
        except Unconfirmed as error:
            unconfirmed = error
        if on_wait is not None:
            on_wait(ROUNDS - left, SETTLED.total_seconds(), unconfirmed)
        await effects.sleep(SETTLED.total_seconds())
        try:
            found = await retrying(
                lambda: service.find(intent, known), patience=patience, on_wait=on_wait, effects=effects
            )
        except ProviderError:
            break
        if found.batch_id is not None:
            return found.batch_id
        if found.state == "unclear" or not left:
            break
    raise unconfirmed


async def fetched(
    service: BatchService,
    batch_id: str,
    custom_ids: Collection[str],
    *,
    patience: Patience = PATIENCE,
    on_wait: OnWait | None = None,
    effects: Effects = EFFECTS,
) -> AsyncGenerator[BatchResult, None]:
    """Exactly one result for every item of a batch that is over, in any order, as they come.

    A transfer that breaks is begun again, and what has come already is not given twice. An item of which the
    service has nothing to say, even when asked again, comes at the end with an error of kind `malformed`.

    Args:
        service: where it was handed in.
        batch_id: which batch.
        custom_ids: of the items whose results are wanted; others are left out.
        patience: how long and how often.
        on_wait: told before each wait.
        effects: time and chance.

    Raises:
        ProviderError: they cannot be had. What was given until then stands.
    """
    began = effects.clock()
    wanted = dict.fromkeys(custom_ids)
    attempt = looks = 0
    while looks < LOOKS:
        attempt += 1
        try:
            async with aclosing(service.results(batch_id)) as results:
                async for result in results:
                    if result.custom_id in wanted:
                        del wanted[result.custom_id]
                        yield result
            looks += 1
        except ProviderError as error:
            if not error.retryable or attempt >= patience.attempts:
                raise
            wait = wait_before(attempt, error, patience, effects.chance())
            if effects.clock() - began + wait > patience.budget:
                raise
            if on_wait is not None:
                on_wait(attempt, wait, error)
            await effects.sleep(wait)
        if not wanted:
            return
    for custom_id in wanted:
        yield BatchResult(custom_id, error=ProviderError("malformed", _MISSING))


_MISSING: Final = (
    "The batch has ended, but its results hold nothing that can be read for this one, even when read again. Run again "
    "to hand it in once more; it may then be paid twice."
)
