"""The one policy that tries a failed call again. The SDKs' own is off."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from interviewer.providers.chat import Piece, ProviderError, Reply

T = TypeVar("T")

OnWait = Callable[[int, float, ProviderError], None]
"""Told before each wait: which attempt failed (from 1), seconds until the next, why. For a visible countdown."""


class GivenUp(Exception):
    """Nobody wants to wait any longer: what failed last stands. Raised by a sleep."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often. All in seconds.

    A wait is what the service asks for, but no more than `longest_asked`; without being asked it doubles
    from `first` to `longest`, each shortened at random by up to half so that many callers do not come back
    at once.
    """

    budget: float = 120.0
    """From the first attempt on. No attempt begins after it; one under way has the limits of its client."""
    first: float = 1.0
    longest: float = 30.0
    longest_asked: float = 60.0
    attempts: int = 10
    unreachable: float = 120.0
    """In place of the budget where nobody answers at all: a wrong address, no network."""

    def budget_for(self, error: ProviderError) -> float:
        """Seconds from the first attempt on, after which this error stands."""
        return min(self.budget, self.unreachable) if error.kind == "no-route" else self.budget


@dataclass(frozen=True, slots=True)
class Effects:
    """Where time and chance come from."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = field(default=random.random)
    """From 0 up to 1."""


PATIENCE = Patience()
EFFECTS = Effects()


def wait_before(attempt: int, error: ProviderError, patience: Patience, chance: float) -> float:
    """Seconds to wait after a failed attempt. Pure.

    Args:
        attempt: which one failed, from 1.
        error: why.
        patience: the policy.
        chance: from 0 up to 1.
    """
    if error.retry_after is not None:
        return min(error.retry_after, patience.longest_asked)
    doubled = min(patience.longest, patience.first * 2.0 ** min(attempt - 1, 60))
    return doubled * (1.0 - chance / 2)


async def retrying(
    call: Callable[[], Awaitable[T]],
    *,
    patience: Patience = PATIENCE,
    on_wait: OnWait | None = None,
    effects: Effects = EFFECTS,
) -> T:
    """Makes a call until it succeeds, cannot, or patience ends.

    Cancelling ends it at once, in a call or in a wait.

    Args:
        call: makes one attempt.
        patience: the policy.
        on_wait: told before each wait.
        effects: time and chance.

    Raises:
        ProviderError: the last attempt's. It came at once if trying again cannot help, or if the service
            asks to wait for longer than is left, or if the sleep raised GivenUp.
    """
    began = effects.clock()
    try:
        return await call()
    except ProviderError as error:
        if not error.retryable:
            raise
        first = error
    return await _retried(call, first, began, patience, on_wait, effects)


async def _retried(
    call: Callable[[], Awaitable[T]],
    first: ProviderError,
    began: float,
    patience: Patience,
    on_wait: OnWait | None,
    effects: Effects,
) -> T:
    """The policy, from the first failure on: most calls have none, and it costs something to set up."""
    import tenacity

    failed: list[ProviderError] = []
    made = [first]

    async def attempt() -> T:
        if made:
            raise made.pop()
        return await call()

    def error_of(state: tenacity.RetryCallState) -> ProviderError:
        error = state.outcome.exception() if state.outcome is not None else None
        assert isinstance(error, ProviderError)
        return error

    def wait(state: tenacity.RetryCallState) -> float:
        return wait_before(state.attempt_number, error_of(state), patience, effects.chance())

    def stop(state: tenacity.RetryCallState) -> bool:
        error = error_of(state)
        left = patience.budget_for(error) - (effects.clock() - began)
        asked = error.retry_after or 0.0
        return state.attempt_number >= patience.attempts or max(asked, state.upcoming_sleep) > left

    def tell(state: tenacity.RetryCallState) -> None:
        failed.append(error_of(state))
        if on_wait is not None:
            on_wait(state.attempt_number, state.upcoming_sleep, error_of(state))

    policy = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(lambda error: isinstance(error, ProviderError) and error.retryable),
        wait=wait,
        stop=stop,
        before_sleep=tell,
        sleep=effects.sleep,
        reraise=True,
    )
    try:
        result: T = await policy(attempt)
    except GivenUp as ended:
        raise failed[-1] from ended
    return result


async def retrying_stream(
    opening: Callable[[], AsyncIterator[Piece | Reply]],
    *,
    patience: Patience = PATIENCE,
    on_wait: OnWait | None = None,
    effects: Effects = EFFECTS,
) -> AsyncGenerator[Piece | Reply, None]:
    """A stream that is begun anew only while nothing of it has been handed on.

    Args:
        opening: begins one attempt.
        patience: the policy.
        on_wait: told before each wait.
        effects: time and chance.

    Raises:
        ProviderError: as `retrying`; after the first piece, whatever breaks it.
    """

    async def begin() -> tuple[Piece | Reply, AsyncIterator[Piece | Reply]]:
        pieces = opening()
        try:
            return await anext(pieces), pieces
        except BaseException as error:
            await let_go(pieces)
            if isinstance(error, StopAsyncIteration):
                raise ProviderError("malformed", "The service sent nothing. Try again.") from None
            raise

    first, pieces = await retrying(begin, patience=patience, on_wait=on_wait, effects=effects)
    try:
        yield first
        async for piece in pieces:
            yield piece
    finally:
        await let_go(pieces)


async def let_go(pieces: AsyncIterator[Piece | Reply]) -> None:
    """Ends a stream that nobody reads any more."""
    close = getattr(pieces, "aclose", None)
    if close is not None:
        with suppress(Exception):
            await close()
