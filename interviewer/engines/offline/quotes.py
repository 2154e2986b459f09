"""The candidate's own words that a follow-up can hang on, short enough to be said back.

A quote is always a piece of the answer, letter for letter (white space aside), and reads well inside:
You said "...". None is better than a poor one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interviewer.engines.offline.agency import own_part, past_deed, shared_part
from interviewer.engines.offline.asides import is_aside
from interviewer.engines.offline.figures import figures, worded
from interviewer.engines.offline.stems import STOP_WORDS, Heard, Passage, hear, pairs
from interviewer.rubric import ProbeType

MOST_WORDS = 12
"""A quote is cut to this many words at a natural boundary."""

LEAST_WORDS = 3

_BOUNDARY = re.compile(
    r"\s*(?:[,;:()\u2014\u2013]|\s-\s)\s*"
    r"|\s+(?=(?:but|because|so that|while|although|until|unless|whereas)\b)"
)
_SOFT_BOUNDARY = re.compile(r"\s+(?=(?:and|so|then|when|where|who|which|at|in|on|from|by|after|before|within)\b)")
_LEADING = re.compile(
    r"^(?:[-*\u2022]\s*|\d{1,2}[.)]\s+"
    r"|(?:and|but|so|then|because|also|well|ok|okay|yes|yeah|now|actually|basically|which|while|although|until|unless"
    r"|whereas|finally|next|um|uh|of course|i mean|you know|like|for example|for instance|afterwards)\b[\s,]*"
    r"|(?:first|second|third)\b(?:,\s*|\s+(?=i\b|we\b)))+",
    re.IGNORECASE,
)
_NO_STATEMENT = frozenset(
    "if since that as than whether for with of to by how what why who whom whose which where such not or nor".split()
)
"""A piece that begins with one of these is no statement of its own."""

_ARTICLE_LAST = re.compile(r"\b(?:a|an)(?: \w+ly)? [\w-]+$", re.IGNORECASE)
_STARTS_ANEW = frozenset(
    "and but so then which who i we it they he she because that to for with in at on as where".split()
)

_OPEN_ENDS = frozenset("and or but so because the a an of to for from as into onto than if while".split())
"""Words that no quote ends with."""

_TRAILING_WORDS = frozenset(
    """and or but so because the a an of to for in on at by with from as is are was were be been its
    our my their his her your this these those if when while than then into onto over under about i we they he
    she not no very really more most also just had has have did do does would could should will can might both
    between such like whether let some any each every only because after before without i'd i'll we'd we'll it's
    that's there whose which who where""".split()
)
_BETTER = frozenset(
    """better faster improved improve improvement improvements significantly significant greatly huge hugely many lots
    lot much most often rarely few several large big small quickly quick fast slow cheaper expensive dramatically
    considerably substantially successful success successfully increased reduced decreased grew dropped saved higher
    lower accurate accuracy scalable efficient well positive great good happy popular best everyone everybody all
    always never nobody""".split()
)
_ABSOLUTE = frozenset("always never nobody everyone everybody all best large big small".split())
_DENIALS = frozenset("not never no".split())
_PLEASED = frozenset("happy good great well everyone everybody nobody all positive".split())
_CHOICE = frozenset(
    """chose choose chosen decided decide picked pick used use went selected opted prefer preferred switched switch
    would start built build moved move took take fine-tuned implemented designed wrote trained set put added
    made""".split()
)
_STRONG = frozenset(
    """always never best every everyone everybody nobody all definitely certainly obviously only must clearly exactly
    perfect perfectly completely impossible guarantee guarantees proven ensures ensure ensured no""".split()
)
_SUCCESS = frozenset(
    """worked works success successful well shipped launched live happy improved solved fixed finished great good
    perfect delivered smooth smoothly deployed completed""".split()
)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}\w*|[A-Z][\w-]{2,}|\w*\d\w*)\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence between two joints, and the sentence that it is part of."""

    text: str
    heard: Heard
    words: tuple[str, ...]
    place: int


def quotes(passage: Passage, kind: ProbeType, asked: str) -> tuple[str, ...]:
    """Words of the passage that a probe of this kind can point at, the most telling first.

    quantify: a claim of size or success without a figure. ownership: what "we" did. trade-off,
    counterfactual: a choice. scale, deepen, clarify: something built or named. failure: a success
    told. challenge: a strong claim. reflection: how it ended. Sentences that repeat the question, ask
    something or address the software are never quoted, and what cannot be cut well is not quoted.
    """
    found: list[tuple[float, int, str]] = []
    for clause in clauses(passage, asked):
        value = _worth(clause, kind)
        if value <= 0:
            continue
        text = tidy(clause.text)
        if text is not None:
            found.append((-value, clause.place, text))
    return tuple(text for _, _, text in sorted(found))


def quote(passage: Passage, kind: ProbeType, asked: str) -> str | None:
    """The most telling of `quotes`, or None."""
    return next(iter(quotes(passage, kind, asked)), None)


def short(text: str) -> str | None:
    """`text` cut to a length that can be said back, or None if it cannot."""
    flat = " ".join(text.split())
    if len(flat.split()) <= MOST_WORDS:
        return tidy(flat)
    return next((found for piece in _pieces(flat) if (found := tidy(piece)) is not None), None)


def clauses(passage: Passage, asked: str) -> Iterator[Clause]:
    """The pieces of a passage that are the speaker's own: no questions, asides or words of what was asked."""
    source = hear(asked)
    given = pairs(tuple(stemmed for heard in source.sentences for stemmed in heard.stems))
    place = 0
    for heard in passage.sentences:
        if heard.text.rstrip("\"'”’) ").endswith("?") or is_aside(heard):
            continue
        own = pairs(heard.stems)
        if own and len(own & given) >= 0.5 * len(own):
            continue
        for piece in _pieces(heard.text):
            part = hear(piece)
            place += 1
            yield Clause(piece, heard, part.words, place)


