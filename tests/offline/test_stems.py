"""Words, stems and cue phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.engines.offline.lookup import Lookup
from interviewer.engines.offline.stems import Phrases, content, hear, stems, touches, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We don't know", "we do not know"),
        ("I'd've said it's fine", "i'd have said it is fine"),
        ("the customer's data", "the customer data"),
        ("Hold-out sets, 1,000 rows!", "hold out sets 1,000 rows"),
        ("p95 of 2.5 s, 10% off", "p95 of 2.5 s 10 percent off"),
        ("dont cant idk", "do not can not i do not know"),
        ("a trade-off, two tradeoffs", "a trade off two trade offs"),
        ("", ""),
    ],
)
def test_words_are_lower_case_with_contractions_spelled_out(text: str, words: str) -> None:
    assert " ".join(word for word, _ in words_of(text)) == words


def test_forms_of_a_word_have_one_stem() -> None:
    assert len(set(stems("measured measures measuring measure"))) == 1


@pytest.mark.parametrize(
    ("phrase", "sentence", "found"),
    [
        ("hold out set", "Hold out a small set.", True),
        ("hold out set", "We hold some rows out as a set.", True),
        ("hold out set", "We hold a lot of rows out as a set.", False),  # three words between
        ("hold out set", "A set that is held out.", False),  # another order, and "held" is no stem of "hold"
        ("measured latency", "We measure the latency.", True),
        ("I shipped", "I have not shipped it.", False),
        ("I shipped", "I never shipped it.", False),
        ("I shipped", "I would have shipped it.", False),
        ("I shipped", "I quickly shipped it.", True),
        ("I would ask", "I would first ask them.", True),
        ("not clear", "It was not really clear.", True),
        ("a b c", "a b b c", True),  # the later of two
    ],
)
def test_a_phrase_is_found_by_stems_in_order(phrase: str, sentence: str, found: bool) -> None:
    assert any(True for _ in Phrases([phrase]).find(stems(sentence))) is found


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert touches(("hold out set",), hear("Hold out. A set.")) is None
    assert touches(("hold out set",), hear("No. Hold out a set.")) is not None


def test_content_leaves_out_small_words() -> None:
    assert content("What did you do with the data?") == content("data")


def test_lookup_takes_words_side_by_side_and_beginnings() -> None:
    lookup = Lookup({"a": ["crash*", "went wrong"], "b": ["went"]})
    assert sorted(lookup.find("it crashed and went wrong".split())) == [("a", 1, 1), ("a", 3, 4), ("b", 3, 3)]
    assert lookup.labels("nothing here".split()) == frozenset()


def test_lookup_takes_a_word_for_all_that_it_begins_with() -> None:
    lookup = Lookup({"a": ["crash*"], "b": ["crashed down", "crashes*"], "c": ["crash* hard"]})
    assert sorted(lookup.find("crashed hard".split())) == [("a", 0, 0), ("c", 0, 1)]
    assert sorted(lookup.find("crashed down".split())) == [("a", 0, 0), ("b", 0, 1)]
    assert sorted(lookup.find("crashes hard".split())) == [("a", 0, 0), ("b", 0, 0), ("c", 0, 1)]


def test_phrases_are_told_in_the_order_of_their_first_words_and_each_once() -> None:
    found = Phrases(["the rate", "rate", "error rate", "rate of error"])
    told = stems("the error rate, then a rate of error")
    assert [tuple(hit) for hit in found.find(told)] == [(0, 0, 2), (2, 1, 2), (1, 2, 2), (3, 5, 7)]
    assert found.hits(told) == tuple(found.find(told))


@given(st.text(max_size=300))
def test_hearing_never_fails_and_loses_no_sentence(text: str) -> None:
    passage = hear(text)
    for heard in passage.sentences:
        assert text[heard.sentence.start : heard.sentence.end] == heard.text
        assert len(heard.words) == len(heard.stems)
    assert len(passage.words) == len(passage.stems) == sum(len(heard.words) for heard in passage.sentences)


WORDS = st.sampled_from(
    ["we", "measured", "the", "p95", "latency", "and", "rolled", "back", "100%", "%", "it's", "-", "a。b"]
)
ENDS = st.sampled_from([" ", ". ", "? ", "\n\n", ", ", "。", "\n- "])


@given(st.text(max_size=200) | st.lists(st.tuples(WORDS, ENDS)).map(lambda said: "".join(map("".join, said))))
def test_the_words_of_an_answer_are_those_of_its_sentences(text: str) -> None:
    passage = hear(text)
    assert passage.words == tuple(word for heard in passage.sentences for word in heard.words)
    assert passage.stems == tuple(stem for heard in passage.sentences for stem in heard.stems)
    assert passage.content == frozenset(stem for heard in passage.sentences for stem in heard.content)


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=6),
    st.lists(st.tuples(WORDS, ENDS)).map(lambda said: "".join(map("".join, said))),
)
def test_never_more_lies_in_phrases_than_is_said_at_first_sight(phrases: list[str], text: str) -> None:
    index, passage = Phrases(phrases), hear(text)
    covered = sum(
        len({place for hit in index.find(heard.stems) for place in range(hit.first, hit.last + 1)})
        for heard in passage.sentences
    )
    assert covered <= index.most_covered(passage.stems) <= len(passage.words)


def test_what_holds_no_phrase_is_seen_at_first_sight() -> None:
    index = Phrases(["rolled back", "p95"])
    assert index.most_covered(hear("We kept the plan. Nobody was blamed.").stems) == 0
    assert index.most_covered(hear("We rolled it back. Then we slept.").stems) == 4
