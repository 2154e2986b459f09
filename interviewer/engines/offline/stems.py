"""Words, their stems, and phrases found by stems.

An answer is cut into words and stemmed once (`hear`); everything else in the offline engine works on
the result. Stems are those of the Snowball English stemmer (Porter 2), which makes one word of
"measured", "measures" and "measuring".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

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


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    if word.isdecimal():  # no two answers have the same numbers, and a number has no endings
        return word
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word))


def _expanded(word: str) -> list[str]:
    """A written word as the words that are said: "don't" is two, a possessive is its noun."""
    plain = _WHOLE.get(word)
    if plain is None and "'" in word:
        head, ending = word.rsplit("'", 1)
        if word.endswith("n't"):
            plain = f"{word[:-3]} not"
        elif "'" + ending in _ENDINGS:
            plain = " ".join((head, _ENDINGS["'" + ending]))
        elif ending == "s":
            plain = f"{head} is" if head in _IS_AFTER else head
    return (plain or word).split()


@lru_cache(maxsize=1 << 13)  # sentences are all different, what stands between their blanks is not
def _spoken(piece: str) -> tuple[tuple[str, str, str], ...]:
    """The words of what stands between two blanks: (word, stem, stem if it carries meaning, else "")."""
    plain = piece.casefold().replace("\u2019", "'").replace("\u02bc", "'")
    return tuple(
        (word, stem(word), stem(word) if word not in STOP_WORDS and len(word) > 1 else "")
        for written in _WORD.findall(plain)
        for word in _expanded(written)
    )


def words_of(text: str) -> list[tuple[str, str]]:
    """The words of `text` in order as (lower-case word, stem), contractions spelled out."""
    return [(word, stemmed) for piece in text.split() for word, stemmed, _ in _spoken(piece)]


class Heard(NamedTuple):
    """One sentence of an answer with its words and their stems, one stem for each word."""

    sentence: Sentence
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    """Stems of the words that carry meaning."""

    @property
    def text(self) -> str:
        return self.sentence.text


@dataclass(frozen=True)
class Passage:
    """An answer, heard once."""

    text: str
    words: tuple[str, ...]
    """All words in order."""
    stems: tuple[str, ...]
    """The stems of all words, in order."""
    content: frozenset[str]
    """Stems of all words that carry meaning."""

    @cached_property
    def sentences(self) -> tuple[Heard, ...]:
        """Those of `interviewer.text`. Worked out when somebody asks: to tell an answer from none takes none."""
        return tuple(Heard(sentence, *_said(sentence.text)) for sentence in sentences(self.text))


@lru_cache(maxsize=512)
def hear(text: str) -> Passage:
    """`text` as words and stems, and split into sentences."""
    if "%" in text:  # which alone is a word, and no sentence
        return Passage(text, *_said(" ".join(sentence.text for sentence in sentences(text))))
    return Passage(text, *_said(text))


def _said(text: str) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """The words of a text, their stems, and the stems of those that carry meaning."""
    words, stemmed, telling = [], [], []
    for spoken in map(_spoken, text.split()):
        for word, its_stem, meaning in spoken:
            words.append(word)
            stemmed.append(its_stem)
            telling.append(meaning)
    return tuple(words), tuple(stemmed), frozenset(telling) - _NOTHING


_NOTHING = frozenset(("",))


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Stems of the words of `text` that carry meaning."""
    return frozenset(telling for piece in text.split() for _, _, telling in _spoken(piece) if telling)


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words of `text`, in order."""
    return tuple(stemmed for _, stemmed in words_of(text))


def pairs(of: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Neighbouring words or stems, two by two."""
    return frozenset(pairwise(of))


@lru_cache(maxsize=512)
def stem_pairs(text: str) -> frozenset[tuple[str, str]]:
    """Neighbouring stems of `text`, which is one that many answers are laid beside."""
    return pairs(stems(text))


class Hit(NamedTuple):
    """A phrase found in a sentence: which one, and the places of its first and last word."""

    phrase: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of several words without its first."""

    number: int
    rest: tuple[str, ...]
    breaks: frozenset[str]


@dataclass(slots=True)
class _Begun:
    """The phrases that begin with a stem."""

    alone: list[int] = field(default_factory=list)
    """Numbers of those that end with it too."""
    by_second: dict[str, list[_Phrase]] = field(default_factory=dict)
    most_after: dict[str, int] = field(default_factory=dict)
    """Second stem -> after how many words, at most, a phrase with it ends."""


class Phrases:
    """Many phrases, looked for at once.

    A phrase is found in one sentence when the stems of its words occur there in order, with at most
    `between` other words between neighbours. A "not", "no" or "never" between them breaks it, and so does
    "would" or "could" if the phrase tells of the past: "I did not ship" and "I would have shipped" do not
    hold "I shipped". Each phrase is reported once per sentence.
    """

    __slots__ = ("_begun", "_between", "hits", "texts")

    def __init__(self, texts: Iterable[str], between: int = WORDS_BETWEEN) -> None:
        self.texts = tuple(texts)
        self._between = between
        self._begun: dict[str, _Begun] = {}
        for number, text in enumerate(self.texts):
            said = words_of(text)
            if said:
                first, *rest = (stemmed for _, stemmed in said)
                begun = self._begun.setdefault(first, _Begun())
                if rest:
                    phrase = _Phrase(number, tuple(rest), _breaks([word for word, _ in said]))
                    begun.by_second.setdefault(rest[0], []).append(phrase)
                    begun.most_after[rest[0]] = max(begun.most_after.get(rest[0], 0), len(rest) * (1 + between))
                else:
                    begun.alone.append(number)
        self.hits: Callable[[tuple[str, ...]], tuple[Hit, ...]] = lru_cache(maxsize=128)(
            lambda sentence: tuple(self.find(sentence))
        )
        """All that `find` finds, remembered: whether an answer only strings cues together is asked first."""

    def find(self, sentence: Sequence[str]) -> Iterator[Hit]:
        """The phrases that occur in `sentence`, given as stems: in the order of their first words."""
        seen: set[int] = set()
        for place, begun in enumerate(map(self._begun.get, sentence)):
            if begun is None:
                continue
            found = [Hit(number, place, place) for number in begun.alone if number not in seen]
            for second in sentence[place + 1 : place + 2 + self._between]:
                if second in begun.by_second:
                    for phrase in begun.by_second[second]:
                        if phrase.number not in seen:
                            last = self._follow(sentence, place, phrase.rest, 0, phrase.breaks)
                            if last is not None:
                                seen.add(phrase.number)
                                found.append(Hit(phrase.number, place, last))
            if found:
                seen.update(begun.alone)
                yield from sorted(found)

    def most_covered(self, words: Sequence[str]) -> int:
        """How many of the words, given as stems, can lie in phrases at most, wherever sentences end.

        Never less than what `find` covers in the sentences of a text, and found without any of them.
        """
        covered = end = 0
        for place, begun in enumerate(map(self._begun.get, words)):
            if begun is None:
                continue
            after = 1 if begun.alone else 0
            for second in words[place + 1 : place + 2 + self._between]:
                if second in begun.most_after:
                    after = max(after, 1 + begun.most_after[second])
            if place + after > end:
                covered += place + after - max(place, end)
                end = place + after
        return min(covered, len(words))

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
