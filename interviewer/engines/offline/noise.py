"""Text that is no answer to anything (random letters, filler text), or to something else altogether."""

from __future__ import annotations

import re
from collections.abc import Callable

from interviewer.engines.offline.common_words import TRADE
from interviewer.engines.offline.stems import STOP_WORDS, Passage, stem

_LOREM = frozenset(
    """lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna
    aliqua enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo consequat duis aute
    irure reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat cupidatat
    proident culpa officia deserunt mollit laborum""".split()
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_UNSAYABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}")
_UNUSUAL_PAIRS = re.compile(
    r"q[^u]|[jqvxz][bcdfgjkmpqtvwxz]|[bcdfghkmpvw]x|[fghkpvwz]j|[bcdfgjkmpqvwx]q|[bcdfgjkpqvwxz]z(?!z)"
    r"|vb|fk|kf|gf|dk(?!i)|jk|kj|hj|hg|fd(?!a)"
)
_LATIN = re.compile(r"^[a-z]+$")

_SUBJECTS = {
    "cooking": """flour sugar butter oven bake baking baked dough recipe teaspoon tablespoon salt pepper garlic onion
    simmer boil fry preheat whisk stir knead cup cups pan bowl eggs egg milk vanilla chop slice slices
    sauce cake bread cheese tomato tomatoes olive ingredients minutes degrees serve yeast lasagne lasagna
    banana bananas apple apples pasta pizza soup""",
    "weather": """weather rain rainy sunny sun cloudy clouds temperature forecast wind windy snow humid humidity storm
    thunderstorm nice degrees celsius fahrenheit tomorrow umbrella warm cold breeze""",
    "sport": """football soccer goal goals match league season striker midfielder goalkeeper basketball tennis
    cricket championship tournament stadium penalty coach scored won team cup player players fans""",
    "animals": """cat cats dog dogs kitten kittens puppy puppies fur paws whiskers meow bark tail pet pets animal
    animals bird birds horse horses elephant elephants lion lions habitat species mammal mammals
    predator""",
    "history": """king queen empire emperor war century battle revolution treaty roman medieval dynasty castle pharaoh
    ancient throne colony army soldiers conquered""",
    "verse": """love heart baby night dance sing song oh dream dreams kiss moonlight forever tears stars roses
    heaven angel""",
    "travel": """beach hotel flight sightseeing tourist tourists museum vacation airport passport island cruise
    resort luggage lake boat mountains family grandmother weekend sunday holiday sister brother""",
}
_SUBJECT_STEMS = {name: frozenset(stem(word) for word in words.split()) for name, words in _SUBJECTS.items()}
_FOREIGN = frozenset[str]().union(*_SUBJECT_STEMS.values())


def is_noise(passage: Passage) -> bool:
    """True for random letters, keyboard runs and placeholder text. Other scripts and languages are no noise."""
    words = passage.words
    if sum(map(STOP_WORDS.__contains__, words)) >= 0.2 * len(words):
        return False
    if sum(word in _LOREM for word in words) >= max(3, 0.4 * len(words)):
        return True
    longer = [word for word in words if len(word) >= 4 and _LATIN.match(word)]
    found = sum(_is_gibberish(word) for word in longer)
    return found >= max(1, 0.6 * len(longer)) and 2 * found >= len(words)


def _is_gibberish(word: str) -> bool:
    if _UNSAYABLE.search(word) or any(word[:4] in row or word[:4] in row[::-1] for row in _ROWS):
        return word not in _REAL
    vowels = sum(letter in "aeiouy" for letter in word)
    return vowels == 0 or (len(_UNUSUAL_PAIRS.findall(word)) >= 2)


_REAL = frozenset("property power powers prope wert were tree treetop popup asdf".split()) - {"asdf"}


def is_elsewhere(passage: Passage, subject: Callable[[], frozenset[str]]) -> bool:
    """True if the answer is plainly about another subject: nothing of the question, much of a foreign field.

    Needs a dozen words, none or one of which belongs to the question. Either four of them belong to one everyday field
    far from any interview and nobody tells what they or their group did (a story from life told by someone is an
    answer), or five belong to several such fields, whoever tells them.
    """
    if len(passage.words) < 12:
        return False
    if len(passage.content & _FOREIGN) < LEAST_FOREIGN:
        return False
    fields = [passage.content & stems for stems in _SUBJECT_STEMS.values()]
    mixed = frozenset().union(*fields)
    if len(passage.content & subject()) > 1:
        return False
    if (
        sum(bool(field) for field in fields) >= FIELDS_MIXED
        and len(mixed) >= max(LEAST_FOREIGN, MIXED_SHARE * len(passage.content))
        and len(passage.content & TRADE) <= 1
    ):
        return True
    told = sum(word in {"i", "my", "we", "our"} for word in passage.words)
    if told >= 2 or (told and len(passage.words) < 25):
        return False
    return max(len(field) for field in fields) >= max(LEAST_FOREIGN, 0.2 * len(passage.content))


LEAST_FOREIGN = 4
"""Words of foreign fields, of one or of several, below which no answer is about them."""

FIELDS_MIXED, MIXED_SHARE = 2, 0.3
"""Small talk mixes fields: so many of them, with words that make up this share of what is said."""
