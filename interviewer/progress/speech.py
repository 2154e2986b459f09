"""How something was said, counted: words, sentences, fillers, "we" and "I"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from interviewer.document import Document
from interviewer.text import sentences, words

_FILLERS: dict[str, str] = {
    "um": r"\bu+m+\b|\be+r*m+\b",
    "uh": r"\bu+h+\b|\be+r+\b",
    "hmm": r"\bh+m{2,}\b",
    # Set off by a comma or beside a hesitation; "I like it" and "something like this" are ordinary words.
    "like": r"(?:(?<=,\s)|(?<=\bum\s)|(?<=\buh\s))like\b(?!\s+(?:a|an|the|this|that|my|our|your)\b)|\blike(?=,)",
    "you know": r"(?<!\bdo\s)(?<!\bif\s)(?<!\bas\s)(?<!\bdid\s)(?<!\blet\s)(?<!\bthat\s)\byou know\b"
    r"(?!\s+(?:what|how|who|why|when|where|which|the|that|this|it|my|our|your|whether|if|about|of)\b)",
    "I mean": r"\bI mean\b",
    "sort of": r"(?<!\ba\s)(?<!\bthe\s)(?<!\bthis\s)(?<!\bthat\s)(?<!\bwhat\s)(?<!\bany\s)(?<!\bsome\s)(?<!\bone\s)"
    r"(?<!\bevery\s)(?<!\bwhich\s)\bsort of\b",
    "kind of": r"(?<!\ba\s)(?<!\bthe\s)(?<!\bthis\s)(?<!\bthat\s)(?<!\bwhat\s)(?<!\bany\s)(?<!\bsome\s)(?<!\bone\s)"
    r"(?<!\bevery\s)(?<!\bwhich\s)\bkind of\b",
    "basically": r"\bbasically\b",
    "literally": r"\bliterally\b",
    "or something": r"\bor something\b(?!\s+(?:else|like|that|to|in|we|I)\b)",
    "and stuff": r"\band stuff\b",
    "or whatever": r"\bor whatever\b(?=\s*(?:[.,;!?]|$))",
}
"""Filler as it is named -> where it is one. The same words used for their meaning are left alone as far as the
words beside them tell."""

_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _FILLERS.items()}

_WE = re.compile(r"\bwe\b", re.IGNORECASE)
_I = re.compile(
    r"(?<!\b(?i:type) )(?<!\b(?i:stage) )(?<!\b(?i:phase) )(?<!\b(?i:part) )(?<!\b(?i:class) )"
    r"\b(?:I\b(?![./]\w)|i(?=['\u2019 ]))"
)
"""The pronoun, contracted or not; neither a Roman numeral nor "i.e."."""


class Speech(Document):
    """Counts of one answer, or of several added up."""

    words: int = 0
    sentences: int = 0
    we: int = 0
    i: int = 0
    fillers: dict[str, int] = Field(default_factory=dict)
    """Filler -> how often it was said; only those that were."""

    @property
    def fillers_per_hundred(self) -> float | None:
        """Fillers in a hundred words; None without words."""
        return 100 * sum(self.fillers.values()) / self.words if self.words else None

    @property
    def share_of_i(self) -> float | None:
        """How many of all "I" and "we" are "I", 0 to 1; None if neither was said."""
        return self.i / (self.i + self.we) if self.i + self.we else None


def together(several: Sequence[Speech]) -> Speech:
    """The counts of several answers added up."""
    fillers: Counter[str] = Counter()
    for one in several:
        fillers.update(one.fillers)
    return Speech(
        words=sum(one.words for one in several),
        sentences=sum(one.sentences for one in several),
        we=sum(one.we for one in several),
        i=sum(one.i for one in several),
        fillers=dict(fillers),
    )


def speech_of(text: str) -> Speech:
    """The counts of one answer."""
    return Speech(
        words=words(text),
        sentences=len(sentences(text)),
        we=len(_WE.findall(text)),
        i=len(_I.findall(text)),
        fillers=dict(_fillers(text)),
    )


def _fillers(text: str) -> Iterator[tuple[str, int]]:
    plain = " ".join(text.replace("\u2019", "'").split())
    for name, pattern in _PATTERNS.items():
        if found := len(pattern.findall(plain)):
            yield name, found
