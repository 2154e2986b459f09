"""Finds names, addresses, telephone numbers, links and figures in what was said, and puts placeholders in their place.

Rules on words, not understanding: `PROMISE` says what that is worth. The same thing always gets the same placeholder,
so that what belongs together can still be seen.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["name", "address", "phone", "link", "figure"]

PROMISE = (
    "Redaction goes by rules. It finds the names that you list, the candidate's own, those after words such as "
    "\u201cmy name is\u201d, \u201cat\u201d or \u201cmy manager\u201d, and the companies of the CV; e-mail addresses, "
    "telephone numbers and links. It cannot promise that nothing is left by which somebody is recognised: other names, "
    "rare jobs, places and stories stay. Read the result before you give it away."
)
"""What has to be said with everything that was redacted."""

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'\u201d\u2019)\]]+[^\s<>\"'\u201d\u2019)\].,;:!?]", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|org|net|io|dev|ai|co|app|me|de|fr|uk|eu)(?:/[^\s<>\"')\].,;]+)?\b"
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}\w{2,63}\b")
_PHONE = re.compile(r"(?<![\w.,+-])(?:\+\d{1,3}[\s./-]?|0)(?:\(?\d{1,5}\)?[\s./-]?){2,5}\d{2,}(?![\w%])")
_UNIT = (
    r"%|percent|per cent|percentage points?|k|m|bn|x|ms|s|gb|tb|mb|kb|dollars?|euros?|pounds?|usd|eur|gbp|seconds?"
    r"|minutes?|hours?|days?|weeks?|months?|quarters?|years?|people|engineers?|colleagues|users?|customers?|clients?"
    r"|requests?|events?|orders?|documents?|queries|rows|records|images?|robots?|machines?|servers?|stores?|sites?"
    r"|times|points?|thousand|million|billion|tickets?|calls?|payments?|tests?|models?|examples?"
)
_NUMBER = r"\d{1,3}(?:[,\u2009 ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"[$\u20ac\u00a3\u00a5]\s?(?:{_NUMBER})(?:\s?(?:k|m|bn|thousand|million|billion)\b)?"
    rf"|(?<![\w.])(?:{_NUMBER})(?:\s?(?:thousand|million|billion))?[\s-]?(?:%|(?:{_UNIT})\b)",
    re.IGNORECASE,
)

_NAME_WORD = r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f'\u2019-]*"
_NAMES = rf"(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,2}})"
_INTRODUCED = (
    re.compile(rf"\b(?:[Mm]y name is|[Mm]y name's|I'm called|I am called|[Cc]all me|I am|I'm|I\u2019m)\s+{_NAMES}"),
    re.compile(rf"\b(?:[Aa]t|[Ff]or|[Ww]ith|joined|left|called|named|[Ff]rom|founded)\s+{_NAMES}"),
    re.compile(
        r"\b(?:[Mm]y|[Oo]ur|[Aa]|[Tt]he)\s+(?:\w+\s+)?(?:colleague|manager|boss|lead|head|mentor|friend|teammate|founder"
        rf"|director|client|customer|employer|company)\s*,?\s+(?:called\s+|named\s+)?{_NAMES}"
    ),
)
_COMPANY = re.compile(
    rf"\b{_NAME_WORD}(?:[ &]+{_NAME_WORD}){{0,3}}[ ,]+(?:Inc|Ltd|LLC|GmbH|AG|Corp|SA|BV|PLC|plc)\b\.?"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_EMPLOYER = re.compile(rf"(?:\bat|@|,|\||\u2013|\u2014|\s-)\s*({_NAME_WORD}(?:[ &]+{_NAME_WORD}){{0,3}})")
_EDGES = (r"(?<!\w)", r"(?!\w)")
_NO_NAME = frozenset(
    """i january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday english german french spanish chinese japanese python java javascript
    typescript rust go sql postgres postgresql mysql redis kafka spark airflow docker kubernetes linux windows
    pytorch tensorflow numpy pandas github gitlab git excel slack jira bert gpt transformer transformers xgboost
    tesseract bayes the a an my our we they he she it this that these those and but so then there here what when
    where why how who yes no not one two three first second third last next week day month year christmas easter
    senior junior staff principal engineer developer manager scientist analyst lead head director intern
    researcher consultant founder bachelor master phd remote university present today berlin london paris data
    software product machine learning""".split()
)
"""Words with a capital that are no name by themselves."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: `text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


