"""One event of a replay as it is drawn: who said what and when, what of it is cited, and what came of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from interviewer.interview.results import STRONG_SHARE
from interviewer.replay.judgement import Judgement, judgement
from interviewer.replay.reel import Reel
from interviewer.replay.timeline import FollowUp, Given
from interviewer.scorecard import Evidence
from interviewer.scorecard_text.words import percent, status_text, verdict_word
from interviewer.text import clock_time, one_line, sanitise
from interviewer.transcript.damage import TranscriptError
from interviewer.transcript.events import Answer, Event, Finished, Turn
from interviewer.tui.widgets.conversation import Message, Voice
from interviewer.tui.widgets.history import message_of
from interviewer.tui.wording import QUIET

PARTLY_SHARE: Final = 1 / 3
"""Share of the scale from which something counts as partly shown."""

MOST_SHOWN: Final = 20_000
"""Characters of one message that are shown."""

HIT: Final = "bold reverse"
"""How what is searched for stands out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is drawn of one event."""

    voice: Voice
    content: Content


def tone(share: float | None) -> str:
    """The colour of a level."""
    if share is None:
        return QUIET
    if share >= 1 - 1e-9:
        return "$text-success"
    if share >= STRONG_SHARE - 1e-9:
        return "$text-primary"
    return "$text-warning" if share >= PARTLY_SHARE - 1e-9 else "$text-error"


def unread(error: TranscriptError) -> Entry:
    """What stands in the place of an event whose file was moved, deleted or changed while it was open."""
    return Entry("note", Content.assemble((f"\u00b7 {one_line(str(error))}", f"{QUIET} italic")))


def entry(reel: Reel, place: int, query: str = "") -> Entry:
    """What is drawn of the event at `place`, with what is searched for marked."""
    event = reel.events[place]
    given = reel.timeline.answers.get(place)
    judged = judgement(reel, given.question) if given and given.question is not None else None
    message = _message(reel, event, place)
    if message.voice == "note":
        return Entry("note", Content.assemble((f"\u00b7 {sanitise(message.text)}", f"{QUIET} italic")))
    text = sanitise(message.text).rstrip()
    words = Content(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}\u2026")
    if judged and isinstance(event, Answer):
        words = _cited(words, judged, event.seq)
    if query:
        words = words.highlight_regex(re.compile(re.escape(query), re.IGNORECASE), style=HIT)
    beside = "  ".join(part for part in (one_line(message.role), clock_time(event.clock)) if part)
    lines = [Content.assemble((one_line(message.who), "bold"), (f"  {beside}", QUIET)), words]
    if given:
        lines += _what_came_of(reel, given, judged)
    return Entry(message.voice, Content("\n").join(lines))


def _message(reel: Reel, event: Event, place: int) -> Message:
    """The message that a live interview shows of it; here follow-ups and the verdict are named too."""
    if isinstance(event, Finished):
        card = event.scorecard
        text = f"\u201c{card.spoken}\u201d\n{verdict_word(card.verdict)}, {percent(card.share)}. {card.why}"
        return Message("coach", "Verdict", text, event.clock)
    try:
        message = message_of(event, reel.header.persona)
    except KeyError:  # a damaged transcript: somebody speaks who is not on the panel
        who = event.move.speaker if isinstance(event, Turn) else ""
        message = Message("interviewer", who, event.text if isinstance(event, Turn) else "", event.clock)
    if message is None:
        return Message("note", "", event.type)
    follow_up = reel.timeline.follow_up_at(place)
    if follow_up is not None:
        return Message(message.voice, message.who, message.text, message.seconds, f"follow-up: {follow_up.type}")
    return message


# ---- What is cited ---------------------------------------------------------------------------------------------


def span_of(text: str, evidence: Evidence) -> tuple[int, int] | None:
    """Where the cited sentence stands in `text`; None if it does not, as in a transcript made elsewhere."""
    if text[evidence.start : evidence.end] == evidence.quote:
        return evidence.start, evidence.end
    start = text.find(evidence.quote) if evidence.quote else -1
    return (start, start + len(evidence.quote)) if start >= 0 else None


def _cited(words: Content, judged: Judgement, answer: int) -> Content:
    """The words with every cited sentence underlined, in the colour of the best level it stands for."""
    for evidence, share in judged.evidence(answer):
        span = span_of(words.plain, evidence)
        if span is not None:
            words = words.stylize(f"{tone(share)} underline", *span)
    return words


# ---- What came of an answer ------------------------------------------------------------------------------------


def _what_came_of(reel: Reel, given: Given, judged: Judgement | None) -> list[Content]:
    """Below an answer: what it is cited for, and the gap that was asked about next."""
    if given.replaced:
        return [Content.assemble(("given again below; this one does not count", f"{QUIET} italic"))]
    lines: list[Content] = []
    if judged and judged.asked.status is not None:
        lines.append(_rated(judged, given.seq))
    if given.led_to is not None:
        follow_up = reel.timeline.follow_up_at(given.led_to)
        if follow_up is not None:
            lines.append(
                Content.assemble(("gap ", QUIET), outcome(follow_up), (": ", QUIET), one_line(follow_up.about))
            )
    return lines


def outcome(follow_up: FollowUp) -> tuple[str, str]:
    """Whether a follow-up got what it went for."""
    if not follow_up.answered:
        return "\u2013 not answered", "bold"
    if follow_up.closed:
        return "\u2713 closed", "bold $text-success"
    return "\u25cb still open", "bold $text-warning"


def _rated(judged: Judgement, answer: int) -> Content:
    """What this very answer is cited for; the rest of the grade is told beside it."""
    share = judged.asked.share
    if share is None:
        return Content.assemble((status_text(judged.asked.status or "failed"), "bold $text-warning"))
    cited: dict[str, tuple[str, float]] = {}
    for opinion in judged.opinions:
        for one in opinion.judged:
            if any(evidence.event == answer for evidence in one.evidence):
                best = cited.get(one.title)
                if best is None or one.share > best[1]:
                    cited[one.title] = (one.level, one.share)
    parts: list[Content | tuple[str, str]] = [(f"question {judged.number}: ", QUIET)]
    parts.append((f"{share:.0%}", f"bold {tone(share)}"))
    parts.append(("  cited for " if cited else "  nothing cited from this answer", QUIET))
    for number, (title, (level, rated)) in enumerate(cited.items()):
        parts += [(", " if number else "", QUIET), f"{title} ", (level, tone(rated))]  # type: ignore[list-item]
    return Content.assemble(*parts)
