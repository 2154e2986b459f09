"""A scorecard in words: the sentences that every screen uses, and the whole as plain text.

For pipes, files and terminals without screens. Nothing here draws; lines hold no markup and no escape
codes, and none is wider than asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from interviewer.grading.verdict import verdict_name
from interviewer.persona import Verdict
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import (
    AnswerSummary,
    CriterionResult,
    Evidence,
    FlawNoticed,
    GradeStatus,
    Member,
    ProbeRecord,
    Scorecard,
    Spread,
    Stamp,
)
from interviewer.text import one_line, sanitise, sentences

LEAST_WIDTH = 24
"""Columns below which nothing is narrowed any further."""

_STATUS: dict[GradeStatus, str] = {
    "graded": "graded",
    "blank": "not rated: no answer",
    "off-topic": "not rated: off topic",
    "no-attempt": "not rated: no attempt",
    "pasted-question": "not rated: the question said back",
    "keyword-list": "not rated: only a list of terms",
    "repeated": "not rated: an earlier answer again",
    "skipped": "not rated: passed on",
    "refused": "not rated: the grader declined",
    "failed": "not rated: grading failed",
}

_MEANING: dict[GradeStatus, str] = {
    "blank": "There was no answer, or only a word or two.",
    "off-topic": "What was said has nothing to do with the question.",
    "no-attempt": "It said that the answer is not known and nothing more; how you would find out can be rated.",
    "pasted-question": "The words of the question came back, and nothing of your own was added.",
    "keyword-list": "Terms in a row say nothing: state what you did or would do with them, and why.",
    "repeated": "The same was said to an earlier question, where it counted already.",
    "skipped": "The question was passed on before anything was said to it.",
    "refused": "The grader would not judge it. That says nothing about the answer.",
    "failed": "The grader gave nothing usable, and no rating was made up. That says nothing about the answer.",
}

_OFFLINE_CALIBRATION = "rule-based;"
"""What the offline engine's calibration begins with; the sentence around it has said so."""

_MARKS: dict[Verdict, str] = {"strong-yes": "++", "yes": "+", "no": "-", "strong-no": "--", "no-decision": "?"}


def verdict_word(verdict: Verdict) -> str:
    """The verdict with a sign that reads without colour, such as `YES (+)`."""
    return f"{verdict_name(verdict).upper()} ({_MARKS[verdict]})"


def percent(share: float | None) -> str:
    """A share as a percentage, or that there is none."""
    return "not assessed" if share is None else f"{share:.0%}"


