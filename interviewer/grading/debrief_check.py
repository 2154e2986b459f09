"""Holds a written debrief against the scorecard that it was written from. Pure.

What is checked: numbers, levels, the verdict, quotes, what is praised and what is called missing, and that the
answer told anew holds nothing that the candidate did not say. What cannot be checked by rule is not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from interviewer.grading.claims import mentioned, other_verdicts, wrong_levels
from interviewer.grading.evidence import Said, invented_quotes, numbered
from interviewer.grading.figures import figures, values_in
from interviewer.grading.grader import Exchange
from interviewer.grading.own_facts import foreign, with_placeholders
from interviewer.rubric import NOT_ASSESSED, Rubric
from interviewer.scorecard import CriterionResult, Scorecard
from interviewer.text import sentences, words

Part = Literal["verdict", "strengths", "missing", "stronger", "practise"]

MOST_WORDS_STRONGER = 150
"""Of the answer told anew."""

_FIRST_PERSON = re.compile(r"\b(?:i|my|me|we|our|us)\b", re.IGNORECASE)
_OF_A_SCORE = re.compile(r"\b(?:scor(?:e|ed|es|ing)|overall|total|of the scale)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b|out of\b|/\s?\d|points?\b)", re.IGNORECASE)
_SINGLE_QUOTES = re.compile(r"\u2018([^\u2018]{12,}?)\u2019(?!\w)|(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w)){12,}?)'(?!\w)")
_ANGLED_QUOTES = re.compile(r"[\u00ab\u201e]([^\u00ab\u00bb\u201e\u201c\u201d]{12,})[\u00bb\u201c\u201d]")


@dataclass(frozen=True, slots=True)
class Point:
    """A strength, or something missing, and the criterion that it is about."""

    criterion: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A debrief as it was written, before anything of it is believed."""

    verdict: str
    strengths: tuple[Point, ...] = ()
    missing: tuple[Point, ...] = ()
    stronger: str = ""
    practise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What a debrief is held against."""

    card: Scorecard
    rubrics: tuple[Rubric, ...]
    exchanges: tuple[Exchange, ...]
    """All that was asked and answered in the interview."""

    @property
    def said(self) -> tuple[str, ...]:
        """The candidate's words."""
        return tuple(one.answer for one in self.exchanges)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part, or with one entry of it."""

    part: Part
    place: int
    """Of the entry in its part, from 0."""
    complaint: str


def faults(draft: Draft, record: Record) -> tuple[Fault, ...]:
    """Everything that does not agree with the record, in the order of the parts."""
    say = _checker(record)
    found = [Fault("verdict", 0, complaint) for complaint in _verdict(draft.verdict, say)]
    for place, point in enumerate(draft.strengths):
        wrong = [*_praised(point, record), *say(point.text)]
        found += [Fault("strengths", place, complaint) for complaint in wrong]
    for place, point in enumerate(draft.missing):
        wrong = [*_missed(point, record), *say(point.text)]
        found += [Fault("missing", place, complaint) for complaint in wrong]
    found += [Fault("stronger", 0, complaint) for complaint in _stronger(draft.stronger, record)]
    for place, exercise in enumerate(draft.practise):
        found += [Fault("practise", place, complaint) for complaint in say(exercise)]
    return tuple(found)


def mended(draft: Draft, found: Iterable[Fault], record: Record) -> Draft | None:
    """The draft without what is wrong with it; None if that is its verdict, without which there is no debrief.

    In the answer told anew, what the candidate did not give becomes a placeholder; it is left out if it is
    at fault otherwise.
    """
    wrong = {(fault.part, fault.place) for fault in found}
    if ("verdict", 0) in wrong:
        return None
    stronger = draft.stronger
    if ("stronger", 0) in wrong:
        stronger = with_placeholders(stronger, foreign(stronger, record.said, _heard(record)))
        stronger = "" if any(_stronger(stronger, record)) else stronger
    return replace(
        draft,
        strengths=tuple(one for place, one in enumerate(draft.strengths) if ("strengths", place) not in wrong),
        missing=tuple(one for place, one in enumerate(draft.missing) if ("missing", place) not in wrong),
        practise=tuple(one for place, one in enumerate(draft.practise) if ("practise", place) not in wrong),
        stronger=stronger,
    )


def _checker(record: Record) -> Callable[[str], list[str]]:
    """What is asked of every text that speaks of the interview."""
    card = record.card
    shown = tuple(_percentages(card))
    known = values_in((*_shown(card), *record.said)) | frozenset(shown) | _counts(card)
    said = numbered(record.exchanges)

    def check(text: str) -> list[str]:
        return [
            *_numbers(text, known),
            *_scores(text, frozenset(shown)),
            *wrong_levels(text, card, record.rubrics),
            *other_verdicts(text, card.verdict),
            *_quotes(text, said),
        ]

    return check


def _verdict(text: str, say: Callable[[str], list[str]]) -> list[str]:
    return say(text) if text.strip() else ["The verdict is empty."]


def _numbers(text: str, known: frozenset[Decimal]) -> Iterator[str]:
    for figure in figures(text):
        if not figure.small and not figure.values & known:
            yield f"The number {figure.text!r} is neither on the scorecard nor in the answers."


def _scores(text: str, shown: frozenset[Decimal]) -> Iterator[str]:
    """A share of the scale has to be one of the scorecard's; that the candidate said such a number is no excuse."""
    for sentence in (one.text for one in sentences(text)):
        if not _OF_A_SCORE.search(sentence):
            continue
        for figure in figures(sentence):
            if _PERCENT.match(sentence, figure.end) and not figure.values & shown:
                yield f"The score {figure.text!r} is not on the scorecard."


