"""Numbers and states as a report says them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from interviewer.batch.ledger import PENDING
from interviewer.grading.bootstrap import COVERAGE, Figure, Interval

UNDEFINED: Final = "\u2013"
"""Stands where a figure is not defined."""

STATUSES: Final[Mapping[str, str]] = {
    "graded": "Read by the grader, which rated what it found.",
    "blank": "Nothing, or only a word or two. It is a state, not a grade of zero.",
    "off-topic": "About something else than the question.",
    "no-attempt": "Says that the answer is not known, and no more.",
    "pasted-question": "The question said back.",
    "keyword-list": "Terms in a row, without a statement about them.",
    "repeated": "An answer to another question again.",
    "skipped": "Passed on.",
    "refused": "The grader declined. That says nothing about the answer; another model may grade it.",
    "failed": "No usable grade came back. The same command tries these again.",
    "empty-answer": "The row has no answer.",
    "duplicate": "The same id, question and answer as an earlier row; that one is graded.",
    "duplicate-id": "The id of an earlier row with another answer: a grade could mean either. Give each its own id.",
    "ragged": "More or fewer cells than the table has columns. Mend the line in the source.",
    "wrong-shape": "Not a set of named values with an answer that is text.",
    "too-long": "Longer than is read. Shorten it, or split it.",
    "unreadable": "No text in the encoding of the file, or broken. Say the encoding with --encoding, or mend it.",
    "no-question": "It cannot be told what was asked. Name it with --question, --questions or a column.",
    PENDING: "Left out of this run by --limit or --sample, or the run ended early. The same command goes on.",
}

FAILURES: Final[Mapping[str, str]] = {
    "authentication": "The key is missing, wrong or may not use this model. Set the right one, then run again.",
    "quota": "The account has no credit left. Top it up, then run again.",
    "rate-limited": "The service took no more calls for now. Run again later, or with a lower --at-once.",
    "overloaded": "The service was overloaded. Run again later, or with a lower --at-once.",
    "server": "The service had a fault. Run again.",
    "timeout": "No reply came in time. Run again, perhaps with a lower --at-once.",
    "dropped": "The connection broke before the reply was whole. Run again.",
    "no-route": "The service could not be reached. Check the network, then run again.",
    "tls": "The connection is not trusted. Check the clock, the proxy and its certificates.",
    "unknown-model": "The service has no such model. Choose another one with --model.",
    "bad-request": "The service refused the request; its words are beside this. Running again will not help.",
    "content-filter": "The service's filter held it back. Grade these by hand, or with another model.",
    "too-long": "It does not fit the model. Choose one with a longer context, or shorten the answer.",
    "malformed": "What came back was no grade. Run again; if it stays, choose a stronger model.",
    "truncated": "The reply was cut off. Run again; if it stays, choose another model.",
    "wrong-form": "The replies had another form than was asked for. Run again, perhaps with a stronger model.",
    "cost-cap": "The limit of --max-cost was reached. Raise it, then run again.",
    "not-run": "Its batch ended before it had its turn; it was not billed. Run again.",
    "fault": "A fault in interviewer itself, on this answer. Please report it with the words beside this.",
}
"""Kind of failure -> what to do. In every case what is recorded stays, and only what is missing is tried again."""


def status_meaning(status: str) -> str:
    """What a state means and what to do; empty if there is nothing to say."""
    return STATUSES.get(status, "")


def failure_meaning(kind: str) -> str:
    """What to do about a kind of failure."""
    return FAILURES.get(kind, "Run again; if it stays, the words beside this say what the service said.")


def counted(number: int, one: str, several: str | None = None) -> str:
    """`1 answer`, `2,000 answers`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def share(value: float | None) -> str:
    """A share as a percentage, with a digit where it would be rounded to nothing or to everything."""
    if value is None:
        return UNDEFINED
    shown = f"{value:.0%}"
    return f"{value:.1%}" if (shown in {"0%", "100%"} and value not in {0.0, 1.0}) else shown


def points(value: float | None) -> str:
    """A difference of shares in points of 100, with its sign."""
    if value is None:
        return UNDEFINED
    return f"{value * 100:+.1f}".replace("-", "\u2212")


def decimal(value: float | None) -> str:
    """A correlation or a kappa: two digits."""
    return UNDEFINED if value is None else f"{value:.2f}".replace("-", "\u2212")


def with_interval(figure: Figure, form: Callable[[float | None], str] = decimal) -> str:
    """A figure and its interval: `0.54 (0.41 to 0.63)`."""
    if figure.interval is None:
        return form(figure.value)
    return f"{form(figure.value)} ({form(figure.interval.low)} to {form(figure.interval.high)})"


def between(interval: Interval | None) -> str:
    """An interval of shares."""
    return UNDEFINED if interval is None else f"{share(interval.low)} to {share(interval.high)}"


def short(text: str, most: int = 160) -> str:
    """A text on one line, cut at a word if it is long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(".,;: ") + " \u2026"


INTERVALS: Final = f"{COVERAGE:.0%} intervals"
