"""An interview as Markdown in which nothing that somebody said is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interviewer.exports.page import clock
from interviewer.exports.story import Passage, Story, Verdict
from interviewer.markup.markdown import escaped, quoted
from interviewer.scorecard import Scorecard
from interviewer.scorecard_text.words import (
    answer_name,
    assessed_first,
    criterion_name,
    flaw_state,
    percent,
    practice_text,
    stamp_sentence,
    standing,
    verdict_word,
)


def as_markdown(story: Story) -> str:
    """The interview as one document."""
    return "\n".join(_document(story)).rstrip() + "\n"


def _document(story: Story) -> Iterator[str]:
    yield f"# {escaped(story.title)}"
    yield ""
    for name, value in story.facts:
        yield f"- {name}: {escaped(value)}"
    if story.caveat:
        yield f"- Damaged: {escaped(story.caveat)}"
    yield ""
    if story.scorecard is not None:
        yield "## Scorecard"
        yield ""
        yield from _card(story, story.scorecard)
    yield "## Transcript"
    yield ""
    for passage in story.passages:
        yield from _passage(passage)


def _card(story: Story, card: Scorecard) -> Iterator[str]:
    yield f"**{escaped(verdict_word(card.verdict))}**, {percent(card.share)} in all. {escaped(card.why)}"
    yield ""
    yield from quoted(card.spoken)
    yield ""
    for stamp in card.stamps:
        yield escaped(stamp_sentence(stamp))
        yield ""
    if card.level:
        yield f"Level recommended: {escaped(card.level)}."
        yield ""
    for result in assessed_first(card):
        yield f"### {escaped(criterion_name(card, result, story.rubrics))}: {escaped(standing(result))}"
        yield ""
        if result.share is not None:
            yield escaped(f"{result.anchor} {result.reasoning}")
            yield ""
        for one in result.evidence:
            yield f"> \u201c{escaped(one.quote)}\u201d ({answer_name(card, one)})"
            yield ""
    for member in card.members:
        votes = f"{verdict_word(member.vote_before)}, then {verdict_word(member.vote_after)}"
        yield f"- {escaped(member.name)}, {escaped(member.role)}: {escaped(votes)}. {escaped(member.note)}"
    if card.members:
        yield ""
    groups = (("Strong", card.strengths), ("Missing", card.missing), ("To practise", card.practice))
    for name, points in groups:
        yield from _listed(name, (practice_text(card, point, story.rubrics) for point in points))
    yield from _listed(
        "What was wrong in what they told you", (f"{flaw_state(one)}: {one.flaw} {one.why}" for one in card.flaws)
    )


def _listed(name: str, points: Iterable[str]) -> Iterator[str]:
    found = list(points)
    if found:
        yield f"### {name}"
        yield ""
        yield from (f"- {escaped(point)}" for point in found)
        yield ""


def _passage(passage: Passage) -> Iterator[str]:
    if passage.kind == "part":
        yield f"### {escaped(passage.text)}"
        yield ""
        return
    if passage.kind == "note":
        yield f"*{escaped(passage.text)}*"
        yield ""
        return
    closed = {True: ", closed", False: ", still open", None: ""}[passage.closed]
    label = f" ({passage.label}{closed})" if passage.label else ""
    yield f"**{escaped(passage.by)}**{label}, {clock(passage.clock)}"
    yield ""
    yield from quoted(passage.text)
    yield ""
    if passage.verdict:
        yield from _verdict(passage.verdict)


def _verdict(verdict: Verdict) -> Iterator[str]:
    if not verdict.ratings:
        yield f"*{escaped(verdict.status)}*"
    else:
        weak = ", weak" if verdict.weak else ""
        levels = "; ".join(
            f"{one.criterion} {one.level}{f' ({one.judge})' if one.judge else ''}" for one in verdict.ratings
        )
        yield f"*{percent(verdict.share)}{weak}: {escaped(levels)}*"
    yield ""
