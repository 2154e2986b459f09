"""Prompts as a model gets them, filled in for an interview that is about to begin: for people to read."""

from __future__ import annotations

from interviewer.engines.llm.grader import grade_request
from interviewer.engines.llm.review_request import debrief_request, revote_request
from interviewer.engines.llm.turn_request import MOST_QUESTIONS, turn_request
from interviewer.engines.offline.choice import ranked_questions
from interviewer.grading.grader import Exchange, GradingRequest
from interviewer.grading.reveal import reveal
from interviewer.interview.results import build_scorecard
from interviewer.interview.state import begin
from interviewer.providers.chat import ChatRequest
from interviewer.transcript.events import Header

ANSWER = "This stands for your answer. It has two sentences."


def filled(name: str, header: Header) -> str:
    """The prompt of this name as it is sent: for the first turn, an answer to the first question, or after the end.

    Args:
        name: one of `prompts.NAMES`.
        header: the interview.
    """
    others = {"turn": _turn, "moment": _turn, "revote": _revote, "debrief": _debrief, "submission": _submission}
    request = others.get(name, _grade)(header)
    if name not in {"moment", "case", "submission"}:
        return request.stable
    return "\n".join(text for text in (request.varying, *(message.text for message in request.messages)) if text)


def _turn(header: Header) -> ChatRequest:
    state = begin(header)
    return turn_request(state, 0.0, ranked_questions(state, MOST_QUESTIONS))


def _submission(header: Header) -> ChatRequest:
    return _grade(header, "README.md")


def _grade(header: Header, part: str = "") -> ChatRequest:
    question = header.banks[0].questions[0]
    rubric = next(rubric for rubric in header.rubrics if rubric.id == question.rubric)
    exchange = Exchange(asked=question.text, answer=ANSWER, event=1, part=part)
    return grade_request(GradingRequest(thread=1, question=question, rubric=rubric, exchanges=(exchange,)))


def _revote(header: Header) -> ChatRequest:
    return revote_request(reveal(header.persona, header.rubrics, ()), header.persona.people[0])


def _debrief(header: Header) -> ChatRequest:
    state = begin(header)
    return debrief_request(state, build_scorecard(state), None)
