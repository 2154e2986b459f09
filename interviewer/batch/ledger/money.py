"""Costs as the ledger keeps them: columns that the database adds up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from interviewer.cost import Cost

PICO: Final = Decimal(10) ** 12
"""Money is added up by the database, in whole trillionths of a US dollar: the smallest price has no smaller part."""

COLUMNS: Final = ("calls", "sent", "cached", "received", "picodollars", "unpriced")


def cost_of(row: Sequence[object]) -> Cost:
    """Sums of the columns of cost; of no rows, none."""
    calls, sent, cached, received, picodollars, unpriced = (int(str(one or 0)) for one in row)
    return Cost(
        calls=calls,
        sent=sent,
        cached=cached,
        received=received,
        dollars=Decimal(picodollars) / PICO,
        unpriced=unpriced,
    )