def minutes_and_seconds(seconds: float) -> str:
    """A length of time in words."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def status_text(status: GradeStatus) -> str:
    """What became of an answer, in words."""
    return _STATUS[status]


def status_meaning(status: GradeStatus) -> str:
    """What it means that an answer was not rated; empty if it was."""
    meaning = _MEANING.get(status, "")
    return f"{meaning} It counts for no criterion." if meaning else ""


def apart(levels: int) -> str:
    """How far people were apart."""
    if levels == 0:
        return "agreed"
    return "1 level apart" if levels == 1 else f"{levels} levels apart"


def stamp_sentence(stamp: Stamp) -> str:
    """Who graded and what that is worth, plainly."""
    if stamp.engine == "offline":
        who = f"Offline engine {stamp.engine_version}: rule-based hints, not a model's judgement."
    else:
        model = f", {stamp.model}" if stamp.model else ""
        prompt = f", prompt version {stamp.prompt_version}" if stamp.prompt_version else ""
        who = f"Made by {stamp.engine} {stamp.engine_version}{model}{prompt}."
    if not any(character.isdigit() for character in stamp.calibration):  # no figure, so nothing was measured
        return f"{who} Not calibrated: nobody has measured yet how far these grades agree with people's."
    measured = stamp.calibration.strip().removeprefix(_OFFLINE_CALIBRATION).strip().rstrip(".")
    return f"{who} Measured agreement: {measured}."


def offline_notice(scorecard: Scorecard) -> str:
    """What has to be known before a scorecard of the offline engine is read; empty for other engines."""
    return " ".join(stamp_sentence(stamp) for stamp in scorecard.stamps if stamp.engine == "offline")


def rubric_name(rubric: str, titles: Mapping[str, str] | None = None) -> str:
    """The title of a rubric, or its id made readable."""
    if titles and rubric in titles:
        return titles[rubric]
    words = " ".join(word.upper() if word in _ACRONYMS else word for word in rubric.split("-"))
    return words[:1].upper() + words[1:]


_ACRONYMS = frozenset({"ai", "llm", "ml", "nlp", "star"})


def criterion_name(card: Scorecard, result: CriterionResult, titles: Mapping[str, str] | None = None) -> str:
    """The title of a criterion, with that of its rubric if another criterion is called the same."""
    if sum(1 for other in card.criteria if other.title == result.title) > 1:
        return f"{result.title} ({rubric_name(result.rubric, titles)})"
    return result.title


def first_sentence(text: str) -> str:
    """What a longer text begins with."""
    found = sentences(text)
    return found[0].text if found else text


def result_behind(card: Scorecard, point: str) -> CriterionResult | None:
    """The criterion that a strength, a gap or an exercise on the scorecard is about."""
    for result in card.criteria:
        if point in {f"{result.title}: {result.reasoning}", result.practice}:
            return result
    return None


def rated_by_somebody(card: Scorecard, criterion: str) -> bool:
    """Whether any member of the panel rated it."""
    return any(member.before.get(criterion, NOT_ASSESSED) != NOT_ASSESSED for member in card.members)


def not_rated_sentence(card: Scorecard) -> str:
    """How many criteria nobody on the panel rated; empty if none."""
    count = sum(1 for result in card.criteria if not rated_by_somebody(card, result.criterion))
    if not count:
        return ""
    return f"Not assessed by anybody, and left out here: {count} of {len(card.criteria)} criteria."


def level_titles(scorecard: Scorecard) -> dict[str, str]:
    """Level id -> title, as far as the scorecard tells."""
    titles = {result.level: result.level_title for result in scorecard.criteria}
    titles[NOT_ASSESSED] = "Not assessed"
    return titles


def level_title(level: str, titles: dict[str, str]) -> str:
    """The title of a level, or its id made readable."""
    return titles.get(level) or level.replace("-", " ").capitalize()


def answer_number(scorecard: Scorecard, evidence: Evidence) -> int:
    """To which question, from 1, the cited answer belongs; 0 if to none."""
    return sum(1 for answer in scorecard.answers if answer.thread < evidence.event)


def answer_name(scorecard: Scorecard, evidence: Evidence) -> str:
    """Where something was said, in words."""
    number = answer_number(scorecard, evidence)
    return f"answer {number}" if number else "before the first question"


def cells(text: str) -> int:
    """How many columns of a terminal `text` takes, counted on the safe side."""
    if text.isascii():
        return len(text)
    taken = 0
    for character in text:
        if character == "\ufe0f":  # asks for the picture form, which is two columns wide
            taken += 1
        elif unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        else:
            taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return taken


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Lines of at most `width` columns; what is longer than a line is broken, line breaks are kept."""
    hanging = first if rest is None else rest
    lead = first
    for paragraph in sanitise(text).split("\n"):
        line = ""
        for word in _broken(paragraph.split(), max(1, width - max(cells(lead), cells(hanging)))):
            if line and cells(lead) + cells(line) + 1 + cells(word) > width:
                yield f"{lead}{line}".rstrip()
                lead, line = hanging, word
            else:
                line = f"{line} {word}" if line else word
        yield f"{lead}{line}".rstrip()
        lead = hanging


def _broken(words: Iterable[str], room: int) -> Iterator[str]:
    for word in words:
        piece, taken = "", 0
        for character in word:
            size = cells(character)
            if taken + size > room and piece:
                yield piece
                piece, taken = "", 0
            piece += character
            taken += size
        yield piece


def as_text(scorecard: Scorecard, width: int = 80, rubrics: Mapping[str, str] | None = None) -> str:
    """The whole scorecard as plain text.

    Args:
        scorecard: what to write down.
        width: columns that no line exceeds; at least 24.
        rubrics: rubric id -> title; without it, ids are made readable.
    """
    width = max(LEAST_WIDTH, width)
    lines: list[str] = []
    for title, body in _sections(scorecard, width, rubrics or {}):
        found = list(body)
        if not found:
            continue
        if lines:
            lines.append("")
        heading = list(wrapped(title, width))
        underline = ("=" if not lines else "-") * max(map(cells, heading))
        lines += [*heading, underline, *found]
    return "\n".join(lines) + "\n"