def _pieces(text: str) -> Iterator[str]:
    flat = " ".join(text.split())
    start = 0
    for boundary in _BOUNDARY.finditer(flat):
        if boundary.group() in {",", ":"} and _in_number(flat, boundary.start()):
            continue
        if boundary.group().strip() == "," and _between_adjectives(
            flat[start : boundary.start()], flat[boundary.end() :]
        ):
            continue
        yield flat[start : boundary.start()]
        start = boundary.end()
    yield flat[start:]


def _in_number(text: str, comma: int) -> bool:
    return text[comma - 1 : comma].isdigit() and text[comma + 1 : comma + 2].isdigit()


def _between_adjectives(head: str, tail: str) -> bool:
    """True inside "a fast, simple model", where the comma parts no statements."""
    following = tail.split(None, 1)[0].casefold() if tail else "and"
    return _ARTICLE_LAST.search(head) is not None and following not in _STARTS_ANEW


def _worth(clause: Clause, kind: ProbeType) -> float:
    words = clause.words
    if len(words) < LEAST_WORDS:
        return 0
    value = _KINDS[kind](clause)
    if value <= 0:
        return 0
    substance = sum(_tells(word) for word in words)
    return value + 0.05 * min(substance, 6) - (0.3 if len(words) > MOST_WORDS + 4 else 0) - (1 if substance < 2 else 0)


def _tells(word: str) -> bool:
    return word not in STOP_WORDS or word in _BETTER


def _has_figure(clause: Clause) -> bool:
    return any(True for _ in figures(clause.text)) or any(True for _ in worded(clause.words))


def _any(words: Sequence[str], of: frozenset[str]) -> bool:
    return any(word in of for word in words)


def _names(clause: Clause) -> bool:
    return _NAME.search(clause.text) is not None


def _for_number(clause: Clause) -> float:
    if _has_figure(clause):
        return 0
    if not _has_subject(clause) or not _any(clause.words, _BETTER - _ABSOLUTE):
        return 0
    return 1.2 if _any(clause.words, _PLEASED) else 1.5


def _for_ownership(clause: Clause) -> float:
    if not shared_part(clause.words) or not past_deed(clause.words, "we"):
        return 0
    return 1.5 + (0.3 if clause.words[0] == "we" else 0)


def _for_choice(clause: Clause) -> float:
    if not _any(clause.words, _CHOICE) or not _has_subject(clause):
        return 0
    return 1 + (0.5 if _names(clause) else 0)


def _for_system(clause: Clause) -> float:
    if not _has_subject(clause):
        return 0
    return (1.0 if _names(clause) else 0) + (0.5 if _any(clause.words, _CHOICE) else 0)


def _for_failure(clause: Clause) -> float:
    return 1.2 if _any(clause.words, _SUCCESS) and _has_subject(clause) else 0


def _for_challenge(clause: Clause) -> float:
    if clause.words[0] == "i" and _any(clause.words[:5], _DENIALS):  # a limit admitted is no claim to attack
        return 0
    return 1.2 if _any(clause.words, _STRONG) and _has_subject(clause) else 0


def _for_reflection(clause: Clause) -> float:
    told = _any(clause.words, _SUCCESS | _CHOICE) and bool({"i", "we"} & set(clause.words))
    return 1.0 + 0.1 * min(clause.place, 5) if told else 0


