from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewer.providers.only_json import OnlyJson

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=4)
CUTS = st.lists(st.integers(0, 400), max_size=8)


def taken(text: str, cuts: list[int]) -> str:
    """What comes back of a text that arrives in pieces."""
    only, edges = OnlyJson(), sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    pieces = [only.add(text[start:end]) for start, end in pairwise(edges)]
    return "".join(pieces) + only.rest()


@given(OBJECTS, st.text().filter(lambda text: "{" not in text and "<" not in text), st.text(), CUTS, st.booleans())
def test_the_object_is_found_however_the_text_is_cut(
    value: dict[str, object], before: str, after: str, cuts: list[int], ascii_only: bool
) -> None:
    said = json.dumps(value, ensure_ascii=ascii_only)
    assert taken(before + said + after, cuts) == said


@given(OBJECTS, st.text().filter(lambda text: "</think>" not in text), CUTS)
def test_thoughts_are_left_out(value: dict[str, object], thought: str, cuts: list[int]) -> None:
    said = json.dumps(value)
    assert taken(f"\n<think>{thought}</think>\n{said}", cuts) == said


@given(st.text(alphabet=st.characters(exclude_characters="{")), CUTS)
def test_without_an_object_nothing_is_lost(text: str, cuts: list[int]) -> None:
    assert taken(text, cuts) == text


@given(st.text(), CUTS)
def test_the_cuts_make_no_difference(text: str, cuts: list[int]) -> None:
    assert taken(text, cuts) == taken(text, [])
