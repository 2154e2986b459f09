"""What calls use and cost, added up by purpose, with a limit that is kept before it is reached."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import TracebackType
from typing import Final, Literal, Self

from interviewer.cost import money
from interviewer.providers.around import AroundModel
from interviewer.providers.chat import ChatModel, ChatRequest, ErrorKind, Piece, ProviderError, Reply, Usage
from interviewer.providers.prices import Prices
from interviewer.providers.retry import let_go

Purpose = Literal["turn", "grade", "debrief", "check"]
"""check: the tiny call that tests a connection."""

NOTHING: Final = Decimal(0)
LOOKED_EVERY: Final = 1.0
"""Seconds, at least, between two looks at what others spend."""

_NOT_SENT: Final[frozenset[ErrorKind]] = frozenset({"no-route", "tls", "bad-request", "cost-cap"})
"""Failures that come before a model begins to work. So does every error status; the rest may have been billed."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls came to."""

    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: Decimal = NOTHING
    """US dollars of the calls whose price and tokens are known."""
    unpriced: int = 0
    """Calls whose cost is not known."""
    doubtful: Decimal = NOTHING
    """US dollars, at most, of calls that broke and may have been billed. Not in `cost`."""

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.calls + other.calls,
            self.usage + other.usage,
            self.cost + other.cost,
            self.unpriced + other.unpriced,
            self.doubtful + other.doubtful,
        )

    @property
    def cached_share(self) -> float | None:
        """Part of what was sent that came from a cache, 0 to 1; None if nothing was sent."""
        return self.usage.cached / self.usage.sent if self.usage.sent else None