def _has_subject(clause: Clause) -> bool:
    """True if someone or something is said to do something, so that the quote is a statement."""
    return not _SUBJECTS.isdisjoint(clause.words[:4]) or own_part(clause.words)


_SUBJECTS = frozenset(("i", "we", "it", "they", "he", "she", "this", "our", "my", "everyone", "everybody"))

_KINDS: dict[ProbeType, Callable[[Clause], float]] = {
    "clarify": _for_system,
    "deepen": _for_system,
    "ownership": _for_ownership,
    "quantify": _for_number,
    "challenge": _for_challenge,
    "trade-off": _for_choice,
    "counterfactual": _for_choice,
    "scale": _for_system,
    "failure": _for_failure,
    "contradiction": _for_challenge,
    "reflection": _for_reflection,
}


def tidy(text: str) -> str | None:
    """The clause without its joint words, at a length that can be said back; None if it cannot be cut well."""
    text = _LEADING.sub("", text.strip(" \t\"'“”‘’.!?,;:-–—*•")).strip(" \"'“”‘’.!?,;:-–—")
    is_cut = len(text.split()) > MOST_WORDS
    if is_cut:
        cut = _cut(text)
        if cut is None:
            return None
        text = cut
    words = text.split()
    if not words or words[0].casefold() in _NO_STATEMENT or _is_open(words, is_cut):
        return None
    telling = sum(_tells(word.casefold()) for word in words)
    if len(words) < LEAST_WORDS or telling < 2 or _QUOTING.search(text) or _UNSURE.match(text):
        return None
    if words[0].casefold() in {"my", "our"} and len(words) <= LEAST_WORDS + 1:  # a thing and no statement
        return None
    return " ".join(words).rstrip(".,;:!?")


_QUOTING = re.compile(r"[\"“”]")
"""A quote within the quote does not read well."""

_UNSURE = re.compile(r"i(?:'m| am) not sure|i (?:do not|don't) (?:know|remember)|i can't say", re.IGNORECASE)


def _is_open(words: Sequence[str], is_cut: bool = True) -> bool:
    """True if the last word waits for another: an article or a joint; after a cut also a verb's part or a figure."""
    last = words[-1].casefold().strip(".,;:!?\"'")
    if not is_cut:
        return last in _OPEN_ENDS
    return last in _TRAILING_WORDS or _BARE_FIGURE.match(last) is not None or last in _COUNTS


_BARE_FIGURE = re.compile(r"^[$€£]?\d[\d.,]*$")
_COUNTS = frozenset("two three four five six seven eight nine ten eleven twelve hundred thousand million per".split())


def _cut(text: str) -> str | None:
    """`text` up to the last soft joint that leaves a whole statement of at most `MOST_WORDS` words, or None.

    A joint is good if what stands before it is whole: it has a verb, it ends in no figure, joint or auxiliary, and
    what follows begins a new phrase and not the rest of this one.
    """
    best = None
    for joint in _SOFT_BOUNDARY.finditer(text):
        head = text[: joint.start()].split()
        if not LEAST_WORDS + 1 <= len(head) <= MOST_WORDS or _is_open(head):
            continue
        said = [word.casefold() for word in head]
        if "that" in said and not _COMPLETED.isdisjoint(said[: said.index("that")]):
            continue  # half of "decided that a look was enough" is no statement
        after = text[joint.end() :].split()[:2]
        if _parts_a_phrase(head, [word.casefold() for word in after]):
            continue
        best = " ".join(head)
    return best


_COMPLETED = frozenset(
    """decided thought agreed said found believed knew showed meant saw noticed felt learned told wrote argued insisted
    know think believe find say see""".split()
)
"""What these begin is completed by all that follows "that"."""

_NEEDS_MORE = frozenset("labelled checked sent compared based moved went came got put looks looked spent".split())
_CLOSED_CLASS = frozenset("i we it they he she this that".split())


def _parts_a_phrase(head: Sequence[str], after: Sequence[str]) -> bool:
    """True if a cut here takes away what the last words need.

    "fast and | simple" (a pair), "from 34 | to 27", "sent | to", a relative clause of the last noun; "and", "so",
    "but" with a subject of its own begin a new statement.
    """
    if not after:
        return False
    first, second = after[0], after[1] if len(after) > 1 else ""
    if first in {"and", "so", "then"}:
        return second not in _CLOSED_CLASS and second not in {"then", "the", "so"}
    if first in {"who", "which", "where"}:
        return True
    last = head[-1].casefold()
    return last in _NEEDS_MORE or last.endswith("ed") or first in {"on", "from", "by"}
