"""The interviewer as a language model: one streamed, structured call a turn, inside the loop that code owns.

As soon as the reply's move is complete it is checked; an illegal one ends the stream unseen and is asked
for once more with the reason. After that, code picks the move and the offline engine words it, and the
log says so.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from interviewer.engines.llm.turn_reply import MOST_WORDS, Decided, IllegalTurn, check_words, decide, partial, whole
from interviewer.engines.llm.turn_request import MOST_QUESTIONS, turn_request
from interviewer.engines.offline.choice import ranked_questions
from interviewer.engines.offline.interviewer import OfflineInterviewer
from interviewer.engines.offline.wording import word
from interviewer.interview.interviewer import Remark, TurnPart, Words
from interviewer.interview.state import State
from interviewer.providers.chat import ChatModel, ChatRequest, Piece, ProviderError, Reply
from interviewer.text import sanitise
from interviewer.transcript.events import Move, Reading

TRIES = 2
"""Calls for one turn before the offline engine takes it."""


class LanguageModelInterviewer:
    """Plays a persona with a language model.

    Args:
        model: answers turns; a fast one.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._stand_in = OfflineInterviewer()

    @property
    def engine(self) -> str:
        return self._model.provider

    async def turn(self, state: State, now: float) -> AsyncIterator[TurnPart]:
        """One turn. The offline engine takes it, and the log says so, when no usable reply can be had."""
        complaint = ""
        questions = ranked_questions(state, MOST_QUESTIONS)
        for _ in range(TRIES):
            reading: Reading | None = None
            move: Move | None = None
            try:
                async for part in self._ask(state, now, turn_request(state, now, questions, complaint)):
                    reading = part if isinstance(part, Reading) else reading
                    move = part if isinstance(part, Move) else move
                    yield part
            except (IllegalTurn, ProviderError) as error:
                complaint = str(error)
                if move is not None:  # cut off while speaking: the move stands, its words are said whole
                    yield Remark("turn-cut", complaint)
                    yield Words(f" \u2026 {word(state, move, reading, now)}")
                    return
                if isinstance(error, ProviderError):
                    break
            else:
                return
        yield Remark("offline-turn", f"The offline engine took this turn. {complaint}")
        async for part in self._stand_in.turn(state, now):
            yield part

    async def _ask(self, state: State, now: float, request: ChatRequest) -> AsyncGenerator[TurnPart, None]:
        """One call: the reading and the move when they are complete, then the words as they arrive."""
        text, told = "", ""
        decided: Decided | None = None
        stream = self._model.stream(request)
        async for piece in stream:
            if isinstance(piece, Reply):
                if piece.stop == "refused":
                    raise IllegalTurn("You declined to answer. Stay in the role; the interview is harmless.")
                text = piece.text
                break
            if not isinstance(piece, Piece):
                continue
            text += piece.text
            arrived = partial(text)
            if decided is None and "say" in arrived:
                decided = decide(state, now, arrived)
                if decided.reading is not None:
                    yield decided.reading
                yield decided.move
            if decided is not None:
                more = _ready(str(arrived.get("say", "")))
                if len(more) > len(told) and len(more.split()) <= MOST_WORDS:
                    yield Words(more[len(told) :])
                    told = more
        reply = whole(text)
        if decided is None:
            decided = decide(state, now, reply)
            said = check_words(state, decided.move, str(reply.get("say", "")))
            if decided.reading is not None:
                yield decided.reading
            yield decided.move
            yield Words(said)
            return
        said = check_words(state, decided.move, str(reply.get("say", "")))
        if said.startswith(told.strip()) and len(said) > len(told):
            yield Words(said[len(told) :])

    def asks_back(self, state: State) -> bool:
        """Whether the unread answer is a question back. Heard by rule: no call is worth it."""
        return self._stand_in.asks_back(state)


def _ready(said: str) -> str:
    """What of the words may be shown: clean, and without a last piece that may still change."""
    clean = " ".join(sanitise(said).split())
    return clean.rpartition(" ")[0] + " " if " " in clean else ""
