"""From events to what is shown of them in a conversation. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.persona import Persona
from interviewer.text import clock_time
from interviewer.transcript.events import Answer, Control, Event, Feedback, Notice, Turn
from interviewer.tui.widgets.conversation import Message

_STEERED = {
    "hint": "You asked for a hint.",
    "skip": "You passed on this.",
    "end": "You ended the interview.",
    "retry": "You answer again.",
}


def message_of(event: Event, persona: Persona) -> Message | None:
    """What the conversation shows of an event; None for what it does not show."""
    match event:
        case Turn(move=move, text=text) if text:
            if event.said_by is not None:
                return Message("interviewer", event.said_by, text, event.clock)
            person = persona.person(move.speaker)
            return Message("interviewer", person.name, text, event.clock, person.role.split(",")[0])
        case Answer(text=text):
            again = "second try" if event.retry_of is not None else ""
            return Message("candidate", "You", text or "(nothing)", event.clock, again)
        case Feedback():
            rules = "rule-based hint, not a model's judgement" if event.judged_by == "offline" else ""
            return Message("coach", "Coach", feedback_text(event), event.clock, rules)
        case Notice(text=text):
            return Message("note", "", text)
        case Control(action="pause"):
            return Message("note", "", f"Paused at {clock_time(event.clock)}.")
        case Control(action=action) if action in _STEERED:
            return Message("note", "", _STEERED[action])
        case _:
            return None


def messages_of(events: Iterable[Event], persona: Persona) -> list[Message]:
    """The conversation so far."""
    found = (message_of(event, persona) for event in events)
    return [message for message in found if message is not None]


def feedback_text(feedback: Feedback) -> str:
    """What an answer showed and missed, and one better sentence."""
    lines: list[str] = []
    for heading, points in (("Shown", feedback.showed), ("Missing", feedback.missed)):
        if points:
            lines.append(f"{heading}:")
            lines += [f"  {'+' if heading == 'Shown' else '-'} {point}" for point in points]
    if feedback.better:
        lines += ["A stronger sentence:", f"  \u201c{feedback.better}\u201d"]
    return "\n".join(lines) or "Nothing to add."
