"""What calls of a language model used and cost. The same figures on an event, on a grade and on a scorecard."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from interviewer.document import Document


class Cost(Document):
    """Tokens and money of one or more calls; adds up with `+`."""

    calls: int = Field(default=0, ge=0)
    sent: int = Field(default=0, ge=0, description="Tokens sent, those read from a cache included.")
    cached: int = Field(default=0, ge=0, description="Of those sent, read from the provider's cache.")
    received: int = Field(default=0, ge=0, description="Tokens received, thinking included.")
    dollars: Decimal = Field(default=Decimal(0), ge=0, description="US dollars of the calls whose price is known.")
    unpriced: int = Field(default=0, ge=0, description="Calls whose cost is not known.")

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            calls=self.calls + other.calls,
            sent=self.sent + other.sent,
            cached=self.cached + other.cached,
            received=self.received + other.received,
            dollars=self.dollars + other.dollars,
            unpriced=self.unpriced + other.unpriced,
        )

    @property
    def cached_share(self) -> float | None:
        """Part of what was sent that came from a cache, 0 to 1; None if nothing was sent."""
        return self.cached / self.sent if self.sent else None


FREE = Cost()


def money(amount: Decimal) -> str:
    """US dollars for people: two digits, four for less than ten cents, never rounded to nothing."""
    if amount == 0 or amount >= Decimal("0.10"):
        return f"${amount:.2f}"
    return f"${amount:.4f}" if amount >= Decimal("0.0001") else "less than $0.0001"


def told(cost: Cost) -> str:
    """The cost in one line: `14 calls, 52,310 tokens sent (71% cached), 6,020 received, $0.18`."""
    calls = "1 call" if cost.calls == 1 else f"{cost.calls:,} calls"
    cached = f" ({cost.cached_share:.0%} cached)" if cost.cached_share else ""
    price = money(cost.dollars)
    if cost.unpriced:
        known = f"{price} and " if cost.dollars else ""
        price = f"{known}{'1 call' if cost.unpriced == 1 else f'{cost.unpriced:,} calls'} of unknown price"
    return f"{calls}, {cost.sent:,} tokens sent{cached}, {cost.received:,} received, {price}"
