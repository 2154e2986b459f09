"""The interviewer as a language model: one streamed, structured call a turn, inside the loop that code owns.

As soon as the reply's move is complete it is checked; an illegal one ends the stream unseen and is asked
for once more with the reason. After that, code picks the move and the offline engine words it, and the
log says so.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from interviewer.cost import Cost
from interviewer.engines.llm.arriving import ArrivingTurn
from interviewer.engines.llm.spent import BROKEN_OFF, cost_of
from interviewer.engines.llm.turn_reply import CutOff, IllegalTurn, partial
from interviewer.engines.llm.turn_request import MOST_QUESTIONS, MOST_TOKENS, turn_request
from interviewer.engines.offline.choice import ranked_questions
from interviewer.engines.offline.interviewer import OfflineInterviewer
from interviewer.engines.offline.wording import word
from interviewer.interview.interviewer import Remark, TurnPart, Words
from interviewer.interview.state import State
from interviewer.providers.chat import ChatModel, ChatRequest, Piece, ProviderError
from interviewer.transcript.events import Move, Reading

TRIES = 2
"""Calls for one turn before the offline engine takes it."""


class DeclinedError(IllegalTurn):
    """The model refuses. It is not asked again."""


_PLAIN = (ProviderError, DeclinedError)
"""What these say is for the candidate. What other illegal turns say is for the model: it names what may be asked."""


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
        complaint, failure, most_tokens = "", "", MOST_TOKENS
        questions = ranked_questions(state, MOST_QUESTIONS)
        for _ in range(TRIES):
            reading: Reading | None = None
            move: Move | None = None
            paid = False
            try:
                async for part in self._ask(state, now, turn_request(state, now, questions, complaint, most_tokens)):
                    reading = part if isinstance(part, Reading) else reading
                    move = part if isinstance(part, Move) else move
                    paid = paid or isinstance(part, Cost)
                    yield part
            except (IllegalTurn, ProviderError) as error:
                complaint = str(error)
                if isinstance(error, CutOff):
                    most_tokens = 2 * MOST_TOKENS
                if isinstance(error, IllegalTurn) and not paid:
                    yield BROKEN_OFF
                failure = _told(error)
                if move is not None:  # cut off while speaking: the move stands, its words are said whole
                    yield Remark("turn-cut", failure)
                    yield Words(f" \u2026 {word(state, move, reading, now)}")
                    return
                if isinstance(error, _PLAIN):
                    break
            else:
                return
        yield Remark("offline-turn", f"The offline engine took this turn. {failure}", self._stand_in.engine)
        async for part in self._stand_in.turn(state, now):
            yield part

    async def _ask(self, state: State, now: float, request: ChatRequest) -> AsyncGenerator[TurnPart, None]:
        """One call: the reading and the move when they are complete, then the words as they arrive."""
        turn = ArrivingTurn(state, now)
        async for piece in self._model.stream(request):
            if isinstance(piece, Piece):
                for part in turn.take(piece.text):
                    yield part
                continue
            yield cost_of(piece)
            if piece.stop == "refused":
                raise DeclinedError("The model declined to speak.")
            if piece.stop == "truncated" and "say" not in partial(piece.text):
                raise CutOff("Your reply was cut off before `say`. Be shorter.")
            for part in turn.end(piece.text):
                yield part
            return
        raise IllegalTurn("The reply never ended.")

    def asks_back(self, state: State) -> bool:
        """Whether the unread answer is a question back. Heard by rule: no call is worth it."""
        return self._stand_in.asks_back(state)


def _told(error: IllegalTurn | ProviderError) -> str:
    """What went wrong, for the candidate."""
    if isinstance(error, _PLAIN):
        return str(error)
    if isinstance(error, CutOff):
        return "The model's reply was cut off before a word was said."
    return "What the model replied could not be used. If that goes on, choose another model."
