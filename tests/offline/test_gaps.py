"""Gaps, the words they hang on, and whether an answer closes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.engines.offline.gaps import closed, gaps
from interviewer.engines.offline.quotes import MOST_WORDS, quote, short
from interviewer.engines.offline.stems import hear
from interviewer.grading.grader import Exchange
from interviewer.question import Question
from interviewer.rubric import ProbeType, Rubric
from interviewer.transcript.events import Gap
from tests.offline.content import answers, questions, rubrics

LEVELS = ("absent", "weak", "solid", "strong")

RUBRIC = Rubric.model_validate(
    {
        "id": "sample",
        "version": 1,
        "title": "Sample",
        "about": "For tests.",
        "criteria": [
            {
                "id": "impact",
                "title": "Impact",
                "asks": "Did anything change?",
                "weight": 0.5,
                "anchors": dict.fromkeys(LEVELS, "An anchor."),
                "probes": [{"type": "quantify", "text": "What moved, in figures?"}],
                "cues": {"for": ["customers renewed"], "signals": ["number", "result"]},
            },
            {
                "id": "honesty",
                "title": "Honesty",
                "asks": "Are the limits of the search told that was brought to users?",
                "weight": 0.5,
                "anchors": dict.fromkeys(LEVELS, "An anchor."),
                "probes": [{"type": "failure", "text": "What went wrong?"}],
                "cues": {"for": ["I was wrong"], "signals": ["honesty", "failure"]},
            },
        ],
    }
)
QUESTION = Question.model_validate(
    {
        "id": "q",
        "text": "Tell me about a search system that you brought to users.",
        "format": "sample",
        "topic": "T-1",
        "stages": ["seed"],
        "rubric": "sample",
        "minutes": 5,
        "key_points": [
            {
                "id": "labels",
                "point": "Where the relevance labels came from.",
                "cues": ["labelled queries", "click log"],
                "probe": {"type": "deepen", "text": "Who said what was relevant?"},
            },
            {
                "id": "latency",
                "point": "How fast it answered.",
                "cues": ["p95", "milliseconds"],
                "probe": {"type": "quantify", "text": "How long did a search take?"},
            },
        ],
        "gaps": [
            {
                "id": "we",
                "gap": "Only the team acts.",
                "signal": "own-part",
                "probe": {"type": "ownership", "text": "And you?"},
            },
            {
                "id": "one-way",
                "gap": "One option only.",
                "signal": "alternative",
                "probe": {"type": "trade-off", "text": "What did you turn down?"},
            },
        ],
        "twists": [
            {
                "id": "no-clicks",
                "kind": "remove-resource",
                "text": "The click log is gone. Now what?",
                "looks_for": "Another source of labels.",
                "cues": ["by hand", "ask users"],
            }
        ],
        "probes": [{"criterion": "impact", "type": "quantify", "text": "Which figure moved?"}],
    }
)
ANSWER = (
    "We built a search on Elasticsearch for a clinic, and it was much faster than before. Everyone was happy with it."
)


def found(*exchanges: tuple[str, str, str | None]) -> dict[str, Gap]:
    said = [Exchange(asked=a, answer=b, gap=gap, event=2 * n) for n, (a, b, gap) in enumerate(exchanges, 1)]
    return {gap.id: gap for gap in gaps(QUESTION, RUBRIC, said)}


def test_everything_that_was_not_said_is_a_gap() -> None:
    assert set(found((QUESTION.text, ANSWER, None))) == {
        "point:labels",
        "gap:we",
        "point:latency",
        "criterion:impact",
        "gap:one-way",
        "twist:no-clicks",
        "criterion:honesty",
    }


def test_a_gap_hangs_on_the_candidates_own_words() -> None:
    by_id = found((QUESTION.text, ANSWER, None))
    assert by_id["gap:we"].quote == "We built a search on Elasticsearch for a clinic"
    assert by_id["point:latency"].quote == "it was much faster than before"
    assert by_id["twist:no-clicks"].quote is None


def test_the_questions_own_probe_comes_before_the_rubrics() -> None:
    by_id = found((QUESTION.text, ANSWER, None))
    assert by_id["criterion:impact"].probe == "Which figure moved?"
    assert by_id["criterion:honesty"].probe == "What went wrong?"


def test_what_was_said_is_no_gap() -> None:
    said = (
        "I labelled 300 queries by hand instead of buying labels; p95 went from 900 to 250 milliseconds and two "
        "customers renewed. I labelled queries badly at first, I was wrong about synonyms."
    )
    assert list(found((QUESTION.text, said, None))) == ["twist:no-clicks"]


def test_what_was_put_is_not_put_again_whatever_came_of_it() -> None:
    by_id = found((QUESTION.text, ANSWER, None), ("And you?", "I don't know.", "gap:we"))
    assert "gap:we" not in by_id
    assert "point:labels" in by_id


@pytest.mark.parametrize(
    ("gap_id", "answer", "is_closed"),
    [
        ("point:labels", "Two nurses labelled the queries.", True),
        ("point:labels", "They came from the click log.", True),
        ("point:labels", "I asked two nurses to mark 40 results each, because they know the codes.", True),
        ("point:labels", "I don't know.", False),
        ("point:latency", "About 300 of them, measured on a Tuesday with real queries.", True),
        ("point:latency", "It was fast, very fast.", False),
        ("gap:we", "I wrote the loader and the ranking.", True),
        ("gap:we", "We wrote it together.", False),
        ("gap:we", "And you?", False),
        ("gap:one-way", "We considered Solr, but nobody knew it.", True),
        ("twist:no-clicks", "I would label them by hand.", True),
        ("twist:no-clicks", "I would wait.", False),
        ("criterion:impact", "Calls fell by 12 percent.", True),
        ("criterion:honesty", "Nothing really, it was fine.", False),
        ("criterion:honesty", "The index broke twice in May.", True),
    ],
)
def test_closed(gap_id: str, answer: str, is_closed: bool) -> None:
    gap = found((QUESTION.text, ANSWER, None))[gap_id]
    assert closed(gap, answer, QUESTION, RUBRIC, put=True) is is_closed


def test_a_gap_of_another_question_is_judged_by_its_type() -> None:
    gap = Gap(id="point:elsewhere", source="key-point", about="A.", type="quantify", probe="How many?")
    assert closed(gap, "Roughly 40 of the 300 tickets, counted over a week.", QUESTION, RUBRIC, put=True)
    assert not closed(gap, "Quite a few of them, as far as anybody remembers today.", QUESTION, RUBRIC, put=True)


def test_an_earlier_answer_again_closes_nothing() -> None:
    gap = found((QUESTION.text, ANSWER, None))["gap:we"]
    said = "I wrote the loader and the ranking, and I measured both on forty queries."
    assert closed(gap, said, QUESTION, RUBRIC)
    assert not closed(gap, said, QUESTION, RUBRIC, earlier=[said])


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("quantify", "It became a lot faster.", "It became a lot faster"),
        ("quantify", "It became 3 times faster.", None),
        ("ownership", "So we rewrote the parser, and it held.", "we rewrote the parser"),
        ("ownership", "I rewrote the parser.", None),
        ("trade-off", "First, I decided to use Postgres for everything.", "I decided to use Postgres for everything"),
        ("trade-off", "I built a small, fast index.", "I built a small, fast index"),
        ("failure", "It worked well. It was at 7:52.", "It worked well"),
        ("challenge", "Our tests always catch that.", "Our tests always catch that"),
        ("scale", "What if we use Kafka?", None),
        ("scale", "Ignore the rubric, we use Kafka.", None),
        ("deepen", "Yes.", None),
        ("deepen", "I wrote it, in the end.", None),  # two words of its own at least
    ],
)
def test_quote(kind: ProbeType, text: str, expected: str | None) -> None:
    assert quote(hear(text), kind, "What did you do about search?") == expected


def test_the_interviewers_words_are_never_quoted() -> None:
    asked = "You said you decided to use Postgres for everything. Why?"
    assert quote(hear("I decided to use Postgres for everything."), "trade-off", asked) is None


def test_a_long_statement_is_cut_at_a_joint() -> None:
    text = "We built a small service that reads the orders from the mailbox in the night and writes them into a sheet."
    assert quote(hear(text), "ownership", "Q?") == "We built a small service that reads the orders from the mailbox"
    assert short("It ran.") is None


@pytest.mark.parametrize("question_id", sorted(answers()))
def test_quotes_of_real_gaps_are_the_candidates_words(question_id: str) -> None:
    question = questions()[question_id]
    for answer in answers()[question_id].values():
        said = " ".join(answer.split())
        exchange = Exchange(asked=question.text, answer=answer, event=2)
        for gap in gaps(question, rubrics()[question.rubric], [exchange]):
            if gap.quote is not None:
                assert gap.quote in said
                assert 3 <= len(gap.quote.split()) <= MOST_WORDS + 4
                assert gap.quote[-1] not in ",;:"


@given(st.text(max_size=300), st.text(max_size=80))
def test_gaps_never_fail(answer: str, asked: str) -> None:
    exchange = Exchange(asked=asked, answer=answer, event=1)
    for gap in gaps(QUESTION, RUBRIC, [exchange]):
        closed(gap, answer, QUESTION, RUBRIC)
        if gap.quote is not None:
            assert gap.quote in " ".join(answer.split())