def _sections(card: Scorecard, width: int, rubrics: Mapping[str, str]) -> Iterator[tuple[str, Iterable[str]]]:
    yield f"Scorecard: {one_line(card.persona_title)}", _verdict(card, width)
    yield "Written assessment", _bar_raiser(card, width)
    yield "Panel", _panel(card, width, rubrics)
    yield "Criteria", _criteria(card, width, rubrics)
    yield "Answers", _answers(card, width)
    yield "Follow-ups", _probes(card.probes, width)
    yield "What was wrong in what they told you", _flaws(card, width)
    yield "What to practise next", _practice(card, width, rubrics)


def _verdict(card: Scorecard, width: int) -> Iterator[str]:
    if notice := offline_notice(card):
        yield from wrapped(notice, width)
        yield ""
    yield from wrapped(f"\u201c{card.spoken}\u201d", width)
    yield ""
    yield from wrapped(f"Verdict: {verdict_word(card.verdict)}", width)
    yield from wrapped(card.why, width)
    yield ""
    yield from _row("Total", percent(card.share), width)
    yield from _row("Assessed", f"{card.assessed:.0%} of the rubric's weight", width)
    yield from _row("Length", minutes_and_seconds(card.seconds), width)
    if card.level:
        yield from _row("Level", card.level, width)
    versions = ", ".join(f"{name} {version}" for name, version in card.rubrics.items())
    yield from _row("Judged by", f"{card.persona} {card.persona_version}, rubric {versions}", width)
    for stamp in card.stamps:
        if stamp.engine != "offline":
            yield from _row("Grades", stamp_sentence(stamp), width)
    if not card.stamps:
        yield from _row("Grades", "Nothing was graded.", width)


def _row(name: str, text: str, width: int) -> Iterator[str]:
    yield from wrapped(one_line(text), width, f"{name:<11}", " " * 11 if width > 40 else "  ")


def _bar_raiser(card: Scorecard, width: int) -> Iterator[str]:
    if card.feedback:
        yield from wrapped(card.feedback, width)
    if card.level:
        reason = f" {card.level_reason}" if card.level_reason else ""
        yield from wrapped(f"Level recommended: {card.level}.{reason}", width)
    if card.veto:
        yield from wrapped(f"VETO on {card.veto.criterion}: {card.veto.reason}", width)
        yield from _quote(card, card.veto.evidence, width)


def _panel(card: Scorecard, width: int, rubrics: Mapping[str, str]) -> Iterator[str]:
    if not card.members:
        return
    yield from wrapped("Votes were cast blind and locked before anyone saw the others'.", width)
    for member in card.members:
        yield from _member(member, width)
    if card.spreads:
        yield ""
        yield from wrapped("How far apart they were", width)
    for spread in card.spreads:
        yield from wrapped(spread_text(spread), width, "  ", "    ")
    titles = level_titles(card)
    yield ""
    yield from wrapped("Blind votes by criterion", width)
    for result in card.criteria:
        votes = [
            f"{member.name} {level_title(member.before[result.criterion], titles)}"
            for member in card.members
            if member.before.get(result.criterion, NOT_ASSESSED) != NOT_ASSESSED
        ]
        if votes:
            yield from wrapped(f"{criterion_name(card, result, rubrics)}: {', '.join(votes)}", width, "  ", "    ")
    if nobody := not_rated_sentence(card):
        yield from wrapped(nobody, width, "  ", "    ")


def _member(member: Member, width: int) -> Iterator[str]:
    yield from wrapped(f"{member.name}, {member.role}", width, "  ")
    yield from wrapped(
        f"blind {verdict_word(member.vote_before)}, {percent(member.share_before)}; "
        f"after {verdict_word(member.vote_after)}, {percent(member.share_after)}",
        width,
        "    ",
    )
    yield from wrapped(member.note, width, "    ")


def spread_text(spread: Spread) -> str:
    """How far the panel was apart on a criterion, before and after."""
    before = apart(spread.before)
    levels = f" ({spread.lowest} to {spread.highest})" if spread.before else f" ({spread.highest})"
    after = "" if spread.after == spread.before else f", after the re-vote {apart(spread.after)}"
    return f"{spread.title}: {before}{levels}{after}"


def assessed_first(card: Scorecard) -> tuple[CriterionResult, ...]:
    """The criteria rubric by rubric, with those that were assessed before those that were not."""
    rubrics = list(dict.fromkeys(result.rubric for result in card.criteria))
    return tuple(sorted(card.criteria, key=lambda result: (rubrics.index(result.rubric), result.share is None)))


