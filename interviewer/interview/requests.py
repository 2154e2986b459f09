"""What a grader is asked about an answer thread, whether the interview is going on or was held long ago."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.grading.grader import Grader, GradingRequest, ungraded
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.persona import Person, Persona
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade


def judges(persona: Persona) -> Sequence[Person | None]:
    """Whose judgement is asked for: each panel member's own, or one that is nobody's in particular."""
    return persona.people if persona.decision.rule == "panel" else (None,)


def grading_request(
    state: State, thread: Thread, person: Person | None = None, rubric: Rubric | None = None
) -> GradingRequest:
    """Everything a grader may see of a thread.

    Args:
        state: the interview.
        thread: one of its threads.
        person: the panel member who judges; None where nobody in particular does.
        rubric: what it is judged under; the question's own if not given.
    """
    question = state.question(thread.question)
    return GradingRequest(
        thread=thread.turn,
        question=question,
        rubric=rubric or state.rubric(question.rubric),
        exchanges=thread.record,
        earlier=tuple(said.text for other in state.threads if other.turn < thread.turn for said in other.answers),
        person=person,
        skipped=thread.skipped or not thread.said,
    )


async def graded(grader: Grader, request: GradingRequest) -> Grade:
    """The grader's grade. Whatever goes wrong in a grader costs this grade, never the interview."""
    try:
        return await grader.grade(request)
    except Exception as error:
        return ungraded(request, "failed", f"{type(error).__name__}: {error}", grader.stamp)
