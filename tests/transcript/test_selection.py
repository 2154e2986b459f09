"""Filter, order and tree of transcripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interviewer.transcript.entries import Entry
from interviewer.transcript.events import Branched
from interviewer.transcript.labels import Label
from interviewer.transcript.selection import ORDERS, Leaf, Order, Wanted, select, tree

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def entry(name: str, parent: str | None = None, answer: int = 3, day: int = 0, **more: Any) -> Entry:
    values: dict[str, Any] = {
        "path": Path(f"{name}.jsonl"),
        "id": name,
        "persona": "seed-founder",
        "persona_title": "The seed founder",
        "created": NOON + timedelta(days=day),
        "mode": "realistic",
        "minutes": 30,
        "seconds": 60.0,
        "closed": True,
        "verdict": "yes",
        "share": 0.5,
        "origin": Branched(parent=parent, answer=answer) if parent else None,
    }
    return Entry(**(values | more))


def ids(entries: Iterable[Entry]) -> list[str]:
    return [one.id for one in entries]


SHELF = (
    entry("a", label=Label("Monday call", ("second-try",), "Forgot the runway.")),
    entry("b", day=1, verdict="strong-yes", share=0.9, seconds=30.0),
    entry("c", day=2, verdict="no-decision", share=0.99, persona="panel", persona_title="The panel", seconds=90.0),
    entry("d", day=-9, verdict=None, share=None, closed=False),
    entry("e", day=3, verdict="strong-no", share=0.1),
)


def test_each_word_must_stand_somewhere() -> None:
    for words, expected in {
        "": "decba",
        "FOUNDER": "deba",
        "monday RUNWAY": "a",
        "#second": "a",
        "strong": "eb",
        "strong yes": "b",
        "unfinished": "d",
        "panel founder": "",
        "seed-founder strong": "eb",
    }.items():
        assert "".join(ids(select(SHELF, Wanted(words)))) == expected, words


def test_filters_narrow_together() -> None:
    assert ids(select(SHELF, Wanted(tag="second-try"))) == ["a"]
    assert ids(select(SHELF, Wanted(tag="second"))) == []
    assert ids(select(SHELF, Wanted(persona="panel"))) == ["c"]
    assert ids(select(SHELF, Wanted(persona="the seed", verdict="strong-no"))) == ["e"]
    assert ids(select(SHELF, Wanted(unfinished=True))) == ["d"]


def test_every_order_begins_with_the_unfinished() -> None:
    expected: dict[Order, str] = {
        "date": "decba",
        "persona": "dceba",
        "length": "dceab",
        "verdict": "dbace",
        "share": "dbaec",
    }
    assert set(expected) == set(ORDERS)
    for order, names in expected.items():
        assert "".join(ids(select(SHELF, Wanted(), order))) == names, order


def test_branches_stand_under_their_parents_by_the_moment() -> None:
    shelf = (
        entry("late", "root", answer=9),
        entry("root"),
        entry("early", "root", answer=3),
        entry("deep", "early", answer=5),
        entry("orphan", "gone"),
        entry("other"),
    )
    assert tree(shelf, shelf) == (
        Leaf(shelf[1]),
        Leaf(shelf[2], 1),
        Leaf(shelf[3], 2),
        Leaf(shelf[0], 1),
        Leaf(shelf[4], gone=True),
        Leaf(shelf[5]),
    )


def test_a_parent_that_is_only_filtered_out_is_not_gone() -> None:
    parent, child = entry("root"), entry("child", "root")
    assert tree((child,), (parent, child)) == (Leaf(child),)
    assert tree((child,), (child,)) == (Leaf(child, gone=True),)


@given(st.lists(st.tuples(st.integers(0, 7), st.one_of(st.none(), st.integers(0, 9))), max_size=12))
def test_whatever_is_said_of_parents_everything_stands_in_the_tree_once(given_: list[tuple[int, int | None]]) -> None:
    shelf = [
        replace(entry(str(name), None if parent is None else str(parent)), path=Path(f"{place}.jsonl"))
        for place, (name, parent) in enumerate(given_)
    ]
    leaves = tree(shelf, shelf)
    assert sorted(leaf.entry.path for leaf in leaves) == sorted(one.path for one in shelf)
    depths = [leaf.depth for leaf in leaves]
    assert all(after <= before + 1 for before, after in zip([-1, *depths], depths, strict=False))


def test_a_long_chain_of_branches_is_no_trouble() -> None:
    chain = [entry("0"), *(entry(str(number), str(number - 1)) for number in range(1, 3000))]
    assert [leaf.depth for leaf in tree(chain, chain)] == list(range(3000))
