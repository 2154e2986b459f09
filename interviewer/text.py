"""Text from outside: cleaned where it enters, and split into sentences that can be pointed at; and times as text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_ESCAPE = re.compile(
    r"\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, modes
    r"|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, SOS, PM, APC with their text
    r"|[\]PX^_][^\x07\x1b\x9c\n]*"  # the same without an end: to the end of the line
    r"|[ -/]*[0-~]"  # two-character and charset sequences
    r"|$)"
)
# Eight-bit codes are stripped of their text only where it is plainly a command and has an end: the same
# characters stand in text that was decoded wrongly, and what follows them there is somebody's answer.
_C1_STRING = re.compile(r"\x9d\d{1,4};[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)")
_C1_CSI = re.compile(r"\x9b[0-?]*[ -/]*[@-~]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # invisible and bidirectional
    "\U0001d173-\U0001d17a\U0001bca0-\U0001bca3"  # the same, of musical and shorthand notation
    "\ufeff\ufff0-\ufffb\U000e0000-\U000e00ff"  # byte order mark, annotations, tag characters
    "\ud800-\udfff\ufffe\uffff]"  # lone surrogates and non-characters
)
_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b|\x0c")


def sanitise(text: str) -> str:
    """`text` without anything that a terminal or a screen would act on instead of showing.

    Removes escape sequences with their payload, control codes other than tab and newline, direction
    and invisible marks, byte order marks and lone surrogates; every kind of line break becomes `\\n`.
    Joiners that emoji and Indic scripts need are kept. Applying it twice changes nothing more.
    """
    if text.replace("\n", "").isprintable():  # nearly every text: nothing that is removed or changed is printable
        return text
    text = _NEWLINES.sub("\n", text)
    previous = None
    while previous != text:  # removing one sequence may join the halves of another
        previous = text
        text = _ESCAPE.sub("", text)
        text = _C1_STRING.sub("", text)
        text = _C1_CSI.sub("", text)
        text = _UNWANTED.sub("", text)
    return text


def one_line(text: str) -> str:
    """`text` sanitised, with every run of white space as one space: for titles, names and file names."""
    return " ".join(sanitise(text).split())


class Sentence(NamedTuple):
    """One sentence of an answer and where it stands in it: `text == answer[start:end]`."""

    number: int
    start: int
    end: int
    text: str


_CLOSING = r".!?\u2026\u3002\uff01\uff1f"
_BREAK = re.compile(
    rf"[{_CLOSING}\n](?:"  # one class of characters first, which the search can skip to; then what it was:
    rf"(?<!\n)(?<![{_CLOSING}]{{2}})[{_CLOSING}]*+"  # closing punctuation, all of it,
    r"[\"'\u201d\u2019)\]]*+(?=\s|$)"  # before white space
    r"|(?<=[\u3002\uff01\uff1f])"  # scripts that put no space after it
    r"|(?<=\n)\s*(?:\n|[-*\u2022]\s|\d{1,2}[.)]\s))"  # an empty line, or the next item of a list
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|cf|approx|ca|dr|mr|mrs|ms|prof|inc|ltd|no|fig|eq|st|jr|sr|al|resp|incl|min|max|est"
    r"|u\.s|a\.m|p\.m|[A-Za-z])\.$",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"\d{1,2}\.")
_ALSO_LAST = frozenset(("etc", "al", "min", "max", "inc", "ltd", "a.m", "p.m", "no", "est", "i"))
"""Of these, those that end a sentence if a capital follows: "I said no. We stopped." """


@lru_cache(maxsize=512)  # an answer is read, numbered and cited by its sentences
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, in order and numbered from 1, each with its offsets.

    A sentence ends at closing punctuation followed by white space, at an empty line, and before a list
    item. Abbreviations, initials and decimal figures do not end one. Text without any punctuation is
    one sentence; blank text has none. The same text is always split the same way, so a number and an
    answer are enough to find the words again.
    """
    found: list[Sentence] = []
    start = 0
    for mark in _BREAK.finditer(text):
        sign = mark.group()
        if sign == "." and _is_abbreviation(text, start, mark.end()):
            continue
        listed = sign[0] == "\n"
        _add(found, text, start, mark.start() if listed else mark.end())
        start = mark.start() if listed else mark.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the full stop before `end` belongs to the word before it, or to the number that begins a list item."""
    said = text[max(start, end - 24) : end].split()
    last = said[-1]
    if not (_is_short_form(last) or (len(said) == 1 and _NUMERAL.fullmatch(last))):
        return False
    after = text[end : end + 24].lstrip(" \t")
    # "etc." or an initial may also end a sentence: a capital after it, unless it is a title, says so.
    follows_capital = bool(after) and (after[0].isupper() or after[0] == "\n")
    return not (follows_capital and last.rstrip(".").casefold() in _ALSO_LAST)


@lru_cache(maxsize=4096)  # the last words of sentences are often the same
def _is_short_form(word: str) -> bool:
    return bool(_ABBREVIATION.search(word))


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end].strip()
    if piece and (piece[0].isalnum() or any(character.isalnum() for character in piece)):
        first = text.index(piece, start)
        found.append(Sentence(len(found) + 1, first, first + len(piece), piece))


def words(text: str) -> int:
    """How many words `text` has, as a reader would count them."""
    return len(text.split())


def clock_time(seconds: float) -> str:
    """A time on the interview clock in minutes and whole seconds, with hours where there are any: 04:05, 1:15:12."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def fence(label: str, text: str) -> str:
    """`text` between tags that it cannot close, for prompts: what is inside is data.

    `label` is a plain word. Anything in the text that looks like its closing tag is taken apart.
    """
    inside = sanitise(text)
    if "<" in inside:
        inside = re.sub(rf"<(?=\s*/?\s*{re.escape(label)}\b)", "\u2039", inside, flags=re.IGNORECASE)
    return f"<{label}>\n{inside}\n</{label}>"
