"""Judges the brief of a take-home task by rules, for whoever is asked to do it and for whoever writes it.

Five aspects, as candidates are advised to look at them before they say yes: hours, scope, what it has to do with the
job, how it is judged, and what is paid. The rules know English words and quote the sentences that they rest on; what
they do not find may stand there in other words, and the reader is told so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

from interviewer.document import Document
from interviewer.text import Sentence, sentences

Aspect = Literal["time", "scope", "relevance", "evaluation", "compensation"]
Verdict = Literal["good", "doubtful", "red-flag"]
Flag = Literal["time-unclear", "too-long", "scope-open", "off-topic", "no-criteria", "free-labour"]

MOST_HOURS, FAR_TOO_MANY = 8.0, 20.0
"""Hours of work up to which a task is fair, and from which on it is a reason to decline."""

_MOST_QUOTES: Final = 3
_LONGEST_QUOTE: Final = 240


class Quote(Document):
    """A sentence of the brief."""

    line: int
    text: str


class Finding(Document):
    """One aspect of a brief."""

    aspect: Aspect
    verdict: Verdict
    flag: Flag | None = None
    """What is wrong, if something is."""
    why: str
    quotes: tuple[Quote, ...] = ()
    ask: str = ""
    """What to ask the company, or to add to the brief; empty if it is good."""


class Audit(Document):
    """What was found in a brief."""

    findings: tuple[Finding, ...]
    hours: float | None
    """The most hours of work that the brief names; None if it names none."""

    @property
    def serious(self) -> bool:
        """Whether something is wrong that should be cleared up before anybody begins."""
        return any(finding.verdict == "red-flag" for finding in self.findings)


def audit(brief: str) -> Audit:
    """What is good and what is wrong with a brief, aspect by aspect, always in the same order."""
    said = _Said(brief)
    rules: tuple[Callable[[_Said], Finding], ...] = (_time, _scope, _relevance, _evaluation, _compensation)
    return Audit(findings=tuple(rule(said) for rule in rules), hours=effort_hours(brief))


def effort_hours(text: str) -> float | None:
    """The most hours of work that a text gives; None if it gives none.

    A window in which to hand in, such as "within 24 hours", is no effort.
    """
    found: list[float] = []
    for sentence in sentences(text):
        for match in _HOURS.finditer(sentence.text):
            if not _is_window(sentence.text, match):
                number = match["to"] or match["number"]
                found.append(_WORDS.get(number.casefold(), 0.0) or float(number.replace(",", ".")))
    return max(found, default=None)


_WORDS: Final = {
    word: float(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"twenty": 20.0, "thirty": 30.0, "forty": 40.0}
_NUMBER: Final = rf"\d{{1,3}}(?:[.,]\d)?|{'|'.join(_WORDS)}"
_HOURS: Final = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:\s?(?:-|\u2013|to|or|and)\s?(?P<to>{_NUMBER}))?\+?[\s-]?(?:h\b|hours?\b|hrs?\b)",
    re.IGNORECASE,
)
_WINDOW_BEFORE: Final = re.compile(
    r"\b(?:hand(?:ed)? in|return\w*|send|submit\w*|due|deadline|reply|window of|after receiving)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_WINDOW_AFTER: Final = re.compile(
    r"^[\s-]*(?:window|deadline|to (?:submit|return|hand|send)|after|from (?:now|receipt|receiving)|turnaround)",
    re.IGNORECASE,
)


def _is_window(text: str, match: re.Match[str]) -> bool:
    return bool(_WINDOW_BEFORE.search(text[: match.start()]) or _WINDOW_AFTER.search(text[match.end() :]))


class _Said:
    """A brief, sentence by sentence."""

    def __init__(self, brief: str) -> None:
        self._brief = brief
        self._sentences = sentences(brief)

    def matching(self, pattern: re.Pattern[str]) -> tuple[Quote, ...]:
        """The first sentences in which the pattern is found."""
        return tuple(self._quote(one) for one in self._sentences if pattern.search(one.text))[:_MOST_QUOTES]

    def naming_hours(self) -> tuple[Quote, ...]:
        """The first sentences that give hours of work."""
        return tuple(self._quote(one) for one in self._sentences if effort_hours(one.text) is not None)[:_MOST_QUOTES]

    def count(self, pattern: re.Pattern[str]) -> int:
        """How many different things the pattern finds."""
        return len({match.group().casefold() for match in pattern.finditer(self._brief)})

    @property
    def hours(self) -> float | None:
        return effort_hours(self._brief)

    def _quote(self, sentence: Sentence) -> Quote:
        text = " ".join(sentence.text.split())
        cut = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}\u2026"
        return Quote(line=self._brief.count("\n", 0, sentence.start) + 1, text=cut)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


_WEEKEND: Final = _pattern(
    r"""\b(?: (?:the|a|this|your|one|over[ ](?:the|a))[ ]weekend | weekends?
    | (?:several|a[ ]few|two|three|four|five|[2-9])
    [ ](?:full[ ]|whole[ ]|working[ ])?days | (?:a|one|the|full)[ ](?:whole[ ]|full[ ]|working[ ])?week
    | as[ ](?:long|much[ ]time)[ ]as[ ](?:you|it)[ ](?:need|want|like|takes)\w* | no[ ]time[ ]limit
    | take[ ]your[ ]time )\b"""
)


def _time(said: _Said) -> Finding:
    hours, named = said.hours, said.naming_hours()
    ask = "How many hours should it take, and what may be left out when they are over?"
    if hours is not None and hours >= FAR_TOO_MANY:
        why = f"{hours:g} hours are more than half a working week: a reason to decline, or to offer a part of it."
        return Finding(aspect="time", verdict="red-flag", flag="too-long", why=why, quotes=named, ask=ask)
    if hours is None and (open_ended := said.matching(_WEEKEND)):
        why = "Days are named and no hours of work: whoever has most free time wins."
        return Finding(aspect="time", verdict="red-flag", flag="time-unclear", why=why, quotes=open_ended, ask=ask)
    if hours is None:
        why = "No hours of work are named."
        window = said.matching(_HOURS)
        if window:
            why = "Only the time until it is due is named, and no hours of work."
        return Finding(aspect="time", verdict="red-flag", flag="time-unclear", why=why, quotes=window, ask=ask)
    if hours > MOST_HOURS:
        why = f"{hours:g} hours are more than the four to eight that are usual."
        return Finding(aspect="time", verdict="doubtful", flag="too-long", why=why, quotes=named, ask=ask)
    return Finding(aspect="time", verdict="good", why=f"It is meant to take {hours:g} hours at most.", quotes=named)


_DELIVERED: Final = _pattern(
    r"""\b(?: deliverables? | hand[ ]in | submit | send[ ](?:us|back) | please[ ](?:include|provide|return)
    | should[ ](?:include|contain) | we[ ]expect | your[ ]submission | you[ ]should[ ](?:return|produce|deliver) )\b"""
)
_BOUNDED: Final = _pattern(
    r"""\b(?: not[ ](?:needed|required|expected|necessary) | no[ ]need | out[ ]of[ ]scope | (?:do[ ]not|don't)[ ]
    (?:need|have|build|deploy|spend|worry) | we[ ](?:do[ ]not|don't)[ ]expect | optional | at[ ]most | no[ ]more[ ]than
    | stop[ ](?:when|after|at) )\b"""
)
_OPEN: Final = _pattern(
    r"""\b(?: as[ ](?:much|many|far|good|well|complete)[ ]as[ ](?:you|possible)\w* | impress[ ]us | surprise[ ]us
    | go[ ]wild
    | be[ ]creative | anything[ ]you[ ](?:like|want|think) | sky[ ]is[ ]the[ ]limit | production[- ](?:ready|grade)
    | full(?:y)?[- ](?:featured|functional|fledged) | end[- ]to[- ]end[ ](?:product|platform|application|system)
    | the[ ]more[ ]the[ ]better | state[- ]of[- ]the[- ]art | complete[ ](?:product|platform|application|system) )\b"""
)
_LARGE: Final = _pattern(
    r"""\b(?: front[- ]?end | dashboard | kubernetes | terraform | ci/cd | docker\w* | mobile[ ]app | rest[ ]api
    | microservices?
    | authentication | database | deploy\w* | monitoring | video | slides?(?:[ ]deck)? | presentation | fine-?tun\w+
    | load[ ]test\w* | user[ ]interface | web[ ]app\w* )\b"""
)
_MOST_LARGE: Final = 4


def _scope(said: _Said) -> Finding:
    ask = "Which deliverables count, and what is not wanted?"
    if open_ended := said.matching(_OPEN):
        why = "It asks for as much as can be done, so that there is no point at which it is finished."
        return Finding(aspect="scope", verdict="red-flag", flag="scope-open", why=why, quotes=open_ended, ask=ask)
    delivered, bounded = said.matching(_DELIVERED), said.matching(_BOUNDED)
    if (large := said.count(_LARGE)) >= _MOST_LARGE and not bounded:
        why = f"It names {large} large pieces of work and no bound to any of them."
        return Finding(
            aspect="scope", verdict="red-flag", flag="scope-open", why=why, quotes=said.matching(_LARGE), ask=ask
        )
    if not delivered:
        why = "What is to be handed in is not listed."
        return Finding(aspect="scope", verdict="doubtful", flag="scope-open", why=why, ask=ask)
    why = "It says what is to be handed in" + (", and what is not needed." if bounded else ".")
    return Finding(aspect="scope", verdict="good", why=why, quotes=(delivered + bounded)[:_MOST_QUOTES])


_TOY: Final = _pattern(
    r"""\b(?: titanic | iris[ ]data\w* | mnist | cifar\S* | boston[ ]housing | california[ ]housing | wine[ ]quality
    | cats?[ ](?:and|or|vs\.?)[ ]dogs? | fizz-?buzz | sudoku | to-?do[ ](?:list|app) | leetcode | hackerrank
    | tic-?tac-?toe
    | game[ ]of[ ]life | spam[ ]data\w* | movie[ -]?lens )\b"""
)
_OURS: Final = _pattern(
    r"""\b(?: our[ ](?!engineers?\b|recruiters?\b|reviewers?\b|rubric\b|criteria\b|code\b|repository\b|backlog\b)\w+
    | (?:the|this)[ ](?:role|job|position) | you[ ](?:would|will|'ll)[ ](?:work|be[ ]working|do[ ]here|own|meet)
    | similar[ ]to[ ](?:what|our|the) | like[ ]the[ ]work | day[- ]to[- ]day
    | we[ ](?:receive|sell|run|serve|process|build|handle) )\b"""
)


def _relevance(said: _Said) -> Finding:
    ask = "Which part of the job does this look like?"
    ours = tuple(quote for quote in said.matching(_OURS) if not (_USED.search(quote.text) or _VAGUE.search(quote.text)))
    if toy := said.matching(_TOY):
        why = "A stock exercise says little about this job, and its solutions are everywhere."
        return Finding(aspect="relevance", verdict="red-flag", flag="off-topic", why=why, quotes=toy, ask=ask)
    if not ours:
        why = "Nothing says what it has to do with the job."
        return Finding(aspect="relevance", verdict="doubtful", flag="off-topic", why=why, ask=ask)
    return Finding(aspect="relevance", verdict="good", why="It is tied to what the company does.", quotes=ours)


_CRITERIA: Final = _pattern(
    r"""\b(?: rubric | criteria | (?:graded|judged|scored|evaluated|assessed|marked)[ ](?:on|by|for|against|as|with)
    | weights?
    | we[ ](?:will[ ])?(?:grade|score|look[ ](?:for|at)|value|care[ ]about|assess|evaluate|judge|weigh)\w* )\b
    | \d{1,3}\s?%\s?(?:for|of|on|:|\u2013|-)"""
)
_NAMED: Final = _pattern(
    r"""\b(?: readme | documentation | tests? | code[ ]quality | readab\w+ | results? | reasoning | approach
    | baselines? | trade-?offs?
    | error[ ]analysis | reproducib\w+ | communication | write-?up | evaluation | correctness | structure
    | metrics? )\b"""
)
_VAGUE: Final = _pattern(
    r"""\b(?: (?:we|our[ ](?:team|engineers))[ ]will[ ](?:take[ ]a[ ]look|review[ ]it|have[ ]a[ ]look|get[ ]back)
    | (?:take|have)[ ]a[ ]look[ ]at | the[ ]best[ ](?:submissions?|solutions?|candidates?) | holistic\w*
    | gut[ ]feeling )\b"""
)
_LEAST_NAMED: Final = 2


def _evaluation(said: _Said) -> Finding:
    criteria = said.matching(_CRITERIA)
    ask = "By what is it judged, who judges, and is there feedback?"
    if criteria and sum(bool(_NAMED.search(quote.text)) for quote in criteria) and said.count(_NAMED) >= _LEAST_NAMED:
        why = "It says by what the work is judged."
        return Finding(aspect="evaluation", verdict="good", why=why, quotes=criteria)
    if criteria:
        why = "It says that there are criteria, but hardly which."
        return Finding(aspect="evaluation", verdict="doubtful", flag="no-criteria", why=why, quotes=criteria, ask=ask)
    vague = said.matching(_VAGUE)
    why = "There is no more than a promise to look at it." if vague else "Nothing says by what it is judged."
    return Finding(aspect="evaluation", verdict="red-flag", flag="no-criteria", why=why, quotes=vague, ask=ask)


_PAID: Final = _pattern(
    r"""\b(?: paid | (?:we[ ](?:will[ ])?|you[ ]will[ ]be[ ])(?:pay|compensate|reimburse)\w* | compensat\w+
    | honorarium | stipend
    | voucher | gift[ ]card | invoice[ ]us | hourly[ ]rate | flat[ ]fee )\b | [$\u20ac\u00a3]\s?\d{2,}
    | \b\d{2,4}\s?(?:usd|eur|gbp)\b"""
)
_UNPAID: Final = _pattern(
    r"\b(?: unpaid | not[ ](?:paid|compensated|reimbursed) | (?:cannot|can't|do[ ]not|don't)[ ]pay )\b"
)
_THANKED: Final = _pattern(
    r"""\b(?: (?:we[ ])?(?:know|reali[sz]e|appreciate|understand|respect|value)
    [ ](?:that[ ]|this[ ]|your[ ]|it[ ]){1,2}
    (?:time|is|takes|costs|\w+[ ]time) | thank[ ]you[ ]for[ ](?:your|the|taking|spending)[ ]?(?:the[ ])?time
    | your[ ]time[ ]is )\b"""
)
_USED: Final = _pattern(
    r"""\b(?: (?:we|company)[ ](?:may|will|can|might|plan[ ]to|intend[ ]to)
    [ ](?:use|deploy|ship|integrate|merge|adopt|keep|own)
    | (?:deployed|shipped|integrated|merged)[ ](?:to|in|into|with)[ ](?:our|production) | our[ ]backlog
    | open[ ]issues?[ ]in[ ]our
    | our[ ](?:code[ ]?base|repository|production) | (?:property|ownership|rights?)[ ](?:of|to|in|passes)\b
    | (?:becomes?|remains?)[ ]
    (?:our|the)[ ]property | live[ ](?:customers?|users?|system) | pull[ ]request[ ]to[ ]our
    | assign\w*[ ]all[ ]rights )\b"""
)


def _compensation(said: _Said) -> Finding:
    unpaid, used = said.matching(_UNPAID), said.matching(_USED)
    paid = () if unpaid else said.matching(_PAID)
    ask = "Is the work paid, and who may use it afterwards?"
    if paid:
        return Finding(aspect="compensation", verdict="good", why="It is paid.", quotes=paid)
    if used:
        why = "What is made is to be used, and nothing is paid: work for free in the guise of a test."
        return Finding(aspect="compensation", verdict="red-flag", flag="free-labour", why=why, quotes=used, ask=ask)
    if thanked := said.matching(_THANKED):
        why = "It is not paid, but the time is acknowledged."
        return Finding(aspect="compensation", verdict="good", why=why, quotes=thanked)
    why = "It says that nothing is paid." if unpaid else "Nothing is said of pay."
    return Finding(aspect="compensation", verdict="doubtful", why=why, quotes=unpaid, ask=ask)
