"""A trail is a tuple to whoever reads it, whatever was added to it in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.trail import CHUNK, Trail

lengths = st.integers(0, 3 * CHUNK + 2)


@given(length=lengths, more=lengths, at=st.integers(-200, 200), step=st.sampled_from([None, 1, -1, 3]))
def test_it_reads_like_a_tuple(length: int, more: int, at: int, step: int | None) -> None:
    grown, plain = Trail(range(length)).plus(*range(more)), (*range(length), *range(more))
    assert (tuple(grown), len(grown), tuple(reversed(grown))) == (plain, len(plain), plain[::-1])
    assert grown[at::step] == plain[at::step]
    assert grown == plain and grown == Trail(plain) and hash(grown) == hash(Trail(plain))
    assert grown != Trail((*plain, 1)) and grown != list(plain)
    if -len(plain) <= at < len(plain):
        assert grown[at] == plain[at]
    else:
        with pytest.raises(IndexError):
            grown[at]


@given(length=st.integers(1, 3 * CHUNK))
def test_a_trail_that_was_grown_or_ended_otherwise_is_left_as_it_was(length: int) -> None:
    first = Trail(range(length))
    assert first.plus(-1) == (*range(length), -1)
    assert first.ending(-2) == (*range(length - 1), -2)
    assert first == tuple(range(length))


def test_an_empty_trail_has_no_end_to_change() -> None:
    with pytest.raises(IndexError, match="no last item"):
        Trail[int]().ending(1)
