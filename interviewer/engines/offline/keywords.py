"""Whether words state something or are only strung together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.engines.offline.stems import STOP_WORDS, hear, words_of

_VERBAL = frozenset(
    """i we he she they it you this that there who which am is are was were be been being do does did have has had will
    would can could should might must may not because if when so let went made built ran led wrote took gave saw got
    held kept chose broke grew fell rose told said asked used means includes describes uses allows
    contains stores returns gives makes takes works needs shows lets keeps gets becomes helps depends""".split()
)
_FUNCTION = STOP_WORDS - {"able", "actually", "things", "thing", "lot", "lots", "way", "ways", "kind", "sort"}

_NOUN_LIKE = frozenset(
    "distributed supervised unsupervised based shared managed embed feed speed need indeed hundred seed weighted "
    "balanced imbalanced unlabeled labeled labelled calibrated stratified regularized masked nested".split()
)

_IMPERATIVE = frozenset(
    """use measure start ask check train split send cache keep add remove compare hold log label sample run build write
    ship roll track take give make put find choose pick drop cut replay draw count score rank fix call tell show
    test begin stop move store read compute define agree""".split()
)

_FOREIGN = frozenset(
    """ich wir der das und ist ein eine nicht mit von zu je nous le la les et est un une des pour dans que
    pas il el los las y es en por con una para como io che di sono het een ik wij niet jag och att som""".split()
)

LISTED_SHARE = 0.75
"""Share of an answer's words that stand in pieces without a statement, from which on it is a list."""

FUNCTION_SHARE = 0.22
"""Share of small words (articles, prepositions, pronouns) that only lists stay under."""

LEAST_GLUED = 9
"""Fewer words without any comma or line end between them may be a statement with an unusual verb."""

LEAST_SYMBOLS = 3
"""From so many operators and brackets on it is code or a formula."""

_SYMBOL = re.compile(r"[=(){}\[\]<>*^$\\]")
_PIECE_ENDS = re.compile(r"[;,|\n]|\.\s")


def is_keyword_list(answer: str) -> bool:
    """True if terms are strung together and nothing is stated about them.

    A piece between commas, line ends or full stops states something if it holds a pronoun or auxiliary
    verb, a past form or an instruction; bullet points that do are an answer like any other.
    """
    passage = hear(answer)
    total = len(passage.words)
    if total < 6 or len(passage.content) < 5 or _small_words(passage.words) >= FUNCTION_SHARE * total:
        return False
    if len(_SYMBOL.findall(answer)) >= LEAST_SYMBOLS:
        return False
    if len(_FOREIGN.intersection(passage.words)) >= 2:  # another language has other small words
        return False
    listed = 0
    pieces = [piece for piece in _PIECE_ENDS.split(answer) if piece.strip()]
    if len(pieces) == 1 and total < LEAST_GLUED:
        return False
    for piece in pieces:
        words = tuple(word for word, _ in words_of(piece))
        if not states(words):
            listed += len(words)
    return listed >= LISTED_SHARE * total


def asks_for_list(asked: str) -> bool:
    """True if a list is what was asked for: "name three", "which kinds of", "what are the steps"."""
    words = [word for word, _ in words_of(asked)]
    if not _LISTING.isdisjoint(words):
        return True
    plural = ("what", "are", "the") in zip(words, words[1:], words[2:], strict=False)
    return plural or (not _WHICH.isdisjoint(words) and not _SORTS.isdisjoint(words))


_LISTING = frozenset(("list", "enumerate", "name", "examples"))
_WHICH = frozenset(("which", "what"))
_SORTS = frozenset(("types", "kinds", "classes", "parts", "steps", "ways", "methods", "metrics", "stages", "phases"))


def states(words: Sequence[str]) -> bool:
    """True if the words hold something that a statement has and a list of terms has not."""
    if not _VERBAL.isdisjoint(words):
        return True
    if _small_words(words) >= max(2, 0.3 * len(words)):
        return True
    if len(words) >= 4 and words[0] in _IMPERATIVE:
        return True
    return len(words) >= 3 and any(len(word) > 4 and word.endswith("ed") and word not in _NOUN_LIKE for word in words)


def _small_words(words: Sequence[str]) -> int:
    return sum(map(_FUNCTION.__contains__, words))
