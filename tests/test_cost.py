"""What calls cost, added up and told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.cost import FREE, Cost, told

COSTS = st.builds(
    Cost,
    calls=st.integers(0, 99),
    sent=st.integers(0, 10**6),
    cached=st.integers(0, 10**6),
    received=st.integers(0, 10**6),
    dollars=st.decimals(0, 100, places=4),
    unpriced=st.integers(0, 9),
)


@given(COSTS, COSTS, COSTS)
def test_costs_add_up_in_any_order(first: Cost, second: Cost, third: Cost) -> None:
    assert first + second == second + first
    assert (first + second) + third == first + (second + third)
    assert first + FREE == first


@given(COSTS)
def test_a_cost_survives_being_written_down_to_the_last_digit(cost: Cost) -> None:
    assert Cost.model_validate_json(cost.model_dump_json()) == cost


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (
            Cost(calls=14, sent=52310, cached=37140, received=6020, dollars=Decimal("0.1834")),
            "14 calls, 52,310 tokens sent (71% cached), 6,020 received, $0.18",
        ),
        (
            Cost(calls=1, sent=900, received=20, unpriced=1),
            "1 call, 900 tokens sent, 20 received, 1 call of unknown price",
        ),
        (
            Cost(calls=3, sent=900, received=20, dollars=Decimal("0.02"), unpriced=2),
            "3 calls, 900 tokens sent, 20 received, $0.0200 and 2 calls of unknown price",
        ),
    ],
)
def test_a_cost_is_told_in_one_line(cost: Cost, text: str) -> None:
    assert told(cost) == text
