"""Words, their stems, and phrases found by stems.

An answer is cut into words and stemmed once (`hear`); everything else in the offline engine works on
the result. Stems are those of the Snowball English stemmer (Porter 2), which makes one word of
"measured", "measures" and "measuring".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import Lock

import snowballstemmer

from interviewer.text import Sentence, sentences

WORDS_BETWEEN = 2
"""How many other words may stand between two neighbouring words of a cue phrase."""

_WORD = re.compile(r"%|[^\W_]+(?:(?<=\d)[.,]\d+[^\W_]*)*(?:'[^\W_]+)*")

_WHOLE = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "let's": "let us",
    "dont": "do not",
    "didnt": "did not",
    "doesnt": "does not",
    "cant": "can not",
    "wasnt": "was not",
    "isnt": "is not",
    "havent": "have not",
    "im": "i am",
    "ive": "i have",
    "idk": "i do not know",
    "gonna": "going to",
    "wanna": "want to",
    "%": "percent",
    "tradeoff": "trade off",
    "tradeoffs": "trade offs",
}
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS_AFTER = frozenset("it that this there here what who he she where how".split())

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing done down during each either else etc even ever every few for from further get
    gets getting got had has have having he her here hers herself him himself his how however i if in into is it its
    itself just let made make makes making many may maybe me might mine more most much must my myself no nor not now
    of off on once one only onto or other others our ours ourselves out over own perhaps quite rather really same
    shall she should so some such than that the their theirs them themselves then there these they this those though
    through thus to together too toward towards under until up upon us use very was we well were what when where
    whether which while who whom whose why will with within without would yes yet you your yours yourself able
    actually basically certainly definitely generally okay ok probably simply something sometimes somehow somewhat
    thing things lot lots kind sort bit way ways going go goes went come came""".split()
)
"""Words that say nothing about a subject by themselves."""

_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()  # the pure Python stemmer keeps the word it works on in itself


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=1 << 16)
def _expanded(word: str) -> tuple[tuple[str, str], ...]:
    """A written word as (word, stem) pairs: "don't" is two words, a possessive is its noun."""
    plain = _WHOLE.get(word)
    if plain is None and "'" in word:
        head, ending = word.rsplit("'", 1)
        if word.endswith("n't"):
            plain = f"{word[:-3]} not"
        elif "'" + ending in _ENDINGS:
            plain = " ".join((head, _ENDINGS["'" + ending]))
        elif ending == "s":
            plain = f"{head} is" if head in _IS_AFTER else head
    return tuple((part, stem(part)) for part in (plain or word).split())


def words_of(text: str) -> list[tuple[str, str]]:
    """The words of `text` in order as (lower-case word, stem), contractions spelled out."""
    plain = text.casefold().replace("\u2019", "'").replace("\u02bc", "'")
    return [pair for word in _WORD.findall(plain) for pair in _expanded(word)]


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence of an answer with its words and their stems, one stem for each word."""

    sentence: Sentence
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    """Stems of the words that carry meaning."""

    @property
    def text(self) -> str:
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class Passage:
    """An answer, heard once."""

    text: str
    sentences: tuple[Heard, ...]
    words: tuple[str, ...]
    """All words in order."""
    stems: tuple[str, ...]
    """The stems of all words, in order."""
    content: frozenset[str]
    """Stems of all words that carry meaning."""


@lru_cache(maxsize=512)
def hear(text: str) -> Passage:
    """`text` split into sentences, words and stems. The sentences are those of `interviewer.text`."""
    found = tuple(_heard(sentence) for sentence in sentences(text))
    return Passage(
        text,
        found,
        tuple(word for heard in found for word in heard.words),
        tuple(stemmed for heard in found for stemmed in heard.stems),
        frozenset().union(*(heard.content for heard in found)),
    )


def _heard(sentence: Sentence) -> Heard:
    pairs = words_of(sentence.text)
    return Heard(
        sentence,
        tuple(word for word, _ in pairs),
        tuple(stemmed for _, stemmed in pairs),
        frozenset(stemmed for word, stemmed in pairs if word not in STOP_WORDS and len(word) > 1),
    )


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Stems of the words of `text` that carry meaning."""
    return frozenset(stemmed for word, stemmed in words_of(text) if word not in STOP_WORDS and len(word) > 1)


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words of `text`, in order."""
    return tuple(stemmed for _, stemmed in words_of(text))


def pairs(of: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Neighbouring words or stems, two by two."""
    return frozenset(pairwise(of))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a sentence: which one, and the places of its first and last word."""

    phrase: int
    first: int
    last: int


class Phrases:
    """Many phrases, looked for at once.

    A phrase is found in one sentence when the stems of its words occur there in order, with at most
    `between` other words between neighbours. A "not", "no" or "never" between them breaks it, and so does
    "would" or "could" if the phrase tells of the past: "I did not ship" and "I would have shipped" do not
    hold "I shipped". Each phrase is reported once per sentence.
    """

    __slots__ = ("_between", "_by_first", "texts")

    def __init__(self, texts: Iterable[str], between: int = WORDS_BETWEEN) -> None:
        self.texts = tuple(texts)
        self._between = between
        self._by_first: dict[str, list[tuple[int, tuple[str, ...], frozenset[str]]]] = {}
        for number, text in enumerate(self.texts):
            said = words_of(text)
            if said:
                rest = tuple(stemmed for _, stemmed in said[1:])
                self._by_first.setdefault(said[0][1], []).append((number, rest, _breaks([word for word, _ in said])))

    def find(self, sentence: Sequence[str]) -> Iterator[Hit]:
        """The phrases that occur in `sentence`, given as stems."""
        seen: set[int] = set()
        for place, stemmed in enumerate(sentence):
            for number, rest, breaks in self._by_first.get(stemmed, ()):
                if number in seen or (rest and rest[0] not in sentence[place + 1 : place + 2 + self._between]):
                    continue
                last = self._follow(sentence, place, rest, 0, breaks)
                if last is not None:
                    seen.add(number)
                    yield Hit(number, place, last)

    def _follow(
        self, sentence: Sequence[str], place: int, rest: tuple[str, ...], done: int, breaks: frozenset[str]
    ) -> int | None:
        if done == len(rest):
            return place
        for following in range(place + 1, min(place + 2 + self._between, len(sentence))):
            if sentence[following] == rest[done]:
                last = self._follow(sentence, following, rest, done + 1, breaks)
                if last is not None:
                    return last
            if sentence[following] in breaks:
                return None
        return None


def _breaks(phrase: Sequence[str]) -> frozenset[str]:
    """Stems that may not stand between the words of a phrase, because they turn its meaning round."""
    unreal = _UNREAL if any(_is_past(word) for word in phrase) else frozenset[str]()
    return frozenset(stem(word) for word in (_DENIALS | unreal) - set(phrase))


def _is_past(word: str) -> bool:
    return word in _PAST or (len(word) > 3 and word.endswith("ed"))


_DENIALS = frozenset(("not", "no", "never"))
_UNREAL = frozenset(("would", "could", "should", "might"))
_PAST = frozenset(
    "built wrote led ran made took chose cut found gave got went did saw told broke fell came kept held sent".split()
)


@lru_cache(maxsize=1024)
def phrases(texts: tuple[str, ...]) -> Phrases:
    """Cue phrases compiled once."""
    return Phrases(texts)


def touches(cues: tuple[str, ...], passage: Passage) -> Heard | None:
    """The first sentence in which any of the cues occurs, or None."""
    index = phrases(cues)
    return next((heard for heard in passage.sentences if any(True for _ in index.find(heard.stems))), None)