@dataclass
class Redactor:
    """Replaces what it knows, and what looks like an address, a number or a link.

    Args:
        names: to be replaced wherever they are written as names, with a capital if their script has any; the words of
            a longer name too, by the same placeholder.
        figures: whether money, percentages and counts with a unit are replaced.
        listed: names to be replaced however they are written.
    """

    names: Sequence[str] = ()
    figures: bool = False
    listed: Sequence[str] = ()
    _numbers: dict[Kind, dict[str, int]] = field(default_factory=dict)
    _aliases: dict[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None
    _always: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        names = {" ".join(name.split()) for name in (*self.listed, *self.names) if name.strip()}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            whole = self._aliases.setdefault(_key(name), _key(name))
            for word in re.findall(r"\w[\w'\u2019-]+", name):
                if _key(word) not in _NO_NAME and _is_name(word[0]):
                    self._aliases.setdefault(_key(word), whole)
        known = sorted(self._aliases, key=lambda name: (-len(name), name))
        if known:
            self._pattern = re.compile("|".join(map(_standing_alone, known)), re.IGNORECASE)
        self._always = {_key(name) for name in self.listed}

    def text(self, text: str) -> str:
        """The text with placeholders."""
        return applied(text, self.edits(text))

    def edits(self, text: str) -> tuple[Edit, ...]:
        """What is replaced in a text, in order, without overlaps."""
        taken: list[Edit] = []  # sorted
        for kind, start, end in self._found(text):
            place = bisect(taken, start, key=lambda one: one.start)
            free = (not place or taken[place - 1].end <= start) and (place == len(taken) or end <= taken[place].start)
            if free:
                taken.insert(place, Edit(start, end, self._placeholder(kind, text[start:end])))
        return tuple(taken)

    def _found(self, text: str) -> Iterator[tuple[Kind, int, int]]:
        """What may have to be replaced; of what overlaps, the earlier wins."""
        yield from (("link", one.start(), one.end()) for one in _LINK.finditer(text))
        yield from (("address", one.start(), one.end()) for one in _ADDRESS.finditer(text))
        yield from (("link", one.start(), one.end()) for one in _DOMAIN.finditer(text))
        if self._pattern:
            for one in self._pattern.finditer(text):
                if _is_name(one[0]) or _key(one[0]) in self._always:  # not the word that is spelt the same
                    yield "name", one.start(), one.end()
        yield from (("phone", one.start(), one.end()) for one in _PHONE.finditer(text) if _digits(one[0]) >= 7)
        if self.figures:
            yield from (("figure", one.start(), one.end()) for one in _FIGURE.finditer(text))

    def _placeholder(self, kind: Kind, found: str) -> str:
        key = _key(found)
        key = self._aliases.get(key, key) if kind == "name" else key
        numbers = self._numbers.setdefault(kind, {})
        return f"[{kind} {numbers.setdefault(key, len(numbers) + 1)}]"


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after its edits."""
    pieces: list[str] = []
    last = 0
    for edit in edits:
        pieces += [text[last : edit.start], edit.new]
        last = edit.end
    return "".join((*pieces, text[last:]))


def moved(place: int, edits: Iterable[Edit], *, end: bool = False) -> int:
    """Where an offset of a text is after its edits. One inside a replaced piece goes to its beginning, or its end."""
    shift = 0
    for edit in edits:
        if edit.end <= place:
            shift += len(edit.new) - (edit.end - edit.start)
        elif edit.start < place:
            return edit.start + shift + (len(edit.new) if end else 0)
        else:
            break
    return place + shift


def names_in(said: Iterable[str]) -> tuple[str, ...]:
    """The names that somebody gives in their own words."""
    found: dict[str, None] = {}
    for text in said:
        for pattern in (*_INTRODUCED, _COMPANY):
            for one in pattern.finditer(text):
                name = one["name"] if "name" in one.groupdict() else one[0]
                found.update(dict.fromkeys(_trimmed(name)))
    return tuple(found)


def employers(cv: str) -> tuple[str, ...]:
    """The companies that a CV seems to name: in lines with a year, and before Inc., Ltd. and the like."""
    found: dict[str, None] = {}
    for line in cv.split("\n"):
        for one in _COMPANY.finditer(line):
            found.update(dict.fromkeys(_trimmed(one[0])))
        if _YEAR.search(line):
            for one in _EMPLOYER.finditer(line):
                found.update(dict.fromkeys(_trimmed(one[1])))
            begins = re.match(rf"\W*({_NAME_WORD}(?:[ &]+{_NAME_WORD}){{0,3}})", line)
            if begins:
                found.update(dict.fromkeys(_trimmed(begins[1])))
    return tuple(found)


def _trimmed(name: str) -> Iterator[str]:
    """A name without words at its ends that are none; nothing if nothing is left, or only an abbreviation."""
    words = name.replace("\u2019s", "").replace("'s", "").split()
    while words and words[0].casefold().strip(".,") in _NO_NAME:
        del words[0]
    while words and words[-1].casefold().strip(".,") in _NO_NAME:
        del words[-1]
    whole = " ".join(words).strip(".,")
    if len(whole) > 2 and not (whole.isupper() and len(whole) < 5):
        yield whole


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_name(text: str) -> bool:
    """Whether a name is written as one: with a capital, or in a script that has none."""
    return text != text.lower() or text == text.upper()


def _standing_alone(name: str) -> str:
    """The pattern of a name that is no part of a word; where words are not set apart, it may stand anywhere."""
    words = r"\s+".join(map(re.escape, name.split()))
    before, after = (
        "" if _has_no_case(letter) else edge for letter, edge in zip(name[0] + name[-1], _EDGES, strict=True)
    )
    return f"{before}{words}{after}"


def _has_no_case(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)
