"""A scorecard as a part of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interviewer.exports.story import Story
from interviewer.markup.html import Content, Html, element, joined, lines
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import CriterionResult, Evidence, Scorecard
from interviewer.scorecard_text.words import (
    answer_name,
    assessed_first,
    criterion_name,
    debrief_sentence,
    flaw_state,
    percent,
    practice_text,
    spread_text,
    stamp_sentence,
    standing,
    stronger_name,
    verdict_word,
)

_NOT_FINISHED = "This interview has no scorecard yet."


def scorecard_section(story: Story) -> Html:
    """Everything that grading made of an interview; a sentence where it made nothing yet."""
    heading = element("h2", "Scorecard", id="scorecard-title")
    card = story.scorecard
    body = (element("p", _NOT_FINISHED),) if card is None else tuple(_card(story, card))
    return element("section", heading, *body, id="scorecard", aria_labelledby="scorecard-title")


def _card(story: Story, card: Scorecard) -> Iterator[Content]:
    yield element(
        "div",
        element("p", verdict_word(card.verdict), class_=f"verdict-word {card.verdict}"),
        element("blockquote", lines(card.spoken)),
        element("p", card.why),
        element("p", f"Level recommended: {card.level}. {card.level_reason or ''}") if card.level else None,
        element(
            "dl",
            _fact("Total", percent(card.share)),
            _fact("Assessed", f"{card.assessed:.0%} of the rubric's weight"),
            class_="facts",
        ),
        class_="banner",
    )
    for stamp in card.stamps:
        yield element("p", stamp_sentence(stamp), class_="small")
    yield from _points(story, card)
    yield from _debrief(card)
    if card.veto:
        yield _titled("Veto", element("p", card.veto.reason), _quote(card, card.veto.evidence))
    yield _titled("Criteria", *(_criterion(story, card, result) for result in assessed_first(card)))
    yield from _panel(card)
    yield from _flaws(card)


def _points(story: Story, card: Scorecard) -> Iterator[Content]:
    groups = (("Strong", card.strengths), ("Missing", card.missing), ("To practise", card.practice))
    columns = [
        _titled(name, element("ul", *(element("li", practice_text(card, one, story.rubrics)) for one in points)))
        for name, points in groups
        if points
    ]
    if columns:
        yield element("div", *columns, class_="columns")


def _debrief(card: Scorecard) -> Iterator[Content]:
    debrief = card.debrief
    if debrief is None:
        return
    stronger = (element("h4", stronger_name(card, debrief)), lines(debrief.stronger)) if debrief.stronger else ()
    yield _titled(
        "Debrief",
        element("p", debrief_sentence(debrief), class_="small"),
        element("blockquote", lines(debrief.verdict)),
        _listed("Strong", debrief.strengths),
        _listed("Missing", debrief.missing),
        _listed("Practise", debrief.practise),
        *stronger,
    )


def _listed(name: str, points: Iterable[str]) -> Html:
    items = [element("li", point) for point in points]
    return joined(element("h4", name), element("ul", *items)) if items else joined()


def _criterion(story: Story, card: Scorecard, result: CriterionResult) -> Html:
    if result.share is None:
        name = criterion_name(card, result, story.rubrics)
        return element("p", element("b", name), f": {standing(result)}", class_="criterion none")
    gate = "Gate not passed: this alone rules out a positive verdict."
    return element(
        "div",
        element(
            "div",
            element("h4", criterion_name(card, result, story.rubrics)),
            element("span", standing(result), class_="standing"),
            _meter(result.share),
            class_="criterion-head",
        ),
        element("p", element("b", gate)) if result.gate_failed else None,
        element("p", element("span", "Level: ", class_="name"), result.anchor) if result.anchor else None,
        element("p", element("span", "Why: ", class_="name"), result.reasoning),
        *(_quote(card, evidence) for evidence in result.evidence),
        class_="criterion",
    )


def _meter(share: float) -> Html:
    """The share as a bar. It says nothing that the words beside it do not."""
    return element(
        "svg",
        element("rect", x=0, y=0, width=100, height=6, class_="rail"),
        element("rect", x=0, y=0, width=f"{100 * share:.1f}", height=6, class_=f"level{min(3, int(share * 3 + 0.5))}"),
        viewBox="0 0 100 6",
        preserveAspectRatio="none",
        class_="meter",
        aria_hidden="true",
    )


def _quote(card: Scorecard, evidence: Evidence) -> Html:
    where = element("a", answer_name(card, evidence), href=f"#e{evidence.event}")
    return element("p", f"\u201c{evidence.quote}\u201d ", element("cite", where), class_="quote")


def _panel(card: Scorecard) -> Iterator[Content]:
    if not card.members:
        return
    rows = [
        element(
            "tr",
            element("th", member.name, element("span", member.role, class_="small"), scope="row"),
            element("td", f"{verdict_word(member.vote_before)}, {percent(member.share_before)}"),
            element("td", f"{verdict_word(member.vote_after)}, {percent(member.share_after)}"),
            element("td", member.note),
        )
        for member in card.members
    ]
    titles = ("Member", "Blind vote", "After the others' were shown", "Note")
    head = element("thead", element("tr", *(element("th", title, scope="col") for title in titles)))
    spreads = (element("li", spread_text(one)) for one in card.spreads if NOT_ASSESSED not in {one.lowest, one.highest})
    yield _titled(
        "Panel",
        element("div", element("table", head, element("tbody", *rows)), class_="scroll"),
        element("h4", "How far apart they were"),
        element("ul", *spreads),
    )


def _flaws(card: Scorecard) -> Iterator[Content]:
    if not card.flaws:
        return
    items = [
        element(
            "li",
            element("b", flaw_state(flaw).capitalize()),
            f": {flaw.flaw} {flaw.why}",
            _quote(card, flaw.noticed) if flaw.noticed else None,
        )
        for flaw in card.flaws
    ]
    yield _titled("What was wrong in what they told you", element("ul", *items))


def _titled(title: str, *content: Content) -> Html:
    return element("section", element("h3", title), *content)


def _fact(name: str, value: str) -> Html:
    return element("div", element("dt", name), element("dd", value))
