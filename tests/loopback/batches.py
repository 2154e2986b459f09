"""What the batch services hold: their batches, the course that these take, and how they go wrong on command."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.loopback.asked import Asked, RefusedError
from tests.loopback.faults import Fault
from tests.loopback.said import Said

DAY = 24 * 60 * 60

End = Literal["done", "errored", "expired", "canceled"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item."""

    custom_id: str
    end: End
    asked: Asked | None = None
    said: Said | None = None
    refused: RefusedError | None = None


@dataclass(slots=True)
class Batch:
    """A batch that a service has taken. Times are in seconds since 1970."""

    id: str
    items: Sequence[tuple[str, Any]]
    """Custom id and body of each."""
    check: Callable[[Any], Asked]
    """The request in a body, if the service would take it. Raises RefusedError."""
    made: float
    ends: float
    """When it is over, on the loop's clock."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """What else the service keeps with it."""
    faults: Sequence[Mapping[str, Any]] = ()
    """Why it failed as a whole."""
    cancelled: bool = False
    """By whoever has the key, on the service's own page."""
    over: bool = False
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many items ended in which way."""
        return Counter(outcome.end for outcome in self.outcomes)


@dataclass(slots=True)
class Mangling:
    """How the results go wrong. Lines are counted from 0 in the order in which they would be sent."""

    shuffled: bool = False
    missing: frozenset[str] = frozenset()
    duplicated: frozenset[str] = frozenset()
    garbage: Sequence[bytes] = ()
    """Lines among the others."""

    def applied(self, lines: Sequence[tuple[str, bytes]]) -> bytes:
        """The file as it is sent, from custom ids and lines."""
        kept = [line for custom_id, line in lines if custom_id not in self.missing]
        kept += [line for custom_id, line in lines if custom_id in self.duplicated]
        kept += self.garbage
        if self.shuffled or self.garbage:
            random.Random(1).shuffle(kept)
        return b"".join(line + b"\n" for line in kept)


class Desk:
    """All batches of all services behind one server.

    Args:
        said: what the model says to a request.
    """

    def __init__(self, said: Callable[[Asked, Fault | None], Awaitable[Said]]) -> None:
        self._said = said
        self.batches: dict[str, Batch] = {}
        """By id, in the order in which they came."""
        self.files: dict[str, dict[str, Any]] = {}
        """What was uploaded: by id, as the service describes it, with its `content`."""
        self.takes = 0.0
        """Seconds that a batch takes."""
        self.held = False
        """While true, no batch comes to its end."""
        self.most_done: int | None = None
        """Items that have their turn before time is up; all if None."""
        self.fault_for: Callable[[str], Fault | None] = lambda _custom_id: None
        """What goes wrong with an item."""
        self.mangling = Mangling()
        self.most_items: int | None = None
        """Takes the place of the service's own limit."""
        self.most_bytes: int | None = None
        self.clock: Callable[[], float] = time.time
        self.taken: Counter[str] = Counter()
        """How often an item was handed in, by custom id."""
        self.paid: Counter[str] = Counter()
        """How often the model worked on an item, by custom id."""
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """One that was not given before."""
        return next(self._numbers)

    def take(self, batch: Batch) -> Batch:
        """Begins a batch."""
        self.batches[batch.id] = batch
        if not batch.faults:
            self.taken.update(custom_id for custom_id, _ in batch.items)
        return batch

    def ends(self) -> float:
        """When a batch that is taken now is over, on the loop's clock."""
        return asyncio.get_running_loop().time() + self.takes

    def listed(self, after: str | None, limit: int) -> tuple[list[Batch], bool]:
        """A page of batches, latest first, and whether there are more."""
        latest = list(reversed(self.batches.values()))
        if after is not None:
            latest = latest[[batch.id for batch in latest].index(after) + 1 :]
        return latest[:limit], len(latest) > limit

    async def go_on(self, batch: Batch) -> Batch:
        """Brings a batch to its end, if it is time."""
        due = asyncio.get_running_loop().time() >= batch.ends and not self.held
        if batch.over or not (due or batch.cancelled):
            return batch
        batch.over = True
        if batch.faults:
            return batch
        most = self.most_done
        if most is None:
            most = 0 if batch.cancelled else len(batch.items)
        for index, (custom_id, body) in enumerate(batch.items):
            if index < most:
                batch.outcomes.append(await self._outcome(batch, custom_id, body))
            else:
                batch.outcomes.append(Outcome(custom_id, "canceled" if batch.cancelled else "expired"))
        return batch

    async def _outcome(self, batch: Batch, custom_id: str, body: Any) -> Outcome:
        fault = self.fault_for(custom_id)
        try:
            asked = _admitted(batch.check(body), fault)
        except RefusedError as refused:
            return Outcome(custom_id, "errored", refused=refused)
        said = await self._said(asked, fault)
        self.paid[custom_id] += 1
        return Outcome(custom_id, "done", asked, said)


def _admitted(asked: Asked, fault: Fault | None) -> Asked:
    if asked.stream:
        raise RefusedError(400, "invalid_request_error", "stream: not supported in batches")
    if fault is not None and fault.kind == "status":
        raise RefusedError(fault.status, fault.code or "", fault.message or "The server says so.")
    return asked