def _quotes(text: str, said: Mapping[str, Said]) -> Iterator[str]:
    plain = _ANGLED_QUOTES.sub(r"“\1”", _SINGLE_QUOTES.sub(lambda one: f"“{one.group(1) or one.group(2)}”", text))
    for quote in invented_quotes(plain, said):
        yield f"The candidate did not say {quote!r}."


def _praised(point: Point, record: Record) -> Iterator[str]:
    own = _results(record, point.criterion)
    if not own:
        yield f"There is no criterion `{point.criterion}`."
    elif all(one.level == NOT_ASSESSED for one in own):
        yield f"{own[0].title} was not assessed, so it is no strength."
    yield from _all_at(point, own, record, 0, "is rated at the lowest level, so it is no strength")


def _missed(point: Point, record: Record) -> Iterator[str]:
    own = _results(record, point.criterion)
    if not own:
        yield f"There is no criterion `{point.criterion}`."
    yield from _all_at(point, own, record, -1, "is rated at the highest level, so it is not missing")


def _all_at(
    point: Point, own: tuple[CriterionResult, ...], record: Record, place: int, complaint: str
) -> Iterator[str]:
    """Criteria of the point, by their id or named in its text, that are at this place of their scale."""
    ends = {rubric.id: rubric.levels[place].id for rubric in record.rubrics}
    at: dict[str, list[bool]] = {}
    for one in (*own, *mentioned(point.text, record.card)):
        at.setdefault(one.title, []).append(one.level == ends.get(one.rubric))
    yield from (f"{title} {complaint}." for title, places in at.items() if all(places))


def _results(record: Record, criterion: str) -> tuple[CriterionResult, ...]:
    return tuple(one for one in record.card.criteria if one.criterion == criterion)


def _stronger(text: str, record: Record) -> Iterator[str]:
    if not text:
        return
    for one in foreign(text, record.said, _heard(record)):
        yield f"The candidate did not give {one.text!r}; {one.placeholder} stands for it."
    if words(text) > MOST_WORDS_STRONGER:
        yield f"The stronger version has {words(text)} words; {MOST_WORDS_STRONGER} are the most."
    if not _FIRST_PERSON.search(text):
        yield "The stronger version is not in the first person."


def _heard(record: Record) -> tuple[str, ...]:
    return tuple(one.asked for one in record.exchanges)


def _percentages(card: Scorecard) -> Iterator[Decimal]:
    """Every share that a reader of the scorecard sees, in percent."""
    shares = [card.share, card.assessed]
    for one in card.criteria:
        shares += [one.share, one.weight]
    for member in card.members:
        shares += [member.share_before, member.share_after]
    for share in shares:
        if share is not None:
            yield Decimal(f"{100 * share:.0f}")
            yield Decimal(f"{100 * share:.1f}")


def _counts(card: Scorecard) -> frozenset[Decimal]:
    """Of questions, follow-ups and minutes."""
    rated = sum(1 for answer in card.answers if answer.status == "graded")
    closed = sum(1 for probe in card.probes if probe.closed)
    counts = (len(card.answers), rated, len(card.probes), closed, len(card.probes) - closed, round(card.seconds / 60))
    return frozenset(Decimal(count) for count in counts)


def _shown(card: Scorecard) -> Iterator[str]:
    """What the scorecard says in words, but for the model sentences: their figures are nobody's."""
    yield from (card.spoken, card.why, card.level or "", card.level_reason or "", card.feedback or "")
    yield from (*card.strengths, *card.missing, *card.practice)
    for result in card.criteria:
        yield from (result.title, result.level_title, result.anchor, result.reasoning, result.practice or "")
        yield from (evidence.quote for evidence in result.evidence)
    for answer in card.answers:
        yield from (answer.asked, answer.speaker, *answer.missed, *answer.covered)
    for probe in card.probes:
        yield from (probe.asked, probe.about)
    for flaw in card.flaws:
        yield from (flaw.flaw, flaw.why)
    for member in card.members:
        yield from (member.name, member.role, member.note)
