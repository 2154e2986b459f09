"""What the conversation shows of what happens: who is about to speak, what is heard, what was said."""

from __future__ import annotations

from interviewer.interview.conductor import Heard, Speaking, Update, Wrote
from interviewer.interview.state import State
from interviewer.transcript.events import Control, Feedback, Turn
from interviewer.tui.widgets.conversation import Conversation
from interviewer.tui.widgets.history import message_of


def show(conversation: Conversation, update: Update, state: State) -> None:
    """Shows one thing that the conductor tells, in the state that it led to."""
    match update:
        case Speaking(speaker=person):
            conversation.wait_for(person.name, person.role, "is thinking")
        case Heard(text=text):
            conversation.hear(text)
        case Wrote(event=event):
            if isinstance(event, Turn | Feedback):
                conversation.hush()
            if isinstance(event, Control):
                conversation.seen()
            if message := message_of(event, state.persona):
                conversation.add(message)
            show_waiting(conversation, state)


def show_waiting(conversation: Conversation, state: State) -> None:
    """Says who is about to speak, until there is something to hear."""
    if state.paused or conversation.hearing:
        return
    if state.floor == "coach":
        conversation.wait_for("Coach", "", "is reading your answer")
    elif state.floor == "interviewer":
        person = state.persona.person(state.speaker)
        conversation.wait_for(person.name, person.role, "is thinking")