def _criteria(card: Scorecard, width: int, rubrics: Mapping[str, str]) -> Iterator[str]:
    rubric, told = None, False
    for index, result in enumerate(assessed_first(card)):
        new = result.rubric != rubric and len(card.rubrics) > 1
        before, told = told, result.share is not None or bool(result.evidence)
        if index and (new or told or before):
            yield ""
        if new:
            rubric = result.rubric
            yield from wrapped(f"Rubric: {rubric_name(rubric, rubrics)}", width)
            yield ""
        yield from wrapped(f"{result.title}: {standing(result)}", width)
        if result.gate_failed:
            yield from wrapped("GATE NOT PASSED: this alone rules out a positive verdict.", width, "  ")
        if result.share is not None and result.anchor:
            yield from wrapped(result.anchor, width, "  Level: ", "    ")
        if told:
            yield from wrapped(result.reasoning, width, "  Why: ", "    ")
        for evidence in result.evidence:
            yield from _quote(card, evidence, width)


def standing(result: CriterionResult) -> str:
    """A criterion's level with its share and weight."""
    if result.share is None:
        return f"not assessed (weighs {result.weight:.0%})"
    return f"{result.level_title} ({result.share:.0%}, weighs {result.weight:.0%})"


def _quote(card: Scorecard, evidence: Evidence, width: int) -> Iterator[str]:
    said = f"\u201c{one_line(evidence.quote)}\u201d ({answer_name(card, evidence)})"
    yield from wrapped(said, width, "  > ", "    ")


def _answers(card: Scorecard, width: int) -> Iterator[str]:
    for number, answer in enumerate(card.answers, 1):
        if number > 1:
            yield ""
        yield from wrapped(f"{number}. {one_line(answer.asked)}", width, "", "   ")
        yield from wrapped(answer_line(answer), width, "   ")
        if meaning := status_meaning(answer.status):
            yield from wrapped(meaning, width, "   ")
        for name, points in (("Covered", answer.covered), ("Missed", answer.missed)):
            for point in points:
                yield from wrapped(one_line(point), width, f"   {name + ':':<9}", " " * 12 if width > 40 else "     ")
        if answer.better:
            yield from wrapped(f"\u201c{one_line(answer.better)}\u201d", width, "   Stronger: ", "     ")


def answer_line(answer: AnswerSummary) -> str:
    """Who asked, how often they asked on, and what became of it."""
    ups = "no follow-up" if not answer.follow_ups else f"{answer.follow_ups} follow-up"
    return f"{answer.speaker}, {ups}{'s' if answer.follow_ups > 1 else ''}; {status_text(answer.status)}"


def _probes(probes: Iterable[ProbeRecord], width: int) -> Iterator[str]:
    for probe in probes:
        state = "closed" if probe.closed else "OPEN"
        yield from wrapped(f"[{state}] {probe.type}: {one_line(probe.asked)}", width, "", "  ")
        yield from wrapped(f"went for: {one_line(probe.about)}", width, "  ", "    ")


def _flaws(card: Scorecard, width: int) -> Iterator[str]:
    for flaw in card.flaws:
        yield from wrapped(f"[{flaw_state(flaw)}] {one_line(flaw.flaw)}", width, "", "  ")
        yield from wrapped(f"Why: {one_line(flaw.why)}", width, "  ", "    ")
        if flaw.noticed:
            yield from _quote(card, flaw.noticed, width)


def flaw_state(flaw: FlawNoticed) -> str:
    """Whether the candidate saw it."""
    return "noticed" if flaw.noticed else "NOT NOTICED"


def _practice(card: Scorecard, width: int, rubrics: Mapping[str, str]) -> Iterator[str]:
    for name, points in (("Strong", card.strengths), ("Missing", card.missing), ("Practise", card.practice)):
        for point in points:
            text = practice_text(card, point, rubrics)
            yield from wrapped(one_line(text), width, f"{name + ':':<10}", " " * 10 if width > 40 else "  ")


def practice_text(card: Scorecard, point: str, rubrics: Mapping[str, str] | None = None) -> str:
    """A strength or a gap as criterion, level and the first sentence why; an exercise with its criterion."""
    result = result_behind(card, point)
    if result is None:
        return point
    name = criterion_name(card, result, rubrics)
    if point == result.practice:
        return f"{name}: {point}"
    return f"{name}: {result.level_title}. {first_sentence(result.reasoning)}"
