"""A whole scorecard as plain text, for pipes, files and terminals without screens.

Nothing here draws; lines hold no markup and no escape codes, and none is wider than asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from interviewer.cost import told
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import Evidence, Member, ProbeRecord, Scorecard
from interviewer.scorecard_text.columns import cells, wrapped
from interviewer.scorecard_text.words import (
    answer_line,
    answer_name,
    assessed_first,
    criterion_name,
    debrief_sentence,
    flaw_state,
    level_title,
    level_titles,
    minutes_and_seconds,
    not_rated_sentence,
    offline_notice,
    percent,
    practice_text,
    revoted_sentence,
    rubric_name,
    spread_text,
    stamp_sentence,
    standing,
    status_meaning,
    stronger_name,
    verdict_word,
)
from interviewer.text import one_line

LEAST_WIDTH = 24
"""Columns below which nothing is narrowed any further."""


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
    yield "Debrief", _debrief(card, width)
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
    if card.cost:
        yield from _row("Cost", told(card.cost), width)


def _row(name: str, text: str, width: int) -> Iterator[str]:
    yield from wrapped(one_line(text), width, f"{name:<11}", " " * 11 if width > 40 else "  ")


def _debrief(card: Scorecard, width: int) -> Iterator[str]:
    debrief = card.debrief
    if debrief is None:
        return
    yield from wrapped(debrief_sentence(debrief), width)
    yield ""
    yield from wrapped(f"\u201c{one_line(debrief.verdict)}\u201d", width)
    for name, points in (("Strong", debrief.strengths), ("Missing", debrief.missing), ("Practise", debrief.practise)):
        for point in points:
            yield from _row(f"{name}:", point, width)
    if debrief.stronger:
        yield ""
        yield from wrapped(f"{stronger_name(card, debrief)}:", width)
        yield from wrapped(one_line(debrief.stronger), width, "  ")


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
    if again := revoted_sentence(card):
        yield from wrapped(again, width)
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


def _probes(probes: Iterable[ProbeRecord], width: int) -> Iterator[str]:
    for probe in probes:
        state = "closed" if probe.closed else "OPEN" if probe.answered else "not answered"
        yield from wrapped(f"[{state}] {probe.type}: {one_line(probe.asked)}", width, "", "  ")
        yield from wrapped(f"went for: {one_line(probe.about)}", width, "  ", "    ")


def _flaws(card: Scorecard, width: int) -> Iterator[str]:
    for flaw in card.flaws:
        yield from wrapped(f"[{flaw_state(flaw)}] {one_line(flaw.flaw)}", width, "", "  ")
        yield from wrapped(f"Why: {one_line(flaw.why)}", width, "  ", "    ")
        if flaw.noticed:
            yield from _quote(card, flaw.noticed, width)


def _practice(card: Scorecard, width: int, rubrics: Mapping[str, str]) -> Iterator[str]:
    for name, points in (("Strong", card.strengths), ("Missing", card.missing), ("Practise", card.practice)):
        for point in points:
            text = practice_text(card, point, rubrics)
            yield from wrapped(one_line(text), width, f"{name + ':':<10}", " " * 10 if width > 40 else "  ")
