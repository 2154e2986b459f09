"""Text from outside: nothing in it acts on a terminal, and every sentence can be found again."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.text import clock_time, one_line, sanitise, sentences, words

ANYTHING = st.text(st.characters(exclude_categories=()))
"""Every code point there is, lone surrogates included."""

TROUBLE = st.lists(
    st.one_of(
        st.sampled_from(
            ("\x1b", "\x1b]0;", "\x1b[", "\x9b", "\x9d8;;", "\x07", "\x1b\\", "\x9c", "31m", "\r\n", "\u2028", "\x85")
        ),
        st.sampled_from(("\u200d", "\u202e", "a", " ", ".", "\ud83d", "\U000e0041", "\n")),
        ANYTHING,
    )
).map("".join)
"""Pieces of escape sequences, whole and torn, between anything else."""

SENTENCE_LIKE = st.lists(
    st.sampled_from(
        [
            "I built it",
            "e.g.",
            "3.5",
            "No",
            ".",
            "?!",
            "…",
            "。",
            " ",
            "  ",
            "\n",
            "\n\n",
            "- item",
            "1. one",
            "”",
            "etc.",
        ]
    )
).map("".join)

JOINERS = {"\u200c", "\u200d"}
SHOWN_FORMATS = {"\u0600", "\u0601", "\u0602", "\u0603", "\u0604", "\u0605", "\u06dd", "\u070f", "\u0890", "\u0891"} | {
    "\u08e2",
    "\U000110bd",
    "\U000110cd",
}
"""Format characters of Arabic, Syriac and Kaithi that a screen shows as a sign."""


@given(TROUBLE)
@example("\x1b\x1b[31m[31m")
@example("\x9d1;\x9d1;x\x07\x07")
def test_sanitising_twice_changes_nothing_more(text: str) -> None:
    once = sanitise(text)
    assert sanitise(once) == once


@given(TROUBLE)
def test_only_what_can_be_shown_survives(text: str) -> None:
    for character in sanitise(text):
        category = unicodedata.category(character)
        assert category not in {"Cc", "Cs", "Zl", "Zp"} or character in "\n\t"
        if category == "Cf" and not 0x13430 <= ord(character) <= 0x1345F:  # layout of hieroglyphs
            assert character in JOINERS | SHOWN_FORMATS
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
    sanitise(text).encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Mn", "Mc"])))
def test_plain_words_are_left_as_they_are(text: str) -> None:
    assert sanitise(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[?25lhidden", "hidden"),
        ("\x9b1;31mred", "red"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("a\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9d0;new title\x9cb", "ab"),
        ("a\x1bPq#0;2;0\x1b\\b", "ab"),
        ("a\x1b_payload\nover lines\x1b\\b", "ab"),
        ("a\x1b]0;never closed\nb", "a\nb"),
        ("a\x1b]0;never closed", "a"),
        ("a\x1b]0;torn\x1b[31mb", "ab"),
        ("a\x1b(Bb\x1b", "ab"),
        ("bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("one\r\ntwo\rthree\u2028four\x85five\x0bsix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("left\u202eright\u2066in\u2069\ufeff\u200b", "leftrightin"),
        ("tag\U000e0041\U000e0042ged", "tagged"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_what_a_terminal_would_act_on_is_gone(text: str, clean: str) -> None:
    assert sanitise(text) == clean


def test_what_can_be_printed_is_never_taken_away() -> None:
    printable = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert sanitise(printable) == printable
    assert sanitise("\x07" + printable) == printable  # no short cut for a text that has something to be removed


@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "❤\ufe0f", "🏳\ufe0f\u200d🌈", "👍🏽", "می\u200cخواهم", "क्\u200dष", "\U0001fae8"]
)
def test_emoji_and_scripts_keep_their_joiners(text: str) -> None:
    assert sanitise(text) == text


def test_a_wrongly_decoded_quotation_mark_costs_no_words_of_the_answer() -> None:
    """Closing quotes read in the wrong encoding hold codes that once began a command."""
    for encoding in ("latin-1", "cp1252"):
        text = "They said “ship it” and we shipped. It took nine days.".encode()
        broken = "".join(bytes([byte]).decode(encoding, "replace").replace("\ufffd", chr(byte)) for byte in text)
        for word in ("ship it", "and we shipped.", "It took nine days."):
            assert word in sanitise(broken)


@given(TROUBLE)
def test_one_line_has_no_line_break_and_no_double_space(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())
    assert one_line(line) == line


@given(st.one_of(SENTENCE_LIKE, ANYTHING))
def test_a_sentence_is_found_again_by_its_offsets(text: str) -> None:
    found = sentences(text)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.text == one.text.strip()
    assert list(found) == sorted(found, key=lambda one: one.start)


@given(st.one_of(SENTENCE_LIKE, ANYTHING))
def test_every_letter_and_digit_stands_in_exactly_one_sentence(text: str) -> None:
    found = sentences(text)
    for place, character in enumerate(text):
        if character.isalnum():
            assert sum(one.start <= place < one.end for one in found) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ... -- !? ", []),
        ("no punctuation at all", ["no punctuation at all"]),
        ("First. Second! Third? Fourth…", ["First.", "Second!", "Third?", "Fourth…"]),
        ("It fell by 3.5 percent. Then 1,200.50 dollars.", ["It fell by 3.5 percent.", "Then 1,200.50 dollars."]),
        ("We used a tool, e.g. Postgres, i.e. SQL. It held.", ["We used a tool, e.g. Postgres, i.e. SQL.", "It held."]),
        ("Dr. Ito vs. Mr. J. Smith. Done.", ["Dr. Ito vs. Mr. J. Smith.", "Done."]),
        ("Logs, traces etc. Then we shipped.", ["Logs, traces etc.", "Then we shipped."]),
        ("Logs, traces etc. were kept.", ["Logs, traces etc. were kept."]),
        ("I said no. We stopped.", ["I said no.", "We stopped."]),
        ("Issue no. 5 was mine.", ["Issue no. 5 was mine."]),
        ("Nobody was as late as I. Still, it ran.", ["Nobody was as late as I.", "Still, it ran."]),
        ("Really?! “Yes.” (Yes.) Ok", ["Really?!", "“Yes.”", "(Yes.)", "Ok"]),
        ("Steps:\n- measure\n- fix\n- measure again", ["Steps:", "- measure", "- fix", "- measure again"]),
        ("1. Measure it.\n2. Fix it.", ["1. Measure it.", "2. Fix it."]),
        ("A heading\n\nThe text", ["A heading", "The text"]),
        ("A line that\ngoes on", ["A line that\ngoes on"]),
        ("数据很少。我们先测量！然后呢？好", ["数据很少。", "我们先测量！", "然后呢？", "好"]),
        ("version 2.0.1 of numpy.linalg held", ["version 2.0.1 of numpy.linalg held"]),
        ("see example.com. Good.", ["see example.com.", "Good."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [one.text for one in sentences(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["." * 200_000 + "a", "a. " * 66_000, "\n " * 100_000, "!”" * 100_000 + "x", "。" * 200_000 + "x"],
    ids=["dots", "initials", "lines", "quotes", "wide"],
)
def test_splitting_takes_no_longer_for_hostile_text(text: str) -> None:
    begun = time.perf_counter()
    sentences(text)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("piece", ["\x1b]", "\x1b[", "\x9d1;", "\x1bP\x1b", "\x9b0", "\x1b]0;x\n"])
def test_sanitising_takes_no_longer_for_hostile_text(piece: str) -> None:
    begun = time.perf_counter()
    sanitise(piece * (200_000 // len(piece)))
    assert time.perf_counter() - begun < 5


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert words("  I cut\nit by 3.5 %  ") == 6
    assert words("") == 0


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-4, "00:00"), (0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3599.9, "59:59"), (3725, "1:02:05")],
)
def test_a_time_has_hours_only_where_there_are_any(seconds: float, told: str) -> None:
    assert clock_time(seconds) == told