class Meter:
    """Adds up what calls cost and refuses those that could go over the limit. Safe for many at once.

    Before a call its greatest possible cost is held; afterwards what it did cost takes its place. So the
    sum of what was spent and what is under way never goes over the limit.

    Args:
        cap: US dollars that may be spent; None for no limit.
        taken: US dollars that count towards the limit as far as it is written down: what was spent earlier, and since
            then by all who share the limit, this meter's own calls among them. Asked at the beginning, and now and
            then before a call if there is a limit. What others have under way is not in it, so several can go over
            the limit by that much.
        clock: seconds, on a clock that never goes back.
    """

    def __init__(
        self,
        cap: Decimal | None = None,
        taken: Callable[[], Decimal] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        _check(cap)
        self._cap = cap
        self._look = taken
        self._clock = clock
        self._looked: float | None = None
        self._before = self._taken = taken() if taken else NOTHING
        self._lock = threading.Lock()
        self._held = NOTHING
        self._spent: dict[Purpose, Spent] = {}

    @property
    def cap(self) -> Decimal | None:
        """US dollars that may be spent; None for no limit."""
        return self._cap

    def allow(self, cap: Decimal | None) -> None:
        """Sets another limit, which holds for every call that begins from now on.

        A call that is under way is paid for even if the new limit is lower.
        """
        _check(cap)
        with self._lock:
            self._cap = cap

    def reserve(self, purpose: Purpose, estimate: Decimal | None) -> Reservation:
        """Holds the greatest possible cost of a call, until the reservation is settled or given back.

        Args:
            purpose: what the call is for.
            estimate: US dollars that it cannot exceed; None if that is not known.

        Raises:
            ProviderError: of kind `cost-cap`: the limit could be exceeded, or could not be kept.
        """
        held = max(NOTHING, estimate or NOTHING)
        with self._lock:
            if self._cap is not None and estimate is None:
                raise ProviderError(
                    "cost-cap",
                    "The price of this model is not known, so the cost limit cannot be kept. "
                    "Add it to models.yaml, or call without a limit.",
                )
            if self._cap is not None:
                self._look_at_others()
                if self._committed() + held > self._cap:
                    raise ProviderError("cost-cap", self._refusal(self._cap))
            self._held += held
        return Reservation(self, purpose, held)

    def spent(self, purpose: Purpose | None = None) -> Spent:
        """What was spent on a purpose, or on everything."""
        with self._lock:
            if purpose is not None:
                return self._spent.get(purpose, Spent())
            return sum(self._spent.values(), Spent())

    @property
    def left(self) -> Decimal | None:
        """US dollars that may still be held; None without a limit."""
        with self._lock:
            return None if self._cap is None else max(NOTHING, self._cap - self._committed())

    def _look_at_others(self) -> None:
        now = self._clock()
        if self._look is not None and (self._looked is None or now - self._looked >= LOOKED_EVERY):
            self._looked, self._taken = now, self._look()

    def _committed(self) -> Decimal:
        own = sum((each.cost for each in self._spent.values()), NOTHING)
        doubtful = sum((each.doubtful for each in self._spent.values()), NOTHING)
        return max(self._before + own, self._taken) + doubtful + self._held

    def _refusal(self, cap: Decimal) -> str:
        spent = self._committed() - self._held
        under_way = f" and {money(self._held)} is held by calls under way" if self._held else ""
        return (
            f"The next call could go over the cost limit of {money(cap)}: {money(spent)} is spent{under_way}. "
            "Raise the limit to go on."
        )

    def _end(self, purpose: Purpose, held: Decimal, ended: Spent | None) -> None:
        with self._lock:
            self._held -= held
            if ended is not None:
                before = self._spent.get(purpose)
                self._spent[purpose] = ended if before is None else before + ended


def _check(cap: Decimal | None) -> None:
    if cap is not None and cap < 0:
        raise ValueError("a limit cannot be negative")


class Reservation:
    """Money held for one call. As a context manager, an exception on the way out ends it as it deserves."""

    def __init__(self, meter: Meter, purpose: Purpose, held: Decimal) -> None:
        self._meter = meter
        self._purpose: Purpose = purpose
        self._held = held
        self._open = True

    def settle(self, usage: Usage, cost: Decimal | None) -> None:
        """The call was made.

        Args:
            usage: its tokens.
            cost: US dollars; None if not known, and then what was held is kept back as doubtful.
        """
        # that one call was not counted is said by `unpriced`
        known = usage if usage.counted else replace(usage, counted=True)
        if cost is None:
            self._close(Spent(1, known, unpriced=1, doubtful=self._held))
        else:
            self._close(Spent(1, known, cost))

    def give_back(self) -> None:
        """The call was not made, or surely not billed."""
        self._close(None)

    def doubt(self) -> None:
        """The call broke and may have been billed: what was held stays held back."""
        self._close(Spent(1, doubtful=self._held, unpriced=1))

    def fail(self, error: BaseException) -> None:
        """The call failed with `error`, from which it follows whether it may have been billed."""
        refused = isinstance(error, ProviderError) and (error.status is not None or error.kind in _NOT_SENT)
        if refused and getattr(error, "usage", None) is None:
            self.give_back()
        else:
            self.doubt()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.fail(error)
        else:
            self.give_back()

    def _close(self, ended: Spent | None) -> None:
        if self._open:
            self._open = False
            self._meter._end(self._purpose, self._held, ended)


class MeteredModel(AroundModel):
    """A model whose every call is held, counted and paid for on a meter.

    Args:
        model: whom to ask.
        meter: shared by all that have one limit.
        prices: what models cost.
        purpose: what these calls are for.
    """

    def __init__(self, model: ChatModel, meter: Meter, prices: Prices, purpose: Purpose) -> None:
        super().__init__(model)
        self._meter = meter
        self._prices = prices
        self._purpose: Purpose = purpose

    async def complete(self, request: ChatRequest) -> Reply:
        """The whole reply. Raises ProviderError, also of kind `cost-cap`."""
        with self._reserved(request) as held:
            try:
                reply = await self._asked.complete(request)
            except ProviderError as error:
                self._failed(held, error)
                raise
            return self._settled(held, reply)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece | Reply, None]:
        """The reply in pieces, then whole. Raises ProviderError, also of kind `cost-cap`."""
        with self._reserved(request) as held:
            pieces = self._asked.stream(request)
            try:
                async for piece in pieces:
                    yield self._settled(held, piece) if isinstance(piece, Reply) else piece
            except ProviderError as error:
                self._failed(held, error)
                raise
            finally:
                await let_go(pieces)

    def _reserved(self, request: ChatRequest) -> Reservation:
        return self._meter.reserve(self._purpose, self._prices.most(self.model, request))

    def _settled(self, held: Reservation, reply: Reply) -> Reply:
        cost = self._prices.cost(self.model, reply.usage)
        held.settle(reply.usage, cost)
        return replace(reply, cost=cost)

    def _failed(self, held: Reservation, error: ProviderError) -> None:
        """A failure that says what was billed before it is paid for."""
        if error.usage is not None and error.kind in {"content-filter", "too-long"}:
            error.cost = self._prices.cost(self.model, error.usage)
            held.settle(error.usage, error.cost)
        else:
            held.fail(error)
